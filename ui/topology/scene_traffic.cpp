// The canvas' live traffic: numbers on cards and edges, and points that move along the edges.

#include "ui/topology/canvas_traffic.h"
#include "ui/topology/topology_scene.h"

#include <QGraphicsView>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace gatehouse::ui {

using namespace std::chrono_literals;

namespace {

/// A picture each, and how far the points are then: calm, whatever the rate.
constexpr auto movingInterval = 60ms;
constexpr double movingStep = 0.05;
/// More edges would take too long to draw so often; then they are still.
constexpr int mostMoving = 80;

} // namespace

void TopologyScene::prepareTraffic()
{
    trafficClock_.setInterval(movingInterval);
    connect(&trafficClock_, &QTimer::timeout, this, [this] {
        const auto shown = views();
        if (std::none_of(shown.begin(), shown.end(), [](const QGraphicsView* view) { return view->isVisible(); }))
            return;
        style_.trafficPhase = std::fmod(style_.trafficPhase + movingStep, 1.0);
        for (EdgeItem* edge : items_.edgesInOrder())
            if (edge)
                edge->moveTraffic();
    });
}

void TopologyScene::setTraffic(std::shared_ptr<const TrafficNow> traffic)
{
    traffic_ = std::move(traffic);
    refreshTraffic();
}

void TopologyScene::showTraffic(bool on)
{
    const bool other = on != std::exchange(trafficShown_, on);
    refreshTraffic();
    if (other && trafficExpected_)
        arrange(false);
}

void TopologyScene::expectTraffic()
{
    if (!std::exchange(trafficExpected_, true) && trafficShown_ && (pending_ || output_))
        arrange(false);
}

void TopologyScene::setMotion(bool on)
{
    motion_ = on;
    refreshTraffic();
}

void TopologyScene::refreshTraffic()
{
    CanvasTraffic on;
    if (traffic_ && trafficShown_)
        on = trafficOn(picture_.whole, *picture_.shown, *picture_.plan, *traffic_);
    const auto& nodes = picture_.shown->index.topology().nodes;
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        NodeItem* item = items_.node(nodes[n].key);
        if (!item)
            continue;
        const auto listeners = on.listeners.find(n);
        item->setTraffic(n < on.nodes.size() ? on.nodes[n] : TrafficNumbers(),
                         listeners == on.listeners.end() ? std::vector<TrafficNumbers>() : listeners->second);
    }
    int busy = 0;
    const auto& edges = items_.edgesInOrder();
    for (std::size_t e = 0; e < edges.size(); ++e) {
        if (!edges[e])
            continue;
        edges[e]->setTraffic(e < on.edges.size() ? on.edges[e] : TrafficNumbers());
        busy += edges[e]->traffic() ? 1 : 0;
    }
    const bool moves = motion_ && busy > 0 && busy <= mostMoving;
    if (moves && !trafficClock_.isActive())
        trafficClock_.start();
    else if (!moves)
        trafficClock_.stop();
}

} // namespace gatehouse::ui
