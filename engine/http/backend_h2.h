#pragma once

#include "engine/http/backend_h2_session.h"
#include "engine/http/h2_fields.h"
#include "engine/http/h2_stream.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

struct EngineLimits;

/// One request at a time as a stream of an HTTP/2 connection to a backend, which it shares with others. Reused with its
/// storage. Thread: its worker.
class BackendH2 final : public H2Stream, public BackendSide {
public:
    explicit BackendH2(const EngineLimits& limits);
    ~BackendH2();

    void begin(EndpointPool& endpoint, Waiter& waiter, Reuse reuse) override;
    Opening open() override;
    const std::string& openFailure() const noexcept override { return openFailure_; }
    bool repeatable(bool idempotent) const noexcept override;
    void finish() override;
    void drop() override;
    void startRequest(const routing::RequestHead& head, const RequestForwarding& how) override;
    std::size_t sendBody(std::string_view data) override { return offer(data); }
    void finishRequest(const routing::HeaderFields* trailers) override { endBody(trailers); }
    IoState flush() override;
    bool pending() const noexcept override;
    HeadState readHead() override;
    void nextHead() override;
    ResponseHead response() const noexcept override;
    routing::HeaderFields& responseHeaders() noexcept override { return heads_[current_].fields(); }
    BodyPiece readBody() override;
    const routing::HeaderFields* responseTrailers() const noexcept override { return &trailers_.fields(); }
    void watch() override {}
    void yield() override;
    void rest() override {}

private:
    friend class BackendH2Session;

    void onField(std::string_view name, std::string_view value) override;
    void onFieldsEnd() override;
    void onTouched() override;
    /// The session can be spoken on, or never will.
    void sessionChanged();

    const HeadLimits limits_;
    std::shared_ptr<BackendH2Session> connection_; // null between requests
    Waiter* waiter_ = nullptr;
    std::string openFailure_;
    routing::TextArena text_;
    std::vector<H2IncomingFields> heads_; // interim ones, and the final one behind them; storage is used again
    std::size_t received_ = 0;            // of them, complete
    std::size_t current_ = 0;             // the one that the user is at
    H2IncomingFields trailers_;
    bool headRequest_ = false;
    bool started_ = false; // the request was given to the session
    bool reused_ = false;  // the session had carried requests before
    bool finalSeen_ = false;
    bool bodiless_ = false; // nothing follows the final head
    bool malformed_ = false;
};

} // namespace gatehouse::engine
