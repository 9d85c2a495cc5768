#pragma once

#include "app/control/session.h"

namespace gatehouse::control {

/// Completes a State with what the engine reported of its snapshot: programming, listeners that do not serve, topology.
/// Thread: control.
void completeState(State& state, const engine::ApplyReport& report, const Config& config);

/// Fills State::statuses. What did not change since `before` (may be null) is shared with it and keeps its
/// lastTransitionTime. Thread: control.
void fillStatuses(State& state, const State* before, model::Timestamp now);

} // namespace gatehouse::control
