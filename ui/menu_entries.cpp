#include "ui/menu_entries.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

namespace gatehouse::ui {
namespace {

void addEntries(const QMenu& menu, const QString& above, std::vector<MenuEntry>& entries)
{
    const QString place = above + QString(menu.title()).remove(QLatin1Char('&'));
    for (QAction* action : menu.actions()) {
        if (action->isSeparator())
            continue;
        // A menu within has no name; an action that only opens a list, as that of recent paths, has one.
        if (action->menu() && action->objectName().isEmpty())
            addEntries(*action->menu(), place + QStringLiteral(" \u203A "), entries);
        else
            entries.push_back({place, action});
    }
}

} // namespace

std::vector<MenuEntry> menuEntries(const QMenuBar& bar)
{
    std::vector<MenuEntry> entries;
    for (const QAction* top : bar.actions())
        addEntries(*top->menu(), QString(), entries);
    return entries;
}

} // namespace gatehouse::ui
