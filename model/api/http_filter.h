#pragma once

#include "model/api/references.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gatehouse::model {

struct HTTPHeader {
    std::string name;
    std::string value;
};

/// HTTPHeaderFilter (semantics 9.1): set, add, remove, in that order.
struct HeaderModifier {
    std::vector<HTTPHeader> set;
    std::vector<HTTPHeader> add;
    std::vector<std::string> remove;
};

struct RequestHeaderModifier {
    HeaderModifier headers;
    Position position;
};

struct ResponseHeaderModifier {
    HeaderModifier headers;
    Position position;
};

struct ReplaceFullPath {
    std::string value;
};
struct ReplacePrefixMatch {
    std::string value;
};
using PathModifier = std::variant<ReplaceFullPath, ReplacePrefixMatch>;

/// HTTPRequestRedirectFilter (semantics 9.2).
struct RequestRedirect {
    std::optional<std::string> scheme;
    std::optional<std::string> hostname;
    std::optional<PathModifier> path;
    std::optional<std::uint16_t> port;
    std::uint16_t statusCode = 302;
    Position position;
};

/// HTTPURLRewriteFilter (semantics 9.4).
struct URLRewrite {
    std::optional<std::string> hostname;
    std::optional<PathModifier> path;
    Position position;
};

/// HTTPRequestMirrorFilter (semantics 9.5). The share is numerator / denominator of the requests.
struct RequestMirror {
    BackendObjectReference backendRef;
    std::uint32_t numerator = 100;
    std::uint32_t denominator = 100;
    Position position;
};

/// HTTPCORSFilter (semantics 9.6).
struct CORS {
    std::vector<std::string> allowOrigins;
    bool allowCredentials = false;
    std::vector<std::string> allowMethods;
    std::vector<std::string> allowHeaders;
    std::vector<std::string> exposeHeaders;
    std::int32_t maxAgeSeconds = 5;
    Position position;
};

/// HTTPExternalAuthFilter (semantics 9.7).
struct ExternalAuth {
    std::string protocol; ///< "HTTP" or "GRPC"
    BackendObjectReference backendRef;
    std::string pathPrefix = {};                  ///< of HTTP; "" leaves the path as it is
    std::vector<std::string> allowedHeaders = {}; ///< request headers that are passed on, besides the usual ones
    std::vector<std::string> allowedResponseHeaders = {}; ///< of HTTP: what reaches the backend; none: nearly all
    std::uint32_t maxBodyBytes = 0;                       ///< 0: no body is passed on
    Position position = {};
};

struct ExtensionRef {
    ObjectReference ref;
    Position position;
};

/// Filters of HTTPRoute and GRPCRoute rules and backends. Visit it without a default, so that the compiler lists every
/// place that a new filter concerns.
using HTTPRouteFilter = std::variant<RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect, URLRewrite,
                                     RequestMirror, CORS, ExternalAuth, ExtensionRef>;

/// The filter's `type` as manifests write it.
std::string_view filterType(const HTTPRouteFilter& filter);

} // namespace gatehouse::model
