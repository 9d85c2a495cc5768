#pragma once

// First: moc of Qt 6.4 stumbles over <compare> unless a Qt header came before it.
#include <QtTest>

#include "model/graph/graph.h"
#include "model/graph/programming.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Small builders of typed resources for tests of resolve(): everything defaults to what a minimal manifest says.
namespace gatehouse::model::test {

inline Hostname host(std::string_view text)
{
    return Hostname::parse(text).value();
}

inline std::vector<Hostname> hosts(std::initializer_list<std::string_view> texts)
{
    std::vector<Hostname> result;
    for (const std::string_view text : texts)
        result.push_back(host(text));
    return result;
}

template <class T>
T named(std::string_view group, std::string_view kind, std::string_view namespace_, std::string_view name)
{
    T resource;
    resource.key = {std::string(group), std::string(kind), {std::string(namespace_), std::string(name)}};
    return resource;
}

inline Timestamp second(int n)
{
    return Timestamp(std::chrono::seconds(1'700'000'000 + n));
}

inline Protocol protocolOf(std::string_view text)
{
    for (const Protocol p : {Protocol::HTTP, Protocol::HTTPS, Protocol::TLS, Protocol::TCP, Protocol::UDP})
        if (toString(p) == text)
            return p;
    return Protocol::Other;
}

/// A listener: protocol, port, hostname ("" for none). HTTPS and TLS terminate with Secret "cert" unless changed.
inline Listener listener(std::string_view name, std::string_view protocol, std::uint16_t port,
                         std::string_view hostname = "")
{
    Listener result;
    result.name = name;
    result.protocol = protocolOf(protocol);
    result.protocolText = protocol;
    result.port = port;
    if (!hostname.empty())
        result.hostname = host(hostname);
    if (result.protocol == Protocol::HTTPS || result.protocol == Protocol::TLS)
        result.tls = ListenerTls{TlsMode::Terminate, {{"", "Secret", std::nullopt, "cert", {}}}, {}, {}};
    return result;
}

inline Listener passthrough(std::string_view name, std::uint16_t port, std::string_view hostname = "")
{
    Listener result = listener(name, "TLS", port, hostname);
    result.tls = ListenerTls{TlsMode::Passthrough, {}, {}, {}};
    return result;
}

inline Listener fromAll(Listener l)
{
    l.allowedNamespaces.from = FromNamespaces::All;
    return l;
}

inline Listener withKinds(Listener l, std::initializer_list<std::string_view> kinds)
{
    for (const std::string_view kind : kinds)
        l.allowedKinds.push_back({std::string(gatewayGroup), std::string(kind), {}});
    return l;
}

inline Gateway gateway(std::string_view namespace_, std::string_view name, std::vector<Listener> listeners)
{
    auto result = named<Gateway>(gatewayGroup, "Gateway", namespace_, name);
    result.gatewayClassName = "gc";
    result.listeners = std::move(listeners);
    return result;
}

inline ListenerSet listenerSet(std::string_view namespace_, std::string_view name, std::string_view gatewayName,
                               std::vector<Listener> listeners)
{
    auto result = named<ListenerSet>(gatewayGroup, "ListenerSet", namespace_, name);
    result.parentRef = {std::string(gatewayGroup), "Gateway", std::nullopt, std::string(gatewayName), {}};
    result.listeners = std::move(listeners);
    return result;
}

inline ParentReference parentTo(std::string_view name, std::optional<std::string> namespace_ = {},
                                std::optional<std::string> section = {}, std::optional<std::uint16_t> port = {})
{
    ParentReference ref;
    ref.name = name;
    ref.namespace_ = std::move(namespace_);
    ref.sectionName = std::move(section);
    ref.port = port;
    return ref;
}

inline ParentReference setParentRef(std::string_view name, std::optional<std::string> section = {})
{
    ParentReference ref = parentTo(name, {}, std::move(section));
    ref.kind = "ListenerSet";
    return ref;
}

inline BackendRef backend(std::string_view service, std::uint16_t port = 80, std::optional<std::string> namespace_ = {},
                          std::uint32_t weight = 1)
{
    BackendRef ref;
    ref.ref = {"", "Service", std::move(namespace_), std::string(service), port, {}};
    ref.weight = weight;
    return ref;
}

inline HTTPRoute httpRoute(std::string_view namespace_, std::string_view name, std::vector<ParentReference> parents,
                           std::vector<Hostname> hostnames = {}, std::vector<BackendRef> backends = {})
{
    auto route = named<HTTPRoute>(gatewayGroup, "HTTPRoute", namespace_, name);
    route.kind = RouteKind::HTTPRoute;
    route.parentRefs = std::move(parents);
    route.hostnames = std::move(hostnames);
    route.rules.emplace_back();
    route.rules[0].matches.emplace_back();
    route.rules[0].backendRefs = std::move(backends);
    return route;
}

inline GRPCRoute grpcRoute(std::string_view namespace_, std::string_view name, std::vector<ParentReference> parents,
                           std::vector<Hostname> hostnames = {}, std::vector<BackendRef> backends = {})
{
    auto route = named<GRPCRoute>(gatewayGroup, "GRPCRoute", namespace_, name);
    route.kind = RouteKind::GRPCRoute;
    route.parentRefs = std::move(parents);
    route.hostnames = std::move(hostnames);
    route.rules.emplace_back();
    route.rules[0].backendRefs = std::move(backends);
    return route;
}

inline L4Route l4Route(RouteKind kind, std::string_view namespace_, std::string_view name,
                       std::vector<ParentReference> parents, std::vector<Hostname> hostnames = {},
                       std::vector<BackendRef> backends = {})
{
    auto route = named<L4Route>(gatewayGroup, toString(kind), namespace_, name);
    route.kind = kind;
    route.parentRefs = std::move(parents);
    route.hostnames = std::move(hostnames);
    route.rules.emplace_back();
    route.rules[0].backendRefs = std::move(backends);
    return route;
}

inline Service service(std::string_view namespace_, std::string_view name, std::uint16_t port = 80,
                       std::string_view appProtocol = "", std::string_view protocol = "TCP")
{
    auto result = named<Service>("", "Service", namespace_, name);
    ServicePort servicePort;
    servicePort.name = "p" + std::to_string(port);
    servicePort.port = port;
    servicePort.protocol = protocol;
    servicePort.appProtocol = appProtocol;
    result.ports.push_back(std::move(servicePort));
    return result;
}

inline ReferenceGrant grant(std::string_view namespace_, ReferenceGrantFrom from, ReferenceGrantTo to)
{
    auto result = named<ReferenceGrant>(gatewayGroup, "ReferenceGrant", namespace_, "grant");
    result.from.push_back(std::move(from));
    result.to.push_back(std::move(to));
    return result;
}

inline Namespace namespace_(std::string_view name, std::map<std::string, std::string> labels = {})
{
    auto result = named<Namespace>("", "Namespace", "", name);
    result.meta.labels = std::move(labels);
    return result;
}

/// PEM whose blocks hold the smallest DER SEQUENCE; structure is all that resolve() looks at.
inline const char* certificatePem = "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n";
inline const char* keyPem = "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n";

inline Secret tlsSecret(std::string_view namespace_, std::string_view name = "cert")
{
    auto result = named<Secret>("", "Secret", namespace_, name);
    result.type = "kubernetes.io/tls";
    result.data = {{"tls.crt", certificatePem}, {"tls.key", keyPem}};
    return result;
}

inline ConfigMap caBundle(std::string_view namespace_, std::string_view name, std::string_view text = certificatePem)
{
    auto result = named<ConfigMap>("", "ConfigMap", namespace_, name);
    result.data = {{"ca.crt", std::string(text)}};
    return result;
}

inline BackendTLSPolicy tlsPolicy(std::string_view namespace_, std::string_view name, std::string_view serviceName,
                                  std::optional<std::string> section = {})
{
    auto result = named<BackendTLSPolicy>(gatewayGroup, "BackendTLSPolicy", namespace_, name);
    result.targetRefs.push_back({"", "Service", std::string(serviceName), std::move(section), {}});
    result.wellKnownCACertificates = "System";
    result.hostname = "backend.example";
    return result;
}

/// Gathers resources of any kind and resolves them.
class World {
public:
    template <class T>
    World& add(T resource)
    {
        const ObjectName name = resource.key.name;
        mapFor(resource)[name] = std::make_shared<const T>(std::move(resource));
        return *this;
    }

    World& addOther(OtherResource other)
    {
        const ObjectKey key = other.key;
        set_->others[key] = std::make_shared<const OtherResource>(std::move(other));
        return *this;
    }

    [[nodiscard]] Graph resolve(const ResolveOptions& options = {}) const
    {
        return model::resolve(std::make_shared<const ResourceSet>(*set_), options);
    }

    [[nodiscard]] const ResourceSet& resources() const { return *set_; }

private:
    auto& mapFor(const GatewayClass&) { return set_->gatewayClasses; }
    auto& mapFor(const Gateway&) { return set_->gateways; }
    auto& mapFor(const ListenerSet&) { return set_->listenerSets; }
    auto& mapFor(const HTTPRoute&) { return set_->httpRoutes; }
    auto& mapFor(const GRPCRoute&) { return set_->grpcRoutes; }
    auto& mapFor(const L4Route& route)
    {
        return route.kind == RouteKind::TLSRoute   ? set_->tlsRoutes
               : route.kind == RouteKind::TCPRoute ? set_->tcpRoutes
                                                   : set_->udpRoutes;
    }
    auto& mapFor(const ReferenceGrant&) { return set_->referenceGrants; }
    auto& mapFor(const BackendTLSPolicy&) { return set_->backendTLSPolicies; }
    auto& mapFor(const Namespace&) { return set_->namespaces; }
    auto& mapFor(const Service&) { return set_->services; }
    auto& mapFor(const Secret&) { return set_->secrets; }
    auto& mapFor(const ConfigMap&) { return set_->configMaps; }
    auto& mapFor(const Deployment&) { return set_->deployments; }
    auto& mapFor(const EndpointSlice&) { return set_->endpointSlices; }

    std::unique_ptr<ResourceSet> set_ = std::make_unique<ResourceSet>();
};

/// "True/Accepted", or "" when there is no such condition.
inline std::string verdict(const std::vector<Condition>& conditions, std::string_view type)
{
    const Condition* found = findCondition(conditions, type);
    return found ? std::string(toString(found->status)) + '/' + found->reason : std::string();
}

inline const ListenerNode& findListener(const Graph& graph, std::string_view name)
{
    for (const ListenerNode& node : graph.listeners)
        if (node.resource->name == name)
            return node;
    qFatal("no listener %s", std::string(name).c_str());
}

inline const RouteNode& findRoute(const Graph& graph, std::string_view name)
{
    for (const RouteNode& node : graph.routes)
        if (node.resource->name() == name)
            return node;
    qFatal("no route %s", std::string(name).c_str());
}

inline bool hasNote(const Graph& graph, std::string_view code)
{
    for (const Diagnostic& note : graph.notes)
        if (note.code == code)
            return true;
    return false;
}

/// What an engine reports that could open everything: a port of its own for each listener that serves.
inline Programming everythingWorks(const Graph& graph)
{
    Programming programming;
    for (std::size_t g = 0; g < graph.gateways.size(); ++g)
        programming.gateways.push_back({{"127.0.0." + std::to_string(g + 1)}, false, {}});
    for (const ListenerNode& node : graph.listeners)
        programming.listeners.push_back(
            {node.serves, "Invalid", node.serves ? "" : "not planned", node.resource->port});
    return programming;
}

} // namespace gatehouse::model::test
