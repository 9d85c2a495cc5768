#pragma once

#include "engine/routing/explain.h"
#include "model/base/value.h"

namespace gatehouse::routing {

/// An explanation as `explain -o json` and the admin endpoint print it. Absent parts are left out; lists are always
/// there.
model::Value toValue(const Explanation& explanation);

} // namespace gatehouse::routing
