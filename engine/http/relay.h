#pragma once

#include "engine/http/backend_sides.h"
#include "engine/http/exchange.h"
#include "engine/http/mirror.h"
#include "engine/http/request_replay.h"
#include "engine/routing/snapshot.h"
#include "engine/runtime/serving.h"

namespace gatehouse::engine {

/// Where a request goes, decided.
struct RelayTarget {
    const routing::CompiledRule* rule = nullptr;
    const routing::WeightedBackend* backend = nullptr;
    ServingCluster* cluster = nullptr; ///< where retries find another endpoint
    EndpointPool* endpoint = nullptr;
    std::string_view matchedPath = {}; ///< what of a path the match asks for: the Path of a session's cookie
};

/// Carries one request to one backend and the answer back, both bodies at once, so that a backend may answer before it
/// has read everything. Driven by readiness: step() moves what can be moved now. Nothing here knows one protocol from
/// another: the backend side is chosen by what the endpoint speaks.
///
///   Opening --ready--> Exchanging --answer complete--> Finished
///    |   ^                |
///    |   +----------------+ a pooled connection turns out closed before any byte of an answer, and the request may be
///    |   |                  sent again: once more, over a new connection
///    +--refused, late--> Finished (503)
///
///   Opening, Exchanging --a failure that the rule retries--> BackingOff --time is up--> Opening, at another endpoint
///
/// After a 101 that the client asked for, Exchanging goes on with bytes instead of bodies, until both directions ended.
///
/// A retry stays with the backendRef that was chosen, so that weights hold, and sends the head as it was filtered then.
///
class Relay final : public Handling {
public:
    Relay(Worker& worker, const EngineLimits& limits);

    /// Where copies of the next request are to be added, before begin().
    [[nodiscard]] MirrorFeed& mirrors() noexcept { return mirrors_; }
    /// `body`: of the request, all of it read and kept already; null: it is to be read.
    void begin(Exchange& exchange, const RelayTarget& target, RequestReplay* body = nullptr);
    Step step() override;
    void release() override;

private:
    enum class Phase : std::uint8_t { Opening, Exchanging, BackingOff, Finished };
    /// What it means that nothing moves, and so when stallDeadline_ is.
    enum class Silence : std::uint8_t {
        Allowed, ///< a backend may think before it answers; a gRPC stream may have nothing to say
        Stalled, ///< a body that was begun is not sent, or not taken
        Quiet,   ///< an answer that was begun has nothing to say now: server-sent events, a long poll
        Tunnel,  ///< after a switch of protocols, while both directions are open
    };

    void open();
    void openWith(Reuse reuse);
    void checkOpening();
    void startRequest();
    void exchangeBytes();
    bool pumpRequest();
    bool pumpResponse();
    void takeHead();
    void backendClosed();
    void startTunnel(std::string_view protocol);
    /// What the rule's and the backend's filters, and an authorization server, make of an answer's head.
    void filterAnswer(routing::HeaderFields& headers);
    void complete();
    void clientLeft();
    void expired();
    [[nodiscard]] bool mayRetry() const noexcept;
    void backOff();
    void retry();
    void discardAnswer();
    /// This try failed; perhaps there is another.
    void failTry(std::uint16_t status, std::string_view flags, std::string_view message);
    void fail(std::uint16_t status, std::string_view flags, std::string_view message);
    void rest(TimePoint abandonAt);
    [[nodiscard]] Silence silence() const noexcept;
    void watchSilence();
    void noteGrpcStatus(const routing::HeaderFields* fields);
    [[nodiscard]] bool idempotent() const noexcept;

    Worker& worker_;
    BackendSides sides_;
    BackendSide* backend_ = nullptr; // the one in use
    Exchange* exchange_ = nullptr;
    RelayTarget target_;
    std::string_view requestPiece_, responsePiece_; // parts of bodies that the other side had no room for yet
    RequestReplay replay_;
    MirrorFeed mirrors_;
    TimePoint requestDeadline_ = never, attemptDeadline_ = never, connectDeadline_ = never, stallDeadline_ = never;
    TimePoint retryAt_ = never;
    Silence silence_ = Silence::Allowed;
    std::uint32_t retries_ = 0;
    std::string_view upgrade_;   // what the backend was asked to switch to
    std::size_t movedBytes_ = 0; // in this step
    Phase phase_ = Phase::Finished;
    bool requestDone_ = false;    // all of it is handed over
    bool requestStopped_ = false; // the backend takes no more of it
    bool answering_ = false;      // the answer's head went to the client
    bool tunnel_ = false;         // the protocol was switched
    bool answerDone_ = false;     // of a tunnel: the backend ended its side
    bool repeated_ = false;       // this try went to a second connection already
    bool grpc_ = false;           // the request is a gRPC call
    bool callDeadline_ = false;   // requestDeadline_ is the client's own, of grpc-timeout
};

} // namespace gatehouse::engine
