#pragma once

#include "sample_topology.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
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

} // namespace gatehouse::ui
