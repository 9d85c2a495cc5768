#pragma once

#include "engine/routing/backend_policies.h"
#include "engine/routing/compile_memo.h"
#include "engine/routing/echo_identity.h"
#include "engine/routing/route_table.h"
#include "engine/routing/snapshot.h"

#include <map>
#include <unordered_map>

namespace gatehouse::routing {

/// The parts of compile(), one file each. Thread: the caller's.

/// What compile() reads and writes while it works.
struct Compilation {
    const model::Graph& graph;
    const BindPlan& plan;
    const CompileOptions& options;
    Snapshot& snapshot;
    Problems& problems;
    CompileMemo& memo;
    /// Where the next rule has its place; see rule().
    std::uint32_t nextRule = 0;
    /// The rules are there, and only tables are filled.
    bool tablesOnly = false;
    /// What the Gateways of the listeners show to backends whose rules are compiled now; null: nothing. A route on
    /// Gateways that differ in it is compiled once for each, since it decides which connections may be shared.
    const model::Secret* clientCertificate = nullptr;

    /// True when the listener opens a port, and the rules that are compiled now are for it.
    [[nodiscard]] bool serves(model::ListenerIndex listener) const
    {
        return !plan.listeners[listener.value].addresses.empty() &&
               graph[graph[listener].gateway].backendClientCertificate == clientCertificate;
    }

    /// Puts the next rule into its place, behind all or in that of an older one; `make` is called unless it is there.
    template <class Make>
    RuleIndex rule(Make&& make)
    {
        const std::uint32_t place = nextRule++;
        if (tablesOnly)
            return {place};
        if (place == snapshot.rules.size())
            snapshot.rules.push_back(make());
        else
            snapshot.rules.edit(place) = make();
        return {place};
    }

    /// What report() is to say; the texts are those of model::Diagnostic.
    struct Problem {
        model::Severity severity = model::Severity::Warning;
        std::string code, message, fieldPath, remedy;
    };
    void report(const model::Resource& resource, model::Position position, Problem problem);
};

/// Makes a cluster of each Service port that a rule names, once for each use.
class Clusters {
public:
    explicit Clusters(Compilation& compilation);

    /// Cluster of a reference that resolved (outcome Ok), as its route speaks to it: several kinds of routes may lead
    /// to one Service port in several protocols, and have a cluster each.
    ClusterIndex of(const model::ResolvedBackend& backend, ClusterUse use);
    /// What does not depend on any route: Deployments of which fewer Pods are played, and mappings to Service ports
    /// that no manifest has.
    void reportFewerPods();
    void checkMappings();

private:
    void fill(const PortUse& use, Cluster& cluster);
    /// "namespace/service:port" is one of the manifests.
    [[nodiscard]] bool isServicePort(const std::string& name) const;
    void applyPolicy(const model::BackendTLSPolicy& policy, Cluster& cluster, ClusterUse use);
    bool fillFromSlices(const PortUse& use, Cluster& cluster);
    void addEcho(const model::Pod& pod, EchoIdentity identity, Cluster& cluster);
    void gather();
    Cluster make(const model::ResolvedBackend& backend, ClusterUse use, const model::BackendTLSPolicy* policy);

    Compilation& compilation_;
    bool gathered_ = false; ///< the two below are filled: only a new cluster asks for them
    std::map<model::ObjectName, std::vector<const model::EndpointSlice*>> slicesOf_; ///< by Service
    std::unordered_map<std::string_view, const model::Pod*> podAt_;                  ///< by address
    BackendPolicies policies_;
};

/// A list of filters as far as it can be compiled, and why it cannot; "" when all can.
struct CompiledFilters {
    std::vector<CompiledFilter> filters;
    std::string unsupported; ///< reason for people; the rule or backend must then answer 500
};
/// What filters of a rule and of its backends need besides themselves.
struct FilterCompilation {
    Compilation& compilation;
    Clusters& clusters;
    const model::RuleNode& rule; ///< what their references resolved to
    ClusterUse use;              ///< by the route: Http or Grpc
    bool prefixMatch;            ///< the rule has one match and it is a PathPrefix, as ReplacePrefixMatch needs
};
CompiledFilters compileFilters(const FilterCompilation& with, const std::vector<model::HTTPRouteFilter>& filters);

/// Builders of HostTables by listener; null where nothing is served, or nothing changes.
using HostBuilders = std::vector<std::unique_ptr<HostTablesBuilder>>;

/// One rule of a route on its way into the snapshot.
struct RulePlace {
    model::RouteIndex route;
    std::size_t rule = 0;
};

/// What both kinds of routes over HTTP have in a rule: filters, backends, weights. `prefixMatch` as above.
CompiledRule compileRule(Compilation& compilation, Clusters& clusters, RulePlace place, bool prefixMatch);

/// Expressions come from manifests: bounded in memory, and silent, since problems are reported as diagnostics.
struct ExpressionCompiler {
    Compilation& compilation;
    const model::Route& route;

