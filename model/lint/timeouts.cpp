// Times that leave no room for each other: HTTPRouteTimeouts and HTTPRouteRetry of one rule. That one try is longer
// than the whole request is an error of the rule itself (GH1225).

#include "model/lint/check.h"

namespace gatehouse::model::checks {
namespace {

using std::chrono::milliseconds;

std::string shown(milliseconds time)
{
    if (time.count() % 1000 == 0)
        return std::to_string(time.count() / 1000) + 's';
    return std::to_string(time.count()) + "ms";
}

/// Tries after the first; what stands when the manifest leaves it out (GEP-1731 leaves it to implementations).
std::uint32_t attemptsOf(const HTTPRouteRetry& retry)
{
    return retry.attempts.value_or(1);
}

/// The waits alone use the request's time up: `backoff` is the least time between two tries.
bool backoffLeavesNoTime(const HTTPRouteRule& rule, Findings& findings, const Place& place)
{
    const HTTPRouteRetry& retry = *rule.retry;
    if (!retry.backoff || retry.backoff->count() == 0)
        return false;
    const std::int64_t request = rule.timeouts.request->count();
    const std::int64_t fitting = (request - 1) / retry.backoff->count(); // waits that end before the request does
    const std::uint32_t attempts = attemptsOf(retry);
    if (fitting >= attempts)
        return false;
    findings.add(place, {lint_code::noTimeForRetries,
                         Severity::Warning,
                         (fitting == 0 ? "no retry ever begins"
                                       : "at most " + std::to_string(fitting) + " of " + std::to_string(attempts) +
                                             " retries can begin") +
                             std::string(": each waits for ") + shown(*retry.backoff) +
                             " at least, and the request ends after " + shown(*rule.timeouts.request),
                         {},
                         "shorten retry.backoff, lower retry.attempts, or raise timeouts.request"});
    return true;
}

void judge(const HTTPRoute& route, std::size_t r, Findings& findings)
{
    const HTTPRouteRule& rule = route.rules[r];
    // 0 switches a limit off.
    if (!rule.retry || attemptsOf(*rule.retry) == 0 || !rule.timeouts.request || rule.timeouts.request->count() == 0)
        return;
    const Place retryPlace{route, rulePath(r) + ".retry", placeOf(route, {"spec", "rules", r, "retry"})};
    if (backoffLeavesNoTime(rule, findings, retryPlace))
        return;
    const auto& backendRequest = rule.timeouts.backendRequest;
    if (!backendRequest || backendRequest->count() == 0 || *backendRequest < *rule.timeouts.request)
        return;
    findings.add({route, rulePath(r) + ".timeouts.backendRequest",
                  placeOf(route, {"spec", "rules", r, "timeouts", "backendRequest"})},
                 {lint_code::noRetryAfterTimeout,
                  Severity::Info,
                  "a try that runs into its timeout is never retried: it ends with the request, after " +
                      shown(*rule.timeouts.request),
                  {},
                  "make timeouts.backendRequest shorter than timeouts.request"});
}

} // namespace

void timeouts(const Graph& graph, Findings& findings)
{
    for (const RouteNode& node : graph.routes) {
        if (node.resource->kind != RouteKind::HTTPRoute)
            continue;
        const auto& route = static_cast<const HTTPRoute&>(*node.resource);
        for (std::size_t r = 0; r < route.rules.size(); ++r)
            if (node.rules[r].dropped.empty())
                judge(route, r, findings);
    }
}

} // namespace gatehouse::model::checks
