#include "engine/routing/reach/reachability.h"

#include "engine/routing/explain_parts.h"
#include "engine/routing/explain_reasons.h"
#include "engine/routing/reach/least_request.h"
#include "engine/routing/reach/subsumes.h"
#include "engine/routing/route_stream.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace gatehouse::routing {
namespace {

/// One match of a manifest, on however many listeners and hostnames it stands.
struct MatchKey {
    std::uint32_t route = 0, rule = 0, match = 0;
    auto operator<=>(const MatchKey&) const = default;
};

struct Verdict {
    bool reachable = false, undecided = false;
    std::optional<Unreachable> loss; ///< the first that was found
};

class Search {
public:
    explicit Search(const Snapshot& snapshot)
        : snapshot_(snapshot), graph_(*snapshot.graph), fresh_(freshNames({&snapshot}))
    {
    }

    Reachability run()
    {
        for (const auto& [entrance, port] : entrancesOf(snapshot_))
            for (const ListenerTable& listener : port->listeners)
                if (listener.gatewayName == entrance.gateway && listener.specPort == entrance.port)
                    search(*port, listener);
        Reachability result;
        for (auto& [key, verdict] : verdicts_) {
            if (verdict.reachable)
                continue;
            if (verdict.undecided) {
                const RuleOrigin& origin = verdict.loss->origin;
                if (result.undecidedRules.empty() || result.undecidedRules.back().route != origin.route ||
                    result.undecidedRules.back().rule != origin.rule)
                    result.undecidedRules.push_back(origin);
            } else {
                result.unreachable.push_back(std::move(*verdict.loss));
            }
        }
        return result;
    }

private:
    void search(const PortTable& port, const ListenerTable& listener)
    {
        if (listener.protocol == model::Protocol::HTTP || listener.protocol == model::Protocol::HTTPS) {
            forEachMatch(listener, [&](const MatchPlace& place) { searchMatch(port, place); });
            return;
        }
        if (listener.serverNames)
            for (const ServerNameTable::Entry& entry : listener.serverNames->entries)
                searchServerName(port, listener, entry);
        searchStreams(listener);
    }

    Verdict& verdictOf(const RuleOrigin& origin, std::uint32_t match)
    {
        return verdicts_[{origin.route.value, origin.rule, match}];
    }

    [[nodiscard]] model::SourceLocation locationOf(const RuleOrigin& origin, model::Position position) const
    {
        const model::Route& route = *graph_[origin.route].resource;
        return route.at(position.known() ? position : route.rulePosition(origin.rule));
    }

    [[nodiscard]] Unreachable lossOf(const MatchPlace& place) const
    {
        Unreachable loss;
        loss.origin = snapshot_.rules[place.get().rule.value].origin;
        loss.match = place.get().match;
        loss.location = locationOf(loss.origin, place.pattern().position);
        return loss;
    }

    void searchMatch(const PortTable& port, const MatchPlace& place)
    {
        const Candidate& candidate = place.get();
        Verdict& verdict = verdictOf(snapshot_.rules[candidate.rule.value].origin, candidate.match);
        if (verdict.reachable)
            return;
        LeastQuestion question;
        question.matches = {place};
        question.scheme = port.carrier == Carrier::Tls ? "https" : "http";
        const LeastRequests least = leastRequests(question, fresh_);
        Landing last;
        for (const ExplainRequest& request : least.requests) {
            last = land(snapshot_, &port, request);
            if (last.candidate == &candidate) {
                verdict.reachable = true;
                return;
            }
        }
        note(verdict, port, place, last, least.exact && !least.requests.empty());
    }

