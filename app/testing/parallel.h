#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

namespace gatehouse::testing {

/// Calls `work(0)` to `work(count - 1)` on at most `jobs` threads; returns when all are done, or `stop` was asked for
/// and those that began are done. `work` must not throw.
inline void inParallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                       const std::stop_token& stop = {})
{
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++)
            work(i);
    };
    const std::size_t threads = std::min<std::size_t>(std::max(jobs, 1u), count);
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i)
        others.emplace_back(run);
    run();
    for (std::thread& other : others)
        other.join();
}

} // namespace gatehouse::testing
