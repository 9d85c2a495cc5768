#include "ui/document/traffic_history.h"

#include "ui/document/object_names.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr double warningShare = 0.001, badShare = 0.05;

QString tr(const char* text)
{
    return QCoreApplication::translate("traffic", text);
}

} // namespace

std::optional<TrafficKey> trafficKeyOf(const model::ObjectKey& object, model::NodeKind kind)
{
    switch (kind) {
    case model::NodeKind::Gateway:
        return TrafficKey{TrafficKey::Kind::Gateway, object, {}};
    case model::NodeKind::Route:
        return TrafficKey{TrafficKey::Kind::Route, object, {}};
    case model::NodeKind::Backend:
        return TrafficKey{TrafficKey::Kind::Backend, object, {}};
    case model::NodeKind::ListenerSet:
    case model::NodeKind::Policy:
    case model::NodeKind::Other:
        return std::nullopt;
    }
    return std::nullopt;
}

TrafficNumbers numbersOf(const TrafficCounts& counts, double seconds)
{
    TrafficNumbers numbers;
    const auto total = static_cast<double>(counts.total());
    if (counts.total() == 0 || seconds <= 0)
        return numbers;
    numbers.rate = total / seconds;
    numbers.errorShare = static_cast<double>(counts.errors) / total;
    if (counts.requests > 0) {
        numbers.p50 = counts.percentileMs(0.50);
        numbers.p95 = counts.percentileMs(0.95);
        numbers.p99 = counts.percentileMs(0.99);
    }
    return numbers;
}

QString rateText(double rate)
{
    return tr("%1/s").arg(QLocale().toString(rate, 'f', rate < 10 ? 1 : 0));
}

QString millisText(double millis)
{
    return tr("%1 ms").arg(QLocale().toString(millis, 'f', millis < 10 ? 1 : 0));
}

QString trafficText(const TrafficNumbers& numbers)
{
    if (numbers.idle())
        return {};
    QStringList parts{rateText(numbers.rate)};
    if (numbers.errorShare > 0) {
        const double percent = numbers.errorShare * 100;
        parts << tr("%1 % errors")
                     .arg(percent < 0.1 ? QStringLiteral("<0.1")
                                        : QLocale().toString(percent, 'f', percent < 10 ? 1 : 0));
    }
    if (numbers.p95)
        parts << tr("p95 %1").arg(millisText(*numbers.p95));
    return parts.join(QStringLiteral(" \u00b7 "));
}

model::Health verdict(const TrafficNumbers& numbers)
{
    if (numbers.idle())
        return model::Health::Unknown;
    return numbers.errorShare >= badShare       ? model::Health::Bad
           : numbers.errorShare >= warningShare ? model::Health::Warning
                                                : model::Health::Good;
}

TrafficNumbers TrafficNow::of(const TrafficKey& key) const
{
    const auto found = counts.find(key);
    return found == counts.end() ? TrafficNumbers() : numbersOf(found->second, seconds);
}

void TrafficHistory::add(const TrafficTick& tick)
{
    if (tick.seconds <= 0)
        return;
    ++tick_;
    recentSeconds_.push_back(tick.seconds);
    recentSampled_.push_back(tick.unseen > 0);
    if (recentSeconds_.size() > nowTicks) {
        recentSeconds_.pop_front();
        recentSampled_.pop_front();
    }
    if (stepTimes_.empty() || inStep_ >= stepSeconds) {
        ++step_;
        inStep_ = 0;
        stepTimes_.push_back(0);
        if (stepTimes_.size() > steps)
            stepTimes_.pop_front();
        forget();
    }
    inStep_ += tick.seconds;
    stepTimes_.back() += tick.seconds;
    unseen_ += tick.unseen;

    const std::uint64_t seen = tick.all.total();
    const double factor = seen > 0 ? static_cast<double>(seen + tick.unseen) / static_cast<double>(seen) : 1;
    const auto whole = [&](TrafficCounts counts) {
        if (tick.unseen > 0)
            counts.scale(factor);
        return counts;
    };
    using Kind = TrafficKey::Kind;
    count({}, whole(tick.all));
    for (const auto& [way, few] : tick.ways) {
        const TrafficCounts counts = whole(few);
        const auto gateway = gatewayKey(way.gateway);
        const auto route = routeKey(way.route);
        const auto backend = serviceKey(way.backend);
        if (gateway)
            count({Kind::Gateway, *gateway, {}}, counts);
        if (gateway && !way.listener.empty())
            count({Kind::Listener, *gateway, {}, way.listener}, counts);
        if (route)
            count({Kind::Route, *route, {}}, counts);
        if (backend)
            count({Kind::Backend, *backend, {}}, counts);
        if (gateway && route)
            count({Kind::Attachment, *gateway, *route}, counts);
        if (route && backend)
            count({Kind::Reference, *route, *backend}, counts);
    }
}

void TrafficHistory::count(const TrafficKey& key, const TrafficCounts& counts)
{
    if (counts.total() == 0)
        return;
    auto found = series_.find(key);
    if (found == series_.end()) {
        if (series_.size() >= mostSeries) {
            crowded_ = true;
            return;
        }
        found = series_.emplace(key, Series()).first;
    }
    const auto into = [&](auto& list, std::uint64_t place) {
        if (list.empty() || list.back().first != place)
            list.emplace_back(place, TrafficCounts());
        list.back().second += counts;
    };
    Series& series = found->second;
    into(series.minutes, step_);
    into(series.recent, tick_);
    if (series.recent.size() > nowTicks)
        series.recent.pop_front();
}

void TrafficHistory::forget()
{
    for (auto at = series_.begin(); at != series_.end();) {
        auto& minutes = at->second.minutes;
        while (!minutes.empty() && minutes.front().first + steps <= step_)
            minutes.pop_front();
        at = minutes.empty() ? series_.erase(at) : std::next(at);
    }
    if (series_.size() < mostSeries)
        crowded_ = false;
}

TrafficNow TrafficHistory::now() const
{
    TrafficNow now;
    for (const double seconds : recentSeconds_)
        now.seconds += seconds;
    now.sampled = std::find(recentSampled_.begin(), recentSampled_.end(), true) != recentSampled_.end();
    for (const auto& [key, series] : series_) {
        TrafficCounts sum;
        for (const auto& [tick, counts] : series.recent)
            if (tick + nowTicks > tick_)
                sum += counts;
        if (sum.total() > 0)
            now.counts.emplace(key, sum);
    }
    return now;
}

std::vector<TrafficNumbers> TrafficHistory::curve(const TrafficKey& key) const
{
    std::vector<TrafficNumbers> curve(stepTimes_.size());
    const auto found = series_.find(key);
    if (found == series_.end())
        return curve;
    const std::uint64_t first = step_ + 1 - stepTimes_.size();
    for (const auto& [step, counts] : found->second.minutes)
        if (step >= first)
            curve[step - first] = numbersOf(counts, stepTimes_[step - first]);
    return curve;
}

} // namespace gatehouse::ui
