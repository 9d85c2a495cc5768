#pragma once

#include "importers/ingress/ingress_types.h"

#include <string_view>

namespace gatehouse::importers::ingress {

/// Sends a part of the requests of the Ingress with the same host and path elsewhere.
struct Canary {
    std::uint32_t weight = 0, total = 100;
    std::string header, headerValue; ///< without a value: "always" sends there, "never" does not

    bool operator==(const Canary&) const = default;
};

/// An answer with a Location. What is "" or 0 stays as it was asked for.
struct Redirect {
    std::string scheme, host, path;
    std::uint16_t port = 0;
    int status = 302;

    bool operator==(const Redirect&) const = default;
};

struct Cors {
    std::vector<std::string> origins, methods, headers, exposedHeaders;
    bool credentials = false;
    std::int64_t maxAgeSeconds = 0;

    bool operator==(const Cors&) const = default;
};

/// What the annotations of one Ingress ask for and the Gateway API has an equal of.
struct Policy {
    bool httpAllowed = true;      ///< serve plain HTTP at all
    bool redirectToHttps = false; ///< plain HTTP is redirected where the host has TLS
    std::optional<Canary> canary;
    std::optional<Redirect> redirect;
    std::optional<Cors> cors;
    std::string appRoot;       ///< where "/" is redirected to
    std::string rewriteTarget; ///< as written; may refer to groups of the path
    bool useRegex = false;     ///< paths are regular expressions
    std::string upstreamHost, forwardedPrefix;
    std::string requestTimeout; ///< as the Gateway API writes durations
    bool grpc = false;          ///< backends speak gRPC without TLS
    Spot grpcSpot, rewriteSpot;
};

/// Reads the annotations of an Ingress that `controller` serves ("" when no IngressClass says who does), and reports
/// each that has no equal by its name.
Policy readPolicy(const Ingress& ingress, const std::string& controller, Reports& reports);

/// Whether ingress-nginx serves it: its class says so, or nothing speaks against its annotations.
bool isServedByNginx(const Ingress& ingress, const std::string& controller);

/// Reports an annotation that policy.cpp does not know, with what is known about it.
void reportUnknown(const Ingress& ingress, const Annotation& annotation, Reports& reports);

Spot spotOf(const Annotation& annotation);

constexpr std::string_view nginxPrefix = "nginx.ingress.kubernetes.io/";
constexpr std::string_view contourPrefix = "projectcontour.io/";

} // namespace gatehouse::importers::ingress
