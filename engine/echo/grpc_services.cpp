#include "engine/echo/grpc_services.h"

#include "engine/echo/grpc_descriptors.h"
#include "engine/http/protobuf.h"

#include <algorithm>
#include <array>

namespace gatehouse::engine {
namespace {

constexpr std::string_view echoService = "gateway_api_conformance.echo_basic.grpcecho.GrpcEcho";

/// Fields that belong to gRPC or HTTP/2 itself and are no metadata.
bool isReserved(std::string_view name)
{
    static constexpr std::array<std::string_view, 7> reserved{
        "te", "grpc-timeout", "grpc-encoding", "grpc-message-type", "grpc-status", "grpc-message", "connection"};
    return std::any_of(reserved.begin(), reserved.end(),
                       [&](std::string_view each) { return routing::equalsIgnoreCase(each, name); });
}

std::string header(std::string_view name, std::string_view value)
{
    std::string lowered(name);
    for (char& c : lowered)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    ProtobufWriter writer;
    writer.text(1, lowered);
    writer.textIfAny(2, value);
    return writer.bytes();
}

std::string context(const EchoIdentity& identity)
{
    ProtobufWriter writer;
    writer.textIfAny(1, identity.namespace_);
    writer.textIfAny(2, identity.ingress);
    writer.textIfAny(3, identity.service);
    writer.textIfAny(4, identity.pod);
    return writer.bytes();
}

std::string tlsAssertions(const EchoTls& tls)
{
    ProtobufWriter writer;
    writer.textIfAny(1, tls.version);
    writer.textIfAny(2, tls.negotiatedProtocol);
    writer.textIfAny(3, tls.serverName);
    writer.textIfAny(4, tls.cipherSuite);
    for (const std::string& pem : tls.peerCertificates)
        writer.textIfAny(5, pem);
    return writer.bytes();
}

} // namespace

std::optional<GrpcMethod> grpcMethod(std::string_view path) noexcept
{
    const routing::GrpcCall call = routing::grpcCall(path);
    if (call.service == echoService && (call.method == "Echo" || call.method == "EchoTwo"))
        return GrpcMethod::Echo;
    if (call.service == "grpc.health.v1.Health" && call.method == "Check")
        return GrpcMethod::HealthCheck;
    if (call.service == "grpc.health.v1.Health" && call.method == "Watch")
        return GrpcMethod::HealthWatch;
    if ((call.service == "grpc.reflection.v1.ServerReflection" ||
         call.service == "grpc.reflection.v1alpha.ServerReflection") &&
        call.method == "ServerReflectionInfo")
        return GrpcMethod::Reflection;
    return std::nullopt;
}

std::string echoResponse(const EchoIdentity& identity, const routing::RequestHead& head, const EchoTls* tls)
{
    ProtobufWriter assertions;
    assertions.text(1, head.path);
    assertions.text(2, header(":authority", head.authority));
    for (const routing::HeaderField& field : head.headers)
        if (!isReserved(field.name))
            assertions.text(2, header(field.name, field.value));
    assertions.textIfAny(3, head.authority);
    assertions.text(4, context(identity));
    if (tls)
        assertions.text(5, tlsAssertions(*tls));
    ProtobufWriter response;
    response.text(1, assertions.bytes());
    return response.bytes();
}

std::optional<std::string_view> healthService(std::string_view request) noexcept
{
    std::string_view service;
    ProtobufReader reader(request);
    for (ProtobufField field; reader.next(field);)
        if (field.number == 1 && field.isText)
            service = field.text;
    return reader.broken() ? std::nullopt : std::optional(service);
}

Health healthOf(std::string_view service)
{
    if (service.empty())
        return Health::Serving;
    const auto& files = protoFiles();
    const bool known = std::any_of(files.begin(), files.end(), [&](const ProtoFile& file) {
        return std::find(file.services.begin(), file.services.end(), service) != file.services.end();
    });
    return known ? Health::Serving : Health::ServiceUnknown;
}

std::string healthResponse(Health health)
{
    ProtobufWriter writer;
    writer.integer(1, static_cast<std::uint64_t>(health));
    return writer.bytes();
}

} // namespace gatehouse::engine
