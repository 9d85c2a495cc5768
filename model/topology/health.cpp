#include "model/topology/health.h"

#include "model/graph/conditions.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// Unknown is better than trouble, but worse than good.
int badness(Health health)
{
    switch (health) {
    case Health::Good:
        return 0;
    case Health::Unknown:
        return 1;
    case Health::Warning:
        return 2;
    case Health::Bad:
        return 3;
    }
    return 3;
}

std::string sentence(const Condition& condition)
{
    return condition.message.empty() ? condition.reason : condition.reason + ": " + condition.message;
}

} // namespace

std::string_view toString(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Gateway:
        return "gateway";
    case NodeKind::ListenerSet:
        return "listenerset";
    case NodeKind::Route:
        return "route";
    case NodeKind::Backend:
        return "backend";
    case NodeKind::Policy:
        return "policy";
    case NodeKind::Other:
        return "other";
    }
    return "other";
}

std::string_view toString(Health health)
{
    switch (health) {
    case Health::Good:
        return "good";
    case Health::Warning:
        return "warning";
    case Health::Bad:
        return "bad";
    case Health::Unknown:
        return "unknown";
    }
    return "unknown";
}

void HealthVerdict::worsen(Health to, std::string why)
{
    if (badness(to) <= badness(health))
        return;
    health = to;
    text = std::move(why);
}

HealthVerdict healthOf(const std::vector<Condition>& conditions)
{
    HealthVerdict verdict;
    for (const Condition& condition : conditions) {
        const bool isTrue = condition.status == ConditionStatus::True;
        if ((condition.type == type::accepted || condition.type == type::programmed) && !isTrue)
            // An engine that has not spoken yet is no failure.
            verdict.worsen(condition.reason == reason::pending ? Health::Unknown : Health::Bad, sentence(condition));
        else if (condition.type == type::resolvedRefs && !isTrue)
            verdict.worsen(Health::Warning, sentence(condition));
        else if (condition.type == type::accepted && condition.reason == reason::listenersNotValid)
            verdict.worsen(Health::Warning, sentence(condition));
        else if (isTrue && (condition.type == type::overlappingTLSConfig ||
                            condition.type == type::insecureFrontendValidationMode))
            verdict.worsen(Health::Warning, sentence(condition));
    }
    return verdict;
}

HealthVerdict healthOf(const Graph& graph, const RouteNode& route)
{
    HealthVerdict verdict;
    const bool anyAccepted =
        std::any_of(route.parents.begin(), route.parents.end(), [](const ParentNode& p) { return p.accepted; });
    const bool anyOurs =
        std::any_of(route.parents.begin(), route.parents.end(), [](const ParentNode& p) { return p.ours; });
    if (route.parents.empty())
        verdict.worsen(Health::Warning, "it names no parent, so it serves nothing");
    else if (!anyOurs)
        verdict.worsen(Health::Bad, "none of its parents exists here, so it serves nothing");
    for (const ParentNode& parent : route.parents) {
        if (!parent.ours)
            verdict.worsen(Health::Warning, "parent " + parent.ref->kind + ' ' + parent.ref->name + " is not here");
        else if (!parent.accepted)
            verdict.worsen(anyAccepted ? Health::Warning : Health::Bad,
                           toString(graph[parent.gateway].resource->key) +
                               " refuses it: " + sentence(parent.conditions.front()));
        else
            for (const Condition& condition : parent.conditions)
                if ((condition.type == type::resolvedRefs && condition.status != ConditionStatus::True) ||
                    condition.type == type::partiallyInvalid)
                    verdict.worsen(Health::Warning, sentence(condition));
    }
    for (const RuleNode& rule : route.rules)
        if (!rule.brokenFilter.empty())
            verdict.worsen(Health::Warning, rule.brokenFilter);
    return verdict;
}

} // namespace gatehouse::model
