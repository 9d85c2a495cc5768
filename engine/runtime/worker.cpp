#include "engine/runtime/worker.h"

#include "engine/http/client_connection.h"
#include "engine/http/mirror.h"
#include "engine/http/relay.h"
#include "engine/http/workspace.h"
#include "engine/net/descriptors.h"
#include "engine/runtime/record_event.h"
#include "engine/runtime/rule_counters.h"
#include "engine/runtime/session_counters.h"
#include "engine/runtime/udp_relay.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <ctime>
#include <exception>
#include <utility>

#include <pthread.h>

namespace gatehouse::engine {

namespace {
/// Storage kept for the next burst of requests; beyond it, it is freed.
constexpr std::size_t keptWorkspaces = 512;
/// A stream of HTTP/2 may bring this much before the peer knows our window (RFC 9113 6.9.2); twice that has to fit,
/// since what is shown to a reader stays in place while as much comes behind it.
constexpr std::size_t unaskedWindow = 65'535;
} // namespace

Worker::Worker(EngineShared& shared)
    : shared_(shared), io_(1), sweepTimer_(io_),
      events_(shared.options.accessEvents ? shared.options.eventCapacity : 1),
      buffers_(std::max(shared.options.limits.responseHeadBytes + bodyRoom, 2 * unaskedWindow)),
      pools_({io_,
              deadlines_,
              buffers_,
              {shared.options.limits.idleBackendConnections, shared.options.limits.backendIdleTimeout}}),
      random_(std::random_device()())
{
    if (shared.options.tracing)
        traceIds_.emplace();
}

Worker::~Worker()
{
    // Connections first: their coroutines hold what the rest of the worker owns.
    stop();
    for (auto& server : servers_)
        server->close();
    servers_.clear();
    udp_.reset();
    relays_.clear();
    mirrors_.clear();
    workspaces_.clear();
    serving_.reset();
    pools_.clear();
}

void Worker::start()
{
    thread_ = std::thread([this] {
        blockBrokenPipeSignal();
#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)
        ::pthread_setname_np(::pthread_self(), "gh-worker"); // for top, debuggers and the bench
#endif
        const auto work = asio::make_work_guard(io_);
        io_.run();
    });
}

void Worker::post(std::function<void()> work)
{
    asio::post(io_, std::move(work));
}

void Worker::stop()
{
    if (thread_.joinable()) {
        io_.stop();
        thread_.join();
    }
    // Now, while somebody may still take their events.
    while (connections_)
        connectionEnded(*connections_);
}

void Worker::setDeadline(Deadline& deadline, TimePoint at)
{
    deadlines_.set(deadline, at);
    if (deadlines_.due() < sweepAt_)
        armSweep();
}

void Worker::armSweep()
{
    sweepAt_ = deadlines_.due();
    if (sweepAt_ == never)
        return;
    sweepTimer_.expires_at(sweepAt_);
    sweepTimer_.async_wait([this](const error_code& error) {
        if (error)
            return; // armed anew for an earlier time
        sweepAt_ = never;
        deadlines_.sweep(Clock::now());
        if (deadlines_.due() < sweepAt_)
            armSweep();
    });
}

template <class Ended>
void Worker::log(const Ended& ended)
{
    if (!shared_.options.accessEvents)
        return;
    if (model::AccessEvent* event = events_.claim()) {
        recordEvent(*event, ended);
        if (events_.publish() && shared_.wakeReader)
            shared_.wakeReader();
    }
}

void Worker::accepted(int fd, const asio::ip::tcp::endpoint& peer, std::shared_ptr<ServerSocket> server)
{
    if (server->role() == ServerRole::Gateway) {
        if (shared_.connections.fetch_add(1, std::memory_order_relaxed) >= limits().connections) {
            shared_.connections.fetch_sub(1, std::memory_order_relaxed);
            closeDescriptor(fd);
            connectionRefused(peer, *server);
            return;
        }
        counters_.activeConnections.add();
        ++gatewayConnections_;
    }
    ClientStart start = startOf(*server);
    auto* connection = new ClientConnection(*this, fd, peer, std::move(server), std::move(start));
    connection->next = connections_;
    if (connections_)
        connections_->previous = connection;
    connections_ = connection;
    asio::co_spawn(io_.get_executor(), connection->run(), [this, connection](const std::exception_ptr& error) {
        // Nothing throws on purpose; running out of memory costs this connection.
        static_cast<void>(error);
        connectionEnded(*connection);
    });
}

void Worker::connectionRefused(const asio::ip::tcp::endpoint& peer, const ServerSocket& server)
{
    if (server.role() != ServerRole::Gateway)
        return;
    counters_.refusedConnections.add();
    const TimePoint now = Clock::now();
    const std::shared_ptr<Serving>& serving = server.retired() ? server.lastServing() : serving_;
    if (now < toldFullUntil_ || !serving)
        return;
    toldFullUntil_ = now + tellFullEvery;
    const routing::PortTable* port = serving->snapshot->find(server.key());
    const bool known = port && port->listeners.size() == 1;
    const std::string address = peer.address().to_string();
    log(RefusedConnection{*serving, known ? &port->listeners.front() : nullptr, address});
}

ClientStart Worker::startOf(const ServerSocket& server) const
{
    using Stage = ClientStart::Stage;
    if (server.role() != ServerRole::Gateway)
        return {server.tls() ? Stage::Handshake : Stage::Requests, server.tls()};
    // A retired socket accepts its last clients when the snapshot in force knows it no more.
    const std::shared_ptr<Serving>& serving = server.retired() ? server.lastServing() : serving_;
    const routing::PortTable* port = serving ? serving->snapshot->find(server.key()) : nullptr;
    if (port && port->carrier == routing::Carrier::Tcp)
        return {Stage::Stream, nullptr};
    if (port && port->peeksHello)
        return {Stage::Hello, nullptr};
    auto tls = serving ? serving->tlsOf(server.key()) : nullptr;
    return {tls ? Stage::Handshake : Stage::Requests, std::move(tls)};
}

void Worker::spread(int fd, const asio::ip::tcp::endpoint& peer, ServerSocket& from)
{
    Worker& worker = *shared_.workers[nextWorker_++ % shared_.workers.size()];
    if (&worker == this) {
        from.adopt(fd, peer);
        return;
    }
    worker.post([&worker, fd, peer, role = from.role(), key = from.key()] {
        for (const auto& server : worker.servers_) {
            if (server->role() == role && server->key() == key)
                return server->adopt(fd, peer);
        }
        closeDescriptor(fd); // retired meanwhile
    });
}

void Worker::connectionEnded(ClientConnection& connection)
{
    (connection.previous ? connection.previous->next : connections_) = connection.next;
    if (connection.next)
        connection.next->previous = connection.previous;
    if (connection.server()->role() == ServerRole::Gateway) {
        shared_.connections.fetch_sub(1, std::memory_order_relaxed);
        counters_.activeConnections.subtract();
        --gatewayConnections_;
    }
    delete &connection;
    reportIdle();
}

void Worker::reportIdle()
{
    if (whenIdle_ && gatewayConnections_ == 0 && (!udp_ || udp_->sessions() == 0))
        std::exchange(whenIdle_, nullptr)();
}

SessionCounters* Worker::countSession(const Serving& serving, const routing::ListenerTable* listener,
                                      const routing::CompiledRule* rule) noexcept
{
    counters_.sessions.add();
    counters_.activeSessions.add();
    if (!serving.rules.sessions)
        return nullptr;
    SessionCounters& counters = serving.rules.sessions->find(listener, rule).byWorker[serving.rules.worker];
    counters.began();
    return &counters;
}

void Worker::sessionStarted(StreamRecord& record, const Serving& serving) noexcept
{
    record.counters = countSession(serving, record.decision.listener, record.decision.rule);
    if (shared_.options.accessEvents)
        record.wallStart = std::chrono::system_clock::now();
}

void Worker::sessionEnded(const StreamSession& session)
{
    counters_.activeSessions.subtract();
    const StreamRecord& record = session.record();
    if (record.counters)
        record.counters->ended(record.flags, record.bytesReceived, record.bytesSent);
    log(session);
}

void Worker::requestStarted(Exchange& exchange) noexcept
{
    if (exchange.server.role() != ServerRole::Gateway)
        return;
    counters_.requests.add();
    counters_.activeRequests.add();
    if (shared_.options.accessEvents)
        exchange.record.wallStart = std::chrono::system_clock::now();
}

void Worker::countRule(const Exchange& exchange) const noexcept
{
    const ExchangeRecord& record = exchange.record;
    if (!record.rule || !exchange.serving || !exchange.serving->rules.table)
        return;
    const auto& [table, sessions, worker] = exchange.serving->rules;
    table->rows[record.ruleIndex.value]->byWorker[worker].count(
        record.status, record.flags,
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - record.start));
}

