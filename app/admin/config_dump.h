#pragma once

#include "model/base/value.h"

namespace gatehouse::control {
struct State;
}

namespace gatehouse::admin {

/// What is in force, without any Secret's content: the topology and the routing tables. Deterministic.
model::Value configDump(const control::State& state);

} // namespace gatehouse::admin
