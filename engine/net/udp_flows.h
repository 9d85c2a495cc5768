#pragma once

#include "engine/net/udp_address.h"
#include "engine/runtime/clock.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatehouse::engine {

/// What a UdpFlows knows of a session: a client, and the server that it speaks to.
struct UdpFlow {
    UdpAddress client;
    const void* server = nullptr; ///< tells the servers of one table apart
    TimePoint lastActive{};       ///< of a datagram either way

private:
    friend class UdpFlows;
    std::uint64_t hash_ = 0;
    UdpFlow* chain_ = nullptr;
    UdpFlow* older_ = nullptr;
    UdpFlow* newer_ = nullptr;
};

/// The UDP sessions of one worker: found by client and server, in order of their last datagram. UDP has no end of a
/// session, so that time makes one: who was silent for long expires, and where too many are open, the one that was
/// silent longest gives way, but none that still may be in use. Touches no socket and no clock. Flows belong to the
/// caller. Nothing but insert() allocates. Thread: its worker.
class UdpFlows {
public:
    struct Times {
        Clock::duration idle{};      ///< silent for so long: it expires
        Clock::duration evictable{}; ///< silent for no longer: it never gives way
    };
    /// `seed`: makes it unknown to clients whose addresses share a chain.
    UdpFlows(Times times, std::uint64_t seed);

    /// Null: there is none.
    [[nodiscard]] UdpFlow* find(const void* server, const UdpAddress& client) const noexcept;
    /// `flow.client` and `flow.server` are set and not in the table.
    void insert(UdpFlow& flow, TimePoint now);
    /// A datagram came or went.
    void touch(UdpFlow& flow, TimePoint now) noexcept;
    void remove(UdpFlow& flow) noexcept;

    /// The next one that is to end by `now`; null: none yet.
    [[nodiscard]] UdpFlow* expired(TimePoint now) const noexcept;
    /// When to ask again: `never` when there are no flows.
    [[nodiscard]] TimePoint nextExpiry() const noexcept;
    /// The one that has to give way to a new one; null: all may still be in use.
    [[nodiscard]] UdpFlow* evictable(TimePoint now) const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// For walks over all, from the longest silent on; see newer().
    [[nodiscard]] UdpFlow* oldest() const noexcept { return oldest_; }
    [[nodiscard]] static UdpFlow* newer(const UdpFlow& flow) noexcept { return flow.newer_; }

private:
    [[nodiscard]] std::uint64_t hashOf(const void* server, const UdpAddress& client) const noexcept;
    UdpFlow*& bucket(std::uint64_t hash) noexcept { return buckets_[hash & (buckets_.size() - 1)]; }
    void grow();
    void append(UdpFlow& flow, TimePoint now) noexcept;
    void unlink(UdpFlow& flow) noexcept;

    Times times_;
    std::uint64_t seed_;
    std::vector<UdpFlow*> buckets_; // a power of two
    std::size_t size_ = 0;
    UdpFlow* oldest_ = nullptr;
    UdpFlow* newest_ = nullptr;
};

} // namespace gatehouse::engine
