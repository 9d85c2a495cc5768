#include "engine/http/backend_h2.h"

#include "engine/engine.h"
#include "engine/http/forwarding.h"
#include "engine/runtime/waiter.h"

#include <utility>

namespace gatehouse::engine {

BackendH2::BackendH2(const EngineLimits& limits) : limits_{limits.responseHeadBytes, limits.headerFields}
{
}

BackendH2::~BackendH2()
{
    drop();
}

void BackendH2::begin(EndpointPool& endpoint, Waiter& waiter, Reuse reuse)
{
    waiter_ = &waiter;
    openFailure_.clear();
    text_.clear();
    for (std::size_t i = 0; i < heads_.size() && i <= received_; ++i)
        heads_[i].clear();
    trailers_.clear();
    received_ = current_ = 0;
    headRequest_ = started_ = finalSeen_ = bodiless_ = malformed_ = false;
    connection_ = endpoint.http2(reuse);
    reused_ = connection_->used();
    connection_->join(*this);
}

BackendSide::Opening BackendH2::open()
{
    switch (connection_->phase()) {
    case BackendH2Session::Phase::Connecting:
    case BackendH2Session::Phase::Securing:
        return Opening::Blocked;
    case BackendH2Session::Phase::Ready:
        return Opening::Ready;
    case BackendH2Session::Phase::Ended:
        break;
    }
    openFailure_ = connection_->failure();
    return Opening::Failed;
}

void BackendH2::startRequest(const routing::RequestHead& head, const RequestForwarding& how)
{
    headRequest_ = head.method == "HEAD";
    H2Fields fields(text_, connection_->scratchPairs());
    fields.addRequest(head, how, connection_->secure() ? "https" : "http");
    const nghttp2_data_provider source = bodySource();
    const std::int32_t id =
        nghttp2_submit_request(connection_->raw(), nullptr, fields.data(), fields.size(),
                               how.body == BodyKind::None ? nullptr : &source, static_cast<H2Stream*>(this));
    if (id < 0) // numbers of streams or memory ran out
        return;
    started_ = true;
    attach(*connection_, id);
    connection_->noteUsed();
}

IoState BackendH2::flush()
{
    return connection_->flushSoon();
}

bool BackendH2::pending() const noexcept
{
    return connection_->backlog() > 0 || nghttp2_session_want_write(connection_->raw()) != 0;
}

BackendSide::HeadState BackendH2::readHead()
{
    if (current_ < received_)
        return HeadState::Done;
    if (malformed_ || (closed() && errorCode() == NGHTTP2_PROTOCOL_ERROR))
        return HeadState::Failed;
    return !started_ || closed() || connection_->lost() ? HeadState::Closed : HeadState::Blocked;
}

bool BackendH2::repeatable(bool idempotent) const noexcept
{
    // RFC 9113 8.7: a refused stream was not served, whatever its method; nor was one that was never sent.
    if (!started_ || !headersSent() || (closed() && errorCode() == NGHTTP2_REFUSED_STREAM))
        return true;
    return idempotent && reused_ && connection_->lost();
}

void BackendH2::nextHead()
{
    ++current_;
}

ResponseHead BackendH2::response() const noexcept
{
    const H2IncomingFields& head = heads_[current_];
    ResponseHead response;
    response.status = head.status();
    const bool neverFramed = head.status() < 200 || head.status() == 204;
    BodyFraming& framing = response.framing;
    framing.hasContentLength = !neverFramed && head.contentLength(framing.contentLength);
    if (!neverFramed && !headRequest_ && head.status() != 304 && !bodiless_)
        framing.kind = framing.hasContentLength ? BodyKind::Length : BodyKind::Chunked;
    return response;
}

BodyPiece BackendH2::readBody()
{
    BodyPiece piece = receivedBody();
    // An answer that has no body is complete with its head, whatever goes wrong behind it (RFC 9110 6.4.1).
    if (piece.state == BodyState::Failed && response().framing.kind == BodyKind::None)
        piece.state = BodyState::End;
    return piece;
}

void BackendH2::yield()
{
    connection_->touch(*this);
}

void BackendH2::onField(std::string_view name, std::string_view value)
{
    if (finalSeen_) {
        if (forwarding::allowedInTrailers(name) && !trailers_.add(name, value, limits_))
            malformed_ = true;
        return;
    }
    if (heads_.size() == received_)
        heads_.emplace_back();
    if (!heads_[received_].add(name, value, limits_) || heads_[received_].malformed())
        malformed_ = true;
}

void BackendH2::onFieldsEnd()
{
    if (!finalSeen_ && !malformed_ && received_ < heads_.size()) {
        finalSeen_ = heads_[received_].status() >= 200;
        bodiless_ = finalSeen_ && remoteEnded();
        ++received_;
        malformed_ = !finalSeen_ && received_ > maxInterimAnswers;
    }
    connection_->touch(*this);
}

void BackendH2::onTouched()
{
    if (waiter_)
        waiter_->wake();
}

void BackendH2::sessionChanged()
{
    waiter_->wake();
}

void BackendH2::finish()
{
    drop();
}

void BackendH2::drop()
{
    if (!connection_)
        return;
    detach();
    waiter_ = nullptr;
    std::exchange(connection_, nullptr)->leave(*this);
}

} // namespace gatehouse::engine
