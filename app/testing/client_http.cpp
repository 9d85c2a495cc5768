#include "app/testing/client.h"

#include "app/testing/client_h2.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace gatehouse::testing {

namespace {

/// Collects an answer. Interim answers (1xx) are forgotten when the next head begins; fields behind the head are
/// trailers.
struct Collector {
    HttpAnswer* answer = nullptr;
    std::optional<std::size_t> kept;
    bool headDone = false;

    void line(std::string_view text)
    {
        while (text.ends_with('\n') || text.ends_with('\r'))
            text.remove_suffix(1);
        if (text.starts_with("HTTP/") && text.find(':') == std::string_view::npos) {
            answer->headers.clear();
            answer->trailers.clear();
            headDone = false;
        } else if (text.empty()) {
            headDone = true;
        } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
            std::string_view value = text.substr(colon + 1);
            while (value.starts_with(' ') || value.starts_with('\t'))
                value.remove_prefix(1);
            (headDone ? answer->trailers : answer->headers).emplace_back(text.substr(0, colon), value);
        }
    }
};

std::size_t takeHeader(char* data, std::size_t size, std::size_t count, void* collector)
{
    static_cast<Collector*>(collector)->line({data, size * count});
    return size * count;
}

std::size_t takeBody(char* data, std::size_t size, std::size_t count, void* collector)
{
    Collector& into = *static_cast<Collector*>(collector);
    return keepBody(*into.answer, into.kept, {data, size * count}) ? size * count : 0; // 0 ends the transfer
}

/// The fields as libcurl takes them: its own defaults are switched off unless the request has them.
CurlList fieldsOf(const HttpCall& call)
{
    std::vector<std::string> lines;
    const auto has = [&](const char* name) {
        for (const auto& [own, value] : call.headers)
            if (strcasecmp(own.c_str(), name) == 0)
                return true;
        return false;
    };
    for (const char* own : {"Accept", "Content-Type", "Expect", "User-Agent"})
        if (!has(own))
            lines.push_back(std::string(own) + ':');
    for (const auto& [name, value] : call.headers)
        lines.push_back(value.empty() ? name + ';' : name + ": " + value);
    curl_slist* list = nullptr;
    for (const std::string& line : lines)
        list = curl_slist_append(list, line.c_str());
    return CurlList(list);
}

std::chrono::microseconds timeOf(CURL* curl, CURLINFO what)
{
    curl_off_t micros = 0;
    curl_easy_getinfo(curl, what, &micros);
    return std::chrono::microseconds(micros);
}

/// 0 is what libcurl says of what did not happen.
void takeTimes(CURL* curl, ClientTimes& times)
{
    const auto connected = std::max(timeOf(curl, CURLINFO_CONNECT_TIME_T), timeOf(curl, CURLINFO_APPCONNECT_TIME_T));
    const auto firstByte = timeOf(curl, CURLINFO_STARTTRANSFER_TIME_T);
    if (connected.count() > 0)
        times.connected = connected;
    if (firstByte.count() > 0)
        times.firstByte = firstByte;
    times.total = timeOf(curl, CURLINFO_TOTAL_TIME_T);
}

} // namespace

bool keepBody(HttpAnswer& answer, const std::optional<std::size_t>& kept, std::string_view piece)
{
    constexpr std::size_t mostBodyBytes = 16u << 20;
    answer.bodyBytes += piece.size();
    if (kept)
        piece = piece.substr(0, *kept - std::min(*kept, answer.body.size()));
    else if (answer.bodyBytes > mostBodyBytes)
        return false;
    answer.body.append(piece);
    return true;
}

struct HttpClient::Impl {
    explicit Impl(Connection to)
        : connection(std::move(to)), curl(makeCurl(connection, connectTo, errorText.data())), http2(connection)
    {
    }

    const Connection connection;
    std::array<char, CURL_ERROR_SIZE> errorText{};
    CurlList connectTo;
    CurlHandle curl;
    Http2Client http2;
};

HttpClient::HttpClient(Connection connection) : impl_(std::make_unique<Impl>(std::move(connection)))
{
}

HttpClient::~HttpClient() = default;

HttpAnswer HttpClient::send(const HttpCall& call)
{
    if (call.http2)
        return impl_->http2.send(call);
    HttpAnswer answer;
    CURL* curl = impl_->curl.get();
    if (!curl) {
        answer.reached = Reached::Impossible;
        answer.error = "no memory for a client";
        return answer;
    }
    Collector collector{&answer, call.keptBytes, false};
    const CurlList fields = fieldsOf(call);
    curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields.get());
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L); // undoes what a call before asked for
    if (call.body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body->size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body->data());
    }
    if (call.method == "HEAD")
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, takeHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &collector);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, takeBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &collector);
    impl_->errorText.front() = '\0';

    const CURLcode result = transfer(curl, impl_->connection.stop);
    takeTimes(curl, answer.times);
    answer.reached = reachedBy(result);
    if (result != CURLE_OK)
        answer.error = impl_->errorText.front() ? impl_->errorText.data() : curl_easy_strerror(result);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<std::uint16_t>(status);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    return answer;
}

} // namespace gatehouse::testing
