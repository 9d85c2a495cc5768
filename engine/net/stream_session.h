#pragma once

#include "engine/net/byte_pump.h"
#include "engine/routing/route_stream.h"
#include "engine/runtime/clock.h"
#include "engine/runtime/serving.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace gatehouse::engine {

class ClientConnection;
struct SessionCounters;

/// What the access log says of a session; pointers into its snapshot.
struct StreamRecord {
    std::chrono::system_clock::time_point wallStart;
    TimePoint start;
    std::string_view protocol; ///< "TCP" or "TLS"; static text
    std::string_view flags;    ///< Envoy's letters; static text
    routing::StreamDecision decision;
    const routing::Cluster* cluster = nullptr;
    const EndpointPool* endpoint = nullptr;
    SessionCounters* counters = nullptr;            ///< of its place; null: it is not counted apart
    std::uint64_t bytesReceived = 0, bytesSent = 0; ///< of the client's bytes, outside of any TLS that ends here
};

/// A connection whose bytes are passed on without being read (semantics 13): from the moment that its rule is known to
/// its end, which is logged as one access event.
///
///   Chosen --> Connecting (--connected--> Securing) --> Relaying --both ends passed on--> Finished
///                  |  ^ refused or late: the cluster's next endpoint                          ^
///                  +--+--none left--------------------------------------------------(refused)--+
///
/// The backend is called in the first step, for it may be the one that speaks first. A refused client's connection is
/// closed, or reset where bytes of it are unread. A session keeps the snapshot that it began with.
/// Lifetime: its ClientConnection's. Thread: its worker.
class StreamSession {
public:
    /// Chooses the backend; see refused(). `protocol`: "TCP" or "TLS", static text.
    StreamSession(ClientConnection& client, std::shared_ptr<Serving> serving, const routing::StreamDecision& decision,
                  std::string_view protocol);
    ~StreamSession();
    StreamSession(const StreamSession&) = delete;
    StreamSession& operator=(const StreamSession&) = delete;

    /// True when there is nobody to connect to.
    [[nodiscard]] bool refused() const noexcept { return phase_ == Phase::Finished; }
    /// Ends the session before any byte was relayed. `flags`: static text.
    void refuse(std::string_view flags);
    /// Goes on as far as it can; a TLS handshake with the client has to be over. False: the session is over. Call at
    /// first, then after every wake-up of the client's Waiter.
    bool step();
    [[nodiscard]] const StreamRecord& record() const noexcept { return record_; }
    [[nodiscard]] const Serving& serving() const noexcept { return *serving_; }
    [[nodiscard]] const ClientConnection& client() const noexcept { return client_; }

private:
    enum class Phase : std::uint8_t { Chosen, Connecting, Securing, Relaying, Finished };

    void chooseBackend();
    void connectNext();
    bool connectTo(EndpointPool& endpoint); ///< false when it failed at once
    void checkConnect();
    void secure();
    /// Tells the backend who the client is, if it wants to know; false: the connection is of no use.
    bool introduceClient();
    void checkHandshake();
    void connected();
    void relay();
    /// Moves bytes one way; false when that ended the session.
    bool pump(BytePump& way, Transport& from, Transport& to);
    void rest();
    void expired();
    /// Ends it because one side is gone: the other must not take what it has for complete.
    void cut(Transport& other, std::string_view flags);
    [[nodiscard]] Transport& backend() noexcept { return backend_->socket; }

    ClientConnection& client_;
    std::shared_ptr<Serving> serving_;
    StreamRecord record_;
    ServingCluster* cluster_ = nullptr;
    std::size_t triesLeft_ = 0;
    std::size_t addressesLeft_ = 0; ///< of the endpoint's name, should one refuse
    std::unique_ptr<BackendConnection> backend_;
    std::optional<BytePump> toBackend_, toClient_;
    TimePoint connectDeadline_ = never;
    Phase phase_ = Phase::Chosen;
};

} // namespace gatehouse::engine
