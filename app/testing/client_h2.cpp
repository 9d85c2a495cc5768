#include "app/testing/client_h2.h"
#include "model/base/ascii.h"

#include <algorithm>
#include <cstring>
#include <nghttp2/nghttp2.h>

namespace gatehouse::testing {

namespace {

std::chrono::microseconds since(Channel::TimePoint begin)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

/// The request's fields as HTTP/2 wants them: pseudo fields first, names in lower case, Host as :authority.
Headers fieldsOf(const HttpCall& call)
{
    const std::size_t scheme = call.url.find("://");
    const std::size_t start = scheme + 3;
    const std::size_t pathStart = std::min(call.url.find_first_of("/?#", start), call.url.size());
    std::string path = call.url.substr(pathStart, call.url.find('#') - pathStart);
    if (!path.starts_with('/'))
        path.insert(0, 1, '/');
    Headers fields{{":method", call.method},
                   {":scheme", call.url.substr(0, scheme)},
                   {":authority", call.url.substr(start, pathStart - start)},
                   {":path", path}};
    for (const auto& [name, value] : call.headers) {
        const std::string lowered = model::lowered(name);
        if (lowered == "host")
            fields[2].second = value;
        else
            fields.emplace_back(lowered, value);
    }
    return fields;
}

} // namespace

/// One request and its answer.
struct Http2Client::Exchange {
    HttpAnswer& answer;
    const HttpCall& call;
    Channel::TimePoint begin;
    std::string_view unsent;
    std::int32_t stream = -1;
    bool headDone = false, done = false;
    std::uint32_t resetCode = 0;
};

struct Http2Client::Callbacks {
    static Exchange* of(nghttp2_session* session, std::int32_t stream)
    {
        return static_cast<Exchange*>(nghttp2_session_get_stream_user_data(session, stream));
    }

    static int header(nghttp2_session* session, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t nameSize, const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void*)
    {
        Exchange* exchange = of(session, frame->hd.stream_id);
        if (!exchange)
            return 0;
        const std::string_view field(reinterpret_cast<const char*>(name), nameSize);
        const std::string_view text(reinterpret_cast<const char*>(value), valueSize);
        HttpAnswer& answer = exchange->answer;
        if (!answer.times.firstByte)
            answer.times.firstByte = since(exchange->begin);
        if (field == ":status") {
            answer.status = static_cast<std::uint16_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
            answer.headers.clear(); // an interim answer's
        } else {
            (exchange->headDone ? answer.trailers : answer.headers).emplace_back(field, text);
        }
        return 0;
    }

