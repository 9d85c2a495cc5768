#include "app/admin/admin_endpoint.h"
#include "app/control/build_state.h"
#include "app/control/event_pump.h"
#include "importers/files/file_watcher.h"
#include "model/graph/status.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <sstream>
#include <thread>

namespace gatehouse::control {

namespace {

/// Errors in the text keep a State from being applied; what the spec or the engine refuses is a condition, and serves
/// on.
bool usable(const State& state)
{
    return !state.import.unreadable && !hasErrors(state.import.diagnostics);
}

/// A listener that should be open and is not: a problem of the machine, at the listener's place in the text.
model::Diagnostic bindProblem(const model::Graph& graph, std::size_t listener, const std::string& error)
{
    const model::ListenerNode& node = graph.listeners[listener];
    const model::Resource* owner = graph[node.gateway].resource;
    if (node.listenerSet)
        owner = graph[*node.listenerSet].resource;
    model::Diagnostic problem;
    problem.code = "GH4101";
    problem.message = "listener " + node.resource->name + " does not serve: " + error;
    problem.location = owner->at(node.resource->position);
    problem.object = owner->key;
    return problem;
}

} // namespace

struct ControlLoop::Impl {
    Impl(Config c, Observers o) : config(std::move(c)), observers(std::move(o)), importer()
    {
        control = std::thread([this] { run(); });
    }

    ~Impl()
    {
        post([this] {
            if (watcher)
                stopWatching();
            stopServing();
            stopping = true;
        });
        control.join();
    }

    // Any thread.

    void post(std::function<void()> task)
    {
        {
            const std::lock_guard lock(mutex);
            tasks.push_back(std::move(task));
        }
        wake.notify_one();
    }

    std::shared_ptr<const State> current() const
    {
        const std::lock_guard lock(mutex);
        return state;
    }

    engine::EngineStats stats() const
    {
        std::shared_ptr<engine::Engine> running;
        {
            const std::lock_guard lock(mutex);
            running = engine;
        }
        return running ? running->stats() : engine::EngineStats{};
    }

    // Control thread.

