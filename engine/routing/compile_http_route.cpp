#include "engine/routing/compile_parts.h"
#include "engine/routing/session.h"

#include <algorithm>

namespace gatehouse::routing {
namespace {

std::string rulePath(std::size_t rule)
{
    return "spec.rules[" + std::to_string(rule) + ']';
}

CompiledRetry compileRetry(const model::HTTPRouteRetry& retry)
{
    CompiledRetry compiled;
    compiled.codes = retry.codes;
    std::sort(compiled.codes.begin(), compiled.codes.end());
    compiled.attempts = retry.attempts.value_or(compiled.attempts);
    compiled.backoff = retry.backoff.value_or(compiled.backoff);
    return compiled;
}

/// What only HTTPRoutes have in a rule.
CompiledRule compileHttpRule(Compilation& compilation, Clusters& clusters, RulePlace place)
{
    const auto& route = static_cast<const model::HTTPRoute&>(*compilation.graph[place.route].resource);
    const model::HTTPRouteRule& rule = route.rules[place.rule];
    const bool prefixMatch = rule.matches.size() == 1 && rule.matches[0].path.type == model::PathMatchType::PathPrefix;
    CompiledRule compiled = compileRule(compilation, clusters, place, prefixMatch);
    compiled.requestTimeout = rule.timeouts.request;
    compiled.backendRequestTimeout = rule.timeouts.backendRequest;
    if (rule.retry)
        compiled.retry = compileRetry(*rule.retry);
    if (rule.sessionPersistence)
        compiled.session = compileSession(*rule.sessionPersistence, compiled.origin);
    return compiled;
}

/// Conditions of a match besides host and path; false when it has none.
bool compileConditions(Compilation& compilation, const model::HTTPRoute& route, std::size_t r, std::size_t m,
                       Conditions& conditions)
{
    const model::HTTPRouteMatch& match = route.rules[r].matches[m];
    conditions.hasPathRegex = match.path.type == model::PathMatchType::RegularExpression;
    if (!conditions.hasPathRegex && match.method.empty() && match.headers.empty() && match.queryParams.empty())
        return false;
    const std::string path = rulePath(r) + ".matches[" + std::to_string(m) + ']';
    const ExpressionCompiler compileExpression{compilation, route};
    conditions.method = match.method;
    addValues(compileExpression, match.headers, path + ".headers", true, conditions.headers);
    addValues(compileExpression, match.queryParams, path + ".queryParams", false, conditions.queryParams);
    if (conditions.hasPathRegex)
        conditions.pathRegex = compileExpression(match.path.value, match.path.position, path + ".path.value");
    return true;
}

} // namespace

void compileHttpRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex routeIndex, std::uint32_t age,
                      HostBuilders& builders)
{
    const model::RouteNode& node = compilation.graph[routeIndex];
    const auto& route = static_cast<const model::HTTPRoute&>(*node.resource);
    const std::vector<RouteTarget> targets = targetsOf(compilation, node);
    if (targets.empty())
        return;
    for (std::size_t r = 0; r < route.rules.size(); ++r) {
        if (!node.rules[r].dropped.empty())
            continue; // the rest of the route serves: PartiallyInvalid
        const RuleIndex index = compilation.rule([&] {
            return compileHttpRule(compilation, clusters, {routeIndex, r});
        });
        for (std::size_t m = 0; m < route.rules[r].matches.size(); ++m) {
            const model::HTTPRouteMatch& match = route.rules[r].matches[m];
            CompiledMatch compiled;
            compiled.pattern = {match.path.type, match.path.value, match.position, nullptr, false};
            compiled.rule = index;
            Conditions conditions;
            if (compileConditions(compilation, route, r, m, conditions))
                compiled.conditions = std::move(conditions);
            Precedence& precedence = compiled.precedence;
            if (match.path.type == model::PathMatchType::PathPrefix)
                precedence.pathLength = static_cast<std::uint32_t>(match.path.value.size());
            if (compiled.conditions) {
                precedence.method = !compiled.conditions->method.empty();
                precedence.headers = static_cast<std::uint32_t>(compiled.conditions->headers.size());
                precedence.queryParams = static_cast<std::uint32_t>(compiled.conditions->queryParams.size());
            }
            precedence.routeAge = age;
            precedence.rule = static_cast<std::uint32_t>(r);
            precedence.match = static_cast<std::uint32_t>(m);
            addMatch(compiled, targets, builders);
        }
    }
}

} // namespace gatehouse::routing
