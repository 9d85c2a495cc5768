#pragma once

#include "engine/routing/request_head.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace gatehouse::routing {

/// A header or query parameter that a match wants.
struct ValueCondition {
    std::string name;
    std::string value;
    bool isRegex = false;
    std::shared_ptr<const re2::RE2> regex; ///< null for a regex that RE2 refuses: never matches
};

/// What a match of a GRPCRoute wants of the call. "" takes every service or method, or the tables have compared it.
struct GrpcConditions {
    ValueCondition service, method; ///< their names are not used
};

/// What a match wants besides host and path. Most matches want nothing more and have none of this.
struct Conditions {
    std::shared_ptr<const GrpcConditions> grpc; ///< set: only gRPC calls, and these
    std::string method;                         ///< "" takes every method
    std::vector<ValueCondition> headers;        ///< no name twice: of equal names the first counts
    std::vector<ValueCondition> queryParams;
    bool hasPathRegex = false;
    std::shared_ptr<const re2::RE2> pathRegex; ///< null for a regex that RE2 refuses: never matches
};

/// The first condition that a request does not meet.
struct Mismatch {
    enum class Kind : std::uint8_t { None, NotGrpc, GrpcService, GrpcMethod, Path, Method, Header, QueryParam };
    Kind kind = Kind::None;
    std::uint32_t index = 0; ///< of the header or query parameter in Conditions

    explicit operator bool() const noexcept { return kind != Kind::None; }
};

/// True for what GRPCRoutes serve (semantics 8.2): POST with a content-type of gRPC to /service/method.
bool isGrpcRequest(const RequestHead& head) noexcept;

/// Checks the gRPC call, path expression, method, headers and query parameters, in this order. A path expression must
/// match the whole path (Envoy's safe_regex does so too); so must expressions for values. Thread: any.
Mismatch firstMismatch(const Conditions& conditions, const RequestHead& head) noexcept;

/// Value of a header as matching sees it: fields of one name joined with ',' (RFC 9110, 5.3). False when absent.
/// For people and for expressions; comparing needs no copy.
bool joinedHeader(const RequestHead& head, std::string_view name, std::string& value);

/// Decoded value of the first query parameter of that name; false when absent.
bool decodedQueryParam(std::string_view query, std::string_view name, std::string& value);

} // namespace gatehouse::routing
