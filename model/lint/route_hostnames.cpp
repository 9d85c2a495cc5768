// Hostnames of an attached route that are on none of its listeners. When all are, the route is refused, which resolve()
// notes (NoMatchingListenerHostname); when some are, the Gateway API drops them silently.

#include "model/graph/hostname_intersection.h"
#include "model/lint/check.h"

#include <algorithm>
#include <set>

namespace gatehouse::model::checks {
namespace {

/// The hostnames of the listeners that a route is attached to; nullopt when one of them takes every host, or when some
/// parentRef is not ours to judge or refused, so that another listener is meant to serve the rest.
std::optional<std::set<Hostname>> listenerHostnames(const Graph& graph, const RouteNode& node)
{
    std::set<Hostname> hostnames;
    for (const ParentNode& parent : node.parents) {
        if (!parent.ours || !parent.accepted)
            return std::nullopt;
        for (const Attachment& attachment : parent.attachments) {
            const auto& hostname = graph[attachment.listener].resource->hostname;
            if (!hostname)
                return std::nullopt;
            hostnames.insert(*hostname);
        }
    }
    return hostnames.empty() ? std::nullopt : std::optional(hostnames);
}

std::string joined(const std::set<Hostname>& hostnames)
{
    constexpr std::size_t shownAtMost = 4;
    std::string text;
    std::size_t shown = 0;
    for (const Hostname& hostname : hostnames) {
        if (shown++ == shownAtMost)
            return text + ", ...";
        text += (text.empty() ? "" : ", ") + hostname.text();
    }
    return text;
}

} // namespace

void routeHostnames(const Graph& graph, Findings& findings)
{
    for (const RouteNode& node : graph.routes) {
        const Route& route = *node.resource;
        if (route.hostnames.empty() || !isAttached(node))
            continue;
        const auto served = listenerHostnames(graph, node);
        if (!served)
            continue;
        for (std::size_t i = 0; i < route.hostnames.size(); ++i) {
            const Hostname& hostname = route.hostnames[i];
            if (std::any_of(served->begin(), served->end(),
                            [&](const Hostname& listener) { return intersect(listener, hostname).has_value(); }))
                continue;
            findings.add({route, "spec.hostnames[" + std::to_string(i) + ']', placeOf(route, {"spec", "hostnames", i})},
                         {lint_code::hostnameNotServed, Severity::Warning,
                          "no listener that the route is attached to takes host " + hostname.text(),
                          "a host of " + joined(*served),
                          "remove it, or attach the route to a listener that takes it"});
        }
    }
}

} // namespace gatehouse::model::checks
