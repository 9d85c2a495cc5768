#include "engine/http/h1_codec.h"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

/// Times the HTTP/1 codec on one request and one answer, in nanoseconds of this thread's CPU time; and Boost.Beast's
/// basic_parser with a sink that keeps views, as the yardstick that the codec was written against.
using namespace gatehouse::engine;
using gatehouse::routing::HeaderFields;

namespace {

const std::string request = "GET /api/v1/orders/4711?expand=lines&limit=50 HTTP/1.1\r\n"
                            "Host: shop.example.test:8080\r\n"
                            "User-Agent: curl/8.5.0\r\n"
                            "Accept: application/json\r\n"
                            "Accept-Encoding: gzip, deflate, br\r\n"
                            "X-Request-Id: 0f8fad5b-d9cb-469f-a165-70867728950e\r\n"
                            "Cookie: sid=31d4d96e407aad42; theme=dark\r\n\r\n";
const std::string response = "HTTP/1.1 200 OK\r\n"
                             "Server: nginx/1.22.1\r\n"
                             "Date: Sun, 22 Nov 2026 18:03:51 GMT\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 0\r\n"
                             "Connection: keep-alive\r\n"
                             "Cache-Control: no-store\r\n\r\n";

double threadNanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <typename Work>
void report(const char* what, Work&& work)
{
    constexpr int rounds = 15, repeats = 50'000;
    double best = 1e18;
    for (int round = 0; round < rounds; ++round) {
        const double start = threadNanoseconds();
        for (int i = 0; i < repeats; ++i) {
            if (!work()) {
                std::fprintf(stderr, "%s: not parsed\n", what);
                std::exit(1);
            }
        }
        best = std::min(best, (threadNanoseconds() - start) / repeats);
    }
    std::printf("%-28s %7.0f ns\n", what, best);
}

namespace http = boost::beast::http;
using Error = boost::beast::error_code;
using Text = boost::beast::string_view;

template <bool isRequest>
class BeastHead : public http::basic_parser<isRequest> {
public:
    explicit BeastHead(HeaderFields& fields) : fields_(fields) {}

private:
    void on_request_impl(http::verb, Text, Text, int, Error&) override {}
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(http::field, Text name, Text value, Error&) override
    {
        fields_.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    void on_header_impl(Error&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override {}
    std::size_t on_body_impl(Text body, Error&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error&) override { return body.size(); }
    void on_finish_impl(Error&) override {}

    HeaderFields& fields_;
};

template <bool isRequest>
bool parseWithBeast(HeaderFields& fields, const std::string& bytes)
{
    fields.clear();
    BeastHead<isRequest> parser(fields);
    Error error;
    parser.put(boost::asio::buffer(bytes), error);
    return !error && parser.is_header_done();
}

} // namespace

int main()
{
    const HeadLimits limits;
    H1RequestParser requestParser;
    report("request head", [&] {
        requestParser.reset();
        return requestParser.parse(request, limits) == ParseState::Done;
    });
    H1ResponseParser responseParser;
    report("response head", [&] {
        responseParser.reset();
        return responseParser.parse(response, limits, false) == ParseState::Done;
    });
    HeaderFields fields;
    report("request head, Beast", [&] { return parseWithBeast<true>(fields, request); });
    report("response head, Beast", [&] { return parseWithBeast<false>(fields, response); });

    std::string out;
    report("serialize request", [&] {
        out.clear();
        serializeRequest(out, requestParser.request().head, {BodyKind::None, 0, "127.0.0.1", "http", {}});
        return !out.empty();
    });
    report("serialize response", [&] {
        out.clear();
        serializeResponse(out, 200, "OK", responseParser.response().headers, {BodyKind::Length, 0, true, 1, true, {}});
        return !out.empty();
    });
    std::string chunks;
    for (int i = 0; i < 64; ++i)
        serializeChunk(chunks, std::string(1024, 'x'));
    serializeLastChunk(chunks, nullptr);
    BodyDecoder decoder;
    report("64 chunks of 1 KiB", [&] {
        decoder.start(BodyKind::Chunked, 0);
        std::string_view rest = chunks;
        BodyDecoder::Piece piece;
        ParseState state;
        while ((state = decoder.decode(rest, piece)) == ParseState::NeedMore)
            rest.remove_prefix(piece.consumed);
        return state == ParseState::Done;
    });
    return 0;
}
