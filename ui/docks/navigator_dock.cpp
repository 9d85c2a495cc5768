#include "ui/docks/navigator_dock.h"

#include "ui/docks/navigator_delegate.h"
#include "ui/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

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
    filter_->setAccessibleName(tr("Find an object"));
    searchIcon_ = filter_->addAction(QIcon(), QLineEdit::LeadingPosition);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 2, 12, 0);
    line->addWidget(filter_);
    column->addLayout(line);

    filtered_.setSourceModel(&model_);
    filtered_.setRecursiveFilteringEnabled(true);
    filtered_.setAutoAcceptChildRows(true);
    filtered_.setFilterCaseSensitivity(Qt::CaseInsensitive);
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
    connect(tree_, &QTreeView::collapsed, this,
            [this](const QModelIndex& at) { collapsed_.insert(at.data(NavigatorModel::PathRole).toString()); });
    connect(tree_, &QTreeView::expanded, this,
            [this](const QModelIndex& at) { collapsed_.erase(at.data(NavigatorModel::PathRole).toString()); });
}

void NavigatorDock::setTopology(const TopologyIndex& index)
{
    const auto current = model_.keyAt(filtered_.mapToSource(tree_->currentIndex()));
    const std::set<QString> collapsed = collapsed_;
    selecting_ = true;
    model_.setTopology(index);
    collapsed_ = collapsed;
    expandKept({});
    selecting_ = false;
    select(current);
}

void NavigatorDock::expandKept(const QModelIndex& parent)
{
    for (int row = 0; row < filtered_.rowCount(parent); ++row) {
        const QModelIndex at = filtered_.index(row, 0, parent);
        // Routes stay closed at first: their backends are the longest part of the tree.
        const bool route = at.data(Qt::AccessibleTextRole).isValid() && filtered_.rowCount(at) > 0 &&
                           !filtered_.hasChildren(filtered_.index(0, 0, at)) && at.parent().isValid() &&
                           model_.keyAt(filtered_.mapToSource(at)) &&
                           model_.keyAt(filtered_.mapToSource(at))->kind != "Gateway";
        if (!route && !collapsed_.contains(at.data(NavigatorModel::PathRole).toString())) {
            tree_->setExpanded(at, true);
            expandKept(at);
        }
    }
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
    show();
    raise();
    filter_->setFocus(Qt::ShortcutFocusReason);
    filter_->selectAll();
}

void NavigatorDock::applyFilter(const QString& text)
{
    selecting_ = true; // filtering moves the current row; that is no choice of the user's
    filtered_.setFilterFixedString(text.trimmed());
    if (text.trimmed().isEmpty())
        expandKept({});
    else
        tree_->expandAll();
    selecting_ = false;
}

void NavigatorDock::pickFirstMatch()
{
    const QString wanted = filter_->text().trimmed();
    const QModelIndexList found =
        filtered_.match(filtered_.index(0, 0), Qt::DisplayRole, wanted, -1, Qt::MatchContains | Qt::MatchRecursive);
    for (const QModelIndex& at : found) {
        if (const auto key = model_.keyAt(filtered_.mapToSource(at))) {
            tree_->setCurrentIndex(at);
            emit picked(*key);
            return;
        }
    }
}

} // namespace gatehouse::ui
