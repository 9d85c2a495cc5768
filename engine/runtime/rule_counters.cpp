#include "engine/runtime/rule_counters.h"

#include <algorithm>
#include <set>

namespace gatehouse::engine {

void RuleCounters::count(std::uint16_t answered, std::string_view flag, std::chrono::microseconds took) noexcept
{
    status[std::min<unsigned>(answered / 100u, 5u)].add();
    std::size_t bucket = 0;
    while (bucket < ruleDurationBounds.size() && took > ruleDurationBounds[bucket])
        ++bucket;
    duration[bucket].add();
    durationMicros.add(static_cast<std::uint64_t>(std::max<std::chrono::microseconds::rep>(took.count(), 0)));
    if (flag.empty() || flag == "-")
        return;
    const auto known = std::find(flagNames.begin(), flagNames.end() - 1, flag);
    flags[static_cast<std::size_t>(known - flagNames.begin())].add();
}

namespace {

using Rules = model::SharedSequence<routing::CompiledRule>;

bool haveSameNames(const Rules& before, const Rules& after)
{
    using routing::CompiledRule;
    bool same = before.size() == after.size();
    if (same)
        Rules::forEachDifference(
            before, after, [](const CompiledRule&, const CompiledRule&) { return false; }, // place by place
            [](const CompiledRule& a, const CompiledRule& b) {
                return a.origin.routeName == b.origin.routeName && a.origin.rule == b.origin.rule;
            },
            [&](const CompiledRule*, const CompiledRule*) { same = false; });
    return same;
}

} // namespace

std::shared_ptr<const RuleCounterTable> RuleMetrics::follow(const routing::Snapshot& snapshot)
{
    if (table_ && haveSameNames(rules_, snapshot.rules)) {
        rules_ = snapshot.rules;
        return table_;
    }
    auto table = std::make_shared<RuleCounterTable>();
    table->rows.reserve(snapshot.rules.size());
    const std::lock_guard lock(mutex_);
    const auto forget = [&] {
        std::set<Key> wanted;
        for (const routing::CompiledRule& rule : snapshot.rules)
            wanted.emplace(rule.origin.routeName, rule.origin.rule);
        std::erase_if(rows_, [&](const auto& row) { return !row.first.first.empty() && !wanted.contains(row.first); });
    };
    bool forgot = false;
    for (const routing::CompiledRule& rule : snapshot.rules) {
        Key key{rule.origin.routeName, rule.origin.rule};
        auto found = rows_.find(key);
        if (found == rows_.end() && rows_.size() >= limit_ && !std::exchange(forgot, true))
            forget();
        if (found == rows_.end()) {
            if (rows_.size() >= limit_)
                key = {};
            std::shared_ptr<RuleCounterRow>& row = rows_[key];
            if (!row)
                row = std::make_shared<RuleCounterRow>(key.first, key.second, workers_);
            table->rows.push_back(row);
            continue;
        }
        table->rows.push_back(found->second);
    }
    rules_ = snapshot.rules;
    table_ = table;
    return table;
}

std::vector<RuleStats> RuleMetrics::read() const
{
    std::vector<std::shared_ptr<RuleCounterRow>> rows;
    {
        const std::lock_guard lock(mutex_);
        rows.reserve(rows_.size());
        for (const auto& [key, row] : rows_)
            rows.push_back(row);
    }
    std::vector<RuleStats> result;
    for (const auto& row : rows) {
        RuleStats stats;
        stats.route = row->route;
        stats.rule = row->rule;
        std::array<std::uint64_t, RuleCounters::flagNames.size()> flags{};
        for (const RuleCounters& counters : row->byWorker) {
            for (std::size_t i = 0; i < stats.status.size(); ++i)
                stats.status[i] += counters.status[i].get();
            for (std::size_t i = 0; i < stats.duration.size(); ++i)
                stats.duration[i] += counters.duration[i].get();
            stats.durationMicros += counters.durationMicros.get();
            for (std::size_t i = 0; i < flags.size(); ++i)
                flags[i] += counters.flags[i].get();
        }
        for (std::size_t i = 0; i < flags.size(); ++i)
            if (flags[i] > 0)
                stats.flags.emplace_back(RuleCounters::flagNames[i], flags[i]);
        if (std::any_of(stats.status.begin(), stats.status.end(), [](std::uint64_t n) { return n > 0; }))
            result.push_back(std::move(stats));
    }
    return result;
}

} // namespace gatehouse::engine
