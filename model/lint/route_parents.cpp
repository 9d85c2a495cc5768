// A parentRef that is refused, or whose parent is missing, is noted by resolve(). Nothing notes a route that has none.

#include "model/lint/check.h"

namespace gatehouse::model::checks {

void routeParents(const Graph& graph, Findings& findings)
{
    for (const RouteNode& node : graph.routes)
        if (node.parents.empty())
            findings.add({*node.resource, "spec.parentRefs", placeOf(*node.resource, {"spec"})},
                         {lint_code::routeWithoutParent,
                          Severity::Warning,
                          "the route names no parent, so it attaches "
                          "nowhere and serves nothing",
                          {},
                          "name the Gateway in spec.parentRefs"});
}

} // namespace gatehouse::model::checks
