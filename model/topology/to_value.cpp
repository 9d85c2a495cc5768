#include "model/topology/groups.h"

namespace gatehouse::model {
namespace {

Value keyValue(const ObjectKey& key)
{
    Value value = Value::object();
    value.set("group", key.group);
    value.set("kind", key.kind);
    value.set("name", key.name.name);
    value.set("namespace", key.name.namespace_);
    return value;
}

Value conditionsValue(const std::vector<Condition>& conditions)
{
    Value list = Value::array();
    for (const Condition& condition : conditions) {
        Value& value = list.push(Value::object());
        value.set("message", condition.message);
        value.set("reason", condition.reason);
        value.set("status", toString(condition.status));
        value.set("type", condition.type);
    }
    return list;
}

Value portValue(const TopologyPort& port)
{
    Value value = Value::object();
    value.set("name", port.name);
    value.set("protocol", port.protocol);
    value.set("port", static_cast<std::int64_t>(port.port));
    if (port.localPort != 0)
        value.set("localPort", static_cast<std::int64_t>(port.localPort));
    if (!port.hostname.empty())
        value.set("hostname", port.hostname);
    value.set("attachedRoutes", static_cast<std::int64_t>(port.attachedRoutes));
    value.set("health", toString(port.health));
    if (!port.url.empty())
        value.set("url", port.url);
    if (!port.listenerSet.empty())
        value.set("listenerSet", port.listenerSet);
    value.set("conditions", conditionsValue(port.conditions));
    return value;
}

Value nodeValue(const TopologyNode& node)
{
    Value value = keyValue(node.key);
    value.set("type", toString(node.kind));
    value.set("subtitle", node.subtitle);
    value.set("health", toString(node.health));
    if (!node.healthText.empty())
        value.set("healthText", node.healthText);
    if (!node.ports.empty()) {
        Value ports = Value::array();
        for (const TopologyPort& port : node.ports)
            ports.push(portValue(port));
        value.set("listeners", std::move(ports));
    }
    if (!node.conditions.empty())
        value.set("conditions", conditionsValue(node.conditions));
    if (node.source.known())
        value.set("source", toString(node.source));
    return value;
}

std::string_view toString(EdgeKind kind)
{
    switch (kind) {
    case EdgeKind::Attachment:
        return "attachment";
    case EdgeKind::Backend:
        return "backend";
    case EdgeKind::Policy:
        return "policy";
    }
    return "attachment";
}

Value edgeValue(const Topology& topology, const TopologyEdge& edge)
{
    Value value = Value::object();
    value.set("type", toString(edge.kind));
    value.set("from", keyValue(topology.nodes[edge.from].key));
    value.set("to", keyValue(topology.nodes[edge.to].key));
    if (!edge.listeners.empty()) {
        Value listeners = Value::array();
        for (const std::string& name : edge.listeners)
            listeners.push(name);
        value.set("listeners", std::move(listeners));
    }
    value.set("rejected", edge.rejected);
    value.set("crossNamespace", edge.crossNamespace);
    if (edge.relation)
        value.set("relation", toString(*edge.relation));
    value.set("label", edge.label);
    if (!edge.reason.empty())
        value.set("reason", edge.reason);
    if (!edge.detail.empty())
        value.set("detail", edge.detail);
    if (!edge.rules.empty()) {
        Value rules = Value::array();
        for (const std::uint32_t rule : edge.rules)
            rules.push(static_cast<std::int64_t>(rule));
        value.set("rules", std::move(rules));
    }
    return value;
}

} // namespace

Value toValue(const Topology& topology)
{
    Value namespaces = Value::array(), nodes = Value::array(), edges = Value::array();
    for (const std::string& name : topology.namespaces)
        namespaces.push(name);
    for (const TopologyNode& node : topology.nodes)
        nodes.push(nodeValue(node));
    for (const TopologyEdge& edge : topology.edges)
        edges.push(edgeValue(topology, edge));
    Value value = Value::object();
    value.set("namespaces", std::move(namespaces));
    value.set("nodes", std::move(nodes));
    value.set("edges", std::move(edges));
    return value;
}

Value toValue(const Topology& topology, const TopologyGroups& groups)
{
    const auto keys = [&](const std::vector<std::uint32_t>& nodes) {
        Value list = Value::array();
        for (const std::uint32_t node : nodes)
            list.push(keyValue(topology.nodes[node].key));
        return list;
    };
    Value list = Value::array();
    for (const TopologyGroup& group : groups.groups) {
        Value& value = list.push(Value::object());
        value.set("name", group.id);
        value.set("nodes", keys(group.nodes));
    }
    Value value = toValue(topology);
    value.set("groupedBy", groups.by == Grouping::Namespace ? "namespace" : "gateway");
    value.set("groups", std::move(list));
    value.set("ungrouped", keys(groups.outside));
    return value;
}

} // namespace gatehouse::model
