#include "engine/net/descriptors.h"

#include <cerrno>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace gatehouse::engine {

#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)

int acceptDescriptor(int listener, sockaddr* address, socklen_t* length) noexcept
{
    return ::accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int openSocket(int family) noexcept
{
    return ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int openDatagramSocket(int family) noexcept
{
    return ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

#else

namespace {
int prepared(int fd) noexcept
{
    if (fd < 0)
        return fd;
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    const int one = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &one, sizeof one);
#endif
    return fd;
}
} // namespace

int acceptDescriptor(int listener, sockaddr* address, socklen_t* length) noexcept
{
    return prepared(::accept(listener, address, length));
}

int openSocket(int family) noexcept
{
    return prepared(::socket(family, SOCK_STREAM, 0));
}

int openDatagramSocket(int family) noexcept
{
    return prepared(::socket(family, SOCK_DGRAM, 0));
}

#endif

int connectDescriptor(int fd, const sockaddr* address, socklen_t length) noexcept
{
    if (::connect(fd, address, length) == 0)
        return 0;
    // An interrupted connect goes on, too.
    return errno == EINTR ? EINPROGRESS : errno;
}

void blockBrokenPipeSignal() noexcept
{
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int openReserve() noexcept
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool outOfDescriptors() noexcept
{
    return errno == EMFILE || errno == ENFILE;
}

void closeDescriptor(int fd) noexcept
{
    if (fd >= 0)
        ::close(fd);
}

} // namespace gatehouse::engine
