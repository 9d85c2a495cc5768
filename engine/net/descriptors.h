#pragma once

#include <sys/socket.h>

namespace gatehouse::engine {

/// Descriptors below Asio's level, where its calls would take more system calls or leak into child processes.

/// Accepts one connection, non-blocking and closed on exec; -1 with errno.
int acceptDescriptor(int listener, sockaddr* address, socklen_t* length) noexcept;
/// A TCP socket, non-blocking and closed on exec; -1 with errno.
int openSocket(int family) noexcept;
/// The same for UDP.
int openDatagramSocket(int family) noexcept;
/// Starts to connect without waiting: 0 when connected at once, EINPROGRESS when it goes on, else the errno that it
/// failed with. (Asio's own synchronous connect waits, also on a socket that does not block.)
int connectDescriptor(int fd, const sockaddr* address, socklen_t length) noexcept;
/// Keeps SIGPIPE from the calling thread: splicing into a socket that its peer reset would raise it, and has no flag
/// against that.
void blockBrokenPipeSignal() noexcept;
/// Any descriptor, to be closed when the process runs out of them; -1 if there is none.
int openReserve() noexcept;
/// True when errno says that the process or the system has no descriptor left.
bool outOfDescriptors() noexcept;
/// Does nothing for -1.
void closeDescriptor(int fd) noexcept;

} // namespace gatehouse::engine
