#pragma once

#include "ui/document/topology_index.h"
#include "ui/layout/layout.h"
#include "ui/topology/card_metrics.h"
#include "ui/topology/shown_graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::ui {

/// More edges than this are drawn as plain lines without labels; what is refused keeps its own.
inline constexpr std::size_t mostEdgeItems = 600;

/// How an edge is labelled on the canvas.
struct EdgeLabel {
    QString text; ///< "1:n", "NotAllowedByListeners", "80 %"; empty: none
    QString hint; ///< of a refused one: what would mend it, cut to the label's width
    bool refused = false;
    bool granted = false; ///< a ReferenceGrant allows it
    QSizeF size;          ///< of the drawn label; empty when there is none
};
EdgeLabel edgeLabel(const model::TopologyEdge& edge, const CanvasFonts& fonts);

/// "1:1", "1:n", "n:1" or "n:n".
QString relationMark(model::Relation relation);

/// A topology, or the part of it that is shown, as boxes and edges; and which of them came from where.
struct LayoutPlan {
    layout::Input input;
    std::vector<std::uint32_t> nodes;    ///< of each box
    std::vector<CardGeometry> geometry;  ///< of each box
    std::vector<std::uint32_t> edges;    ///< of each input edge
    std::vector<bool> reversed;          ///< laid out against its direction
    std::vector<std::string> namespaces; ///< of each cluster
};

/// What cards show besides their node. `targets` may be null.
CardExtras extrasOf(const ShownGraph& shown, std::uint32_t node, const LocalTargets* targets);

/// `trafficRoom`: edges keep room for what goes over them. Pure; UI thread, as it measures text.
LayoutPlan planLayout(const ShownGraph& shown, const LocalTargets* targets, const CanvasFonts& fonts,
                      layout::Direction direction, bool trafficRoom = false);

/// What stands behind a namespace's name on its frame: "2 Gateways \u00b7 14 routes".
QString factsText(const NamespaceFacts& facts);

/// Whose a namespace is: "payments", "shop.yaml"; "" where nothing says it.
QString ownerText(const NamespaceFacts& facts);
/// What stands on a frame around that: an icon and gaps.
inline constexpr double frameOwnerRoom = 36;

/// The rows of a Gateway that an attachment starts from; empty when it names none of them.
std::vector<std::size_t> portRows(const model::TopologyNode& gateway, const model::TopologyEdge& edge);

} // namespace gatehouse::ui
