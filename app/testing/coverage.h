#pragma once

#include "app/testing/judge.h"
#include "model/graph/graph.h"

#include <string>
#include <vector>

namespace gatehouse::testing {

/// One match of one rule of an attached route; kinds whose rules have no matches count one a rule.
struct CoverageItem {
    std::string route; ///< "HTTPRoute/namespace/name"
    std::uint32_t rule = 0, match = 0;
    std::string ruleName;
    bool hasMatches = true;
    model::SourceLocation location;
    bool reached = false;
};

/// What no request can reach, and why: it does not count.
struct OutsideCoverage {
    std::string what, reason;
    model::SourceLocation location;
};

/// Which matches the tests' requests reached. Thread: one.
class Coverage {
public:
    /// Adds the matches of a graph, and what results of its tests reached. What was added before counts once.
    void add(const model::Graph& graph, const std::vector<CaseResult>& results);

    [[nodiscard]] const std::vector<CoverageItem>& items() const noexcept { return items_; } ///< by route, rule, match
    [[nodiscard]] const std::vector<OutsideCoverage>& outside() const noexcept { return outside_; }
    [[nodiscard]] std::size_t reached() const;
    [[nodiscard]] double percent() const;   ///< 100 when there is nothing to reach
    [[nodiscard]] std::string text() const; ///< for people: what was not reached, then the percentage

private:
    void add(CoverageItem item);

    std::vector<CoverageItem> items_;
    std::vector<OutsideCoverage> outside_;
};

/// "rules[1] (canary)" of a route's rule.
std::string ruleWords(std::uint32_t rule, const std::string& name);

} // namespace gatehouse::testing
