#include "engine/echo/pod_logs.h"

#include "model/schema/timestamp.h"

#include <cstdio>

namespace gatehouse::engine {
namespace {

void appendTime(std::string& out, PodLog::Clock::time_point at)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    std::string text = model::formatTimestamp(second);
    text.pop_back(); // the Z goes behind the fraction
    char fraction[16];
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(at - second).count();
    std::snprintf(fraction, sizeof fraction, ".%09lldZ ", static_cast<long long>(rest));
    out.append(text).append(fraction);
}

} // namespace

void PodLog::add(std::string_view line, Clock::time_point at)
{
    const std::lock_guard lock(mutex_);
    if (lines_.size() >= keptLines)
        lines_.pop_front();
    lines_.push_back({at, std::string(line.substr(0, lineBytes))});
}

std::string PodLog::read(const Query& query) const
{
    const std::lock_guard lock(mutex_);
    std::size_t first = 0;
    if (query.since)
        while (first < lines_.size() && lines_[first].at < *query.since)
            ++first;
    if (query.tailLines && lines_.size() - first > *query.tailLines)
        first = lines_.size() - *query.tailLines;
    std::string text;
    for (std::size_t i = first; i < lines_.size(); ++i) {
        if (query.timestamps)
            appendTime(text, lines_[i].at);
        text.append(lines_[i].text).append("\n");
    }
    return text;
}

std::shared_ptr<PodLog> PodLogs::open(const PodLogKey& key)
{
    std::shared_ptr<PodLog>& log = logs_[key];
    if (!log)
        log = std::make_shared<PodLog>();
    return log;
}

std::shared_ptr<const PodLog> PodLogs::find(const PodLogKey& key) const
{
    const auto it = logs_.find(key);
    return it == logs_.end() ? nullptr : it->second;
}

} // namespace gatehouse::engine
