#pragma once

#include "model/base/object_key.h"
#include "model/topology/topology.h"
#include "ui/document/traffic_tally.h"

#include <QString>

#include <compare>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace gatehouse::ui {

/// What traffic is counted of.
struct TrafficKey {
    enum class Kind : std::uint8_t {
        All,
        Gateway,
        Listener, ///< of a Gateway, by its name
        Route,
        Backend,
        Attachment, ///< from a Gateway to a route
        Reference,  ///< from a route to a backend
    };
    Kind kind = Kind::All;
    model::ObjectKey from; ///< the object itself; of an edge where it begins
    model::ObjectKey to;   ///< of an edge
    std::string listener = {};

    auto operator<=>(const TrafficKey&) const = default;
};
/// The key of an object's own traffic; nothing for a kind that takes none.
std::optional<TrafficKey> trafficKeyOf(const model::ObjectKey& object, model::NodeKind kind);

struct TrafficNumbers {
    double rate = 0;                     ///< requests and sessions a second
    double errorShare = 0;               ///< 0 to 1
    std::optional<double> p50, p95, p99; ///< milliseconds; nothing without requests
    [[nodiscard]] bool idle() const { return rate <= 0; }
};
TrafficNumbers numbersOf(const TrafficCounts& counts, double seconds);
/// "120/s \u00b7 2 % errors \u00b7 p95 4 ms"; "" when idle.
QString trafficText(const TrafficNumbers& numbers);
/// Good, Warning from one error in a thousand, Bad from one in twenty; Unknown when idle.
model::Health verdict(const TrafficNumbers& numbers);
QString rateText(double rate);
QString millisText(double millis);

/// The last seconds, by what it is of.
struct TrafficNow {
    double seconds = 0;
    std::map<TrafficKey, TrafficCounts> counts;
    bool sampled = false; ///< some were not looked at
    [[nodiscard]] TrafficNumbers of(const TrafficKey& key) const;
};

/// Traffic of the last minutes in steps of some seconds, and of the last seconds. Bounded: more than so many objects
/// and edges at once are counted together alone. Its clock is the ticks' own: while none comes, it stands still.
/// Thread: UI.
class TrafficHistory {
public:
    static constexpr double stepSeconds = 3;
    static constexpr std::size_t steps = 100;  ///< five minutes
    static constexpr std::size_t nowTicks = 6; ///< that "now" is of
    static constexpr std::size_t mostSeries = 1'500;

    void add(const TrafficTick& tick);
    [[nodiscard]] TrafficNow now() const;
    /// One entry a step, the newest last; as many as there were, at most `steps`.
    [[nodiscard]] std::vector<TrafficNumbers> curve(const TrafficKey& key) const;
    [[nodiscard]] std::size_t seriesCount() const { return series_.size(); }
    [[nodiscard]] bool crowded() const { return crowded_; } ///< some had no room
    [[nodiscard]] std::uint64_t unseen() const { return unseen_; }

private:
    struct Series {
        std::deque<std::pair<std::uint64_t, TrafficCounts>> minutes; ///< by step, those with traffic
        std::deque<std::pair<std::uint64_t, TrafficCounts>> recent;  ///< by tick, those with traffic
    };
    void count(const TrafficKey& key, const TrafficCounts& counts);
    void forget();

    std::map<TrafficKey, Series> series_;
    std::deque<double> recentSeconds_;
    std::deque<bool> recentSampled_;
    std::deque<double> stepTimes_; ///< how long each kept step was, the newest last
    double inStep_ = 0;
    std::uint64_t tick_ = 0, step_ = 0, unseen_ = 0;
    bool crowded_ = false;
};

} // namespace gatehouse::ui
