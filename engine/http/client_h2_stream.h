#pragma once

#include "engine/http/exchange.h"
#include "engine/http/h2_fields.h"
#include "engine/http/h2_stream.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/waiter.h"

#include <memory>
#include <optional>

namespace gatehouse::engine {

class ClientH2;

/// One request of an HTTP/2 client and its answer. Used again for a later stream of the connection. Thread: its worker.
///
///   Head --complete--> Serving --answered--> Ending (frames left to send) --stream closed--> Idle
///     |                                        ^
///     +--closed before it was complete---------+
class ClientH2Stream final : public H2Stream, public ClientSide {
public:
    explicit ClientH2Stream(ClientH2& connection);
    ~ClientH2Stream();

    void open(std::int32_t id);
    /// The connection is lost: the request is given up now.
    void abandon();
    /// Nothing is left to do: close() it and use it for another stream.
    [[nodiscard]] bool done() const noexcept { return phase_ == Phase::Ending && closed(); }
    void close();
    [[nodiscard]] bool headIncomplete() const noexcept { return phase_ == Phase::Head; }
    [[nodiscard]] TimePoint openedAt() const noexcept { return openedAt_; }

    routing::RequestHead& head() noexcept override { return head_; }
    const BodyFraming& requestFraming() const noexcept override { return framing_; }
    BodyPiece readBody() override;
    const routing::HeaderFields* requestTrailers() const noexcept override { return &trailers_.fields(); }
    std::string_view upgrade() const noexcept override { return webSocket_ ? "websocket" : std::string_view(); }
    bool upgradeOnly() const noexcept override { return webSocket_; }
    bool takesSwitch(const routing::HeaderFields& headers) const override;
    void startTunnel(std::string_view protocol, const routing::HeaderFields& headers) override;
    void sendInterim(std::uint16_t status, std::string_view reason, const routing::HeaderFields& headers) override;
    void startResponse(const ResponseHead& head, const routing::HeaderFields& headers) override;
    std::size_t sendBody(std::string_view data) override;
    void sendWhole(std::string_view body) override;
    void finishResponse(const routing::HeaderFields* trailers) override;
    IoState flush() override;
    bool pending() const noexcept override;
    /// What the connection has taken it watches itself, and it may be of other streams.
    bool awaitsReader() const noexcept override { return holds(); }
    void watch() override {}
    void yield() override;
    TimePoint abandonAt() override;
    void abort() override;
    std::string_view address() const override;

private:
    enum class Phase : std::uint8_t { Idle, Head, Serving, Ending };

    void onField(std::string_view name, std::string_view value) override;
    void onFieldsEnd() override;
    void onTouched() override;

    void acceptHead();
    /// A CONNECT that asks for another protocol than a tunnel to somewhere (RFC 8441 section 4): a GET with Upgrade in
    /// all that follows, so that rules and backends know no difference.
    void acceptConnect(std::string_view protocol);
    void start();
    /// Serves until it has to wait or the answer is complete.
    void drive();
    void finish();
    void refuse(std::uint16_t status, std::string_view message);

    ClientH2& connection_;
    Waiter waiter_;
    std::shared_ptr<Serving> serving_;
    H2IncomingFields fields_, trailers_;
    routing::RequestHead head_;
    routing::TextArena arena_;
    BodyFraming framing_;
    std::optional<Exchange> exchange_;
    Handling* handling_ = nullptr;
    TimePoint openedAt_ = never;
    std::uint16_t refusedStatus_ = 0; // not 0: the head could not be used
    std::string_view refusal_;
    Phase phase_ = Phase::Idle;
    bool headDone_ = false;
    bool bodiless_ = false; // the head ended the stream
    bool answering_ = false;
    bool webSocket_ = false;      // the stream is to become one
    bool tunnel_ = false;         // it has become one
    bool continueWanted_ = false; // the client waits for 100 before it sends the body
};

} // namespace gatehouse::engine
