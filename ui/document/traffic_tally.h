#pragma once

#include "model/observe/access_event.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::ui {

/// What was counted of some requests and sessions. Durations are those of requests, in classes that are each 1.41 times
/// as wide as the one before: a percentile is right to a fifth.
struct TrafficCounts {
    static constexpr std::size_t classes = 42;

    std::uint64_t requests = 0, sessions = 0; ///< that ended
    std::uint64_t errors = 0;                 ///< 5xx, no answer, gRPC's own, sessions that failed
    std::array<std::uint32_t, classes> took{};

    void add(const model::AccessEvent& event) noexcept;
    /// Counts as if there had been so many times as many.
    void scale(double factor) noexcept;
    TrafficCounts& operator+=(const TrafficCounts& other) noexcept;
    [[nodiscard]] std::uint64_t total() const noexcept { return requests + sessions; }
    /// Milliseconds that `share` of the requests did not pass; 0 without any.
    [[nodiscard]] double percentileMs(double share) const noexcept;
};

/// The way that traffic took, as far as it came: names as in an AccessEvent.
struct TrafficWay {
    std::string gateway, listener, route, backend;
    auto operator<=>(const TrafficWay&) const = default;
};

/// What ended within a while.
struct TrafficTick {
    double seconds = 0;
    TrafficCounts all;
    std::vector<std::pair<TrafficWay, TrafficCounts>> ways;
    std::uint64_t unseen = 0; ///< that ended, too, but were too many to be looked at: they are like those that were
};

/// Counts every event and keeps none: bounded however many come. Thread: one at a time.
class TrafficTally {
public:
    /// More ways than this are counted in `all` alone.
    static constexpr std::size_t mostWays = 2'000;

    void add(const std::vector<model::AccessEvent>& events);
    /// Hands out what was counted and begins anew.
    [[nodiscard]] TrafficTick take(double seconds, std::uint64_t unseen);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
    };

    TrafficTick tick_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> rows_; ///< by the names of a way
    std::string name_;                                                         ///< storage, kept
};

} // namespace gatehouse::ui
