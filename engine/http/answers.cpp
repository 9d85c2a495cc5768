#include "engine/http/answers.h"

#include "engine/routing/filters/filters.h"
#include "engine/runtime/worker.h"

#include <string>

namespace gatehouse::engine {

namespace {
constexpr std::string_view plainText = "text/plain; charset=utf-8";

/// The text for people, as it ends in the flags.
void assignText(std::string& text, const routing::DirectResponse& response)
{
    text.assign(response.body);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    if (!response.flags.empty())
        text.append(" [").append(response.flags).append("]");
}

/// Whether an error is told as gRPC does. A message that HTTP/1 cannot even frame is refused in HTTP's own words: no
/// client of gRPC wrote it.
bool wantsGrpc(const Exchange& exchange, const routing::DirectResponse& response)
{
    if (response.status < 400 || (response.flags == "DPE" && exchange.record.protocol.starts_with("HTTP/1")))
        return false;
    const routing::RequestHead& head = exchange.client.head();
    return head.method == "POST" && !routing::grpcContentType(head).empty();
}

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
    if (wantsGrpc(exchange, response)) {
        std::string text;
        assignText(text, response);
        answerGrpc(exchange, routing::grpcStatusOf(response.status), text);
        return;
    }
    routing::HeaderFields& headers = exchange.worker.scratchHeaders();
    if (!response.location.empty())
        headers.add("location", response.location);
    for (const routing::HeaderField& field : response.headers)
        headers.add(field.name, field.value);
    if (exchange.cors)
        routing::applyCors(*exchange.cors, exchange.origin, headers);
    std::string& text = exchange.worker.scratchText();
    if (response.status != 204)
        assignText(text, response);
    if (!text.empty()) {
        headers.add("content-type", plainText);
        text.push_back('\n');
    }
    send(exchange, response.status, headers, text);
}

void answerGrpc(Exchange& exchange, routing::GrpcStatus status, std::string_view message)
{
    exchange.record.grpcStatus = static_cast<std::int16_t>(status);
    const std::string code = std::to_string(static_cast<int>(status));
    std::string& text = exchange.worker.scratchText();
    text.clear();
    routing::appendGrpcMessage(text, message);
    routing::HeaderFields& headers = exchange.worker.scratchHeaders();
    headers.add("content-type", routing::grpcContentType(exchange.client.head()));
    headers.add("grpc-status", code);
    if (!text.empty())
        headers.add("grpc-message", text);
    headers.add("date", exchange.worker.httpDate());
    ResponseHead head;
    head.status = 200;
    head.reason = reasonPhrase(200);
    head.framing = {BodyKind::None, 0, true}; // with a body, the status would not be in the last head
    exchange.client.startResponse(head, headers);
    exchange.client.finishResponse(nullptr);
}

void finishGrpc(Exchange& exchange, routing::GrpcStatus status, std::string_view message)
{
    exchange.record.grpcStatus = static_cast<std::int16_t>(status);
    const std::string code = std::to_string(static_cast<int>(status));
    std::string text;
    routing::appendGrpcMessage(text, message);
    routing::HeaderFields trailers;
    trailers.add("grpc-status", code);
    if (!text.empty())
        trailers.add("grpc-message", text);
    exchange.client.finishResponse(&trailers);
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
