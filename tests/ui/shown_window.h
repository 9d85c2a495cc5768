#pragma once

#include "sample_topology.h"
#include "ui/main_window.h"
#include "ui/menu_entries.h"
#include "ui/palette/command_palette.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QDialog>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

namespace gatehouse::ui {

inline ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    state.summary = QStringLiteral("8 objects");
    return state;
}

/// A window that is shown, active, and has the sample on its canvas.
struct Shown {
    MainWindow window{nullptr};

    explicit Shown(const ViewState& state = sampleState())
    {
        window.show();
        window.activateWindow();
        window.setState(state);
    }
    void settle()
    {
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(!scene().arranging());
    }
    TopologyScene& scene() { return window.canvas().scene(); }
    QAction* action(const char* id) { return window.findChild<QAction*>(QLatin1String(id)); }
    template <class T>
    T& dock()
    {
        return *window.findChild<T*>();
    }
};

/// Takes every action of the menus that `wanted` picks and that is enabled with a route selected, as `press` does it,
/// and sees that it is triggered once; `taken` counts them.
template <class Wanted, class Press>
void takeEach(Shown& shown, Wanted wanted, Press press, int& taken)
{
    for (const MenuEntry& entry : menuEntries(*shown.window.menuBar())) {
        QAction* action = entry.action;
        if (!wanted(*action))
            continue;
        shown.window.activateWindow();
        shown.window.canvas().view().setFocus();
        QTRY_VERIFY(shown.window.canvas().view().hasFocus());
        shown.scene().select(sample::shopRoute);
        if (!action->isEnabled())
            continue;
        QSignalSpy triggered(action, &QAction::triggered);
        press(*action);
        QVERIFY2(triggered.size() == 1, qPrintable(action->objectName() + action->shortcut().toString()));
        ++taken;
        for (QDialog* dialog : shown.window.findChildren<QDialog*>())
            delete dialog;
        shown.window.commandPalette().hide();
        QTRY_VERIFY(!shown.scene().arranging());
    }
}

} // namespace gatehouse::ui
