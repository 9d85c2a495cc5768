#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What one container wrote: the newest lines with their times. Thread: any; a line is added by the one worker that
/// plays the Pod and read by control, so the lock is hardly ever waited for.
class PodLog {
public:
    using Clock = std::chrono::system_clock;
    static constexpr std::size_t keptLines = 5'000;
    static constexpr std::size_t lineBytes = 2'048; ///< longer lines are cut

    void add(std::string_view line, Clock::time_point at = Clock::now());

    struct Query {
        std::optional<Clock::time_point> since; ///< lines at or after
        std::optional<std::size_t> tailLines;
        bool timestamps = false; ///< RFC 3339 with nanoseconds before every line, as the kubelet writes them
    };
    /// The lines, each ending in "\n".
    [[nodiscard]] std::string read(const Query& query) const;

private:
    struct Line {
        Clock::time_point at;
        std::string text;
    };
    mutable std::mutex mutex_;
    std::deque<Line> lines_;
};

/// Who writes a log.
struct PodLogKey {
    std::string namespace_, pod, container;
    auto operator<=>(const PodLogKey&) const = default;
};

/// The logs of all simulated Pods. A log lives as long as its Pod, whoever holds it. Thread: control.
class PodLogs {
public:
    std::shared_ptr<PodLog> open(const PodLogKey& key);
    /// Null when nothing opened it.
    [[nodiscard]] std::shared_ptr<const PodLog> find(const PodLogKey& key) const;
    /// Forgets the logs of Pods that `exists(namespace, pod)` denies.
    template <class Exists>
    void keep(Exists&& exists)
    {
        std::erase_if(logs_, [&](const auto& each) { return !exists(each.first.namespace_, each.first.pod); });
    }

private:
    std::map<PodLogKey, std::shared_ptr<PodLog>> logs_;
};

} // namespace gatehouse::engine
