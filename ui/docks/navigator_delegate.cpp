#include "ui/docks/navigator_delegate.h"

#include "ui/icons.h"
#include "ui/models/navigator_model.h"

#include <QApplication>
#include <QPainter>

namespace gatehouse::ui {

void NavigatorDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QIcon picture = item.icon;
    item.icon = {};
    item.text.clear();
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);

    painter->save();
    QRectF row = QRectF(option.rect).adjusted(4, 0, -10, 0);
    picture.paint(painter, QRect(qRound(row.left()), qRound(row.center().y()) - 8, 16, 16));
    row.setLeft(row.left() + 24);
    if (const QVariant health = index.data(Qt::UserRole); health.isValid()) {
        const auto value = static_cast<model::Health>(health.toInt());
        paintIcon(*painter, iconName(value), QRectF(row.right() - 15, row.center().y() - 7.5, 15, 15),
                  theme_.of(value));
        row.setRight(row.right() - 22);
    }
    const QString name = index.data(Qt::DisplayRole).toString();
    const QString detail = index.data(NavigatorModel::DetailRole).toString();
    const QFontMetricsF metrics(item.font);
    const double nameWidth = std::min(metrics.horizontalAdvance(name) + 1, row.width());
    painter->setFont(item.font);
    painter->setPen(theme_.text);
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(name, Qt::ElideRight, row.width()));
    row.setLeft(row.left() + nameWidth + 8);
    if (row.width() > 24) {
        const QFont small = scaled(item.font, 0.88);
        painter->setFont(small);
        painter->setPen(theme_.faint);
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetricsF(small).elidedText(detail, Qt::ElideRight, row.width()));
    }
    painter->restore();
}

QSize NavigatorDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), 28)};
}

} // namespace gatehouse::ui
