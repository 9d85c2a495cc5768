#include "ui/topology/card_painter.h"

#include "ui/document/words.h"
#include "ui/icons.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <tuple>

namespace gatehouse::ui {
namespace {

using model::NodeKind;

/// Below this many screen pixels a scene pixel, texts are not readable and are left out.
constexpr double readableDetail = 0.34;
/// The size of a name on a card that is seen from so far away.
constexpr int smallTitle = 27;

void drawText(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color, const QString& text,
              Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
}

bool isGhost(const CardLook& look)
{
    return look.mark && look.mark->ghost;
}

QString cardIcon(const CardLook& look)
{
    const bool space = look.extras.group && look.extras.group->role == GroupRole::Namespace;
    return space ? QStringLiteral("namespace") : iconName(look.node.kind);
}

/// A rounded label; returns its width.
double drawBadge(QPainter& painter, QPointF topLeft, const QFont& font, const QColor& color, const QColor& ground,
                 const QString& text)
{
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 12;
    const QRectF rect(topLeft, QSizeF(width, 16));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 5, 5);
    drawText(painter, rect, font, color, text, Qt::AlignCenter);
    return width;
}

void paintBody(QPainter& painter, const CardLook& look, const QPainterPath& outline)
{
    const Theme& theme = look.style.theme;
    if (look.extras.group) {
        // A stack: there is more below.
        painter.setPen(QPen(theme.cardBorder, 1));
        painter.setBrush(theme.frame);
        painter.drawPath(outline.translated(6, 6));
        painter.setBrush(theme.card);
        painter.drawPath(outline.translated(3, 3));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.shadow);
        painter.drawPath(outline.translated(0, 2));
        painter.drawPath(outline.translated(0, 1));
    }

    if (look.selected) {
        painter.setPen(QPen(mixed(theme.accent, theme.canvas, 0.28), 7));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(outline);
    }
    if (look.light == Light::Path) {
        painter.setPen(QPen(mixed(theme.good, theme.canvas, 0.35), 8));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(outline);
    }
    QColor border = theme.cardBorder;
    if (look.node.health == model::Health::Bad)
        border = mixed(theme.bad, theme.card, 0.65);
    else if (look.node.health == model::Health::Warning)
        border = mixed(theme.warning, theme.card, 0.55);
    if (look.selected || look.hovered)
        border = theme.accent;
    if (look.light == Light::Path)
        border = theme.good;
    QPen pen(border, look.selected || look.light == Light::Path ? 2 : 1.2);
    if (look.light == Light::Lost) {
        pen.setColor(theme.warning);
        pen.setStyle(Qt::DashLine);
    }
    if ((look.node.kind == NodeKind::Other && !look.extras.group) || isGhost(look))
        pen.setStyle(Qt::DashLine);
    if (look.mark && look.mark->any() && !look.selected && look.light == Light::None) {
        pen.setColor(theme.of(iconOf(*look.mark)));
        pen.setWidthF(1.8);
    }
    painter.setPen(pen);
    painter.setBrush(theme.card);
    painter.drawPath(outline);
}

/// A bar in the kind's colour along the side that edges come in from; it makes columns easy to follow when zoomed out.
void paintKindBar(QPainter& painter, const CardLook& look, const QPainterPath& outline)
{
    if (look.node.kind == NodeKind::Backend)
        return;
    const QColor color = look.style.theme.of(look.node.kind);
    painter.save();
    painter.setClipPath(outline, Qt::IntersectClip);
    painter.fillRect(QRectF(0, 0, 4, look.geometry.size.height()), color);
    painter.restore();
}

void paintHealth(QPainter& painter, const CardLook& look, const QRectF& header)
{
    const Theme& theme = look.style.theme;
    const QString word = healthWord(look.node.health);
    const double textWidth = QFontMetricsF(look.style.fonts.badge).horizontalAdvance(word);
    const QColor color = theme.of(look.node.health);
    const QRectF chip(header.right() - textWidth - card::healthSize - 5, header.top() + 11,
                      textWidth + card::healthSize + 5, card::healthSize);
    paintIcon(painter, iconName(look.node.health), QRectF(chip.topLeft(), QSizeF(card::healthSize, card::healthSize)),
              color);
    drawText(painter, chip.adjusted(card::healthSize + 4, 0, 1, 0), look.style.fonts.badge, color, word);
}

