// Comparing and testing: what the two docks ask of each other, and what they put on the canvas.

#include "ui/docks/compare_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/main_window.h"
#include "ui/prepared_topology.h"
#include "ui/topology/canvas_marks.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QToolButton>

namespace gatehouse::ui {

void MainWindow::showTopology()
{
    if (!state_.topology)
        return;
    ComparedTopology drawn{state_.prepared->index, nullptr};
    if (compare_->comparison())
        drawn = unite(*state_.topology, *compare_->comparison());
    else if (state_.draft)
        drawn = *state_.draft;
    action(QStringLiteral("changes-only"))->setEnabled(drawn.marks != nullptr);
    canvas_->setTopology(drawn.topology, state_.targets, drawn.marks);
}

void MainWindow::connectCompare()
{
    connect(compare_, &CompareDock::shown, this, [this] {
        for (const char* id : {"leave-compare", "copy-differences"})
            action(QLatin1String(id))->setEnabled(compare_->comparison() != nullptr);
        showTopology();
        updateInspector();
    });
    connect(compare_, &CompareDock::probeRequested, this, &MainWindow::probeRequest);
    connect(compare_, &CompareDock::jumpRequested, this, [this](const model::ObjectKey& key, int line) {
        if (canvas_->scene().index().find(key))
            jumpTo(key, line);
        else
            showMessage(tr("%1 is not drawn on the canvas").arg(QString::fromStdString(model::toString(key))));
    });
    connect(&canvas_->filters(), &FilterBar::leaveComparingClicked, compare_, &CompareDock::stopRequested);
    connect(action(QStringLiteral("changes-only")), &QAction::toggled, this, [this](bool on) {
        CanvasFilter filter = canvas_->filters().filter();
        filter.changesOnly = on;
        canvas_->filters().setFilter(filter);
    });
    for (const char* id : {"leave-compare", "copy-differences"})
        action(QLatin1String(id))->setEnabled(false);
    action(QStringLiteral("changes-only"))->setEnabled(false);
}

void MainWindow::connectTests()
{
    connect(tests_, &TestsDock::probeRequested, this, &MainWindow::probeRequest);
    connect(tests_, &TestsDock::jumpRequested, this, &MainWindow::jumpTo);
    connect(tests_, &TestsDock::coverageShown, this, [this] {
        canvas_->scene().setCoverage(tests_->coverage());
        inspector_->inspector().setCoverage(tests_->coverage());
    });
    QAction* watch = action(QStringLiteral("watch-tests"));
    connect(watch, &QAction::toggled, tests_, &TestsDock::setWatching);
    connect(tests_, &TestsDock::watchRequested, watch, &QAction::setChecked);
}

} // namespace gatehouse::ui
