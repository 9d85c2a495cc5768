// The engine under load, with or without the desktop's window open in its process: `bench_ui_traffic
// --window|--headless DIR GATEWAY`. Says where the Gateway listens once it serves; then answers each line of standard
// input with what was counted so far, and ends with the input. One JSON object a line. tests/bench/ui_traffic.py sends
// the load and compares.

#include "app/desktop/controller.h"
#include "ui/docks/dock.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"
#include "ui_measures.h"

#include <QApplication>
#include <QSocketNotifier>
#include <QStyleFactory>

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <mutex>

using namespace gatehouse;
using namespace bench;

namespace {

/// Where the Gateway's first listener accepts; "" when it does not.
std::string addressOf(const control::State& state, const std::string& gateway)
{
    const model::Graph& graph = *state.graph;
    for (std::size_t i = 0; i < graph.listeners.size(); ++i) {
        const std::uint32_t owner = graph.listeners[i].gateway.value;
        const auto& own = state.programming.listeners[i];
        const auto& addresses = state.programming.gateways[owner].addresses;
        if (model::toString(graph.gateways[owner].resource->key.name) == gateway && own.programmed &&
            !addresses.empty())
            return addresses.front() + ':' + std::to_string(own.localPort);
    }
    return {};
}

/// CPU time of the engine's workers, by their names.
double workerMs()
{
    double sum = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream file(entry.path() / "comm");
        std::string name;
        if (!std::getline(file, name) || name != "gh-worker")
            continue;
        // The clock of a thread by its number, as glibc makes it of a pthread_t.
        const auto clock =
            static_cast<clockid_t>((~static_cast<unsigned>(std::stoi(entry.path().filename())) << 3) | 6U);
        timespec spent{};
        if (clock_gettime(clock, &spent) == 0)
            sum += double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
    }
    return sum;
}

double processMs()
{
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

void sayAddress(const std::string& address)
{
    std::printf("{\"address\": \"%s\"}\n", address.c_str());
}

/// `uiMs` and `stallMs` are of the window's thread; the stall is the longest since the line before.
void sayCounts(double uiMs, double stallMs)
{
    std::printf("{\"workerMs\": %.3f, \"processMs\": %.3f, \"uiMs\": %.3f, \"stallMs\": %.1f, \"megabytes\": %ld}\n",
                workerMs(), processMs(), uiMs, stallMs, residentMegabytes());
}

int fail(const char* why)
{
    std::fprintf(stderr, "bench_ui_traffic: %s\n", why);
    return 2;
}

/// As `gatehouse run`, but for what it does with `events`.
int serveHeadless(const char* directory, const std::string& gateway, bool events)
{
    control::Config config;
    config.paths = {directory};
    std::mutex mutex; // guards `address`
    std::condition_variable changed;
    std::optional<std::string> address;
    control::ControlLoop::Observers observers;
    observers.changed = [&](const std::shared_ptr<const control::State>& state) {
        if (!state->live)
            return;
        const std::lock_guard lock(mutex);
        address = addressOf(*state, gateway);
        changed.notify_all();
    };
    if (events)
        observers.events = [](const std::vector<model::AccessEvent>&) {};
    control::ControlLoop loop(std::move(config), std::move(observers));
    if (loop.load()->import.unreadable)
        return fail("the directory cannot be read");
    loop.startEngine();
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return address.has_value(); });
    if (address->empty())
        return fail("the Gateway does not serve");
    sayAddress(*address);
    lock.unlock();
    for (std::string line; std::getline(std::cin, line);)
        sayCounts(0, 0);
    return 0;
}

int serveWithWindow(QApplication& application, const QString& directory, const std::string& gateway)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    ui::loadResources();
    QApplication::setFont(ui::interfaceFont());
    ui::MainWindow window(nullptr);
    window.resize(1600, 1000);
    desktop::Controller::Setup setup;
    setup.watch = false;
    desktop::Controller controller(window, setup);
    window.show();
    // The table of requests is in front, where each new one is drawn.
    window.findChild<ui::Dock*>(QStringLiteral("traffic"))->raise();
    bool loaded = false, up = false;
    QObject::connect(&controller, &desktop::Controller::loaded, &window, [&] { loaded = true; });
    QObject::connect(&controller, &desktop::Controller::engineUp, &window, [&] { up = true; });
    controller.open({directory});
    waitFor([&] { return loaded && !window.canvas().scene().arranging(); });
    if (controller.state()->import.unreadable)
        return fail("the directory cannot be read");
    controller.run();
    waitFor([&] { return up; });
    const std::string address = addressOf(*controller.state(), gateway);
    if (address.empty())
        return fail("the Gateway does not serve");
    Stall stall;
    QSocketNotifier input(fileno(stdin), QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        // One line is asked at a time: nothing more waits in the stream's buffer.
        std::string line;
        if (!std::getline(std::cin, line))
            return QCoreApplication::quit();
        sayCounts(threadMs(), stall.longest());
        stall.restart();
    });
    sayAddress(address);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const std::string mode = argc == 4 ? argv[1] : "";
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (mode == "--headless" || mode == "--silent")
        return serveHeadless(argv[2], argv[3], mode == "--headless");
    if (mode != "--window") {
        std::fputs("usage: bench_ui_traffic --window|--headless|--silent DIR NAMESPACE/GATEWAY\n", stderr);
        return 2;
    }
    int qtArguments = 1; // ours are not for Qt to read
    QApplication application(qtArguments, argv);
    return serveWithWindow(application, QString::fromLocal8Bit(argv[2]), argv[3]);
}
