#pragma once

#include "engine/http/exchange.h"
#include "engine/routing/grpc.h"
#include "engine/routing/match.h"

#include <cstdint>
#include <string_view>

namespace gatehouse::engine {

/// Writes a complete answer of our own: text for people, ending in the flags that the access log shows. A gRPC request
/// is told of errors as gRPC does (see answerGrpc), whatever kind of route or service speaks. Nothing of an answer may
/// have been sent yet.
void answer(Exchange& exchange, const routing::DirectResponse& response);

/// A complete gRPC answer without a message, "Trailers-Only": HTTP 200, with the call's status among the headers.
void answerGrpc(Exchange& exchange, routing::GrpcStatus status, std::string_view message);

/// Ends a gRPC answer that has begun: the call's status in the trailers.
void finishGrpc(Exchange& exchange, routing::GrpcStatus status, std::string_view message);

/// An answer with any content type; `allow` not empty writes an Allow field.
struct OwnAnswer {
    std::uint16_t status = 200;
    std::string_view contentType;
    std::string_view body;
    std::string_view allow;
};
void answer(Exchange& exchange, const OwnAnswer& response, const routing::HeaderFields* extra = nullptr);

} // namespace gatehouse::engine
