#include "engine/engine.h"

#include "engine/http/local_endpoint.h"
#include "engine/http/proxy.h"
#include "engine/net/descriptors.h"
#include "engine/runtime/backend_tls.h"
#include "engine/runtime/echo_sockets.h"
#include "engine/runtime/gateway_tls.h"
#include "engine/runtime/listener_sockets.h"
#include "engine/runtime/process_limits.h"
#include "engine/runtime/rule_counters.h"
#include "engine/runtime/session_counters.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace gatehouse::engine {

namespace {
unsigned workerCount(unsigned wanted)
{
    return wanted > 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

/// Sockets of one update, by worker.
using Updates = std::vector<WorkerUpdate>;
} // namespace

struct Engine::Impl {
    explicit Impl(EngineOptions options) : shared{std::move(options), {}, {}, {}}
    {
        if (shared.options.ruleMetrics) {
            ruleMetrics.emplace(workerCount(shared.options.workers));
            sessionMetrics.emplace(workerCount(shared.options.workers));
        }
        raiseDescriptorLimit();
        for (unsigned i = 0; i < workerCount(shared.options.workers); ++i)
            workers.push_back(std::make_unique<Worker>(shared));
        for (auto& worker : workers)
            shared.workers.push_back(worker.get());
        for (auto& worker : workers)
            worker->start();
    }

    ~Impl() { stop(); }

    void stop()
    {
        for (auto& worker : workers)
            worker->stop();
        stopped = true;
    }

    /// Hands each worker its part and returns when all have taken it.
    void handOver(Updates updates)
    {
        std::latch taken(static_cast<std::ptrdiff_t>(workers.size()));
        for (std::size_t i = 0; i < workers.size(); ++i) {
            auto update = std::make_shared<WorkerUpdate>(std::move(updates[i]));
            workers[i]->post([worker = workers[i].get(), update, &taken] {
                worker->update(std::move(*update));
                taken.count_down();
            });
        }
        taken.wait();
    }

    /// Binds what `keys` names, adding to `updates`; errors go to `errors`.
    void open(const std::set<routing::BindKey>& keys, Updates& updates);
    void report(const routing::Snapshot& snapshot, ApplyReport& report) const;
    ApplyReport apply(std::shared_ptr<const routing::Snapshot> snapshot);

