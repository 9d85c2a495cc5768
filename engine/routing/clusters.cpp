#include "engine/routing/compile_parts.h"
#include "engine/routing/echo_identity.h"
#include "engine/routing/ip_literal.h"
#include "model/workloads/workloads.h"

#include <algorithm>
#include <utility>

namespace gatehouse::routing {
namespace {

/// gRPC is HTTP/2 whatever appProtocol says, which may be "grpc", nothing, or a name of the user's own
/// (semantics 11.3).
BackendProtocol protocolOf(const model::ServicePort& port, ClusterUse use)
{
    switch (use) {
    case ClusterUse::Grpc:
        return BackendProtocol::H2c;
    case ClusterUse::Datagram:
        return BackendProtocol::Udp;
    case ClusterUse::Stream:
    case ClusterUse::Passthrough:
    case ClusterUse::Terminated:
        return BackendProtocol::Tcp;
    case ClusterUse::Http:
        break;
    }
    return port.appProtocol == "kubernetes.io/h2c" ? BackendProtocol::H2c : BackendProtocol::Http1;
}

const model::ResourceSet& resourcesOf(const model::Graph& graph)
{
    static const model::ResourceSet none;
    return graph.resources ? *graph.resources : none;
}

} // namespace

Clusters::Clusters(Compilation& compilation) : compilation_(compilation), policies_(compilation.graph)
{
}

void Clusters::gather()
{
    if (std::exchange(gathered_, true))
        return;
    const model::ResourceSet& resources = resourcesOf(compilation_.graph);
    for (const auto& [name, slice] : resources.endpointSlices)
        slicesOf_[{name.namespace_, slice->serviceName}].push_back(slice.get());
    for (const auto& [name, pod] : resources.pods)
        if (!pod->podIP.empty())
            podAt_.try_emplace(pod->podIP, pod.get());
}

void Clusters::reportFewerPods()
{
    for (const auto& [name, deployment] : resourcesOf(compilation_.graph).deployments)
        if (deployment->replicas > model::podsPerDeployment)
            compilation_.report(*deployment, deployment->source.position,
                                {model::Severity::Info,
                                 "GH4006",
                                 "the built-in echo plays " + std::to_string(model::podsPerDeployment) + " of " +
                                     std::to_string(deployment->replicas) + " replicas",
                                 "spec.replicas",
                                 {}});
}

ClusterIndex Clusters::of(const model::ResolvedBackend& backend, ClusterUse use)
{
    // Who is not spoken to over TLS is shown no certificate: one cluster does for all.
    const bool bytesOnly = use == ClusterUse::Stream || use == ClusterUse::Passthrough || use == ClusterUse::Datagram;
    const model::BackendTLSPolicy* policy = bytesOnly ? nullptr : policies_.of(*backend.service, *backend.port);
    CompileMemo& memo = compilation_.memo;
    auto& clusters = compilation_.snapshot.clusters;
    // By identity: many rules share a Service, and no text is made or compared for one that is known.
    const ClusterKey key{backend.port, use, policy ? compilation_.clientCertificate : nullptr};
    if (const auto known = memo.clusterOf.find(key); known != memo.clusterOf.end())
        return known->second;
    const auto reported = static_cast<std::ptrdiff_t>(compilation_.problems.size());
    Cluster cluster = make(backend, use, policy);
    ClusterIndex place{static_cast<std::uint32_t>(clusters.size())};
    if (memo.freeClusters.empty()) {
        clusters.push_back(std::move(cluster));
        memo.keys.push_back(key);
        memo.uses.push_back(0);
    } else {
        place.value = memo.freeClusters.back();
        memo.freeClusters.pop_back();
        clusters.edit(place.value) = std::move(cluster);
        memo.keys.edit(place.value) = key;
    }
    memo.clusterOf.try_emplace(key, place);
    if (const auto first = compilation_.problems.begin() + reported; first != compilation_.problems.end()) {
        // The cluster's own, whichever route met it first.
        memo.ofClusters.insert_or_assign(place.value,
                                         std::make_shared<const Problems>(first, compilation_.problems.end()));
        compilation_.problems.erase(first, compilation_.problems.end());
    }
    return place;
}

Cluster Clusters::make(const model::ResolvedBackend& backend, ClusterUse use, const model::BackendTLSPolicy* policy)
{
    gather();
    const model::Service& service = *backend.service;
    Cluster cluster;
    cluster.name = toString(service.key.name) + ':' + std::to_string(backend.port->port);
    cluster.namespace_ = service.namespace_();
    cluster.service = service.name();
    cluster.port = backend.port->port;
    cluster.protocol = protocolOf(*backend.port, use);
    if (policy)
        applyPolicy(*policy, cluster, use);
    if (use == ClusterUse::Stream || use == ClusterUse::Passthrough || use == ClusterUse::Terminated)
        if (const auto found = compilation_.options.proxyProtocol.find(cluster.name);
            found != compilation_.options.proxyProtocol.end())
            cluster.proxyProtocol = found->second;
    fill({service, *backend.port, use}, cluster);
    if (cluster.tls)
        cluster.tls->clientCertificate = compilation_.clientCertificate;
    return cluster;
}

void Clusters::applyPolicy(const model::BackendTLSPolicy& policy, Cluster& cluster, ClusterUse use)
{
    policies_.apply(policy, cluster);
    if (cluster.refusal.empty())
        return;
    const std::string effect = use == ClusterUse::Terminated ? "connections to " + cluster.name + " are closed: "
                                                             : "requests to " + cluster.name + " are answered 503: ";
    compilation_.report(policy, policy.source.position,
                        {model::Severity::Error,
                         "GH4005",
                         effect + cluster.refusal,
                         {},
                         "name a ConfigMap of this namespace with certificates in ca.crt, or System"});
}

void Clusters::fill(const PortUse& use, Cluster& cluster)
{
    const auto mapping = compilation_.options.backends.find(cluster.name);
    if (mapping != compilation_.options.backends.end()) {
        cluster.endpoints.push_back({mapping->second.host, mapping->second.port, {}, {}});
        return;
    }
    if (fillFromSlices(use, cluster))
        return;
    if (compilation_.options.echoUnmapped)
        cluster.endpoints.push_back({{}, 0, use.service.name() + "-echo", echoOf(use)});
}

void Clusters::addEcho(const model::Pod& pod, EchoIdentity identity, Cluster& cluster)
{
    BackendEndpoint endpoint;
    endpoint.pod = pod.name();
    if (identity.mode == EchoMode::Https || identity.mode == EchoMode::Tls)
        endpoint.certificate = certificateOf(resourcesOf(compilation_.graph), pod);
    if (identity.mode == EchoMode::Https)
        endpoint.clientAuthorities = clientAuthoritiesOf(resourcesOf(compilation_.graph), pod, identity.port);
    endpoint.echo = std::move(identity);
    cluster.endpoints.push_back(std::move(endpoint));
}

/// True when the slices settle the matter: with endpoints that are here, or with none that is ready.
bool Clusters::fillFromSlices(const PortUse& use, Cluster& cluster)
{
    const auto slices = slicesOf_.find(use.service.key.name);
    if (slices == slicesOf_.end())
        return false;
    bool remote = false;
    const auto add = [&](const model::Endpoint& endpoint, const std::string& address, std::uint16_t target) {
        if (isLoopback(address)) {
            cluster.endpoints.push_back({address, target, endpoint.targetPod, {}});
        } else if (const auto pod = podAt_.find(address); pod != podAt_.end()) {
            if (compilation_.options.echoUnmapped)
                addEcho(*pod->second, echoOf(*pod->second, target, use), cluster);
        } else {
            remote = true;
        }
    };
    for (const model::EndpointSlice* slice : slices->second) {
        const auto named = std::find_if(slice->ports.begin(), slice->ports.end(), [&](const model::EndpointPort& p) {
            return p.name == use.port.name && p.port;
        });
        if (named == slice->ports.end())
            continue;
        for (const model::Endpoint& endpoint : slice->endpoints) {
            if (!endpoint.ready)
                continue;
            for (const std::string& address : endpoint.addresses)
                add(endpoint, address, *named->port);
        }
    }
    if (!cluster.endpoints.empty() || !remote)
        return true;
    if (!compilation_.options.echoUnmapped)
        return true;
    compilation_.report(*slices->second.front(), slices->second.front()->source.position,
                        {model::Severity::Info,
                         "GH4004",
                         "no endpoint of " + cluster.name + " is on this machine: the built-in echo answers",
                         {},
                         "--backend " + cluster.name + "=HOST:PORT sends to a server of yours"});
    return false;
}

bool Clusters::isServicePort(const std::string& name) const
{
    const std::size_t slash = name.find('/'), colon = name.rfind(':');
    if (slash == std::string::npos || colon == std::string::npos || slash > colon)
        return false;
    const auto& services = resourcesOf(compilation_.graph).services;
    const auto it = services.find({name.substr(0, slash), name.substr(slash + 1, colon - slash - 1)});
    return it != services.end() &&
           std::any_of(it->second->ports.begin(), it->second->ports.end(),
                       [&](const model::ServicePort& p) { return std::to_string(p.port) == name.substr(colon + 1); });
}

void Clusters::checkMappings()
{
    const auto check = [&](const std::string& name, const std::string& what) {
        if (isServicePort(name))
            return;
        model::Diagnostic problem;
        problem.severity = model::Severity::Warning;
        problem.code = "GH4008";
        problem.message = what + " names no Service port of the manifests";
        problem.expected = "namespace/service:port";
        compilation_.problems.push_back(std::move(problem));
    };
    for (const auto& [name, mapping] : compilation_.options.backends)
        check(name, "the backend mapping " + name + '=' + mapping.host + ':' + std::to_string(mapping.port));
    for (const auto& [name, version] : compilation_.options.proxyProtocol)
        check(name, "proxyProtocol of " + name);
}

} // namespace gatehouse::routing