void paintHeader(QPainter& painter, const CardLook& look)
{
    const Theme& theme = look.style.theme;
    const CanvasFonts& fonts = look.style.fonts;
    const QRectF header(card::padding + 2, 0, look.geometry.size.width() - 2 * card::padding - 2, card::headerHeight);
    const QColor kind = theme.of(look.node.kind);

    const QRectF tile(header.left(), 13, card::tile, card::tile);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(kind, theme.card, 0.13));
    if (look.node.kind == NodeKind::Backend)
        painter.drawEllipse(tile);
    else
        painter.drawRoundedRect(tile, 8, 8);
    paintIcon(painter, cardIcon(look), tile.adjusted(6, 6, -6, -6), kind);

    if (!isGhost(look)) // what is not there is neither well nor ill
        paintHealth(painter, look, header);
    const double left = tile.right() + 10;
    const double health = QFontMetricsF(fonts.badge).horizontalAdvance(healthWord(look.node.health)) + 28;
    drawText(painter, QRectF(left, 10, header.right() - left - health, 20), fonts.title, theme.text,
             QString::fromStdString(look.node.title));

    double x = left;
    if (hasKindBadge(look.node.kind) && !look.extras.group) {
        x += drawBadge(painter, QPointF(left, 31), fonts.badge, kind, mixed(kind, theme.card, 0.13),
                       QString::fromStdString(look.node.key.kind)) +
             7;
    }
    if (look.node.subtitle != look.node.key.kind)
        drawText(painter, QRectF(x, 30, header.right() - x, 18), fonts.small, theme.muted,
                 QString::fromStdString(look.node.subtitle));
}

/// How much comes in over a listener, where its row has room; with an icon when some of it fails.
void paintListenerTraffic(QPainter& painter, const CardLook& look, QRectF room, const TrafficNumbers& numbers)
{
    if (numbers.idle())
        return;
    const Theme& theme = look.style.theme;
    const model::Health health = verdict(numbers);
    const QColor color = health == model::Health::Good ? theme.accent : theme.of(health);
    const QString text = rateText(numbers.rate);
    const double width = QFontMetricsF(look.style.fonts.badge).horizontalAdvance(text) + 16;
    if (width > room.width())
        return;
    room.setLeft(room.right() - width);
    paintIcon(painter, health == model::Health::Good ? QStringLiteral("traffic") : iconName(health),
              QRectF(room.left(), room.center().y() - 6, 12, 12), color);
    drawText(painter, room.adjusted(15, 0, 0, 0), look.style.fonts.badge, color, text);
}

void paintPort(QPainter& painter, const CardLook& look, std::size_t index)
{
    const Theme& theme = look.style.theme;
    const CanvasFonts& fonts = look.style.fonts;
    const model::TopologyPort& port = look.node.ports[index];
    const layout::PortRow& place = look.geometry.ports[index];
    const double right = look.geometry.size.width() - card::padding;
    const QRectF row(0, place.top, look.geometry.size.width(), place.height);

    painter.setPen(QPen(theme.hairline, 1));
    painter.drawLine(QPointF(card::padding, row.top()), QPointF(right, row.top()));
    const QColor health = theme.of(port.health);
    paintIcon(painter, iconName(port.health), QRectF(card::padding + 3, row.top() + 7, 15, 15), health);

    const double left = card::padding + 26;
    const double first = row.top() + 5;
    const QString counted = port.attachedRoutes == 1
                                ? QCoreApplication::translate("listener", "1 route")
                                : QCoreApplication::translate("listener", "%1 routes").arg(port.attachedRoutes);
    const double countWidth = QFontMetricsF(fonts.small).horizontalAdvance(counted);
    drawText(painter, QRectF(right - countWidth - 1, first, countWidth + 2, 19), fonts.small, theme.muted, counted,
             Qt::AlignRight | Qt::AlignVCenter);

    // Listeners of a ListenerSet are named "namespace/set/listener"; the set is told below.
    const QString name = QString::fromStdString(port.name).section(QLatin1Char('/'), -1);
    const double room = right - countWidth - 10 - left;
    const double nameWidth = std::min(QFontMetricsF(fonts.strong).horizontalAdvance(name) + 1, room * 0.5);
    drawText(painter, QRectF(left, first, nameWidth + 1, 19), fonts.strong, theme.text, name);
    double x = left + nameWidth + 8;
    if (port.tls) {
        paintIcon(painter, QStringLiteral("lock"), QRectF(x, first + 3, 13, 13),
                  port.developmentCertificate ? theme.warning : theme.muted);
        x += card::lock;
    }
    x += drawBadge(painter, QPointF(x, first + 2), fonts.badge, theme.muted, theme.unknownSoft,
                   QString::fromStdString(port.protocol)) +
         8;
    drawText(painter, QRectF(x, first, right - countWidth - 8 - x, 19), fonts.mono, theme.text, portText(port));
    x += QFontMetricsF(fonts.mono).horizontalAdvance(portText(port)) + 8;
    if (index < look.listenerTraffic.size())
        paintListenerTraffic(painter, look, QRectF(x, first, right - countWidth - 8 - x, 19),
                             look.listenerTraffic[index]);

    const double second = row.top() + 23;
    const QString url = QString::fromStdString(port.url);
    const double urlWidth = url.isEmpty() ? 0 : QFontMetricsF(fonts.mono).horizontalAdvance(url) + 2;
    const QString serves = servesText(port);
    drawText(painter, QRectF(left, second, right - urlWidth - 10 - left, 17), fonts.small, theme.muted, serves);
    if (!url.isEmpty())
        drawText(painter, QRectF(right - urlWidth, second, urlWidth, 17), fonts.mono, theme.accent, url,
                 Qt::AlignRight | Qt::AlignVCenter);

    // The socket that edges start from.
    painter.setPen(QPen(theme.card, 1.5));
    painter.setBrush(health);
    painter.drawEllipse(QPointF(look.geometry.size.width(), row.center().y()), 4, 4);
}

