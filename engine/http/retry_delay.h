#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace gatehouse::engine {

/// How long to wait before retry `number` (1 is the first): at least `backoff`, doubled each time, up to half as much
/// again at random so that many do not come at once, and never beyond ten times `backoff` (semantics 10.2).
/// `random`: any number.
inline std::chrono::microseconds retryDelay(std::chrono::milliseconds backoff, std::uint32_t number,
                                            std::uint32_t random) noexcept
{
    constexpr std::int64_t most = 10;
    const std::chrono::microseconds base = backoff;
    const std::int64_t factor = std::min(most, std::int64_t{1} << std::min(number - 1, 4u));
    const std::chrono::microseconds least = base * factor;
    const std::chrono::microseconds more((least.count() / 2) * static_cast<std::int64_t>(random % 1024) / 1024);
    return std::min(least + more, base * most);
}

} // namespace gatehouse::engine
