#pragma once

#include <QString>

#include <vector>

class QAction;
class QMenuBar;

namespace gatehouse::ui {

struct MenuEntry {
    QString place; ///< the menus that lead there, "View \u203A Zoom"; without mnemonics
    QAction* action;
};

/// Every action of the menus and of the menus within them, in their order; of the recently opened paths only the entry
/// that holds them. Lifetime: of the bar. Thread: UI.
std::vector<MenuEntry> menuEntries(const QMenuBar& bar);

} // namespace gatehouse::ui
