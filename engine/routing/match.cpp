#include "engine/routing/match.h"

#include "engine/routing/match_with.h"

#include <algorithm>

namespace gatehouse::routing {

std::optional<RequestHead> announcedRequest(const Snapshot& snapshot, const PortTable& port,
                                            const RequestHead& preflight)
{
    NoObserver observer;
    const RouteDecision asked = matchAsItIs(snapshot, port, preflight, observer);
    const auto namesOptions = [&] {
        const std::uint32_t conditions = asked.candidate->conditions;
        return conditions != Candidate::noConditions && !asked.table->conditions[conditions].method.empty();
    };
    if (asked.candidate && namesOptions())
        return std::nullopt;
    RequestHead actual = preflight;
    actual.method = announcedMethod(preflight);
    const RouteDecision decision = matchAsItIs(snapshot, port, actual, observer);
    const auto hasCors = [](const auto& holder) { return corsOf(holder.filters) != nullptr; };
    if (!decision.rule || (!hasCors(*decision.rule) &&
                           std::none_of(decision.rule->backends.begin(), decision.rule->backends.end(), hasCors)))
        return std::nullopt;
    return actual;
}

RouteDecision match(const Snapshot& snapshot, const PortTable& port, const RequestHead& head) noexcept
{
    NoObserver observer;
    return matchWith(snapshot, port, head, observer);
}

const WeightedBackend* chooseBackend(const CompiledRule& rule, std::vector<std::int64_t>& state) noexcept
{
    if (rule.totalWeight == 0)
        return nullptr;
    if (rule.backends.size() == 1)
        return &rule.backends.front();
    // Smooth weighted round robin: everybody earns their weight, the richest is chosen and pays the total. Over any run
    // of `total` choices each backend gets exactly its weight, evenly spread; invalid references take part with theirs.
    std::size_t best = rule.backends.size();
    for (std::size_t i = 0; i < rule.backends.size(); ++i) {
        if (rule.backends[i].weight == 0)
            continue;
        state[i] += rule.backends[i].weight;
        if (best == rule.backends.size() || state[i] > state[best])
            best = i;
    }
    state[best] -= static_cast<std::int64_t>(rule.totalWeight);
    return &rule.backends[best];
}

} // namespace gatehouse::routing
