#pragma once

#include "engine/runtime/asio.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#if GATEHOUSE_EPOLL
#include <sys/epoll.h>
#endif

namespace gatehouse::engine {

/// Who is told that datagrams, or an error, wait at a socket.
class UdpReader {
public:
    /// Receives some of them; true when there may be more, so that it is called again after the others had their turn.
    /// May remove readers, itself included, if it returns false then.
    virtual bool onReadable() = 0;

protected:
    ~UdpReader() = default;
};

/// The UDP sockets of one worker. Where there is epoll they are in a set of their own, edge-triggered: a socket that
/// was read empty costs nothing until the next datagram, and one wait serves all that are ready. `afterBatch` is called
/// when all of them had a turn, so that what they gathered is sent at once. Thread: its worker. Lifetime: until its
/// io_context runs no more.
class UdpReadiness {
public:
    UdpReadiness(asio::io_context& io, std::function<void()> afterBatch);
    ~UdpReadiness();
    UdpReadiness(const UdpReadiness&) = delete;
    UdpReadiness& operator=(const UdpReadiness&) = delete;

    /// False when the system has no room for it, with errno.
    bool add(int fd, UdpReader& reader);
    /// Nothing is reported after this. Call it before the descriptor is closed.
    void remove(int fd, UdpReader& reader) noexcept;

private:
    asio::io_context& io_;
    std::function<void()> afterBatch_;
#if GATEHOUSE_EPOLL
    void wait();
    void serve();
    /// True when there was anything to do.
    bool deliver();
    void turn(UdpReader& reader, bool failed);

    asio::posix::basic_stream_descriptor<Executor> set_;
    std::array<epoll_event, 256> events_;
    std::size_t next_ = 0, count_ = 0; // the part of events_ not delivered yet
    std::vector<UdpReader*> again_, turn_;
    UdpReader* now_ = nullptr; // whose turn it is; null once it was removed
#else
    struct Watch;
    void wait(const std::shared_ptr<Watch>& watch);

    std::unordered_map<UdpReader*, std::shared_ptr<Watch>> watches_;
#endif
};

} // namespace gatehouse::engine
