#include "ui/palette/palette_delegate.h"

#include "ui/icons.h"
#include "ui/palette/palette_model.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int iconSize = 16;
constexpr double gap = 10;

struct Piece {
    const QString& text;
    const std::vector<int>& marks; ///< characters that matched
    QFont font;
    QColor color, markColor;
};

/// Draws one line with what matched in bold and colour; returns its width.
double drawMarked(QPainter& painter, const QRectF& room, const Piece& piece)
{
    const QString shown = QFontMetricsF(piece.font).elidedText(piece.text, Qt::ElideRight, room.width());
    QList<QTextLayout::FormatRange> formats;
    for (const int at : piece.marks) {
        if (at >= shown.size() || shown[at] != piece.text[at])
            break; // the rest is behind the dots
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setForeground(piece.markColor);
        range.format.setFontWeight(QFont::Bold);
        formats << range;
    }
    QTextLayout layout(shown, piece.font);
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(1e6); // bold letters are wider than those that were measured
    layout.endLayout();
    painter.setPen(piece.color);
    layout.draw(&painter, QPointF(room.left(), room.center().y() - line.height() / 2));
    return line.naturalTextWidth();
}

QString groupWord(PaletteGroup group)
{
    switch (group) {
    case PaletteGroup::Object:
        return PaletteDelegate::tr("Object");
    case PaletteGroup::Action:
        return PaletteDelegate::tr("Action");
    case PaletteGroup::Problem:
        return PaletteDelegate::tr("Problem");
    case PaletteGroup::Path:
        return PaletteDelegate::tr("Recent");
    }
    return {};
}

/// Keys on a cap; returns how much of the right side it took.
double drawKeys(QPainter& painter, const QRectF& row, const QFont& font, const Theme& theme, const QString& keys)
{
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(keys) + 12;
    const QRectF cap(row.right() - width, row.center().y() - metrics.height() / 2 - 2, width, metrics.height() + 4);
    painter.setPen(QPen(theme.borderStrong, 1));
    painter.setBrush(theme.field);
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(theme.muted);
    painter.setFont(font);
    painter.drawText(cap, Qt::AlignCenter, keys);
    return width;
}

} // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QIcon picture = item.icon;
    item.icon = {};
    item.text.clear();
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);

    const auto* model = qobject_cast<const PaletteModel*>(index.model());
    if (!model)
        return;
    const PaletteEntry& entry = model->entry(index.row());
    const PaletteHit& hit = model->hit(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF row = QRectF(option.rect).adjusted(14, 0, -14, 0);
    picture.paint(painter, QRect(qRound(row.left()), qRound(row.center().y()) - iconSize / 2, iconSize, iconSize));
    row.setLeft(row.left() + iconSize + gap);

    const QFont small = scaled(item.font, 0.88);
    painter->setFont(small);
    painter->setPen(theme_.muted);
    const QString word = groupWord(entry.group);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, word);
    row.setRight(row.right() - QFontMetricsF(small).horizontalAdvance(word) - gap);
    if (!entry.shortcut.isEmpty())
        row.setRight(row.right() - drawKeys(*painter, row, small, theme_, entry.shortcut) - gap);

    const QColor text = entry.enabled ? theme_.text : theme_.disabled;
    const double width =
        drawMarked(*painter, row, {entry.title, hit.title, item.font, text, entry.enabled ? theme_.accent : text});
    row.setLeft(row.left() + std::ceil(width) + gap);
    if (row.width() > 40)
        drawMarked(*painter, row,
                   {entry.detail, hit.detail, small, entry.enabled ? theme_.muted : theme_.disabled, theme_.accent});
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {0, std::max(size.height(), QFontMetrics(option.font).height() + 14)};
}

} // namespace gatehouse::ui
