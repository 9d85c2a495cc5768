#include "ui/docks/navigator_delegate.h"

#include "ui/icons.h"
#include "ui/models/navigator_model.h"
#include "ui/topology/canvas_style.h"

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
    if (const QVariant health = index.data(NavigatorModel::HealthRole); health.isValid()) {
        const auto value = static_cast<model::Health>(health.toInt());
        paintIcon(*painter, iconName(value), QRectF(row.right() - 15, row.center().y() - 7.5, 15, 15),
                  theme_.of(value));
        row.setRight(row.right() - 22);
    }
    if (const QVariant unwell = index.data(NavigatorModel::UnwellRole); unwell.isValid())
        paintCount(*painter, row, unwell.toInt());
    const QString name = index.data(Qt::DisplayRole).toString();
    const QString detail = index.data(NavigatorModel::DetailRole).toString();
    const QFontMetricsF metrics(item.font);
    const double nameWidth = std::min(metrics.horizontalAdvance(name) + 1, row.width());
    paintName(*painter, row, item.font, name, index.data(NavigatorModel::MatchRole).value<QList<int>>());
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

/// How many below it are not well, at the right.
void NavigatorDelegate::paintCount(QPainter& painter, QRectF& row, int count) const
{
    const QFont font = scaled(interfaceFont(), 0.82, QFont::DemiBold);
    const QString text = QString::number(count);
    const double width = std::max(20.0, QFontMetricsF(font).horizontalAdvance(text) + 12);
    const QRectF pill(row.right() - width, row.center().y() - 8, width, 16);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.warningSoft);
    painter.drawRoundedRect(pill, 8, 8);
    painter.setFont(font);
    painter.setPen(theme_.warning);
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, text);
    row.setRight(pill.left() - 7);
}

/// The letters that were searched for stand out by weight, ground and colour.
void NavigatorDelegate::paintName(QPainter& painter, const QRectF& row, const QFont& font, const QString& name,
                                  const QList<int>& matched) const
{
    const QFontMetricsF metrics(font);
    const QString shown = metrics.elidedText(name, Qt::ElideRight, row.width());
    painter.setFont(font);
    painter.setPen(theme_.text);
    for (const int at : matched) {
        if (at >= shown.size() || shown[at] != name[at])
            continue;
        const double left = row.left() + metrics.horizontalAdvance(shown.left(at));
        painter.fillRect(QRectF(left, row.center().y() - metrics.height() / 2 + 1, metrics.horizontalAdvance(shown[at]),
                                metrics.height() - 2),
                         mixed(theme_.accent, theme_.surface, 0.28));
    }
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    for (const int at : matched) {
        if (at >= shown.size() || shown[at] != name[at])
            continue;
        const double left = row.left() + metrics.horizontalAdvance(shown.left(at));
        painter.setPen(theme_.accentStrong);
        painter.drawText(QRectF(left, row.top(), row.right() - left, row.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QString(shown[at]));
    }
}

QSize NavigatorDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), 28)};
}

} // namespace gatehouse::ui
