#include "engine/routing/reach/behaviour_diff.h"

#include "engine/routing/reach/least_request.h"
#include "engine/routing/reach/match_census.h"
#include "engine/routing/reach/server_names.h"
#include "engine/routing/reach/subsumes.h"

#include <algorithm>
#include <re2/re2.h>
#include <set>
#include <tuple>
#include <unordered_map>

namespace gatehouse::routing {
namespace {

/// One of the two snapshots, as far as an entrance is concerned.
struct Side {
    const Snapshot& snapshot;
    std::vector<std::uint32_t> outcomeOfRule; ///< numbers of OutcomeNumbers
    const PortTable* port = nullptr;
    std::vector<CountedMatch> matches;
};

std::vector<std::uint32_t> numbersOf(const Snapshot& snapshot, OutcomeNumbers& numbers)
{
    std::vector<std::uint32_t> outcomes;
    outcomes.reserve(snapshot.rules.size());
    for (std::uint32_t r = 0; r < snapshot.rules.size(); ++r)
        outcomes.push_back(numbers.of(outcomeOf(snapshot, {r}, Carrier::Http)));
    return outcomes;
}

/// How much a reader has to take in; less is better.
auto sizeOf(const ExplainRequest& request)
{
    return std::tuple(request.headers.size(), request.query.size(), request.method != "GET",
                      request.path.size() + request.authority.size(), std::tie(request.authority, request.path));
}

/// Matches of one side by what a question about them needs: those whose hosts meet a given hostname's.
class MatchesByHost {
public:
    explicit MatchesByHost(const std::vector<CountedMatch>& matches)
    {
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const auto& hostname = matches[i].place.hostname();
            Group& group = groups_[hostname ? hostname->text() : ""];
            group.hostname = hostname;
            group.matches.push_back(i);
        }
    }

    template <class Visit>
    void meeting(const std::optional<model::Hostname>& hostname, Visit&& visit) const
    {
        if (hostname && !hostname->isWildcard()) { // itself, wildcards above it, all: few look-ups
            visitGroup(hostname->text(), visit);
            const std::string& text = hostname->text();
            for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1))
                visitGroup('*' + text.substr(dot), visit);
            visitGroup("", visit);
            return;
        }
        std::optional<model::Hostname> common;
        for (const auto& [name, group] : groups_)
            if (intersect(group.hostname, hostname, common))
                for (const std::size_t i : group.matches)
                    visit(i);
    }

private:
    struct Group {
        std::optional<model::Hostname> hostname;
        std::vector<std::size_t> matches;
    };

    template <class Visit>
    void visitGroup(const std::string& name, Visit&& visit) const
    {
        const auto group = groups_.find(name);
        if (group != groups_.end())
            for (const std::size_t i : group->second.matches)
                visit(i);
    }

    std::unordered_map<std::string, Group> groups_;
};

/// Between which texts, in the order of bytes, every path of a match lies.
struct PathRange {
    std::string least, most;
    bool open = false; ///< nothing is known
};

PathRange rangeOf(const MatchPlace& match)
{
    PathRange range;
    const PathPattern& pattern = match.pattern();
    switch (pattern.type) {
    case model::PathMatchType::Exact:
        range.least = range.most = pattern.value;
        break;
    case model::PathMatchType::PathPrefix:
        range.least = prefixElements(pattern.value);
        range.most = range.least + '\xff';
        break;
    case model::PathMatchType::RegularExpression:
        const Conditions* const conditions = match.conditions();
        range.open = !conditions || !conditions->pathRegex ||
                     !conditions->pathRegex->PossibleMatchRange(&range.least, &range.most, 256);
        break;
    }
    return range;
}

bool rangesMeet(const PathRange& a, const PathRange& b)
{
    return a.open || b.open || (a.least <= b.most && b.least <= a.most);
}

/// Cheap and on the safe side: false only when no path meets both.
bool pathsMayMeet(const MatchPlace& a, const MatchPlace& b)
{
    using model::PathMatchType;
    const PathPattern &p = a.pattern(), &q = b.pattern();
    if (p.type == PathMatchType::RegularExpression || q.type == PathMatchType::RegularExpression)
        return rangesMeet(rangeOf(a), rangeOf(b));
    if (p.type == PathMatchType::Exact && q.type == PathMatchType::Exact)
        return p.value == q.value;
    const auto below = [](const PathPattern& path, const PathPattern& prefix) {
        const std::string_view elements = prefixElements(prefix.value);
        const std::string_view value = path.type == PathMatchType::Exact ? path.value : prefixElements(path.value);
        return value.starts_with(elements) && (value.size() == elements.size() || value[elements.size()] == '/');
    };
    return (q.type == PathMatchType::PathPrefix && below(p, q)) || (p.type == PathMatchType::PathPrefix && below(q, p));
}

