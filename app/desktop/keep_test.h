#pragma once

#include "engine/routing/snapshot.h"
#include "ui/document/probe_answer.h"

#include <string>
#include <vector>

namespace gatehouse::desktop {

/// Adds a request of the Probe to a test file, which is made when there is none, and replaced whole. It expects what
/// the tables say of it, and the answer's status where one came that they do not contradict. `manifests`: of a new
/// file. Errors: in the result; then the file is as it was. Thread: any but the UI thread; reads and writes the file.
ui::ProbeTestKept keepTest(const routing::Snapshot& snapshot, const ui::ProbeTest& test,
                           const std::vector<std::string>& manifests);

} // namespace gatehouse::desktop
