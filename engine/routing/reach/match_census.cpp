#include "engine/routing/reach/match_census.h"

#include <algorithm>
#include <unordered_map>

namespace gatehouse::routing {
namespace {

void append(std::string& text, std::string_view part)
{
    text += std::to_string(part.size());
    text += ':';
    text += part;
}

void append(std::string& text, const std::vector<ValueCondition>& conditions)
{
    std::vector<std::string> parts;
    parts.reserve(conditions.size());
    for (const ValueCondition& condition : conditions) {
        std::string part(condition.isRegex ? "~" : "=");
        append(part, condition.name);
        append(part, condition.value);
        parts.push_back(std::move(part));
    }
    std::sort(parts.begin(), parts.end());
    append(text, std::to_string(parts.size()));
    for (const std::string& part : parts)
        text += part;
}

/// Where the order among matches decides: one listener and hostname, and one path (of PathPrefix without the slashes at
/// its end), or all its expressions.
std::string bucketOf(const MatchPlace& place)
{
    const PathPattern& pattern = place.pattern();
    std::string text(toString(place.listener->protocol));
    append(text, place.listener->hostname ? place.listener->hostname->text() : "");
    append(text, place.hostname() ? place.hostname()->text() : "");
    text += static_cast<char>('0' + pathRank(pattern.type));
    if (pattern.type == model::PathMatchType::Exact)
        append(text, pattern.value);
    else if (pattern.type == model::PathMatchType::PathPrefix)
        append(text, prefixElements(pattern.value));
    return text;
}

/// All that tells a match from others of its bucket.
std::string identityOf(const CountedMatch& match)
{
    std::string text = std::to_string(match.outcome);
    const PathPattern& pattern = match.place.pattern();
    append(text, pattern.value);
    text += pattern.isGrpc ? 'g' : 'h';
    if (const Conditions* const conditions = match.place.conditions()) {
        append(text, conditions->method);
        append(text, conditions->headers);
        append(text, conditions->queryParams);
        if (conditions->grpc)
            for (const ValueCondition* part : {&conditions->grpc->service, &conditions->grpc->method}) {
                text += part->isRegex ? '~' : '=';
                append(text, part->value);
            }
    }
    return text;
}

/// Members of the longest increasing run of `numbers`, by index: the most that keeps its order.
std::vector<std::size_t> longestIncreasing(const std::vector<std::size_t>& numbers)
{
    std::vector<std::size_t> tails, previous(numbers.size(), numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto place = std::lower_bound(tails.begin(), tails.end(), i,
                                            [&](std::size_t tail, std::size_t) { return numbers[tail] < numbers[i]; });
        if (place != tails.begin())
            previous[i] = *std::prev(place);
        if (place == tails.end())
            tails.push_back(i);
        else
            *place = i;
    }
    std::vector<std::size_t> run;
    for (std::size_t i = tails.empty() ? numbers.size() : tails.back(); i < numbers.size(); i = previous[i])
        run.push_back(i);
    return run;
}

using Bucket = std::vector<std::size_t>; ///< indices, in order

std::unordered_map<std::string, Bucket> bucketsOf(const std::vector<CountedMatch>& matches)
{
    std::unordered_map<std::string, Bucket> buckets;
    for (std::size_t i = 0; i < matches.size(); ++i)
        buckets[bucketOf(matches[i].place)].push_back(i);
    return buckets;
}

/// Pairs the like of two buckets, the first of each side with the first of the other, and keeps those in order.
void pairUp(std::vector<CountedMatch>& before, const Bucket& old, std::vector<CountedMatch>& after, const Bucket& fresh)
{
    std::unordered_map<std::string, std::vector<std::size_t>> places; // in `fresh`, last first
    for (std::size_t i = fresh.size(); i-- > 0;)
        places[identityOf(after[fresh[i]])].push_back(i);
    std::vector<std::size_t> paired, positions;
    for (const std::size_t i : old) {
        const auto like = places.find(identityOf(before[i]));
        if (like == places.end() || like->second.empty())
            continue;
        paired.push_back(i);
        positions.push_back(like->second.back());
        like->second.pop_back();
    }
    for (const std::size_t kept : longestIncreasing(positions)) {
        before[paired[kept]].changed = false;
        after[fresh[positions[kept]]].changed = false;
    }
}

} // namespace

std::uint32_t OutcomeNumbers::of(const Outcome& outcome)
{
    return numbers_.emplace(outcome, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::vector<CountedMatch> countMatches(const Entrance& entrance, const PortTable* port,
                                       const std::vector<std::uint32_t>& outcomeOfRule)
{
    std::vector<CountedMatch> matches;
    if (!port)
        return matches;
    for (const ListenerTable& listener : port->listeners)
        if (listener.gatewayName == entrance.gateway && listener.specPort == entrance.port)
            forEachMatch(listener, [&](const MatchPlace& place) {
                matches.push_back({place, outcomeOfRule[place.get().rule.value], true});
            });
    return matches;
}

void markUnchanged(std::vector<CountedMatch>& before, std::vector<CountedMatch>& after)
{
    const auto old = bucketsOf(before), fresh = bucketsOf(after);
    for (const auto& [key, bucket] : old)
        if (const auto other = fresh.find(key); other != fresh.end())
            pairUp(before, bucket, after, other->second);
}

} // namespace gatehouse::routing
