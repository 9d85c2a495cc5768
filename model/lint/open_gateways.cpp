// A listener that several namespaces really share, that every namespace may join, and whose hostname keeps no two of
// them apart: whoever is older, or first by name, gets a host that another one counts on.

#include "model/graph/resolve_passes.h"
#include "model/lint/check.h"

#include <algorithm>

namespace gatehouse::model::checks {
namespace {

bool isOpen(const Listener& listener)
{
    const bool byHostname = listener.protocol == Protocol::HTTP || listener.protocol == Protocol::HTTPS ||
                            listener.protocol == Protocol::TLS;
    return byHostname && listener.allowedNamespaces.from == FromNamespaces::All &&
           (!listener.hostname || listener.hostname->isWildcard());
}

std::string joined(const std::vector<std::string_view>& names)
{
    constexpr std::size_t shownAtMost = 4;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shownAtMost); ++i)
        text += (i == 0 ? "" : ", ") + std::string(names[i]);
    return names.size() > shownAtMost ? text + ", ..." : text;
}

/// The namespaces of the routes on each open listener, in order, each once.
std::vector<std::vector<std::string_view>> namespacesOfOpenListeners(const Graph& graph)
{
    std::vector<std::vector<std::string_view>> namespaces(graph.listeners.size());
    for (const RouteNode& node : graph.routes)
        for (const ParentNode& parent : node.parents)
            for (const Attachment& attachment : parent.attachments) {
                auto& users = namespaces[attachment.listener.value];
                const std::string_view user = node.resource->namespace_();
                // Routes come in order of namespace, but for their kinds.
                if (parent.accepted && (users.empty() || users.back() != user))
                    if (isOpen(*graph[attachment.listener].resource))
                        users.push_back(user);
            }
    for (auto& users : namespaces) {
        std::sort(users.begin(), users.end());
        users.erase(std::unique(users.begin(), users.end()), users.end());
    }
    return namespaces;
}

} // namespace

void openGateways(const Graph& graph, Findings& findings)
{
    const auto namespaces = namespacesOfOpenListeners(graph);
    for (std::size_t i = 0; i < namespaces.size(); ++i) {
        const auto& users = namespaces[i];
        if (users.size() < 2)
            continue;
        const ListenerNode& node = graph.listeners[i];
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