void Worker::requestEnded(const Exchange& exchange)
{
    if (exchange.server.role() != ServerRole::Gateway)
        return;
    counters_.activeRequests.subtract();
    counters_.status[std::min<unsigned>(exchange.record.status / 100u, 5u)].add();
    countRule(exchange);
    log(exchange);
}

bool Worker::countUdpSession() noexcept
{
    if (shared_.udpSessions.fetch_add(1, std::memory_order_relaxed) < limits().udpSessions)
        return true;
    uncountUdpSession();
    return false;
}

void Worker::uncountUdpSession() noexcept
{
    shared_.udpSessions.fetch_sub(1, std::memory_order_relaxed);
}

void Worker::udpSessionEnded(const UdpSession& session)
{
    log(session);
}

std::unique_ptr<Workspace> Worker::takeWorkspace()
{
    if (workspaces_.empty())
        return std::make_unique<Workspace>(limits().requestHeadBytes);
    std::unique_ptr<Workspace> workspace = std::move(workspaces_.back());
    workspaces_.pop_back();
    return workspace;
}

void Worker::returnWorkspace(std::unique_ptr<Workspace> workspace)
{
    if (workspaces_.size() >= keptWorkspaces)
        return;
    workspace->clear();
    // An old snapshot is kept by the requests that began with it, not by storage.
    if (workspace->serving != serving_)
        workspace->serving.reset();
    workspaces_.push_back(std::move(workspace));
}

