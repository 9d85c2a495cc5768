// What the desktop takes for a large set: from opening to the first picture, and for each frame of panning and zooming
// the unfolded canvas, drawn in software. `bench_ui DIR`; exit code 1 when a goal is missed. See ./dev bench ui.

#include "app/control/session.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"
#include "ui_measures.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <numeric>
#include <optional>
#include <thread>

using namespace gatehouse;
using namespace bench;

namespace {

constexpr double goalFirstPictureMs = 2000;
constexpr double goalFrameMs = 1000.0 / 30;

long residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::atol(line.c_str() + 6) / 1024;
    }
    return 0;
}

struct Frames {
    double mean = 0, late = 0; ///< of the thread's own time; the 95th of a hundred
    double wall = 0;
};

/// Draws `count` frames, each after a step.
Frames draw(ui::TopologyView& view, int count, const std::function<void(int)>& step)
{
    std::vector<double> times;
    QElapsedTimer wall;
    wall.start();
    for (int i = 0; i < count; ++i) {
        const double before = threadMs();
        step(i);
        view.viewport()->repaint();
        times.push_back(threadMs() - before);
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    }
    const double elapsed = double(wall.nsecsElapsed()) / 1e6;
    std::sort(times.begin(), times.end());
    const double sum = std::accumulate(times.begin(), times.end(), 0.0);
    return {sum / count, times[times.size() * 95 / 100], elapsed / count};
}

/// Back and forth, as a hand pans.
Frames pan(ui::TopologyView& view)
{
    return draw(view, 60, [&](int i) {
        QScrollBar* bar = i % 2 == 0 ? view.horizontalScrollBar() : view.verticalScrollBar();
        bar->setValue(bar->value() + (i % 20 < 10 ? 37 : -37));
    });
}

void benchFrames(ui::TopologyView& view, Goals& goals)
{
    for (const double zoom : {0.02, 0.05, 0.1, 0.2, 0.33, 0.4, 0.6, 1.0, 2.0}) {
        view.setZoom(zoom);
        view.viewport()->repaint();
        const Frames frames = pan(view);
        char what[80];
        std::snprintf(what, sizeof what, "pan at %.0f %% (95th %.1f, wall %.1f)", zoom * 100, frames.late, frames.wall);
        goals.check(what, frames.mean, goalFrameMs);
    }
    view.fit();
    view.viewport()->repaint();
    const Frames zooming = draw(view, 120, [&](int i) { view.zoomBy(i % 60 < 30 ? 1.12 : 1 / 1.12); });
    char what[80];
    std::snprintf(what, sizeof what, "zoom in and out (95th %.1f, wall %.1f)", zooming.late, zooming.wall);
    goals.check(what, zooming.mean, goalFrameMs);
}

/// Reads the manifests off the UI thread, as the desktop does.
std::shared_ptr<const control::State> load(const std::string& path, double& ownMs)
{
    control::Config config;
    config.paths = {path};
    std::shared_ptr<const control::State> state;
    std::jthread reader([&] {
        importers::ManifestImporter importer;
        state = control::buildState(importer, config);
        ownMs = threadMs();
    });
    reader.join();
    return state;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: bench_ui DIR\n", stderr);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    ui::loadResources();
    QApplication::setFont(ui::interfaceFont());
    ui::MainWindow window(nullptr);
    window.resize(1600, 1000);
    window.chooseTheme(ui::ThemeChoice::Light);
    window.show();
    QCoreApplication::processEvents();
    Goals goals;
    ui::TopologyScene& scene = window.canvas().scene();

    QElapsedTimer timer;
    timer.start();
    double own = 0;
    const auto state = load(argv[1], own);
    const double read = double(timer.nsecsElapsed()) / 1e6;
    if (!state->topology) {
        std::fprintf(stderr, "bench_ui: %s cannot be read\n", argv[1]);
        return 2;
    }
    ui::ViewState view;
    view.topology = state->topology;
    view.diagnostics = state->diagnostics;
    std::printf("%zu objects: %zu nodes, %zu edges\n", state->import.objects, state->topology->nodes.size(),
                state->topology->edges.size());
    window.setState(view);
    const double blocked = double(timer.nsecsElapsed()) / 1e6 - read;
    waitFor([&] { return !scene.arranging(); });
    const double arranged = double(timer.nsecsElapsed()) / 1e6;
    window.repaint();
    window.canvas().view().viewport()->repaint();
    const double first = double(timer.nsecsElapsed()) / 1e6;
    say("import, resolve, compile, project", read);
    say("  of that the thread's own time", own);
    say("lists and plan, on the UI thread", blocked);
    say("layout, in its process", arranged - blocked - read);
    say("first frame", first - arranged);
    std::printf("  %zu cards are drawn\n", scene.nodeCount());
    goals.check("first picture", first, goalFirstPictureMs);

    timer.restart();
    double stall = 0;
    {
        const Stall stalls;
        scene.unfoldAll();
        waitFor([&] { return !scene.arranging(); });
        stall = stalls.longest();
    }
    say("everything unfolded", double(timer.nsecsElapsed()) / 1e6);
    say("the longest that the window stood still", stall);
    std::printf("  %zu cards are drawn\n", scene.nodeCount());
    benchFrames(window.canvas().view(), goals);
    timer.restart();
    scene.select(state->topology->nodes.front().key);
    say("select a Gateway", double(timer.nsecsElapsed()) / 1e6);
    std::printf("  %ld MB resident\n", residentMegabytes());
    return goals.missed ? 1 : 0;
}
