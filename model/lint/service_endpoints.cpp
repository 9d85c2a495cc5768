// Services that rules send to and that nothing stands behind. Endpoints are those of the manifests, and those that a
// cluster would make of their Deployments and Pods.

#include "model/lint/check.h"

#include <algorithm>
#include <set>
#include <tuple>
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

struct UsedPort {
    const Service* service;
    std::size_t index; ///< in its list

    [[nodiscard]] auto order() const { return std::tie(service->key.name, index); }
};

/// The Service ports that rules send to, by Service and place in its list. Many rules share one: no text is compared
/// before each stands there once.
std::vector<UsedPort> usedPorts(const Graph& graph)
{
    std::unordered_map<const ServicePort*, const Service*> used;
    const auto add = [&](const ResolvedBackend& backend) {
        if (backend.service && backend.port)
            used.emplace(backend.port, backend.service);
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
    std::vector<UsedPort> ports;
    ports.reserve(used.size());
    for (const auto& [port, service] : used)
        ports.push_back({service, static_cast<std::size_t>(port - service->ports.data())});
    std::sort(ports.begin(), ports.end(), [](const UsedPort& a, const UsedPort& b) { return a.order() < b.order(); });
    return ports;
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

bool selects(const Service& service, const std::map<std::string, std::string>& labels)
{
    return !service.selector.empty() &&
           std::all_of(service.selector.begin(), service.selector.end(), [&](const auto& wanted) {
               const auto it = labels.find(wanted.first);
               return it != labels.end() && it->second == wanted.second;
           });
}

/// What the Pods of a Service wait for before they start: "Secret shop/cert"; "" when it is something else.
std::string awaitedBy(const ResourceSet& resources, const Service& service)
{
    const std::string& home = service.namespace_();
    for (auto it = resources.deployments.lower_bound({home, {}});
         it != resources.deployments.end() && it->first.namespace_ == home; ++it) {
        if (!selects(service, it->second->podLabels))
            continue;
        for (const MountedObject& mount : it->second->mounts) {
            const ObjectName name{home, mount.name};
            const bool isSecret = mount.kind == MountedObject::Kind::Secret;
            if (!(isSecret ? resources.secrets.contains(name) : resources.configMaps.contains(name)))
                return (isSecret ? "Secret " : "ConfigMap ") + toString(name);
        }
    }
    return {};
}

/// Why there is no endpoint at all.
Finding judgeEmpty(const ResourceSet& resources, const Service& service, const std::string& effect)
{
    if (service.selector.empty())
        return {lint_code::noEndpoint,
                Severity::Warning,
                effect + "its EndpointSlices are empty",
                {},
                "add endpoints to the EndpointSlice"};
    if (const std::string awaited = awaitedBy(resources, service); !awaited.empty())
        return {lint_code::noEndpoint,
                Severity::Warning,
                effect + "its Pods wait for " + awaited + ", which is not among the manifests",
                {},
                "add it to what is read, be it with other contents than in the cluster"};
    return {
        lint_code::noEndpoint, Severity::Warning, effect + "no Pod runs", {}, "raise spec.replicas of the Deployment"};
}

Finding judge(const ResourceSet& resources, const Service& service, const ServicePort& port, const Readiness& readiness)
{
    const std::string effect = "port " + shown(port) + " has no ready endpoint, so its requests get status 503: ";
    if (readiness.endpoints == 0)
        return judgeEmpty(resources, service, effect);
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

/// Namespaces whose workloads are among the manifests, so that one that is missing there is worth a word.
std::set<std::string> namespacesWithWorkloads(const ResourceSet& resources)
{
    std::set<std::string> namespaces;
    for (const auto& [name, deployment] : resources.deployments)
        namespaces.insert(name.namespace_);
    for (const auto& [name, pod] : resources.pods)
        namespaces.insert(name.namespace_);
    return namespaces;
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
    const std::set<std::string> working = namespacesWithWorkloads(*graph.resources);
    const Service* told = nullptr;
    for (const auto& [used, index] : usedPorts(graph)) {
        const Service& service = *used;
        const ObjectName& name = service.key.name;
        const ServicePort& port = service.ports[index];
        const auto found = slices.find(name);
        if (found == slices.end()) {
            if (working.contains(name.namespace_) && std::exchange(told, &service) != &service)
                findings.add({service, "spec.selector", placeOf(service, {"spec", "selector"})},
                             unknownWorkload(service));
            continue;
        }
        const Readiness readiness = readinessOf(found->second, port);
        if (readiness.ready == 0)
            findings.add({service, "spec.ports[" + std::to_string(index) + ']', port.position},
                         judge(*graph.resources, service, port, readiness));
    }
}

} // namespace gatehouse::model::checks
