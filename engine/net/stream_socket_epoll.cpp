// StreamSocket where its worker keeps sockets in an epoll set: edges set what may be tried, failing or short tries
// clear it.
#include "engine/net/stream_socket.h"

#if GATEHOUSE_EPOLL

#include "engine/net/descriptors.h"
#include "engine/net/readiness_set.h"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace gatehouse::engine {

namespace {

bool wouldBlock(int error) noexcept
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

void setNoDelay(int fd) noexcept
{
    const int one = 1; // a socket without it is slower, not wrong
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

} // namespace

StreamSocket::StreamSocket(asio::io_context& io) : set_(asio::use_service<ReadinessSet>(io))
{
}

bool StreamSocket::adopt(int fd, const asio::ip::tcp&)
{
    setNoDelay(fd);
    fd_ = fd;
    mayWrite_ = true;
    if (set_.add(fd, *this))
        return true;
    close();
    return false;
}

StreamSocket::Connecting StreamSocket::connect(const asio::ip::tcp::endpoint& endpoint, error_code& error)
{
    const int fd = openSocket(endpoint.protocol().family());
    int result = fd < 0 ? errno : 0;
    if (result == 0) {
        setNoDelay(fd);
        result = connectDescriptor(fd, endpoint.data(), static_cast<socklen_t>(endpoint.size()));
        // Registered after connect(): before it, epoll calls a socket hung up.
        fd_ = fd;
        if ((result == 0 || result == EINPROGRESS) && !set_.add(fd, *this))
            result = errno;
    }
    mayRead_ = ended_ = false;
    mayWrite_ = result == 0;
    if (result == 0)
        return Connecting::Done;
    if (result == EINPROGRESS)
        return Connecting::Pending;
    error.assign(result, asio::error::get_system_category());
    return Connecting::Failed;
}

error_code StreamSocket::connectError()
{
    // A connect that fails is reported as an end, too.
    if (!ended_)
        return {};
    int result = 0;
    socklen_t length = sizeof result;
    if (::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &result, &length) != 0)
        result = errno;
    return {result, asio::error::get_system_category()};
}

IoResult StreamSocket::receive(char* to, std::size_t capacity)
{
    capacity = std::min(capacity, receiveAtOnce);
    ssize_t got = 0;
    do {
        got = ::recv(fd_, to, capacity, 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        // A short read has emptied the socket, and what comes later makes a new edge; an end that was reported does
        // not.
        mayRead_ = ended_ || static_cast<std::size_t>(got) == capacity;
        return {IoState::Done, static_cast<std::size_t>(got)};
    }
    if (got == 0)
        return {IoState::Closed, 0};
    if (!wouldBlock(errno))
        return {IoState::Failed, 0};
    mayRead_ = false;
    return {IoState::Blocked, 0};
}

IoResult StreamSocket::sent(std::ptrdiff_t bytes, std::size_t wanted)
{
    if (bytes < 0 && !wouldBlock(errno))
        return {IoState::Failed, 0};
    const std::size_t count = bytes < 0 ? 0 : static_cast<std::size_t>(bytes);
    if (count < wanted)
        mayWrite_ = false;
    return {count > 0 ? IoState::Done : IoState::Blocked, count};
}

IoResult StreamSocket::send(std::string_view bytes)
{
    ssize_t count = 0;
    do {
        count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    return sent(count, bytes.size());
}

IoResult StreamSocket::send(std::string_view first, std::string_view second)
{
    iovec parts[2] = {{const_cast<char*>(first.data()), first.size()},
                      {const_cast<char*>(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    ssize_t count = 0;
    do {
        count = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    return sent(count, first.size() + second.size());
}

StreamSocket::Peek StreamSocket::peek()
{
    char byte = 0;
    const ssize_t got = ::recv(fd_, &byte, 1, MSG_PEEK);
    if (got > 0)
        return Peek::Bytes;
    if (got == 0)
        return Peek::Closed;
    return wouldBlock(errno) ? Peek::Silent : Peek::Broken;
}

int StreamSocket::descriptor() const noexcept
{
    return fd_;
}

IoResult StreamSocket::spliceTo(int pipe, std::size_t most)
{
    ssize_t got = 0;
    do {
        got = ::splice(fd_, nullptr, pipe, nullptr, most, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    } while (got < 0 && errno == EINTR);
    // How much fits into a pipe depends on how the bytes lie in memory: a short move says nothing of what is left.
    if (got > 0)
        return {IoState::Done, static_cast<std::size_t>(got)};
    if (got == 0)
        return {IoState::Closed, 0};
    if (!wouldBlock(errno))
        return {IoState::Failed, 0};
    mayRead_ = false;
    return {IoState::Blocked, 0};
}

IoResult StreamSocket::spliceFrom(int pipe, std::size_t bytes)
{
    std::size_t moved = 0;
    while (moved < bytes) {
        const ssize_t count = ::splice(pipe, nullptr, fd_, nullptr, bytes - moved, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (count > 0) {
            moved += static_cast<std::size_t>(count);
            continue;
        }
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && !wouldBlock(errno))
            return {IoState::Failed, moved};
        // Only a try that failed arranges that an edge tells of room.
        mayWrite_ = false;
        break;
    }
    return {moved > 0 ? IoState::Done : IoState::Blocked, moved};
}

void StreamSocket::onReady(std::uint8_t readiness)
{
    mayRead_ = mayRead_ || (readiness & readyToRead);
    mayWrite_ = mayWrite_ || (readiness & readyToWrite);
    ended_ = ended_ || (readiness & readyForEnd);
    if (owner_)
        owner_->onSocketReady(*this);
}

void StreamSocket::watchRead()
{
}
void StreamSocket::watchWrite()
{
}

void StreamSocket::yield()
{
    if (std::exchange(mayRead_, false))
        set_.again(*this);
}

bool StreamSocket::open() const noexcept
{
    return fd_ >= 0;
}

void StreamSocket::shutdownWrite()
{
    ::shutdown(fd_, SHUT_WR);
}

void StreamSocket::close()
{
    if (fd_ < 0)
        return;
    set_.remove(*this);
    closeDescriptor(std::exchange(fd_, -1));
    mayRead_ = ended_ = false;
}

void StreamSocket::reset()
{
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

} // namespace gatehouse::engine

#endif
