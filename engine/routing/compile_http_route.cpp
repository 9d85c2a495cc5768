#include "engine/routing/compile_parts.h"

#include <algorithm>
#include <re2/re2.h>

namespace gatehouse::routing {
namespace {

std::string rulePath(std::size_t rule)
{
    return "spec.rules[" + std::to_string(rule) + ']';
}

/// Expressions come from manifests: bounded in memory, and silent, since problems are reported as diagnostics.
struct ExpressionCompiler {
    Compilation& compilation;
    const model::HTTPRoute& route;

    std::shared_ptr<const re2::RE2> operator()(const std::string& text, model::Position position,
                                               const std::string& fieldPath) const
    {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        auto regex = std::make_shared<const re2::RE2>(text, options);
        if (regex->ok())
            return regex;
        compilation.report(route, position,
                           {model::Severity::Warning, "GH4003",
                            "the expression '" + text + "' never matches: " + regex->error(), fieldPath,
                            "write it in RE2 syntax"});
        return nullptr;
    }
};

void addValues(const ExpressionCompiler& compileExpression, const std::vector<model::ValueMatch>& wanted,
               const std::string& fieldPath, bool ignoreCase, std::vector<ValueCondition>& conditions)
{
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const model::ValueMatch& value = wanted[i];
        // Of entries with an equivalent name only the first counts (HTTPRouteMatch.headers, .queryParams).
        if (std::any_of(conditions.begin(), conditions.end(), [&](const ValueCondition& known) {
                return ignoreCase ? equalsIgnoreCase(known.name, value.name) : known.name == value.name;
            }))
            continue;
        ValueCondition condition{value.name, value.value, value.type == model::ValueMatchType::RegularExpression, {}};
        if (condition.isRegex)
            condition.regex =
                compileExpression(value.value, value.position, fieldPath + '[' + std::to_string(i) + "].value");
        conditions.push_back(std::move(condition));
    }
}

/// A listener and a hostname that the route serves there.
using Target = std::pair<std::uint32_t, std::optional<model::Hostname>>;

std::vector<Target> targetsOf(const model::RouteNode& node,
                              const std::vector<std::unique_ptr<HostTablesBuilder>>& builders)
{
    std::vector<Target> targets;
    for (const model::ParentNode& parent : node.parents) {
        if (!parent.accepted)
            continue;
        for (const model::Attachment& attachment : parent.attachments) {
            if (!builders[attachment.listener.value])
                continue;
            if (attachment.hostnames.empty())
                targets.emplace_back(attachment.listener.value, std::nullopt);
            for (const model::Hostname& hostname : attachment.hostnames)
                targets.emplace_back(attachment.listener.value, hostname);
        }
    }
    // Two parentRefs may reach one listener; the rule serves it once.
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    return targets;
}

WeightedBackend compileBackend(Compilation& compilation, Clusters& clusters, const model::HTTPRoute& route,
                               const model::ResolvedBackend& backend, bool prefixMatch)
{
    WeightedBackend compiled;
    compiled.weight = backend.ref->weight;
    CompiledFilters filters = compileFilters(backend.ref->filters, prefixMatch);
    compiled.filters = std::move(filters.filters);
    if (backend.outcome != model::BackendOutcome::Ok || !backend.service || !backend.port) {
        compiled.problem = std::string(model::toString(backend.outcome)) + ": " + backend.message;
    } else if (!filters.unsupported.empty()) {
        compiled.problem = filters.unsupported;
        compilation.report(route, backend.ref->ref.position,
                           {model::Severity::Warning,
                            "GH4002",
                            filters.unsupported + "; requests to this backend answer 500",
                            {},
                            {}});
    } else {
        compiled.cluster = clusters.of(backend);
    }
    return compiled;
}

CompiledRule compileRule(Compilation& compilation, Clusters& clusters, model::RouteIndex routeIndex, std::size_t r)
{
    const model::RouteNode& node = compilation.graph[routeIndex];
    const auto& route = static_cast<const model::HTTPRoute&>(*node.resource);
    const model::HTTPRouteRule& rule = route.rules[r];
    const bool prefixMatch = rule.matches.size() == 1 && rule.matches[0].path.type == model::PathMatchType::PathPrefix;

    CompiledRule compiled;
    compiled.origin = {routeIndex, static_cast<std::uint32_t>(r), "HTTPRoute/" + toString(route.key.name)};
    compiled.requestTimeout = rule.timeouts.request;
    compiled.backendRequestTimeout = rule.timeouts.backendRequest;
    CompiledFilters filters = compileFilters(rule.filters, prefixMatch);
    compiled.filters = std::move(filters.filters);
    compiled.broken = node.rules[r].brokenFilter;
    if (compiled.broken.empty() && !filters.unsupported.empty()) {
        compiled.broken = filters.unsupported;
        compilation.report(route, rule.position,
                           {model::Severity::Warning,
                            "GH4002",
                            filters.unsupported + "; requests of this rule answer 500",
                            rulePath(r) + ".filters",
                            {}});
    }
    if (rule.retry)
        compilation.report(
            route, rule.position,
            {model::Severity::Warning, "GH4007", "this build does not retry requests yet", rulePath(r) + ".retry", {}});
    for (const model::ResolvedBackend& backend : node.rules[r].backends) {
        compiled.backends.push_back(compileBackend(compilation, clusters, route, backend, prefixMatch));
        compiled.totalWeight += compiled.backends.back().weight;
    }
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
                      std::vector<std::unique_ptr<HostTablesBuilder>>& builders)
{
    const model::RouteNode& node = compilation.graph[routeIndex];
    const auto& route = static_cast<const model::HTTPRoute&>(*node.resource);
    const std::vector<Target> targets = targetsOf(node, builders);
    if (targets.empty())
        return;
    for (std::size_t r = 0; r < route.rules.size(); ++r) {
        if (!node.rules[r].dropped.empty())
            continue; // the rest of the route serves: PartiallyInvalid
        const RuleIndex index{static_cast<std::uint32_t>(compilation.snapshot.rules.size())};
        compilation.snapshot.rules.push_back(compileRule(compilation, clusters, routeIndex, r));
        for (std::size_t m = 0; m < route.rules[r].matches.size(); ++m) {
            Conditions conditions;
            const bool any = compileConditions(compilation, route, r, m, conditions);
            HostTablesBuilder::Entry entry{&route.rules[r].matches[m], index, {}, Candidate::noConditions};
            entry.precedence.method = !conditions.method.empty();
            entry.precedence.headers = static_cast<std::uint32_t>(conditions.headers.size());
            entry.precedence.queryParams = static_cast<std::uint32_t>(conditions.queryParams.size());
            entry.precedence.routeAge = age;
            entry.precedence.rule = static_cast<std::uint32_t>(r);
            entry.precedence.match = static_cast<std::uint32_t>(m);
            for (std::size_t t = 0; t < targets.size(); ++t) {
                HostTablesBuilder& builder = *builders[targets[t].first];
                if (any && (t == 0 || targets[t].first != targets[t - 1].first))
                    entry.conditions = builder.addConditions(conditions);
                builder.add(targets[t].second, entry);
            }
        }
    }
}

} // namespace gatehouse::routing
