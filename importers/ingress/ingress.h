#pragma once

#include "importers/object_reader.h"

#include <string>
#include <vector>

namespace gatehouse::importers {

/// What the conversion cannot know from the objects.
struct IngressOptions {
    /// Where Gateways go; "": the namespace of all Ingresses of a class, and "default" where they lie in several.
    std::string gatewayNamespace;
    std::string gatewayClass;         ///< of every Gateway; "": the name of the IngressClass
    std::vector<std::string> classes; ///< only Ingresses of these classes; empty: of all
};

/// Gateway API objects that route as the Ingresses did, and what could not be carried over.
struct IngressConversion {
    /// Gateways, ListenerSets, ReferenceGrants, HTTPRoutes and GRPCRoutes, each sorted by namespace and name.
    std::vector<model::Value> objects;
    /// By file, line and column. Error: requests would go elsewhere, or fail, until it is mended. Warning: something
    /// else that the Ingress said is lost. Info: what differs in ways that few will notice.
    std::vector<model::Diagnostic> diagnostics;
    std::size_t ingresses = 0; ///< converted
};

/// Turns Ingresses and IngressClasses (networking.k8s.io/v1) among `objects` into Gateway API objects; Services among
/// them give the numbers of named ports; everything else is left aside.
///
/// One Gateway a class. Each host has listeners of its own, and routes bind to them by name, because an Ingress decides
/// by the host first: what no path of a host serves does not go to a wildcard's paths. Two Ingresses with the same host
/// and path: the older wins (creationTimestamp, then namespace and name), and the other is reported. A path whose
/// backend cannot be found keeps its match, without a backend, so that its requests fall to no other.
/// Errors: all in IngressConversion::diagnostics. Thread: any; a pure function.
IngressConversion convertIngress(const std::vector<SourceObject>& objects, const IngressOptions& options);

} // namespace gatehouse::importers
