#include "model/graph/status.h"

#include "model/graph/conditions.h"
#include "model/graph/status_programmed.h"
#include "model/graph/status_values.h"
#include "model/graph/supported_features.h"

#include <algorithm>
#include <tuple>

namespace gatehouse::model {
namespace {

/// Writes the statuses of one graph. Members stand in alphabetical order, as kubectl prints them.
class StatusWriter {
public:
    StatusWriter(const Graph& graph, const Programming& programming, const StatusClock& clock)
        : graph_(graph), programming_(programming), clock_(clock)
    {
    }

    Statuses write() &&
    {
        if (canShare())
            shareRoutes();
        else
            for (const RouteNode& node : graph_.routes)
                put(node);
        for (const GatewayClassNode& node : graph_.gatewayClasses)
            if (node.resource && node.ours)
                put(node.resource->key, gatewayClass(node));
        for (std::uint32_t g = 0; g < graph_.gateways.size(); ++g)
            put(graph_.gateways[g].resource->key, gateway(GatewayIndex{g}));
        for (std::uint32_t s = 0; s < graph_.listenerSets.size(); ++s)
            put(graph_.listenerSets[s].resource->key, listenerSet(ListenerSetIndex{s}));
        for (const BackendTLSPolicyNode& node : graph_.backendTLSPolicies)
            if (!node.ancestors.empty())
                put(node.resource->key, policy(node));
        return std::move(result_);
    }

private:
    /// A route's status tells of its node and of its Gateways' controllers.
    [[nodiscard]] bool canShare() const
    {
        const Graph* before = clock_.previousGraph;
        return clock_.previous && before && sharesGateways(*before, graph_);
    }

    /// Begins with the earlier statuses of all routes, and writes those whose node is another one.
    void shareRoutes()
    {
        result_ = *clock_.previous;
        const auto drop = [&](const ObjectKey& key) { result_.erase(key); };
        for (const GatewayClassNode& node : clock_.previousGraph->gatewayClasses)
            if (node.resource)
                drop(node.resource->key);
        for (const GatewayNode& node : clock_.previousGraph->gateways)
            drop(node.resource->key);
        for (const ListenerSetNode& node : clock_.previousGraph->listenerSets)
            drop(node.resource->key);
        for (const BackendTLSPolicyNode& node : clock_.previousGraph->backendTLSPolicies)
            drop(node.resource->key);
        using Pointer = RouteNodes::Pointer;
        RouteNodes::Pointers::forEachDifference(
            clock_.previousGraph->routes.pointers(), graph_.routes.pointers(),
            [](const Pointer& a, const Pointer& b) {
                return std::tie(a->resource->kind, a->resource->key.name) <
                       std::tie(b->resource->kind, b->resource->key.name);
            },
            [](const Pointer& a, const Pointer& b) { return a == b; },
            [&](const Pointer* before, const Pointer* after) {
                if (before)
                    drop((*before)->resource->key);
                if (after)
                    put(**after);
            });
    }

    void put(const RouteNode& node)
    {
        if (std::any_of(node.parents.begin(), node.parents.end(), [](const ParentNode& p) { return p.ours; }))
            put(node.resource->key, route(node));
    }

    void put(const ObjectKey& key, Value status)
    {
        status.shrink();
        result_.try_emplace(key, std::make_shared<const Value>(std::move(status)));
    }

    [[nodiscard]] const Value* previousOf(const Resource& resource) const
    {
        if (!clock_.previous)
            return nullptr;
        const auto it = clock_.previous->find(resource.key);
        return it == clock_.previous->end() ? nullptr : it->second.get();
    }

    static const Value* member(const Value* value, std::string_view name)
    {
        return value ? value->find(name) : nullptr;
    }

    [[nodiscard]] Value conditions(const std::vector<Condition>& list, const Resource& resource,
                                   const Value* previous) const
    {
        return conditionsValue(list, {clock_.now, resource.meta.generation}, member(previous, "conditions"));
    }

    [[nodiscard]] Value gatewayClass(const GatewayClassNode& node) const
    {
        Value features = Value::array();
        for (const std::string_view name : supportedFeatures())
            features.push(Value::object()).set("name", name);
        Value status = Value::object();
        status.set("conditions", conditions(node.conditions, *node.resource, previousOf(*node.resource)));
        status.set("supportedFeatures", std::move(features));
        return status;
    }

