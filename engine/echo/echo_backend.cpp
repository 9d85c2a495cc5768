#include "engine/echo/echo_backend.h"

#include "engine/echo/echo_text.h"
#include "engine/echo/web_socket_call.h"
#include "engine/http/answers.h"
#include "engine/http/client_connection.h"
#include "engine/http/collected_request.h"
#include "engine/tls/tls_stream.h"

#include <charconv>

namespace gatehouse::engine {

namespace {

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

/// The path that chooses what to do: "//" counts as "/".
std::string handlerPath(std::string_view path)
{
    std::string out;
    for (const char c : path) {
        if (c != '/' || out.empty() || out.back() != '/')
            out.push_back(c);
    }
    return out;
}

class EchoCall final : public CollectedRequest {
public:
    EchoCall(Exchange& exchange, EchoBackend& backend) : CollectedRequest(exchange, 0, false), backend_(backend) {}

private:
    TimePoint respond(bool delayed) override
    {
        const routing::RequestHead& head = exchange().client.head();
        if (backend_.identity().mode == routing::EchoMode::H2c && !isHttp2())
            return text400("this port speaks HTTP/2 only");
        const std::string path = handlerPath(head.path);
        const bool isRetry = path == "/retry" || path.starts_with("/retry/");
        if (!delayed) {
            // Before any delay: who gives up waiting was heard all the same.
            if (!isRetry && path != "/health" && !path.starts_with("/status/"))
                backend_.log(exchange());
            if (const auto text = queryParameter(head.query, "delay")) {
                const auto delay = parseGoDuration(*text);
                if (!delay)
                    return text400("delay is no duration, such as 1s or 500ms");
                if (delay->count() > 0)
                    return Clock::now() + std::chrono::duration_cast<Clock::duration>(*delay);
            }
        }
        if (path == "/health")
            return text(200, "OK");
        if (path.starts_with("/status/")) {
            const auto code = numberOf(std::string_view(path).substr(8));
            if (!code || *code < 200 || *code > 599)
                return text400("the status has to be a number from 200 to 599");
            return echo(static_cast<std::uint16_t>(*code));
        }
        if (isRetry)
            return retry(head, delayed);
        return echo(200);
    }

    TimePoint retry(const routing::RequestHead& head, bool delayed)
    {
        const auto uuid = queryParameter(head.query, "uuid");
        const auto succeedAfter = numberOf(queryParameter(head.query, "succeedAfter").value_or(""));
        if (!uuid || uuid->empty() || !succeedAfter)
            return text400("uuid and succeedAfter are required");
        if (!delayed)
            calledBefore_ = backend_.countCall(*uuid);
        if (calledBefore_ >= *succeedAfter) {
            backend_.log(exchange());
            return echo(200);
        }
        if (!delayed) {
            const auto delay = parseGoDuration(queryParameter(head.query, "delayRetry").value_or(""));
            if (delay && delay->count() > 0)
                return Clock::now() + std::chrono::duration_cast<Clock::duration>(*delay);
        }
        if (const auto code = numberOf(queryParameter(head.query, "responseCode").value_or(""));
            code && *code >= 200 && *code <= 599)
            return text(static_cast<std::uint16_t>(*code), "failing on request");
        exchange().client.abort();
        return never;
    }

    TimePoint echo(std::uint16_t status)
    {
        const routing::RequestHead& head = exchange().client.head();
        const auto wanted = requestedHeaders(head.headers);
        routing::HeaderFields extra;
        extra.add("x-content-type-options", "nosniff");
        for (const auto& [name, value] : wanted)
            extra.add(name, value);
        EchoTls tls;
        const TlsStream* const stream = exchange().connection.tls();
        if (stream)
            tls = {stream->version(), exchange().connection.serverName(), stream->alpn(), stream->cipherSuite(),
                   stream->peerCertificates()};
        const std::string_view protocol = isHttp2() ? "HTTP/2.0" : exchange().record.protocol;
        const std::string body = echoJson(backend_.identity(), head, protocol, stream ? &tls : nullptr);
        answer(exchange(), OwnAnswer{status, "application/json", body, {}}, &extra);
        return never;
    }

    [[nodiscard]] bool isHttp2() { return exchange().record.protocol == "HTTP/2"; }

    TimePoint text(std::uint16_t status, std::string_view body)
    {
        answer(exchange(), OwnAnswer{status, "text/plain; charset=utf-8", body, {}});
        return never;
    }
    TimePoint text400(std::string_view body) { return text(400, body); }

    EchoBackend& backend_;
    std::uint64_t calledBefore_ = 0;
};

/// More uuids than any test run uses; then the counting starts anew instead of growing.
constexpr std::size_t rememberedCalls = 10'000;

} // namespace

Handling* EchoBackend::start(Exchange& exchange)
{
    if (identity_.mode != routing::EchoMode::H2c && handlerPath(exchange.client.head().path) == "/ws") {
        log(exchange);
        return startWebSocket(exchange);
    }
    return new EchoCall(exchange, *this);
}

std::uint64_t EchoBackend::countCall(const std::string& uuid)
{
    if (calls_.size() >= rememberedCalls && !calls_.count(uuid))
        calls_.clear();
    return calls_[uuid]++;
}

void EchoBackend::log(const Exchange& exchange)
{
    if (log_)
        log_->add(echoLogLine(exchange.client.head(), exchange.client.address()));
}

} // namespace gatehouse::engine
