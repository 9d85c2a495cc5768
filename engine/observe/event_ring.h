#pragma once

#include "model/observe/access_event.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatehouse::engine {

/// A bounded queue of finished requests from one worker to one reader. Slots are reused with the storage of their
/// strings, so that a steady stream of events allocates nothing on the worker. When it is full, events are dropped and
/// counted: a slow reader must never slow traffic.
class EventRing {
public:
    explicit EventRing(std::size_t capacity) : slots_(capacity ? capacity : 1) {}

    /// The slot to fill next; null when full (the drop is counted). Thread: the worker.
    [[nodiscard]] model::AccessEvent* claim() noexcept
    {
        const auto head = head_.load(std::memory_order_relaxed);
        if (head - tail_.load(std::memory_order_acquire) >= slots_.size()) {
            dropped_.store(dropped_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
            return nullptr;
        }
        return &slots_[head % slots_.size()];
    }
    /// Publishes the claimed slot; true when the reader has to be woken. Thread: the worker.
    [[nodiscard]] bool publish() noexcept
    {
        head_.store(head_.load(std::memory_order_relaxed) + 1, std::memory_order_seq_cst);
        // The reader announces its sleep before it looks a last time, we publish before we look for a sleeper: one of
        // the two sees the other.
        return asleep_.load(std::memory_order_seq_cst) && asleep_.exchange(false, std::memory_order_acq_rel);
    }

    /// Appends copies of all events to `out`; when there were none, the next publish() wakes. Thread: the reader.
    void take(std::vector<model::AccessEvent>& out);
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

private:
    std::size_t drain(std::vector<model::AccessEvent>& out);

    std::vector<model::AccessEvent> slots_;
    std::atomic<std::uint64_t> head_{0};
    std::atomic<std::uint64_t> dropped_{0};
    alignas(64) std::atomic<std::uint64_t> tail_{0};
    std::atomic<bool> asleep_{true};
};

} // namespace gatehouse::engine
