#pragma once

#include "model/topology/topology.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/layout_plan.h"

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

/// Where an edge runs, in scene coordinates.
struct EdgeRoute {
    QPainterPath path; ///< from its beginning to its end
    QPointF labelAt;
    std::vector<QPointF> strands; ///< further listeners that join at the beginning
};

class EdgeLabelItem;

/// An attachment, a reference to a backend, or a policy's aim. The label is an item of its own, above all lines.
class EdgeItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    EdgeItem(EdgeKey key, const CanvasStyle& style);
    ~EdgeItem() override;

    void sync(const model::TopologyEdge& edge, const EdgeRoute& route);
    void setHighlighted(bool on);
    void setDimmed(bool on);
    void restyle();
    [[nodiscard]] EdgeLabelItem* label() const { return label_; }

    [[nodiscard]] const EdgeKey& key() const { return key_; }
    [[nodiscard]] const model::TopologyEdge& edge() const { return edge_; }
    [[nodiscard]] const EdgeLabel& labelText() const { return labelText_; }
    [[nodiscard]] QPen pen() const;
    [[nodiscard]] const QPainterPath& path() const { return path_; }

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const EdgeKey key_;
    const CanvasStyle& style_;
    model::TopologyEdge edge_;
    EdgeLabel labelText_;
    QPainterPath path_; ///< the line, strands included, up to the arrow
    QPolygonF arrow_;
    EdgeLabelItem* label_; ///< owned; a sibling in the scene
    bool highlighted_ = false;
};

/// The pill on an edge that says what the attachment is, or why it is refused.
class EdgeLabelItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 3 };
    EdgeLabelItem(const EdgeItem& owner, const CanvasStyle& style);

    void changed(QSizeF size, QPointF center);
    void setHighlighted(bool on);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const EdgeItem& owner_;
    const CanvasStyle& style_;
    QSizeF size_;
    bool highlighted_ = false;
};

} // namespace gatehouse::ui
