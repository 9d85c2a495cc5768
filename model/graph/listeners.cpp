// Each listener judged alone. Every validator runs, whatever an earlier one found, so that all problems are reported;
// the first reason stands in the condition.

#include "model/graph/conditions.h"
#include "model/graph/hostname_intersection.h"
#include "model/graph/listener_kinds.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <map>

namespace gatehouse::model {
namespace {

void validateProtocol(ResolveContext& context, ListenerNode& node)
{
    const Listener& listener = *node.resource;
    if (protocolRow(listener)) {
        node.accepted = true;
        node.conditions.push_back(condition::accepted("listener"));
        return;
    }
    const std::string message = "protocol " + listener.protocolText + " is not supported";
    const std::string remedy = "use HTTP, HTTPS, TLS, TCP or UDP";
    node.conditions.push_back(condition::notAccepted(reason::unsupportedProtocol, message + "; " + remedy));
    warn(context.graph,
         {ownerOf(context.graph, node), fieldPathOf(context.graph, node) + ".protocol", listener.position},
         {note::listenerUnsupported, message, remedy});
}

/// Begins ResolvedRefs: unknown route kinds are its first reason. References are resolved later.
void validateKinds(ResolveContext& context, ListenerNode& node)
{
    const Listener& listener = *node.resource;
    ListenerKinds kinds = listenerKinds(listener);
    node.supportedKinds = std::move(kinds.supported);
    if (kinds.invalid.empty()) {
        node.conditions.push_back(condition::resolvedRefs());
        return;
    }
    std::string names;
    for (const RouteGroupKind* kind : kinds.invalid)
        names += (names.empty() ? "" : ", ") + (kind->group == gatewayGroup ? "" : kind->group + '/') + kind->kind;
    const std::string message =
        "allowedRoutes.kinds: a listener with protocol " + listener.protocolText + " does not take " + names;
    node.conditions.push_back(condition::unresolvedRefs(reason::invalidRouteKinds, message));
    warn(context.graph,
         {ownerOf(context.graph, node), fieldPathOf(context.graph, node) + ".allowedRoutes.kinds",
          kinds.invalid.front()->position},
         {note::routeKindsInvalid, "a listener with protocol " + listener.protocolText + " does not take " + names,
          "remove what does not fit from allowedRoutes.kinds"});
}

} // namespace

void validateListeners(ResolveContext& context)
{
    for (ListenerNode& node : context.graph.listeners) {
        validateProtocol(context, node);
        validateKinds(context, node);
    }
}

void findOverlappingTls(ResolveContext& context)
{
    Graph& graph = context.graph;
    for (const GatewayNode& gateway : graph.gateways) {
        std::map<std::uint16_t, HostnameIndex> byPort;
        const auto takesPart = [&](const ListenerNode& node) {
            const ProtocolRow* row = protocolRow(*node.resource);
            return row && row->terminatesTls && !node.conflicted;
        };
        for (const ListenerIndex index : gateway.listeners)
            if (takesPart(graph[index]))
                byPort[graph[index].resource->port].insert(graph[index].resource->hostname);
        for (const ListenerIndex index : gateway.listeners) {
            ListenerNode& node = graph.listeners[index.value];
            if (takesPart(node) && byPort[node.resource->port].overlapsAnother(node.resource->hostname))
                node.conditions.push_back(condition::overlappingHostnames());
        }
    }
}

} // namespace gatehouse::model
