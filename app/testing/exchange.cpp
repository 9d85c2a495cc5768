#include "app/testing/exchange.h"

#include "app/testing/echo_answer.h"
#include "app/testing/test_request.h"

#include <algorithm>

namespace gatehouse::testing {

namespace {

/// Silence of this length says that datagrams are dropped, where that is what is expected.
constexpr std::chrono::milliseconds quietTime{300};

unsigned samplesOf(const TestCase& test)
{
    return test.expect.backends ? samplesOfShares : 1;
}

/// An empty message in gRPC's framing.
const std::string emptyMessage(5, '\0');

void askOverHttp(const TestCase& test, const Connection& connection, Exchange& exchange)
{
    const auto text = requestText(test);
    if (!text) {
        exchange.error = text.error();
        return;
    }
    HttpCall call;
    call.method = text->method;
    call.url = text->url;
    call.headers = text->headers;
    if (const auto* http = std::get_if<HttpRequest>(&test.request)) {
        call.body = http->body;
        call.http2 = http->http2;
    } else {
        call.body = emptyMessage;
        call.http2 = true;
    }
    HttpClient client(connection);
    for (unsigned i = 0; i < samplesOf(test); ++i) {
        exchange.http.push_back(client.send(call));
        if (exchange.http.back().reached != Reached::Answer)
            break;
    }
}

struct Words {
    std::string send;
    Enough enough;
};

/// What is said on a connection, and what ends the listening.
Words wordsFor(const TestCase& test, const StreamRequest& stream, const ExchangeHints& hints)
{
    const auto isSomething = [](std::string_view received) { return !received.empty(); };
    const auto& response = test.expect.response;
    Words words{stream.send.value_or(""), isSomething};
    if (response && response->body) {
        words.enough = [match = response->body->value](std::string_view received) { return match.holds(received); };
    } else if (!stream.send && (hints.echo || hints.assumeEcho)) {
        words.enough = [](std::string_view received) { return readStreamEcho(received).has_value(); };
    } else if (!stream.send) {
        // Who waits for a word may wait for ever: that the connection was taken is all there is to see.
        words.enough = [](std::string_view) { return true; };
    }
    if (!stream.send && (hints.echo || hints.assumeEcho))
        words.send = "TEST\n";
    if (hints.refusal)
        words.enough = [](std::string_view) { return false; };
    return words;
}

void askOverStream(const TestCase& test, const StreamRequest& stream, Connection connection, const ExchangeHints& hints,
                   Exchange& exchange)
{
    const bool udp = stream.kind == StreamKind::Udp;
    if (hints.refusal && udp)
        connection.timeout = std::min(connection.timeout, quietTime);
    Words words = wordsFor(test, stream, hints);
    if (udp && !stream.send)
        words.send = hints.echo == routing::EchoMode::Dns ? dnsQuestion() : "TEST";
    const auto name = stream.kind == StreamKind::Tls ? std::optional(serverNameOf(stream.to)) : std::nullopt;
    for (unsigned i = 0; i < samplesOf(test); ++i) {
        exchange.streams.push_back(udp ? talkOverUdp(connection, words.send)
                                       : talkOverTcp(connection, name, words.send, words.enough));
        if (exchange.streams.back().reached != Reached::Answer)
            break;
    }
}

} // namespace

Exchange converse(const TestCase& test, const Connection& connection, const ExchangeHints& hints)
{
    Exchange exchange;
    const auto before = std::chrono::steady_clock::now();
    if (const auto* stream = std::get_if<StreamRequest>(&test.request))
        askOverStream(test, *stream, connection, hints, exchange);
    else
        askOverHttp(test, connection, exchange);
    exchange.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before);
    return exchange;
}

} // namespace gatehouse::testing
