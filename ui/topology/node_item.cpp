#include "ui/topology/node_item.h"

#include "ui/document/words.h"
#include "ui/topology/card_painter.h"

#include <QGraphicsSceneMouseEvent>
#include <QStyleOptionGraphicsItem>

namespace gatehouse::ui {

NodeItem::NodeItem(model::ObjectKey key, const CanvasStyle& style) : style_(style)
{
    node_.key = std::move(key);
    setFlags(ItemIsSelectable | ItemIsFocusable | ItemUsesExtendedStyleOption);
    setAcceptHoverEvents(true);
    setZValue(2);
}

void NodeItem::sync(const model::TopologyNode& node, const CardGeometry& geometry)
{
    if (geometry.size != geometry_.size)
        prepareGeometryChange();
    node_ = node;
    geometry_ = geometry;
    setToolTip(nodeToolTip(node_));
    update();
}

void NodeItem::setHighlighted(bool on)
{
    if (highlighted_ == on)
        return;
    highlighted_ = on;
    update();
}

QRectF NodeItem::boundingRect() const
{
    // Selection ring, shadow and the sockets of the listeners lie outside of the card.
    return cardRect().adjusted(-6, -6, 6, 8);
}

QPainterPath NodeItem::shape() const
{
    return cardOutline(node_.kind, cardRect());
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    paintCard(*painter, {node_, geometry_, style_, isSelected(), highlighted_, detail});
}

void NodeItem::hoverEnterEvent(QGraphicsSceneHoverEvent*)
{
    emit hovered(true);
}

void NodeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*)
{
    emit hovered(false);
}

void NodeItem::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    event->accept();
    if (event->button() == Qt::LeftButton)
        emit activated();
}

} // namespace gatehouse::ui
