#pragma once

#include "app/testing/observation.h"
#include "engine/routing/snapshot.h"

#include <optional>
#include <string>

namespace gatehouse::testing {

/// A request that one rule serves, or why none was found.
struct Witness {
    std::optional<TestCase> test; ///< its request and, where only that finds the rule, its Gateway; expects nothing
    std::string reason;           ///< "" when there is one
};

/// Looks for a request that `rule` of a route serves, by its first match that anything reaches: requests are made of
/// what the match and the attachments ask for, and tried with the matcher. Errors: none; an expression whose text
/// cannot be guessed, and a rule that others always beat, have no witness. Thread: any.
Witness findWitness(const routing::Snapshot& snapshot, const model::RouteNode& node, std::uint32_t rule);

} // namespace gatehouse::testing
