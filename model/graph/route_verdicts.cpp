// What follows from all attachments together: route kinds that exclude each other, the verdict on each parentRef, the
// numbers of attached routes, and how many Gateways and routes an attachment joins.

#include "model/graph/conditions.h"
#include "model/graph/hostname_intersection.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <unordered_map>

namespace gatehouse::model {
namespace {

/// An attachment of an HTTPRoute or a GRPCRoute to a listener that has both kinds.
struct Contender {
    std::uint32_t route, parent;
    ListenerIndex listener;
};

/// Adds hostnames, or "all", to an index; asks whether any overlaps.
template <class Visit>
bool anyHostname(const std::vector<Hostname>& hostnames, Visit&& visit)
{
    if (hostnames.empty())
        return visit(std::optional<Hostname>{});
    return std::any_of(hostnames.begin(), hostnames.end(), [&](const Hostname& h) { return visit(std::optional(h)); });
}

std::vector<Contender> findContenders(const ResolveContext& context, const ResolveMemo& memo)
{
    std::vector<Contender> contenders;
    for (std::uint32_t r = 0; r < context.routes.size(); ++r) {
        const RouteDraft& draft = context.routes[r];
        const RouteKind kind = draft.node->resource->kind;
        if (draft.verdict.refused || (kind != RouteKind::HTTPRoute && kind != RouteKind::GRPCRoute))
            continue; // is not accepted whatever happens here
        for (std::uint32_t p = 0; p < draft.node->parents.size(); ++p)
            for (const Attachment& attachment : draft.node->parents[p].attachments)
                if (memo.kindsOn[attachment.listener.value].both())
                    contenders.push_back({r, p, attachment.listener});
    }
    std::stable_sort(contenders.begin(), contenders.end(), [&](const Contender& a, const Contender& b) {
        return isOlder(*context.routes[a.route].node->resource, *context.routes[b.route].node->resource);
    });
    return contenders;
}

void refuseContender(ResolveContext& context, const Contender& contender)
{
    Graph& graph = context.graph;
    RouteNode& node = *context.routes[contender.route].node;
    const Route& route = *node.resource;
    ParentNode& parent = node.parents[contender.parent];
    std::erase_if(parent.attachments, [&](const Attachment& a) { return a.listener == contender.listener; });
    const std::string_view other =
        toString(route.kind == RouteKind::HTTPRoute ? RouteKind::GRPCRoute : RouteKind::HTTPRoute);
    const std::string message =
        "an older " + std::string(other) + " has the same hostnames on " + describe(graph, graph[contender.listener]);
    const std::string remedy = "give spec.hostnames hosts of its own: the two kinds cannot share one";
    parent.refusals.push_back("listener " + graph[contender.listener].resource->name + ": " +
                              std::string(reason::conflicted) + ": " + message + "; " + remedy);
    warn(graph, {route, "spec.parentRefs[" + std::to_string(contender.parent) + ']', parent.ref->position},
         {note::attachmentRefused, std::string(reason::conflicted) + ": " + message, remedy});
    if (parent.attachments.empty())
        parent.conditions.push_back(condition::notAccepted(reason::conflicted, message + "; " + remedy));
}

} // namespace

Relation relationOf(bool gatewayHasMany, bool routeHasMany)
{
    if (gatewayHasMany)
        return routeHasMany ? Relation::ManyToMany : Relation::OneToMany;
    return routeHasMany ? Relation::ManyToOne : Relation::OneToOne;
}

void countRouteKinds(const ResolveContext& context, ResolveMemo& memo)
{
    memo.kindsOn.assign(context.graph.listeners.size(), {});
    for (const RouteDraft& draft : context.routes)
        if (!draft.verdict.refused)
            forEachContest(*draft.node, [&](ListenerIndex listener) {
                ResolveMemo::Kinds& kinds = memo.kindsOn[listener.value];
                ++(draft.node->resource->kind == RouteKind::HTTPRoute ? kinds.http : kinds.grpc);
            });
}

void refuseConflictingRouteKinds(ResolveContext& context, ResolveMemo& memo)
{
    struct Claims {
        HostnameIndex http, grpc;
    };
    std::unordered_map<std::uint32_t, Claims> byListener;
    // GRPCRoute: when its hostnames and an HTTPRoute's intersect on a listener, exactly one is accepted, the older.
    for (const Contender& contender : findContenders(context, memo)) {
        const RouteNode& node = *context.routes[contender.route].node;
        const auto& attachments = node.parents[contender.parent].attachments;
        const auto attachment = std::find_if(attachments.begin(), attachments.end(),
                                             [&](const Attachment& a) { return a.listener == contender.listener; });
        Claims& claims = byListener[contender.listener.value];
        const bool isHttp = node.resource->kind == RouteKind::HTTPRoute;
        HostnameIndex& own = isHttp ? claims.http : claims.grpc;
        const HostnameIndex& others = isHttp ? claims.grpc : claims.http;
        if (anyHostname(attachment->hostnames, [&](const auto& h) { return others.overlaps(h); })) {
            refuseContender(context, contender);
            memo.conflicted.push_back(keyOf(*node.resource));
        } else {
            anyHostname(attachment->hostnames, [&](const auto& h) {
                own.insert(h);
                return false;
            });
        }
    }
    std::sort(memo.conflicted.begin(), memo.conflicted.end());
}

void judgeRoutes(ResolveContext& context)
{
    for (const RouteDraft& draft : context.routes) {
        const RouteVerdict& verdict = draft.verdict;
        for (ParentNode& parent : draft.node->parents) {
            if (!parent.ours)
                continue;
            if (parent.conditions.empty()) {
                parent.accepted = !verdict.refused;
                parent.conditions.push_back(verdict.refused ? *verdict.refused : condition::accepted("route"));
                if (verdict.refused) {
                    parent.refusals.push_back(verdict.refused->reason + ": " + verdict.refused->message);
                    parent.attachments.clear();
                }
            }
            parent.conditions.push_back(verdict.resolvedRefs);
            if (verdict.partiallyInvalid)
                parent.conditions.push_back(*verdict.partiallyInvalid);
        }
        for (const ListenerIndex listener : countedListeners(*draft.node))
            ++context.graph.listeners[listener.value].attachedRoutes;
    }
}

std::vector<ListenerIndex> countedListeners(const RouteNode& node)
{
    std::vector<ListenerIndex> listeners;
    for (const ParentNode& parent : node.parents)
        if (parent.ours)
            for (const Attachment& attachment : parent.attachments)
                listeners.push_back(attachment.listener);
    std::sort(listeners.begin(), listeners.end());
    listeners.erase(std::unique(listeners.begin(), listeners.end()), listeners.end());
    return listeners;
}

std::vector<GatewayIndex> acceptingGateways(const RouteNode& node)
{
    std::vector<GatewayIndex> gateways;
    for (const ParentNode& parent : node.parents)
        if (parent.accepted && std::find(gateways.begin(), gateways.end(), parent.gateway) == gateways.end())
            gateways.push_back(parent.gateway);
    return gateways;
}

void computeRelations(ResolveContext& context, ResolveMemo& memo)
{
    memo.routesOf.assign(context.graph.gateways.size(), 0);
    for (const RouteDraft& draft : context.routes)
        for (const GatewayIndex gateway : acceptingGateways(*draft.node))
            ++memo.routesOf[gateway.value];
    for (const RouteDraft& draft : context.routes)
        relate(*draft.node, [&](GatewayIndex gateway) { return memo.routesOf[gateway.value] > 1; });
}

} // namespace gatehouse::model
