#include "engine/http/answers.h"

#include "engine/runtime/worker.h"

namespace gatehouse::engine {

namespace {
constexpr std::string_view plainText = "text/plain; charset=utf-8";

void send(Exchange& exchange, std::uint16_t status, routing::HeaderFields& headers, std::string_view body)
{
    headers.add("date", exchange.worker.httpDate());
    ResponseHead head;
    head.status = status;
    head.reason = reasonPhrase(status);
    const bool hasBody = status >= 200 && status != 204 && status != 304;
    const bool sendsBody = hasBody && exchange.client.head().method != "HEAD";
    head.framing = {sendsBody ? BodyKind::Length : BodyKind::None, body.size(), hasBody};
    exchange.client.startResponse(head, headers);
    if (sendsBody)
        exchange.client.sendWhole(body);
    exchange.client.finishResponse(nullptr);
}
} // namespace

void answer(Exchange& exchange, const routing::DirectResponse& response)
{
    exchange.record.flags = response.flags;
    routing::HeaderFields& headers = exchange.worker.scratchHeaders();
    if (!response.location.empty())
        headers.add("location", response.location);
    std::string& text = exchange.worker.scratchText();
    text.assign(response.body);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    if (!response.flags.empty())
        text.append(" [").append(response.flags).append("]");
    if (!text.empty()) {
        headers.add("content-type", plainText);
        text.push_back('\n');
    }
    send(exchange, response.status, headers, text);
}

void answer(Exchange& exchange, const OwnAnswer& response, const routing::HeaderFields* extra)
{
    routing::HeaderFields& headers = exchange.worker.scratchHeaders();
    if (!response.contentType.empty())
        headers.add("content-type", response.contentType);
    if (!response.allow.empty())
        headers.add("allow", response.allow);
    if (extra) {
        for (const routing::HeaderField& field : *extra)
            headers.add(field.name, field.value);
    }
    send(exchange, response.status, headers, response.body);
}

} // namespace gatehouse::engine
