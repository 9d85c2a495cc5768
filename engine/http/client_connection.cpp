#include "engine/http/client_connection.h"

#include "engine/runtime/stream_service.h"
#include "engine/runtime/worker.h"
#include "engine/tls/tls_stream.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::engine {

namespace {
/// What a client is told that speaks HTTP to a port of HTTPS; it is no request of any listener.
constexpr std::string_view speakTls = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n"
                                      "content-type: text/plain; charset=utf-8\r\ncontent-length: 50\r\n\r\n"
                                      "this port speaks HTTPS; ask with https:// instead\n";
} // namespace

ClientConnection::ClientConnection(Worker& worker, int fd, const asio::ip::tcp::endpoint& peer,
                                   std::shared_ptr<ServerSocket> server, std::shared_ptr<const TlsServer> tls)
    : worker_(worker), transport_(worker.io()), server_(std::move(server))
{
    transport_.setOwner(&waiter_);
    transport_.socket().adopt(fd, peer.protocol());
    worker_.deadlines().watch(waiter_);
    const std::string text = peer.address().to_string();
    std::copy_n(text.data(), std::min(text.size(), address_.size() - 1), address_.data());
    if (!tls)
        return;
    hello_ = std::make_unique<TlsHello>();
    hello_->server = std::move(tls);
    transport_.startTls(std::make_unique<TlsStream>(transport_.socket(), hello_->server->newSession(*hello_)));
    worker_.setDeadline(waiter_, Clock::now() + worker_.limits().headTimeout);
}

ClientConnection::~ClientConnection() = default;

Awaitable ClientConnection::run()
{
    while (hello_) {
        const Next next = lingering_ ? linger() : handshake();
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
    h2_.emplace(*this);
    co_await h2_->run(early);
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
    if (waiter_.takeExpired() || !transport_.open())
        return Next::End;
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
        return Next::End;
    }
    worker_.setDeadline(waiter_, never);
    tlsVersion_ = transport_.tls()->version();
    serverName_ = std::move(hello_->serverName);
    hello_.reset();
    return Next::Go;
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
    // Closing with unread bytes would reset the connection and may destroy the answer; the deadline is the handshake's.
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
