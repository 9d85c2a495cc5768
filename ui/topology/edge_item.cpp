#include "ui/topology/edge_item.h"

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/topology/edge_traffic.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>
#include <utility>

namespace gatehouse::ui {
namespace {

constexpr double arrowLength = 9;
constexpr double arrowHalfWidth = 4.2;
/// Below so many pixels a scene pixel, lines are thin and pale.
constexpr double quietDetail = 0.5;
/// The sign of what became of an edge.
constexpr double markSize = 16;
/// How far from the card the lines of several listeners run together.
constexpr double joinLength = 34;

/// At the end of a line of cubics, in its direction there.
QPolygonF arrowAt(const QPainterPath& path)
{
    const QPointF tip = path.currentPosition();
    QPointF along;
    double length = 0;
    for (int i = path.elementCount() - 2; i >= 0 && length < 0.001; --i) {
        along = tip - QPointF(path.elementAt(i));
        length = std::hypot(along.x(), along.y());
    }
    if (length < 0.001)
        return {};
    along /= length;
    const QPointF across(-along.y(), along.x());
    const QPointF base = tip - along * arrowLength;
    return QPolygonF{{tip, base + across * arrowHalfWidth, base - across * arrowHalfWidth}};
}

bool touches(const QPointF& a, const QPointF& b, const QRectF& rect)
{
    return std::max(a.x(), b.x()) >= rect.left() && std::min(a.x(), b.x()) <= rect.right() &&
           std::max(a.y(), b.y()) >= rect.top() && std::min(a.y(), b.y()) <= rect.bottom();
}

/// Only the runs of a line that are in view: Qt strokes a path in full before it clips it, which took up to a
/// millisecond for a long edge.
void drawExposed(QPainter& painter, const QList<QPolygonF>& outline, const QRectF& exposed)
{
    for (const QPolygonF& polygon : outline) {
        for (qsizetype i = 0; i + 1 < polygon.size();) {
            if (!touches(polygon[i], polygon[i + 1], exposed)) {
                ++i;
                continue;
            }
            qsizetype end = i + 1;
            while (end + 1 < polygon.size() && touches(polygon[end], polygon[end + 1], exposed))
                ++end;
            painter.drawPolyline(polygon.constData() + i, static_cast<int>(end - i + 1));
            i = end;
        }
    }
}

void paintEdgeMark(QPainter& painter, const Theme& theme, const CanvasMark& mark, const QRectF& rect)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.softOf(iconOf(mark)));
    painter.drawEllipse(rect);
    paintIcon(painter, iconName(iconOf(mark)), rect.adjusted(1, 1, -1, -1), theme.of(iconOf(mark)));
}

} // namespace

EdgeItem::EdgeItem(EdgeKey key, const CanvasStyle& style) : key_(std::move(key)), style_(style)
{
    setFlag(ItemUsesExtendedStyleOption);
    setZValue(1);
}

EdgeItem::~EdgeItem()
{
    delete label_;
    delete traffic_;
}

void EdgeItem::sync(const model::TopologyEdge& edge, const EdgeRoute& route)
{
    edge_ = edge;
    labelText_ = edgeLabel(edge, style_.fonts);
    if (labelText_.size.isEmpty()) {
        delete std::exchange(label_, nullptr);
    } else if (!label_) {
        label_ = new EdgeLabelItem(*this, style_);
        scene()->addItem(label_);
    }
    refreshToolTip();
    setRoute(route);
}

void EdgeItem::refreshToolTip()
{
    QString tip = edgeToolTip(edge_);
    if (mark_.any())
        tip += QCoreApplication::translate("edge", "<div>Difference: %1</div>").arg(mark_.text.toHtmlEscaped());
    setToolTip(tip);
    if (label_)
        label_->setToolTip(tip);
}

void EdgeItem::setMark(const CanvasMark& mark)
{
    if (mark == mark_)
        return;
    prepareGeometryChange();
    mark_ = mark;
    refreshToolTip();
    restyle();
}

