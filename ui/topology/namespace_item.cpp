#include "ui/topology/namespace_item.h"

#include "ui/icons.h"
#include "ui/topology/layout_plan.h"

#include <QFontMetricsF>
#include <QGraphicsSceneMouseEvent>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace gatehouse::ui {
namespace {

constexpr double readableDetail = 0.34;

} // namespace

NamespaceItem::NamespaceItem(QString name, const CanvasStyle& style) : name_(std::move(name)), style_(style)
{
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    setToolTip(tr("Fold the namespace"));
    setZValue(0);
}

void NamespaceItem::sync(const QRectF& rect, const NamespaceFacts& facts)
{
    facts_ = factsText(facts);
    problems_ = facts.problems;
    owner_ = ownerText(facts);
    declared_ = !facts.owner.key.empty();
    QString tip = tr("Fold the namespace");
    if (!owner_.isEmpty())
        tip +=
            QLatin1Char('\n') + (declared_ ? tr("Owner: %1 (%2)").arg(owner_, QString::fromStdString(facts.owner.key))
                                           : tr("Everything in it comes from %1").arg(owner_));
    setToolTip(tip);
    setRect(rect);
    update();
}

void NamespaceItem::setRect(const QRectF& rect)
{
    if (rect == rect_)
        return;
    prepareGeometryChange();
    rect_ = rect;
    update();
}

QRectF NamespaceItem::buttonRect() const
{
    return {rect_.left() + 10, rect_.top() + 8, 24, 24};
}

QRectF NamespaceItem::boundingRect() const
{
    return rect_.adjusted(-1, -1, 1, 1);
}

QPainterPath NamespaceItem::shape() const
{
    QPainterPath path;
    path.addRect(buttonRect());
    return path;
}

void NamespaceItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    event->setAccepted(buttonRect().contains(event->scenePos()));
}

void NamespaceItem::mouseReleaseEvent(QGraphicsSceneMouseEvent* event)
{
    if (buttonRect().contains(event->scenePos()))
        // Folding deletes this item, which is still handling its event.
        QMetaObject::invokeMethod(this, &NamespaceItem::toggled, Qt::QueuedConnection);
}

void NamespaceItem::hoverEnterEvent(QGraphicsSceneHoverEvent*)
{
    hovered_ = true;
    update();
}

void NamespaceItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*)
{
    hovered_ = false;
    update();
}

void NamespaceItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const Theme& theme = style_.theme;
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.frameBorder, 1.2));
    painter->setBrush(theme.frame);
    painter->drawRoundedRect(rect_, 14, 14);

    // Zoomed out the name grows, so that namespaces can still be told apart.
    const double grow = detail < 0.6 ? std::min(0.6 / detail, 3.0) : 1.0;
    QFont font = style_.fonts.frame;
    font.setPixelSize(qRound(font.pixelSize() * grow));
    const double size = 14 * grow;
    const QRectF title(rect_.left() + 15, rect_.top() + 10, rect_.width() - 30, 20 * grow);
    paintIcon(*painter, hovered_ ? QStringLiteral("fold") : QStringLiteral("namespace"),
              QRectF(title.left(), title.center().y() - size / 2, size, size), hovered_ ? theme.accent : theme.muted);
    painter->setFont(font);
    painter->setPen(theme.muted);
    const QRectF text = title.adjusted(size + 7, 0, 0, 0);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name_);
    if (detail < readableDetail)
        return;
    const double left = QFontMetricsF(font).horizontalAdvance(name_) + 12;
    double right = 0;
    if (problems_ > 0) {
        const QString count = QString::number(problems_);
        painter->setFont(style_.fonts.badge);
        painter->setPen(theme.warning);
        const double width = QFontMetricsF(style_.fonts.badge).horizontalAdvance(count);
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        paintIcon(*painter, QStringLiteral("warning"),
                  QRectF(text.right() - width - 19, text.center().y() - 7.5, 15, 15), theme.warning);
        right = width + 26;
    }
    const QFontMetricsF metrics(style_.fonts.small);
    painter->setFont(style_.fonts.small);
    painter->setPen(theme.faint);
    QRectF room = text.adjusted(left, 0, -right, 0);
    paintOwner(*painter, room);
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(facts_, Qt::ElideRight, room.width()));
}

void NamespaceItem::paintOwner(QPainter& painter, QRectF& room) const
{
    if (owner_.isEmpty() || room.width() < frameOwnerRoom + 12)
        return;
    const Theme& theme = style_.theme;
    const QFontMetricsF metrics(style_.fonts.small);
    const double width = std::min(metrics.horizontalAdvance(owner_) + 1, room.width() - frameOwnerRoom);
    paintIcon(painter, declared_ ? QStringLiteral("owner") : QStringLiteral("file"),
              QRectF(room.left(), room.center().y() - 6.5, 13, 13), declared_ ? theme.accent : theme.faint);
    painter.setPen(declared_ ? theme.accent : theme.faint);
    painter.drawText(QRectF(room.left() + 17, room.top(), width, room.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(owner_, Qt::ElideMiddle, width));
    room.setLeft(room.left() + width + frameOwnerRoom);
    painter.setPen(theme.faint);
}

} // namespace gatehouse::ui
