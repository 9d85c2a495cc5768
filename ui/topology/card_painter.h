#pragma once

#include "model/topology/topology.h"
#include "ui/document/test_report.h"
#include "ui/document/traffic_history.h"
#include "ui/topology/canvas_light.h"
#include "ui/topology/canvas_marks.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/card_metrics.h"

#include <QPainter>
#include <QPainterPath>

#include <span>

namespace gatehouse::ui {

/// Everything that a card's looks depend on.
struct CardLook {
    const model::TopologyNode& node;
    const CardGeometry& geometry;
    const CanvasStyle& style;
    CardExtras extras;
    bool selected = false;
    bool hovered = false; ///< under the pointer, or beside the card that is
    Light light = Light::None;
    QString lostBecause;
    double detail = 1;                                    ///< pixels of the screen for one of the scene
    const CanvasMark* mark = nullptr;                     ///< of a comparison; null: none
    const RouteCoverage* coverage = nullptr;              ///< how many of a route's rules are tested; null: not known
    std::span<const TrafficNumbers> listenerTraffic = {}; ///< of each row of a Gateway; empty: of none
};

/// The outline by which kinds are told apart: Gateways and routes are cards, backends capsules, policies have cut
/// corners.
QPainterPath cardOutline(model::NodeKind kind, const QRectF& rect);

/// How far marks stick out of a card's edge, in scene pixels.
inline constexpr double markOverhang = 12;

void paintCard(QPainter& painter, const CardLook& look);
/// Whether a card of the one cannot be told from a card of the other.
bool looksAlike(const model::TopologyNode& a, const model::TopologyNode& b);

} // namespace gatehouse::ui
