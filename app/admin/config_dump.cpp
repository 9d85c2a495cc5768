#include "app/admin/config_dump.h"

#include "app/control/session.h"

#include <algorithm>

namespace gatehouse::admin {

namespace {

using model::Value;

Value number(std::uint64_t n)
{
    return {static_cast<std::int64_t>(n)};
}

Value portsOf(const control::State& state)
{
    Value ports = Value::array();
    for (const routing::PortTable& table : state.snapshot->ports) {
        Value port = Value::object();
        port.set("address", table.key.address);
        port.set("port", number(table.key.port));
        port.set("protocol", toString(table.carrier));
        Value& listeners = port.set("listeners", Value::array());
        for (const routing::ListenerTable& listener : table.listeners) {
            Value& entry = listeners.push(Value::object());
            entry.set("gateway", listener.gatewayName);
            entry.set("listener", listener.listenerName);
            entry.set("protocol", toString(listener.protocol));
            if (listener.protocol == model::Protocol::TLS)
                entry.set("mode", listener.passthrough ? "Passthrough" : "Terminate");
            entry.set("hostname", listener.hostname ? listener.hostname->text() : "*");
            entry.set("specPort", number(listener.specPort));
            const std::uint32_t place = listener.listener.value;
            if (place < state.programming.listeners.size() && state.programming.listeners[place].developmentCertificate)
                entry.set("developmentCertificate", true);
        }
        ports.push(std::move(port));
    }
    return ports;
}

Value clustersOf(const routing::Snapshot& snapshot)
{
    Value clusters = Value::array();
    for (const routing::Cluster& cluster : snapshot.clusters) {
        if (cluster.name.empty())
            continue; // a free place
        Value& entry = clusters.push(Value::object());
        entry.set("name", cluster.name);
        entry.set("protocol", routing::toString(cluster.protocol));
        entry.set("echo", std::any_of(cluster.endpoints.begin(), cluster.endpoints.end(),
                                      [](const routing::BackendEndpoint& each) { return each.echo.has_value(); }));
        Value& endpoints = entry.set("endpoints", Value::array());
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            Value& row = endpoints.push(Value::object());
            row.set("address", endpoint.address);
            row.set("port", number(endpoint.port));
            row.set("pod", endpoint.pod);
            if (endpoint.echo) {
                row.set("echo", routing::toString(endpoint.echo->mode));
                row.set("containerPort", number(endpoint.echo->port));
            }
        }
    }
    return clusters;
}

Value rulesOf(const routing::Snapshot& snapshot)
{
    Value rules = Value::array();
    for (const routing::CompiledRule& rule : snapshot.rules) {
        Value& entry = rules.push(Value::object());
        entry.set("route", rule.origin.routeName);
        entry.set("rule", number(rule.origin.rule));
        if (!rule.broken.empty())
            entry.set("broken", rule.broken);
        Value& backends = entry.set("backends", Value::array());
        for (const routing::WeightedBackend& backend : rule.backends) {
            Value& row = backends.push(Value::object());
            if (backend.cluster.valid())
                row.set("cluster", snapshot.clusters[backend.cluster.value].name);
            else
                row.set("problem", backend.problem);
            row.set("weight", number(backend.weight));
        }
    }
    return rules;
}

} // namespace

Value configDump(const control::State& state)
{
    Value root = Value::object();
    root.set("version", number(state.snapshot->version));
    if (state.topology)
        root.set("topology", toValue(*state.topology));
    Value& tables = root.set("tables", Value::object());
    tables.set("ports", portsOf(state));
    tables.set("rules", rulesOf(*state.snapshot));
    tables.set("clusters", clustersOf(*state.snapshot));
    return root;
}

} // namespace gatehouse::admin
