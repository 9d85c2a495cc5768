#pragma once

#include "engine/engine.h"

#include <string>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::admin {

/// The counters in the Prometheus text exposition format, version 0.0.4. `state` may be null.
std::string metrics(const engine::EngineStats& stats, const control::State* state);

} // namespace gatehouse::admin
