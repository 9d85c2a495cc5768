#include "importers/kube_api/table_cells.h"

#include "model/schema/timestamp.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

namespace gatehouse::importers {
namespace {

using model::Value;
using Time = TableColumn::Clock::time_point;

/// The first of the paths at which there is a text. The two groups that have Events spell most members differently.
std::string firstText(const Value& event, std::initializer_list<std::string_view> paths)
{
    for (const std::string_view path : paths)
        if (std::string text = textAt(event, path); !text.empty())
            return text;
    return {};
}

std::string ageOfText(const std::string& timestamp, Time now)
{
    const Value value(timestamp);
    return ageOf(&value, now);
}

std::string firstSeen(const Value& event, Time now)
{
    return ageOfText(firstText(event, {".firstTimestamp", ".deprecatedFirstTimestamp", ".eventTime"}), now);
}

/// An event that came again says how often, and since when.
std::string lastSeen(const Value& event, Time now)
{
    const std::string since = firstSeen(event, now);
    if (const std::int64_t count = integerAt(event, ".series.count"); count > 1)
        return ageOfText(textAt(event, ".series.lastObservedTime"), now) + " (x" + std::to_string(count) + " over " +
               since + ')';
    const std::string last = firstText(event, {".lastTimestamp", ".deprecatedLastTimestamp"});
    if (last.empty())
        return since;
    const std::int64_t count = integerAt(event, ".count", integerAt(event, ".deprecatedCount"));
    return ageOfText(last, now) + (count > 1 ? " (x" + std::to_string(count) + " over " + since + ')' : "");
}

std::string subject(const Value& event)
{
    std::string kind = firstText(event, {".involvedObject.kind", ".regarding.kind"});
    std::transform(kind.begin(), kind.end(), kind.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string name = firstText(event, {".involvedObject.name", ".regarding.name"});
    return name.empty() ? kind : kind + '/' + name;
}

std::string source(const Value& event)
{
    const std::string component = firstText(
        event, {".source.component", ".deprecatedSource.component", ".reportingComponent", ".reportingController"});
    const std::string host = firstText(event, {".source.host", ".deprecatedSource.host", ".reportingInstance"});
    return host.empty() ? component : component + ", " + host;
}

} // namespace

std::vector<TableColumn> eventColumns()
{
    return {
        {"Last Seen", "string", 0, [](const Value& o, Time now) { return Value(lastSeen(o, now)); }},
        {"Type", "string", 0, [](const Value& o, Time) { return Value(textAt(o, ".type")); }},
        {"Reason", "string", 0, [](const Value& o, Time) { return Value(textAt(o, ".reason")); }},
        {"Object", "string", 0, [](const Value& o, Time) { return Value(subject(o)); }},
        {"Subobject", "string", 1,
         [](const Value& o, Time) {
             return Value(firstText(o, {".involvedObject.fieldPath", ".regarding.fieldPath"}));
         }},
        {"Source", "string", 1, [](const Value& o, Time) { return Value(source(o)); }},
        {"Message", "string", 0,
         [](const Value& o, Time) {
             return Value(firstText(o, {".message", ".note"}));
         }},
        {"First Seen", "string", 1, [](const Value& o, Time now) { return Value(firstSeen(o, now)); }},
        {"Count", "string", 1,
         [](const Value& o, Time) {
             const std::int64_t plain = integerAt(o, ".count", integerAt(o, ".deprecatedCount", 1));
             return Value(std::to_string(integerAt(o, ".series.count", plain)));
         }},
        {"Name", "string", 1, [](const Value& o, Time) { return Value(textAt(o, ".metadata.name")); }},
    };
}

} // namespace gatehouse::importers
