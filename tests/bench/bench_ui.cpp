// What the desktop takes for a large set: from opening to the first picture, and for each frame of panning and zooming
// the unfolded canvas, drawn in software. `bench_ui DIR [JSON]`; exit code 1 when a goal is missed. See ./dev bench ui.

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

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <thread>

using namespace gatehouse;
using namespace bench;

namespace {

constexpr double goalFirstPictureMs = 2000;
constexpr double goalFrameMs = 1000.0 / 30;

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

void benchFrames(ui::TopologyView& view, Report& report)
{
    for (const double zoom : {0.02, 0.05, 0.1, 0.2, 0.33, 0.4, 0.6, 1.0, 2.0}) {
        view.setZoom(zoom);
        view.viewport()->repaint();
        const Frames frames = pan(view);
        const int percent = int(std::lround(zoom * 100));
        report.check(QStringLiteral("pan%1PercentMs").arg(percent),
                     QString::asprintf("pan at %d %% (95th %.1f, wall %.1f)", percent, frames.late, frames.wall),
                     frames.mean, goalFrameMs);
    }
    view.fit();
    view.viewport()->repaint();
    const Frames zooming = draw(view, 120, [&](int i) { view.zoomBy(i % 60 < 30 ? 1.12 : 1 / 1.12); });
    report.check(QStringLiteral("zoomMs"),
                 QString::asprintf("zoom in and out (95th %.1f, wall %.1f)", zooming.late, zooming.wall), zooming.mean,
                 goalFrameMs);
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

double milliseconds(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

/// From opening to the first picture; null when the manifests cannot be read.
std::shared_ptr<const control::State> benchOpening(ui::MainWindow& window, const std::string& path, Report& report)
{
    ui::TopologyScene& scene = window.canvas().scene();
    QElapsedTimer timer;
    timer.start();
    double own = 0;
    auto state = load(path, own);
    const double read = milliseconds(timer);
    if (!state->topology)
        return nullptr;
    ui::ViewState view;
    view.topology = state->topology;
    view.diagnostics = state->diagnostics;
    std::printf("%zu objects: %zu nodes, %zu edges\n", state->import.objects, state->topology->nodes.size(),
                state->topology->edges.size());
    report.count("objects", double(state->import.objects));
    window.setState(view);
    const double blocked = milliseconds(timer) - read;
    waitFor([&] { return !scene.arranging(); });
    const double arranged = milliseconds(timer);
    window.repaint();
    window.canvas().view().viewport()->repaint();
    const double first = milliseconds(timer);
    report.say("readMs", QStringLiteral("import, resolve, compile, project"), read);
    report.say("readThreadMs", QStringLiteral("  of that the thread's own time"), own);
    report.say("planMs", QStringLiteral("lists and plan, on the UI thread"), blocked);
    report.say("layoutMs", QStringLiteral("layout, in its process"), arranged - blocked - read);
    report.say("firstFrameMs", QStringLiteral("first frame"), first - arranged);
    std::printf("  %zu cards are drawn\n", scene.nodeCount());
    report.check(QStringLiteral("firstPictureMs"), QStringLiteral("first picture"), first, goalFirstPictureMs);
    report.memory("openMegabytes", "folded as it opens");
    return state;
}

void benchUnfolding(ui::TopologyScene& scene, Report& report)
{
    QElapsedTimer timer;
    timer.start();
    const Stall stall;
    scene.unfoldAll();
    waitFor([&] { return !scene.arranging(); });
    report.say("unfoldMs", QStringLiteral("everything unfolded"), milliseconds(timer));
    report.say("unfoldStallMs", QStringLiteral("the longest that the window stood still"), stall.longest());
    std::printf("  %zu cards are drawn\n", scene.nodeCount());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2 && argc != 3) {
        std::fputs("usage: bench_ui DIR [JSON]\n", stderr);
        return 2;
    }
    const QString directory = QString::fromLocal8Bit(argv[1]), json = QString::fromLocal8Bit(argc == 3 ? argv[2] : "");
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
    Report report;
    report.memory("emptyMegabytes", "nothing open");

    const auto state = benchOpening(window, directory.toStdString(), report);
    if (!state) {
        std::fprintf(stderr, "bench_ui: %s cannot be read\n", qPrintable(directory));
        return 2;
    }
    benchUnfolding(window.canvas().scene(), report);
    benchFrames(window.canvas().view(), report);
    QElapsedTimer timer;
    timer.start();
    window.canvas().scene().select(state->topology->nodes.front().key);
    report.say("selectMs", QStringLiteral("select a Gateway"), milliseconds(timer));
    report.memory("unfoldedMegabytes", "everything unfolded");
    if (!report.write(json)) {
        std::fprintf(stderr, "bench_ui: cannot write %s\n", qPrintable(json));
        return 2;
    }
    return report.missed() ? 1 : 0;
}
