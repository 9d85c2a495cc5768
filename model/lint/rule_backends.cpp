// Rules that match and then have nobody to send to. References that lead nowhere are noted by resolve().

#include "model/lint/check.h"

#include <algorithm>
#include <optional>

namespace gatehouse::model::checks {
namespace {

/// What a client gets in place of an answer (Gateway API, HTTPBackendRef.weight and HTTPRouteRule.backendRefs).
std::string effectOn(RouteKind kind)
{
    switch (kind) {
    case RouteKind::HTTPRoute:
        return "every request gets status 500";
    case RouteKind::GRPCRoute:
        return "every call gets status UNAVAILABLE";
    case RouteKind::TLSRoute:
    case RouteKind::TCPRoute:
        return "every connection is closed";
    case RouteKind::UDPRoute:
        return "every datagram is dropped";
    }
    return {};
}

bool redirects(const Route& route, std::size_t rule)
{
    const auto& filters = route.filters(rule);
    return std::any_of(filters.begin(), filters.end(),
                       [](const HTTPRouteFilter& f) { return std::holds_alternative<RequestRedirect>(f); });
}

/// What is wrong with the backends of a rule; nullopt: nothing.
std::optional<Finding> judge(const Route& route, std::size_t r, const RuleNode& node)
{
    const auto& backends = route.backendRefs(r);
    if (backends.empty()) {
        // A filter that is not supported answers before anybody looks for a backend, and is noted.
        if (redirects(route, r) || !node.brokenFilter.empty())
            return std::nullopt;
        return Finding{lint_code::ruleWithoutBackend,
                       Severity::Warning,
                       "the rule has no backend: " + effectOn(route.kind),
                       {},
                       route.kind == RouteKind::HTTPRoute ? "add a backendRef, or a RequestRedirect filter"
                                                          : "add a backendRef"};
    }
    if (std::any_of(backends.begin(), backends.end(), [](const BackendRef& b) { return b.weight > 0; }))
        return std::nullopt;
    return Finding{lint_code::weightsAllZero,
                   Severity::Warning,
                   (backends.size() == 1 ? "the only backend has weight 0: " : "all weights of the rule are 0: ") +
                       effectOn(route.kind),
                   {},
                   "give one of them a weight above 0, or remove weight, which is 1 then"};
}

} // namespace

void ruleBackends(const Graph& graph, Findings& findings)
{
    for (const RouteNode& node : graph.routes)
        for (std::size_t r = 0; r < node.rules.size(); ++r)
            if (node.rules[r].dropped.empty())
                if (auto finding = judge(*node.resource, r, node.rules[r]))
                    findings.add({*node.resource, rulePath(r) + ".backendRefs", node.resource->rulePosition(r)},
                                 std::move(*finding));
}

} // namespace gatehouse::model::checks
