#include "model/graph/resolve_passes.h"

#include "model/graph/resolve_again.h"

#include <utility>

namespace gatehouse::model {

namespace {

void append(std::vector<Diagnostic>& all, const std::vector<Diagnostic>& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

/// The routes leave their workshop.
void publishRoutes(ResolveContext& context, ResolveMemo& memo)
{
    for (RouteDraft& draft : context.routes) {
        if (!draft.notes.backends.empty() || !draft.notes.attachment.empty())
            memo.ofRoutes.try_emplace(keyOf(*draft.node->resource),
                                      std::make_shared<const RouteNotes>(std::move(draft.notes)));
        context.graph.routes.pointers().push_back(std::move(draft.node));
    }
}

} // namespace

void joinNotes(Graph& graph, const ResolveMemo& memo)
{
    std::vector<Diagnostic> others = std::exchange(graph.notes, memo.early);
    for (const auto& [route, notes] : memo.ofRoutes)
        append(graph.notes, notes->backends);
    for (const auto& [route, notes] : memo.ofRoutes)
        append(graph.notes, notes->attachment);
    append(graph.notes, memo.conflicts);
    append(graph.notes, memo.policies);
    append(graph.notes, others);
}

Graph resolve(std::shared_ptr<const ResourceSet> resources, const ResolveOptions& options, const Graph* previous)
{
    if (previous)
        if (auto again = resolveAgain(resources, options, *previous))
            return std::move(*again);
    Graph graph;
    graph.resources = std::move(resources);
    ResolveContext context(*graph.resources, options, graph);
    auto memo = std::make_shared<ResolveMemo>();
    memo->options = options;

    // Which classes we play. Everything below is only about Gateways of those.
    resolveGatewayClasses(context);

    // The Gateways, the ListenerSets that point at them and may join, and all listeners in merge order (GEP-1713).
    collectGateways(context);
    collectListenerSets(context);
    collectListeners(context);

    // Each listener alone: protocol, TLS mode, route kinds.
    validateListeners(context);

    // Listeners against each other. Needs the protocols that were found good; a conflicted listener opens no port.
    findListenerConflicts(context);

    // Certificates and CA bundles, grants before existence. After conflicts, whose reason on Accepted wins.
    resolveListenerReferences(context);
    findOverlappingTls(context);

    // Gateways are judged by their own listeners only, then ListenerSets by their Gateway and their entries.
    judgeGateways(context);
    judgeListenerSets(context);
    decideServing(context);
    memo->early = std::exchange(graph.notes, {});

    // Routes: backends first, as ResolvedRefs is written on every parent, also on those that refuse the route.
    for (const Route* route : graph.resources->routes()) {
        context.routes.emplace_back().node = std::make_shared<RouteNode>();
        context.routes.back().node->resource = route;
    }
    resolveBackends(context);
    attachRoutes(context);

    // HTTPRoute against GRPCRoute on one listener; needs all attachments. Only then verdicts and counts are final.
    countRouteKinds(context, *memo);
    refuseConflictingRouteKinds(context, *memo);
    memo->conflicts = std::exchange(graph.notes, {});
    judgeRoutes(context);
    computeRelations(context, *memo);
    publishRoutes(context, *memo);

    // Policies report on Gateways that accepted routes lead to.
    resolvePolicies(context);
    memo->policies = std::exchange(graph.notes, {});

    // What is kept and drawn, but not executed.
    noteOtherResources(context);
    joinNotes(graph, *memo);
    graph.memo = std::move(memo);
    return graph;
}

bool sharesGateways(const Graph& a, const Graph& b) noexcept
{
    return a.memo && b.memo && a.memo->gateways == b.memo->gateways;
}

const Resource& ownerOf(const Graph& graph, const ListenerNode& listener)
{
    if (listener.listenerSet)
        return *graph[*listener.listenerSet].resource;
    return *graph[listener.gateway].resource;
}

std::string fieldPathOf(const Graph& graph, const ListenerNode& listener)
{
    const std::vector<Listener>& listeners = listener.listenerSet ? graph[*listener.listenerSet].resource->listeners
                                                                  : graph[listener.gateway].resource->listeners;
    return "spec.listeners[" + std::to_string(listener.resource - listeners.data()) + ']';
}

std::string describe(const Graph& graph, const ListenerNode& listener)
{
    return "listener " + listener.resource->name + " of " + toString(ownerOf(graph, listener).key);
}

} // namespace gatehouse::model
