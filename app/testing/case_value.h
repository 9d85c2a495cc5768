#pragma once

#include "app/testing/observation.h"
#include "app/testing/test_file.h"
#include "engine/routing/snapshot.h"
#include "model/base/value.h"

namespace gatehouse::testing {

/// What a model run saw of a test, as its `expect`: places, backends or a redirect, and how the gateway itself refuses.
/// A test that expects it passes as the manifests are. `seen` has an explanation. Pure. Thread: any.
model::Value expectation(const routing::Snapshot& snapshot, const Observation& seen);

/// A test as an entry of `tests:`; `expect` takes the place of the test's own. Pure. Thread: any.
model::Value caseValue(const TestCase& test, model::Value expect);

} // namespace gatehouse::testing
