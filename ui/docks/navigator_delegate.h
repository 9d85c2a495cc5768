#pragma once

#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace gatehouse::ui {

/// A row of the Navigator: icon, name, what it is in small print, and its health at the right where it is not good.
class NavigatorDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme& theme) { theme_ = theme; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintCount(QPainter& painter, QRectF& row, int count) const; ///< narrows `row`
    void paintName(QPainter& painter, const QRectF& row, const QFont& font, const QString& name,
                   const QList<int>& matched) const;

    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
