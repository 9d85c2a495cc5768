// The command palette: everything that it finds, and what choosing it does.

#include "ui/docks/problems_dock.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/menu_entries.h"
#include "ui/palette/command_palette.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QMenuBar>

namespace gatehouse::ui {
namespace {

QString plainText(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QChar(0x2026));
}

std::vector<PaletteEntry> actionEntries(const QMenuBar& bar)
{
    std::vector<PaletteEntry> entries;
    for (const MenuEntry& listed : menuEntries(bar)) {
        const QAction* action = listed.action;
        if (action->menu())
            continue;
        PaletteEntry& entry = entries.emplace_back();
        entry.group = PaletteGroup::Action;
        entry.title = plainText(action->text());
        entry.detail = listed.place;
        entry.icon = action->data().toString();
        entry.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        entry.enabled = action->isEnabled();
        entry.id = action->objectName();
    }
    return entries;
}

} // namespace

void MainWindow::openPalette()
{
    palette_->open(paletteEntries());
}

std::vector<PaletteEntry> MainWindow::paletteEntries() const
{
    std::vector<PaletteEntry> entries;
    if (state_.topology)
        entries = paletteObjects(*state_.topology, state_.beside ? *state_.beside : std::vector<model::ObjectKey>());
    for (PaletteEntry& entry : actionEntries(*menuBar()))
        entries.push_back(std::move(entry));
    for (const Problem& problem : problems_->model().problems()) {
        PaletteEntry& entry = entries.emplace_back();
        entry.group = PaletteGroup::Problem;
        entry.title = problem.text.section(QLatin1Char('\n'), 0, 0);
        entry.detail = QStringList{problem.object, problem.code, problem.place}.join(QLatin1Char(' ')).simplified();
        entry.icon = iconName(problem.severity);
        entry.severity = problem.severity;
        entry.key = problem.key;
        entry.line = problem.location.position.known() ? static_cast<int>(problem.location.position.line) : 0;
    }
    for (const QString& path : recent_) {
        PaletteEntry& entry = entries.emplace_back();
        entry.group = PaletteGroup::Path;
        entry.title = QFileInfo(path).fileName();
        entry.detail = QFileInfo(path).path();
        entry.icon = QStringLiteral("recent");
        entry.id = path;
    }
    return entries;
}

void MainWindow::pick(const PaletteEntry& entry)
{
    switch (entry.group) {
    case PaletteGroup::Action:
        for (const MenuEntry& listed : menuEntries(*menuBar())) {
            if (listed.action->objectName() == entry.id && !entry.id.isEmpty())
                listed.action->trigger();
        }
        break;
    case PaletteGroup::Path:
        requestOpen({entry.id});
        break;
    case PaletteGroup::Object:
    case PaletteGroup::Problem:
        if (entry.key)
            jumpTo(*entry.key, entry.line);
        if (entry.group == PaletteGroup::Problem)
            problems_->bringToFront();
        break;
    }
}

} // namespace gatehouse::ui
