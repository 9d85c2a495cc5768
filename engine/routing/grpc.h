#pragma once

#include "engine/routing/request_head.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::routing {

/// What gRPC is on top of HTTP (the project's PROTOCOL-HTTP2.md). Thread: any; nothing here has state.

/// True for application/grpc, alone or with "+proto", "+json" or parameters behind. gRPC-Web is another protocol, which
/// travels as ordinary HTTP.
bool isGrpcContentType(std::string_view contentType) noexcept;

/// The value of Content-Type when it is one of gRPC's, else "". Lifetime: of the head.
std::string_view grpcContentType(const RequestHead& head) noexcept;

/// A path taken apart: "/{service}/{method}"; the method is what follows the last slash, as gRPC's servers read it.
struct GrpcCall {
    std::string_view service, method; ///< both empty: the path names no call

    explicit operator bool() const noexcept { return !service.empty(); }
};
GrpcCall grpcCall(std::string_view path) noexcept;

/// The time that a call has, from its grpc-timeout; nullopt when there is none, when it is no valid one, or when it is
/// longer than any call lasts.
std::optional<std::chrono::nanoseconds> grpcTimeout(const RequestHead& head) noexcept;

/// Status codes of gRPC (statuscodes.md), as far as a gateway uses them itself.
enum class GrpcStatus : std::uint8_t {
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Aborted = 10,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
};
/// "UNIMPLEMENTED"; "" for a number that is no code.
std::string_view toString(GrpcStatus status) noexcept;

/// What a gateway says to a gRPC client where it would have answered an HTTP client with `status` (semantics 11.2):
/// no route is UNIMPLEMENTED, an unusable backend UNAVAILABLE, a timeout DEADLINE_EXCEEDED.
GrpcStatus grpcStatusOf(std::uint16_t status) noexcept;

/// Appends a grpc-message, percent-encoded: printable ASCII stands for itself but for '%', every other byte of the
/// UTF-8 text is %HH. Line ends become spaces.
void appendGrpcMessage(std::string& out, std::string_view text);

} // namespace gatehouse::routing
