#pragma once

#include "engine/routing/reach/entrance.h"
#include "engine/routing/reach/outcome.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse::routing {

/// Numbers outcomes, so that those of two snapshots compare fast.
class OutcomeNumbers {
public:
    std::uint32_t of(const Outcome& outcome);

private:
    std::map<Outcome, std::uint32_t> numbers_;
};

/// One match on one side of a comparison.
struct CountedMatch {
    MatchPlace place;
    std::uint32_t outcome = 0;
    bool changed = true; ///< it has no like on the other side, or stands in another order there
};

/// Every match of one entrance on one side, in the order of the tables.
std::vector<CountedMatch> countMatches(const Entrance& entrance, const PortTable* port,
                                       const std::vector<std::uint32_t>& outcomeOfRule);

/// Marks the matches of both sides that have their like on the other one as unchanged: listener, hostname, path,
/// conditions and outcome are the same, and the order among such matches is. Wherever two sides treat a request
/// differently, at least one of the two matches that take it stays `changed`, or a listener has come or gone.
void markUnchanged(std::vector<CountedMatch>& before, std::vector<CountedMatch>& after);

} // namespace gatehouse::routing
