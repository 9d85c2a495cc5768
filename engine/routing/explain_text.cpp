#include "engine/routing/explain_text.h"

#include "engine/routing/explain_parts.h"

#include <cmath>

namespace gatehouse::routing {
namespace {

std::string at(const model::SourceLocation& location)
{
    const std::string text = toString(location);
    return text.empty() ? text : "  (" + text + ')';
}

/// One decimal where it says more than the whole number: "33.3 %", "50 %".
std::string percent(double share)
{
    const long tenths = std::lround(share * 1000);
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0)
        text += '.' + std::to_string(tenths % 10);
    return text + " %";
}

} // namespace

std::string toText(const Explanation& explanation)
{
    std::string text = explanation.summary + '\n';
    const bool isHttp = explanation.carrier == Carrier::Http; // others have no matches
    const auto line = [&](const std::string& name, const std::string& value) {
        if (!value.empty())
            text += "  " + name + std::string(name.size() < 10 ? 10 - name.size() : 1, ' ') + value + '\n';
    };
    if (explanation.endpoint)
        line("endpoint", toText(*explanation.endpoint));
    line("gateway", explanation.gatewayName);
    line("listener", explanation.listenerName);
    if (explanation.served) {
        line("route", explanation.routeName + at(explanation.location));
        line("rule", "rules[" + std::to_string(explanation.rule) + ']' +
                         (explanation.ruleName.empty() ? "" : " (" + explanation.ruleName + ')') +
                         (isHttp ? ", matches[" + std::to_string(explanation.match) + ']' : ""));
    }
    for (const std::string& words : explanation.filters)
        line("filter", words);
    for (const BackendShare& share : explanation.backends) {
        line("backend", share.backend + "  " + percent(share.share) + "  " + share.target);
        for (const RequestEdit& edit : share.edits)
            line("", edit.field + ": " + (edit.before.empty() ? "absent" : edit.before) + " -> " +
                         (edit.after.empty() ? "absent" : edit.after));
    }

    const auto heading = [&](bool any, const char* words) {
        if (any)
            text += std::string("\n") + words + '\n';
    };
    heading(!explanation.listeners.empty(), "Listeners that did not take it");
    for (const RefusedListener& refused : explanation.listeners)
        text += "  " + refused.gatewayName + '/' + refused.listenerName + ": " + refused.reason + '\n';
    heading(!explanation.losers.empty(), "Rules that lost");
    for (const Loser& loser : explanation.losers)
        text += "  " + loser.routeName + " rules[" + std::to_string(loser.rule) + ']' +
                (isHttp ? ".matches[" + std::to_string(loser.match) + ']' : "") + ": " + loser.reason +
                at(loser.location) + '\n';
    heading(!explanation.outsiders.empty(), "Routes that took no part");
    for (const Outsider& outsider : explanation.outsiders)
        text += "  " + outsider.routeName + ": " + outsider.reason + at(outsider.location) + '\n';
    return text;
}

} // namespace gatehouse::routing
