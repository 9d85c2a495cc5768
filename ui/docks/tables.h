#pragma once

#include <QString>

class QTableView;
class QTreeView;

namespace gatehouse::ui {

/// The looks and manners that all tables of the bottom docks share: whole rows, no grid, keyboard use.
void prepareTable(QTableView& table, const QString& accessibleName);
/// The same for trees.
void prepareTree(QTreeView& tree, const QString& accessibleName);

} // namespace gatehouse::ui
