#pragma once

#include "model/base/value.h"
#include "model/graph/graph.h"
#include "model/graph/programming.h"

#include <map>

namespace gatehouse::model {

/// Conditions of one object at an earlier moment, to keep lastTransitionTime where status did not change.
struct StatusClock {
    Timestamp now;                                        ///< stamped on conditions that changed
    const std::map<ObjectKey, Value>* previous = nullptr; ///< earlier `.status` by object; null: none
};

/// `.status` of every object that has one, as a conformant controller writes it (semantics 4): by ObjectKey, member
/// order as kubectl shows it, observedGeneration on every condition, types, groups and kinds written explicitly.
/// Deterministic: same input, same bytes. Errors: none. Thread: any.
std::map<ObjectKey, Value> statuses(const Graph& graph, const Programming& programming, const StatusClock& clock);

/// All conditions of a Gateway (or a listener) with Programmed among them, as statuses() writes them.
std::vector<Condition> gatewayConditions(const Graph& graph, const Programming& programming, GatewayIndex gateway);
std::vector<Condition> listenerConditions(const Graph& graph, const Programming& programming, ListenerIndex listener);

} // namespace gatehouse::model
