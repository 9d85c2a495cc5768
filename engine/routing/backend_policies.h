#pragma once

#include "engine/routing/snapshot.h"

#include <map>
#include <vector>

namespace gatehouse::routing {

/// BackendTLSPolicies by the Service ports that they cover (semantics 12.4). Lifetime: of the graph.
class BackendPolicies {
public:
    explicit BackendPolicies(const model::Graph& graph);

    /// The policy for a port: one that names the port before one for the whole Service, then the oldest; null when none
    /// covers it.
    [[nodiscard]] const model::BackendTLSPolicy* of(const model::Service& service,
                                                    const model::ServicePort& port) const;
    /// Sets Cluster::tls as the policy says, or Cluster::refusal when it cannot be followed: a backend that is to be
    /// authenticated is never sent plain text instead.
    void apply(const model::BackendTLSPolicy& policy, Cluster& cluster) const;

private:
    struct Covering {
        const model::BackendTLSPolicy* policy;
        const model::PolicyTargetReference* target;
    };
    const model::Graph& graph_;
    std::map<model::ObjectName, std::vector<Covering>> byService_;
};

} // namespace gatehouse::routing
