#pragma once

#include "engine/http/backend_pool.h"
#include "engine/http/h2_session.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

class BackendH2;

/// An HTTP/2 connection to a backend with the requests that are on it. Lifetime: held by its EndpointPool and by every
/// request on it. Thread: its worker.
///
///   Connecting -> Securing (with TLS) -> Ready -> Ended
class BackendH2Session final : public H2Session,
                               public SocketOwner,
                               public Deadline,
                               public std::enable_shared_from_this<BackendH2Session> {
public:
    enum class Phase : std::uint8_t { Connecting, Securing, Ready, Ended };
    struct Parts {
        EndpointPool& pool;
        asio::io_context& io;
        Deadlines& deadlines;
        BufferPool& buffers;
        std::chrono::milliseconds idleTimeout;
    };

    explicit BackendH2Session(const Parts& parts);
    ~BackendH2Session();

    /// Starts to connect; see phase() and failure().
    void connect();
    [[nodiscard]] Phase phase() const noexcept { return phase_; }
    /// Why it ended before it was ready, for people.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    /// Another request may go on it.
    [[nodiscard]] bool hasRoom() noexcept;
    /// At work, or the kernel still calls it alive.
    [[nodiscard]] bool aliveForCertain();
    [[nodiscard]] bool used() const noexcept { return used_; }
    [[nodiscard]] bool secure() const noexcept { return transport_.tls() != nullptr; }

    void join(BackendH2& stream);
    void leave(BackendH2& stream);
    /// No new requests; ends when those on it are done.
    void retire();
    void noteUsed() noexcept { used_ = true; }

    void onSocketReady(StreamSocket&) override;
    void onDeadline() override;

private:
    H2Stream* openStream(std::int32_t) override { return nullptr; } // backends push nothing
    void onGoaway() override { goingAway_ = true; }
    void onTurnEnd() override;

    /// Goes on as far as it can; may be the end of it.
    void advance();
    void tellChange();
    void checkConnect();
    void secureConnection();
    void checkHandshake();
    void ready();
    void end(std::string why);
    void idleOrEnd();

    EndpointPool& pool_;
    asio::ip::tcp::endpoint to_; ///< where it leads
    Deadlines& deadlines_;
    std::chrono::milliseconds idleTimeout_;
    Transport socket_;
    std::vector<BackendH2*> streams_;
    std::string failure_;
    Phase phase_ = Phase::Connecting;
    bool changed_ = false; // those on it have not heard of the phase
    bool goingAway_ = false;
    bool rested_ = false;
    bool used_ = false;
};

} // namespace gatehouse::engine