class Comparison {
public:
    Comparison(const Snapshot& before, const Snapshot& after)
        : fresh_(freshNames({&before, &after})), before_{before, numbersOf(before, numbers_), nullptr, {}},
          after_{after, numbersOf(after, numbers_), nullptr, {}}
    {
    }

    BehaviourDiff run()
    {
        const auto old = entrancesOf(before_.snapshot), fresh = entrancesOf(after_.snapshot);
        std::set<Entrance> all;
        for (const auto* entrances : {&old, &fresh})
            for (const auto& [entrance, port] : *entrances)
                all.insert(entrance);
        for (const Entrance& entrance : all) {
            const auto a = old.find(entrance), b = fresh.find(entrance);
            before_.port = a == old.end() ? nullptr : a->second;
            after_.port = b == fresh.end() ? nullptr : b->second;
            compare(entrance);
        }
        for (auto& [key, change] : changes_)
            result_.changes.push_back(std::move(change));
        std::sort(result_.changes.begin(), result_.changes.end(),
                  [](const BehaviourChange& a, const BehaviourChange& b) {
                      const auto key = [](const BehaviourChange& c) {
                          return std::tie(c.entrance, c.witness.authority, c.witness.path, c.witness.method,
                                          c.witness.query, c.witness.headers, c.before.routeName, c.before.rule,
                                          c.after.routeName, c.after.rule);
                      };
                      return key(a) < key(b);
                  });
        result_.undecided.assign(undecided_.begin(), undecided_.end());
        return std::move(result_);
    }

private:
    void compare(const Entrance& entrance)
    {
        entrance_ = &entrance;
        if (entrance.carrier == Carrier::Tls || entrance.carrier == Carrier::Tcp || entrance.carrier == Carrier::Udp)
            for (ServerNameChange& change :
                 compareConnections({before_.snapshot, before_.port}, {after_.snapshot, after_.port}, entrance, fresh_))
                record(std::move(change.before), std::move(change.after), std::move(change.witness));
        if (entrance.carrier == Carrier::Tcp || entrance.carrier == Carrier::Udp)
            return;
        for (Side* side : {&before_, &after_})
            side->matches = countMatches(entrance, side->port, side->outcomeOfRule);
        if (before_.port && after_.port)
            markUnchanged(before_.matches, after_.matches);
        findRegions();
        compareMatches();
    }

    /// Hosts that belong to another listener than before: there every match counts as changed.
    void findRegions()
    {
        regions_.clear();
        const auto keys = [&](const PortTable* port) {
            std::set<std::pair<std::optional<model::Hostname>, model::Protocol>> set;
            if (port)
                for (const ListenerTable& listener : port->listeners)
                    set.emplace(listener.hostname, listener.protocol);
            return set;
        };
        const auto old = keys(before_.port), fresh = keys(after_.port);
        std::set<std::optional<model::Hostname>> regions;
        for (const auto& key : old)
            if (!fresh.contains(key))
                regions.insert(key.first);
        for (const auto& key : fresh)
            if (!old.contains(key))
                regions.insert(key.first);
        regions_.assign(regions.begin(), regions.end());
        std::optional<model::Hostname> common;
        for (Side* side : {&before_, &after_})
            for (CountedMatch& match : side->matches)
                for (const auto& region : regions_)
                    match.changed = match.changed || intersect(match.place.hostname(), region, common);
    }

    void compareMatches()
    {
        const MatchesByHost oldByHost(before_.matches), freshByHost(after_.matches);
        for (const CountedMatch& match : before_.matches) {
            if (!match.changed)
                continue;
            tryAlone(match, true);
            freshByHost.meeting(match.place.hostname(), [&](std::size_t i) { tryPair(match, after_.matches[i]); });
        }
        for (const CountedMatch& match : after_.matches) {
            if (!match.changed)
                continue;
            tryAlone(match, false);
            oldByHost.meeting(match.place.hostname(), [&](std::size_t i) {
                if (!before_.matches[i].changed) // else the pair has been tried above
                    tryPair(before_.matches[i], match);
            });
        }
    }

    [[nodiscard]] LeastQuestion question(std::vector<MatchPlace> matches) const
    {
        LeastQuestion question;
        question.matches = std::move(matches);
        question.scheme = entrance_->carrier == Carrier::Tls ? "https" : "http";
        question.gateway = entrance_->gateway;
        return question;
    }

    /// Requests that one side's match takes and that nobody takes on the other side.
    void tryAlone(const CountedMatch& match, bool isBefore)
    {
        LeastQuestion asked = question({match.place});
        tryAlone(match, isBefore, asked);
        std::optional<model::Hostname> common;
        for (const auto& region : regions_) {
            if (!intersect(match.place.hostname(), region, common) || common == match.place.hostname())
                continue;
            asked.within = region;
            tryAlone(match, isBefore, asked);
        }
    }

