#pragma once

#include "ui/docks/dock.h"
#include "ui/models/navigator_filter.h"

#include <QPersistentModelIndex>
#include <QTreeView>

#include <set>
#include <vector>

class QAction;
class QLineEdit;

namespace gatehouse::ui {

/// The Navigator: a search line above the tree of objects. Reloads keep what is expanded and selected, and the place
/// that is scrolled to.
class NavigatorDock final : public Dock {
    Q_OBJECT
public:
    explicit NavigatorDock(QWidget* parent = nullptr);

    void setTopology(const TopologyIndex& index) { setTopology(index, navigatorRows(index)); }
    void setTopology(const TopologyIndex& index, const NavigatorRows& rows); ///< with the rows that were made of it
    void setTheme(const Theme& theme) override;
    void select(const std::optional<model::ObjectKey>& key);
    void startSearch(); ///< puts the cursor into the filter line
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }

signals:
    void picked(const gatehouse::model::ObjectKey& key);
    void focusRequested(const gatehouse::model::ObjectKey& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void applyFilter(const QString& text);
    void expandNew();
    void expandKept(const QModelIndex& at);
    [[nodiscard]] bool opensLate(const QModelIndex& at) const;
    void pickFirstMatch();

    NavigatorModel model_;
    NavigatorFilter filtered_;
    QLineEdit* filter_;
    QAction* searchIcon_;
    QTreeView* tree_;
    std::set<QString> collapsed_;                ///< places that the user closed
    std::vector<QPersistentModelIndex> arrived_; ///< rows that came since what is new was last opened
    bool selecting_ = false;
};

} // namespace gatehouse::ui
