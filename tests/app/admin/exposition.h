#pragma once

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace gatehouse::test {

/// Checks a text against the Prometheus text exposition format 0.0.4 as `promtool check metrics` does: families
/// declared once and before their samples, names and labels well formed, no series twice, counters named _total,
/// histograms cumulative, ended by +Inf, and with sum and count. Returns the first fault; "" when there is none.
inline std::string expositionFault(const std::string& text)
{
    static const std::regex declared("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    static const std::regex sampled(
        R"rx(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\d+(?:\.\d+)?))rx");
    static const std::regex bound(R"rx((.*?),?le="([^"]*)")rx");
    struct Histogram {
        double last = -1, inf = -1, count = -2;
        bool sum = false;
    };
    std::map<std::string, std::string> types;
    std::map<std::string, Histogram> histograms; // by family and labels
    std::set<std::string> helps, series;
    std::string family;
    if (text.empty() || text.back() != '\n')
        return "no end of line at the end";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::smatch parts;
        if (std::regex_match(line, parts, declared)) {
            family = parts[2];
            if (parts[1] == "HELP" ? !helps.insert(family).second : !types.emplace(family, parts[3]).second)
                return "declared twice: " + line;
            continue;
        }
        if (!std::regex_match(line, parts, sampled))
            return "malformed: " + line;
        const std::string name = parts[1], labels = parts[3];
        const double value = std::stod(parts[4]);
        if (!series.insert(name + '{' + labels + '}').second)
            return "twice: " + line;
        if (family.empty() || !types.contains(family) || !helps.contains(family) || !name.starts_with(family))
            return "outside its family: " + line;
        const std::string type = types[family], suffix = name.substr(family.size());
        if (type == "counter" && !family.ends_with("_total"))
            return "a counter without _total: " + line;
        if (type != "histogram") {
            if (!suffix.empty())
                return "outside its family: " + line;
            continue;
        }
        std::smatch le;
        if (suffix == "_bucket") {
            if (!std::regex_match(labels, le, bound))
                return "a bucket without le: " + line;
            Histogram& histogram = histograms[family + '{' + std::string(le[1]) + '}'];
            if (value < histogram.last)
                return "buckets shrink: " + line;
            histogram.last = value;
            if (le[2] == "+Inf")
                histogram.inf = value;
            continue;
        }
        Histogram& histogram = histograms[family + '{' + labels + '}'];
        if (suffix == "_sum")
            histogram.sum = true;
        else if (suffix == "_count")
            histogram.count = value;
        else
            return "outside its family: " + line;
    }
    for (const auto& [name, histogram] : histograms)
        if (!histogram.sum || histogram.inf != histogram.count)
            return "an incomplete histogram: " + name;
    return {};
}

} // namespace gatehouse::test
