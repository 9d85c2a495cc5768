#pragma once

#include "engine/echo/pod_logs.h"
#include "engine/local_reply.h"
#include "engine/routing/snapshot.h"
#include "engine/tls/identity.h"
#include "model/graph/programming.h"
#include "model/observe/access_event.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// Limits and deadlines; every one has a clear error when it is passed (contract section 7).
struct EngineLimits {
    std::size_t requestHeadBytes = 64 * 1024;        ///< 431 (414 when the request line alone is longer)
    std::size_t responseHeadBytes = 64 * 1024;       ///< 502
    std::size_t headerFields = 256;                  ///< 431
    std::size_t connections = 20'000;                ///< all workers together; more are closed at once
    std::size_t idleBackendConnections = 128;        ///< a worker and endpoint
    std::size_t mirrors = 1024;                      ///< of a worker at once; more are left out
    std::size_t mirrorBodyBytes = 1024 * 1024;       ///< that a mirror's backend has not taken; then it is given up
    std::size_t retryBodyBytes = 256 * 1024;         ///< kept of a body for retries; a longer one is not sent again
    std::chrono::milliseconds headTimeout{15'000};   ///< first byte of a head to its end: 408
    std::chrono::milliseconds idleTimeout{75'000};   ///< keep-alive without a request: close
    std::chrono::milliseconds bodyTimeout{60'000};   ///< a body that a side does not send, or does not take
    std::chrono::milliseconds connectTimeout{5'000}; ///< 503 UF
    std::chrono::milliseconds tunnelIdleTimeout{3'600'000}; ///< after an upgrade, without a byte either way
    std::chrono::milliseconds backendIdleTimeout{60'000};
    /// A TCP or TLS session without a byte either way, or an answer that has begun and says nothing more: close.
    std::chrono::milliseconds streamIdleTimeout{3'600'000};
    std::size_t udpSessions = 20'000;                   ///< all workers together; beyond it the longest silent one ends
    std::chrono::milliseconds udpIdleTimeout{60'000};   ///< a session without datagrams either way ends
    std::chrono::milliseconds udpEvictableAfter{2'000}; ///< one that was silent for less never ends for a new one
};

/// Where listeners without a usable certificate of their own get one (contract section 3). Thread: control.
class DevelopmentCertificates {
public:
    virtual ~DevelopmentCertificates() = default;
    /// A certificate for `names`, the same as long as it lasts. Errors: a sentence for people.
    virtual model::Result<TlsIdentity, std::string> certificateFor(const std::vector<std::string>& names) = 0;
};

struct EngineOptions {
    unsigned workers = 0;             ///< 0: one a core
    bool accessEvents = true;         ///< fill the event ring
    std::size_t eventCapacity = 8192; ///< a worker; beyond it events are dropped and counted
    bool ruleMetrics = false;         ///< count requests and sessions by rule, see Engine::ruleStats
    bool tracing = false;             ///< W3C Trace Context: each request is a span, and a trace if it came without
    bool explain = false; ///< attach an explanation to the event of each request; costs more than serving it
    EngineLimits limits;
    std::shared_ptr<DevelopmentCertificates> developmentCertificates = nullptr; ///< null: there are none
};

/// How one listener of the snapshot's graph fared. Parallel to Graph::listeners.
struct ListenerReport {
    bool bound = false; ///< and, with TLS, has a certificate to show
    std::uint16_t port = 0;
    std::string error; ///< "127.0.0.1:8080 is in use by nginx (pid 42)"; "" when bound or never planned
    std::string reason = "PortUnavailable"; ///< of Programmed when not bound; "Invalid": a certificate that is no good
    bool developmentCertificate = false;    ///< one of EngineOptions::developmentCertificates stands in
    std::string developmentReason; ///< why, if only OpenSSL knows: "Secret t/s: tls.key does not belong to tls.crt"
};

struct ApplyReport {
    std::uint64_t version = 0;
    std::vector<ListenerReport> listeners;
};

/// Programming of a graph from the plan and what the engine reported; the one source of Programmed.
model::Programming programmingOf(const routing::Snapshot& snapshot, const ApplyReport& report);

struct EngineStats {
    std::uint64_t requests = 0, activeConnections = 0, activeRequests = 0, droppedEvents = 0;
    std::uint64_t refusedConnections = 0;           ///< closed at once: there were too many
    std::uint64_t sessions = 0, activeSessions = 0; ///< TCP, TLS and UDP sessions
    std::uint64_t mirrors = 0, lostMirrors = 0;     ///< copies of requests: answered; given up or never begun
    std::uint64_t udpReceived = 0, udpSent = 0, udpDropped = 0; ///< datagrams: of clients, to clients, either
    std::uint64_t status1xx = 0, status2xx = 0, status3xx = 0, status4xx = 0, status5xx = 0;
};

/// Upper ends of the classes that durations of requests are counted in; one more class has all that took longer.
inline constexpr std::array<std::chrono::microseconds, 7> ruleDurationBounds{
    std::chrono::milliseconds(1),     std::chrono::milliseconds(5),   std::chrono::milliseconds(25),
    std::chrono::milliseconds(100),   std::chrono::milliseconds(500), std::chrono::milliseconds(2'500),
    std::chrono::milliseconds(10'000)};

/// What was counted of one rule of a route, by its name, through all reloads.
struct RuleStats {
    std::string route; ///< "HTTPRoute/namespace/name"; "": all rules beyond what is counted apart
    std::uint32_t rule = 0;
    std::array<std::uint64_t, 6> status{};                               ///< by hundreds; [0]: no answer was sent
    std::array<std::uint64_t, ruleDurationBounds.size() + 1> duration{}; ///< requests in each class, not cumulative
    std::uint64_t durationMicros = 0;                                    ///< of all together
    std::vector<std::pair<std::string_view, std::uint64_t>> flags;       ///< Envoy's letters, those that came up
};

/// What was counted of the TCP, TLS and UDP sessions of one listener that one rule took, through all reloads.
struct SessionStats {
    std::string gateway, listener; ///< "namespace/name" and a name; "": sessions of none, and all beyond a limit
    std::string route;             ///< "TCPRoute/namespace/name"; "": the listener had none for them
    std::int32_t rule = -1;
    std::uint64_t sessions = 0, active = 0;
    std::uint64_t bytesReceived = 0, bytesSent = 0;                ///< from and to clients, of sessions that ended
    std::vector<std::pair<std::string_view, std::uint64_t>> flags; ///< Envoy's letters, those that came up
};

/// The data plane: worker threads that serve the current snapshot. No Asio in this header.
/// Thread: all members on the control thread, but stats(), ruleStats(), sessionStats() and takeEvents() (one consumer
/// thread) from anywhere.
class Engine {
public:
    explicit Engine(EngineOptions options = {});
    ~Engine(); ///< stops at once
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Binds what is new, hands the snapshot to every worker, and closes what is gone; returns when every worker serves
    /// it. Atomic for each listener; a listener that did not change keeps its sockets and connections. Requests in
    /// flight end on the snapshot that they began with.
    ApplyReport apply(std::shared_ptr<const routing::Snapshot> snapshot);

    /// Serves `handler` on an address of our own; returns the port bound, or why it cannot. Streams that are open end
    /// when the engine drains.
    model::Result<std::uint16_t, std::string> serveLocal(const LocalEndpointOptions& options, LocalHandler handler);

    /// Stops accepting, answers what is in flight with `Connection: close`, returns when idle or at the deadline
    /// (false).
    bool drain(std::chrono::milliseconds deadline);
    void stop();

    /// What the built-in echo logged for a container of a simulated Pod; nullopt when no such Pod was ever routed to.
    [[nodiscard]] std::optional<std::string> podLog(const PodLogKey& key, const PodLog::Query& query) const;

    [[nodiscard]] EngineStats stats() const;
    /// Rules that had requests, sorted; none without EngineOptions::ruleMetrics. A request counts when it ended.
    [[nodiscard]] std::vector<RuleStats> ruleStats() const;
    /// Places that had sessions, sorted; none without EngineOptions::ruleMetrics.
    [[nodiscard]] std::vector<SessionStats> sessionStats() const;
    /// Moves finished events out, oldest first for each worker. Wakes `onEvents` (see below) again after it found
    /// nothing.
    void takeEvents(std::vector<model::AccessEvent>& out);
    /// Called from a worker when the ring goes from empty to not empty. Set before the first apply().
    void onEvents(std::function<void()> wake);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What this machine allows (contract section 3): asks the kernel, once.
routing::HostFacts probeHost();

/// Whether another socket holds the port: for HostFacts::inUse. An address that cannot be bound for other reasons is
/// not in use. Blocks for no network.
bool portInUse(const std::string& address, std::uint16_t port, bool udp);

} // namespace gatehouse::engine
