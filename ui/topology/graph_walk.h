#pragma once

#include "ui/document/topology_index.h"

#include <QRectF>

#include <optional>
#include <vector>

namespace gatehouse::ui {

enum class Step { Left, Right, Up, Down };

/// Where an arrow key leads from `node`: along an edge where one leads that way, else to the nearest card on that side.
/// `places` holds the rectangle of each node, empty for nodes that are not shown. Nothing when there is nowhere to go.
std::optional<std::uint32_t> walk(const TopologyIndex& index, const std::vector<QRectF>& places, std::uint32_t node,
                                  Step step);

} // namespace gatehouse::ui