    EngineShared shared;
    std::shared_ptr<RequestService> proxy = std::make_shared<Proxy>();
    std::vector<std::unique_ptr<Worker>> workers;
    std::set<routing::BindKey> bound;               ///< Gateway addresses that the workers listen on
    std::map<routing::BindKey, std::string> errors; ///< why the others are not bound
    std::map<std::uint32_t, std::string> tlsErrors; ///< why listeners, by place in the graph, have no certificate
    std::map<std::uint32_t, std::string> standIns;  ///< listeners with a development certificate, and why
    EchoSockets echoes;
    GatewayTls tls;
    BackendTlsClients backendTls;
    std::optional<RuleMetrics> ruleMetrics;
    std::optional<SessionMetrics> sessionMetrics; ///< there if and only if the above is
    std::size_t nextLocalWorker = 0, nextUdpWorker = 0;
    bool stopped = false;
};

void Engine::Impl::open(const std::set<routing::BindKey>& keys, Updates& updates)
{
    for (const routing::BindKey& key : keys) {
        ListenerSockets sockets = openListeners(key, static_cast<unsigned>(workers.size()));
        if (!sockets.error.empty()) {
            errors[key] = sockets.error;
            continue;
        }
        errors.erase(key);
        bound.insert(key);
        const bool oneForAll = sockets.fds.size() < workers.size();
        if (key.udp) {
            // Where workers cannot share a port, one of them has it, and its sessions.
            for (std::size_t i = 0; i < sockets.fds.size(); ++i) {
                const std::size_t worker = oneForAll ? nextUdpWorker++ % workers.size() : i;
                updates[worker].addedUdp.push_back({key, ServerRole::Gateway, sockets.fds[i]});
            }
            continue;
        }
        for (std::size_t i = 0; i < workers.size(); ++i) {
            const int fd = i < sockets.fds.size() ? sockets.fds[i] : -1;
            updates[i].added.push_back({key, ServerRole::Gateway, proxy, fd, oneForAll && fd >= 0});
        }
    }
}

ApplyReport Engine::Impl::apply(std::shared_ptr<const routing::Snapshot> snapshot)
{
    std::set<routing::BindKey> wanted, fresh, gone;
    errors.clear();
    GatewayTls::Change secure = tls.follow(*snapshot, shared.options.developmentCertificates.get());
    tlsErrors = std::move(secure.errors);
    standIns = std::move(secure.standIns);
    for (const routing::PortTable& port : snapshot->ports) {
        // Without any certificate the port stays closed (semantics 12.1).
        const bool closed = port.carrier == routing::Carrier::Tls && !secure.servers->count(port.key) &&
                            std::none_of(port.listeners.begin(), port.listeners.end(),
                                         [](const routing::ListenerTable& listener) { return listener.passthrough; });
        if (!closed)
            wanted.insert(port.key);
    }
    std::set_difference(wanted.begin(), wanted.end(), bound.begin(), bound.end(), std::inserter(fresh, fresh.end()));
    std::set_difference(bound.begin(), bound.end(), wanted.begin(), wanted.end(), std::inserter(gone, gone.end()));

    Updates updates(workers.size());
    open(fresh, updates);
    EchoSockets::Change echo = echoes.follow(*snapshot, static_cast<unsigned>(workers.size()), tls);
    for (auto& [worker, socket] : echo.added)
        updates[worker].added.push_back(std::move(socket));
    for (auto& [worker, socket] : echo.addedUdp)
        updates[worker].addedUdp.push_back(std::move(socket));
    ClusterAddresses clusterAddresses = echoes.addresses(*snapshot);
    backendTls.follow(*snapshot, clusterAddresses);
    const auto addresses = std::make_shared<const ClusterAddresses>(std::move(clusterAddresses));
    const auto rules = ruleMetrics ? ruleMetrics->follow(*snapshot) : nullptr;
    const auto sessions = sessionMetrics ? sessionMetrics->follow(*snapshot) : nullptr;
    for (std::size_t i = 0; i < updates.size(); ++i) {
        WorkerUpdate& update = updates[i];
        update.rules = {rules, sessions, i};
        update.snapshot = snapshot;
        update.addresses = addresses;
        update.tls = secure.servers;
        for (const routing::BindKey& key : gone)
            update.removed.emplace_back(ServerRole::Gateway, key);
    }
    handOver(std::move(updates));
    for (const routing::BindKey& key : gone)
        bound.erase(key);

    // A port that only our own, now closed, listener held (a Gateway that changed its address) is free by now; and echo
    // backends go only after no worker begins requests to them.
    std::set<routing::BindKey> again;
    for (const auto& [key, error] : errors) {
        const bool freed =
            std::any_of(gone.begin(), gone.end(), [&, port = key.port](const auto& each) { return each.port == port; });
        if (freed && wanted.count(key))
            again.insert(key);
    }
    if (!again.empty() || !echo.removed.empty()) {
        Updates rest(workers.size());
        open(again, rest);
        for (const auto& [worker, key] : echo.removed)
            rest[worker].removed.emplace_back(ServerRole::Echo, key);
        handOver(std::move(rest));
    }
    ApplyReport result;
    report(*snapshot, result);
    return result;
}

void Engine::Impl::report(const routing::Snapshot& snapshot, ApplyReport& report) const
{
    report.version = snapshot.version;
    report.listeners.resize(snapshot.plan.listeners.size());
    for (std::size_t i = 0; i < snapshot.plan.listeners.size(); ++i) {
        const routing::PlannedListener& planned = snapshot.plan.listeners[i];
        ListenerReport& listener = report.listeners[i];
        listener.port = planned.port;
        listener.bound = !planned.addresses.empty();
        if (const auto error = tlsErrors.find(static_cast<std::uint32_t>(i)); error != tlsErrors.end()) {
            listener.bound = false;
            listener.error = error->second;
            listener.reason = "Invalid";
            continue;
        }
        if (const auto standIn = standIns.find(static_cast<std::uint32_t>(i)); standIn != standIns.end()) {
            listener.developmentCertificate = true;
            listener.developmentReason = standIn->second;
        }
        const bool udp = snapshot.graph->listeners[i].resource->protocol == model::Protocol::UDP;
        for (const std::string& address : planned.addresses) {
            const routing::BindKey key{address, planned.port, udp};
            if (bound.count(key))
                continue;
            listener.bound = false;
            const auto error = errors.find(key);
            if (error != errors.end() && listener.error.empty())
                listener.error = error->second;
        }
    }
}

Engine::Engine(EngineOptions options) : impl_(std::make_unique<Impl>(std::move(options)))
{
}
Engine::~Engine() = default;

ApplyReport Engine::apply(std::shared_ptr<const routing::Snapshot> snapshot)
{
    if (impl_->stopped)
        return {};
    return impl_->apply(std::move(snapshot));
}

model::Result<std::uint16_t, std::string> Engine::serveLocal(const LocalEndpointOptions& options, LocalHandler handler)
{
    if (impl_->stopped)
        return model::Unexpected{std::string("the engine is stopped")};
    std::shared_ptr<const TlsServer> tls;
    if (options.tls) {
        auto server = impl_->tls.local(*options.tls);
        if (!server)
            return model::Unexpected{std::move(server.error())};
        tls = *server;
    }
    ListenerSockets sockets = openListeners({options.address, options.port}, 1);
    if (!sockets.error.empty())
        return model::Unexpected{std::move(sockets.error)};
    Updates updates(impl_->workers.size());
    BoundSocket bound;
    bound.key = {options.address, sockets.port};
    bound.role = ServerRole::Local;
    bound.service = std::make_shared<LocalEndpoint>(options, std::move(handler));
    bound.fd = sockets.fds[0];
    bound.tls = std::move(tls);
    updates[impl_->nextLocalWorker++ % updates.size()].added.push_back(std::move(bound));
    impl_->handOver(std::move(updates));
    return sockets.port;
}

bool Engine::drain(std::chrono::milliseconds deadline)
{
    if (impl_->stopped)
        return true;
    // Shared: a worker may get idle after we stopped waiting.
    struct Progress {
        std::mutex mutex;
        std::condition_variable changed;
        std::size_t busy;
    };
    auto progress = std::make_shared<Progress>();
    progress->busy = impl_->workers.size();
    for (auto& worker : impl_->workers) {
        worker->post([worker = worker.get(), progress] {
            worker->drain([progress] {
                const std::lock_guard lock(progress->mutex);
                --progress->busy;
                progress->changed.notify_all();
            });
        });
    }
    impl_->bound.clear();
    std::unique_lock lock(progress->mutex);
    return progress->changed.wait_for(lock, deadline, [&] { return progress->busy == 0; });
}

void Engine::stop()
{
    impl_->stop();
}

std::optional<std::string> Engine::podLog(const PodLogKey& key, const PodLog::Query& query) const
{
    const auto log = impl_->echoes.logs().find(key);
    return log ? std::optional(log->read(query)) : std::nullopt;
}

EngineStats Engine::stats() const
{
    EngineStats stats;
    for (const auto& worker : impl_->workers) {
        const Counters& counters = worker->counters();
        stats.requests += counters.requests.get();
        stats.activeConnections += counters.activeConnections.get();
        stats.activeRequests += counters.activeRequests.get();
        stats.refusedConnections += counters.refusedConnections.get();
        stats.sessions += counters.sessions.get();
        stats.activeSessions += counters.activeSessions.get();
        stats.droppedEvents += worker->events().dropped();
        stats.mirrors += counters.mirrors.get();
        stats.lostMirrors += counters.lostMirrors.get();
        stats.status1xx += counters.status[1].get();
        stats.udpReceived += counters.udpReceived.get();
        stats.udpSent += counters.udpSent.get();
        stats.udpDropped += counters.udpDropped.get();
        stats.status2xx += counters.status[2].get();
        stats.status3xx += counters.status[3].get();
        stats.status4xx += counters.status[4].get();
        stats.status5xx += counters.status[5].get();
    }
    return stats;
}

std::vector<SessionStats> Engine::sessionStats() const
{
    return impl_->sessionMetrics ? impl_->sessionMetrics->read() : std::vector<SessionStats>{};
}

std::vector<RuleStats> Engine::ruleStats() const
{
    return impl_->ruleMetrics ? impl_->ruleMetrics->read() : std::vector<RuleStats>{};
}

void Engine::takeEvents(std::vector<model::AccessEvent>& out)
{
    for (auto& worker : impl_->workers)
        worker->events().take(out);
}

void Engine::onEvents(std::function<void()> wake)
{
    impl_->shared.wakeReader = std::move(wake);
}

model::Programming programmingOf(const routing::Snapshot& snapshot, const ApplyReport& report)
{
    model::Programming programming = routing::expectedProgramming(*snapshot.graph, snapshot.plan);
    const std::size_t count = std::min(programming.listeners.size(), report.listeners.size());
    for (std::size_t i = 0; i < count; ++i) {
        model::ListenerProgramming& listener = programming.listeners[i];
        listener.developmentCertificate = listener.programmed && report.listeners[i].developmentCertificate;
        if (!listener.programmed || report.listeners[i].bound)
            continue;
        listener.programmed = listener.developmentCertificate = false;
        listener.reason = report.listeners[i].reason;
        listener.message = report.listeners[i].error;
    }
    return programming;
}

} // namespace gatehouse::engine
