#pragma once

#include "engine/engine.h"

#include <string>
#include <vector>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::admin {

struct MetricsInput {
    engine::EngineStats engine;
    std::vector<engine::RuleStats> rules;
    std::vector<engine::SessionStats> sessions = {};
};

/// The counters in the Prometheus text exposition format, version 0.0.4. `state` may be null. A rule without requests
/// has no samples, nor has a class or flag of it that never came up: their number is bounded by what was used.
std::string metrics(const MetricsInput& input, const control::State* state);

} // namespace gatehouse::admin
