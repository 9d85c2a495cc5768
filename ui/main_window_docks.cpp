// The docks: where they lie, and what they ask of each other and of the application.

#include "ui/docks/compare_dock.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QApplication>
#include <QSettings>

namespace gatehouse::ui {

void MainWindow::makeDocks()
{
    editor_ = new EditorDock(this);
    const std::pair<Qt::DockWidgetArea, Dock*> places[] = {
        {Qt::LeftDockWidgetArea, navigator_},  {Qt::RightDockWidgetArea, inspector_},
        {Qt::BottomDockWidgetArea, problems_}, {Qt::BottomDockWidgetArea, traffic_},
        {Qt::BottomDockWidgetArea, probe_},    {Qt::BottomDockWidgetArea, compare_},
        {Qt::BottomDockWidgetArea, tests_},    {Qt::RightDockWidgetArea, editor_},
    };
    // The docks of an area lie in tabs, in the order of the rows.
    std::map<Qt::DockWidgetArea, Dock*> last;
    for (const auto& [area, dock] : places) {
        docks_.push_back(dock);
        addDockWidget(area, dock);
        if (Dock* before = std::exchange(last[area], dock))
            tabifyDockWidget(before, dock);
    }
    problems_->raise();
    editor_->hide(); // until something is edited
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    setTabPosition(Qt::RightDockWidgetArea, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resizeDocks({navigator_, inspector_}, {256, 330}, Qt::Horizontal);
    resizeDocks({problems_}, {212}, Qt::Vertical);
    connect(navigator_, &NavigatorDock::picked, this, &MainWindow::select);
    connect(navigator_, &NavigatorDock::focusRequested, this,
            [this](const model::ObjectKey& key) { canvas_->scene().focusOn(key); });
    connect(traffic_, &TrafficDock::picked, this, &MainWindow::jumpToRoute);
    connect(&inspector_->inspector(), &Inspector::detailsRequested, this, [this](const model::ObjectKey& key) {
        if (!state_.topology)
            return; // it was closed meanwhile
        // What the canvas draws of a comparison's base, or of what a draft takes away, is not among what is open.
        const auto& open = state_.topology->nodes;
        const bool here = std::any_of(open.begin(), open.end(), [&](const auto& node) { return node.key == key; }) ||
                          (state_.beside && std::binary_search(state_.beside->begin(), state_.beside->end(), key));
        here || !(compare_->comparison() || state_.draft) ? emit detailsRequested(key) : emit baseDetailsRequested(key);
    });
    connect(&inspector_->inspector(), &Inspector::linkActivated, this, &MainWindow::select);
}

void MainWindow::floatPanel()
{
    for (Dock* dock : docks_) {
        if (!dock->isAncestorOf(QApplication::focusWidget()))
            continue;
        dock->setFloating(!dock->isFloating());
        dock->raise();
        dock->activateWindow();
        return;
    }
    showMessage(tr("Put the keyboard into a panel to float it"));
}

void MainWindow::connectProbe()
{
    connectTraffic();
    connect(probe_, &ProbeDock::explainRequested, this, &MainWindow::explainRequested);
    connect(probe_, &ProbeDock::jumpRequested, this, &MainWindow::jumpTo);
    connect(probe_, &ProbeDock::runRequested, action(QStringLiteral("run")), &QAction::trigger);
    connect(traffic_, &TrafficDock::explainRequested, this, &MainWindow::explainRequested);
    connect(traffic_, &TrafficDock::jumpRequested, this, &MainWindow::jumpTo);
    connect(traffic_, &TrafficDock::probeRequested, this, &MainWindow::probeRequest);
    connect(probe_, &ProbeDock::resultShown, this,
            [this](const ProbeResult& result) { canvas_->scene().setLight(lightOf(result)); });
    connect(probe_, &ProbeDock::resultCleared, this, [this] { canvas_->scene().setLight({}); });
    connect(probe_, &ProbeDock::historyChanged, this, [this](const QStringList& lines) {
        if (settings_)
            settings_->setValue(QStringLiteral("probeHistory"), lines);
    });
}

void MainWindow::probeRequest(const ProbeRequest& request)
{
    probe_->startComposing();
    probe_->explain(request);
}

void MainWindow::setExplanation(ProbeQuestion::Asker asker, std::uint64_t number, const ProbeResult& result)
{
    switch (asker) {
    case ProbeQuestion::Asker::Probe:
        probe_->setResult(number, result);
        break;
    case ProbeQuestion::Asker::Traffic:
        traffic_->setExplanation(number, result);
        break;
    }
}

void MainWindow::jumpToRoute(const QString& route, const QString& gateway)
{
    const QStringList parts = route.split(QLatin1Char('/'));
    if (parts.size() == 3)
        selectByText(QStringLiteral("%1/%2/%3").arg(parts[1], parts[0], parts[2]));
    else if (const QStringList names = gateway.split(QLatin1Char('/')); names.size() == 2)
        selectByText(QStringLiteral("%1/Gateway/%2").arg(names[0], names[1]));
}

} // namespace gatehouse::ui
