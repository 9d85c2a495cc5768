#include "app/testing/judge_parts.h"

#include "engine/routing/request_head.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::testing {

Finding compared(bool same, std::string expected, std::string got)
{
    return {same ? Verdict::Passed : Verdict::Failed, std::move(expected), std::move(got)};
}

Finding failed(std::string expected, std::string got)
{
    return {Verdict::Failed, std::move(expected), std::move(got)};
}

Finding notJudged(std::string expected, std::string why)
{
    return {Verdict::NotJudged, std::move(expected), std::move(why)};
}

std::string percent(double share)
{
    const long tenths = std::lround(share * 1000);
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0)
        text += '.' + std::to_string(tenths % 10);
    return text + " %";
}

std::string shortened(const std::string& text)
{
    constexpr std::size_t limit = 200;
    std::string line = "'";
    for (const char c : text.substr(0, limit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            line += "\\n";
        else
            line += byte < 0x20 || byte == 0x7f ? ' ' : c;
    }
    return line + (text.size() > limit ? "...'" : "'");
}

namespace {

std::string quotedList(const std::vector<std::string>& values)
{
    std::string text;
    for (const std::string& value : values)
        text += (text.empty() ? "'" : ", '") + value + '\'';
    return text.empty() ? "no value" : text;
}

std::string joined(const std::vector<std::string>& values)
{
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i)
        text += (i == 0 ? "" : ",") + values[i];
    return text;
}

} // namespace

std::string headerWords(const HeaderExpectation& header)
{
    if (header.absent)
        return "absent";
    if (header.values)
        return quotedList(*header.values);
    return header.match.empty() ? "present" : header.match.words();
}

Finding headerFinding(const HeaderExpectation& wanted, const SeenHeaders& seen)
{
    const std::string expected = headerWords(wanted);
    std::vector<std::string> values;
    for (const auto& [name, value] : seen.fields)
        if (routing::equalsIgnoreCase(name, wanted.name))
            values.push_back(value);
    const bool uncertain = seen.uncertain.contains(wanted.name);
    if (!seen.complete && !uncertain && values.empty() && !seen.certain.contains(wanted.name))
        return notJudged(expected, seen.unknown);
    if (values.empty() && !uncertain)
        return compared(wanted.absent, expected, "absent");
    if (wanted.absent)
        return failed(expected, uncertain ? "present" : quotedList(values));
    if (!wanted.values && wanted.match.empty())
        return compared(true, expected, "");
    if (uncertain)
        return notJudged(expected, "its value is made by the live gateway");
    if (wanted.values)
        return compared(values == *wanted.values, expected, quotedList(values));
    return compared(wanted.match.holds(joined(values)), expected, quotedList(values));
}

Finding reasonFinding(const TextMatch& wanted, const std::string& reason, const Observation& seen,
                      const std::string& expected)
{
    if (wanted.holds(reason))
        return compared(true, expected, reason);
    if (seen.foreign)
        return notJudged(expected, "another gateway has words of its own: " + shortened(reason));
    if (!seen.explanation)
        return failed(expected, "refused: " + reason);
    const routing::Explanation& explanation = *seen.explanation;
    std::vector<std::string> reasons{explanation.summary};
    for (const routing::RefusedListener& listener : explanation.listeners)
        reasons.push_back(listener.reason);
    for (const routing::Loser& loser : explanation.losers)
        reasons.push_back(loser.reason);
    for (const routing::Outsider& outsider : explanation.outsiders)
        reasons.push_back(outsider.reason);
    for (const routing::BackendShare& backend : explanation.backends)
        reasons.push_back(backend.target);
    const bool said =
        std::any_of(reasons.begin(), reasons.end(), [&](const std::string& each) { return wanted.holds(each); });
    return compared(said, expected, "refused: " + explanation.summary);
}

} // namespace gatehouse::testing
