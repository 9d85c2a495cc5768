#include "ui/docks/navigator_dock.h"

#include "ui/docks/navigator_delegate.h"
#include "ui/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <utility>

namespace gatehouse::ui {

NavigatorDock::NavigatorDock(QWidget* parent)
    : Dock(tr("Navigator"), QStringLiteral("navigator"), Header::Title, parent)
{
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);

    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Find an object"));
    filter_->setClearButtonEnabled(false);
    filter_->setToolTip(tr("A few letters of a name are enough; Enter picks the best match"));
    filter_->setAccessibleName(tr("Find an object"));
    filter_->installEventFilter(this);
    searchIcon_ = filter_->addAction(QIcon(), QLineEdit::LeadingPosition);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 2, 12, 0);
    line->addWidget(filter_);
    column->addLayout(line);

    filtered_.setSource(model_);
    tree_ = new QTreeView;
    tree_->setModel(&filtered_);
    tree_->setHeaderHidden(true);
    tree_->setUniformRowHeights(true);
    tree_->setIndentation(16);
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setExpandsOnDoubleClick(false);
    tree_->setAccessibleName(tr("Navigator"));
    tree_->setItemDelegate(new NavigatorDelegate(tree_));
    column->addWidget(tree_, 1);
    setWidget(body);

    connect(filter_, &QLineEdit::textChanged, this, &NavigatorDock::applyFilter);
    connect(filter_, &QLineEdit::returnPressed, this, &NavigatorDock::pickFirstMatch);
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (selecting_)
            return;
        if (const auto key = model_.keyAt(filtered_.mapToSource(now)))
            emit picked(*key);
    });
    connect(tree_, &QTreeView::doubleClicked, this, [this](const QModelIndex& at) {
        if (const auto key = model_.keyAt(filtered_.mapToSource(at)))
            emit focusRequested(*key);
        else
            tree_->setExpanded(at, !tree_->isExpanded(at));
    });
    connect(&filtered_, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex& parent, int first, int last) {
                for (int row = first; row <= last; ++row)
                    arrived_.push_back(filtered_.index(row, 0, parent));
            });
    connect(tree_, &QTreeView::collapsed, this,
            [this](const QModelIndex& at) { collapsed_.insert(at.data(NavigatorModel::PathRole).toString()); });
    connect(tree_, &QTreeView::expanded, this,
            [this](const QModelIndex& at) { collapsed_.erase(at.data(NavigatorModel::PathRole).toString()); });
}

void NavigatorDock::setTopology(const TopologyIndex& index, const NavigatorRows& rows)
{
    const bool scrolled = tree_->verticalScrollBar()->value() > 0;
    const QPersistentModelIndex top = scrolled ? tree_->indexAt(QPoint(1, 1)) : QModelIndex();
    const auto current = model_.keyAt(filtered_.mapToSource(tree_->currentIndex()));
    const std::set<QString> collapsed = collapsed_;
    selecting_ = true;
    model_.setTopology(index, rows);
    collapsed_ = collapsed; // what went away was closed by nobody
    if (filtered_.searching())
        tree_->expandAll();
    else
        expandNew();
    selecting_ = false;
    select(current);
    if (top.isValid())
        tree_->scrollTo(top, QAbstractItemView::PositionAtTop);
}

/// Opens what came, but for what somebody closed when it was here before.
void NavigatorDock::expandNew()
{
    for (const QPersistentModelIndex& index : std::exchange(arrived_, {}))
        if (index.isValid())
            expandKept(index);
}

void NavigatorDock::expandKept(const QModelIndex& at)
{
    if (at.isValid() && (opensLate(at) || collapsed_.contains(at.data(NavigatorModel::PathRole).toString())))
        return;
    if (at.isValid())
        tree_->setExpanded(at, true);
    for (int row = 0; row < filtered_.rowCount(at); ++row)
        if (const QModelIndex below = filtered_.index(row, 0, at); filtered_.hasChildren(below))
            expandKept(below);
}

/// Routes stay closed at first: their backends are the longest part of the tree.
bool NavigatorDock::opensLate(const QModelIndex& at) const
{
    const NavigatorEntry& entry = model_.entryAt(filtered_.mapToSource(at));
    return entry.kind == model::NodeKind::Route;
}

void NavigatorDock::setTheme(const Theme& theme)
{
    model_.setTheme(theme);
    static_cast<NavigatorDelegate*>(tree_->itemDelegate())->setTheme(theme);
    searchIcon_->setIcon(icon(QStringLiteral("search"), theme.muted));
    tree_->viewport()->update();
}

void NavigatorDock::select(const std::optional<model::ObjectKey>& key)
{
    if (key && model_.keyAt(filtered_.mapToSource(tree_->currentIndex())) == key)
        return; // already there, perhaps at another place of the same object
    selecting_ = true;
    const QModelIndex at = key ? filtered_.mapFromSource(model_.find(*key)) : QModelIndex();
    if (at.isValid()) {
        tree_->setCurrentIndex(at);
        tree_->scrollTo(at);
    } else {
        tree_->clearSelection();
        tree_->setCurrentIndex({});
    }
    selecting_ = false;
}

void NavigatorDock::startSearch()
{
    bringToFront();
    filter_->setFocus(Qt::ShortcutFocusReason);
    filter_->selectAll();
}

void NavigatorDock::applyFilter(const QString& text)
{
    selecting_ = true; // filtering moves the current row; that is no choice of the user's
    const std::set<QString> collapsed = collapsed_;
    filtered_.setQuery(text);
    collapsed_ = collapsed;
    if (filtered_.searching())
        tree_->expandAll();
    else
        expandKept({});
    arrived_.clear();
    selecting_ = false;
    if (const QModelIndex best = filtered_.best(); best.isValid())
        tree_->scrollTo(best);
    else
        tree_->scrollTo(tree_->currentIndex());
}

void NavigatorDock::pickFirstMatch()
{
    const QModelIndex best = filtered_.best();
    const auto key = model_.keyAt(filtered_.mapToSource(best));
    if (!key)
        return;
    selecting_ = true;
    tree_->setCurrentIndex(best);
    selecting_ = false;
    emit picked(*key);
}

/// Down goes from the line into the tree, Escape empties the line.
bool NavigatorDock::eventFilter(QObject* watched, QEvent* event)
{
    const bool asked = event->type() == QEvent::ShortcutOverride; // Escape is an action of the window's, too
    if (watched != filter_ || (!asked && event->type() != QEvent::KeyPress))
        return Dock::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (asked) {
        event->setAccepted(key == Qt::Key_Escape && !filter_->text().isEmpty());
        return event->isAccepted() || Dock::eventFilter(watched, event);
    }
    if (key == Qt::Key_Down) {
        const QModelIndex best = filtered_.best();
        tree_->setFocus(Qt::TabFocusReason);
        if (best.isValid())
            tree_->setCurrentIndex(best);
        return true;
    }
    if (key == Qt::Key_Escape && !filter_->text().isEmpty()) {
        filter_->clear();
        return true;
    }
    return Dock::eventFilter(watched, event);
}

} // namespace gatehouse::ui
