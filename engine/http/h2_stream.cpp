#include "engine/http/h2_stream.h"

#include "engine/http/forwarding.h"
#include "engine/http/h2_fields.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

H2Stream::~H2Stream()
{
    detach();
}

void H2Stream::attach(H2Session& session, std::int32_t id)
{
    session_ = &session;
    id_ = id;
    errorCode_ = NGHTTP2_NO_ERROR;
    staysOpen_ = false;
    lent_ = heldSent_ = 0;
    held_.clear();
    trailerText_.clear();
    trailers_.clear();
    remoteEnded_ = closed_ = ended_ = deferred_ = hungry_ = headersSent_ = false;
}

void H2Stream::detach(std::uint32_t errorCode)
{
    if (!session_)
        return;
    // What nobody took is no reason for the other streams of the connection to wait.
    if (in_)
        session_->taken(id_, in_->unread().size(), false);
    session_->buffers().give(std::move(in_));
    if (!closed_) {
        nghttp2_session_set_stream_user_data(session_->raw(), id_, nullptr);
        nghttp2_submit_rst_stream(session_->raw(), NGHTTP2_FLAG_NONE, id_, errorCode);
        session_->flushSoon();
    }
    session_->forget(*this);
    session_ = nullptr;
}

BodyPiece H2Stream::receivedBody()
{
    giveCredit();
    if (in_ && !in_->empty()) {
        // At the front, what is shown stays in place while the rest of the window comes behind it.
        in_->compact();
        lent_ = in_->unread().size();
        return {BodyState::Data, in_->unread()};
    }
    if (in_)
        session_->buffers().give(std::move(in_));
    if (remoteEnded_)
        return {BodyState::End, {}};
    return {closed_ || session_->lost() ? BodyState::Failed : BodyState::Blocked, {}};
}

void H2Stream::giveCredit()
{
    if (lent_ == 0)
        return;
    const std::size_t taken = std::exchange(lent_, 0);
    in_->consume(taken);
    session_->taken(id_, taken, !closed_);
}

void H2Stream::received(std::string_view data)
{
    if (!in_)
        in_ = session_->buffers().take();
    // The window never lets more come than fits.
    const std::size_t room = in_->makeRoom();
    const std::size_t count = std::min(room, data.size());
    std::copy_n(data.data(), count, in_->room());
    in_->filled(count);
    session_->touch(*this);
}

void H2Stream::onRemoteEnd()
{
    remoteEnded_ = true;
    session_->touch(*this);
}

void H2Stream::streamClosed(std::uint32_t errorCode)
{
    if (std::exchange(closed_, true))
        return;
    errorCode_ = errorCode;
    onClosed();
    session_->touch(*this);
}

nghttp2_data_provider H2Stream::bodySource() noexcept
{
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = [](nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t length, std::uint32_t* flags,
                                nghttp2_data_source* source, void*) -> ssize_t {
        return static_cast<H2Stream*>(source->ptr)->provide(length, *flags);
    };
    return provider;
}

ssize_t H2Stream::provide(std::size_t length, std::uint32_t& flags)
{
    const std::size_t available = holds() ? held_.size() - heldSent_ : offered_.size();
    if (available == 0) {
        if (!ended_) {
            deferred_ = true;
            if (hungry_)
                session_->touch(*this);
            return NGHTTP2_ERR_DEFERRED;
        }
        flags |= NGHTTP2_DATA_FLAG_EOF;
        if (trailers_.size() > 0) {
            flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            submitTrailers();
        }
        return 0;
    }
    if (session_->outputFull()) {
        deferred_ = true;
        session_->waitForRoom(*this);
        return NGHTTP2_ERR_DEFERRED;
    }
    const std::size_t given = std::min(length, available);
    flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (given == available && ended_ && trailers_.size() == 0)
        flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(given);
}

void H2Stream::takeProvided(std::string& out, std::size_t length)
{
    if (holds()) {
        out.append(held_, heldSent_, length);
        heldSent_ += length;
        if (!holds()) {
            held_.clear();
            heldSent_ = 0;
        }
        return;
    }
    out.append(offered_.substr(0, length));
    offered_.remove_prefix(length);
}

void H2Stream::submitTrailers()
{
    std::vector<nghttp2_nv>& fields = session_->scratchPairs();
    fields.clear();
    for (const routing::HeaderField& field : trailers_)
        fields.push_back(headerPair(field.name, field.value));
    nghttp2_submit_trailer(session_->raw(), id_, fields.data(), fields.size());
}

void H2Stream::resume()
{
    if (std::exchange(deferred_, false))
        nghttp2_session_resume_data(session_->raw(), id_);
}

std::size_t H2Stream::offer(std::string_view data)
{
    // To a stream that is over everything is lost; its user hears of the end elsewhere.
    if (!session_ || closed_ || session_->lost())
        return data.size();
    hungry_ = false;
    if (!holds()) {
        offered_ = data;
        resume();
        session_->fill();
    }
    const std::size_t left = holds() ? data.size() : offered_.size();
    offered_ = {};
    if (closed_)
        return data.size();
    hungry_ = left > 0;
    return data.size() - left;
}

void H2Stream::hold(std::string_view data)
{
    held_.append(data);
    resume();
}

void H2Stream::endBody(const routing::HeaderFields* trailers)
{
    if (trailers) {
        for (const routing::HeaderField& field : *trailers)
            if (forwarding::allowedInTrailers(field.name))
                trailers_.add(lowerName(trailerText_, trailerText_.store({field.name})),
                              trailerText_.store({field.value}));
    }
    ended_ = true;
    resume();
}

void H2Stream::reset(std::uint32_t errorCode)
{
    if (!session_ || closed_)
        return;
    nghttp2_submit_rst_stream(session_->raw(), NGHTTP2_FLAG_NONE, id_, errorCode);
    session_->flushSoon();
}

} // namespace gatehouse::engine
