#pragma once

#include "model/base/diagnostic.h"
#include "model/graph/graph.h"

#include <vector>

namespace gatehouse::model {

/// Advice beyond validity: what a controller accepts and its author hardly meant. What resolve() noted is not said
/// again. In order of code, then of the graph. Pure. Errors: none. Cost: linear in resources plus attachments. Thread:
/// any; not for the path of an edit that is served, as it costs about as much as resolve().
std::vector<Diagnostic> lint(const Graph& graph);

} // namespace gatehouse::model
