#pragma once

#include "engine/routing/cluster_use.h"
#include "engine/routing/snapshot.h"
#include "model/base/shared_map.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::routing {

/// What makes a cluster one of its own. By the port's object and not its number: a Service may have a number for TCP
/// and for UDP. The ports of a graph's Services are those of the next one's while the Service is the same.
struct ClusterKey {
    const model::ServicePort* port = nullptr;
    ClusterUse use = ClusterUse::Http;
    const model::Secret* clientCertificate = nullptr;
    auto operator<=>(const ClusterKey&) const = default;
};

using Problems = std::vector<model::Diagnostic>;
/// By a number; only what has any.
using ProblemsOf = model::SharedMap<std::uint32_t, std::shared_ptr<const Problems>>;

/// What compile() would else have to find out again. Lifetime: shared by a snapshot and the next compile(). Thread:
/// immutable.
struct CompileMemo {
    CompileOptions options;
    std::shared_ptr<const std::vector<std::uint32_t>> firstRule; ///< by route, and the number of all rules
    model::SharedMap<ClusterKey, ClusterIndex> clusterOf;
    model::SharedSequence<ClusterKey> keys;    ///< by cluster
    model::SharedSequence<std::uint32_t> uses; ///< by cluster: how often rules lead there
    std::vector<std::uint32_t> freeClusters;
    Problems general, mappings; ///< of Deployments; of options that name no Service port
    ProblemsOf ofRoutes, ofClusters;
};

} // namespace gatehouse::routing
