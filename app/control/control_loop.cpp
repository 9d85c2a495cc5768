#include "app/admin/admin_endpoint.h"
#include "app/control/applied_state.h"
#include "app/control/event_pump.h"
#include "app/control/local_ca_certificates.h"
#include "app/control/session.h"
#include "app/control/task_queue.h"
#include "app/kube_api/kube_endpoint.h"
#include "importers/files/file_watcher.h"
#include "importers/files/unfinished_writes.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <sstream>
#include <stop_token>
#include <thread>

namespace gatehouse::control {

struct ControlLoop::Impl {
    Impl(Config c, Observers o) : config(std::move(c)), observers(std::move(o)), importer({}, quitting.get_token())
    {
        control = std::thread([this] { run(); });
    }

    ~Impl()
    {
        quitting.request_stop();
        tasks.post([this] {
            if (watcher)
                stopWatching();
            stopServing();
            stopping = true;
        });
        control.join();
    }

    // Any thread.

    std::shared_ptr<const State> current() const
    {
        const std::lock_guard lock(mutex);
        return state;
    }

    std::shared_ptr<engine::Engine> running() const
    {
        const std::lock_guard lock(mutex);
        return engine;
    }

    engine::EngineStats stats() const
    {
        const auto now = running();
        return now ? now->stats() : engine::EngineStats{};
    }

    std::vector<engine::RuleStats> ruleStats() const
    {
        const auto now = running();
        return now ? now->ruleStats() : std::vector<engine::RuleStats>{};
    }

    std::vector<engine::SessionStats> sessionStats() const
    {
        const auto now = running();
        return now ? now->sessionStats() : std::vector<engine::SessionStats>{};
    }

    // Control thread.

    void run()
    {
        if (config.kubeApi)
            makeKubeEndpoint();
        while (!stopping) {
            if (const auto task = tasks.next(nextWake()))
                task();
            else
                wakeUp();
            if (kube && observers.trouble)
                for (std::string& trouble : kube->takeTroubles())
                    observers.trouble(std::move(trouble));
        }
    }

    [[nodiscard]] std::optional<TaskQueue::TimePoint> nextWake() const
    {
        std::optional<TaskQueue::TimePoint> at = kube ? kube->nextWake() : std::nullopt;
        if (certificates && engine && (!at || certificateCheckAt < *at))
            at = certificateCheckAt;
        if (importAt && (!at || *importAt < *at))
            at = importAt;
        return at;
    }

    void wakeUp()
    {
        const auto now = std::chrono::steady_clock::now();
        if (kube && kube->nextWake() && *kube->nextWake() <= now)
            kube->tick();
        if (importAt && *importAt <= now)
            importChanges();
        if (!certificates || !engine || now < certificateCheckAt)
            return;
        certificateCheckAt = now + config.certificateCheck;
        if (certificates->forgetDue())
            serve(derive(current().get()));
    }

    [[nodiscard]] std::chrono::system_clock::time_point wallClock() const
    {
        return config.clock ? std::chrono::system_clock::time_point(config.clock()) : std::chrono::system_clock::now();
    }

    void makeKubeEndpoint()
    {
        kube::KubeEndpoint::Hooks hooks;
        hooks.post = [this](std::function<void()> task) { tasks.post(std::move(task)); };
        hooks.rebuild = [this] {
            const auto before = current();
            serve(derive(before.get()));
        };
        hooks.logs = [this](const importers::LogQuery& query) { return podLog(query); };
        kube.emplace(*config.kubeApi, std::move(hooks));
    }

    std::optional<std::string> podLog(const importers::LogQuery& query) const
    {
        if (!engine)
            return std::nullopt;
        auto text = engine->podLog({query.namespace_, query.pod, query.container},
                                   {query.since, query.tailLines, query.timestamps});
        if (text && query.limitBytes && text->size() > *query.limitBytes)
            text->resize(*query.limitBytes);
        return text;
    }

    void publish(const std::shared_ptr<State>& next)
    {
        if (config.keepStatuses || kube) {
            const auto before = current();
            fillStatuses(*next, before.get(), std::chrono::floor<std::chrono::seconds>(wallClock()));
        }
        {
            const std::lock_guard lock(mutex);
            state = next;
        }
        recent.push_back(next);
        if (recent.size() > keptStates)
            recent.pop_front();
        if (kube)
            kube->follow(*next);
        if (events)
            events->applied(*next);
        if (observers.changed)
            observers.changed(next);
    }

    /// Hands a State to the engine and completes it with what the engine reported.
    void apply(State& next)
    {
        const auto before = std::chrono::steady_clock::now();
        const engine::ApplyReport report = engine->apply(next.snapshot);
        next.applyMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
        next.endpoints = endpoints;
        completeState(next, report, config);
    }

    /// Traffic first, then status: whoever reads True finds it served.
    void serve(const std::shared_ptr<State>& next)
    {
        if (engine)
            apply(*next);
        publish(next);
    }

