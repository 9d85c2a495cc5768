#pragma once

#include "ui/topology/canvas_style.h"
#include "ui/topology/card_metrics.h"

#include <QGraphicsObject>

namespace gatehouse::ui {

/// One object on the canvas. It shows what sync() gave it and edits nothing. Identity: its ObjectKey, across reloads.
class NodeItem final : public QGraphicsObject {
    Q_OBJECT
public:
    enum { Type = UserType + 1 };
    NodeItem(model::ObjectKey key, const CanvasStyle& style);

    void sync(const model::TopologyNode& node, const CardGeometry& geometry);
    void setHighlighted(bool on);
    void restyle() { update(); }

    [[nodiscard]] const model::ObjectKey& key() const { return node_.key; }
    [[nodiscard]] const model::TopologyNode& node() const { return node_; }
    [[nodiscard]] const CardGeometry& geometry() const { return geometry_; }
    [[nodiscard]] QRectF cardRect() const { return QRectF(QPointF(), geometry_.size); } ///< in item coordinates

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

signals:
    void hovered(bool inside);
    void activated(); ///< double-clicked

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;

private:
    const CanvasStyle& style_; ///< the scene's, which outlives its items
    model::TopologyNode node_;
    CardGeometry geometry_;
    bool highlighted_ = false;
};

} // namespace gatehouse::ui
