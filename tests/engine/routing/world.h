#pragma once

#include "engine/routing/explain.h"
#include "engine/routing/match.h"
#include "engine/routing/snapshot.h"
#include "model/workloads/workloads.h"

#include <stdexcept>
#include <string>
#include <vector>

/// A small cluster for routing tests: resources by hand, then the same resolve, plan and compile as in the programs.
namespace gatehouse::test {

using namespace gatehouse::model;

inline ObjectName objectName(const std::string& text)
{
    const std::size_t slash = text.find('/');
    return {text.substr(0, slash), text.substr(slash + 1)};
}

inline Hostname host(const std::string& text)
{
    auto parsed = Hostname::parse(text);
    if (!parsed)
        throw std::invalid_argument(text + ": " + parsed.error());
    return *parsed;
}

struct MatchSpec {
    PathMatchType type = PathMatchType::PathPrefix;
    std::string path = "/";
    std::string method = {};
    std::vector<std::pair<std::string, std::string>> headers = {}, query = {};
};

inline HTTPRouteMatch match(const MatchSpec& spec)
{
    HTTPRouteMatch m;
    m.path.type = spec.type;
    m.path.value = spec.path;
    m.method = spec.method;
    for (const auto& [name, value] : spec.headers)
        m.headers.push_back({ValueMatchType::Exact, name, value, {}});
    for (const auto& [name, value] : spec.query)
        m.queryParams.push_back({ValueMatchType::Exact, name, value, {}});
    return m;
}

inline HTTPRouteMatch prefix(const std::string& path)
{
    return match({PathMatchType::PathPrefix, path, {}, {}, {}});
}
inline HTTPRouteMatch exact(const std::string& path)
{
    return match({PathMatchType::Exact, path, {}, {}, {}});
}
inline HTTPRouteMatch expression(const std::string& path)
{
    return match({PathMatchType::RegularExpression, path, {}, {}, {}});
}

inline BackendRef backend(const std::string& service, std::uint32_t weight = 1, std::uint16_t port = 80)
{
    BackendRef ref;
    ref.ref.name = service;
    ref.ref.port = port;
    ref.weight = weight;
    return ref;
}

/// "service/method" of a GRPCRoute's match; "" on a side of the slash asks for nothing there.
inline GRPCRouteMatch call(const std::string& text, ValueMatchType type = ValueMatchType::Exact,
                           const std::vector<std::pair<std::string, std::string>>& headers = {})
{
    GRPCMethodMatch method;
    method.type = type;
    const std::size_t slash = text.rfind('/');
    if (slash > 0)
        method.service = text.substr(0, slash);
    if (slash + 1 < text.size())
        method.method = text.substr(slash + 1);
    GRPCRouteMatch match;
    if (text != "/")
        match.method = method;
    for (const auto& [name, value] : headers)
        match.headers.push_back({ValueMatchType::Exact, name, value, {}});
    return match;
}

class World {
public:
    /// A Gateway without listeners, open to routes of every namespace.
    Gateway& gateway(const std::string& name)
    {
        auto gateway = std::make_shared<Gateway>();
        stamp(*gateway, "Gateway", name);
        gateway->gatewayClassName = "gatehouse";
        set_.gateways[gateway->key.name] = gateway;
        return *gateway;
    }

    static Listener& listener(Gateway& gateway, const std::string& name, std::uint16_t port = 80,
                              const std::string& hostname = {}, Protocol protocol = Protocol::HTTP)
    {
        Listener listener;
        listener.name = name;
        listener.port = port;
        listener.protocol = protocol;
        listener.protocolText = std::string(toString(protocol));
        listener.allowedNamespaces.from = FromNamespaces::All;
        if (!hostname.empty())
            listener.hostname = host(hostname);
        gateway.listeners.push_back(std::move(listener));
        return gateway.listeners.back();
    }

    /// A route on a Gateway ("namespace/name", or "namespace/name/listener"), hostnames given, no rules yet.
    HTTPRoute& route(const std::string& name, const std::string& parent, const std::vector<std::string>& hostnames = {})
    {
        auto route = std::make_shared<HTTPRoute>();
        attach(*route, RouteKind::HTTPRoute, name, parent, hostnames);
        set_.httpRoutes[route->key.name] = route;
        return *route;
    }

    /// A TLSRoute, TCPRoute or UDPRoute with one rule; Services are to be made apart.
    L4Route& streamRoute(RouteKind kind, const std::string& name, const std::string& parent,
                         std::vector<BackendRef> backends, const std::vector<std::string>& hostnames = {})
    {
        auto route = std::make_shared<L4Route>();
        attach(*route, kind, name, parent, hostnames);
        route->rules.push_back({{}, std::move(backends), {}});
        auto& routes = kind == RouteKind::TLSRoute   ? set_.tlsRoutes
                       : kind == RouteKind::TCPRoute ? set_.tcpRoutes
                                                     : set_.udpRoutes;
        routes[route->key.name] = route;
        return *route;
    }

    /// A parent more: "namespace/name", or "namespace/name/listener".
    static void addParent(Route& route, const std::string& parent)
    {
        const ObjectName rest = objectName(parent);
        ParentReference ref;
        ref.namespace_ = rest.namespace_;
        const std::size_t slash = rest.name.find('/');
        ref.name = rest.name.substr(0, slash);
        if (slash != std::string::npos)
            ref.sectionName = rest.name.substr(slash + 1);
        route.parentRefs.push_back(ref);
    }

