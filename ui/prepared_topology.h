#pragma once

#include "ui/document/topology_index.h"
#include "ui/models/navigator_model.h"

#include <memory>

namespace gatehouse::ui {

/// What the window's parts make of a topology before they show it: pure, and with thousands of objects too long for the
/// UI thread, where a key that is typed waits behind it. Immutable.
struct PreparedTopology {
    TopologyIndex index;
    NavigatorRows navigator;
};

/// Thread: any.
std::shared_ptr<const PreparedTopology> prepare(std::shared_ptr<const model::Topology> topology);

} // namespace gatehouse::ui
