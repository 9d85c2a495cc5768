#include "model/graph/rule_validity.h"

#include "model/base/ascii.h"
#include "model/graph/conditions.h"

#include <unordered_set>

namespace gatehouse::model {
namespace {

/// The first header that more than one action names: HTTPHeaderFilter allows one action a header.
std::string ambiguousHeader(const HeaderModifier& modifier)
{
    std::unordered_set<std::string> seen;
    for (const HTTPHeader& header : modifier.set)
        if (!seen.insert(lowered(header.name)).second)
            return header.name;
    for (const HTTPHeader& header : modifier.add)
        if (!seen.insert(lowered(header.name)).second)
            return header.name;
    for (const std::string& name : modifier.remove)
        if (!seen.insert(lowered(name)).second)
            return name;
    return {};
}

std::optional<RuleProblem> checkFilters(const std::vector<HTTPRouteFilter>& filters)
{
    bool redirects = false, rewrites = false;
    for (const HTTPRouteFilter& filter : filters) {
        redirects = redirects || std::holds_alternative<RequestRedirect>(filter);
        rewrites = rewrites || std::holds_alternative<URLRewrite>(filter);
        std::string header;
        if (const auto* request = std::get_if<RequestHeaderModifier>(&filter))
            header = ambiguousHeader(request->headers);
        else if (const auto* response = std::get_if<ResponseHeaderModifier>(&filter))
            header = ambiguousHeader(response->headers);
        if (!header.empty())
            return RuleProblem{reason::unsupportedValue,
                               std::string(filterType(filter)) + " names header " + header + " in more than one action",
                               "leave one of set, add and remove for it"};
    }
    if (redirects && rewrites)
        return RuleProblem{reason::incompatibleFilters, "RequestRedirect and URLRewrite cannot be combined",
                           "remove one of the two filters"};
    return std::nullopt;
}

} // namespace

std::optional<RuleProblem> checkRule(const Route& route, std::size_t rule)
{
    if (auto problem = checkFilters(route.filters(rule)))
        return problem;
    for (const BackendRef& backend : route.backendRefs(rule))
        if (auto problem = checkFilters(backend.filters))
            return problem;
    return std::nullopt;
}

void RuleValidity::add(std::size_t rule, RuleProblem problem)
{
    if (count_++ == 0)
        reason_ = problem.reason;
    message_ +=
        (message_.empty() ? "Dropped Rule " : "; Dropped Rule ") + std::to_string(rule) + ": " + problem.message;
}

void RuleValidity::judge(std::size_t ruleCount, RouteVerdict& verdict) const
{
    if (count_ == 0)
        return;
    if (count_ == ruleCount)
        verdict.refused = condition::notAccepted(reason_, "no rule is valid: " + message_);
    else
        verdict.partiallyInvalid = condition::partiallyInvalid(reason_, message_);
}

} // namespace gatehouse::model
