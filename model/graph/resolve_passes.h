#pragma once

#include "model/graph/graph.h"
#include "model/graph/namespace_selection.h"
#include "model/graph/reference_grants.h"
#include "model/graph/resolve_memo.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::model {

/// Why a Secret or a ConfigMap is no good, "" when it is; each is looked at once however many listeners name it.
struct CertificateChecks {
    const std::string& ofSecret(const Secret& secret);
    const std::string& ofCaBundle(const ConfigMap& configMap);

private:
    std::unordered_map<const Resource*, std::string> problems_;
};

/// What is the same on every parent of a route, whatever the parent says.
struct RouteVerdict {
    Condition resolvedRefs;
    std::optional<Condition> partiallyInvalid; ///< some rules are dropped
    std::optional<Condition> refused;          ///< no rule is left: Accepted is False on every parent
};

/// A route while it is resolved.
struct RouteDraft {
    std::shared_ptr<RouteNode> node;
    RouteVerdict verdict;
    RouteNotes notes;
};
using RouteDrafts = std::vector<RouteDraft>;

/// What all passes of resolve() share. Lifetime: one call of resolve(). Thread: that call's.
struct ResolveContext {
    ResolveContext(const ResourceSet& set, const ResolveOptions& resolveOptions, Graph& result)
        : resources(set), options(resolveOptions), graph(result), grants(set), namespaces(set)
    {
    }

    const ResourceSet& resources;
    const ResolveOptions& options;
    Graph& graph;
    GrantIndex grants;
    NamespaceSelectionCache namespaces;
    CertificateChecks certificates;
    std::unordered_map<std::string, const GatewayClassNode*> classes;
    std::unordered_map<ObjectName, GatewayIndex> gateways;
    std::unordered_map<ObjectName, ListenerSetIndex> listenerSets;
    RouteDrafts routes; ///< those that are resolved now; they become Graph::routes when all is said of them
};

/// The passes, in the order in which resolve() calls them; each reads what earlier ones left in the graph.
void resolveGatewayClasses(ResolveContext& context);
void collectGateways(ResolveContext& context);
void collectListenerSets(ResolveContext& context);
void collectListeners(ResolveContext& context);
void validateListeners(ResolveContext& context);
void findListenerConflicts(ResolveContext& context);
void resolveListenerReferences(ResolveContext& context);
void findOverlappingTls(ResolveContext& context);
void judgeGateways(ResolveContext& context);
void judgeListenerSets(ResolveContext& context);
void decideServing(ResolveContext& context);
void resolveBackends(ResolveContext& context);
void attachRoutes(ResolveContext& context);
void countRouteKinds(const ResolveContext& context, ResolveMemo& memo);
void refuseConflictingRouteKinds(ResolveContext& context, ResolveMemo& memo);
void judgeRoutes(ResolveContext& context);
void computeRelations(ResolveContext& context, ResolveMemo& memo);
void resolvePolicies(ResolveContext& context);
void noteOtherResources(ResolveContext& context);

/// Calls visit(ListenerIndex) for every attachment of an HTTPRoute or a GRPCRoute; not at all for other kinds.
template <class Visit>
void forEachContest(const RouteNode& node, Visit&& visit)
{
    if (node.resource->kind != RouteKind::HTTPRoute && node.resource->kind != RouteKind::GRPCRoute)
        return;
    for (const ParentNode& parent : node.parents)
        for (const Attachment& attachment : parent.attachments)
            visit(attachment.listener);
}
/// Listeners that a route counts on, each once however many of its parentRefs lead there.
std::vector<ListenerIndex> countedListeners(const RouteNode& node);
/// Gateways that accept a route, each once.
std::vector<GatewayIndex> acceptingGateways(const RouteNode& node);
/// Sets ParentNode::relation; `isBusy(GatewayIndex)` tells whether a Gateway has more than one route.
template <class IsBusy>
void relate(RouteNode& node, IsBusy&& isBusy);
/// The relations of an attachment by whether its Gateway has many routes, and its route many Gateways.
Relation relationOf(bool gatewayHasMany, bool routeHasMany);
/// Whether a policy's status depends on what a route refers to.
bool concernsPolicies(const ResourceSet& resources, const RouteNode& node);

template <class IsBusy>
void relate(RouteNode& node, IsBusy&& isBusy)
{
    const bool routeHasMany = acceptingGateways(node).size() > 1;
    for (ParentNode& parent : node.parents)
        if (parent.accepted)
            parent.relation = relationOf(isBusy(parent.gateway), routeHasMany);
}

/// The Gateway or ListenerSet that holds a listener, and the listener's field path there ("spec.listeners[2]").
const Resource& ownerOf(const Graph& graph, const ListenerNode& listener);
std::string fieldPathOf(const Graph& graph, const ListenerNode& listener);
/// "listener http of Gateway a/gw", for messages.
std::string describe(const Graph& graph, const ListenerNode& listener);

} // namespace gatehouse::model
