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

bool isHttpOrGrpc(RouteKind kind)
{
    return kind == RouteKind::HTTPRoute || kind == RouteKind::GRPCRoute;
}

std::vector<Contender> findContenders(const Graph& graph)
{
    std::vector<bool> http(graph.listeners.size()), grpc(graph.listeners.size());
    const auto each = [&](auto&& visit) {
        for (std::size_t r = 0; r < graph.routes.size(); ++r)
            if (isHttpOrGrpc(graph.routes[r].resource->kind))
                for (std::size_t p = 0; p < graph.routes[r].parents.size(); ++p)
                    for (const Attachment& attachment : graph.routes[r].parents[p].attachments)
                        visit(r, p, attachment.listener);
    };
    each([&](std::size_t r, std::size_t, ListenerIndex listener) {
        (graph.routes[r].resource->kind == RouteKind::HTTPRoute ? http : grpc)[listener.value] = true;
    });
    std::vector<Contender> contenders;
    each([&](std::size_t r, std::size_t p, ListenerIndex listener) {
        if (http[listener.value] && grpc[listener.value])
            contenders.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(p), listener});
    });
    std::stable_sort(contenders.begin(), contenders.end(), [&](const Contender& a, const Contender& b) {
        const Route& x = *graph.routes[a.route].resource;
        const Route& y = *graph.routes[b.route].resource;
        return isOlder(x, y);
    });
    return contenders;
}

void refuseContender(Graph& graph, const Contender& contender)
{
    const Route& route = *graph.routes[contender.route].resource;
    ParentNode& parent = graph.routes[contender.route].parents[contender.parent];
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

Relation relationOf(bool gatewayHasMany, bool routeHasMany)
{
    if (gatewayHasMany)
        return routeHasMany ? Relation::ManyToMany : Relation::OneToMany;
    return routeHasMany ? Relation::ManyToOne : Relation::OneToOne;
}

} // namespace

void refuseConflictingRouteKinds(ResolveContext& context)
{
    Graph& graph = context.graph;
    struct Claims {
        HostnameIndex http, grpc;
    };
    std::unordered_map<std::uint32_t, Claims> byListener;
    // GRPCRoute: when its hostnames and an HTTPRoute's intersect on a listener, exactly one is accepted, the older.
    for (const Contender& contender : findContenders(graph)) {
        const RouteNode& node = graph.routes[contender.route];
        if (context.routeVerdicts[contender.route].refused)
            continue; // is not accepted whatever happens here
        const auto& attachments = node.parents[contender.parent].attachments;
        const auto attachment = std::find_if(attachments.begin(), attachments.end(),
                                             [&](const Attachment& a) { return a.listener == contender.listener; });
        Claims& claims = byListener[contender.listener.value];
        const bool isHttp = node.resource->kind == RouteKind::HTTPRoute;
        HostnameIndex& own = isHttp ? claims.http : claims.grpc;
        const HostnameIndex& others = isHttp ? claims.grpc : claims.http;
        if (anyHostname(attachment->hostnames, [&](const auto& h) { return others.overlaps(h); }))
            refuseContender(graph, contender);
        else
            anyHostname(attachment->hostnames, [&](const auto& h) {
                own.insert(h);
                return false;
            });
    }
}

void judgeRoutes(ResolveContext& context)
{
    Graph& graph = context.graph;
    // Which route was counted last on a listener: a route counts once, however many of its parentRefs lead there.
    std::vector<std::size_t> countedFor(graph.listeners.size(), graph.routes.size());
    for (std::size_t r = 0; r < graph.routes.size(); ++r) {
        const RouteVerdict& verdict = context.routeVerdicts[r];
        for (ParentNode& parent : graph.routes[r].parents) {
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
            for (const Attachment& attachment : parent.attachments)
                if (std::exchange(countedFor[attachment.listener.value], r) != r)
                    ++graph.listeners[attachment.listener.value].attachedRoutes;
        }
    }
}

void computeRelations(ResolveContext& context)
{
    Graph& graph = context.graph;
    std::vector<std::size_t> routesOf(graph.gateways.size());
    const auto gatewaysOf = [](const RouteNode& node) {
        std::vector<GatewayIndex> gateways;
        for (const ParentNode& parent : node.parents)
            if (parent.accepted && std::find(gateways.begin(), gateways.end(), parent.gateway) == gateways.end())
                gateways.push_back(parent.gateway);
        return gateways;
    };
    for (const RouteNode& node : graph.routes)
        for (const GatewayIndex gateway : gatewaysOf(node))
            ++routesOf[gateway.value];
    for (RouteNode& node : graph.routes) {
        const bool routeHasMany = gatewaysOf(node).size() > 1;
        for (ParentNode& parent : node.parents)
            if (parent.accepted)
                parent.relation = relationOf(routesOf[parent.gateway.value] > 1, routeHasMany);
    }
}

} // namespace gatehouse::model
