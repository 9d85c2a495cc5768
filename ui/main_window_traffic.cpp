// Live traffic: on the canvas, in the charts of what is selected, and in the Inspector.

#include "ui/docks/inspector_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QSettings>

namespace gatehouse::ui {

void MainWindow::connectTraffic()
{
    connect(traffic_, &TrafficDock::trafficChanged, this, [this](const std::shared_ptr<const TrafficNow>& now) {
        canvas_->scene().setTraffic(now);
        inspector_->setLive(traffic_->selectionText());
    });
    connect(
        &canvas_->scene(), &TopologyScene::selectionMoved, this, [this](const std::optional<model::ObjectKey>& key) {
            const TopologyIndex& index = canvas_->scene().index();
            const auto node = key ? index.find(*key) : std::nullopt;
            const auto parts = node ? trafficParts(index, *node) : std::vector<TrafficPart>();
            traffic_->setSelection(parts.empty() ? QString() : QString::fromStdString(model::toString(*key)), parts);
            inspector_->setLive(traffic_->selectionText());
        });
    const bool shown = !settings_ || settings_->value(QStringLiteral("trafficOnCanvas"), true).toBool();
    action(QStringLiteral("traffic"))->setChecked(shown);
    canvas_->scene().showTraffic(shown);
}

void MainWindow::showTrafficOnCanvas(bool on)
{
    canvas_->scene().showTraffic(on);
    if (settings_)
        settings_->setValue(QStringLiteral("trafficOnCanvas"), on);
}

void MainWindow::followEngine(EngineState state)
{
    if (state == EngineState::Running)
        canvas_->scene().expectTraffic();
    else
        traffic_->stopLive();
    probe_->setEngineRunning(state == EngineState::Running);
}

} // namespace gatehouse::ui
