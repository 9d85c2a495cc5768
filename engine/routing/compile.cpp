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

void compileOnce(Compilation& compilation, Clusters& clusters, model::RouteIndex index, std::uint32_t age,
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

/// Compiles all routes; what is wrong with them goes to the memo.
void compileRoutes(Compilation& compilation, Clusters& clusters, HostBuilders& builders,
                   std::vector<StreamRoutes>& streams)
{
    const model::Graph& graph = compilation.graph;
    const std::vector<std::uint32_t> ages = routeAges(graph);
    auto firstRule = std::make_shared<std::vector<std::uint32_t>>();
    firstRule->reserve(graph.routes.size() + 1);
    for (std::uint32_t i = 0; i < graph.routes.size(); ++i) {
        firstRule->push_back(compilation.nextRule);
        compileRoute(compilation, clusters, {i}, ages[i], builders, streams);
        if (!compilation.problems.empty())
            compilation.memo.ofRoutes.try_emplace(
                i, std::make_shared<const Problems>(std::exchange(compilation.problems, {})));
    }
    firstRule->push_back(compilation.nextRule);
    compilation.memo.firstRule = std::move(firstRule);
    for (const CompiledRule& rule : compilation.snapshot.rules)
        forEachCluster(rule, [&](ClusterIndex cluster) { ++compilation.memo.uses.edit(cluster.value); });
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
        table.developmentNames = developmentNamesOf(compilation, {l});
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

void compileRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex index, std::uint32_t age,
                  HostBuilders& builders, std::vector<StreamRoutes>& streams)
{
    bool again = false;
    for (const model::Secret* certificate : clientCertificatesOf(compilation.graph, compilation.graph[index])) {
        const std::size_t reported = compilation.problems.size();
        compilation.clientCertificate = certificate;
        compileOnce(compilation, clusters, index, age, builders, streams);
        if (std::exchange(again, true))
            compilation.problems.resize(reported); // they were reported the first time
    }
}

std::vector<std::string> developmentNamesOf(const Compilation& compilation, model::ListenerIndex listener)
{
    const model::Listener& resource = *compilation.graph[listener].resource;
    const bool terminates = resource.protocol == model::Protocol::HTTPS ||
                            (resource.protocol == model::Protocol::TLS && !isPassthrough(resource));
    if (!terminates || !compilation.options.developmentCertificates)
        return {};
    return developmentNames(compilation.graph, listener, compilation.plan.listeners[listener.value].addresses);
}

void joinProblems(const Snapshot& snapshot, const CompileMemo& memo, Problems& problems)
{
    const auto add = [&](const Problems& more) { problems.insert(problems.end(), more.begin(), more.end()); };
    add(memo.general);
    // By name, since places depend on what was there before; clusters of one name may tell the same.
    std::map<std::pair<std::string_view, ClusterUse>, const Problems*> ofClusters;
    for (const auto& [cluster, more] : memo.ofClusters)
        ofClusters.try_emplace({snapshot.clusters[cluster].name, memo.keys[cluster].use}, more.get());
    for (const auto& [name, more] : ofClusters)
        add(*more);
    for (const auto& [route, more] : memo.ofRoutes)
        add(*more);
    add(memo.mappings);
}

std::shared_ptr<const Snapshot> compile(std::shared_ptr<const model::Graph> graph, const BindPlan& plan,
                                        const CompileOptions& options, Problems& problems, const Snapshot* previous)
{
    if (previous)
        if (auto again = compileAgain(graph, plan, options, problems, *previous))
            return again;
    auto snapshot = std::make_shared<Snapshot>();
    auto memo = std::make_shared<CompileMemo>();
    memo->options = options;
    snapshot->version = options.version;
    snapshot->graph = graph;
    snapshot->plan = plan;
    Problems found;
    Compilation compilation{*graph, plan, options, *snapshot, found, *memo};

    // A listener without a builder serves nothing, and no rule is made for it.
    HostBuilders builders(graph->listeners.size());
    std::vector<StreamRoutes> streams(graph->listeners.size());
    for (std::size_t l = 0; l < builders.size(); ++l) {
        streams[l].served = !plan.listeners[l].addresses.empty();
        if (streams[l].served)
            builders[l] = std::make_unique<HostTablesBuilder>(graph->listeners[l].attachedRoutes);
    }
    Clusters clusters(compilation);
    clusters.reportFewerPods();
    memo->general = std::exchange(found, {});
    compileRoutes(compilation, clusters, builders, streams);
    clusters.checkMappings();
    memo->mappings = std::exchange(found, {});
    buildPorts(compilation, builders, streams);
    joinProblems(*snapshot, *memo, problems);
    snapshot->memo = std::move(memo);
    return snapshot;
}

} // namespace gatehouse::routing
