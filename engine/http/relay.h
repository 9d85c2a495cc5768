#pragma once

#include "engine/http/backend_h1.h"
#include "engine/http/exchange.h"
#include "engine/routing/snapshot.h"

namespace gatehouse::engine {

/// Where a request goes, decided.
struct RelayTarget {
    const routing::CompiledRule* rule = nullptr;
    const routing::WeightedBackend* backend = nullptr;
    EndpointPool* endpoint = nullptr;
};

/// Carries one request to one backend and the answer back, both bodies at once, so that a backend may answer before it
/// has read everything. Driven by readiness: step() moves what can be moved now. Nothing here knows HTTP/1 from another
/// version, but the connection that is attached.
///
///   Connecting (--connected--> Securing) --ready--> Exchanging --answer complete--> Finished
///        |                       |  ^
///        | refused, late         |  | a pooled connection turns out closed before any byte of an answer, and the
///        request v                       |  | may be sent again: once more, over a new connection
///     Finished (503) <-----------+--+
///
class Relay final : public Handling {
public:
    Relay(Worker& worker, const EngineLimits& limits);

    void begin(Exchange& exchange, const RelayTarget& target);
    Step step() override;
    void release() override;

private:
    enum class Phase : std::uint8_t { Connecting, Securing, Exchanging, Finished };

    void connectPooled();
    void connectFresh();
    void checkConnect();
    /// The connection is there; TLS comes first where the endpoint wants it.
    void secure();
    void checkHandshake();
    void connected();
    void exchangeBytes();
    bool pumpRequest();
    bool pumpResponse();
    void takeHead();
    void backendClosed();
    void complete();
    void clientLeft();
    void expired();
    void fail(std::uint16_t status, std::string_view flags, std::string_view message);
    void rest(TimePoint abandonAt);
    [[nodiscard]] bool idempotent() const noexcept;

    Worker& worker_;
    BackendH1 backend_;
    Exchange* exchange_ = nullptr;
    RelayTarget target_;
    std::string_view requestPiece_, responsePiece_; // parts of bodies that the other side had no room for yet
    TimePoint requestDeadline_ = never, attemptDeadline_ = never, connectDeadline_ = never, stallDeadline_ = never;
    std::size_t movedBytes_ = 0; // in this step
    Phase phase_ = Phase::Finished;
    bool requestDone_ = false;    // all of it is handed over
    bool requestStopped_ = false; // the backend takes no more of it
    bool bodyPulled_ = false;     // bytes of the body were taken from the client: it cannot be sent again
    bool answering_ = false;      // the answer's head went to the client
    bool retried_ = false;
};

} // namespace gatehouse::engine
