#pragma once

#include "model/api/resource_set.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

/// What a reference is for.
enum class ReferenceRole : std::uint8_t {
    Class,             ///< a Gateway's GatewayClass
    Parent,            ///< parentRefs of routes, parentRef of a ListenerSet
    Backend,           ///< backendRefs
    Mirror,            ///< RequestMirror's backendRef
    Auth,              ///< ExternalAuth's backendRef
    Filter,            ///< ExtensionRef
    Certificate,       ///< a listener's certificateRefs
    ClientCertificate, ///< what a Gateway shows to its backends
    CaCertificate,     ///< whom a listener, or a BackendTLSPolicy, trusts
    Parameters,        ///< parametersRef
    Target,            ///< targetRefs of policies
    Endpoints,         ///< an EndpointSlice's Service
};

/// One reference of an object to another, as the manifests write it; nothing says that it may be used.
struct Reference {
    ReferenceRole role = ReferenceRole::Backend;
    ObjectKey from, to;
    std::string fieldPath;          ///< in `from`: "spec.rules[0].backendRefs[1]"
    SourceLocation location;        ///< of the reference
    bool exists = false;            ///< `to` is in the set
    bool needsGrant = false;        ///< it leaves its namespace, and its role wants a ReferenceGrant for that
    std::optional<ObjectKey> grant; ///< the one that allows it; nothing when it needs none, or there is none
};

/// Every reference between objects of a set, in order of the objects (ResourceSet::forEach) and of their fields.
/// A GatewayClass that no manifest defines does not exist here, though it is assumed. Pure. Cost: linear in references.
/// Thread: any.
std::vector<Reference> references(const ResourceSet& resources);

} // namespace gatehouse::model
