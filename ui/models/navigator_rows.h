#pragma once

#include "ui/models/navigator_model.h"

namespace gatehouse::ui {

/// The Navigator's tree of a topology, in order. Pure. Thread: UI, as its texts are translated.
std::vector<TreeRow<NavigatorEntry>> navigatorRows(const TopologyIndex& index);

} // namespace gatehouse::ui
