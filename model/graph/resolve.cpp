#include "model/graph/resolve_passes.h"

namespace gatehouse::model {

Graph resolve(std::shared_ptr<const ResourceSet> resources, const ResolveOptions& options)
{
    Graph graph;
    graph.resources = std::move(resources);
    ResolveContext context(*graph.resources, options, graph);

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

    // Routes: backends first, as ResolvedRefs is written on every parent, also on those that refuse the route.
    resolveBackends(context);
    attachRoutes(context);

    // HTTPRoute against GRPCRoute on one listener; needs all attachments. Only then verdicts and counts are final.
    refuseConflictingRouteKinds(context);
    judgeRoutes(context);
    computeRelations(context);

    // Policies report on Gateways that accepted routes lead to.
    resolvePolicies(context);

    // What is kept and drawn, but not executed.
    noteOtherResources(context);
    return graph;
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
