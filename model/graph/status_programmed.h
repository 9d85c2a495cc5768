#pragma once

#include "model/graph/status.h"

namespace gatehouse::model {

/// Conditions of a ListenerSet with Programmed among them, as statuses() writes them.
std::vector<Condition> listenerSetConditions(const Graph& graph, const Programming& programming, ListenerSetIndex set);

} // namespace gatehouse::model
