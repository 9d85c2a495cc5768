#include "engine/http/client_connection.h"

#include "engine/net/sni_peek.h"
#include "engine/runtime/stream_service.h"
#include "engine/runtime/worker.h"
#include "engine/tls/tls_stream.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::engine {

namespace {
/// What a client is told that speaks HTTP to a port of HTTPS; it is no request of any listener.
/// How long a client over HTTP/2 has to read our last frames and to close.
constexpr std::chrono::seconds lingerTime{1};

constexpr std::string_view speakTls = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n"
                                      "content-type: text/plain; charset=utf-8\r\ncontent-length: 50\r\n\r\n"
                                      "this port speaks HTTPS; ask with https:// instead\n";

// PostgreSQL asks for TLS in its own words, and goes on with TLS only after an answer. To a TLS listener that is no
// TLS, and there is no server name in it to route by.
constexpr std::string_view postgresAsksForTls("\0\0\0\x08\x04\xd2\x16\x2f", 8);
// An ErrorResponse of the PostgreSQL protocol: fields of a letter and a text, each ended by a zero.
constexpr char postgresRefusal[] =
    "E\0\0\0\x8c"
    "SFATAL\0"
    "VFATAL\0"
    "C08P01\0"
    "Mthis port speaks TLS from the first byte on; ask with sslnegotiation=direct, or by a "
    "TCP listener and a TCPRoute\0";
constexpr std::string_view speakTlsAtOnce(postgresRefusal, sizeof postgresRefusal);
} // namespace

ClientConnection::ClientConnection(Worker& worker, int fd, const asio::ip::tcp::endpoint& peer,
                                   std::shared_ptr<ServerSocket> server, ClientStart start)
    : worker_(worker), transport_(worker.io()), server_(std::move(server)), stage_(start.stage)
{
    transport_.setOwner(&waiter_);
    transport_.socket().adopt(fd, peer.protocol());
    worker_.deadlines().watch(waiter_);
    const std::string text = peer.address().to_string();
    std::copy_n(text.data(), std::min(text.size(), address_.size() - 1), address_.data());
    if (stage_ == Stage::Handshake)
        startHandshake(std::move(start.tls));
    if (stage_ == Stage::Handshake || stage_ == Stage::Hello)
        worker_.setDeadline(waiter_, Clock::now() + worker_.limits().headTimeout);
}

ClientConnection::~ClientConnection() = default;

Awaitable ClientConnection::run()
{
    while (stage_ != Stage::Requests) {
        const Next next = prepare();
        if (next == Next::End)
            co_return;
        if (next == Next::Wait)
            co_await waiter_.wait(useAwaitable);
    }
    if (StreamService* const streams = server_->streams()) {
        streaming_ = true;
        co_await streams->serve(*this);
        co_return;
    }
    std::string early;
    if (!tls() || tls()->alpn() != "h2") {
        h1_.emplace(*this);
        co_await h1_->run();
        if (!h1_->speaksHttp2())
            co_return;
        early = h1_->received();
        h1_.reset();
    }
    h2_ = std::make_unique<ClientH2>(*this);
    co_await h2_->run(early);
    h2_.reset();
    if (!transport_.open())
        co_return;
    // Frames that crossed our last ones are unread: closing now would reset the connection, and lose those.
    transport_.socket().shutdownWrite();
    worker_.setDeadline(waiter_, Clock::now() + lingerTime);
    for (Next next = linger(); next == Next::Wait; next = linger())
        co_await waiter_.wait(useAwaitable);
}

ClientConnection::Next ClientConnection::prepare()
{
    switch (stage_) {
    case Stage::Hello:
        return peek();
    case Stage::Handshake:
        return lingering_ ? linger() : handshake();
    case Stage::Stream:
        return startStream();
    case Stage::Requests:
        break;
    }
    return Next::Go;
}

const std::shared_ptr<Serving>& ClientConnection::serving() const noexcept
{
    // A retired socket has its last clients when the snapshot in force knows it no more.
    return server_->retired() ? server_->lastServing() : worker_.serving();
}

ClientConnection::Next ClientConnection::peek()
{
    if (waiter_.takeExpired())
        return turnAway("DPE");
    StreamSocket& socket = transport_.socket();
    if (!socket.mayRead()) {
        socket.watchRead();
        return Next::Wait;
    }
    std::unique_ptr<ByteBuffer> buffer = worker_.buffers().take();
    const IoResult looked = socket.look(buffer->room(), helloLimit);
    HelloPeek hello;
    if (looked.state == IoState::Done)
        hello = peekHello({buffer->room(), looked.bytes});
    const bool plainHttp = looked.bytes > 0 && *buffer->room() >= 'A' && *buffer->room() <= 'Z';
    const bool postgres = std::string_view(buffer->room(), looked.bytes) == postgresAsksForTls;
    worker_.buffers().give(std::move(buffer));
    if (looked.state == IoState::Closed || looked.state == IoState::Failed)
        return Next::End;
    switch (hello.state) {
    case HelloPeek::State::Complete:
        break;
    case HelloPeek::State::Incomplete:
        // Nothing new, and yet readable: the client sends no more.
        if (looked.bytes > 0 && looked.bytes == seen_ && socket.readable())
            return turnAway("DPE");
        if (looked.bytes > 0) {
            seen_ = looked.bytes;
            socket.awaitBytes(seen_ + 1);
            if (socket.readable()) // more came meanwhile, or the end, which makes no further edge
                return Next::Go;
            socket.noteDrained();
        }
        socket.watchRead();
        return Next::Wait;
    case HelloPeek::State::NotTls:
        // A port that has HTTPS tells people so, as it does where it has nothing else.
        if (plainHttp && serving())
            if (auto tls = serving()->tlsOf(server_->key())) {
                startHandshake(std::move(tls));
                return Next::Go;
            }
        return postgres ? refusePostgres() : turnAway("DPE");
    case HelloPeek::State::Malformed:
        return turnAway("DPE");
    }
    if (seen_ > 0)
        socket.awaitBytes(1);
    socket.noteReadable();
    return route(std::move(hello.serverName));
}

