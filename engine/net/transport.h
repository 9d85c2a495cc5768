#pragma once

#include "engine/net/stream_socket.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace gatehouse::engine {

class TlsStream;

/// A connection's byte stream: a StreamSocket, with or without TLS over it. What HTTP reads and writes, on either side.
/// One predictable branch a call, no virtual function: plain HTTP costs what it did. Thread: its worker.
class Transport {
public:
    explicit Transport(asio::io_context& io);
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// The plain socket: to adopt, connect and watch it. Its bytes are TLS records once TLS was started.
    [[nodiscard]] StreamSocket& socket() noexcept { return socket_; }
    /// From now on bytes go through `stream`, which is over socket(); its handshake comes first.
    void startTls(std::unique_ptr<TlsStream> stream) noexcept;
    [[nodiscard]] TlsStream* tls() noexcept { return tls_.get(); }
    [[nodiscard]] const TlsStream* tls() const noexcept { return tls_.get(); }

    // As in StreamSocket.
    IoResult receive(char* to, std::size_t capacity)
    {
        return tls_ ? receiveTls(to, capacity) : socket_.receive(to, capacity);
    }
    IoResult send(std::string_view bytes) { return tls_ ? sendTls(bytes, {}) : socket_.send(bytes); }
    IoResult send(std::string_view first, std::string_view second)
    {
        return tls_ ? sendTls(first, second) : socket_.send(first, second);
    }
    [[nodiscard]] StreamSocket::Peek peek() { return tls_ ? peekTls() : socket_.peek(); }
    void yield();
    void noteDrained() noexcept { socket_.noteDrained(); }
    [[nodiscard]] bool mayRead() const noexcept { return tls_ ? mayReadTls() : socket_.mayRead(); }
    [[nodiscard]] bool mayWrite() const noexcept { return tls_ ? mayWriteTls() : socket_.mayWrite(); }
    void watchRead() { socket_.watchRead(); }
    void watchWrite() { socket_.watchWrite(); }
    void setOwner(SocketOwner* owner) noexcept { socket_.setOwner(owner); }
    [[nodiscard]] bool open() const noexcept { return socket_.open(); }
    void shutdownWrite();
    void close();
    /// Without a close_notify: the peer must not take what it has for complete.
    void reset();

private:
    IoResult receiveTls(char* to, std::size_t capacity);
    IoResult sendTls(std::string_view first, std::string_view second);
    StreamSocket::Peek peekTls();
    [[nodiscard]] bool mayReadTls() const noexcept;
    [[nodiscard]] bool mayWriteTls() const noexcept;

    StreamSocket socket_;
    std::unique_ptr<TlsStream> tls_; // goes before the socket
};

} // namespace gatehouse::engine
