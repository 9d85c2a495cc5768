#pragma once

#include "engine/http/backend_pool.h"
#include "engine/http/buffer_pool.h"
#include "engine/http/exchange.h"
#include "engine/http/message_writer.h"

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::engine {

struct EngineLimits;

/// One request at a time over an HTTP/1.1 connection to a backend. Reused with its buffers. Thread: its worker.
class BackendH1 final : public BackendSide {
public:
    BackendH1(const EngineLimits& limits, BufferPool& buffers);
    ~BackendH1();

    void begin(EndpointPool& endpoint, Waiter& waiter, Reuse reuse) override;
    Opening open() override;
    const std::string& openFailure() const noexcept override { return openFailure_; }
    bool repeatable(bool idempotent) const noexcept override;
    void finish() override;
    void drop() override;
    bool canUpgrade() const noexcept override { return true; }
    void startRequest(const routing::RequestHead& head, const RequestForwarding& how) override;
    std::size_t sendBody(std::string_view data) override;
    void finishRequest(const routing::HeaderFields* trailers) override;
    IoState flush() override;
    bool pending() const noexcept override { return out_.pending(); }
    HeadState readHead() override;
    void nextHead() override;
    ResponseHead response() const noexcept override;
    routing::HeaderFields& responseHeaders() noexcept override { return parser_.response().headers; }
    BodyPiece readBody() override;
    const routing::HeaderFields* responseTrailers() const noexcept override { return &body_.trailers(); }
    void startTunnel() override;
    void rest() override;
    void watch() override;
    void yield() override { connection_->socket.yield(); }

private:
    enum class Phase : std::uint8_t {
        Connecting, ///< the kernel is at it
        Securing,   ///< TLS is at it
        Ready,
        Failed,
    };
    void attach(std::unique_ptr<BackendConnection> connection);
    void connect();
    void checkConnect();
    /// The connection is there; TLS comes first where the endpoint wants it.
    void secure();
    void checkHandshake();
    void refuse(std::string_view what, std::string_view why);
    [[nodiscard]] bool nothingReceived() const noexcept { return !in_ || in_->empty(); }
    /// Receives what is there; makes sure of a buffer.
    IoResult receive();
    void returnBuffer() { buffers_.give(std::move(in_)); }

    const HeadLimits limits_;
    EndpointPool* endpoint_ = nullptr;
    Waiter* waiter_ = nullptr;
    std::size_t addressesLeft_ = 0; ///< of the endpoint's name, should one refuse
    std::unique_ptr<BackendConnection> connection_;
    std::string openFailure_;
    BufferPool& buffers_;
    std::unique_ptr<ByteBuffer> in_; // null while nothing is received
    MessageWriter out_;
    mutable H1ResponseParser parser_;
    BodyDecoder body_;
    Phase phase_ = Phase::Failed;
    unsigned interimHeads_ = 0;
    bool headRequest_ = false;
    bool requestDone_ = false;
    bool sentAny_ = false;
    bool headDone_ = false;
    bool broken_ = false; // not to be reused
    bool tunnel_ = false;
    bool endWriting_ = false; // once all is flushed
};

} // namespace gatehouse::engine
