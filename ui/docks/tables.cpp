#include "ui/docks/tables.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTreeView>

namespace gatehouse::ui {
namespace {

/// Measures wrapped texts for the width that is left inside of the style sheet's padding, which Qt forgets.
class PaddedDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem inner(option);
        inner.rect.adjust(0, 0, -padding, 0);
        return QStyledItemDelegate::sizeHint(inner, index);
    }

private:
    static constexpr int padding = 14;
};

} // namespace

void prepareTable(QTableView& table, const QString& accessibleName)
{
    table.setItemDelegate(new PaddedDelegate(&table));
    table.setAccessibleName(accessibleName);
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(30);
    table.verticalHeader()->setMinimumSectionSize(30);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setMinimumSectionSize(60);
}

void prepareTree(QTreeView& tree, const QString& accessibleName)
{
    tree.setAccessibleName(accessibleName);
    tree.setFrameShape(QFrame::NoFrame);
    tree.setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree.setSelectionBehavior(QAbstractItemView::SelectRows);
    tree.setAllColumnsShowFocus(true);
    tree.setUniformRowHeights(true);
    tree.setExpandsOnDoubleClick(false);
    tree.setIndentation(18);
    tree.setContextMenuPolicy(Qt::ActionsContextMenu);
    tree.header()->setStretchLastSection(false);
    tree.header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

} // namespace gatehouse::ui
