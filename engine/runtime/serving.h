#pragma once

#include "engine/http/backend_pool.h"
#include "engine/routing/snapshot.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace gatehouse::engine {

class TlsServer;

/// A cluster as one worker uses it: where its endpoints are, and whose turn is next.
struct ServingCluster {
    std::vector<std::shared_ptr<EndpointPool>> endpoints;
    std::size_t next = 0;

    /// Whose turn it is; null when there is none.
    EndpointPool* nextEndpoint() noexcept { return endpoints.empty() ? nullptr : endpoints[turn()].get(); }
    /// The same for what may outlive the snapshot.
    std::shared_ptr<EndpointPool> nextShared() { return endpoints.empty() ? nullptr : endpoints[turn()]; }

private:
    std::size_t turn() noexcept
    {
        if (next >= endpoints.size())
            next = 0;
        return next++;
    }
};

/// The TLS sides of the addresses that have one: made once an apply, read by every worker.
using TlsServers = std::map<routing::BindKey, std::shared_ptr<const TlsServer>>;

struct RuleCounterTable;
class SessionCounterTable;

/// The counters of the snapshot's rules, and which of them are this worker's.
struct ServingRuleCounters {
    std::shared_ptr<const RuleCounterTable> table;       ///< of requests; null: nothing is counted
    std::shared_ptr<const SessionCounterTable> sessions; ///< null with `table`
    std::size_t worker = 0;
};

/// A snapshot as one worker serves it, with the state that changes from request to request. Each worker wraps the
/// snapshot in its own shared pointer, so that requests of different workers do not fight for one reference count.
/// Lifetime: until the last exchange that began with it ends. Thread: its worker.
struct Serving {
    std::shared_ptr<const routing::Snapshot> snapshot;
    std::shared_ptr<const TlsServers> tls;
    ServingRuleCounters rules;
    std::vector<ServingCluster> clusters;           ///< parallel to Snapshot::clusters
    std::vector<std::vector<std::int64_t>> weights; ///< parallel to Snapshot::rules; see routing::chooseBackend
    std::vector<std::uint64_t> mirrors;             ///< by CompiledMirror::number; see routing::isSampled

    /// Null for a plain address.
    [[nodiscard]] std::shared_ptr<const TlsServer> tlsOf(const routing::BindKey& key) const
    {
        const auto found = tls->find(key);
        return found == tls->end() ? nullptr : found->second;
    }
};

/// Addresses of every cluster's endpoints, parallel to Snapshot::clusters: made once an apply, read by every worker.
using ClusterAddresses = std::vector<std::vector<EndpointAddress>>;

} // namespace gatehouse::engine