    importers::ImportResult importFiles(double& milliseconds)
    {
        std::istringstream text(standardInput);
        const auto before = std::chrono::steady_clock::now();
        importers::ImportResult result =
            importer.import(config.paths, standardInputGiven ? &text : nullptr, cluster.texts, readOnce);
        addProblems(result, cluster);
        milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
        return result;
    }

    /// What the files say, together with what was applied.
    std::shared_ptr<State> derive(const State* previous)
    {
        importers::ImportResult input = files;
        if (kube)
            input.resources = kube->join(*files.resources, input.diagnostics);
        return deriveState(std::move(input), config, previous);
    }

    /// What can be read once is imported again whenever a file changes: keep its text. One byte more than the importer
    /// takes is enough for it to complain.
    static std::string textOf(std::istream& stream)
    {
        const std::size_t limit = importers::ImportLimits().fileBytes + 1;
        std::string text;
        char piece[65536];
        while (text.size() < limit && (stream.read(piece, sizeof piece), stream.gcount() > 0))
            text.append(piece, static_cast<std::size_t>(stream.gcount()));
        return text;
    }

    void keepStandardInput(std::istream& stream)
    {
        standardInput = textOf(stream);
        standardInputGiven = true;
    }

    /// Pipes among the paths, as a shell's <(...) makes them.
    void keepPipes()
    {
        for (const std::string& path : config.paths) {
            std::error_code ignored; // what is not there is the importer's to tell
            const auto type = std::filesystem::status(path, ignored).type();
            if (type != std::filesystem::file_type::fifo && type != std::filesystem::file_type::character)
                continue;
            if (std::ifstream stream(path); stream)
                readOnce[path] = textOf(stream);
        }
    }

    /// What was read before is kept when the cluster cannot be reached now.
    void askCluster()
    {
        if (!config.cluster)
            return;
        ClusterTexts fresh = readCluster(*config.cluster, quitting.get_token());
        if (hasErrors(fresh.problems))
            fresh.texts = std::move(cluster.texts);
        cluster = std::move(fresh);
    }

    /// When to import instead, if what changed may not be complete.
    std::optional<TaskQueue::TimePoint> completeAt()
    {
        return unfinished.importAgainAt(importers::ManifestSnapshot::take(config.paths),
                                        std::filesystem::file_time_type::clock::now(),
                                        std::chrono::steady_clock::now());
    }

    void importChanges()
    {
        if ((importAt = completeAt()))
            return;
        double importMs = 0;
        importers::ImportResult input = importFiles(importMs);
        if (!(importAt = completeAt())) // nothing was written while it was read
            take(std::move(input), importMs);
    }

    void importAgain()
    {
        double importMs = 0;
        importers::ImportResult input = importFiles(importMs);
        take(std::move(input), importMs);
    }

    void take(importers::ImportResult input, double importMs)
    {
        if (quitting.stop_requested())
            return;
        unfinished.taken();
        const auto before = current();
        std::erase_if(cluster.problems, // said once; the next edit of a file is not to blame
                      [](const model::Diagnostic& problem) { return problem.severity == model::Severity::Error; });
        // A first input with errors is better than an older one: there is nothing good to fall back on yet.
        if (before && isUsable(files) && !isUsable(input)) {
            const std::shared_ptr<const State> refused = deriveState(std::move(input), config, before.get());
            if (events)
                events->rejected(*refused);
            if (observers.rejected)
                observers.rejected(refused);
            return;
        }
        if (files.resources)
            shareResources(input, *files.resources);
        files = std::move(input);
        const auto next = derive(before.get());
        next->importMs = importMs;
        serve(next);
    }

    void loadFirst()
    {
        if (const auto first = importFirst(); !quitting.stop_requested())
            publish(first);
    }

    std::shared_ptr<State> importFirst()
    {
        askCluster();
        keepPipes();
        double importMs = 0;
        files = importFiles(importMs);
        const auto first = derive(nullptr);
        first->importMs = importMs;
        return first;
    }

    void mountEndpoints()
    {
        if (config.admin) {
            admin::Sources sources;
            sources.current = [this] { return current(); };
            sources.stats = [this] { return stats(); };
            sources.events = events;
            sources.ruleStats = [this] { return ruleStats(); };
            sources.sessionStats = [this] { return sessionStats(); };
            engine::LocalEndpointOptions options;
            options.address = config.admin->address;
            options.port = config.admin->port;
            if (const auto port = engine->serveLocal(options, admin::handler(std::move(sources))))
                endpoints.admin = admin::authority(config.admin->address, *port);
            else
                endpoints.error = "the admin endpoint: " + port.error();
        }
        if (!kube)
            return;
        if (const std::string error = kube->mount(*engine); !error.empty())
            endpoints.error = "the Kubernetes API: " + error;
        endpoints.kubeApi = kube->url();
        endpoints.kubeconfig = kube->kubeconfig();
    }

