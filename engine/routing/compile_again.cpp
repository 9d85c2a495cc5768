// The snapshot after an edit from the one before it: rules of routes that changed get their old places, tables of the
// hostnames that those routes have, or had, are made anew from all routes in them, and everything else is shared.

#include "engine/routing/compile_parts.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace gatehouse::routing {
namespace {

/// Of more changes than one in so many routes a snapshot is made anew.
constexpr std::size_t worthwhileShare = 8;

struct ChangedRoute {
    std::uint32_t index = 0;
    std::shared_ptr<const model::RouteNode> before, after;
};

bool sameOptions(const CompileOptions& before, const CompileOptions& after)
{
    return std::tie(before.backends, before.echoUnmapped, before.developmentCertificates, before.proxyProtocol) ==
           std::tie(after.backends, after.echoUnmapped, after.developmentCertificates, after.proxyProtocol);
}

/// True when listeners, sockets and endpoints are as they were, so that only routes and Services can differ.
bool isSameSurrounding(const model::Graph& graphBefore, const model::Graph& graphAfter)
{
    if (!model::sharesGateways(graphBefore, graphAfter))
        return false;
    const model::ResourceSet &before = *graphBefore.resources, &after = *graphAfter.resources;
    return before.secrets.sharesAllWith(after.secrets) && before.configMaps.sharesAllWith(after.configMaps) &&
           before.endpointSlices.sharesAllWith(after.endpointSlices) && before.pods.sharesAllWith(after.pods) &&
           before.deployments.sharesAllWith(after.deployments);
}

bool overHttp(const model::RouteNode& node)
{
    return node.resource->kind == model::RouteKind::HTTPRoute || node.resource->kind == model::RouteKind::GRPCRoute;
}

bool hasMirrors(const model::RouteNode& node)
{
    return std::any_of(node.rules.begin(), node.rules.end(),
                       [](const model::RuleNode& rule) { return !rule.mirrors.empty(); });
}

/// The routes that differ; nullopt when some came or went, or in a way that is more than rules and tables.
std::optional<std::vector<ChangedRoute>> changedRoutes(const model::Graph& before, const model::Graph& after)
{
    if (before.routes.size() != after.routes.size())
        return std::nullopt;
    using Pointer = model::RouteNodes::Pointer;
    std::vector<ChangedRoute> changed;
    bool simple = true;
    model::RouteNodes::Pointers::forEachDifference(
        before.routes.pointers(), after.routes.pointers(),
        [](const Pointer& a, const Pointer& b) {
            return std::tie(a->resource->kind, a->resource->key.name) <
                   std::tie(b->resource->kind, b->resource->key.name);
        },
        [](const Pointer& a, const Pointer& b) { return a == b; },
        [&](const Pointer* a, const Pointer* b) {
            simple = simple && a && b && overHttp(**a) && !hasMirrors(**a) && !hasMirrors(**b) &&
                     (*a)->resource->meta.creationTimestamp == (*b)->resource->meta.creationTimestamp;
            if (simple)
                changed.push_back({0, *a, *b});
        });
    if (!simple || changed.size() > after.routes.size() / worthwhileShare + 1)
        return std::nullopt;
    const auto& pointers = after.routes.pointers();
    for (ChangedRoute& route : changed)
        route.index = static_cast<std::uint32_t>(pointers.indexOf(pointers.partitionPoint([&](const Pointer& node) {
            return std::tie(node->resource->kind, node->resource->key.name) <
                   std::tie(route.after->resource->kind, route.after->resource->key.name);
        })));
    return changed;
}

class CompilationAgain {
public:
    CompilationAgain(const std::shared_ptr<const model::Graph>& graph, const BindPlan& plan,
                     const CompileOptions& options, const Snapshot& previous)
        : previous_(previous), memo_(std::make_shared<CompileMemo>(*previous.memo)),
          snapshot_(std::make_shared<Snapshot>(previous)),
          compilation_{*graph, plan, options, *snapshot_, problems_, *memo_}, builders_(graph->listeners.size()),
          streams_(graph->listeners.size())
    {
        snapshot_->version = options.version;
        snapshot_->graph = graph;
        snapshot_->plan = plan;
    }

