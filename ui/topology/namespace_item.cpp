#include "ui/topology/namespace_item.h"

#include "ui/icons.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace gatehouse::ui {

NamespaceItem::NamespaceItem(QString name, const CanvasStyle& style) : name_(std::move(name)), style_(style)
{
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(0);
}

void NamespaceItem::sync(const QRectF& rect)
{
    if (rect == rect_)
        return;
    prepareGeometryChange();
    rect_ = rect;
    update();
}

QRectF NamespaceItem::boundingRect() const
{
    return rect_.adjusted(-1, -1, 1, 1);
}

void NamespaceItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const Theme& theme = style_.theme;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.frameBorder, 1.2));
    painter->setBrush(theme.frame);
    painter->drawRoundedRect(rect_, 14, 14);

    // Zoomed out the name grows, so that namespaces can still be told apart.
    const double detail = option->levelOfDetailFromTransform(painter->worldTransform());
    const double grow = detail < 0.6 ? std::min(0.6 / detail, 3.0) : 1.0;
    QFont font = style_.fonts.frame;
    font.setPixelSize(qRound(font.pixelSize() * grow));
    const double icon = 14 * grow;
    const QRectF title(rect_.left() + 16, rect_.top() + 10, rect_.width() - 32, 20 * grow);
    paintIcon(*painter, QStringLiteral("namespace"), QRectF(title.left(), title.center().y() - icon / 2, icon, icon),
              theme.muted);
    painter->setFont(font);
    painter->setPen(theme.muted);
    painter->drawText(title.adjusted(icon + 7, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name_);
}

} // namespace gatehouse::ui
