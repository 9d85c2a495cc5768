#pragma once

#include "model/base/shared_map.h"
#include "model/base/value.h"
#include "model/graph/graph.h"
#include "model/graph/programming.h"

#include <memory>

namespace gatehouse::model {

/// `.status` by object. Never null; two moments share what did not change.
using Statuses = SharedMap<ObjectKey, std::shared_ptr<const Value>>;

/// Conditions of one object at an earlier moment, to keep lastTransitionTime where status did not change.
struct StatusClock {
    Timestamp now;                      ///< stamped on conditions that changed
    const Statuses* previous = nullptr; ///< earlier `.status` by object; null: none
    /// The graph that `previous` was written for, to write anew only what differs between the two; null: write all.
    const Graph* previousGraph = nullptr;
};

/// `.status` of every object that has one, as a conformant controller writes it (semantics 4): by ObjectKey, member
/// order as kubectl shows it, observedGeneration on every condition, types, groups and kinds written explicitly.
/// Deterministic: same input, same bytes, whatever is shared with `clock.previous`. Errors: none. Thread: any.
Statuses statuses(const Graph& graph, const Programming& programming, const StatusClock& clock);

/// All conditions of a Gateway (or a listener) with Programmed among them, as statuses() writes them.
std::vector<Condition> gatewayConditions(const Graph& graph, const Programming& programming, GatewayIndex gateway);
std::vector<Condition> listenerConditions(const Graph& graph, const Programming& programming, ListenerIndex listener);

} // namespace gatehouse::model
