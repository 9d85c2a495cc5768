#pragma once

#include "model/base/shared_map.h"
#include "model/graph/graph.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::model {

/// Orders routes as a graph does.
struct RouteKey {
    RouteKind kind = RouteKind::HTTPRoute;
    ObjectName name;
    auto operator<=>(const RouteKey&) const = default;
};
inline RouteKey keyOf(const Route& route)
{
    return {route.kind, route.key.name};
}

/// Notes on one route, by the pass that made them.
struct RouteNotes {
    std::vector<Diagnostic> backends, attachment;
};

/// What resolve() would else have to find out again: notes by pass and numbers that all routes make together.
/// Lifetime: shared by a graph and the next resolve(). Thread: immutable.
struct ResolveMemo {
    ResolveOptions options;
    std::shared_ptr<const char> gateways = std::make_shared<const char>(); ///< the same while Gateways are taken over
    std::vector<Diagnostic> early;                                         ///< of the passes before routes
    SharedMap<RouteKey, std::shared_ptr<const RouteNotes>> ofRoutes;       ///< routes with notes
    std::vector<Diagnostic> conflicts, policies;
    std::vector<RouteKey> conflicted; ///< routes that a listener refused for one of another kind; sorted
    struct Kinds {
        std::uint32_t http = 0, grpc = 0;
        [[nodiscard]] bool both() const noexcept { return http > 0 && grpc > 0; }
    };
    std::vector<Kinds> kindsOn;          ///< by listener: attachments before kinds excluded each other
    std::vector<std::uint32_t> routesOf; ///< by Gateway: routes that are accepted there
};

} // namespace gatehouse::model