Relay& Worker::takeRelay()
{
    if (idleRelays_.empty()) {
        relays_.push_back(std::make_unique<Relay>(*this, limits()));
        return *relays_.back();
    }
    Relay& relay = *idleRelays_.back();
    idleRelays_.pop_back();
    return relay;
}

void Worker::returnRelay(Relay& relay)
{
    idleRelays_.push_back(&relay);
}

Mirror* Worker::takeMirror()
{
    if (idleMirrors_.empty()) {
        if (mirrors_.size() >= limits().mirrors)
            return nullptr;
        mirrors_.push_back(std::make_unique<Mirror>(*this, limits()));
        return mirrors_.back().get();
    }
    Mirror* mirror = idleMirrors_.back();
    idleMirrors_.pop_back();
    return mirror;
}

void Worker::returnMirror(Mirror& mirror)
{
    idleMirrors_.push_back(&mirror);
}

std::string_view Worker::httpDate()
{
    const std::time_t now = std::time(nullptr);
    if (now != dateSecond_) {
        dateSecond_ = now;
        std::tm parts{};
        ::gmtime_r(&now, &parts);
        static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        // Not strftime: its names follow the locale.
        std::snprintf(date_, sizeof date_, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
                      months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    }
    return date_;
}

routing::HeaderFields& Worker::scratchHeaders()
{
    scratchHeaders_.clear();
    return scratchHeaders_;
}

std::string& Worker::scratchText()
{
    scratchText_.clear();
    return scratchText_;
}

} // namespace gatehouse::engine
