#pragma once

#include "model/api/http_filter.h"
#include "model/api/references.h"
#include "model/base/hostname.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

/// The five route kinds of the Gateway API. Order is the order in tables and of evaluation between kinds.
enum class RouteKind : std::uint8_t { HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute };
std::string_view toString(RouteKind kind);

/// A backend with its share of a rule's traffic.
struct BackendRef {
    BackendObjectReference ref;
    std::uint32_t weight = 1;
    std::vector<HTTPRouteFilter> filters; ///< HTTPRoute and GRPCRoute only
};

/// What all five kinds share; attachment, grants and status are written once over it (semantics 3.4, 5).
struct Route : Resource {
    RouteKind kind = RouteKind::HTTPRoute;
    std::vector<ParentReference> parentRefs;
    std::vector<Hostname> hostnames; ///< none for TCPRoute and UDPRoute

    /// Number of rules, and what resolve needs of each. Lifetime: of this route.
    [[nodiscard]] virtual std::size_t ruleCount() const noexcept = 0;
    [[nodiscard]] virtual const std::vector<BackendRef>& backendRefs(std::size_t rule) const noexcept = 0;
    [[nodiscard]] virtual const std::vector<HTTPRouteFilter>& filters(std::size_t rule) const noexcept = 0;
    [[nodiscard]] virtual const std::string& ruleName(std::size_t rule) const noexcept = 0;
    [[nodiscard]] virtual Position rulePosition(std::size_t rule) const noexcept = 0;
    virtual ~Route() = default;
};

enum class PathMatchType : std::uint8_t { Exact, PathPrefix, RegularExpression };
enum class ValueMatchType : std::uint8_t { Exact, RegularExpression };

struct HTTPPathMatch {
    PathMatchType type = PathMatchType::PathPrefix;
    std::string value = "/";
    Position position;
};

/// Header and query parameter matches alike.
struct ValueMatch {
    ValueMatchType type = ValueMatchType::Exact;
    std::string name;
    std::string value;
    Position position;
};

struct HTTPRouteMatch {
    HTTPPathMatch path;
    std::vector<ValueMatch> headers;
    std::vector<ValueMatch> queryParams;
    std::string method; ///< "" matches every method
    Position position;
};

/// Durations are GEP-2257, held in milliseconds; 0 switches the limit off (semantics 10.1).
struct HTTPRouteTimeouts {
    std::optional<std::chrono::milliseconds> request;
    std::optional<std::chrono::milliseconds> backendRequest;
};

/// HTTPRouteRetry (semantics 10.2).
struct HTTPRouteRetry {
    std::vector<std::uint16_t> codes;
    std::optional<std::uint32_t> attempts;
    std::optional<std::chrono::milliseconds> backoff;
};

/// SessionPersistence of a route rule (semantics 10.3).
struct SessionPersistence {
    std::string sessionName; ///< "": ours to choose
    bool byHeader = false;   ///< else by cookie
    bool permanent = false;  ///< the cookie outlives the browser
    std::optional<std::chrono::milliseconds> absoluteTimeout;
};

struct HTTPRouteRule {
    std::string name;
    std::vector<HTTPRouteMatch> matches; ///< never empty once decoded: the default is PathPrefix /
    std::vector<HTTPRouteFilter> filters;
    std::vector<BackendRef> backendRefs;
    HTTPRouteTimeouts timeouts;
    std::optional<HTTPRouteRetry> retry;
    std::optional<SessionPersistence> sessionPersistence;
    Position position;
};

struct HTTPRoute final : Route {
    std::vector<HTTPRouteRule> rules;

    [[nodiscard]] std::size_t ruleCount() const noexcept override { return rules.size(); }
    [[nodiscard]] const std::vector<BackendRef>& backendRefs(std::size_t rule) const noexcept override
    {
        return rules[rule].backendRefs;
    }
    [[nodiscard]] const std::vector<HTTPRouteFilter>& filters(std::size_t rule) const noexcept override
    {
        return rules[rule].filters;
    }
    [[nodiscard]] const std::string& ruleName(std::size_t rule) const noexcept override { return rules[rule].name; }
    [[nodiscard]] Position rulePosition(std::size_t rule) const noexcept override { return rules[rule].position; }
};

struct GRPCMethodMatch {
    ValueMatchType type = ValueMatchType::Exact;
    std::optional<std::string> service;
    std::optional<std::string> method;
    Position position;
};

struct GRPCRouteMatch {
    std::optional<GRPCMethodMatch> method;
    std::vector<ValueMatch> headers;
    Position position;
};

struct GRPCRouteRule {
    std::string name;
    std::vector<GRPCRouteMatch> matches; ///< empty: every gRPC request
    std::vector<HTTPRouteFilter> filters;
    std::vector<BackendRef> backendRefs;
    std::optional<SessionPersistence> sessionPersistence;
    Position position;
};

struct GRPCRoute final : Route {
    std::vector<GRPCRouteRule> rules;

    [[nodiscard]] std::size_t ruleCount() const noexcept override { return rules.size(); }
    [[nodiscard]] const std::vector<BackendRef>& backendRefs(std::size_t rule) const noexcept override
    {
        return rules[rule].backendRefs;
    }
    [[nodiscard]] const std::vector<HTTPRouteFilter>& filters(std::size_t rule) const noexcept override
    {
        return rules[rule].filters;
    }
    [[nodiscard]] const std::string& ruleName(std::size_t rule) const noexcept override { return rules[rule].name; }
    [[nodiscard]] Position rulePosition(std::size_t rule) const noexcept override { return rules[rule].position; }
};

/// TLSRoute, TCPRoute and UDPRoute: rules with nothing but backends (semantics 3.7).
struct L4RouteRule {
    std::string name;
    std::vector<BackendRef> backendRefs;
    Position position;
};

struct L4Route final : Route {
    std::vector<L4RouteRule> rules;

    [[nodiscard]] std::size_t ruleCount() const noexcept override { return rules.size(); }
    [[nodiscard]] const std::vector<BackendRef>& backendRefs(std::size_t rule) const noexcept override
    {
        return rules[rule].backendRefs;
    }
    [[nodiscard]] const std::vector<HTTPRouteFilter>& filters(std::size_t rule) const noexcept override;
    [[nodiscard]] const std::string& ruleName(std::size_t rule) const noexcept override { return rules[rule].name; }
    [[nodiscard]] Position rulePosition(std::size_t rule) const noexcept override { return rules[rule].position; }
};

/// One row per route kind: what differs between kinds in attachment and status (semantics 4.4, 5, 8).
struct RouteKindInfo {
    RouteKind kind;
    std::string_view group;
    std::string_view name;   ///< "HTTPRoute"
    std::string_view plural; ///< "httproutes"
    bool hasHostnames;       ///< hostname intersection applies
};

/// All rows in RouteKind order; a row by kind; a row by group and kind name (null when it is none of the five).
const std::vector<RouteKindInfo>& routeKinds();
const RouteKindInfo& routeKindInfo(RouteKind kind);
const RouteKindInfo* findRouteKind(std::string_view group, std::string_view kindName);

} // namespace gatehouse::model