    [[nodiscard]] Value gateway(GatewayIndex index) const
    {
        const GatewayNode& node = graph_[index];
        const Gateway& resource = *node.resource;
        const Value* previous = previousOf(resource);
        Value addresses = Value::array();
        if (index.value < programming_.gateways.size())
            for (const std::string& address : programming_.gateways[index.value].addresses) {
                Value& value = addresses.push(Value::object());
                value.set("type", "IPAddress");
                value.set("value", address);
            }
        const auto attached = std::count_if(node.listenerSets.begin(), node.listenerSets.end(),
                                            [&](ListenerSetIndex set) { return graph_[set].accepted; });
        Value status = Value::object();
        status.set("addresses", std::move(addresses));
        status.set("attachedListenerSets", static_cast<std::int64_t>(attached));
        status.set("conditions", conditions(gatewayConditions(graph_, programming_, index), resource, previous));
        Value listeners = Value::array();
        for (const ListenerIndex listener : node.listeners)
            if (!graph_[listener].listenerSet)
                listeners.push(listenerValue(listener, resource, previous));
        status.set("listeners", std::move(listeners));
        return status;
    }

    [[nodiscard]] Value listenerSet(ListenerSetIndex index) const
    {
        const ListenerSetNode& node = graph_[index];
        const Value* previous = previousOf(*node.resource);
        Value status = Value::object();
        status.set("conditions",
                   conditions(listenerSetConditions(graph_, programming_, index), *node.resource, previous));
        Value listeners = Value::array();
        for (const ListenerIndex listener : node.listeners)
            listeners.push(listenerValue(listener, *node.resource, previous));
        status.set("listeners", std::move(listeners));
        return status;
    }

    [[nodiscard]] Value listenerValue(ListenerIndex index, const Resource& owner, const Value* previous) const
    {
        const ListenerNode& node = graph_[index];
        Value identity = Value::object();
        identity.set("name", node.resource->name);
        const Value* before = findElement(member(previous, "listeners"), identity);
        Value kinds = Value::array();
        for (const RouteGroupKind& kind : node.supportedKinds) {
            Value& value = kinds.push(Value::object());
            value.set("group", kind.group);
            value.set("kind", kind.kind);
        }
        Value status = Value::object();
        status.set("attachedRoutes", static_cast<std::int64_t>(node.attachedRoutes));
        status.set("conditions", conditions(listenerConditions(graph_, programming_, index), owner, before));
        status.set("name", node.resource->name);
        status.set("supportedKinds", std::move(kinds));
        return status;
    }

    [[nodiscard]] std::string controllerOf(GatewayIndex gateway) const
    {
        const auto it =
            graph_.resources->gatewayClasses.find(ObjectName{{}, graph_[gateway].resource->gatewayClassName});
        return it == graph_.resources->gatewayClasses.end() ? std::string(defaultControllerName)
                                                            : it->second->controllerName;
    }

    /// One entry of parents or ancestors; `refMember` is parentRef or ancestorRef.
    struct Entry {
        std::string_view refMember;
        Value ref;
        GatewayIndex gateway;
    };

    [[nodiscard]] Value entryValue(Entry entry, const std::vector<Condition>& list, const Resource& resource,
                                   const Value* previous) const
    {
        const std::string controller = controllerOf(entry.gateway);
        Value identity = Value::object();
        identity.set("controllerName", controller);
        identity.set(entry.refMember, entry.ref);
        const Value* before = findElement(previous, identity);
        Value value = Value::object();
        if (entry.refMember < std::string_view("conditions"))
            value.set(entry.refMember, entry.ref);
        value.set("conditions", conditions(list, resource, before));
        value.set("controllerName", controller);
        if (!(entry.refMember < std::string_view("conditions")))
            value.set(entry.refMember, std::move(entry.ref));
        return value;
    }

    [[nodiscard]] Value route(const RouteNode& node) const
    {
        const Value* previous = member(previousOf(*node.resource), "parents");
        Value parents = Value::array();
        for (const ParentNode& parent : node.parents)
            if (parent.ours)
                parents.push(entryValue({"parentRef", parentReferenceValue(*parent.ref), parent.gateway},
                                        parent.conditions, *node.resource, previous));
        Value status = Value::object();
        status.set("parents", std::move(parents));
        return status;
    }

    [[nodiscard]] Value policy(const BackendTLSPolicyNode& node) const
    {
        const Value* previous = member(previousOf(*node.resource), "ancestors");
        Value ancestors = Value::array();
        for (const PolicyAncestor& ancestor : node.ancestors) {
            const ObjectKey& gateway = graph_[ancestor.gateway].resource->key;
            Value ref = Value::object();
            ref.set("group", gateway.group);
            ref.set("kind", gateway.kind);
            ref.set("name", gateway.name.name);
            ref.set("namespace", gateway.name.namespace_);
            ancestors.push(entryValue({"ancestorRef", std::move(ref), ancestor.gateway}, ancestor.conditions,
                                      *node.resource, previous));
        }
        Value status = Value::object();
        status.set("ancestors", std::move(ancestors));
        return status;
    }

    const Graph& graph_;
    const Programming& programming_;
    const StatusClock& clock_;
    Statuses result_;
};

} // namespace

Statuses statuses(const Graph& graph, const Programming& programming, const StatusClock& clock)
{
    return StatusWriter(graph, programming, clock).write();
}

} // namespace gatehouse::model
