#include "ui/topology/edge_traffic.h"

#include "ui/icons.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr double spacing = 26, radius = 2.6;
constexpr double pillHeight = 18, pillIcon = 12;
/// Below so many pixels a scene pixel, words cannot be read, and points are dust.
constexpr double readableDetail = 0.34, visibleDetail = 0.2;

} // namespace

QSizeF trafficPillSize(const QString& text, const CanvasFonts& fonts)
{
    return {QFontMetricsF(fonts.badge).horizontalAdvance(text) + pillIcon + 20, pillHeight};
}

void paintTrafficPill(QPainter& painter, const QRectF& rect, const TrafficNumbers& numbers, const QString& text,
                      const CanvasStyle& style)
{
    const Theme& theme = style.theme;
    const model::Health health = verdict(numbers);
    const QColor color = theme.of(health);
    painter.setPen(QPen(mixed(color, theme.card, 0.6), 1));
    painter.setBrush(health == model::Health::Good ? theme.card : theme.softOf(health));
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    const QString name = health == model::Health::Good ? QStringLiteral("traffic") : iconName(health);
    paintIcon(painter, name, QRectF(rect.left() + 6, rect.center().y() - pillIcon / 2, pillIcon, pillIcon), color);
    painter.setFont(style.fonts.badge);
    painter.setPen(theme.text);
    painter.drawText(rect.adjusted(pillIcon + 10, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     text);
}

EdgeTrafficItem::EdgeTrafficItem(const CanvasStyle& style) : style_(style)
{
    setFlag(ItemUsesExtendedStyleOption);
    setZValue(3.2); // above the labels of edges
    setAcceptedMouseButtons(Qt::NoButton);
}

void EdgeTrafficItem::sync(const TrafficNumbers& numbers)
{
    numbers_ = numbers;
    const QString text = trafficText(numbers);
    if (text != text_) {
        text_ = text;
        measure();
    }
    update();
}

void EdgeTrafficItem::setPath(const QPainterPath& path, QPointF labelAt, QSizeF labelSize)
{
    labelAt_ = labelAt;
    labelSize_ = labelSize;
    track_.clear();
    const double length = path.length();
    const int count = std::max(2, static_cast<int>(length / 4) + 1);
    step_ = length / (count - 1);
    for (int i = 0; i < count && !path.isEmpty(); ++i)
        track_ << path.pointAtPercent(static_cast<double>(i) / (count - 1));
    measure();
}

void EdgeTrafficItem::measure()
{
    prepareGeometryChange();
    const QSizeF size = trafficPillSize(text_, style_.fonts);
    const double below = labelSize_.isEmpty() ? 0 : labelSize_.height() / 2 + size.height() / 2 + 2;
    pill_ =
        QRectF(labelAt_.x() - size.width() / 2, labelAt_.y() - size.height() / 2 + below, size.width(), size.height());
    bounds_ = track_.boundingRect().adjusted(-4, -4, 4, 4).united(pill_.adjusted(-1, -1, 1, 1));
}

void EdgeTrafficItem::paintPoints(QPainter& painter, const QColor& color) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double length = step_ * static_cast<double>(track_.size() - 1);
    // Not onto the cards at both ends.
    for (double at = spacing * (0.5 + style_.trafficPhase); at < length - 8; at += spacing) {
        const double place = at / step_;
        const auto before = static_cast<qsizetype>(place);
        if (before + 1 >= track_.size())
            break;
        const QPointF point =
            track_[before] + (track_[before + 1] - track_[before]) * (place - static_cast<double>(before));
        painter.drawEllipse(point, radius, radius);
    }
}

void EdgeTrafficItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    if (numbers_.idle() || detail < visibleDetail)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const model::Health health = verdict(numbers_);
    if (track_.size() > 1 && step_ > 0)
        paintPoints(*painter, health == model::Health::Good ? style_.theme.accent : style_.theme.of(health));
    if (detail >= readableDetail)
        paintTrafficPill(*painter, pill_, numbers_, text_, style_);
}

} // namespace gatehouse::ui
