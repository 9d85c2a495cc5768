// What of StreamSocket is the same whoever waits for it: looking at bytes without taking them, and names.
#include "engine/net/stream_socket.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace gatehouse::engine {

IoResult StreamSocket::look(char* to, std::size_t capacity)
{
    ssize_t got = 0;
    do {
        got = ::recv(descriptor(), to, capacity, MSG_PEEK);
    } while (got < 0 && errno == EINTR);
    if (got > 0)
        return {IoState::Done, static_cast<std::size_t>(got)};
    if (got == 0)
        return {IoState::Closed, 0};
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return {IoState::Failed, 0};
    mayRead_ = false;
    return {IoState::Blocked, 0};
}

void StreamSocket::awaitBytes(std::size_t count) noexcept
{
    const int low = static_cast<int>(count);
    // Where the system does not know this, every byte wakes the owner, who looks again.
    ::setsockopt(descriptor(), SOL_SOCKET, SO_RCVLOWAT, &low, sizeof low);
}

void StreamSocket::addresses(sockaddr_storage& own, sockaddr_storage& peer) const noexcept
{
    own = peer = {};
    socklen_t size = sizeof own;
    ::getsockname(descriptor(), reinterpret_cast<sockaddr*>(&own), &size);
    size = sizeof peer;
    ::getpeername(descriptor(), reinterpret_cast<sockaddr*>(&peer), &size);
}

bool StreamSocket::readable() const noexcept
{
    pollfd entry{descriptor(), POLLIN, 0};
    return ::poll(&entry, 1, 0) > 0;
}

} // namespace gatehouse::engine