    void tryAlone(const CountedMatch& match, bool isBefore, const LeastQuestion& asked)
    {
        const LeastRequests least = leastRequests(asked, fresh_);
        bool decided = least.requests.empty() && least.exact;
        for (const ExplainRequest& request : least.requests) {
            const Landing old = land(before_.snapshot, before_.port, request);
            const Landing fresh = land(after_.snapshot, after_.port, request);
            const Landing& own = isBefore ? old : fresh;
            const Landing& other = isBefore ? fresh : old;
            if (own.candidate == &match.place.get() && !other.candidate)
                return record(routedTo(before_, old), routedTo(after_, fresh), request);
            const bool last = least.exact && &request == &least.requests.back();
            decided = decided || takes(own, match.place, {match.place}, last) ||
                      (other.candidate && takes(other, {}, {match.place}, last));
        }
        if (!decided)
            undecided_.insert(nameOf(isBefore ? before_ : after_, match) + (isBefore ? " before" : " after") +
                              " and no rule on the other side");
    }

    void tryPair(const CountedMatch& old, const CountedMatch& fresh)
    {
        if (old.outcome == fresh.outcome || !pathsMayMeet(old.place, fresh.place))
            return;
        const LeastRequests least = leastRequests(question({old.place, fresh.place}), fresh_);
        bool decided = least.requests.empty() && least.exact; // nothing meets both
        for (const ExplainRequest& request : least.requests) {
            const Landing a = land(before_.snapshot, before_.port, request);
            const Landing b = land(after_.snapshot, after_.port, request);
            if (a.candidate == &old.place.get() && b.candidate == &fresh.place.get())
                return record(routedTo(before_, a), routedTo(after_, b), request);
            // Somebody else takes this one; the last of them takes all, unless by an expression.
            const bool last = least.exact && &request == &least.requests.back();
            decided = decided || takes(a, old.place, {old.place, fresh.place}, last) ||
                      takes(b, fresh.place, {old.place, fresh.place}, last);
        }
        if (!decided)
            undecided_.insert(nameOf(before_, old) + " before and " + nameOf(after_, fresh) + " after");
    }

    /// True when what a request landed on certainly takes every request that meets all of `met`, and it is not `own`.
    /// `last`: the request is the last of exact ones.
    static bool takes(const Landing& landing, const MatchPlace& own, const std::vector<MatchPlace>& met, bool last)
    {
        if (own.listener && landing.candidate == &own.get())
            return false;
        if (!landing.candidate)
            return last; // another listener's, or nobody's
        const MatchPlace winner = placeOf(landing);
        if (last && !isSelective(winner))
            return true;
        return std::any_of(met.begin(), met.end(), [&](const MatchPlace& match) {
            std::optional<model::Hostname> common;
            return intersect(winner.hostname(), match.hostname(), common) && common == match.hostname() &&
                   subsumes(winner, match);
        });
    }

    static std::string nameOf(const Side& side, const CountedMatch& match)
    {
        const RuleOrigin& origin = side.snapshot.rules[match.place.get().rule.value].origin;
        return origin.routeName + " rules[" + std::to_string(origin.rule) + "].matches[" +
               std::to_string(match.place.get().match) + ']';
    }

    static RoutedTo routedTo(const Side& side, const Landing& landing)
    {
        RoutedTo to;
        if (!landing.candidate) {
            to.outcome.destination = !side.port ? "nothing listens" : landing.listener ? "404" : "no listener takes it";
            return to;
        }
        const RuleOrigin& origin = side.snapshot.rules[landing.rule.value].origin;
        const model::Route& route = *(*side.snapshot.graph)[origin.route].resource;
        to.routeName = origin.routeName;
        to.rule = origin.rule;
        to.location = route.at(route.rulePosition(origin.rule));
        to.outcome = outcomeOf(side.snapshot, landing.rule, Carrier::Http);
        return to;
    }

    void record(RoutedTo before, RoutedTo after, ExplainRequest witness)
    {
        const Key key{*entrance_, before.routeName,          before.rule, numbers_.of(before.outcome), after.routeName,
                      after.rule, numbers_.of(after.outcome)};
        const auto known = changes_.find(key);
        if (known == changes_.end()) {
            changes_.emplace(key, BehaviourChange{*entrance_, std::move(before), std::move(after), std::move(witness)});
            return;
        }
        ++known->second.kinds;
        if (sizeOf(witness) < sizeOf(known->second.witness))
            known->second.witness = std::move(witness);
    }

    using Key =
        std::tuple<Entrance, std::string, std::uint32_t, std::uint32_t, std::string, std::uint32_t, std::uint32_t>;

    OutcomeNumbers numbers_;
    const FreshNames fresh_;
    Side before_, after_;
    const Entrance* entrance_ = nullptr;
    std::vector<std::optional<model::Hostname>> regions_;
    std::map<Key, BehaviourChange> changes_;
    std::set<std::string> undecided_;
    BehaviourDiff result_;
};

} // namespace

BehaviourDiff compareBehaviour(const Snapshot& before, const Snapshot& after)
{
    return Comparison(before, after).run();
}

} // namespace gatehouse::routing
