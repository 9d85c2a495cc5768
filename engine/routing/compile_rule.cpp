// What the two kinds of routes over HTTP have in common; what differs is in compile_http_route and compile_grpc_route.

#include "engine/routing/compile_parts.h"

#include <algorithm>
#include <re2/re2.h>

namespace gatehouse::routing {
namespace {

WeightedBackend compileBackend(const FilterCompilation& with, const model::Route& route,
                               const model::ResolvedBackend& backend)
{
    WeightedBackend compiled;
    compiled.weight = backend.ref->weight;
    CompiledFilters filters = compileFilters(with, backend.ref->filters);
    compiled.filters = std::move(filters.filters);
    if (backend.outcome != model::BackendOutcome::Ok || !backend.service || !backend.port) {
        compiled.problem = std::string(model::toString(backend.outcome)) + ": " + backend.message;
    } else if (!filters.unsupported.empty()) {
        compiled.problem = filters.unsupported;
        with.compilation.report(route, backend.ref->ref.position,
                                {model::Severity::Warning,
                                 "GH4002",
                                 filters.unsupported + "; requests to this backend answer 500",
                                 {},
                                 {}});
    } else {
        compiled.cluster = with.clusters.of(backend, with.use);
    }
    return compiled;
}

} // namespace

std::shared_ptr<const re2::RE2> ExpressionCompiler::operator()(const std::string& text, model::Position position,
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

std::vector<RouteTarget> targetsOf(const Compilation& compilation, const model::RouteNode& node)
{
    std::vector<RouteTarget> targets;
    for (const model::ParentNode& parent : node.parents) {
        if (!parent.accepted)
            continue;
        for (const model::Attachment& attachment : parent.attachments) {
            if (!compilation.serves(attachment.listener))
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

CompiledRule compileRule(Compilation& compilation, Clusters& clusters, RulePlace place, bool prefixMatch)
{
    const model::RouteNode& node = compilation.graph[place.route];
    const model::Route& route = *node.resource;
    const model::RuleNode& rule = node.rules[place.rule];

    CompiledRule compiled;
    compiled.origin = {place.route, static_cast<std::uint32_t>(place.rule),
                       std::string(toString(route.kind)) + '/' + toString(route.key.name)};
    const ClusterUse use = route.kind == model::RouteKind::GRPCRoute ? ClusterUse::Grpc : ClusterUse::Http;
    const FilterCompilation with{compilation, clusters, rule, use, prefixMatch};
    CompiledFilters filters = compileFilters(with, route.filters(place.rule));
    compiled.filters = std::move(filters.filters);
    compiled.broken = rule.brokenFilter;
    if (compiled.broken.empty() && !filters.unsupported.empty()) {
        compiled.broken = filters.unsupported;
        compilation.report(route, route.rulePosition(place.rule),
                           {model::Severity::Warning,
                            "GH4002",
                            filters.unsupported + "; requests of this rule answer 500",
                            "spec.rules[" + std::to_string(place.rule) + "].filters",
                            {}});
    }
    for (const model::ResolvedBackend& backend : rule.backends) {
        compiled.backends.push_back(compileBackend(with, route, backend));
        compiled.totalWeight += compiled.backends.back().weight;
    }
    return compiled;
}

void addMatch(const CompiledMatch& match, const std::vector<RouteTarget>& targets, HostBuilders& builders)
{
    HostTableBuilder::Entry entry;
    entry.rule = match.rule;
    entry.precedence = match.precedence;
    // What the hostnames of one table share is stored once there.
    std::vector<std::pair<HostTableBuilder*, HostTableBuilder::Entry>> stored;
    for (const auto& [listener, hostname] : targets) {
        HostTablesBuilder* const tables = builders[listener].get();
        HostTableBuilder* const builder = tables ? tables->shard(tables->shardOf(hostname)) : nullptr;
        if (!builder)
            continue; // is kept as it is
        auto known =
            std::find_if(stored.begin(), stored.end(), [&](const auto& each) { return each.first == builder; });
        if (known == stored.end()) {
            PathPattern pattern = match.pattern;
            if (!match.path.empty())
                pattern.value = builder->keep(match.path);
            entry.pattern = builder->addPattern(pattern);
            entry.conditions = match.conditions ? builder->addConditions(*match.conditions) : Candidate::noConditions;
            known = stored.insert(stored.end(), {builder, entry});
        }
        builder->add(hostname, known->second);
    }
}

} // namespace gatehouse::routing
