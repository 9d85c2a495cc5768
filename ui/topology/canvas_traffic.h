#pragma once

#include "ui/document/traffic_history.h"
#include "ui/topology/layout_plan.h"
#include "ui/topology/shown_graph.h"

#include <map>
#include <vector>

namespace gatehouse::ui {

/// Traffic as the canvas shows it: what is folded is counted together.
struct CanvasTraffic {
    std::vector<TrafficNumbers> nodes; ///< by node of what is shown
    std::vector<TrafficNumbers> edges; ///< by edge of the plan
    /// Of each listener of the Gateways that have any, by their nodes; as many as they have ports.
    std::map<std::uint32_t, std::vector<TrafficNumbers>> listeners;
};

/// Lays the traffic of the last seconds on what is drawn. A card that stands for several says what comes in: that of
/// its Gateways, else of its routes, else of its backends. Pure. Thread: any.
CanvasTraffic trafficOn(const TopologyIndex& whole, const ShownGraph& shown, const LayoutPlan& plan,
                        const TrafficNow& now);

} // namespace gatehouse::ui
