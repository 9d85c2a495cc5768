#include "engine/http/backend_h2_session.h"

#include "engine/http/backend_h2.h"
#include "engine/tls/tls_client.h"
#include "engine/tls/tls_stream.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {
/// Until the backend says otherwise (RFC 9113 6.5.2 sets no limit; nearly all take a hundred).
constexpr std::size_t streamsAtOnce = 100;
/// How long a connection without a request keeps what the next one would need.
constexpr std::chrono::milliseconds restsAfter{1000};
} // namespace

BackendH2Session::BackendH2Session(const Parts& parts)
    : H2Session(Side::Client, socket_, parts.io, parts.buffers), pool_(parts.pool), deadlines_(parts.deadlines),
      idleTimeout_(parts.idleTimeout), socket_(parts.io)
{
    socket_.setOwner(this);
    deadlines_.watch(*this);
}

BackendH2Session::~BackendH2Session() = default;

void BackendH2Session::connect()
{
    error_code error;
    to_ = pool_.address().endpoint;
    switch (socket_.socket().connect(to_, error)) {
    case StreamSocket::Connecting::Done:
        secureConnection();
        break;
    case StreamSocket::Connecting::Pending:
        break;
    case StreamSocket::Connecting::Failed:
        end("cannot connect to " + pool_.address().text + ": " + error.message());
        break;
    }
    socket_.watchRead();
    socket_.watchWrite();
}

void BackendH2Session::checkConnect()
{
    if (!socket_.socket().mayWrite())
        return;
    const error_code error = socket_.socket().connectError();
    if (!error) {
        secureConnection();
        return;
    }
    if (error == asio::error::connection_refused)
        pool_.turnFrom(to_); // the next session goes elsewhere
    end("cannot connect to " + pool_.address().text + ": " + error.message());
}

void BackendH2Session::secureConnection()
{
    const TlsClient* client = pool_.address().tls.get();
    if (!client) {
        ready();
        return;
    }
    socket_.startTls(std::make_unique<TlsStream>(socket_.socket(), client->newSession(TlsClient::Speaks::Http2)));
    phase_ = Phase::Securing;
    checkHandshake();
}

void BackendH2Session::checkHandshake()
{
    TlsStream& tls = *socket_.tls();
    switch (tls.handshake()) {
    case TlsStream::Handshake::Done:
        if (tls.alpn() == "h2")
            ready();
        else
            end("no HTTP/2 with " + pool_.address().text + ": the backend did not agree to it (ALPN)");
        break;
    case TlsStream::Handshake::Blocked:
        break;
    case TlsStream::Handshake::PlainHttp:
    case TlsStream::Handshake::Failed:
        end("no TLS with " + pool_.address().text + ": " + tls.failure());
        break;
    }
}

void BackendH2Session::ready()
{
    phase_ = Phase::Ready;
    changed_ = true;
    if (!start({}))
        end("no HTTP/2 with " + pool_.address().text + ": out of memory");
}

bool BackendH2Session::hasRoom() noexcept
{
    if (phase_ == Phase::Ended || goingAway_ || lost())
        return false;
    std::size_t limit = streamsAtOnce;
    if (phase_ == Phase::Ready) {
        if (nghttp2_session_check_request_allowed(raw()) == 0)
            return false;
        limit = std::min<std::size_t>(
            limit, nghttp2_session_get_remote_settings(raw(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS));
    }
    return streams_.size() < limit;
}

bool BackendH2Session::aliveForCertain()
{
    // One that is at work would have told its requests.
    if (phase_ != Phase::Ready || !streams_.empty())
        return true;
    const StreamSocket::Peek peek = socket_.socket().peek();
    return peek == StreamSocket::Peek::Silent || peek == StreamSocket::Peek::Bytes;
}

void BackendH2Session::join(BackendH2& stream)
{
    deadlines_.set(*this, never);
    rested_ = false;
    streams_.push_back(&stream);
}

void BackendH2Session::leave(BackendH2& stream)
{
    std::erase(streams_, &stream);
    if (streams_.empty())
        scheduleTurnEnd(); // nothing of this may end while its callers are on the stack
}

void BackendH2Session::retire()
{
    goingAway_ = true;
    if (streams_.empty())
        end({});
}

void BackendH2Session::onSocketReady(StreamSocket&)
{
    advance();
}

void BackendH2Session::onDeadline()
{
    if (rested_ || idleTimeout_ <= restsAfter) {
        end({});
        return;
    }
    rested_ = true;
    rest();
    deadlines_.set(*this, Clock::now() + idleTimeout_ - restsAfter);
}

void BackendH2Session::onTurnEnd()
{
    advance();
}

void BackendH2Session::advance()
{
    const auto self = shared_from_this(); // the last request may leave, and the pool let go
    if (phase_ == Phase::Connecting)
        checkConnect();
    else if (phase_ == Phase::Securing)
        checkHandshake();
    if (phase_ == Phase::Ready) {
        receive();
        flush();
        if (finished())
            end(goingAway_ ? "the backend ended the connection" : "the backend closed the connection");
    }
    if (phase_ == Phase::Ready || phase_ == Phase::Ended) {
        tellChange();
        serveTouched();
    }
    if (phase_ != Phase::Ended) {
        idleOrEnd();
        socket_.watchRead();
        socket_.watchWrite();
    }
}

void BackendH2Session::tellChange()
{
    if (!std::exchange(changed_, false))
        return;
    const std::vector<BackendH2*> told = streams_;
    for (BackendH2* stream : told) {
        // One that hears of it may take others with it.
        if (std::find(streams_.begin(), streams_.end(), stream) != streams_.end())
            stream->sessionChanged();
    }
}

void BackendH2Session::idleOrEnd()
{
    if (!streams_.empty() || phase_ == Phase::Ended)
        return;
    if (goingAway_ || phase_ != Phase::Ready) {
        end({}); // nobody waits for it any more
        return;
    }
    if (deadline() == never)
        deadlines_.set(*this, Clock::now() + std::min(restsAfter, idleTimeout_));
}

void BackendH2Session::end(std::string why)
{
    if (phase_ == Phase::Ended)
        return;
    const auto self = weak_from_this().lock(); // null while it is being made
    if (phase_ == Phase::Ready && !lost()) {
        nghttp2_session_terminate_session(raw(), NGHTTP2_NO_ERROR);
        flush();
    }
    phase_ = Phase::Ended;
    lost_ = changed_ = true;
    failure_ = std::move(why);
    deadlines_.set(*this, never);
    socket_.close();
    pool_.forget(*this);
    scheduleTurnEnd(); // requests on it hear of it
}

} // namespace gatehouse::engine