    /// Null, reported, for what RE2 refuses.
    std::shared_ptr<const re2::RE2> operator()(const std::string& text, model::Position position,
                                               const std::string& fieldPath) const;
};

/// Adds header or query parameter matches; of equal names the first counts.
void addValues(const ExpressionCompiler& compileExpression, const std::vector<model::ValueMatch>& wanted,
               const std::string& fieldPath, bool ignoreCase, std::vector<ValueCondition>& conditions);

/// A listener and a hostname that a route serves there.
using RouteTarget = std::pair<std::uint32_t, std::optional<model::Hostname>>;
/// Sorted; none when the route is attached to nothing that is served now.
std::vector<RouteTarget> targetsOf(const Compilation& compilation, const model::RouteNode& node);

/// One match of a rule, ready for the tables of every listener that the rule is attached to.
struct CompiledMatch {
    PathPattern pattern;
    std::string path; ///< not "": the pattern's value, which no manifest has
    std::optional<Conditions> conditions;
    RuleIndex rule;
    Precedence precedence;
};
void addMatch(const CompiledMatch& match, const std::vector<RouteTarget>& targets, HostBuilders& builders);

/// Adds the rules of a route to the snapshot and its matches to the builders of the listeners that it is attached to.
/// `age`: rank of the route among all.
void compileHttpRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex route, std::uint32_t age,
                      HostBuilders& builders);
void compileGrpcRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex route, std::uint32_t age,
                      HostBuilders& builders);

/// The routes of a listener that have no requests to match, while they are collected.
struct StreamRoutes {
    struct Entry {
        std::optional<model::Hostname> hostname; ///< TLSRoutes: effective; nullopt: every server name
        std::uint32_t age = 0;                   ///< rank of the route among all
        RuleIndex rule;
    };
    bool served = false;            ///< false: the listener opens no port, and nothing is collected
    std::vector<Entry> serverNames; ///< TLSRoutes, an entry a hostname
    std::vector<Entry> others;      ///< TCPRoutes or UDPRoutes

    /// Gives a listener its rules, in the order of semantics 8.3 and 8.4.
    void fill(ListenerTable& table);
};

/// Adds the rule of a TLSRoute, TCPRoute or UDPRoute to the snapshot (two, where it serves passthrough and terminating
/// listeners) and to the listeners that it is attached to. `age`: rank of the route among all.
void compileStreamRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex route, std::uint32_t age,
                        std::vector<StreamRoutes>& listeners);

/// Compiles a route for every client certificate that its Gateways show: rules from Compilation::nextRule on, matches.
void compileRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex index, std::uint32_t age,
                  HostBuilders& builders, std::vector<StreamRoutes>& streams);
/// Calls visit(ClusterIndex) for every reference of a rule to a cluster.
template <class Visit>
void forEachCluster(const CompiledRule& rule, Visit&& visit)
{
    const auto ofFilters = [&](const std::vector<CompiledFilter>& filters) {
        for (const CompiledFilter& filter : filters) {
            if (const auto* mirror = std::get_if<CompiledMirror>(&filter); mirror && mirror->cluster.valid())
                visit(mirror->cluster);
            if (const auto* auth = std::get_if<CompiledAuth>(&filter))
                visit(auth->cluster);
        }
    };
    ofFilters(rule.filters);
    for (const WeightedBackend& backend : rule.backends) {
        if (backend.cluster.valid())
            visit(backend.cluster);
        ofFilters(backend.filters);
    }
}

/// compile() from the snapshot before; null when more changed than it can follow. See there.
std::shared_ptr<const Snapshot> compileAgain(const std::shared_ptr<const model::Graph>& graph, const BindPlan& plan,
                                             const CompileOptions& options, Problems& problems,
                                             const Snapshot& previous);
/// Puts the problems that a memo keeps behind `problems`.
void joinProblems(const Snapshot& snapshot, const CompileMemo& memo, Problems& problems);
/// ListenerTable::developmentNames of a listener; none where it needs none.
std::vector<std::string> developmentNamesOf(const Compilation& compilation, model::ListenerIndex listener);

/// True for a listener whose clients' TLS goes on to the backend as it is.
bool isPassthrough(const model::Listener& listener) noexcept;

} // namespace gatehouse::routing