QRectF EdgeItem::markRect() const
{
    const QPointF middle = route_.path.isEmpty() ? QPointF() : route_.path.pointAtPercent(0.5);
    return {middle - QPointF(markSize / 2, markSize / 2), QSizeF(markSize, markSize)};
}

void EdgeItem::setRoute(const EdgeRoute& route)
{
    prepareGeometryChange();
    route_ = route;
    path_ = route.path;
    arrow_ = path_.isEmpty() ? QPolygonF() : arrowAt(path_);
    if (!route.strands.empty() && !path_.isEmpty()) {
        const double joined = path_.percentAtLength(std::min(joinLength, path_.length() / 3));
        const QPointF join = path_.pointAtPercent(joined);
        const QPointF ahead = path_.pointAtPercent(std::min(1.0, joined + 0.001)) - join;
        const double length = std::max(0.001, std::hypot(ahead.x(), ahead.y()));
        for (const QPointF& start : route.strands) {
            path_.moveTo(start);
            path_.cubicTo(start + QPointF(joinLength * 0.55, 0), join - ahead / length * joinLength * 0.5, join);
        }
    }
    // Twice as fine as the scene's pixels: smooth up to 200 %.
    outline_ = path_.toSubpathPolygons(QTransform::fromScale(2, 2));
    for (QPolygonF& polygon : outline_)
        polygon = QTransform::fromScale(0.5, 0.5).map(polygon);
    if (label_)
        label_->changed(labelText_.size, route.labelAt);
    if (traffic_)
        traffic_->setPath(route_.path, route_.labelAt, labelText_.size);
    update();
}

void EdgeItem::setTraffic(const TrafficNumbers& numbers)
{
    if (numbers.idle()) {
        delete std::exchange(traffic_, nullptr);
        return;
    }
    if (!traffic_) {
        traffic_ = new EdgeTrafficItem(style_);
        scene()->addItem(traffic_);
        traffic_->setPath(route_.path, route_.labelAt, labelText_.size);
    }
    traffic_->sync(numbers);
}

void EdgeItem::moveTraffic()
{
    if (traffic_)
        traffic_->update();
}

void EdgeItem::setHighlighted(bool on)
{
    if (highlighted_ == on)
        return;
    highlighted_ = on;
    setZValue(on || lit_ ? 1.5 : 1);
    restyle();
}

void EdgeItem::setLit(bool on)
{
    if (lit_ == on)
        return;
    lit_ = on;
    setZValue(on || highlighted_ ? 1.5 : 1);
    restyle();
}

void EdgeItem::restyle()
{
    update();
    if (label_)
        label_->update();
    if (traffic_)
        traffic_->update();
}

bool EdgeItem::doubled() const
{
    return edge_.crossNamespace && !edge_.rejected && !lit_ && edge_.kind != model::EdgeKind::Policy;
}

QPen EdgeItem::pen() const
{
    const Theme& theme = style_.theme;
    QColor color = edge_.crossNamespace ? theme.edgeCross : theme.edge;
    double width = doubled() ? 3.6 : 1.5;
    Qt::PenStyle line = Qt::SolidLine;
    if (edge_.kind == model::EdgeKind::Policy) {
        color = theme.policy;
        line = Qt::DotLine;
    }
    if (edge_.rejected) {
        color = theme.bad;
        line = Qt::DashLine;
    }
    if (mark_.any()) {
        color = theme.of(iconOf(mark_));
        width = std::max(width, 2.0);
        if (mark_.ghost)
            line = Qt::DashDotLine;
    }
    if (highlighted_) {
        width += 1.0;
        if (!edge_.rejected)
            color = theme.accent;
    }
    if (lit_) {
        width = 3.2;
        color = theme.good;
    }
    QPen pen(color, width, line, Qt::RoundCap, Qt::RoundJoin);
    if (line == Qt::DashLine)
        pen.setDashPattern({4.5, 3.5});
    return pen;
}

/// Neither of its cards is in view, and it is one of many: dashes, which cost most, would say nothing there.
bool EdgeItem::passesBy(const QRectF& exposed) const
{
    return style_.crowded && !highlighted_ && !lit_ && !route_.path.isEmpty() &&
           !exposed.contains(route_.path.elementAt(0)) && !exposed.contains(route_.path.currentPosition());
}

