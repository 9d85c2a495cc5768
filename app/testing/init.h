#pragma once

#include "engine/routing/snapshot.h"

#include <string>
#include <vector>

namespace gatehouse::testing {

/// A first test file: a case for each rule, with a request that the rule serves and what the tables say of it, so that
/// it passes as it is. Rules that no request was found for are named in comments. `manifests` is written as it is;
/// empty: left out. Deterministic. Thread: any.
struct InitialTests {
    std::string text;
    std::size_t tests = 0, left = 0; ///< cases written; rules without one
};
InitialTests initialTests(const routing::Snapshot& snapshot, const std::vector<std::string>& manifests);

} // namespace gatehouse::testing
