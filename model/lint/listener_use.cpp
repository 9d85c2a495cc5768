// Listeners that are open and that no route uses. Beside listeners that are used it is probably a slip; a Gateway whose
// routes are all somewhere else is told of in a low voice.

#include "model/graph/resolve_passes.h"
#include "model/lint/check.h"

#include <set>

namespace gatehouse::model::checks {
namespace {

/// Gateways that routes of an implementation name: what those attach to, we cannot say.
std::set<ObjectName> namedByOthers(const ResourceSet& resources)
{
    std::set<ObjectName> names;
    for (const auto& [key, other] : resources.others)
        for (const ParentReference& ref : other->parentRefs)
            names.insert({ref.namespace_.value_or(key.name.namespace_), ref.name});
    return names;
}

void judge(const Graph& graph, const GatewayNode& gateway, Findings& findings)
{
    bool used = false;
    for (const ListenerIndex index : gateway.listeners)
        used = used || graph[index].attachedRoutes > 0;
    if (!used) {
        findings.add({*gateway.resource, {}, {}}, {lint_code::gatewayUnused,
                                                   Severity::Info,
                                                   "no route attaches to the Gateway",
                                                   {},
                                                   "name it in spec.parentRefs of a route"});
        return;
    }
    for (const ListenerIndex index : gateway.listeners) {
        const ListenerNode& listener = graph[index];
        // With ListenerSets, the Gateway's own listeners are often there only because one is demanded.
        if (listener.attachedRoutes > 0 || !listener.serves || !gateway.listenerSets.empty())
            continue;
        findings.add({ownerOf(graph, listener), fieldPathOf(graph, listener), listener.resource->position},
                     {lint_code::listenerUnused,
                      Severity::Warning,
                      "no route uses listener " + listener.resource->name + ", while others of the Gateway are used",
                      {},
                      "attach a route with sectionName " + listener.resource->name + ", or remove the listener"});
    }
}

} // namespace

void listenerUse(const Graph& graph, Findings& findings)
{
    const std::set<ObjectName> others = namedByOthers(*graph.resources);
    for (const GatewayNode& gateway : graph.gateways)
        if (gateway.accepted && !others.contains(gateway.resource->key.name))
            judge(graph, gateway, findings);
}

} // namespace gatehouse::model::checks