    void startServing()
    {
        const auto before = current();
        if (engine || !before)
            return;
        engine::EngineOptions options;
        options.workers = config.workers;
        options.accessEvents = observers.events || config.admin;
        options.tracing = config.tracing;
        options.explain = config.explainEvents;
        options.ruleMetrics = config.admin.has_value();
        options.limits = config.limits;
        if (config.developmentCertificates) {
            if (!certificates)
                certificates = std::make_shared<LocalCaCertificates>(
                    LocalCaStore(config.caDirectory.empty() ? defaultCaDirectory() : config.caDirectory),
                    [this] { return wallClock(); });
            certificateCheckAt = std::chrono::steady_clock::now() + config.certificateCheck;
            options.developmentCertificates = certificates;
        }
        auto fresh = std::make_shared<engine::Engine>(options);
        if (config.admin)
            events = std::make_shared<admin::EventStream>([this] { return stats().droppedEvents; });
        if (options.accessEvents)
            pump = std::make_unique<EventPump>(*fresh, [this](std::vector<model::AccessEvent> batch) {
                if (events)
                    events->access(batch);
                if (observers.events)
                    observers.events(std::move(batch));
            });
        {
            const std::lock_guard lock(mutex);
            engine = std::move(fresh);
        }
        auto next = std::make_shared<State>(*before);
        mountEndpoints();
        serve(next);
    }

    /// Drains, then lets the last events out. Returns false when nothing ran.
    bool stopServing()
    {
        if (!engine)
            return false;
        if (kube)
            kube->unmount();
        engine->drain(config.drainTimeout);
        engine->stop();
        pump.reset();
        events.reset();
        std::shared_ptr<engine::Engine> last;
        {
            const std::lock_guard lock(mutex);
            last.swap(engine);
        }
        endpoints = {};
        return true;
    }

    void startWatching()
    {
        watcher = std::make_unique<importers::FileWatcher>(config.paths);
        watching = std::thread([this] {
            // Changes that come while an import runs need one more import, not one each.
            while (watcher->wait())
                if (!changePending.exchange(true))
                    tasks.post([this] {
                        changePending = false;
                        importChanges();
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
    std::stop_source quitting; ///< ends what takes long: what was read then is incomplete
    importers::ManifestImporter importer;

    TaskQueue tasks;
    mutable std::mutex mutex; ///< guards the two below; held for pointer copies only
    std::shared_ptr<const State> state;
    std::shared_ptr<engine::Engine> engine;

    importers::ImportResult files; ///< the last good input
    ClusterTexts cluster;          ///< with Config::cluster, as it was read last
    /// The newest States, so that they end on this thread: the frees of a large one on another thread would fight with
    /// our allocations for the allocator's lock.
    std::deque<std::shared_ptr<const State>> recent;
    static constexpr std::size_t keptStates = 3;
    std::optional<kube::KubeEndpoint> kube;
    Endpoints endpoints;

    std::shared_ptr<LocalCaCertificates> certificates; ///< with Config::developmentCertificates, from the first start
    TaskQueue::TimePoint certificateCheckAt;

    std::string standardInput; ///< text of "-"
    bool standardInputGiven = false;
    importers::TextOverlay readOnce;            ///< texts of the pipes among the paths
    std::shared_ptr<admin::EventStream> events; ///< with Config::admin, while the engine runs
    std::unique_ptr<EventPump> pump;
    std::unique_ptr<importers::FileWatcher> watcher;
    std::thread watching;
    std::atomic<bool> changePending{false};
    importers::UnfinishedWrites unfinished;
    std::optional<TaskQueue::TimePoint> importAt; ///< what changed is imported then: it was not complete
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
    impl_->tasks.post([&, impl = impl_.get()] {
        const auto& paths = impl->config.paths;
        if (standardInput && std::find(paths.begin(), paths.end(), "-") != paths.end())
            impl->keepStandardInput(*standardInput);
        const auto first = impl->importFirst();
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
    impl_->tasks.post([impl = impl_.get()] { impl->loadFirst(); });
}

void ControlLoop::startEngine()
{
    impl_->tasks.post([impl = impl_.get()] { impl->startServing(); });
}

void ControlLoop::stopEngine()
{
    impl_->tasks.post([impl = impl_.get()] {
        if (!impl->stopServing())
            return;
        const auto last = impl->current();
        impl->publish(impl->derive(last.get()));
    });
}

void ControlLoop::watch(bool on)
{
    impl_->tasks.post([impl = impl_.get(), on] {
        if (on && !impl->watcher)
            impl->startWatching();
        else if (!on && impl->watcher)
            impl->stopWatching();
    });
}

void ControlLoop::reapply()
{
    impl_->tasks.post([impl = impl_.get()] {
        impl->askCluster();
        impl->importAgain();
    });
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
