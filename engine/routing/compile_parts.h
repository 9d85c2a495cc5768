#pragma once

#include "engine/routing/backend_policies.h"
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
    std::vector<model::Diagnostic>& problems;

    /// What report() is to say; the texts are those of model::Diagnostic.
    struct Problem {
        model::Severity severity = model::Severity::Warning;
        std::string code, message, fieldPath, remedy;
    };
    void report(const model::Resource& resource, model::Position position, Problem problem);
};

/// Makes a cluster of each Service port that a rule names, once.
class Clusters {
public:
    explicit Clusters(Compilation& compilation);

    /// Cluster of a reference that resolved (outcome Ok).
    ClusterIndex of(const model::ResolvedBackend& backend);
    /// Warns of mappings to Service ports that no manifest has.
    void checkMappings();

private:
    void fill(const model::Service& service, const model::ServicePort& port, Cluster& cluster);
    bool fillFromSlices(const model::Service& service, const model::ServicePort& port, Cluster& cluster);
    void addEcho(const model::Pod& pod, EchoIdentity identity, Cluster& cluster);
    void reportFewerPods(const model::ResourceSet& resources);

    using ServicePortKey = std::pair<const model::Service*, std::uint16_t>;
    struct ServicePortHash {
        std::size_t operator()(const ServicePortKey& key) const noexcept
        {
            return std::hash<const void*>()(key.first) * 31 + key.second;
        }
    };

    Compilation& compilation_;
    std::unordered_map<ServicePortKey, ClusterIndex, ServicePortHash> known_;
    std::map<model::ObjectName, std::vector<const model::EndpointSlice*>> slicesOf_; ///< by Service
    std::unordered_map<std::string_view, const model::Pod*> podAt_;                  ///< by address
    BackendPolicies policies_;
};

/// A list of filters as far as it can be compiled, and why it cannot; "" when all can.
struct CompiledFilters {
    std::vector<CompiledFilter> filters;
    std::string unsupported; ///< reason for people; the rule or backend must then answer 500
};
/// `prefixMatch`: the rule has one match and it is a PathPrefix, which ReplacePrefixMatch needs.
CompiledFilters compileFilters(const std::vector<model::HTTPRouteFilter>& filters, bool prefixMatch);

/// Adds the rules of an HTTPRoute to the snapshot and its matches to the builders of the listeners that it is attached
/// to (by listener; null where nothing is served). `age`: rank of the route among all.
void compileHttpRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex route, std::uint32_t age,
                      std::vector<std::unique_ptr<HostTablesBuilder>>& builders);

} // namespace gatehouse::routing
