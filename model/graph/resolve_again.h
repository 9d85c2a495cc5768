#pragma once

#include "model/graph/resolve_memo.h"

#include <memory>
#include <optional>

namespace gatehouse::model {

/// resolve() from the graph before, when all that changed since is routes, Services, and what no Gateway refers to;
/// nullopt when more did, or so much that beginning anew is cheaper. The same graph comes out either way.
std::optional<Graph> resolveAgain(const std::shared_ptr<const ResourceSet>& resources, const ResolveOptions& options,
                                  const Graph& previous);

/// Puts the notes of all passes together; Graph::notes holds those of the last one so far.
void joinNotes(Graph& graph, const ResolveMemo& memo);

} // namespace gatehouse::model
