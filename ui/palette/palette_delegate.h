#pragma once

#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace gatehouse::ui {

/// A row of the command palette: what matched stands out, shortcuts and the kind of find on the right.
class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme& theme) { theme_ = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
