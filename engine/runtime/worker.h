#pragma once

#include "engine/engine.h"
#include "engine/http/backend_pool.h"
#include "engine/http/buffer_pool.h"
#include "engine/http/trace_context.h"
#include "engine/net/splice_pipe.h"
#include "engine/observe/event_ring.h"
#include "engine/runtime/asio.h"
#include "engine/runtime/counters.h"
#include "engine/runtime/deadlines.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/udp_session.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

namespace gatehouse::engine {

class ClientConnection;
struct ClientStart;
class Workspace;
class Relay;
class Mirror;
class StreamSession;
class UdpRelay;
struct Exchange;
struct StreamRecord;

/// Clients that find no room are logged no more often than this, by a worker: each connection and datagram finds none.
inline constexpr std::chrono::seconds tellFullEvery{1};

/// What all workers share; fixed before they start but for the count.
struct EngineShared {
    EngineOptions options;
    std::function<void()> wakeReader;
    std::atomic<std::size_t> connections{0}; ///< of Gateways, all workers
    std::vector<Worker*> workers;
    std::atomic<std::size_t> udpSessions{0}; ///< all workers
};

/// What apply() hands to a worker.
struct WorkerUpdate {
    std::shared_ptr<const routing::Snapshot> snapshot; ///< null: the one in force stays
    std::shared_ptr<const ClusterAddresses> addresses;
    std::shared_ptr<const TlsServers> tls;
    ServingRuleCounters rules;
    std::vector<BoundSocket> added;
    std::vector<BoundDatagramSocket> addedUdp;
    std::vector<std::pair<ServerRole, routing::BindKey>> removed;
};

/// One thread with one io_context and everything that its requests touch: connections, pools, counters, balancing
/// state. Nothing of it is shared, so nothing is locked. Thread: its own, but start(), post(), stop(), counters() and
/// events().
class Worker {
public:
    explicit Worker(EngineShared& shared);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void start();
    /// Runs `work` on the worker, soon. Thread: any.
    void post(std::function<void()> work);
    /// Ends the thread, and every connection with it.
    void stop();
    [[nodiscard]] const Counters& counters() const noexcept { return counters_; }
    [[nodiscard]] EventRing& events() noexcept { return events_; }

    void update(WorkerUpdate update);
    /// Retires all Gateway sockets; `idle` is called once no connection of theirs is left.
    void drain(std::function<void()> idle);

    [[nodiscard]] asio::io_context& io() noexcept { return io_; }
    [[nodiscard]] const EngineLimits& limits() const noexcept { return shared_.options.limits; }
    [[nodiscard]] Counters& counters() noexcept { return counters_; }
    [[nodiscard]] Deadlines& deadlines() noexcept { return deadlines_; }
    [[nodiscard]] const std::shared_ptr<Serving>& serving() const noexcept { return serving_; }
    void setDeadline(Deadline& deadline, TimePoint at);

    void accepted(int fd, const asio::ip::tcp::endpoint& peer, std::shared_ptr<ServerSocket> server);
    /// Counts, and now and then logs, a connection that was closed because there were too many.
    void connectionRefused(const asio::ip::tcp::endpoint& peer, const ServerSocket& server);
    /// Hands a connection that `from` accepted for all to the next worker in turn.
    void spread(int fd, const asio::ip::tcp::endpoint& peer, ServerSocket& from);
    /// The coroutine of a connection ended.
    void connectionEnded(ClientConnection& connection);
    void requestStarted(Exchange& exchange) noexcept;
    /// Counts a session that begins; what is counted of it at its end, if anything is. Lifetime: of `serving`.
    SessionCounters* countSession(const Serving& serving, const routing::ListenerTable* listener,
                                  const routing::CompiledRule* rule) noexcept;
    void sessionStarted(StreamRecord& record, const Serving& serving) noexcept;
    /// Counts and logs a TCP or TLS session that is over.
    void sessionEnded(const StreamSession& session);
    /// Counts and logs a finished exchange.
    void requestEnded(const Exchange& exchange);
    /// Counts one more; false: there are as many as there may be.
    bool countUdpSession() noexcept;
    void uncountUdpSession() noexcept;
    /// Logs a session.
    void udpSessionEnded(const UdpSession& session);

    /// Buffers and parsers of one request: held while it is served, not while a connection idles.
    std::unique_ptr<Workspace> takeWorkspace();
    void returnWorkspace(std::unique_ptr<Workspace> workspace);
    [[nodiscard]] BufferPool& buffers() noexcept { return buffers_; }
#if GATEHOUSE_EPOLL
    [[nodiscard]] SplicePipes& pipes() noexcept { return pipes_; }
#endif
    Relay& takeRelay();
    void returnRelay(Relay& relay);
    /// Null when there are as many as may be.
    Mirror* takeMirror();
    void returnMirror(Mirror& mirror);
    /// Counts a copy of a request; `delivered` when the answer to it is complete.
    void mirrorEnded(bool delivered) noexcept { (delivered ? counters_.mirrors : counters_.lostMirrors).add(); }
    /// Null when requests are not traced.
    [[nodiscard]] bool explains() const noexcept { return shared_.options.explain; }
    [[nodiscard]] trace::Ids* traceIds() noexcept { return traceIds_ ? &*traceIds_ : nullptr; }
    /// IMF-fixdate of now, for answers of our own.
    std::string_view httpDate();
    /// Numbers that spread what would come at once; good for nothing secret.
    [[nodiscard]] std::uint32_t random() noexcept { return static_cast<std::uint32_t>(random_()); }
    /// Empty storage for an answer that is written at once.
    routing::HeaderFields& scratchHeaders();
    std::string& scratchText();

private:
    void run();
    void armSweep();
    void countRule(const Exchange& exchange) const noexcept;
    /// Makes one event of it, if there are events.
    template <class Ended>
    void log(const Ended& ended);
    /// What clients of a socket begin with, by the snapshot in force.
    [[nodiscard]] ClientStart startOf(const ServerSocket& server) const;
    void closeConnections(const ServerSocket& server);
    void updateUdp(WorkerUpdate& update);
    void reportIdle();

    EngineShared& shared_;
    asio::io_context io_;
    Deadlines deadlines_;
    std::size_t nextWorker_ = 0; // see spread()
    SteadyTimer sweepTimer_;
    TimePoint sweepAt_ = never;
    Counters counters_;
    EventRing events_;
    BufferPool buffers_; // before what gives buffers back
    BackendPools pools_;
    std::shared_ptr<Serving> serving_;
    std::vector<std::shared_ptr<ServerSocket>> servers_;
    std::unique_ptr<UdpRelay> udp_;           // from the first UDP socket on
    ClientConnection* connections_ = nullptr; // list, linked through the connections
    std::size_t gatewayConnections_ = 0;
    TimePoint toldFullUntil_{};
    std::function<void()> whenIdle_;
    std::vector<std::unique_ptr<Workspace>> workspaces_;
#if GATEHOUSE_EPOLL
    SplicePipes pipes_;
#endif
    std::vector<std::unique_ptr<Relay>> relays_;
    std::vector<Relay*> idleRelays_;
    std::vector<std::unique_ptr<Mirror>> mirrors_;
    std::vector<Mirror*> idleMirrors_;
    routing::HeaderFields scratchHeaders_;
    std::string scratchText_;
    std::minstd_rand random_;
    std::optional<trace::Ids> traceIds_;
    std::time_t dateSecond_ = 0;
    char date_[32] = "";
    std::thread thread_;
};

} // namespace gatehouse::engine