ClientConnection::Next ClientConnection::route(std::string serverName)
{
    serverName_ = std::move(serverName);
    const std::shared_ptr<Serving>& current = serving();
    const routing::PortTable* port = current ? current->snapshot->find(server_->key()) : nullptr;
    if (!port)
        return turnAway("NR");
    const routing::StreamDecision decision = routing::routeSni(*current->snapshot, *port, serverName_);
    auto tls = current->tlsOf(server_->key());
    const bool canTerminate = tls && tls->find(serverName_);
    if (decision.isHttp()) {
        if (!canTerminate)
            return turnAway("NR");
        startHandshake(std::move(tls));
        return Next::Go;
    }
    stream_ = std::make_unique<StreamSession>(*this, current, decision, "TLS");
    if (stream_->refused())
        return Next::End;
    if (decision.listener->passthrough) {
        stage_ = Stage::Stream;
        return Next::Go;
    }
    if (!canTerminate) {
        stream_->refuse("NR");
        return Next::End;
    }
    startHandshake(std::move(tls));
    return Next::Go;
}

void ClientConnection::startHandshake(std::shared_ptr<const TlsServer> tls)
{
    stage_ = Stage::Handshake;
    hello_ = std::make_unique<TlsHello>();
    hello_->server = std::move(tls);
    transport_.startTls(std::make_unique<TlsStream>(transport_.socket(), hello_->server->newSession(*hello_)));
}

ClientConnection::Next ClientConnection::turnAway(std::string_view flags, const routing::ListenerTable* listener)
{
    if (serving()) {
        const routing::StreamDecision decision{listener, nullptr, {}};
        stream_ = std::make_unique<StreamSession>(*this, serving(), decision, "TLS");
        stream_->refuse(flags);
    }
    return Next::End;
}

ClientConnection::Next ClientConnection::refusePostgres()
{
    // Taken, or closing would reset the connection and may destroy the answer, which the socket's buffer has room for.
    std::array<char, postgresAsksForTls.size()> taken{};
    StreamSocket& socket = transport_.socket();
    if (socket.receive(taken.data(), taken.size()).state == IoState::Done)
        socket.send(speakTlsAtOnce);
    return turnAway("DPE");
}

ClientConnection::Next ClientConnection::startStream()
{
    if (!stream_) {
        const std::shared_ptr<Serving>& current = serving();
        const routing::PortTable* port = current ? current->snapshot->find(server_->key()) : nullptr;
        if (!port)
            return Next::End;
        stream_ =
            std::make_unique<StreamSession>(*this, current, routing::routeStream(*current->snapshot, *port), "TCP");
    }
    return stream_->step() ? Next::Wait : Next::End;
}

void ClientConnection::serverRetired()
{
    // A client in its handshake has been promised an answer.
    if (h1_)
        h1_->serverRetired();
    else if (h2_)
        h2_->serverRetired();
    else if (streaming_)
        waiter_.wake();
}

ClientConnection::Next ClientConnection::handshake()
{
    const bool late = waiter_.takeExpired();
    if (late || !transport_.open())
        return endHandshake(late);
    switch (transport_.tls()->handshake()) {
    case TlsStream::Handshake::Done:
        break;
    case TlsStream::Handshake::Blocked:
        transport_.watchRead();
        transport_.watchWrite();
        return Next::Wait;
    case TlsStream::Handshake::PlainHttp:
        return refusePlainHttp();
    case TlsStream::Handshake::Failed:
        return endHandshake(false);
    }
    worker_.setDeadline(waiter_, never);
    tlsVersion_ = transport_.tls()->version();
    serverName_ = std::move(hello_->serverName);
    hello_.reset();
    stage_ = stream_ ? Stage::Stream : Stage::Requests;
    return Next::Go;
}

ClientConnection::Next ClientConnection::endHandshake(bool late)
{
    if (stream_) {
        stream_->refuse("DPE");
        return Next::End;
    }
    // Who leaves without a word, as a browser's spare connection does, has not failed.
    const bool failed = late || transport_.tls()->heard();
    if (!failed || server_->role() != ServerRole::Gateway || !serving())
        return Next::End;
    if (!hello_->read)
        return turnAway("DPE");
    serverName_ = hello_->serverName;
    const routing::PortTable* port = serving()->snapshot->find(server_->key());
    const bool secure = port && port->carrier == routing::Carrier::Tls; // a reload may have changed that
    const bool taken = hello_->server->find(serverName_);
    return turnAway(taken ? "DPE" : "NR", secure ? port->findServerName(serverName_) : nullptr);
}

ClientConnection::Next ClientConnection::refusePlainHttp()
{
    // The answer is short and the first thing sent: the socket's buffer has room for it.
    transport_.socket().send(speakTls);
    transport_.socket().shutdownWrite();
    lingering_ = true;
    return Next::Go;
}

ClientConnection::Next ClientConnection::linger()
{
    // Closing with unread bytes would reset the connection and may destroy the answer; the deadline is the caller's.
    if (waiter_.takeExpired())
        return Next::End;
    std::array<char, 4096> dropped{};
    for (;;) {
        switch (transport_.socket().receive(dropped.data(), dropped.size()).state) {
        case IoState::Done:
            continue;
        case IoState::Blocked:
            transport_.watchRead();
            return Next::Wait;
        case IoState::Closed:
        case IoState::Failed:
            return Next::End;
        }
    }
}

} // namespace gatehouse::engine