QString targetIcon(TargetKind kind)
{
    switch (kind) {
    case TargetKind::Mapping:
        return QStringLiteral("external");
    case TargetKind::Endpoints:
        return QStringLiteral("listener");
    case TargetKind::Echo:
        return QStringLiteral("echo");
    case TargetKind::None:
        return QStringLiteral("refused");
    }
    return QStringLiteral("unknown");
}

/// Where the backend is on this machine.
void paintTarget(QPainter& painter, const CardLook& look)
{
    if (!look.extras.target)
        return;
    const Theme& theme = look.style.theme;
    const LocalTarget& target = *look.extras.target;
    const double top = card::headerHeight - 6;
    const QRectF line(card::padding + 8, top, look.geometry.size.width() - 2 * card::padding - 16, 18);
    const QColor color = target.kind == TargetKind::None ? theme.bad : theme.muted;
    paintIcon(painter, targetIcon(target.kind), QRectF(line.left(), line.top() + 2.5, 13, 13), color);
    drawText(painter, line.adjusted(19, 0, 0, 0), look.style.fonts.mono,
             target.kind == TargetKind::Mapping ? theme.accent : color, target.text);
}

void paintStatusLine(QPainter& painter, const CardLook& look)
{
    if (!look.geometry.hasStatusLine)
        return;
    const Theme& theme = look.style.theme;
    const QRectF line(card::padding + 2, look.geometry.size.height() - card::statusHeight - 3,
                      look.geometry.size.width() - 2 * card::padding - 2, card::statusHeight - 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.softOf(look.node.health));
    painter.drawRoundedRect(line, 6, 6);
    drawText(painter, line.adjusted(8, 0, -8, 0), look.style.fonts.small, theme.of(look.node.health),
             shortFault(look.node));
}

/// Why it did not get the request that is explained, on its lower edge.
void paintLoss(QPainter& painter, const CardLook& look)
{
    if (look.light != Light::Lost)
        return;
    const Theme& theme = look.style.theme;
    const QFontMetricsF metrics(look.style.fonts.small);
    const double room = look.geometry.size.width() - 16;
    const double width = std::min(room, metrics.horizontalAdvance(look.lostBecause) + 34);
    const QRectF pill(look.geometry.size.width() - 8 - width, look.geometry.size.height() - 6, width, 18);
    painter.setPen(QPen(mixed(theme.warning, theme.card, 0.6), 1));
    painter.setBrush(theme.warningSoft);
    painter.drawRoundedRect(pill, 9, 9);
    paintIcon(painter, QStringLiteral("refused"), QRectF(pill.left() + 7, pill.top() + 3, 12, 12), theme.warning);
    drawText(painter, pill.adjusted(23, 0, -8, 0), look.style.fonts.small, theme.text, look.lostBecause);
}

struct Pill {
    QString icon, text;
    QColor color, ground;
};

/// A rounded label across a card's edge, beginning at `left` with its middle at `middle`.
void paintPill(QPainter& painter, const CardLook& look, QPointF at, const Pill& pill)
{
    constexpr double height = 20;
    const Theme& theme = look.style.theme;
    const QFont& font = look.style.fonts.badge;
    const double room = look.geometry.size.width() - at.x() - 8;
    const double width = std::min(room, QFontMetricsF(font).horizontalAdvance(pill.text) + 33);
    const QRectF rect(at.x(), at.y() - height / 2, width, height);
    painter.setPen(QPen(mixed(pill.color, theme.card, 0.7), 1));
    painter.setBrush(pill.ground);
    painter.drawRoundedRect(rect, height / 2, height / 2);
    paintIcon(painter, pill.icon, QRectF(rect.left() + 6, rect.top() + 3, 14, 14), pill.color);
    drawText(painter, rect.adjusted(23, 0, -8, 0), font, theme.text, pill.text);
}

/// What a comparison says, on its upper edge: icon and words, never colour alone.
void paintMark(QPainter& painter, const CardLook& look)
{
    if (!look.mark || !look.mark->any())
        return;
    const Theme& theme = look.style.theme;
    const ChangeMark mark = iconOf(*look.mark);
    paintPill(painter, look, QPointF(14, 0), {iconName(mark), look.mark->text, theme.of(mark), theme.softOf(mark)});
}

