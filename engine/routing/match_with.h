#pragma once

#include "engine/routing/filters/filters.h"
#include "engine/routing/match.h"
#include "engine/routing/route_table.h"

namespace gatehouse::routing {

/// Watches nothing and stops at the first match: what traffic uses. Compiled away.
struct NoObserver {
    static constexpr bool wantsAll = false;
    void listener(const ListenerTable&) noexcept {}
    void rejected(const Candidate&, Mismatch) noexcept {}
    void matched(const Candidate&) noexcept {}
};

/// The request that a preflight announces, as far as it is known, if it meets a rule with CORS; else nullopt.
std::optional<RequestHead> announcedRequest(const Snapshot& snapshot, const PortTable& port,
                                            const RequestHead& preflight);

/// The matcher. Candidates are asked in the precedence order of HTTPRouteRule.matches: hostnames from the most
/// specific, in each Exact, then RegularExpression, then PathPrefix from the longest. An observer that wantsAll is
/// shown every candidate whose host and path cover the request, also those after the winner, in the same order.
template <class Observer>
class Matcher {
public:
    Matcher(const HostTable& tables, const RequestHead& head, Observer& observer, RouteDecision& decision) noexcept
        : tables_(tables), head_(head), observer_(observer), decision_(decision)
    {
    }

    /// True when the search is over.
    bool tryHostname(std::uint32_t hostname)
    {
        // Walk down as far as the tree goes; `complete` when that is the whole path.
        std::uint32_t node = hostname;
        bool complete = false;
        std::string_view rest = head_.path.empty() ? std::string_view("/") : head_.path;
        const bool rooted = rest.front() == '/'; // "*" and authorities are below no prefix
        bool inner = rooted; // roots are not asked for children: that would touch one more cache line
        while (inner && !complete) {
            rest.remove_prefix(1);
            const std::size_t end = rest.find('/');
            const std::uint32_t child = tables_.child(node, rest.substr(0, end));
            if (child == HostTable::noNode)
                break;
            node = child;
            inner = tables_.nodes[node].hasChildren;
            complete = end == std::string_view::npos;
            if (!complete)
                rest.remove_prefix(end);
        }

        if (complete && tryAll(tables_.nodes[node].exact))
            return true;
        if (!tables_.expressions.empty() && tryAll(tables_.expressions[hostname]))
            return true;
        if (!rooted)
            return false;
        for (;; node = tables_.nodes[node].parent) {
            if (tryAll(tables_.nodes[node].prefix))
                return true;
            if (node == hostname)
                return false;
        }
    }

private:
    bool tryAll(CandidateRange range)
    {
        for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
            const Candidate& candidate = tables_.candidates[i];
            if (candidate.conditions != Candidate::noConditions) {
                if (const Mismatch mismatch = firstMismatch(tables_.conditions[candidate.conditions], head_)) {
                    observer_.rejected(candidate, mismatch);
                    continue;
                }
            }
            observer_.matched(candidate);
            if (!decision_.candidate) {
                decision_.candidate = &candidate;
                decision_.table = &tables_;
            }
            if constexpr (!Observer::wantsAll)
                return true;
        }
        return false;
    }

    const HostTable& tables_;
    const RequestHead& head_;
    Observer& observer_;
    RouteDecision& decision_;
};

template <class Observer>
RouteDecision matchAsItIs(const Snapshot& snapshot, const PortTable& port, const RequestHead& head, Observer& observer)
{
    RouteDecision decision;
    const LowerHost host(hostOf(head.authority));
    // Listener isolation: one listener owns the request, whether or not it has a rule for it.
    port.hostnames->visit(host.view(), [&](std::uint32_t number) {
        decision.listener = &port.listeners[number];
        return true;
    });
    if (!decision.listener)
        return decision;
    observer.listener(*decision.listener);
    decision.listener->hosts->visit(host.view(), [&](const HostTable& table, std::uint32_t hostname) {
        return Matcher<Observer>(table, head, observer, decision).tryHostname(hostname);
    });
    if (decision.candidate) {
        decision.ruleIndex = decision.candidate->rule;
        decision.rule = &snapshot.rules[decision.ruleIndex.value];
    }
    return decision;
}

/// A preflight asks about another request. Where that one meets a rule with CORS, the rule answers, although its
/// matches may name the method that is asked about; unless a match asks for OPTIONS by name.
template <class Observer>
RouteDecision matchWith(const Snapshot& snapshot, const PortTable& port, const RequestHead& head, Observer& observer)
{
    if (const auto actual = isPreflight(head) ? announcedRequest(snapshot, port, head) : std::nullopt)
        return matchAsItIs(snapshot, port, *actual, observer);
    return matchAsItIs(snapshot, port, head, observer);
}

} // namespace gatehouse::routing
