#pragma once

#include "model/api/core.h"
#include "model/api/gateway.h"
#include "model/api/routes.h"
#include "model/base/shared_map.h"

#include <memory>
#include <vector>

namespace gatehouse::model {

template <class T>
using ResourceMap = SharedMap<ObjectName, std::shared_ptr<const T>>;

/// All resources of one moment, by kind, sorted by namespace/name so that everything derived is deterministic whatever
/// the order of files. A copy costs little, and shares what is not changed in it: so later stages learn what an edit
/// changed by comparing two sets. Lifetime: shared as shared_ptr<const ResourceSet>. Thread: filled by one importer,
/// then immutable.
struct ResourceSet {
    ResourceMap<GatewayClass> gatewayClasses; ///< cluster-scoped: namespace_ is ""
    ResourceMap<Gateway> gateways;
    ResourceMap<ListenerSet> listenerSets;
    ResourceMap<HTTPRoute> httpRoutes;
    ResourceMap<GRPCRoute> grpcRoutes;
    ResourceMap<L4Route> tlsRoutes;
    ResourceMap<L4Route> tcpRoutes;
    ResourceMap<L4Route> udpRoutes;
    ResourceMap<ReferenceGrant> referenceGrants;
    ResourceMap<BackendTLSPolicy> backendTLSPolicies;
    ResourceMap<Namespace> namespaces; ///< cluster-scoped
    ResourceMap<Service> services;
    ResourceMap<EndpointSlice> endpointSlices; ///< Endpoints become "<name>" with one entry a subset, "<name>-1", ...
    ResourceMap<Secret> secrets;
    ResourceMap<ConfigMap> configMaps;
    ResourceMap<Pod> pods;
    ResourceMap<Deployment> deployments;
    SharedMap<ObjectKey, std::shared_ptr<const OtherResource>> others;

    /// Every resource in order of kind (the order of the members above), then name. Calls visit(const Resource&).
    template <class Visit>
    void forEach(Visit&& visit) const
    {
        forEachMap([&](auto map) {
            for (const auto& [name, resource] : this->*map)
                visit(static_cast<const Resource&>(*resource));
        });
    }

    /// Calls visit(pointer to member) for every map, in the order above.
    template <class Visit>
    static void forEachMap(Visit&& visit)
    {
        visit(&ResourceSet::gatewayClasses), visit(&ResourceSet::gateways), visit(&ResourceSet::listenerSets);
        visit(&ResourceSet::httpRoutes), visit(&ResourceSet::grpcRoutes), visit(&ResourceSet::tlsRoutes);
        visit(&ResourceSet::tcpRoutes), visit(&ResourceSet::udpRoutes), visit(&ResourceSet::referenceGrants);
        visit(&ResourceSet::backendTLSPolicies), visit(&ResourceSet::namespaces), visit(&ResourceSet::services);
        visit(&ResourceSet::endpointSlices), visit(&ResourceSet::secrets), visit(&ResourceSet::configMaps);
        visit(&ResourceSet::pods), visit(&ResourceSet::deployments), visit(&ResourceSet::others);
    }

    /// True when everything is shared: the sets are equal, and nothing was looked at. False says nothing.
    [[nodiscard]] bool sharesAllWith(const ResourceSet& other) const noexcept;
    /// Takes over from `previous` all that is equal, so that later stages see at once what is.
    void shareWith(const ResourceSet& previous);

    /// All routes of the five kinds in RouteKind order, then namespace/name. Lifetime: of this set.
    [[nodiscard]] std::vector<const Route*> routes() const;

    /// Labels of a namespace, with kubernetes.io/metadata.name always among them, also for a Namespace that no manifest
    /// defines (contract section 2).
    [[nodiscard]] std::map<std::string, std::string> namespaceLabels(const std::string& name) const;
};

} // namespace gatehouse::model