    std::shared_ptr<const Snapshot> run(const std::vector<ChangedRoute>& changed, Problems& problems)
    {
        Clusters clusters(compilation_);
        for (const ChangedRoute& route : changed)
            if (!compileRules(route, clusters))
                return nullptr;
        freeClusters();
        if (!compilation_.options.backends.empty() || !compilation_.options.proxyProtocol.empty()) {
            clusters.checkMappings();
            memo_->mappings = std::exchange(problems_, {});
        }
        makeTables(changed, clusters);
        joinProblems(*snapshot_, *memo_, problems);
        snapshot_->memo = std::move(memo_);
        return snapshot_;
    }

private:
    /// False when a route has more or fewer rules than before: then all that follow have other places.
    bool compileRules(const ChangedRoute& route, Clusters& clusters)
    {
        const auto& first = *memo_->firstRule;
        // What goes: a rule's places of clusters are read before it is overwritten.
        for (std::uint32_t r = first[route.index]; r < first[route.index + 1]; ++r)
            forEachCluster(snapshot_->rules[r], [&](ClusterIndex cluster) { released_.push_back(cluster); });
        // A route that needs more places must not write into those of the next one.
        const std::uint32_t limit = first[route.index + 1];
        compilation_.nextRule = first[route.index];
        if (rulesOf(route.index, clusters) != limit - first[route.index])
            return false;
        compileRoute(compilation_, clusters, {route.index}, 0, builders_, streams_);
        for (std::uint32_t r = first[route.index]; r < limit; ++r)
            forEachCluster(snapshot_->rules[r], [&](ClusterIndex cluster) { ++memo_->uses.edit(cluster.value); });
        memo_->ofRoutes.erase(route.index);
        if (!problems_.empty())
            memo_->ofRoutes.try_emplace(route.index, std::make_shared<const Problems>(std::exchange(problems_, {})));
        return true;
    }

    /// How many rules a route is compiled to.
    [[nodiscard]] std::uint32_t rulesOf(std::uint32_t route, Clusters& clusters)
    {
        const std::uint32_t begin = compilation_.nextRule;
        compilation_.tablesOnly = true;
        Problems kept = std::exchange(problems_, {});
        compileRoute(compilation_, clusters, {route}, 0, builders_, streams_);
        problems_ = std::move(kept);
        compilation_.tablesOnly = false;
        return std::exchange(compilation_.nextRule, begin) - begin;
    }

    /// Gives away the places of clusters that no rule leads to any more.
    void freeClusters()
    {
        for (const ClusterIndex cluster : released_)
            if (--memo_->uses.edit(cluster.value) == 0) {
                memo_->clusterOf.erase(memo_->keys[cluster.value]);
                memo_->keys.edit(cluster.value) = {};
                memo_->ofClusters.erase(cluster.value);
                memo_->freeClusters.push_back(cluster.value);
                snapshot_->clusters.edit(cluster.value) = {};
            }
    }

    void makeTables(const std::vector<ChangedRoute>& changed, Clusters& clusters)
    {
        std::map<std::uint32_t, std::set<std::size_t>> anew; // by listener: shards
        for (const ChangedRoute& route : changed)
            for (const model::RouteNode* node : {route.before.get(), route.after.get()})
                addShards(*node, anew);
        if (anew.empty())
            return;
        for (const auto& [listener, shards] : anew)
            builders_[listener] = std::make_unique<HostTablesBuilder>(*tablesOf(listener), shards);
        fill(routesIn(anew, changed), clusters);
        std::map<std::uint32_t, std::shared_ptr<const HostTables>> made;
        for (const auto& [listener, shards] : anew)
            made.emplace(listener, builders_[listener]->build());
        for (PortTable& port : snapshot_->ports)
            for (ListenerTable& table : port.listeners)
                if (const auto found = made.find(table.listener.value); found != made.end()) {
                    table.hosts = found->second;
                    table.developmentNames = developmentNamesOf(compilation_, table.listener);
                }
    }

