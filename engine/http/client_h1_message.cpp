// The ClientSide of a ClientH1: bodies in, answers out.
#include "engine/http/client_h1.h"

#include "engine/http/client_connection.h"
#include "engine/runtime/worker.h"

#include <utility>

namespace gatehouse::engine {

namespace {
/// A body that nobody wants is read up to here to keep the connection; a longer one costs less to cut.
constexpr std::uint64_t discardLimit = 256 * 1024;
/// How long an exchange goes on for a client that ended its sending; see ClientSide::abandonAt.
constexpr std::chrono::milliseconds halfClosedGrace{500};
} // namespace

BodyPiece ClientH1::readBody()
{
    Workspace& workspace = *workspace_;
    for (;;) {
        if (workspace.body.finished())
            return {BodyState::End, {}};
        if (!workspace.in.empty()) {
            BodyDecoder::Piece piece;
            const ParseState state = workspace.body.decode(workspace.in.unread(), piece);
            workspace.in.consume(piece.consumed);
            if (state == ParseState::Failed)
                return {BodyState::Failed, {}};
            if (!piece.data.empty()) {
                if (workspace.exchange)
                    workspace.exchange->record.bytesReceived += piece.data.size();
                return {BodyState::Data, piece.data};
            }
            if (state == ParseState::Done)
                continue;
        }
        if (!socket_.mayRead()) {
            if (continueWanted_)
                sendContinue();
            return {BodyState::Blocked, {}};
        }
        const std::size_t room = workspace.in.makeRoom();
        if (room == 0)
            return {BodyState::Failed, {}};
        const IoResult result = socket_.receive(workspace.in.room(), room);
        if (tunnel_ && result.state == IoState::Closed && workspace.body.closed() == ParseState::Done)
            return {BodyState::End, {}}; // of this direction
        if (result.state == IoState::Closed || result.state == IoState::Failed) {
            leavesAt_ = Clock::now();
            return {BodyState::Failed, {}};
        }
        if (result.state == IoState::Done)
            continueWanted_ = false; // it did not wait for us (RFC 9110 10.1.1)
        workspace.in.filled(result.bytes);
    }
}

void ClientH1::sendContinue()
{
    // The expectation is met here, when the body is wanted, and not forwarded: the backend's own 100 would come no
    // earlier.
    continueWanted_ = false;
    if (phase_ != Phase::Serving || answering_)
        return;
    workspace_->out.out().append("HTTP/1.1 100 Continue\r\n\r\n");
    flush();
}

void ClientH1::startTunnel(std::string_view protocol, const routing::HeaderFields& headers)
{
    tunnel_ = answering_ = true;
    keepAlive_ = false;
    ResponseForwarding how;
    how.upgrade = protocol;
    serializeResponse(workspace_->out.out(), 101, {}, headers, how);
    workspace_->out.startBody(BodyKind::UntilClose);
    workspace_->body.start(BodyKind::UntilClose, 0);
    workspace_->exchange->record.status = 101;
}

void ClientH1::sendInterim(std::uint16_t status, std::string_view reason, const routing::HeaderFields& headers)
{
    // RFC 9110 15.2: a 1xx must not go to an HTTP/1.0 client.
    if (workspace_->parser.request().minorVersion == 0)
        return;
    serializeResponse(workspace_->out.out(), status, reason, headers, {});
    flush();
}

bool ClientH1::bodyCanBeDiscarded() const noexcept
{
    if (workspace_->body.finished())
        return true;
    return framing_.kind == BodyKind::Length && workspace_->body.remaining() <= discardLimit && !continueWanted_;
}

void ClientH1::startResponse(const ResponseHead& head, const routing::HeaderFields& headers)
{
    const H1Request& request = workspace_->parser.request();
    const unsigned minorVersion = refusedStatus_ == 0 ? request.minorVersion : 1;
    // Whoever stopped sending will not send the rest for a 408 (RFC 9110 15.5.9).
    keepAlive_ =
        refusedStatus_ == 0 && request.keepAlive && !server_->retired() && bodyCanBeDiscarded() && head.status != 408;
    BodyKind kind = head.framing.kind;
    // HTTP/2 shows the end of a message; here a length has to (RFC 9112 6.3).
    const bool showsEnd = head.status == 204 || head.status == 304 || this->head().method == "HEAD";
    if (kind == BodyKind::None && !head.framing.hasContentLength && head.status >= 200 && !showsEnd)
        kind = BodyKind::Length;
    if (kind == BodyKind::Chunked || kind == BodyKind::UntilClose) {
        // An HTTP/1.0 client knows no chunks: the end of the connection ends the body.
        kind = minorVersion == 0 ? BodyKind::UntilClose : BodyKind::Chunked;
        keepAlive_ = keepAlive_ && kind == BodyKind::Chunked;
    }
    ResponseForwarding how;
    how.body = kind;
    how.contentLength = head.framing.contentLength;
    how.hasContentLength = head.framing.hasContentLength;
    how.clientMinorVersion = minorVersion;
    how.keepAlive = keepAlive_;
    serializeResponse(workspace_->out.out(), head.status, head.reason, headers, how);
    workspace_->out.startBody(kind);
    workspace_->exchange->record.status = head.status;
    answering_ = true;
}

std::size_t ClientH1::sendBody(std::string_view data)
{
    const std::size_t taken = workspace_->out.sendBody(socket_, data);
    workspace_->exchange->record.bytesSent += taken;
    return taken;
}

void ClientH1::sendWhole(std::string_view body)
{
    workspace_->exchange->record.bytesSent += body.size();
    workspace_->out.bufferBody(body);
}

void ClientH1::finishResponse(const routing::HeaderFields* trailers)
{
    workspace_->out.endBody(trailers);
    if (tunnel_) {
        endWriting_ = true;
        flush();
    }
}

IoState ClientH1::flush()
{
    const IoState state = workspace_->out.flush(socket_);
    if (endWriting_ && state == IoState::Done) {
        endWriting_ = false;
        socket_.shutdownWrite();
    }
    return state;
}

void ClientH1::watch()
{
    socket_.watchRead();
    socket_.watchWrite();
}

TimePoint ClientH1::abandonAt()
{
    // While a body is expected, reading it finds out. Who ended one direction of a tunnel still has the other.
    if (tunnel_ || leavesAt_ != never || moreWaits_ || !socket_.mayRead() || !workspace_->body.finished())
        return leavesAt_;
    switch (socket_.peek()) {
    case StreamSocket::Peek::Silent:
        socket_.noteDrained();
        break;
    case StreamSocket::Peek::Bytes:
        moreWaits_ = true;
        break;
    case StreamSocket::Peek::Closed:
        leavesAt_ = Clock::now() + halfClosedGrace;
        break;
    case StreamSocket::Peek::Broken:
        leavesAt_ = Clock::now();
        break;
    }
    return leavesAt_;
}

std::string_view ClientH1::address() const
{
    return connection_.address();
}

void ClientH1::abort()
{
    aborted_ = true;
    socket_.reset();
}

} // namespace gatehouse::engine
