#include "ui/topology/lines_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace gatehouse::ui {

LinesItem::LinesItem(const CanvasStyle& style) : style_(style)
{
    setFlag(ItemUsesExtendedStyleOption); // to know what is exposed
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(1);
}

void LinesItem::sync(const Overview& overview)
{
    prepareGeometryChange();
    overview_ = &overview;
    bounds_ = overview.content.adjusted(-100, -100, 100, 100);
    update();
}

void LinesItem::setStandouts(std::vector<Standout> standouts)
{
    standouts_ = std::move(standouts);
    update();
}

void LinesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    if (!overview_)
        return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (style_.dimming)
        painter->setOpacity(0.5);
    paintLines(*painter, *overview_, style_.theme, option->exposedRect, LineChoice::Ending);
    painter->setOpacity(1);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    for (const Standout& standout : standouts_) {
        if (!standout.path.controlPointRect().intersects(option->exposedRect))
            continue;
        painter->setPen(QPen(standout.lit ? style_.theme.good : style_.theme.accent, standout.lit ? 3.2 : 2.2));
        painter->drawPath(standout.path);
    }
}

} // namespace gatehouse::ui
