#pragma once

#include "model/topology/topology.h"
#include "ui/topology/canvas_marks.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/placement.h"

#include <QGraphicsItem>
#include <QPen>

#include <compare>

namespace gatehouse::ui {

/// Identity of an edge across reloads; `ordinal` tells several between the same ends apart.
struct EdgeKey {
    model::EdgeKind kind = model::EdgeKind::Attachment;
    model::ObjectKey from, to;
    int ordinal = 0;

    auto operator<=>(const EdgeKey&) const = default;
};

class EdgeLabelItem;
class EdgeTrafficItem;
struct TrafficNumbers;

/// An attachment, a reference to a backend, or a policy's aim. The label is an item of its own, above all lines.
class EdgeItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    EdgeItem(EdgeKey key, const CanvasStyle& style);
    ~EdgeItem() override;

    void sync(const model::TopologyEdge& edge, const EdgeRoute& route);
    void setRoute(const EdgeRoute& route);
    void setHighlighted(bool on);
    void setLit(bool on);                 ///< on the way of the request that is explained
    void setMark(const CanvasMark& mark); ///< what a comparison says of it
    [[nodiscard]] const CanvasMark& mark() const { return mark_; }
    void restyle();
    void setTraffic(const TrafficNumbers& numbers); ///< idle: none is shown
    void moveTraffic();                             ///< draws its points where CanvasStyle::trafficPhase has them now
    [[nodiscard]] const EdgeTrafficItem* traffic() const { return traffic_; } ///< null: none
    [[nodiscard]] bool highlighted() const { return highlighted_; }
    [[nodiscard]] bool lit() const { return lit_; }
    /// Recedes, because something else stands out.
    [[nodiscard]] bool dimmed() const { return style_.dimming && !highlighted_ && !lit_; }

    [[nodiscard]] const EdgeKey& key() const { return key_; }
    [[nodiscard]] const model::TopologyEdge& edge() const { return edge_; }
    [[nodiscard]] const EdgeLabel& labelText() const { return labelText_; }
    [[nodiscard]] QPen pen() const;
    /// Where the sign of its mark is drawn when it has no label.
    [[nodiscard]] QRectF markRect() const;
    /// Edges between namespaces are double lines: told apart without their colour as well.
    [[nodiscard]] bool doubled() const;
    [[nodiscard]] bool passesBy(const QRectF& exposed) const;
    [[nodiscard]] const QPainterPath& path() const { return path_; }
    [[nodiscard]] const EdgeRoute& route() const { return route_; }

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void refreshToolTip();

    const EdgeKey key_;
    const CanvasStyle& style_;
    model::TopologyEdge edge_;
    EdgeLabel labelText_;
    EdgeRoute route_;
    QPainterPath path_;        ///< the line, strands included, up to the arrow
    QList<QPolygonF> outline_; ///< the line as polygons, of which only what is in view is drawn
    QPolygonF arrow_;
    EdgeLabelItem* label_ = nullptr;     ///< owned; a sibling in the scene; null while there is nothing to say
    EdgeTrafficItem* traffic_ = nullptr; ///< the same
    CanvasMark mark_;
    bool highlighted_ = false, lit_ = false;
};

/// The pill on an edge that says what the attachment is, or why it is refused.
class EdgeLabelItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 3 };
    EdgeLabelItem(const EdgeItem& owner, const CanvasStyle& style);

    void changed(QSizeF size, QPointF center);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const EdgeItem& owner_;
    const CanvasStyle& style_;
    QSizeF size_;
};

} // namespace gatehouse::ui
