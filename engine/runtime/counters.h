#pragma once

#include <atomic>
#include <cstdint>

namespace gatehouse::engine {

/// A number that one worker writes and anyone reads: no locked instruction on the request path.
class Counter {
public:
    void add(std::uint64_t n = 1) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t n = 1) noexcept { add(0 - n); }
    [[nodiscard]] std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

struct Counters {
    Counter requests, activeConnections, activeRequests;
    Counter refusedConnections;               ///< closed at once: there were too many
    Counter sessions, activeSessions;         ///< TCP, TLS and UDP sessions, which have no requests
    Counter udpReceived, udpSent, udpDropped; ///< datagrams
    Counter mirrors, lostMirrors; ///< copies of requests that were answered; that were given up or never begun
    Counter status[6];            ///< by hundreds; [0] is "no answer"
};

} // namespace gatehouse::engine
