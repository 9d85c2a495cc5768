#pragma once

#include "ui/topology/layout_plan.h"

#include <QPainterPath>
#include <QRectF>

#include <map>
#include <vector>

namespace gatehouse::ui {

/// Where an edge runs, in scene coordinates.
struct EdgeRoute {
    QPainterPath path; ///< from its beginning to its end
    QPointF labelAt;
    std::vector<QPointF> strands; ///< further listeners that join at the beginning
};

/// Where cards were put by hand: their top left corners, in scene coordinates.
using HandPlaces = std::map<model::ObjectKey, QPointF>;

/// Everything that has a place on the canvas, in scene coordinates; parallel to the vectors of the LayoutPlan.
struct Placement {
    std::vector<QRectF> cards;
    std::vector<EdgeRoute> routes;
    std::vector<QRectF> frames;
    QRectF content; ///< around all of it
};

/// What a placement is made of. Lifetime: of what it refers to.
struct PlacementInput {
    const ShownGraph& shown;
    const LayoutPlan& plan;
    const layout::Output& output;
    QPointF origin; ///< where the layout's (0, 0) comes to lie
    const HandPlaces& moved;
};

/// A layout, shifted, with what was moved by hand where it was put. Pure.
Placement place(const PlacementInput& input);
/// One edge, and one namespace's frame, between cards that are being moved.
EdgeRoute routeBetween(const ShownGraph& shown, const LayoutPlan& plan, std::size_t edge,
                       const std::vector<QRectF>& cards);
QRectF frameAround(const LayoutPlan& plan, std::size_t frame, const std::vector<QRectF>& cards);

} // namespace gatehouse::ui
