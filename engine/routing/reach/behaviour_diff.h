#pragma once

#include "engine/routing/reach/entrance.h"
#include "engine/routing/reach/outcome.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::routing {

/// Where a request ends on one side of a comparison.
struct RoutedTo {
    std::string routeName; ///< "HTTPRoute/namespace/name"; "": no rule takes it
    std::uint32_t rule = 0;
    model::SourceLocation location;
    Outcome outcome;
};

/// Requests (or connections) that two snapshots treat differently, with the smallest of them.
struct BehaviourChange {
    Entrance entrance;
    RoutedTo before, after;
    ExplainRequest witness; ///< of requests; of connections with TLS it has the serverName alone
    std::size_t kinds = 1;  ///< pairs of matches that show the same change

    /// False: the same backend or answer, reached with other filters, timeouts or retries.
    [[nodiscard]] bool isDestination() const { return before.outcome.destination != after.outcome.destination; }
};

struct BehaviourDiff {
    std::vector<BehaviourChange> changes; ///< by entrance, then by witness
    /// Pairs of matches whose regular expressions left open whether requests meet both; each line names the two.
    std::vector<std::string> undecided;
};

/// Compares what two snapshots do with every request that there can be, by entrance: by reasoning over pairs of
/// matches of which at least one has no like on the other side, not by trying requests out. Each witness has been sent
/// through both snapshots' matcher. Exact but for the `undecided` pairs. Thread: any.
/// Cost: changed matches times matches that share host and path with them; the rest is linear.
BehaviourDiff compareBehaviour(const Snapshot& before, const Snapshot& after);

} // namespace gatehouse::routing
