#include "engine/http/backend_h1.h"

#include "engine/engine.h"
#include "engine/http/workspace.h"
#include "engine/tls/tls_client.h"
#include "engine/tls/tls_stream.h"

#include <utility>

namespace gatehouse::engine {

BackendH1::BackendH1(const EngineLimits& limits, BufferPool& buffers)
    : limits_{limits.responseHeadBytes, limits.headerFields}, buffers_(buffers)
{
}

BackendH1::~BackendH1() = default;

void BackendH1::begin(EndpointPool& endpoint, Waiter& waiter, Reuse reuse)
{
    endpoint_ = &endpoint;
    waiter_ = &waiter;
    addressesLeft_ = endpoint.address().others.size();
    std::unique_ptr<BackendConnection> idle;
    if (reuse != Reuse::Fresh)
        idle = endpoint.takeIdle(&waiter, reuse == Reuse::Certain);
    if (idle) {
        attach(std::move(idle));
        phase_ = Phase::Ready;
    } else {
        connect();
    }
}

void BackendH1::attach(std::unique_ptr<BackendConnection> connection)
{
    connection_ = std::move(connection);
    returnBuffer();
    out_.clear();
    parser_.reset();
    body_.start(BodyKind::None, 0);
    interimHeads_ = 0;
    requestDone_ = sentAny_ = headDone_ = broken_ = tunnel_ = endWriting_ = false;
}

void BackendH1::connect()
{
    auto state = StreamSocket::Connecting::Failed;
    error_code error;
    auto connection = endpoint_->connect(waiter_, state, error);
    if (!connection) {
        refuse("cannot connect to ", error.message());
        return;
    }
    attach(std::move(connection));
    if (state == StreamSocket::Connecting::Done)
        secure();
    else
        phase_ = Phase::Connecting;
}

BackendSide::Opening BackendH1::open()
{
    if (phase_ == Phase::Connecting)
        checkConnect();
    else if (phase_ == Phase::Securing)
        checkHandshake();
    switch (phase_) {
    case Phase::Connecting:
    case Phase::Securing:
        return Opening::Blocked;
    case Phase::Ready:
        return Opening::Ready;
    case Phase::Failed:
        break;
    }
    return Opening::Failed;
}

void BackendH1::checkConnect()
{
    StreamSocket& socket = connection_->socket.socket();
    if (!socket.mayWrite())
        return;
    const error_code error = socket.connectError();
    if (!error) {
        secure();
    } else if (error == asio::error::connection_refused && addressesLeft_ > 0) {
        --addressesLeft_;
        endpoint_->turnFrom(connection_->to);
        connect();
    } else {
        refuse("cannot connect to ", error.message());
    }
}

void BackendH1::secure()
{
    const TlsClient* client = endpoint_->address().tls.get();
    if (!client) {
        phase_ = Phase::Ready;
        return;
    }
    Transport& transport = connection_->socket;
    transport.startTls(std::make_unique<TlsStream>(transport.socket(), client->newSession(TlsClient::Speaks::Http1)));
    phase_ = Phase::Securing;
    checkHandshake();
}

void BackendH1::checkHandshake()
{
    TlsStream& tls = *connection_->socket.tls();
    switch (tls.handshake()) {
    case TlsStream::Handshake::Done:
        phase_ = Phase::Ready;
        break;
    case TlsStream::Handshake::Blocked:
        break;
    case TlsStream::Handshake::PlainHttp:
    case TlsStream::Handshake::Failed:
        refuse("no TLS with ", tls.failure());
        break;
    }
}

void BackendH1::refuse(std::string_view what, std::string_view why)
{
    phase_ = Phase::Failed;
    openFailure_.assign(what).append(endpoint_->address().text).append(": ").append(why);
}

bool BackendH1::repeatable(bool idempotent) const noexcept
{
    // Only a connection that was used before may have been closed for being idle too long.
    const bool untouched = !sentAny_ && out_.untouched();
    return connection_->reused && (idempotent || untouched);
}

void BackendH1::finish()
{
    // Bytes behind the answer belong to nothing that was asked: whoever sent them cannot be trusted with a next
    // request.
    const bool reusable = connection_ && requestDone_ && headDone_ && body_.finished() && !broken_ && !out_.pending() &&
                          !out_.failed() && nothingReceived() && parser_.response().keepAlive;
    returnBuffer();
    if (reusable)
        endpoint_->giveBack(std::move(connection_));
    connection_.reset();
}

void BackendH1::drop()
{
    returnBuffer();
    connection_.reset();
}

void BackendH1::startRequest(const routing::RequestHead& head, const RequestForwarding& how)
{
    headRequest_ = head.method == "HEAD";
    serializeRequest(out_.out(), head, how);
    out_.startBody(how.body);
}

std::size_t BackendH1::sendBody(std::string_view data)
{
    const bool before = out_.pending();
    const std::size_t taken = out_.sendBody(connection_->socket, data);
    sentAny_ = sentAny_ || (before && !out_.pending()) || !out_.untouched();
    return taken;
}

void BackendH1::finishRequest(const routing::HeaderFields* trailers)
{
    out_.endBody(trailers);
    requestDone_ = true;
    if (tunnel_) {
        endWriting_ = true;
        flush();
    }
}

IoState BackendH1::flush()
{
    const bool before = out_.pending();
    const IoState state = out_.flush(connection_->socket);
    sentAny_ = sentAny_ || (before && state == IoState::Done);
    if (endWriting_ && state == IoState::Done) {
        endWriting_ = false;
        connection_->socket.shutdownWrite();
    }
    return state;
}

IoResult BackendH1::receive()
{
    if (!in_)
        in_ = buffers_.take();
    const std::size_t room = in_->makeRoom();
    if (room == 0)
        return {IoState::Failed, 0}; // a head or a chunk's size line that never ends
    const IoResult result = connection_->socket.receive(in_->room(), room);
    in_->filled(result.bytes);
    return result;
}

BackendSide::HeadState BackendH1::readHead()
{
    Transport& socket = connection_->socket;
    for (;;) {
        if (!nothingReceived()) {
            switch (parser_.parse(in_->unread(), limits_, headRequest_)) {
            case ParseState::Done: {
                const H1Response& response = parser_.response();
                if (response.status < 200 && interimHeads_ == maxInterimAnswers)
                    return HeadState::Failed;
                in_->consume(parser_.headBytes());
                in_->pin(); // header views stay valid until the head is sent on
                headDone_ = response.status >= 200;
                body_.start(response.body, response.contentLength);
                return HeadState::Done;
            }
            case ParseState::Failed:
                return HeadState::Failed;
            case ParseState::NeedMore:
                break;
            }
        }
        if (!socket.mayRead())
            return HeadState::Blocked;
        const IoResult result = receive();
        if (result.state == IoState::Closed || result.state == IoState::Failed)
            return nothingReceived() ? HeadState::Closed : HeadState::Failed;
    }
}

void BackendH1::nextHead()
{
    ++interimHeads_;
    if (in_)
        in_->unpin();
    parser_.reset();
}

ResponseHead BackendH1::response() const noexcept
{
    const H1Response& response = parser_.response();
    return {response.status, response.reason, {response.body, response.contentLength, response.hasContentLength}};
}

BodyPiece BackendH1::readBody()
{
    Transport& socket = connection_->socket;
    for (;;) {
        if (body_.finished())
            return {BodyState::End, {}};
        if (!nothingReceived()) {
            BodyDecoder::Piece piece;
            const ParseState state = body_.decode(in_->unread(), piece);
            in_->consume(piece.consumed);
            if (state == ParseState::Failed)
                return {BodyState::Failed, {}};
            if (!piece.data.empty())
                return {BodyState::Data, piece.data};
            if (state == ParseState::Done)
                continue;
        }
        if (!socket.mayRead())
            return {BodyState::Blocked, {}};
        if (in_)
            in_->unpin(); // the head was sent on by now
        const IoResult result = receive();
        if (result.state == IoState::Failed)
            return {BodyState::Failed, {}};
        if (result.state == IoState::Closed) {
            broken_ = true;
            if (body_.closed() != ParseState::Done)
                return {BodyState::Failed, {}};
            continue;
        }
    }
}

void BackendH1::startTunnel()
{
    tunnel_ = broken_ = true;
    requestDone_ = false;
    body_.start(BodyKind::UntilClose, 0);
    out_.startBody(BodyKind::UntilClose);
}

void BackendH1::rest()
{
    if (nothingReceived())
        returnBuffer();
}

void BackendH1::watch()
{
    connection_->socket.watchRead();
    connection_->socket.watchWrite();
}

} // namespace gatehouse::engine
