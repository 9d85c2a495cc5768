#pragma once

#include "engine/http/exchange.h"
#include "engine/http/workspace.h"
#include "engine/net/transport.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/waiter.h"

#include <memory>

namespace gatehouse::engine {

class ClientConnection;

/// HTTP/1 on a client's connection (RFC 9112): reads one request after the other, has each served, keeps order by
/// serving one at a time. Owned by its ClientConnection. Thread: its worker.
class ClientH1 final : public ClientSide {
public:
    explicit ClientH1(ClientConnection& connection);
    ~ClientH1();

    /// From the first request to the end of the connection.
    Awaitable run();
    /// The listening socket was retired: closes if idle, else after the answer under way.
    void serverRetired();
    /// run() ended because the client began with the preface of HTTP/2 (RFC 9113 3.3), which it knows to be spoken
    /// here.
    [[nodiscard]] bool speaksHttp2() const noexcept { return speaksHttp2_; }
    /// What was received of it.
    [[nodiscard]] std::string_view received() const noexcept { return workspace_->in.unread(); }

    routing::RequestHead& head() noexcept override { return workspace_->parser.request().head; }
    const BodyFraming& requestFraming() const noexcept override { return framing_; }
    BodyPiece readBody() override;
    const routing::HeaderFields* requestTrailers() const noexcept override { return &workspace_->body.trailers(); }
    std::string_view upgrade() const noexcept override { return upgrade_; }
    void startTunnel(std::string_view protocol, const routing::HeaderFields& headers) override;
    void sendInterim(std::uint16_t status, std::string_view reason, const routing::HeaderFields& headers) override;
    void startResponse(const ResponseHead& head, const routing::HeaderFields& headers) override;
    std::size_t sendBody(std::string_view data) override;
    void sendWhole(std::string_view body) override;
    void finishResponse(const routing::HeaderFields* trailers) override;
    IoState flush() override;
    bool pending() const noexcept override { return workspace_->out.pending(); }
    void watch() override;
    void yield() override { socket_.yield(); }
    TimePoint abandonAt() override;
    void abort() override;
    std::string_view address() const override;

private:
    enum class Phase : std::uint8_t {
        Idle,       ///< between requests; no workspace unless bytes are there already
        Head,       ///< the first byte of a head came
        Serving,    ///< a Handling is at work
        Flushing,   ///< the answer is complete, some of it is not sent
        Discarding, ///< the rest of a body that nobody wanted is read, to find the next request behind it
        Lingering,  ///< we closed our side; the client reads our last answer before it sees the connection end
    };
    enum class Next : std::uint8_t { Wait, Go, End };

    // What run() is made of; each goes as far as it can without waiting.
    Next readHead();
    Handling* startRequest();
    Next finishRequest();

    Next receiveHead();
    Next idle(bool late);
    Next flushAnswer(bool late);
    Next discardBody(bool late);
    Next linger(bool late);
    void startLinger();
    void becomeIdle();
    void acceptHead();
    [[nodiscard]] bool bodyCanBeDiscarded() const noexcept;
    void sendContinue();

    ClientConnection& connection_;
    Worker& worker_;
    Transport& socket_;
    const std::shared_ptr<ServerSocket>& server_;
    Waiter& waiter_;
    std::unique_ptr<Workspace> workspace_;
    Handling* handling_ = nullptr; // of the request being served
    BodyFraming framing_;
    std::string_view upgrade_; // of the request being served; filters take the field away
    std::uint64_t served_ = 0;
    TimePoint leavesAt_ = never;
    std::uint16_t refusedStatus_ = 0; // not 0: the head could not be used
    std::string_view refusal_;
    Phase phase_ = Phase::Idle;
    bool speaksHttp2_ = false;
    bool keepAlive_ = true;
    bool aborted_ = false;
    bool answering_ = false;      // the head of the final answer is written
    bool deadlineSet_ = false;    // of the head, or of the linger
    bool continueWanted_ = false; // the client waits for 100 before it sends the body
    bool moreWaits_ = false;      // bytes of a later request are there
    bool tunnel_ = false;         // the protocol was switched
    bool endWriting_ = false;     // once all is flushed
};

} // namespace gatehouse::engine
