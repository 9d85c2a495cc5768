#include "engine/routing/compile_parts.h"
#include "engine/routing/route_stream.h"

#include <algorithm>

namespace gatehouse::routing {
namespace {

ClusterUse useOf(const model::Listener& listener)
{
    switch (listener.protocol) {
    case model::Protocol::UDP:
        return ClusterUse::Datagram;
    case model::Protocol::TLS:
        return isPassthrough(listener) ? ClusterUse::Passthrough : ClusterUse::Terminated;
    default:
        return ClusterUse::Stream;
    }
}

CompiledRule compileRule(Clusters& clusters, const model::RouteNode& node, model::RouteIndex route, ClusterUse use)
{
    CompiledRule compiled;
    compiled.origin = {route, 0, std::string(toString(node.resource->kind)) + '/' + toString(node.resource->key.name)};
    for (const model::ResolvedBackend& backend : node.rules[0].backends) {
        WeightedBackend& made = compiled.backends.emplace_back();
        made.weight = backend.ref->weight;
        compiled.totalWeight += made.weight;
        if (backend.outcome == model::BackendOutcome::Ok && backend.service && backend.port)
            made.cluster = clusters.of(backend, use);
        else
            made.problem = std::string(model::toString(backend.outcome)) + ": " + backend.message;
    }
    return compiled;
}

/// Rules of one route: the same backends are reached in another way behind each mode of TLS.
class RulesByUse {
public:
    RulesByUse(Compilation& compilation, Clusters& clusters, model::RouteIndex route)
        : compilation_(compilation), clusters_(clusters), route_(route)
    {
    }

    RuleIndex of(ClusterUse use)
    {
        const auto [it, isNew] = made_.try_emplace(use);
        if (isNew)
            it->second =
                compilation_.rule([&] { return compileRule(clusters_, compilation_.graph[route_], route_, use); });
        return it->second;
    }
    [[nodiscard]] bool empty() const noexcept { return made_.empty(); }

private:
    Compilation& compilation_;
    Clusters& clusters_;
    model::RouteIndex route_;
    std::map<ClusterUse, RuleIndex> made_;
};

} // namespace

bool isPassthrough(const model::Listener& listener) noexcept
{
    return listener.protocol == model::Protocol::TLS && listener.tls &&
           listener.tls->mode == model::TlsMode::Passthrough;
}

void compileStreamRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex routeIndex, std::uint32_t age,
                        std::vector<StreamRoutes>& listeners)
{
    const model::RouteNode& node = compilation.graph[routeIndex];
    if (node.rules.empty())
        return;
    RulesByUse rules(compilation, clusters, routeIndex);
    for (const model::ParentNode& parent : node.parents) {
        if (!parent.accepted)
            continue;
        for (const model::Attachment& attachment : parent.attachments) {
            StreamRoutes& target = listeners[attachment.listener.value];
            if (!target.served || !compilation.serves(attachment.listener))
                continue;
            const RuleIndex rule = rules.of(useOf(*compilation.graph[attachment.listener].resource));
            if (node.resource->kind != model::RouteKind::TLSRoute)
                target.others.push_back({std::nullopt, age, rule});
            else if (attachment.hostnames.empty())
                target.serverNames.push_back({std::nullopt, age, rule});
            for (const model::Hostname& hostname : attachment.hostnames)
                target.serverNames.push_back({hostname, age, rule});
        }
    }
    // The alpha versions allowed several rules without saying what the others are for.
    if (!rules.empty() && node.rules.size() > 1)
        compilation.report(*node.resource, node.resource->rulePosition(1),
                           {model::Severity::Warning, "GH4009",
                            "nothing tells the rules of a " + std::string(toString(node.resource->kind)) +
                                " apart: the first takes all its traffic",
                            "spec.rules[1]", "write a route for each, or one rule with several backendRefs"});
}

void StreamRoutes::fill(ListenerTable& table)
{
    const auto isEarlier = [](const Entry& a, const Entry& b) {
        return std::tuple(a.age, a.rule.value) < std::tuple(b.age, b.rule.value);
    };
    // Two parentRefs may reach one listener; the route counts once.
    const auto isSame = [](const Entry& a, const Entry& b) { return a.rule == b.rule && a.hostname == b.hostname; };
    std::sort(others.begin(), others.end(), isEarlier);
    others.erase(std::unique(others.begin(), others.end(), isSame), others.end());
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (i == 0)
            table.streamRule = others[i].rule;
        else
            table.outrankedRules.push_back(others[i].rule);
    }
    if (table.protocol != model::Protocol::TLS)
        return;
    std::stable_sort(serverNames.begin(), serverNames.end(), isEarlier);
    auto made = std::make_shared<ServerNameTable>();
    for (const Entry& entry : serverNames) {
        const std::uint32_t number =
            made->hosts.insert(entry.hostname, static_cast<std::uint32_t>(made->entries.size()));
        if (number == made->entries.size())
            made->entries.push_back({entry.hostname, {}});
        std::vector<RuleIndex>& rules = made->entries[number].rules;
        if (rules.empty() || rules.back() != entry.rule)
            rules.push_back(entry.rule);
    }
    table.serverNames = std::move(made);
}

} // namespace gatehouse::routing
