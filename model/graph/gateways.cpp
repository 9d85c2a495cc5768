// Which Gateways, ListenerSets and listeners the graph has, and in which order.

#include "model/graph/conditions.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// Notes why a ListenerSet is not in the graph: no controller writes status on it then.
void noteForeignParent(ResolveContext& context, const ListenerSet& set, const ObjectName& parent)
{
    const NotePlace place{set, "spec.parentRef", set.parentRef.position};
    if (set.parentRef.group != gatewayGroup || set.parentRef.kind != "Gateway")
        warn(context.graph, place,
             {note::parentKindUnknown, "a ListenerSet cannot join a " + set.parentRef.kind, "name a Gateway"});
    else if (context.resources.gateways.contains(parent))
        inform(context.graph, place,
               {note::parentNotOurs, "Gateway " + toString(parent) + " has a class that another controller plays", {}});
    else
        warn(context.graph, place,
             {note::parentNotFound, "Gateway " + toString(parent) + " does not exist",
              "correct the name or the namespace, or add the Gateway"});
}

} // namespace

void collectGateways(ResolveContext& context)
{
    for (const auto& [name, resource] : context.resources.gateways) {
        const auto it = context.classes.find(resource->gatewayClassName);
        if (it == context.classes.end() || !it->second->ours) {
            if (it != context.classes.end() && it->second->resource)
                inform(context.graph, {*resource, "spec.gatewayClassName", {}},
                       {note::classNotOurs,
                        "GatewayClass \"" + resource->gatewayClassName + "\" has controllerName " +
                            it->second->resource->controllerName + ", so another controller plays this Gateway",
                        {}});
            continue;
        }
        context.gateways.emplace(name, GatewayIndex{static_cast<std::uint32_t>(context.graph.gateways.size())});
        context.graph.gateways.emplace_back().resource = resource.get();
    }
}

void collectListenerSets(ResolveContext& context)
{
    Graph& graph = context.graph;
    for (const auto& [name, resource] : context.resources.listenerSets) {
        const ObjectReference& ref = resource->parentRef;
        const ObjectName parent{ref.namespace_.value_or(name.namespace_), ref.name};
        const auto gateway = context.gateways.find(parent);
        if (ref.group != gatewayGroup || ref.kind != "Gateway" || gateway == context.gateways.end()) {
            noteForeignParent(context, *resource, parent);
            continue;
        }
        const ListenerSetIndex index{static_cast<std::uint32_t>(graph.listenerSets.size())};
        context.listenerSets.emplace(name, index);
        ListenerSetNode& node = graph.listenerSets.emplace_back();
        node.resource = resource.get();
        node.gateway = gateway->second;
        const Gateway& owner = *graph[node.gateway].resource;
        node.allowed = context.namespaces.selects(owner.allowedListeners, parent.namespace_, name.namespace_);
        graph.gateways[node.gateway.value].listenerSets.push_back(index);
        if (!node.allowed)
            warn(graph, {*resource, "spec.parentRef", ref.position},
                 {note::listenerSetRefused,
                  toString(owner.key) + " does not allow ListenerSets from namespace " + name.namespace_,
                  selectionAdvice(owner.allowedListeners, "spec.allowedListeners.namespaces", name.namespace_) +
                      " in " + toString(owner.key)});
    }
}

void collectListeners(ResolveContext& context)
{
    Graph& graph = context.graph;
    const auto add = [&](const Listener& listener, GatewayIndex gateway, std::optional<ListenerSetIndex> set) {
        const ListenerIndex index{static_cast<std::uint32_t>(graph.listeners.size())};
        ListenerNode& node = graph.listeners.emplace_back();
        node.resource = &listener;
        node.gateway = gateway;
        node.listenerSet = set;
        graph.gateways[gateway.value].listeners.push_back(index);
        if (set)
            graph.listenerSets[set->value].listeners.push_back(index);
    };
    for (std::size_t g = 0; g < graph.gateways.size(); ++g) {
        const GatewayIndex gateway{static_cast<std::uint32_t>(g)};
        for (const Listener& listener : graph.gateways[g].resource->listeners)
            add(listener, gateway, std::nullopt);
        // GEP-1713: the Gateway's own listeners first, then ListenerSets by age, then by namespace/name.
        auto& sets = graph.gateways[g].listenerSets;
        std::sort(sets.begin(), sets.end(), [&](ListenerSetIndex a, ListenerSetIndex b) {
            return isOlder(*graph[a].resource, *graph[b].resource);
        });
        for (const ListenerSetIndex set : sets)
            if (graph[set].allowed)
                for (const Listener& listener : graph[set].resource->listeners)
                    add(listener, gateway, set);
    }
}

} // namespace gatehouse::model