    /// A Secret that looks like a certificate, for a terminating listener of the same namespace.
    void certificate(Listener& listener, const std::string& name)
    {
        auto secret = std::make_shared<Secret>();
        stamp(*secret, "Secret", name);
        secret->type = "kubernetes.io/tls";
        secret->data["tls.crt"] = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";
        secret->data["tls.key"] = "-----BEGIN PRIVATE KEY-----\nMAMCAQE=\n-----END PRIVATE KEY-----\n";
        set_.secrets[secret->key.name] = secret;
        ObjectReference ref;
        ref.kind = "Secret";
        ref.name = secret->name();
        if (!listener.tls)
            listener.tls.emplace();
        listener.tls->certificateRefs.push_back(ref);
    }

    static Listener& tlsListener(Gateway& gateway, const std::string& name, TlsMode mode, std::uint16_t port = 443,
                                 const std::string& hostname = {})
    {
        Listener& made = listener(gateway, name, port, hostname, Protocol::TLS);
        made.tls.emplace();
        made.tls->mode = mode;
        return made;
    }

    GRPCRoute& grpcRoute(const std::string& name, const std::string& parent,
                         const std::vector<std::string>& hostnames = {})
    {
        auto route = std::make_shared<GRPCRoute>();
        attach(*route, RouteKind::GRPCRoute, name, parent, hostnames);
        set_.grpcRoutes[route->key.name] = route;
        return *route;
    }

    /// Adds a rule; without backends it goes to Service "echo" of the route's namespace, which is made if needed.
    HTTPRouteRule& rule(HTTPRoute& route, std::vector<HTTPRouteMatch> matches, std::vector<BackendRef> backends)
    {
        HTTPRouteRule rule;
        rule.matches = std::move(matches);
        rule.backendRefs = std::move(backends);
        route.rules.push_back(std::move(rule));
        return route.rules.back();
    }
    HTTPRouteRule& rule(HTTPRoute& route, std::vector<HTTPRouteMatch> matches)
    {
        service(route.namespace_() + "/echo");
        return rule(route, std::move(matches), {backend("echo")});
    }

    GRPCRouteRule& rule(GRPCRoute& route, std::vector<GRPCRouteMatch> matches)
    {
        service(route.namespace_() + "/echo");
        GRPCRouteRule rule;
        rule.matches = std::move(matches);
        rule.backendRefs = {backend("echo")};
        route.rules.push_back(std::move(rule));
        return route.rules.back();
    }

    Service& service(const std::string& name, std::uint16_t port = 80)
    {
        auto service = std::make_shared<Service>();
        stamp(*service, "Service", name);
        service->key.group.clear();
        ServicePort servicePort;
        servicePort.port = port;
        service->ports.push_back(servicePort);
        set_.services[service->key.name] = service;
        return *service;
    }

    static void stamp(Resource& resource, const std::string& kind, const std::string& name)
    {
        resource.key = {std::string(gatewayGroup), kind, objectName(name)};
        resource.source.file = std::make_shared<const std::string>(name + ".yaml");
        resource.source.position = {1, 1};
    }

    [[nodiscard]] ResourceSet& set() { return set_; }

    [[nodiscard]] std::shared_ptr<const Graph> graph() const
    {
        return std::make_shared<const Graph>(
            resolve(deriveWorkloads(std::make_shared<const ResourceSet>(set_))->resources));
    }

    /// Every port may be bound, so that local ports are those of the listeners.
    std::shared_ptr<const routing::Snapshot> compile(const routing::CompileOptions& options = {})
    {
        const auto resolved = graph();
        problems.clear();
        return routing::compile(resolved, routing::planBinds(*resolved, {}, {true, 0}), options, problems);
    }

    std::vector<Diagnostic> problems;

private:
    static void attach(Route& route, RouteKind kind, const std::string& name, const std::string& parent,
                       const std::vector<std::string>& hostnames)
    {
        stamp(route, std::string(toString(kind)), name);
        route.kind = kind;
        addParent(route, parent);
        for (const std::string& hostname : hostnames)
            route.hostnames.push_back(host(hostname));
    }

    ResourceSet set_;
};

struct Request {
    std::string host = {};
    std::string path = "/";
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string query = {};
};

inline routing::RequestHead headOf(const Request& request)
{
    routing::RequestHead head;
    head.method = request.method;
    head.scheme = "http";
    head.authority = request.host;
    head.path = request.path;
    head.query = request.query;
    head.hasQuery = !request.query.empty();
    for (const auto& [name, value] : request.headers)
        head.headers.add(name, value);
    return head;
}

/// A gRPC call of "service/method".
inline Request grpc(const std::string& host, const std::string& call,
                    std::vector<std::pair<std::string, std::string>> metadata = {})
{
    metadata.emplace_back("content-type", "application/grpc");
    return {host, '/' + call, "POST", std::move(metadata), {}};
}

routing::RequestHead headOf(const Request&& request) = delete; // its views would outlive it

/// "namespace/name[rule]" of whoever serves it; "404" for nobody, "none" where nothing listens.
inline std::string serve(const routing::Snapshot& snapshot, const Request& request,
                         const routing::BindKey& key = {"127.0.0.1", 80})
{
    const routing::PortTable* port = snapshot.find(key);
    if (!port)
        return "none";
    const routing::RouteDecision decision = routing::match(snapshot, *port, headOf(request));
    if (!decision.rule)
        return "404";
    const routing::RuleOrigin& origin = decision.rule->origin;
    return toString((*snapshot.graph)[origin.route].resource->key.name) + '[' + std::to_string(origin.rule) + ']';
}

} // namespace gatehouse::test
