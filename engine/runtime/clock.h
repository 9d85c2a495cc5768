#pragma once

#include <chrono>

namespace gatehouse::engine {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
inline constexpr TimePoint never = TimePoint::max();

} // namespace gatehouse::engine