    /// The tables of a listener as they were; null when it serves none.
    [[nodiscard]] const HostTables* tablesOf(std::uint32_t listener) const
    {
        for (const PortTable& port : previous_.ports)
            for (const ListenerTable& table : port.listeners)
                if (table.listener.value == listener)
                    return table.hosts.get();
        return nullptr;
    }

    void addShards(const model::RouteNode& node, std::map<std::uint32_t, std::set<std::size_t>>& anew) const
    {
        for (const model::ParentNode& parent : node.parents)
            for (const model::Attachment& attachment : parent.attachments) {
                const HostTables* tables = tablesOf(attachment.listener.value);
                if (!tables)
                    continue;
                std::set<std::size_t>& shards = anew[attachment.listener.value];
                if (attachment.hostnames.empty())
                    shards.insert(0);
                for (const model::Hostname& hostname : attachment.hostnames)
                    shards.insert(HostTables::shardOf(hostname, tables->shards.size()));
            }
    }

    /// All routes that have, or had, a match in one of the shards, by index.
    [[nodiscard]] std::set<std::uint32_t> routesIn(const std::map<std::uint32_t, std::set<std::size_t>>& anew,
                                                   const std::vector<ChangedRoute>& changed) const
    {
        std::set<std::uint32_t> routes;
        for (const ChangedRoute& route : changed)
            routes.insert(route.index);
        for (const auto& [listener, shards] : anew)
            for (const std::size_t shard : shards)
                for (const Candidate& candidate : tablesOf(listener)->shards[shard]->candidates)
                    routes.insert(previous_.rules[candidate.rule.value].origin.route.value);
        return routes;
    }

    void fill(const std::set<std::uint32_t>& routes, Clusters& clusters)
    {
        // Precedence asks only who is older than whom.
        std::vector<std::uint32_t> byAge(routes.begin(), routes.end());
        const model::Graph& graph = compilation_.graph;
        std::stable_sort(byAge.begin(), byAge.end(), [&](std::uint32_t a, std::uint32_t b) {
            return model::isOlder(*graph.routes[a].resource, *graph.routes[b].resource);
        });
        std::map<std::uint32_t, std::uint32_t> ages;
        for (std::uint32_t rank = 0; rank < byAge.size(); ++rank)
            ages[byAge[rank]] = rank;
        compilation_.tablesOnly = true;
        for (const auto& [route, age] : ages) {
            compilation_.nextRule = (*memo_->firstRule)[route];
            compileRoute(compilation_, clusters, {route}, age, builders_, streams_);
            problems_.clear(); // are known
        }
    }

    const Snapshot& previous_;
    Problems problems_;
    std::shared_ptr<CompileMemo> memo_;
    std::shared_ptr<Snapshot> snapshot_;
    Compilation compilation_;
    HostBuilders builders_; ///< of listeners with changed tables
    std::vector<StreamRoutes> streams_;
    std::vector<ClusterIndex> released_;
};

} // namespace

std::shared_ptr<const Snapshot> compileAgain(const std::shared_ptr<const model::Graph>& graph, const BindPlan& plan,
                                             const CompileOptions& options, Problems& problems,
                                             const Snapshot& previous)
{
    if (!previous.memo || !previous.graph || !previous.graph->resources || !graph->resources ||
        !sameOptions(previous.memo->options, options) || plan.gateways != previous.plan.gateways ||
        plan.listeners != previous.plan.listeners || !isSameSurrounding(*previous.graph, *graph))
        return nullptr;
    const auto changed = changedRoutes(*previous.graph, *graph);
    return changed ? CompilationAgain(graph, plan, options, previous).run(*changed, problems) : nullptr;
}

} // namespace gatehouse::routing
