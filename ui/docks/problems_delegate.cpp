#include "ui/docks/problems_delegate.h"

#include "ui/icons.h"
#include "ui/models/problems_model.h"

#include <QApplication>
#include <QPainter>

namespace gatehouse::ui {
namespace {

constexpr int oneLine = 30;
constexpr int twoLines = 48;
constexpr int lineHeight = 19;

} // namespace

void ProblemsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const bool heading = index.data(ProblemsModel::HeadingRole).toBool();
    const QIcon picture = item.icon;
    const QString text = item.text;
    item.icon = {};
    item.text.clear();
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);

    painter->save();
    QRect line = option.rect.adjusted(6, 0, -6, 0);
    const QString remedy =
        index.column() == ProblemsModel::TextColumn ? index.data(ProblemsModel::RemedyRole).toString() : QString();
    const bool tall = option.rect.height() >= twoLines;
    if (tall)
        line = QRect(line.left(), line.top() + 5, line.width(), lineHeight);
    if (!picture.isNull() && !heading) {
        picture.paint(painter, QRect(line.left(), line.center().y() - 8, 17, 17));
        line.setLeft(line.left() + 24);
    }
    const QFont font = heading ? scaled(item.font, 1, QFont::DemiBold) : item.font;
    painter->setFont(font);
    painter->setPen(item.palette.color(QPalette::Text));
    if (const QVariant color = index.data(Qt::ForegroundRole); color.isValid())
        painter->setPen(color.value<QColor>());
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, line.width()));
    if (!remedy.isEmpty()) {
        const QFont small = scaled(item.font, 0.92);
        line.translate(0, lineHeight);
        painter->setFont(small);
        painter->setPen(theme_.muted);
        painter->drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetrics(small).elidedText(QStringLiteral("\u2192 ") + remedy, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

QSize ProblemsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {60, index.data(ProblemsModel::RemedyRole).toString().isEmpty() ? oneLine : twoLines};
}

} // namespace gatehouse::ui
