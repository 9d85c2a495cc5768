#pragma once

#include "engine/routing/snapshot.h"

#include <string>
#include <vector>

namespace gatehouse::routing {

/// What becomes of the requests or connections of a rule, in words that do not depend on who wrote the rule: two rules
/// with equal outcomes cannot be told apart from outside, but for the texts of certificates and where endpoints are.
struct Outcome {
    std::string destination;            ///< "a/shop:80", "a/shop:80 90 %, a/next:80 10 %", "301 to https://*", "404"
    std::vector<std::string> treatment; ///< filters, timeouts, retry, session: a line each
    auto operator<=>(const Outcome&) const = default;
};

/// The outcome of a rule; an invalid index: 404, or for connections that they are closed.
Outcome outcomeOf(const Snapshot& snapshot, RuleIndex rule, Carrier carrier);

} // namespace gatehouse::routing