    void run()
    {
        while (!stopping) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return !tasks.empty(); });
                task = std::move(tasks.front());
                tasks.pop_front();
            }
            task();
        }
    }

    void publish(const std::shared_ptr<State>& next)
    {
        if (config.keepStatuses) {
            const auto before = current();
            const auto now = config.clock ? config.clock()
                                          : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
            next->statuses =
                model::statuses(*next->graph, next->programming, {now, before ? &before->statuses : nullptr});
        }
        {
            const std::lock_guard lock(mutex);
            state = next;
        }
        if (observers.changed)
            observers.changed(next);
    }

    /// Hands a State to the engine and completes it with what the engine reported.
    void apply(State& next)
    {
        const auto before = std::chrono::steady_clock::now();
        const engine::ApplyReport report = engine->apply(next.snapshot);
        next.applyMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
        next.programming = engine::programmingOf(*next.snapshot, report);
        next.live = true;
        next.adminAddress = adminAddress;
        next.adminError = adminError;
        if (config.projectTopology)
            next.topology = std::make_shared<const model::Topology>(model::project(*next.graph, &next.programming));
        for (std::size_t i = 0; i < report.listeners.size(); ++i)
            if (!report.listeners[i].error.empty())
                next.diagnostics.push_back(bindProblem(*next.graph, i, report.listeners[i].error));
        sortDiagnostics(next.diagnostics);
    }

    std::shared_ptr<State> importNow(const State* previous)
    {
        std::istringstream text(standardInput);
        return makeState(importer, config, previous, standardInputGiven ? &text : nullptr);
    }

    /// Standard input can be read once, but "-" is imported again whenever a file changes: keep its text. One byte more
    /// than the importer takes is enough for it to complain.
    void keepStandardInput(std::istream& stream)
    {
        const std::size_t limit = importers::ImportLimits().fileBytes + 1;
        char piece[65536];
        while (standardInput.size() < limit && (stream.read(piece, sizeof piece), stream.gcount() > 0))
            standardInput.append(piece, static_cast<std::size_t>(stream.gcount()));
        standardInputGiven = true;
    }

    void importAgain()
    {
        const auto before = current();
        const auto next = importNow(before.get());
        // A first input with errors is better than an older one: there is nothing good to fall back on yet.
        if (before && usable(*before) && !usable(*next)) {
            if (observers.rejected)
                observers.rejected(next);
            return;
        }
        if (engine)
            apply(*next);
        publish(next);
    }

    void serveAdmin()
    {
        if (!config.admin)
            return;
        admin::Sources sources;
        sources.current = [this] { return current(); };
        sources.stats = [this] { return stats(); };
        const auto port =
            engine->serveLocal({config.admin->address, config.admin->port}, admin::handler(std::move(sources)));
        if (port)
            adminAddress = admin::authority(config.admin->address, *port);
        else
            adminError = port.error();
    }

    void startServing()
    {
        const auto before = current();
        if (engine || !before)
            return;
        engine::EngineOptions options;
        options.workers = config.workers;
        options.accessEvents = observers.events != nullptr;
        options.limits = config.limits;
        auto fresh = std::make_shared<engine::Engine>(options);
        if (observers.events)
            pump = std::make_unique<EventPump>(*fresh, observers.events);
        {
            const std::lock_guard lock(mutex);
            engine = std::move(fresh);
        }
        auto next = std::make_shared<State>(*before);
        apply(*next);
        serveAdmin();
        next->adminAddress = adminAddress;
        next->adminError = adminError;
        publish(next);
    }

    /// Drains, then lets the last events out. Returns false when nothing ran.
    bool stopServing()
    {
        if (!engine)
            return false;
        engine->drain(config.drainTimeout);
        engine->stop();
        pump.reset();
        std::shared_ptr<engine::Engine> last;
        {
            const std::lock_guard lock(mutex);
            last.swap(engine);
        }
        adminAddress.clear();
        adminError.clear();
        return true;
    }

    void startWatching()
    {
        watcher = std::make_unique<importers::FileWatcher>(config.paths);
        watching = std::thread([this] {
            // Changes that come while an import runs need one more import, not one each.
            while (watcher->wait())
                if (!changePending.exchange(true))
                    post([this] {
                        changePending = false;
                        importAgain();
                    });
        });
    }

    void stopWatching()
    {
        watcher->stop();
        watching.join();
        watcher.reset();
    }

    Config config;
    Observers observers;
    importers::ManifestImporter importer;

    mutable std::mutex mutex; ///< guards the four below; held for pointer copies only
    std::condition_variable wake;
    std::deque<std::function<void()>> tasks;
    std::shared_ptr<const State> state;
    std::shared_ptr<engine::Engine> engine;

    std::string standardInput; ///< text of "-"
    bool standardInputGiven = false;
    std::string adminAddress, adminError;
    std::unique_ptr<EventPump> pump;
    std::unique_ptr<importers::FileWatcher> watcher;
    std::thread watching;
    std::atomic<bool> changePending{false};
    bool stopping = false;
    std::thread control;
};

ControlLoop::ControlLoop(Config config, Observers observers)
    : impl_(std::make_unique<Impl>(std::move(config), std::move(observers)))
{
}

ControlLoop::~ControlLoop() = default;

std::shared_ptr<const State> ControlLoop::load(std::istream* standardInput)
{
    std::promise<std::shared_ptr<const State>> loaded;
    impl_->post([&, impl = impl_.get()] {
        const auto& paths = impl->config.paths;
        if (standardInput && std::find(paths.begin(), paths.end(), "-") != paths.end())
            impl->keepStandardInput(*standardInput);
        const auto first = impl->importNow(nullptr);
        {
            const std::lock_guard lock(impl->mutex);
            impl->state = first;
        }
        loaded.set_value(first);
    });
    return loaded.get_future().get();
}

void ControlLoop::loadLater()
{
    impl_->post([impl = impl_.get()] { impl->publish(impl->importNow(nullptr)); });
}

void ControlLoop::startEngine()
{
    impl_->post([impl = impl_.get()] { impl->startServing(); });
}

void ControlLoop::stopEngine()
{
    impl_->post([impl = impl_.get()] {
        if (!impl->stopServing())
            return;
        const auto last = impl->current();
        impl->publish(deriveState(last->import, impl->config, last.get()));
    });
}

void ControlLoop::watch(bool on)
{
    impl_->post([impl = impl_.get(), on] {
        if (on && !impl->watcher)
            impl->startWatching();
        else if (!on && impl->watcher)
            impl->stopWatching();
    });
}

void ControlLoop::reapply()
{
    impl_->post([impl = impl_.get()] { impl->importAgain(); });
}

std::shared_ptr<const State> ControlLoop::current() const
{
    return impl_->current();
}

engine::EngineStats ControlLoop::stats() const
{
    return impl_->stats();
}

} // namespace gatehouse::control
