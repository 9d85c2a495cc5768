#pragma once

#include "model/api/core.h"
#include "model/api/gateway.h"
#include "model/api/routes.h"

#include <map>
#include <memory>
#include <vector>

namespace gatehouse::model {

template <class T>
using ResourceMap = std::map<ObjectName, std::shared_ptr<const T>>;

/// All resources of one moment, by kind, sorted by namespace/name so that everything derived is deterministic whatever
/// the order of files. Lifetime: shared as shared_ptr<const ResourceSet>; two sets may share their resources.
/// Thread: filled by one importer, then immutable.
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
    std::map<ObjectKey, std::shared_ptr<const OtherResource>> others;

    /// Every resource in order of kind (the order of the members above), then name. Calls visit(const Resource&).
    template <class Visit>
    void forEach(Visit&& visit) const
    {
        const auto each = [&](const auto& map) {
            for (const auto& [name, resource] : map)
                visit(static_cast<const Resource&>(*resource));
        };
        each(gatewayClasses), each(gateways), each(listenerSets), each(httpRoutes), each(grpcRoutes), each(tlsRoutes);
        each(tcpRoutes), each(udpRoutes), each(referenceGrants), each(backendTLSPolicies), each(namespaces);
        each(services), each(endpointSlices), each(secrets), each(configMaps), each(pods), each(deployments);
        each(others);
    }

    /// All routes of the five kinds in RouteKind order, then namespace/name. Lifetime: of this set.
    [[nodiscard]] std::vector<const Route*> routes() const;

    /// Labels of a namespace, with kubernetes.io/metadata.name always among them, also for a Namespace that no manifest
    /// defines (contract section 2).
    [[nodiscard]] std::map<std::string, std::string> namespaceLabels(const std::string& name) const;
};

} // namespace gatehouse::model
