#include "engine/runtime/session_counters.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

namespace gatehouse::engine {

namespace {

struct ByKey {
    using Row = std::pair<SessionCounterTable::Key, std::shared_ptr<SessionCounterRow>>;
    using Key = SessionCounterTable::Key;

    static bool less(const Key& a, const Key& b) noexcept
    {
        const std::less<const void*> before;
        return a.first != b.first ? before(a.first, b.first) : before(a.second, b.second);
    }
    bool operator()(const Row& a, const Row& b) const noexcept { return less(a.first, b.first); }
    bool operator()(const Row& a, const Key& b) const noexcept { return less(a.first, b); }
};

SessionPlace placeOf(const routing::ListenerTable& listener, const routing::CompiledRule* rule)
{
    if (!rule)
        return {listener.gatewayName, listener.listenerName, {}, -1};
    return {listener.gatewayName, listener.listenerName, rule->origin.routeName,
            static_cast<std::int32_t>(rule->origin.rule)};
}

/// Calls `visit(listener, rule)` for all that a session of the snapshot may be counted under; `rule` may be null.
template <class Visit>
void forEachPlace(const routing::Snapshot& snapshot, Visit&& visit)
{
    for (const routing::PortTable& port : snapshot.ports) {
        for (const routing::ListenerTable& listener : port.listeners) {
            const auto withRule = [&](routing::RuleIndex rule) {
                if (rule.valid())
                    visit(listener, &snapshot.rules[rule.value]);
            };
            if (port.carrier == routing::Carrier::Http || listener.protocol == model::Protocol::HTTPS)
                continue;
            visit(listener, nullptr);
            withRule(listener.streamRule);
            if (!listener.serverNames)
                continue;
            for (const routing::ServerNameTable::Entry& entry : listener.serverNames->entries)
                withRule(entry.rules.front());
        }
    }
}

} // namespace

void SessionCounters::began() noexcept
{
    sessions.add();
    active.add();
}

void SessionCounters::ended(std::string_view flag, std::uint64_t received, std::uint64_t sent) noexcept
{
    active.subtract();
    bytesReceived.add(received);
    bytesSent.add(sent);
    if (flag.empty() || flag == "-")
        return;
    const auto known = std::find(flagNames.begin(), flagNames.end() - 1, flag);
    flags[static_cast<std::size_t>(known - flagNames.begin())].add();
}

SessionCounterRow& SessionCounterTable::find(const routing::ListenerTable* listener,
                                             const routing::CompiledRule* rule) const noexcept
{
    const Key key{listener, rule};
    const auto found = std::lower_bound(rows_.begin(), rows_.end(), key, ByKey());
    return found != rows_.end() && found->first == key ? *found->second : *nowhere_;
}

void SessionCounterTable::complete(std::shared_ptr<SessionCounterRow> nowhere)
{
    nowhere_ = std::move(nowhere);
    // Hostnames of a listener may lead to one rule.
    std::sort(rows_.begin(), rows_.end(), ByKey());
    rows_.erase(
        std::unique(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
        rows_.end());
}

std::shared_ptr<SessionCounterRow> SessionMetrics::rowOf(SessionPlace place)
{
    const auto found = rows_.find(place);
    if (found != rows_.end())
        return found->second;
    if (rows_.size() >= limit_)
        place = {};
    std::shared_ptr<SessionCounterRow>& row = rows_[place];
    if (!row)
        row = std::make_shared<SessionCounterRow>(place, workers_);
    return row;
}

std::shared_ptr<const SessionCounterTable> SessionMetrics::follow(const routing::Snapshot& snapshot)
{
    auto table = std::make_shared<SessionCounterTable>();
    const std::lock_guard lock(mutex_);
    std::set<SessionPlace> wanted;
    forEachPlace(snapshot, [&](const routing::ListenerTable& listener, const routing::CompiledRule* rule) {
        wanted.insert(placeOf(listener, rule));
    });
    const auto missing =
        std::count_if(wanted.begin(), wanted.end(), [&](const auto& each) { return !rows_.contains(each); });
    if (rows_.size() + static_cast<std::size_t>(missing) > limit_)
        std::erase_if(rows_,
                      [&](const auto& row) { return row.first != SessionPlace{} && !wanted.contains(row.first); });
    forEachPlace(snapshot, [&](const routing::ListenerTable& listener, const routing::CompiledRule* rule) {
        table->add({&listener, rule}, rowOf(placeOf(listener, rule)));
    });
    table->complete(rowOf({}));
    return table;
}

std::vector<SessionStats> SessionMetrics::read() const
{
    std::vector<std::shared_ptr<SessionCounterRow>> rows;
    {
        const std::lock_guard lock(mutex_);
        rows.reserve(rows_.size());
        for (const auto& [place, row] : rows_)
            rows.push_back(row);
    }
    std::vector<SessionStats> result;
    for (const auto& row : rows) {
        SessionStats stats;
        std::tie(stats.gateway, stats.listener, stats.route, stats.rule) =
            std::tie(row->place.gateway, row->place.listener, row->place.route, row->place.rule);
        std::array<std::uint64_t, SessionCounters::flagNames.size()> flags{};
        for (const SessionCounters& counters : row->byWorker) {
            stats.sessions += counters.sessions.get();
            stats.active += counters.active.get();
            stats.bytesReceived += counters.bytesReceived.get();
            stats.bytesSent += counters.bytesSent.get();
            for (std::size_t i = 0; i < flags.size(); ++i)
                flags[i] += counters.flags[i].get();
        }
        for (std::size_t i = 0; i < flags.size(); ++i)
            if (flags[i] > 0)
                stats.flags.emplace_back(SessionCounters::flagNames[i], flags[i]);
        if (stats.sessions > 0)
            result.push_back(std::move(stats));
    }
    return result;
}

} // namespace gatehouse::engine