    static int frame(nghttp2_session* session, const nghttp2_frame* frame, void*)
    {
        Exchange* exchange = of(session, frame->hd.stream_id);
        if (!exchange || (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA))
            return 0;
        if (frame->hd.type == NGHTTP2_HEADERS)
            exchange->headDone = exchange->answer.status >= 200;
        if (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
            exchange->done = true;
        return 0;
    }

    static int data(nghttp2_session* session, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes,
                    std::size_t size, void*)
    {
        Exchange* exchange = of(session, stream);
        if (!exchange)
            return 0;
        const std::string_view piece(reinterpret_cast<const char*>(bytes), size);
        return keepBody(exchange->answer, exchange->call.keptBytes, piece) ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
    }

    static int closed(nghttp2_session* session, std::int32_t stream, std::uint32_t code, void*)
    {
        if (Exchange* exchange = of(session, stream); exchange && !exchange->done) {
            exchange->done = true;
            // Without the end of an answer, no error is one, too.
            exchange->resetCode = code == NGHTTP2_NO_ERROR ? std::uint32_t{NGHTTP2_CANCEL} : code;
        }
        return 0;
    }

    static ssize_t body(nghttp2_session*, std::int32_t, std::uint8_t* buffer, std::size_t size, std::uint32_t* flags,
                        nghttp2_data_source* source, void*)
    {
        std::string_view& unsent = static_cast<Exchange*>(source->ptr)->unsent;
        const std::size_t count = std::min(size, unsent.size());
        std::memcpy(buffer, unsent.data(), count);
        unsent.remove_prefix(count);
        if (unsent.empty())
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(count);
    }
};

Http2Client::~Http2Client()
{
    nghttp2_session_del(session_);
}

bool Http2Client::connect(const std::string& url, HttpAnswer& answer)
{
    if (session_)
        return true;
    Channel::Wish wish;
    if (url.starts_with("https:")) {
        wish.serverName = serverNameOf(fieldsOf({"GET", url, {}, std::nullopt, true})[2].second);
        wish.alpn = "h2";
    }
    answer.reached = channel_.open(wish, end_, answer.error);
    if (answer.reached != Reached::Answer)
        return false;
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, Callbacks::header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Callbacks::frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Callbacks::data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Callbacks::closed);
    nghttp2_session_client_new(&session_, callbacks, nullptr);
    nghttp2_session_callbacks_del(callbacks);
    const nghttp2_settings_entry noPush{NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, &noPush, 1);
    return true;
}

bool Http2Client::submit(const HttpCall& call, Exchange& exchange)
{
    Headers fields = fieldsOf(call);
    const bool grpc = std::any_of(fields.begin(), fields.end(), [](const auto& field) { return field.first == "te"; });
    if (call.body && !grpc)
        fields.emplace_back("content-length", std::to_string(call.body->size()));
    std::vector<nghttp2_nv> pairs;
    for (auto& [name, value] : fields)
        pairs.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                         name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    nghttp2_data_provider provider{};
    provider.source.ptr = &exchange;
    provider.read_callback = Callbacks::body;
    if (call.body)
        exchange.unsent = *call.body;
    exchange.stream = nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(),
                                             call.body ? &provider : nullptr, &exchange);
    return exchange.stream > 0;
}

bool Http2Client::flush()
{
    for (;;) {
        const std::uint8_t* bytes = nullptr;
        const ssize_t count = nghttp2_session_mem_send(session_, &bytes);
        if (count <= 0)
            return count == 0;
        if (!channel_.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count)}, end_))
            return false;
    }
}

void Http2Client::run(Exchange& exchange)
{
    HttpAnswer& answer = exchange.answer;
    const auto fail = [&](Reached reached, const char* why) {
        answer.reached = reached;
        answer.error = why;
    };
    // What cannot be sent any more does no harm to an answer that is on its way.
    bool sends = flush();
    while (!exchange.done) {
        std::string bytes;
        const Channel::Got got = channel_.receive(bytes, end_);
        if (got == Channel::Got::Late)
            return fail(Reached::NoAnswer, "no answer came in time");
        if (got == Channel::Got::End)
            return fail(Reached::Broken, "the connection was closed before the answer was complete");
        if (nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) < 0)
            return fail(Reached::Broken, "the answer is no HTTP/2");
        sends = sends && flush();
    }
    if (exchange.resetCode != 0) {
        answer.reached = Reached::Broken;
        answer.error = std::string("the stream was reset: ") + nghttp2_http2_strerror(exchange.resetCode);
        return;
    }
    answer.reached = Reached::Answer;
}

HttpAnswer Http2Client::send(const HttpCall& call)
{
    HttpAnswer answer;
    begin_ = std::chrono::steady_clock::now();
    end_ = begin_ + timeout_;
    if (!connect(call.url, answer)) {
        answer.times.total = since(begin_);
        return answer;
    }
    answer.times.connected = since(begin_);
    Exchange exchange{answer, call, begin_, {}, -1, false, false, 0};
    if (!submit(call, exchange)) {
        answer.reached = Reached::Impossible;
        answer.error = "HTTP/2 cannot carry this request";
        return answer;
    }
    run(exchange);
    answer.times.total = since(begin_);
    // The exchange ends here, whatever else comes of its stream.
    nghttp2_session_set_stream_user_data(session_, exchange.stream, nullptr);
    if (!exchange.unsent.empty())
        nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, exchange.stream, NGHTTP2_CANCEL);
    return answer;
}

} // namespace gatehouse::testing
