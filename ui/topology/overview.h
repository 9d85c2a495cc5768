#pragma once

#include "ui/theme.h"
#include "ui/topology/scene_items.h"

#include <QLineF>
#include <QPainter>

#include <vector>

namespace gatehouse::ui {

/// The canvas as plain shapes in flat arrays, for the map in the corner and for looking at thousands of cards at once:
/// a few batched calls to the painter, where items would cost some microseconds each.
struct Overview {
    struct Card {
        QRectF rect;
        model::NodeKind kind = model::NodeKind::Other;
        model::Health health = model::Health::Good;
        ChangeMark mark = ChangeMark::None; ///< of a comparison
    };
    struct Frame {
        QRectF rect;
        QString name;
    };
    enum class Line : std::uint8_t { Plain, Across, Policy, Refused };
    static constexpr std::size_t lineKinds = 4;

    std::vector<Frame> frames;
    std::vector<Card> cards;
    std::vector<QLineF> lines[lineKinds]; ///< by Line
    QRectF content;
};

Overview overviewOf(const Picture& picture);

/// Which lines are drawn: all that cross what is exposed, or only those that end there. Of thousands that merely pass
/// by, none can be followed.
enum class LineChoice : std::uint8_t { Crossing, Ending };

/// The lines alone.
void paintLines(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed,
                LineChoice choice);
/// Draws what lies in `exposed` (scene coordinates); the painter's transform is the scene's. `names`: those of
/// namespaces as well.
void paintOverview(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed, bool names);

} // namespace gatehouse::ui
