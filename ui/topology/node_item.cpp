#include "ui/topology/node_item.h"

#include "ui/document/words.h"
#include "ui/topology/card_painter.h"
#include "ui/topology/edge_traffic.h"

#include <QApplication>
#include <QGraphicsSceneMouseEvent>
#include <QStyleOptionGraphicsItem>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// As in card_painter.cpp: below it texts are not readable.
constexpr double readableDetail = 0.34;

} // namespace

NodeItem::NodeItem(model::ObjectKey key, const CanvasStyle& style) : style_(style)
{
    node_.key = std::move(key);
    setFlags(ItemIsSelectable | ItemIsFocusable | ItemUsesExtendedStyleOption);
    setAcceptHoverEvents(true);
    setZValue(2);
}

void NodeItem::sync(const model::TopologyNode& node, const CardGeometry& geometry, const CardExtras& extras)
{
    if (geometry.size != geometry_.size || group_.has_value() != (extras.group != nullptr))
        prepareGeometryChange();
    auto group = extras.group ? std::optional(*extras.group) : std::nullopt;
    auto target = extras.target ? std::optional(*extras.target) : std::nullopt;
    const bool other = !looksAlike(node, node_) || geometry != geometry_ || target != target_ ||
                       group.has_value() != group_.has_value() || (group && group->role != group_->role);
    node_ = node;
    geometry_ = geometry;
    group_ = std::move(group);
    target_ = std::move(target);
    if (!toolTip().isEmpty())
        refreshToolTip();
    if (other)
        changed();
}

/// Made when somebody may read it: thousands of cards never are.
void NodeItem::refreshToolTip()
{
    QString tip = nodeToolTip(node_);
    if (!lostBecause_.isEmpty())
        tip += tr("<div>Lost: %1</div>").arg(lostBecause_.toHtmlEscaped());
    if (mark_.any())
        tip += tr("<div>Difference: %1</div>").arg(mark_.text.toHtmlEscaped());
    if (coverage_)
        tip += QStringLiteral("<div>%1</div>").arg(coverage_->text().toHtmlEscaped());
    if (!trafficText_.isEmpty())
        tip += tr("<div>Traffic: %1</div>").arg(trafficText_.toHtmlEscaped());
    for (std::size_t port = 0; port < listenerTraffic_.size() && port < node_.ports.size(); ++port)
        if (const QString text = ui::trafficText(listenerTraffic_[port]); !text.isEmpty())
            tip += tr("<div>Traffic of listener %1: %2</div>")
                       .arg(QString::fromStdString(node_.ports[port].name).toHtmlEscaped(), text.toHtmlEscaped());
    setToolTip(tip);
}

void NodeItem::setHighlighted(bool on)
{
    if (highlighted_ == on)
        return;
    highlighted_ = on;
    changed();
}

void NodeItem::setLight(Light light, const QString& why)
{
    if (light == light_ && why == lostBecause_)
        return;
    prepareGeometryChange();
    light_ = light;
    lostBecause_ = why;
    refreshToolTip();
    changed();
}

void NodeItem::setTraffic(const TrafficNumbers& numbers, std::vector<TrafficNumbers> listeners)
{
    if (numbers.idle() && traffic_.idle())
        return;
    prepareGeometryChange();
    traffic_ = numbers;
    listenerTraffic_ = std::move(listeners);
    trafficText_ = ui::trafficText(numbers);
    if (!toolTip().isEmpty())
        refreshToolTip();
    changed();
}

void NodeItem::setMark(const CanvasMark& mark)
{
    if (mark == mark_)
        return;
    prepareGeometryChange();
    mark_ = mark;
    if (!toolTip().isEmpty())
        refreshToolTip();
    changed();
}

void NodeItem::setCoverage(const std::optional<RouteCoverage>& coverage)
{
    if (coverage == coverage_)
        return;
    prepareGeometryChange();
    coverage_ = coverage;
    if (!toolTip().isEmpty())
        refreshToolTip();
    changed();
}

QRectF NodeItem::boundingRect() const
{
    return withoutTraffic().united(trafficPill().adjusted(-1, -1, 1, 1));
}

/// On the upper edge, where no text is.
QRectF NodeItem::trafficPill() const
{
    if (traffic_.idle())
        return withoutTraffic();
    const QSizeF size = trafficPillSize(trafficText_, style_.fonts);
    const double width = std::min(size.width(), geometry_.size.width() - 20);
    return {geometry_.size.width() - 10 - width, -size.height() * 0.6, width, size.height()};
}

QRectF NodeItem::withoutTraffic() const
{
    // What sticks out: a mark above, the tested rules below.
    const double above = mark_.any() ? -markOverhang : 0, below = coverage_ ? markOverhang : 0;
    if (light_ != Light::None) // the ring, and the reason on the lower edge
        return cardRect().adjusted(-8, std::min(-8.0, above), 10, 16);
    // Selection ring, shadow and the sockets of the listeners lie outside of the card.
    return group_ ? cardRect().adjusted(-6, std::min(-6.0, above), 10, std::max(10.0, below))
                  : cardRect().adjusted(-6, std::min(-6.0, above), 6, std::max(8.0, below));
}

QPainterPath NodeItem::shape() const
{
    return cardOutline(node_.kind, cardRect());
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget)
{
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    const auto draw = [&](QPainter& on) {
        const CardExtras extras{group_ ? &*group_ : nullptr, target_ ? &*target_ : nullptr};
        paintCard(on, {node_, geometry_, style_, extras, isSelected(), highlighted_, light_, lostBecause_, detail,
                       &mark_, coverage_ ? &*coverage_ : nullptr, listenerTraffic_});
        if (!traffic_.idle() && detail >= readableDetail)
            paintTrafficPill(on, trafficPill(), traffic_, trafficText_, style_);
    };
    if (widget)
        pixels_.paint(*painter, boundingRect(), draw);
    else
        draw(*painter);
}

void NodeItem::changed()
{
    pixels_.drop();
    update();
}

QVariant NodeItem::itemChange(GraphicsItemChange change, const QVariant& value)
{
    if (change == ItemSelectedHasChanged)
        pixels_.drop();
    return QGraphicsObject::itemChange(change, value);
}

void NodeItem::hoverEnterEvent(QGraphicsSceneHoverEvent*)
{
    refreshToolTip();
    emit hovered(true);
}

void NodeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*)
{
    emit hovered(false);
}

void NodeItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    QGraphicsObject::mousePressEvent(event);
    if (event->button() == Qt::LeftButton)
        grabbedAt_ = pos();
}

void NodeItem::mouseMoveEvent(QGraphicsSceneMouseEvent* event)
{
    if (!grabbedAt_)
        return;
    const QPoint moved = event->screenPos() - event->buttonDownScreenPos(Qt::LeftButton);
    dragging_ = dragging_ || moved.manhattanLength() >= QApplication::startDragDistance();
    if (dragging_)
        emit dragged(*grabbedAt_ + event->scenePos() - event->buttonDownScenePos(Qt::LeftButton));
}

void NodeItem::mouseReleaseEvent(QGraphicsSceneMouseEvent* event)
{
    QGraphicsObject::mouseReleaseEvent(event);
    grabbedAt_.reset();
    if (std::exchange(dragging_, false))
        emit dropped();
}

void NodeItem::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    event->accept();
    if (event->button() == Qt::LeftButton)
        emit activated();
}

} // namespace gatehouse::ui
