#pragma once

#include "ui/docks/dock.h"
#include "ui/models/navigator_model.h"

#include <QSortFilterProxyModel>
#include <QTreeView>

#include <set>

class QAction;
class QLineEdit;

namespace gatehouse::ui {

/// The Navigator: a filter line above the tree of objects. Reloads keep what is expanded.
class NavigatorDock final : public Dock {
    Q_OBJECT
public:
    explicit NavigatorDock(QWidget* parent = nullptr);

    void setTopology(const TopologyIndex& index);
    void setTheme(const Theme& theme) override;
    void select(const std::optional<model::ObjectKey>& key);
    void startSearch(); ///< puts the cursor into the filter line
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }

signals:
    void picked(const gatehouse::model::ObjectKey& key);
    void focusRequested(const gatehouse::model::ObjectKey& key);

private:
    void applyFilter(const QString& text);
    void expandKept(const QModelIndex& parent);
    void pickFirstMatch();

    NavigatorModel model_;
    QSortFilterProxyModel filtered_;
    QLineEdit* filter_;
    QAction* searchIcon_;
    QTreeView* tree_;
    std::set<QString> collapsed_; ///< places that the user closed
    bool selecting_ = false;
};

} // namespace gatehouse::ui
