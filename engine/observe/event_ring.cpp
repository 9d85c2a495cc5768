#include "engine/observe/event_ring.h"

namespace gatehouse::engine {

std::size_t EventRing::drain(std::vector<model::AccessEvent>& out)
{
    const auto head = head_.load(std::memory_order_seq_cst);
    auto tail = tail_.load(std::memory_order_relaxed);
    const std::size_t count = head - tail;
    for (; tail != head; ++tail)
        out.push_back(slots_[tail % slots_.size()]);
    tail_.store(tail, std::memory_order_release);
    return count;
}

void EventRing::take(std::vector<model::AccessEvent>& out)
{
    if (drain(out) > 0)
        return;
    asleep_.store(true, std::memory_order_seq_cst);
    if (drain(out) > 0)
        asleep_.store(false, std::memory_order_relaxed);
}

} // namespace gatehouse::engine
