#include "engine/routing/reach/reachability.h"

#include "model/api/routes.h"

#include <algorithm>

namespace gatehouse::routing {
namespace {

/// How many matches the manifest's rule has; a GRPCRoute's rule without any has the one that takes all.
std::size_t matchCount(const model::Route& route, std::uint32_t rule)
{
    if (route.kind == model::RouteKind::HTTPRoute)
        return static_cast<const model::HTTPRoute&>(route).rules[rule].matches.size();
    if (route.kind == model::RouteKind::GRPCRoute)
        return std::max<std::size_t>(1, static_cast<const model::GRPCRoute&>(route).rules[rule].matches.size());
    return 1;
}

std::string ruleText(const RuleOrigin& origin)
{
    return "rules[" + std::to_string(origin.rule) + ']';
}

/// "rules[0].matches[1] of this route", "HTTPRoute a/shop rules[0].matches[1] (shop.yaml:12:7)"
std::string winnerText(const model::Graph& graph, const Unreachable& loss)
{
    std::string place = ruleText(loss.winner);
    if (loss.hasMatch)
        place += ".matches[" + std::to_string(loss.winnerMatch) + ']';
    if (loss.winner.route == loss.origin.route)
        return place + " of the same route";
    const model::Route& route = *graph[loss.winner.route].resource;
    std::string text =
        std::string(toString(route.kind)) + ' ' + toString(route.key.name) + (loss.hasMatch ? ' ' + place : "");
    if (loss.winnerLocation.known())
        text += " (" + toString(loss.winnerLocation) + ')';
    return text;
}

model::Diagnostic problemOf(const model::Graph& graph, const Unreachable& loss, bool wholeRule)
{
    const bool byAnother = loss.cause != Unreachable::Cause::Listener;
    const std::string what = wholeRule || !loss.hasMatch ? "this rule" : "this match";
    model::Diagnostic problem;
    problem.severity = model::Severity::Warning;
    problem.location = loss.location;
    problem.object = graph[loss.origin.route].resource->key;
    problem.fieldPath = "spec." + ruleText(loss.origin);
    if (!wholeRule && loss.hasMatch)
        problem.fieldPath += ".matches[" + std::to_string(loss.match) + ']';
    switch (loss.cause) {
    case Unreachable::Cause::Equal:
        problem.code = "GH2503";
        problem.message = "never serves: " + winnerText(graph, loss) + " asks for just the same and wins";
        problem.remedy = "remove one of the two, or make them ask for different requests";
        break;
    case Unreachable::Cause::Shadowed:
        problem.code = wholeRule ? "GH2502" : "GH2501";
        problem.message = "no request ever reaches " + what + ": " + winnerText(graph, loss) + " takes them all";
        problem.remedy = "remove it, or make it ask for more than the other does";
        break;
    case Unreachable::Cause::Listener:
        problem.code = "GH2504";
        problem.message = "no request ever reaches " + what;
        problem.remedy = "attach the route to the listener that takes its hosts";
        break;
    }
    problem.message += (byAnother ? " (" : ": ") + loss.reason + (byAnother ? ")" : "");
    return problem;
}

} // namespace

std::vector<model::Diagnostic> reachabilityProblems(const Snapshot& snapshot)
{
    const model::Graph& graph = *snapshot.graph;
    const Reachability found = reachability(snapshot);
    std::vector<model::Diagnostic> problems;
    for (std::size_t i = 0; i < found.unreachable.size();) {
        const Unreachable& first = found.unreachable[i];
        std::size_t end = i + 1;
        while (end < found.unreachable.size() && found.unreachable[end].origin.route == first.origin.route &&
               found.unreachable[end].origin.rule == first.origin.rule)
            ++end;
        // A rule that is lost as a whole is one problem, whatever the number of its matches.
        const bool whole = end - i == matchCount(*graph[first.origin.route].resource, first.origin.rule);
        for (std::size_t m = i; m < (whole ? i + 1 : end); ++m)
            problems.push_back(problemOf(graph, found.unreachable[m], whole));
        i = end;
    }
    return problems;
}

} // namespace gatehouse::routing
