#include "engine/http/client_h2.h"

#include "engine/http/client_connection.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {
/// How long a client may take to notice that it should open no more streams.
constexpr std::chrono::seconds farewellTime{1};
/// How long a connection without a request keeps what the next one would need.
constexpr std::chrono::seconds restsAfter{1};
/// Streams of a connection that may go wrong. A client that makes more is broken or means harm (CVE-2025-8671); nghttp2
/// only counts the resets that come from the client.
constexpr unsigned maxResets = 1000;
} // namespace

ClientH2::ClientH2(ClientConnection& connection)
    : H2Session(Side::Server, connection.transport(), connection.worker().io(), connection.worker().buffers()),
      connection_(connection)
{
}

ClientH2::~ClientH2() = default;

Awaitable ClientH2::run(std::string_view early)
{
    Limits limits;
    limits.headerListBytes = static_cast<std::uint32_t>(connection_.worker().limits().requestHeadBytes);
    if (!start(limits))
        co_return;
    take(early);
    while (advance())
        co_await connection_.waiter().wait(useAwaitable);
    abandon();
}

H2Stream* ClientH2::openStream(std::int32_t id)
{
    if (spare_.empty()) {
        open_.push_back(std::make_unique<ClientH2Stream>(*this));
    } else {
        open_.push_back(std::move(spare_.back()));
        spare_.pop_back();
    }
    open_.back()->open(id);
    return open_.back().get();
}

void ClientH2::onTurnEnd()
{
    connection_.waiter().wake();
}

bool ClientH2::advance()
{
    if (connection_.waiter().takeExpired() && !late())
        return false;
    receive();
    serveTouched();
    const bool blocked = flush() == IoState::Blocked;
    if (std::exchange(sweep_, false))
        sweep();
    if (finished() || (goodbye_ && open_.empty() && backlog() == 0))
        return false;
    if (connection_.server()->retired() && !retiring_)
        serverRetired();
    transport_.watchRead();
    transport_.watchWrite();
    setDeadline(blocked);
    return true;
}

void ClientH2::setDeadline(bool blocked)
{
    Worker& worker = connection_.worker();
    const EngineLimits& limits = worker.limits();
    const TimePoint now = Clock::now();
    TimePoint at = never;
    const auto unfinished =
        std::find_if(open_.begin(), open_.end(), [](const auto& stream) { return stream->headIncomplete(); });
    if (retiring_ && !goodbye_)
        at = farewellAt_;
    else if (blocked) // since when nothing went out
        at = blocked_ && seenSent_ == sentBytes() ? connection_.waiter().deadline() : now + limits.bodyTimeout;
    else if (unfinished != open_.end())
        at = (*unfinished)->openedAt() + limits.headTimeout;
    else if (open_.empty())
        at = idleUntil(now);
    if (!open_.empty())
        idleSince_ = never;
    blocked_ = blocked;
    seenSent_ = sentBytes();
    worker.setDeadline(connection_.waiter(), at);
}

TimePoint ClientH2::idleUntil(TimePoint now)
{
    if (idleSince_ == never)
        idleSince_ = now;
    const TimePoint rests = idleSince_ + restsAfter;
    return rests > now ? rests : idleSince_ + connection_.worker().limits().idleTimeout;
}

bool ClientH2::late()
{
    if (blocked_)
        return false; // it stopped reading
    if (retiring_ && !goodbye_) {
        sayGoaway(NGHTTP2_NO_ERROR);
        return true;
    }
    for (const auto& stream : open_) {
        if (stream->headIncomplete() &&
            stream->openedAt() + connection_.worker().limits().headTimeout <= Clock::now()) {
            sayGoaway(NGHTTP2_ENHANCE_YOUR_CALM);
            flush();
            return false;
        }
    }
    if (!open_.empty())
        return true;
    if (Clock::now() < idleSince_ + connection_.worker().limits().idleTimeout) {
        // Between two requests that follow each other storage is kept, not for as long as a client may idle.
        spare_.clear();
        rest();
        return true;
    }
    sayGoaway(NGHTTP2_NO_ERROR);
    flush();
    return false;
}

void ClientH2::sayGoaway(std::uint32_t errorCode)
{
    goodbye_ = true;
    nghttp2_submit_goaway(raw(), NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(raw()), errorCode, nullptr,
                          0);
}

void ClientH2::serverRetired()
{
    // RFC 9113 6.8: the client is warned first, so that no request that is on its way is lost; the answer to a PING
    // says that it has heard.
    if (std::exchange(retiring_, true))
        return;
    farewellAt_ = Clock::now() + farewellTime;
    nghttp2_submit_shutdown_notice(raw());
    nghttp2_submit_ping(raw(), NGHTTP2_FLAG_NONE, nullptr);
    scheduleTurnEnd();
    // Gateways' requests go on to their end; an endpoint of our own ends its streams.
    if (connection_.server()->role() == ServerRole::Local)
        for (const auto& stream : open_)
            touch(*stream);
}

void ClientH2::onPingAnswer()
{
    if (retiring_ && !goodbye_)
        sayGoaway(NGHTTP2_NO_ERROR);
}

void ClientH2::onResetSent()
{
    if (++resets_ > maxResets && !goodbye_)
        sayGoaway(NGHTTP2_ENHANCE_YOUR_CALM);
}

void ClientH2::sweep()
{
    for (auto& stream : open_) {
        if (!stream->done())
            continue;
        stream->close();
        spare_.push_back(std::move(stream));
    }
    std::erase(open_, nullptr);
}

void ClientH2::abandon()
{
    lost_ = true;
    // A stream that ends may not take others with it while they are gone through.
    for (std::size_t i = 0; i < open_.size(); ++i)
        open_[i]->abandon();
}

} // namespace gatehouse::engine
