#pragma once

#include "engine/runtime/asio.h"

#if GATEHOUSE_EPOLL

#include <boost/asio/execution_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include <sys/epoll.h>

namespace gatehouse::engine {

class StreamSocket;

/// The stream sockets of one io_context in an epoll set of their own, which the io_context watches as one descriptor.
///
/// Asio's reactor is told of every wait: async_wait takes an epoll_ctl, async_read a read that fails first. A proxied
/// request waits twice, so that is 2 of its 6 system calls. Here a socket is registered once, edge-triggered and for
/// both directions, and waiting costs nothing; the price is two calls for each batch of events (this set's epoll_wait,
/// and the wait for the set), which under load holds many events.
///
/// A service of the io_context, so that a socket needs nothing but its io_context. Thread: the one that runs it.
class ReadinessSet final : public asio::execution_context::service {
public:
    using key_type = ReadinessSet;
    static asio::execution_context::id id;
    explicit ReadinessSet(asio::execution_context& context);
    ~ReadinessSet() override;

    /// Reports edges of `fd` to the socket. False when the system has no room for it.
    bool add(int fd, StreamSocket& socket);
    /// Nothing is reported to the socket after this. Its descriptor has to be closed next.
    void remove(StreamSocket& socket) noexcept;
    /// Reports the socket as readable once more, after the other connections had their turn.
    void again(StreamSocket& socket);

private:
    void shutdown() override;
    void wait();
    void deliver();

    asio::posix::basic_stream_descriptor<Executor> set_;
    std::array<epoll_event, 256> events_;
    std::size_t next_ = 0, count_ = 0; // the part of events_ not delivered yet
    std::vector<StreamSocket*> again_, turn_;
};

} // namespace gatehouse::engine

#endif
