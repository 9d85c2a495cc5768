#include "ui/topology/edge_item.h"

#include "ui/document/words.h"
#include "ui/icons.h"

#include <QGraphicsScene>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr double arrowLength = 9;
constexpr double arrowHalfWidth = 4.2;
/// How far from the card the lines of several listeners run together.
constexpr double joinLength = 34;

QPolygonF arrowAt(const QPainterPath& path)
{
    const QPointF tip = path.pointAtPercent(1);
    const QPointF before = path.pointAtPercent(path.percentAtLength(std::max(0.0, path.length() - arrowLength)));
    QPointF along = tip - before;
    const double length = std::hypot(along.x(), along.y());
    if (length < 0.001)
        return {};
    along /= length;
    const QPointF across(-along.y(), along.x());
    const QPointF base = tip - along * arrowLength;
    return QPolygonF{{tip, base + across * arrowHalfWidth, base - across * arrowHalfWidth}};
}

} // namespace

EdgeItem::EdgeItem(EdgeKey key, const CanvasStyle& style)
    : key_(std::move(key)), style_(style), label_(new EdgeLabelItem(*this, style))
{
    setFlag(ItemUsesExtendedStyleOption);
    setZValue(1);
}

EdgeItem::~EdgeItem()
{
    delete label_;
}

void EdgeItem::sync(const model::TopologyEdge& edge, const EdgeRoute& route)
{
    prepareGeometryChange();
    edge_ = edge;
    labelText_ = edgeLabel(edge, style_.fonts);
    path_ = route.path;
    arrow_ = path_.isEmpty() ? QPolygonF() : arrowAt(path_);
    if (!path_.isEmpty()) {
        const double joined = path_.percentAtLength(std::min(joinLength, path_.length() / 3));
        const QPointF join = path_.pointAtPercent(joined);
        const QPointF ahead = path_.pointAtPercent(std::min(1.0, joined + 0.001)) - join;
        const double length = std::max(0.001, std::hypot(ahead.x(), ahead.y()));
        for (const QPointF& start : route.strands) {
            path_.moveTo(start);
            path_.cubicTo(start + QPointF(joinLength * 0.55, 0), join - ahead / length * joinLength * 0.5, join);
        }
    }
    const QString tip = edgeToolTip(edge_);
    setToolTip(tip);
    label_->setToolTip(tip);
    label_->changed(labelText_.size, route.labelAt);
    update();
}

void EdgeItem::setHighlighted(bool on)
{
    if (highlighted_ == on)
        return;
    highlighted_ = on;
    setZValue(on ? 1.5 : 1);
    label_->setHighlighted(on);
    update();
}

void EdgeItem::setDimmed(bool on)
{
    setOpacity(on ? 0.42 : 1);
    label_->setOpacity(on ? 0.5 : 1);
}

void EdgeItem::restyle()
{
    update();
    label_->update();
}

QPen EdgeItem::pen() const
{
    const Theme& theme = style_.theme;
    QColor color = edge_.crossNamespace ? theme.edgeCross : theme.edge;
    double width = edge_.crossNamespace ? 1.9 : 1.5;
    Qt::PenStyle line = Qt::SolidLine;
    if (edge_.kind == model::EdgeKind::Policy) {
        color = theme.policy;
        line = Qt::DotLine;
    }
    if (edge_.rejected) {
        color = theme.bad;
        line = Qt::DashLine;
    }
    if (highlighted_) {
        width += 1.0;
        if (!edge_.rejected)
            color = theme.accent;
    }
    QPen pen(color, width, line, Qt::RoundCap, Qt::RoundJoin);
    if (line == Qt::DashLine)
        pen.setDashPattern({4.5, 3.5});
    return pen;
}

QRectF EdgeItem::boundingRect() const
{
    return path_.boundingRect().united(arrow_.boundingRect()).adjusted(-4, -4, 4, 4);
}

QPainterPath EdgeItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    return stroker.createStroke(path_);
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const QPen line = pen();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path_);
    painter->setPen(QPen(line.color(), 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(edge_.rejected ? style_.theme.canvas : line.color());
    painter->drawPolygon(arrow_);
}

EdgeLabelItem::EdgeLabelItem(const EdgeItem& owner, const CanvasStyle& style) : owner_(owner), style_(style)
{
    setFlag(ItemUsesExtendedStyleOption);
    setZValue(3);
}

void EdgeLabelItem::changed(QSizeF size, QPointF center)
{
    prepareGeometryChange();
    size_ = size;
    setVisible(!size.isEmpty());
    setPos(center);
    update();
}

void EdgeLabelItem::setHighlighted(bool on)
{
    highlighted_ = on;
    update();
}

QRectF EdgeLabelItem::boundingRect() const
{
    return QRectF(-size_.width() / 2 - 1, -size_.height() / 2 - 1, size_.width() + 2, size_.height() + 2);
}

void EdgeLabelItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.34)
        return;
    const Theme& theme = style_.theme;
    const EdgeLabel& label = owner_.labelText();
    const QColor color = label.refused                  ? theme.bad
                         : highlighted_                 ? theme.accent
                         : owner_.edge().crossNamespace ? theme.edgeCross
                                                        : theme.muted;
    const QRectF rect(-size_.width() / 2, -size_.height() / 2, size_.width(), size_.height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(mixed(color, theme.card, label.refused || highlighted_ ? 0.7 : 0.4), 1));
    painter->setBrush(label.refused ? theme.badSoft : theme.card);
    painter->drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    QRectF text = rect;
    if (label.refused) {
        paintIcon(*painter, QStringLiteral("refused"), QRectF(rect.left() + 6, -6.5, 13, 13), color);
        text.setLeft(rect.left() + 17);
    }
    painter->setFont(style_.fonts.badge);
    painter->setPen(color);
    painter->drawText(text, Qt::AlignCenter | Qt::TextSingleLine, label.text);
}

} // namespace gatehouse::ui
