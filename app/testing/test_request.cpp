#include "app/testing/test_request.h"

#include "engine/routing/request_head.h"

namespace gatehouse::testing {

namespace {

std::string_view schemeOf(StreamKind kind)
{
    return kind == StreamKind::Tls ? "tls" : kind == StreamKind::Tcp ? "tcp" : "udp";
}

model::Result<control::RequestText, std::string> textOf(const GrpcRequest& grpc)
{
    auto text = control::grpcRequest(grpc.host, grpc.call);
    if (!text)
        return text;
    for (const auto& [name, value] : grpc.metadata) {
        // What makes a call gRPC may be said otherwise: application/grpc+json, or no gRPC at all.
        if (routing::equalsIgnoreCase(name, "content-type"))
            std::erase_if(text->headers, [](const auto& own) { return own.first == "content-type"; });
        text->headers.emplace_back(name, value);
    }
    return text;
}

} // namespace

model::Result<control::RequestText, std::string> requestText(const TestCase& test)
{
    control::RequestText text;
    if (const auto* http = std::get_if<HttpRequest>(&test.request)) {
        text.method = http->method;
        text.url = http->url;
        text.headers = http->headers;
    } else if (const auto* stream = std::get_if<StreamRequest>(&test.request)) {
        text.url = std::string(schemeOf(stream->kind)) + "://" + stream->to;
    } else {
        auto grpc = textOf(std::get<GrpcRequest>(test.request));
        if (!grpc)
            return grpc;
        text = std::move(*grpc);
    }
    text.gateway = test.gateway;
    return text;
}

std::string requestWords(const TestCase& test)
{
    if (const auto* http = std::get_if<HttpRequest>(&test.request))
        return http->method + ' ' + http->url;
    if (const auto* grpc = std::get_if<GrpcRequest>(&test.request))
        return "gRPC " + grpc->host + ' ' + grpc->call;
    const auto& stream = std::get<StreamRequest>(test.request);
    return std::string(stream.kind == StreamKind::Tls   ? "TLS "
                       : stream.kind == StreamKind::Tcp ? "TCP "
                                                        : "UDP ") +
           stream.to;
}

} // namespace gatehouse::testing