/// How many of a route's rules are tested, on its lower edge; why it lost is said there, too, and matters more.
void paintCoverage(QPainter& painter, const CardLook& look)
{
    if (!look.coverage || look.light == Light::Lost)
        return;
    const Theme& theme = look.style.theme;
    const bool all = look.coverage->tested() == static_cast<int>(look.coverage->rules.size());
    const model::Health health = all ? model::Health::Good : model::Health::Warning;
    paintPill(painter, look, QPointF(14, look.geometry.size.height()),
              {all ? QStringLiteral("coverage") : QStringLiteral("tests"), look.coverage->text(), theme.of(health),
               theme.softOf(health)});
}

/// Zoomed far out: shape, colour and health, and the name as large as the card allows.
void paintSmall(QPainter& painter, const CardLook& look)
{
    const Theme& theme = look.style.theme;
    const QSizeF size = look.geometry.size;
    const double icon = std::min(30.0, size.height() * 0.6);
    const double top = (card::headerHeight - icon) / 2;
    paintIcon(painter, cardIcon(look), QRectF(16, top, icon, icon), theme.of(look.node.kind));
    const bool marked = look.mark && look.mark->any(); // while comparing, that is what is looked for
    const QRectF right(size.width() - icon - 14, top, icon, icon);
    if (marked)
        paintIcon(painter, iconName(iconOf(*look.mark)), right, theme.of(iconOf(*look.mark)));
    else
        paintIcon(painter, iconName(look.node.health), right, theme.of(look.node.health));
    QFont font = look.style.fonts.title;
    font.setPixelSize(smallTitle);
    drawText(painter, QRectF(22 + icon, 4, size.width() - 2 * icon - 40, card::headerHeight - 8), font, theme.text,
             QString::fromStdString(look.node.title));
}

} // namespace

QPainterPath cardOutline(NodeKind kind, const QRectF& rect)
{
    QPainterPath path;
    switch (kind) {
    case NodeKind::Gateway:
    case NodeKind::ListenerSet:
    case NodeKind::Route:
        path.addRoundedRect(rect, card::radius, card::radius);
        break;
    case NodeKind::Backend:
        path.addRoundedRect(rect, std::min(28.0, rect.height() / 2), std::min(28.0, rect.height() / 2));
        break;
    case NodeKind::Policy: {
        const double cut = 12;
        path.addPolygon(
            QPolygonF{{QPointF(rect.left() + cut, rect.top()), QPointF(rect.right() - cut, rect.top()),
                       QPointF(rect.right(), rect.top() + cut), QPointF(rect.right(), rect.bottom() - cut),
                       QPointF(rect.right() - cut, rect.bottom()), QPointF(rect.left() + cut, rect.bottom()),
                       QPointF(rect.left(), rect.bottom() - cut), QPointF(rect.left(), rect.top() + cut)}});
        path.closeSubpath();
        break;
    }
    case NodeKind::Other:
        path.addRoundedRect(rect, 3, 3);
        break;
    }
    return path;
}

bool looksAlike(const model::TopologyNode& a, const model::TopologyNode& b)
{
    const auto shown = [](const model::TopologyPort& port) {
        return std::tie(port.name, port.protocol, port.hostname, port.port, port.localPort, port.attachedRoutes,
                        port.health, port.url, port.listenerSet, port.tls, port.developmentCertificate);
    };
    return std::tie(a.key, a.kind, a.title, a.subtitle, a.health) ==
               std::tie(b.key, b.kind, b.title, b.subtitle, b.health) &&
           std::equal(a.ports.begin(), a.ports.end(), b.ports.begin(), b.ports.end(),
                      [&](const auto& x, const auto& y) { return shown(x) == shown(y); }) &&
           shortFault(a) == shortFault(b);
}

void paintCard(QPainter& painter, const CardLook& look)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double opacity = painter.opacity();
    if (isGhost(look))
        painter.setOpacity(opacity * 0.5);
    const QPainterPath outline = cardOutline(look.node.kind, QRectF(QPointF(), look.geometry.size));
    paintBody(painter, look, outline);
    paintKindBar(painter, look, outline);
    if (look.detail < readableDetail) {
        paintSmall(painter, look);
        return;
    }
    paintHeader(painter, look);
    for (std::size_t i = 0; i < look.node.ports.size(); ++i)
        paintPort(painter, look, i);
    paintTarget(painter, look);
    paintStatusLine(painter, look);
    painter.setOpacity(opacity);
    paintMark(painter, look);
    paintCoverage(painter, look);
    paintLoss(painter, look);
}

} // namespace gatehouse::ui
