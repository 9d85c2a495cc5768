#pragma once

#include "app/testing/judge.h"
#include "app/testing/observation.h"

namespace gatehouse::testing {

/// What the tables of a snapshot would do with a test's request: the explanation of `explain`, and for every backend
/// that may be chosen the request after the very filters that live traffic runs through. Who asks no backend does not
/// know its answers, but the built-in echo's. Losers are explained where the test asks for a reason, and with
/// `everybody`: they cost more than all the rest. Errors: Observation::error. Thread: any; reads only.
Observation observeModel(const routing::Snapshot& snapshot, const TestCase& test, bool everybody = false);

/// Explains a failure with everybody who lost.
void explainFailure(const routing::Snapshot& snapshot, CaseResult& result);

/// The places that an explanation names: Gateway, listener, route and rule.
void takePlaces(Observation& seen, const routing::Explanation& explanation);

/// The rule that an explanation found; null: none.
const routing::CompiledRule* ruleOf(const routing::Snapshot& snapshot, const routing::Explanation& explanation);

/// Every endpoint of a backend is the built-in echo.
bool isEcho(const routing::Snapshot& snapshot, const routing::WeightedBackend& backend);

} // namespace gatehouse::testing
