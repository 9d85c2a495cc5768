#include "app/testing/coverage.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <tuple>

namespace gatehouse::testing {

namespace {

auto keyOf(const CoverageItem& item)
{
    return std::tie(item.route, item.rule, item.match);
}

/// Where the matches of a rule stand; empty: the kind has none.
std::vector<model::Position> matchesOf(const model::Route& route, std::size_t rule)
{
    std::vector<model::Position> positions;
    if (route.kind == model::RouteKind::HTTPRoute)
        for (const auto& match : static_cast<const model::HTTPRoute&>(route).rules[rule].matches)
            positions.push_back(match.position);
    else if (route.kind == model::RouteKind::GRPCRoute)
        for (const auto& match : static_cast<const model::GRPCRoute&>(route).rules[rule].matches)
            positions.push_back(match.position);
    return positions;
}

bool isAttached(const model::RouteNode& node)
{
    return std::any_of(node.parents.begin(), node.parents.end(),
                       [](const model::ParentNode& parent) { return parent.accepted && !parent.attachments.empty(); });
}

} // namespace

std::string ruleWords(std::uint32_t rule, const std::string& name)
{
    return "rules[" + std::to_string(rule) + ']' + (name.empty() ? "" : " (" + name + ')');
}

void Coverage::add(CoverageItem item)
{
    const auto place = std::lower_bound(items_.begin(), items_.end(), item, [](const auto& a, const auto& b) {
        return std::pair(keyOf(a), toString(a.location)) < std::pair(keyOf(b), toString(b.location));
    });
    if (place != items_.end() && keyOf(*place) == keyOf(item) && toString(place->location) == toString(item.location))
        place->reached = place->reached || item.reached;
    else
        items_.insert(place, std::move(item));
}

void Coverage::add(const model::Graph& graph, const std::vector<CaseResult>& results)
{
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> reached;
    for (const CaseResult& result : results)
        if (result.explanation && result.explanation->served)
            reached.emplace(result.explanation->routeName, result.explanation->rule, result.explanation->match);
    const auto leaveOut = [&](OutsideCoverage outside) {
        const bool known = std::any_of(outside_.begin(), outside_.end(), [&](const OutsideCoverage& each) {
            return each.what == outside.what && toString(each.location) == toString(outside.location);
        });
        if (!known)
            outside_.push_back(std::move(outside));
    };
    for (const model::RouteNode& node : graph.routes) {
        const model::Route& route = *node.resource;
        const std::string name = std::string(toString(route.kind)) + '/' + toString(route.key.name);
        if (!isAttached(node)) {
            leaveOut({name, "is attached to no listener", route.source});
            continue;
        }
        for (std::uint32_t rule = 0; rule < route.ruleCount(); ++rule) {
            CoverageItem item{name, rule, 0, route.ruleName(rule), false, route.at(route.rulePosition(rule)), false};
            if (!node.rules[rule].dropped.empty()) {
                leaveOut({name + ' ' + ruleWords(rule, item.ruleName), node.rules[rule].dropped, item.location});
                continue;
            }
            const auto matches = matchesOf(route, rule);
            item.hasMatches = !matches.empty();
            for (item.match = 0; item.match < std::max<std::size_t>(matches.size(), 1); ++item.match) {
                // A match that the defaults added stands nowhere.
                if (item.match < matches.size() && matches[item.match].known())
                    item.location = route.at(matches[item.match]);
                item.reached = reached.contains({name, rule, item.match});
                add(item);
            }
        }
    }
}

std::size_t Coverage::reached() const
{
    return static_cast<std::size_t>(
        std::count_if(items_.begin(), items_.end(), [](const CoverageItem& item) { return item.reached; }));
}

double Coverage::percent() const
{
    return items_.empty() ? 100 : 100 * static_cast<double>(reached()) / static_cast<double>(items_.size());
}

std::string Coverage::text() const
{
    std::string text;
    const auto at = [](const model::SourceLocation& location) {
        const std::string place = toString(location);
        return place.empty() ? place : "  (" + place + ')';
    };
    if (reached() < items_.size())
        text += "Not reached by any test:\n";
    for (auto item = items_.begin(); item != items_.end();) {
        const auto end = std::find_if(item, items_.end(), [&](const CoverageItem& other) {
            return other.route != item->route || other.rule != item->rule;
        });
        const bool none = std::none_of(item, end, [](const CoverageItem& each) { return each.reached; });
        const std::string rule = "  " + item->route + ' ' + ruleWords(item->rule, item->ruleName);
        if (none && (end - item == 1 || !item->hasMatches))
            text += rule + at(item->location) + '\n';
        else
            for (; item != end; ++item)
                if (!item->reached)
                    text += rule + ".matches[" + std::to_string(item->match) + ']' + at(item->location) + '\n';
        item = end;
    }
    if (!outside_.empty())
        text += "Not counted, since no request can reach it:\n";
    for (const OutsideCoverage& each : outside_)
        text += "  " + each.what + ": " + each.reason + at(each.location) + '\n';
    char number[32];
    std::snprintf(number, sizeof number, "%.1f", std::floor(percent() * 10) / 10);
    return text + "coverage: " + std::to_string(reached()) + " of " + std::to_string(items_.size()) +
           " matches reached, " + number + " %\n";
}

} // namespace gatehouse::testing
