// Services that rules send to and that nothing stands behind. Endpoints are those of the manifests, and those that a
// cluster would make of their Deployments and Pods.

#include "model/lint/check.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace gatehouse::model::checks {
namespace {

using Slices = std::unordered_map<ObjectName, std::vector<const EndpointSlice*>>;

Slices slicesByService(const ResourceSet& resources)
{
    Slices slices;
    for (const auto& [name, slice] : resources.endpointSlices)
        slices[{name.namespace_, slice->serviceName}].push_back(slice.get());
    return slices;
}

/// The Service ports that rules send to, by Service and place in its list.
std::set<std::pair<ObjectName, std::size_t>> usedPorts(const Graph& graph)
{
    std::set<std::pair<ObjectName, std::size_t>> used;
    const auto add = [&](const ResolvedBackend& backend) {
        if (backend.service && backend.port)
            used.emplace(backend.service->key.name,
                         static_cast<std::size_t>(backend.port - backend.service->ports.data()));
    };
    for (const RouteNode& node : graph.routes)
        for (const RuleNode& rule : node.rules) {
            for (const ResolvedBackend& backend : rule.backends)
                add(backend);
            for (const ResolvedMirror& mirror : rule.mirrors)
                add(mirror.backend);
            for (const ResolvedAuth& auth : rule.auths)
                add(auth.backend);
        }
    return used;
}

struct Readiness {
    bool port = false; ///< some slice has a port of the Service port's name
    std::size_t endpoints = 0, ready = 0;
};

Readiness readinessOf(const std::vector<const EndpointSlice*>& slices, const ServicePort& port)
{
    Readiness readiness;
    for (const EndpointSlice* slice : slices) {
        readiness.endpoints += slice->endpoints.size();
        const bool hasPort = std::any_of(slice->ports.begin(), slice->ports.end(),
                                         [&](const EndpointPort& p) { return p.name == port.name && p.port; });
        readiness.port = readiness.port || hasPort;
        if (hasPort)
            readiness.ready += static_cast<std::size_t>(std::count_if(slice->endpoints.begin(), slice->endpoints.end(),
                                                                      [](const Endpoint& e) { return e.ready; }));
    }
    return readiness;
}

std::string shown(const ServicePort& port)
{
    return std::to_string(port.port) + (port.name.empty() ? "" : " (" + port.name + ')');
}

Finding judge(const ServicePort& port, const Readiness& readiness)
{
    const std::string effect = "port " + shown(port) + " has no ready endpoint, so its requests get status 503: ";
    if (readiness.endpoints == 0)
        return {lint_code::noEndpoint,
                Severity::Warning,
                effect + "no Pod runs",
                {},
                "raise spec.replicas of the Deployment, add the volumes that its Pods wait for, or add endpoints"};
    if (!readiness.port && !port.targetPort.name.empty())
        return {lint_code::noEndpoint,
                Severity::Warning,
                effect + "no container or endpoint has a port named \"" + port.targetPort.name + '"',
                {},
                "correct targetPort, or name the container's port so"};
    if (!readiness.port)
        return {lint_code::noEndpoint,
                Severity::Warning,
                effect + "no EndpointSlice has a port named \"" + port.name + '"',
                {},
                "give the ports of Service and EndpointSlice the same name"};
    return {lint_code::noEndpoint,
            Severity::Warning,
            effect + "none of " + std::to_string(readiness.endpoints) + " is ready",
            {},
            "set conditions.ready of an endpoint to true"};
}

/// Nothing in the manifests says who answers: fine for the built-in echo, and for a cluster that has the rest.
Finding unknownWorkload(const Service& service)
{
    if (service.selector.empty())
        return {lint_code::noWorkload,
                Severity::Info,
                "the Service has neither a selector nor endpoints in the manifests: the built-in echo answers",
                {},
                "add spec.selector, or an EndpointSlice"};
    std::string labels;
    for (const auto& [label, value] : service.selector)
        labels += (labels.empty() ? "" : ", ") + label + '=' + value;
    return {lint_code::noWorkload,
            Severity::Info,
            "no Pod or Deployment of the manifests has the labels that the Service selects (" + labels +
                "): the built-in echo answers",
            {},
            "add the Deployment, or correct spec.selector"};
}

} // namespace

void serviceEndpoints(const Graph& graph, Findings& findings)
{
    const Slices slices = slicesByService(*graph.resources);
    const Service* told = nullptr;
    for (const auto& [name, index] : usedPorts(graph)) {
        const Service& service = *graph.resources->services.at(name);
        const ServicePort& port = service.ports[index];
        const auto found = slices.find(name);
        if (found == slices.end()) {
            if (std::exchange(told, &service) != &service)
                findings.add({service, "spec.selector", placeOf(service, {"spec", "selector"})},
                             unknownWorkload(service));
            continue;
        }
        const Readiness readiness = readinessOf(found->second, port);
        if (readiness.ready == 0)
            findings.add({service, "spec.ports[" + std::to_string(index) + ']', port.position}, judge(port, readiness));
    }
}

} // namespace gatehouse::model::checks