    void note(Verdict& verdict, const PortTable& port, const MatchPlace& place, const Landing& last, bool exact)
    {
        Unreachable loss = lossOf(place);
        if (last.listener == place.listener && last.candidate) {
            const MatchPlace winner = placeOf(last);
            loss.winner = snapshot_.rules[last.rule.value].origin;
            loss.winnerMatch = last.candidate->match;
            loss.winnerLocation = locationOf(loss.winner, winner.pattern().position);
            loss.cause = asksTheSame(winner, place) && winner.hostname() == place.hostname()
                             ? Unreachable::Cause::Equal
                             : Unreachable::Cause::Shadowed;
            loss.reason = CandidateRank(snapshot_, place.tables(), place.candidate)
                              .lostTo(CandidateRank(snapshot_, winner.tables(), winner.candidate));
            exact = (exact && !isSelective(winner)) || subsumes(winner, place);
        } else if (exact) {
            loss.cause = Unreachable::Cause::Listener;
            loss.reason = otherListener(port, place);
        }
        if (!exact)
            verdict.undecided = true;
        if (!verdict.loss || exact)
            verdict.loss = std::move(loss);
    }

    [[nodiscard]] static std::string otherListener(const PortTable& port, const MatchPlace& place)
    {
        const std::string name = place.hostname() ? place.hostname()->text() : "*";
        for (const ListenerTable& listener : port.listeners) {
            std::optional<model::Hostname> common;
            if (&listener != place.listener && listener.hostname &&
                intersect(listener.hostname, place.hostname(), common) && common == place.hostname())
                return "requests to " + name + " are those of listener " + listener.listenerName + " with hostname " +
                       listener.hostname->text();
        }
        return "no request to " + name + " comes to listener " + place.listener->listenerName;
    }

    // ---- connections and sessions

    [[nodiscard]] Unreachable lossOf(RuleIndex rule) const
    {
        Unreachable loss;
        loss.origin = snapshot_.rules[rule.value].origin;
        loss.hasMatch = false;
        loss.location = locationOf(loss.origin, {});
        return loss;
    }

    void loses(RuleIndex loser, RuleIndex winner, Unreachable::Cause cause, const std::string& reason)
    {
        Unreachable loss = lossOf(loser);
        loss.cause = cause;
        loss.reason = reason;
        if (winner.valid()) {
            loss.winner = snapshot_.rules[winner.value].origin;
            loss.winnerLocation = locationOf(loss.winner, {});
        }
        Verdict& verdict = verdictOf(loss.origin, 0);
        if (!verdict.loss)
            verdict.loss = std::move(loss);
    }

    [[nodiscard]] std::string outranked(RuleIndex winner) const
    {
        return "lost to the older route " + snapshot_.rules[winner.value].origin.routeName +
               " (or first by namespace/name)";
    }

    void searchServerName(const PortTable& port, const ListenerTable& listener, const ServerNameTable::Entry& entry)
    {
        const std::string name = !entry.hostname                ? fresh_.label + '.' + fresh_.domain
                                 : entry.hostname->isWildcard() ? fresh_.label + std::string(entry.hostname->suffix())
                                                                : entry.hostname->text();
        const StreamDecision decision = routeSni(snapshot_, port, name);
        for (const RuleIndex rule : entry.rules) {
            if (decision.ruleIndex == rule && decision.listener == &listener)
                verdictOf(snapshot_.rules[rule.value].origin, 0).reachable = true;
            else if (decision.listener == &listener)
                loses(rule, entry.rules.front(), Unreachable::Cause::Equal, outranked(entry.rules.front()));
            else
                loses(rule, {}, Unreachable::Cause::Listener,
                      "connections to " + name + " are those of another listener" +
                          (decision.listener ? ", " + decision.listener->listenerName : std::string()));
        }
    }

    void searchStreams(const ListenerTable& listener)
    {
        if (!listener.streamRule.valid())
            return;
        verdictOf(snapshot_.rules[listener.streamRule.value].origin, 0).reachable = true;
        for (const RuleIndex rule : listener.outrankedRules)
            loses(rule, listener.streamRule, Unreachable::Cause::Equal, outranked(listener.streamRule));
    }

    const Snapshot& snapshot_;
    const model::Graph& graph_;
    const FreshNames fresh_;
    std::map<MatchKey, Verdict> verdicts_;
};

} // namespace

Reachability reachability(const Snapshot& snapshot)
{
    return Search(snapshot).run();
}

} // namespace gatehouse::routing
