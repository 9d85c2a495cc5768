// A listener that several namespaces really share, that every namespace may join, and whose hostname keeps no two of
// them apart: whoever is older, or first by name, gets a host that another one counts on.

#include "model/graph/resolve_passes.h"
#include "model/lint/check.h"

#include <map>
#include <set>

namespace gatehouse::model::checks {
namespace {

bool isOpen(const Listener& listener)
{
    const bool byHostname = listener.protocol == Protocol::HTTP || listener.protocol == Protocol::HTTPS ||
                            listener.protocol == Protocol::TLS;
    return byHostname && listener.allowedNamespaces.from == FromNamespaces::All &&
           (!listener.hostname || listener.hostname->isWildcard());
}

std::string joined(const std::set<std::string_view>& names)
{
    constexpr std::size_t shownAtMost = 4;
    std::string text;
    std::size_t shown = 0;
    for (const std::string_view name : names) {
        if (shown++ == shownAtMost)
            return text + ", ...";
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

} // namespace

void openGateways(const Graph& graph, Findings& findings)
{
    std::map<ListenerIndex, std::set<std::string_view>> namespaces;
    for (const RouteNode& node : graph.routes)
        for (const ParentNode& parent : node.parents)
            for (const Attachment& attachment : parent.attachments)
                if (parent.accepted && isOpen(*graph[attachment.listener].resource))
                    namespaces[attachment.listener].insert(node.resource->namespace_());
    for (const auto& [index, users] : namespaces) {
        if (users.size() < 2)
            continue;
        const ListenerNode& node = graph[index];
        const Listener& listener = *node.resource;
        findings.add(
            {ownerOf(graph, node), fieldPathOf(graph, node) + ".allowedRoutes.namespaces.from",
             listener.allowedNamespaces.position.known() ? listener.allowedNamespaces.position : listener.position},
            {lint_code::openToAll,
             Severity::Info,
             "every namespace may take any host" +
                 (listener.hostname ? " of " + listener.hostname->text() : std::string()) +
                 " on this shared listener, also one that another namespace uses (now " + joined(users) + ')',
             {},
             "let from: Selector choose namespaces by label, or give each team a listener with a hostname of "
             "its own"});
    }
}

} // namespace gatehouse::model::checks
