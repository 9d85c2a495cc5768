#pragma once

#include "engine/echo/echo_text.h"
#include "engine/http/grpc_frame.h"
#include "engine/routing/grpc.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What the built-in gRPC echo serves, without sockets: messages in, messages out. Thread: any.

/// One method of one of its services.
enum class GrpcMethod : std::uint8_t {
    Echo,        ///< unary: Echo and EchoTwo of gateway_api_conformance.echo_basic.grpcecho.GrpcEcho
    Reflection,  ///< both sides stream: grpc.reflection.v1 and v1alpha
    HealthCheck, ///< unary
    HealthWatch, ///< the server streams
};
/// The method of a path; nullopt for EchoThree, which is unimplemented on purpose, and for all others.
std::optional<GrpcMethod> grpcMethod(std::string_view path) noexcept;

/// EchoResponse: who answered, and what the request's head was. Metadata is told as gRPC's servers see it: without what
/// the protocol itself uses. `tls` null: the connection is plain.
std::string echoResponse(const EchoIdentity& identity, const routing::RequestHead& head, const EchoTls* tls);

/// How grpc.health.v1.Health judges a service: "" is the whole server.
enum class Health : std::uint8_t { Serving = 1, ServiceUnknown = 3 };
/// The service named by a HealthCheckRequest; nullopt for bytes that are no such message.
std::optional<std::string_view> healthService(std::string_view request) noexcept;
Health healthOf(std::string_view service);
std::string healthResponse(Health health);

} // namespace gatehouse::engine
