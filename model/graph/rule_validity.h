#pragma once

#include "model/graph/resolve_passes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::model {

/// What makes a single rule invalid although the schema let it pass.
struct RuleProblem {
    std::string_view reason; ///< of Accepted or PartiallyInvalid
    std::string message;
    std::string remedy;
};

/// Judges one rule alone: filters that cannot be combined, a header that two actions of one modifier name.
std::optional<RuleProblem> checkRule(const Route& route, std::size_t rule);

/// Gathers invalid rules and draws the route's verdict: nothing, PartiallyInvalid, or refused when none is valid.
class RuleValidity {
public:
    void add(std::size_t rule, RuleProblem problem);
    void judge(std::size_t ruleCount, RouteVerdict& verdict) const;

private:
    std::size_t count_ = 0;
    std::string_view reason_;
    std::string message_;
};

} // namespace gatehouse::model
