#pragma once

#include "engine/engine.h"
#include "engine/runtime/counters.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// What one worker counted of one rule's requests. On lines of its own, so that workers do not fight for one.
struct alignas(64) RuleCounters {
    /// Response flags that are counted apart; the last stands for all others.
    static constexpr std::array<std::string_view, 11> flagNames{"UH",  "UF", "UC", "UPE", "UT",   "NC",
                                                                "DPE", "SI", "DC", "NR",  "other"};

    Counter status[6]; ///< by hundreds; [0] is "no answer"
    Counter duration[ruleDurationBounds.size() + 1];
    Counter durationMicros;
    Counter flags[flagNames.size()];

    /// Thread: the worker.
    void count(std::uint16_t answered, std::string_view flag, std::chrono::microseconds took) noexcept;
};

/// The counters of a rule: of a route's name and its place there, whatever snapshot has it.
struct RuleCounterRow {
    RuleCounterRow(std::string name, std::uint32_t place, unsigned workers)
        : route(std::move(name)), rule(place), byWorker(workers)
    {
    }
    std::string route; ///< "HTTPRoute/namespace/name"; "" for all that found no room
    std::uint32_t rule;
    std::vector<RuleCounters> byWorker;
};

/// The rows of one snapshot's rules, parallel to Snapshot::rules. Immutable; keeps its rows alive for the requests that
/// began with it.
struct RuleCounterTable {
    std::vector<std::shared_ptr<RuleCounterRow>> rows;
};

/// All counters of rules. Names stay when their route goes and comes back, up to a limit; beyond it rules that are no
/// more are forgotten first, then rules share one row without a name, so that no input makes this grow without end.
/// Thread: follow() the control thread, read() any.
class RuleMetrics {
public:
    static constexpr std::size_t mostRows = 20'000;

    explicit RuleMetrics(unsigned workers, std::size_t limit = mostRows) : workers_(workers), limit_(limit) {}

    /// The same table as the last time while rules have the same names and places.
    [[nodiscard]] std::shared_ptr<const RuleCounterTable> follow(const routing::Snapshot& snapshot);
    /// Rules that had requests, by route and place, the workers' counts added up.
    [[nodiscard]] std::vector<RuleStats> read() const;

private:
    using Key = std::pair<std::string, std::uint32_t>;
    using Rows = std::map<Key, std::shared_ptr<RuleCounterRow>, std::less<>>;

    unsigned workers_;
    std::size_t limit_;
    mutable std::mutex mutex_; ///< guards rows_; no request waits for it
    Rows rows_;
    model::SharedSequence<routing::CompiledRule> rules_; ///< of the last follow(), and what it gave for them
    std::shared_ptr<const RuleCounterTable> table_;
};

} // namespace gatehouse::engine
