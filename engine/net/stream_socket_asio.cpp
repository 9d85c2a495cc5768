// StreamSocket by Asio's own reactor, for systems without epoll.
#include "engine/net/stream_socket.h"

#if !GATEHOUSE_EPOLL

#include "engine/net/descriptors.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace gatehouse::engine {

struct StreamSocket::Watch {
    StreamSocket* socket = nullptr; // null once the socket closed
    bool reading = false, writing = false;
};

struct StreamSocket::WaitHandler {
    std::shared_ptr<Watch> watch;
    bool read;

    void operator()(const error_code&) const
    {
        (read ? watch->reading : watch->writing) = false;
        StreamSocket* socket = watch->socket;
        if (!socket)
            return;
        // An error is for the next receive or send to report.
        socket->onReady(read ? readyToRead : readyToWrite);
    }
};

void StreamSocket::onReady(std::uint8_t readiness)
{
    mayRead_ = mayRead_ || (readiness & readyToRead);
    mayWrite_ = mayWrite_ || (readiness & readyToWrite);
    if (owner_)
        owner_->onSocketReady(*this);
}

StreamSocket::StreamSocket(asio::io_context& io) : socket_(io), watch_(std::make_shared<Watch>())
{
    watch_->socket = this;
}

bool StreamSocket::adopt(int fd, const asio::ip::tcp& protocol)
{
    error_code failed;
    socket_.assign(protocol, fd, failed);
    if (failed) {
        closeDescriptor(fd);
        return false;
    }
    // The descriptor does not block already; Asio has to know, or its calls wait for it.
    error_code ignored; // fails only for what is no socket
    socket_.non_blocking(true, ignored);
    // A socket without it is slower, not wrong.
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    mayRead_ = false;
    mayWrite_ = true;
    return true;
}

StreamSocket::Connecting StreamSocket::connect(const asio::ip::tcp::endpoint& endpoint, error_code& error)
{
    socket_.open(endpoint.protocol(), error);
    if (!error)
        socket_.non_blocking(true, error);
    if (error)
        return Connecting::Failed;
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    const int result =
        connectDescriptor(socket_.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size()));
    mayRead_ = false;
    mayWrite_ = result == 0;
    if (result == 0)
        return Connecting::Done;
    if (result != EINPROGRESS) {
        error.assign(result, asio::error::get_system_category());
        return Connecting::Failed;
    }
    watchWrite();
    return Connecting::Pending;
}

error_code StreamSocket::connectError()
{
    asio::detail::socket_option::integer<SOL_SOCKET, SO_ERROR> option;
    error_code error;
    socket_.get_option(option, error);
    return error ? error : error_code(option.value(), asio::error::get_system_category());
}

IoResult StreamSocket::receive(char* to, std::size_t capacity)
{
    capacity = std::min(capacity, receiveAtOnce);
    error_code error;
    const std::size_t got = socket_.receive(asio::buffer(to, capacity), 0, error);
    if (!error) {
        // A short read has emptied the socket; the next wait finds out what came later, an end included.
        if (got < capacity)
            mayRead_ = false;
        return {IoState::Done, got};
    }
    if (error == asio::error::eof)
        return {IoState::Closed, 0};
    if (error != asio::error::would_block)
        return {IoState::Failed, 0};
    mayRead_ = false;
    return {IoState::Blocked, 0};
}

IoResult StreamSocket::sent(std::size_t bytes, std::size_t wanted, const error_code& error)
{
    if (error && error != asio::error::would_block)
        return {IoState::Failed, 0};
    if (bytes < wanted)
        mayWrite_ = false;
    return {bytes > 0 ? IoState::Done : IoState::Blocked, bytes};
}

IoResult StreamSocket::send(std::string_view bytes)
{
    error_code error;
    const std::size_t count = socket_.send(asio::buffer(bytes.data(), bytes.size()), 0, error);
    return sent(error ? 0 : count, bytes.size(), error);
}

IoResult StreamSocket::send(std::string_view first, std::string_view second)
{
    error_code error;
    const std::array<asio::const_buffer, 2> parts{asio::buffer(first.data(), first.size()),
                                                  asio::buffer(second.data(), second.size())};
    const std::size_t count = socket_.send(parts, 0, error);
    return sent(error ? 0 : count, first.size() + second.size(), error);
}

StreamSocket::Peek StreamSocket::peek()
{
    char byte = 0;
    error_code error;
    socket_.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
    if (!error)
        return Peek::Bytes;
    if (error == asio::error::would_block)
        return Peek::Silent;
    return error == asio::error::eof ? Peek::Closed : Peek::Broken;
}

int StreamSocket::descriptor() const noexcept
{
    // Asio's accessor cancels nothing and only is not const.
    return const_cast<TcpSocket&>(socket_).native_handle();
}

void StreamSocket::watchRead()
{
    if (mayRead_ || !open())
        return;
    if (std::exchange(watch_->reading, true))
        return;
    socket_.async_wait(TcpSocket::wait_read, WaitHandler{watch_, true});
}

void StreamSocket::watchWrite()
{
    if (mayWrite_ || !open())
        return;
    if (std::exchange(watch_->writing, true))
        return;
    socket_.async_wait(TcpSocket::wait_write, WaitHandler{watch_, false});
}

void StreamSocket::yield()
{
    // After the handlers that are queued. Not a wait: what is to be read may lie in a layer above the socket.
    if (!std::exchange(mayRead_, false))
        return;
    asio::post(socket_.get_executor(), [watch = watch_] {
        if (watch->socket)
            watch->socket->onReady(readyToRead);
    });
}

bool StreamSocket::open() const noexcept
{
    return socket_.is_open();
}

void StreamSocket::shutdownWrite()
{
    error_code ignored; // not connected any more: nothing to end
    socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void StreamSocket::close()
{
    error_code ignored; // the descriptor is gone whatever close() says
    socket_.close(ignored);
    mayRead_ = false;
    // A socket closes for good: what completes from now on finds nobody.
    watch_->socket = nullptr;
}

void StreamSocket::reset()
{
    error_code ignored; // then the peer sees an ordinary end
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

} // namespace gatehouse::engine

#endif
