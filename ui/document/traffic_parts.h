#pragma once

#include "ui/document/topology_index.h"
#include "ui/document/traffic_history.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// A part of an object's traffic that is counted for itself.
struct TrafficPart {
    QString title; ///< "http", "through infra/shared", "to team-a/shop"; "" of all of it
    TrafficKey key;
    bool operator==(const TrafficPart&) const = default;
};

/// All of a Gateway's, a route's or a backend's traffic, then that of each listener, of each Gateway that a route comes
/// in through, and of each way between a route and a backend. Of a ListenerSet that of its listeners. Empty for what
/// takes none. Pure. Thread: any.
std::vector<TrafficPart> trafficParts(const TopologyIndex& index, std::uint32_t node);

} // namespace gatehouse::ui
