#pragma once

#include "model/graph/resolve_passes.h"

#include <string>
#include <vector>

namespace gatehouse::model {

/// One parentRef of a route.
struct RouteParent {
    const Route& route;
    std::size_t index;
};

/// What to change so that a refused parentRef attaches, for people: the one field where one is enough, with the value
/// that it needs, in the route rather than in the Gateway; else every field that stands between the route and the
/// nearest listener. `listeners` are those of the parent; entries of ListenerSets among a Gateway's are left out unless
/// `ofSet`. "" when there is no listener at all.
std::string smallestMend(ResolveContext& context, const RouteParent& parent,
                         const std::vector<ListenerIndex>& listeners, bool ofSet);

/// The same for a parent that does not exist: its namespace when one of that name is elsewhere, a name that is near, or
/// that it is to be added.
std::string missingParentAdvice(const ResourceSet& resources, const ParentReference& ref, const ObjectName& name,
                                const std::string& fieldPath);

} // namespace gatehouse::model
