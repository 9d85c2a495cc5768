#include "ui/document/traffic_tally.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gatehouse::ui {
namespace {

/// Upper ends of the classes, in microseconds: 50 us to 75 s; the last has all that took longer.
const std::array<double, TrafficCounts::classes>& bounds()
{
    static const auto made = [] {
        std::array<double, TrafficCounts::classes> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = 50 * std::pow(2, static_cast<double>(i) / 2);
        return all;
    }();
    return made;
}

/// Codes that say that a server failed, not that it was asked for something else (grpc/doc/statuscodes.md): UNKNOWN,
/// DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
bool isServerFault(int grpcStatus)
{
    constexpr int faults[] = {2, 4, 12, 13, 14, 15};
    return std::find(std::begin(faults), std::end(faults), grpcStatus) != std::end(faults);
}

} // namespace

void TrafficCounts::add(const model::AccessEvent& event) noexcept
{
    if (event.isSession()) {
        ++sessions;
        errors += event.flags.empty() || event.flags == "-" ? 0 : 1;
        return; // it lasts as long as somebody wants it to
    }
    ++requests;
    errors += event.status == 0 || event.status >= 500 || isServerFault(event.grpcStatus) ? 1 : 0;
    const auto& ends = bounds();
    const auto found = std::lower_bound(ends.begin(), ends.end() - 1, static_cast<double>(event.durationMicros));
    ++took[static_cast<std::size_t>(found - ends.begin())];
}

void TrafficCounts::scale(double factor) noexcept
{
    const auto times = [factor](auto count) {
        return static_cast<decltype(count)>(std::llround(static_cast<double>(count) * factor));
    };
    requests = times(requests);
    sessions = times(sessions);
    errors = times(errors);
    for (std::uint32_t& count : took)
        count = times(count);
}

TrafficCounts& TrafficCounts::operator+=(const TrafficCounts& other) noexcept
{
    requests += other.requests;
    sessions += other.sessions;
    errors += other.errors;
    for (std::size_t i = 0; i < classes; ++i)
        took[i] += other.took[i];
    return *this;
}

double TrafficCounts::percentileMs(double share) const noexcept
{
    std::uint64_t all = 0;
    for (const std::uint32_t count : took)
        all += count;
    if (all == 0)
        return 0;
    const double wanted = share * static_cast<double>(all);
    double before = 0;
    for (std::size_t i = 0; i < classes; ++i) {
        if (before + took[i] >= wanted && took[i] > 0) {
            // Within a class, as if its requests lay evenly.
            const double low = i == 0 ? 0 : bounds()[i - 1];
            return (low + (bounds()[i] - low) * (wanted - before) / took[i]) / 1000;
        }
        before += took[i];
    }
    return bounds().back() / 1000;
}

void TrafficTally::add(const std::vector<model::AccessEvent>& events)
{
    for (const model::AccessEvent& event : events) {
        tick_.all.add(event);
        name_.assign(event.gateway).append(1, '\n').append(event.listener).append(1, '\n');
        name_.append(event.route).append(1, '\n').append(event.backend);
        auto found = rows_.find(std::string_view(name_));
        if (found == rows_.end()) {
            if (rows_.size() >= mostWays)
                continue;
            found = rows_.emplace(name_, tick_.ways.size()).first;
            tick_.ways.emplace_back(TrafficWay{event.gateway, event.listener, event.route, event.backend},
                                    TrafficCounts());
        }
        tick_.ways[found->second].second.add(event);
    }
}

TrafficTick TrafficTally::take(double seconds, std::uint64_t unseen)
{
    rows_.clear();
    TrafficTick done = std::exchange(tick_, {});
    done.seconds = seconds;
    done.unseen = unseen;
    return done;
}

} // namespace gatehouse::ui
