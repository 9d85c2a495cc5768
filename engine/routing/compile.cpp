#include "engine/routing/client_validation.h"
#include "engine/routing/compile_parts.h"
#include "engine/routing/development_names.h"

#include <algorithm>
#include <utility>

namespace gatehouse::routing {
namespace {

/// Rank of every route among all of the graph: oldest first, then namespace/name.
std::vector<std::uint32_t> routeAges(const model::Graph& graph)
{
    std::vector<std::uint32_t> order(graph.routes.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto older = [&](std::uint32_t a, std::uint32_t b) {
        return model::isOlder(*graph.routes[a].resource, *graph.routes[b].resource);
    };
    // Routes of one kind and one age are in order already: most sets are.
    if (!std::is_sorted(order.begin(), order.end(), older))
        std::stable_sort(order.begin(), order.end(), older);
    std::vector<std::uint32_t> ages(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ages[order[rank]] = rank;
    return ages;
}

/// What the Gateways that a route is attached to show to backends, each once, in the order of its parents; null among
/// them for those that show nothing.
std::vector<const model::Secret*> clientCertificatesOf(const model::Graph& graph, const model::RouteNode& route)
{
    std::vector<const model::Secret*> certificates;
    for (const model::ParentNode& parent : route.parents) {
        if (!parent.accepted)
            continue;
        const model::Secret* certificate = graph[parent.gateway].backendClientCertificate;
        if (std::find(certificates.begin(), certificates.end(), certificate) == certificates.end())
            certificates.push_back(certificate);
    }
    return certificates;
}

void compileRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex index, std::uint32_t age,
                  HostBuilders& builders, std::vector<StreamRoutes>& streams)
{
    const model::Route& route = *compilation.graph[index].resource;
    switch (route.kind) {
    case model::RouteKind::HTTPRoute:
        compileHttpRoute(compilation, clusters, index, age, builders);
        break;
    case model::RouteKind::GRPCRoute:
        compileGrpcRoute(compilation, clusters, index, age, builders);
        break;
    case model::RouteKind::TLSRoute:
    case model::RouteKind::TCPRoute:
    case model::RouteKind::UDPRoute:
        compileStreamRoute(compilation, clusters, index, age, streams);
        break;
    }
}

void compileRoutes(Compilation& compilation, HostBuilders& builders, std::vector<StreamRoutes>& streams)
{
    const model::Graph& graph = compilation.graph;
    Clusters clusters(compilation);
    const std::vector<std::uint32_t> ages = routeAges(graph);
    for (std::uint32_t i = 0; i < graph.routes.size(); ++i) {
        bool again = false;
        for (const model::Secret* certificate : clientCertificatesOf(graph, graph.routes[i])) {
            const std::size_t reported = compilation.problems.size();
            compilation.clientCertificate = certificate;
            compileRoute(compilation, clusters, {i}, ages[i], builders, streams);
            if (std::exchange(again, true))
                compilation.problems.resize(reported); // they were reported the first time
        }
    }
    clusters.checkMappings();
}

/// Exact hostnames first, then wildcards with more labels, then none: the order in which listeners take a request.
bool isMoreSpecific(const ListenerTable& a, const ListenerTable& b)
{
    const auto rank = [](const ListenerTable& table) {
        if (!table.hostname)
            return std::pair<int, std::ptrdiff_t>(2, 0);
        const std::string& text = table.hostname->text();
        return std::pair<int, std::ptrdiff_t>(table.hostname->isWildcard() ? 1 : 0,
                                              -std::count(text.begin(), text.end(), '.'));
    };
    return rank(a) < rank(b);
}

Carrier carrierOf(model::Protocol protocol)
{
    switch (protocol) {
    case model::Protocol::HTTPS:
    case model::Protocol::TLS:
        return Carrier::Tls;
    case model::Protocol::TCP:
        return Carrier::Tcp;
    case model::Protocol::UDP:
        return Carrier::Udp;
    case model::Protocol::HTTP:
    case model::Protocol::Other: // the plan binds none
        break;
    }
    return Carrier::Http;
}

void finish(PortTable& port)
{
    std::stable_sort(port.listeners.begin(), port.listeners.end(), isMoreSpecific);
    auto hostnames = std::make_shared<HostIndex>(), serverNames = std::make_shared<HostIndex>();
    for (std::uint32_t i = 0; i < port.listeners.size(); ++i) {
        const ListenerTable& listener = port.listeners[i];
        serverNames->insert(listener.hostname, i);
        if (listener.protocol == model::Protocol::HTTP || listener.protocol == model::Protocol::HTTPS)
            hostnames->insert(listener.hostname, i);
        port.peeksHello = port.peeksHello || listener.protocol == model::Protocol::TLS;
    }
    port.hostnames = std::move(hostnames);
    port.serverNames = std::move(serverNames);
}

void buildPorts(Compilation& compilation, HostBuilders& builders, std::vector<StreamRoutes>& streams)
{
    const model::Graph& graph = compilation.graph;
    std::map<BindKey, PortTable> ports;
    for (std::uint32_t l = 0; l < graph.listeners.size(); ++l) {
        if (!builders[l])
            continue;
        const model::ListenerNode& node = graph.listeners[l];
        ListenerTable table;
        table.listener = {l};
        table.gatewayName = toString(graph[node.gateway].resource->key.name);
        table.listenerName = node.resource->name;
        table.hostname = node.resource->hostname;
        table.specPort = node.resource->port;
        table.protocol = node.resource->protocol;
        table.passthrough = isPassthrough(*node.resource);
        table.hosts = builders[l]->build();
        streams[l].fill(table);
        if (table.protocol == model::Protocol::HTTPS || table.protocol == model::Protocol::TLS)
            table.certificates = node.certificates;
        if (table.protocol == model::Protocol::HTTPS)
            table.clientValidation = clientValidation(graph, node);
        const bool terminates =
            table.protocol == model::Protocol::HTTPS || (table.protocol == model::Protocol::TLS && !table.passthrough);
        if (terminates && compilation.options.developmentCertificates)
            table.developmentNames = developmentNames(graph, {l}, compilation.plan.listeners[l].addresses);
        for (const std::string& address : compilation.plan.listeners[l].addresses) {
            const Carrier carrier = carrierOf(table.protocol);
            const BindKey key{address, compilation.plan.listeners[l].port, carrier == Carrier::Udp};
            PortTable& port = ports[key];
            port.key = key;
            port.carrier = carrier;
            port.listeners.push_back(table);
        }
    }
    for (auto& [key, port] : ports) {
        finish(port);
        compilation.snapshot.ports.push_back(std::move(port));
    }
}

} // namespace

void Compilation::report(const model::Resource& resource, model::Position position, Problem problem)
{
    problems.push_back({problem.severity,
                        std::move(problem.code),
                        std::move(problem.message),
                        {},
                        std::move(problem.remedy),
                        resource.at(position),
                        std::move(problem.fieldPath),
                        resource.key});
}

std::shared_ptr<const Snapshot> compile(std::shared_ptr<const model::Graph> graph, const BindPlan& plan,
                                        const CompileOptions& options, std::vector<model::Diagnostic>& problems)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->version = options.version;
    snapshot->graph = graph;
    snapshot->plan = plan;
    Compilation compilation{*graph, plan, options, *snapshot, problems};

    // A listener without a builder serves nothing, and no rule is made for it.
    HostBuilders builders(graph->listeners.size());
    std::vector<StreamRoutes> streams(graph->listeners.size());
    for (std::size_t l = 0; l < builders.size(); ++l) {
        streams[l].served = !plan.listeners[l].addresses.empty();
        if (streams[l].served)
            builders[l] = std::make_unique<HostTablesBuilder>();
    }
    snapshot->rules.reserve(graph->routes.size());
    compileRoutes(compilation, builders, streams);
    buildPorts(compilation, builders, streams);
    return snapshot;
}

} // namespace gatehouse::routing