QRectF EdgeItem::boundingRect() const
{
    const double beside = mark_.any() ? markSize / 2 + 1 : 4;
    return path_.boundingRect().united(arrow_.boundingRect()).adjusted(-beside, -beside, beside, beside);
}

QPainterPath EdgeItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    return stroker.createStroke(path_);
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    QPen line = pen();
    // Zoomed out, lines are many and the cards matter.
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    const bool quiet = detail < quietDetail && !highlighted_ && !lit_ && !edge_.rejected && !mark_.any();
    if (quiet) {
        line.setColor(mixed(line.color(), style_.theme.canvas, 0.55));
        line.setWidthF(1.8);
    }
    const QRectF exposed = option->exposedRect.adjusted(-6, -6, 6, 6);
    if (passesBy(exposed)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(QPen(mixed(line.color(), style_.theme.canvas, 0.45), 0));
        drawExposed(*painter, outline_, exposed);
        return;
    }
    if (dimmed())
        painter->setOpacity(painter->opacity() * 0.42);
    else if (mark_.ghost)
        painter->setOpacity(painter->opacity() * 0.65);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(line);
    drawExposed(*painter, outline_, exposed);
    if (doubled() && !quiet) {
        painter->setPen(QPen(style_.theme.canvas, line.widthF() - 2.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        drawExposed(*painter, outline_, exposed);
    }
    if (mark_.any() && !label_)
        paintEdgeMark(*painter, style_.theme, mark_, markRect());
    if (!arrow_.boundingRect().intersects(exposed))
        return;
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

QRectF EdgeLabelItem::boundingRect() const
{
    // With the sign of a comparison on its left end.
    return QRectF(-size_.width() / 2 - markSize / 2 - 1, -size_.height() / 2 - 1, size_.width() + markSize / 2 + 2,
                  size_.height() + 2);
}

void EdgeLabelItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.34)
        return;
    const Theme& theme = style_.theme;
    const EdgeLabel& label = owner_.labelText();
    const bool highlighted = owner_.highlighted();
    if (owner_.dimmed())
        painter->setOpacity(painter->opacity() * 0.5);
    const QColor color = label.refused                  ? theme.bad
                         : highlighted                  ? theme.accent
                         : owner_.edge().crossNamespace ? theme.edgeCross
                                                        : theme.muted;
    const QRectF rect(-size_.width() / 2, -size_.height() / 2, size_.width(), size_.height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(mixed(color, theme.card, label.refused || highlighted ? 0.7 : 0.4), 1));
    painter->setBrush(label.refused ? theme.badSoft : theme.card);
    const double radius = label.hint.isEmpty() ? rect.height() / 2 : 9;
    painter->drawRoundedRect(rect, radius, radius);
    QRectF text(rect.left(), rect.top(), rect.width(), label.hint.isEmpty() ? rect.height() : 20);
    if (!label.hint.isEmpty()) {
        painter->setFont(style_.fonts.small);
        painter->setPen(theme.text);
        painter->drawText(rect.adjusted(0, 17, 0, -2), Qt::AlignCenter | Qt::TextSingleLine, label.hint);
    }
    painter->setFont(style_.fonts.badge);
    if (label.refused || label.granted) {
        const double width = QFontMetricsF(style_.fonts.badge).horizontalAdvance(label.text) + 17;
        const double left = text.center().x() - width / 2;
        paintIcon(*painter, label.refused ? QStringLiteral("refused") : QStringLiteral("grant"),
                  QRectF(left, text.center().y() - 6.5, 13, 13), color);
        text.setLeft(left + 17);
        text.setWidth(width - 16);
    }
    painter->setPen(color);
    painter->drawText(text, Qt::AlignCenter | Qt::TextSingleLine, label.text);
    if (owner_.mark().any())
        paintEdgeMark(*painter, theme, owner_.mark(), {rect.left() - markSize / 2, rect.top() + 2, markSize, markSize});
}

} // namespace gatehouse::ui
