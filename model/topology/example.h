#pragma once

#include "model/api/routes.h"
#include "model/topology/topology.h"

#include <optional>

namespace gatehouse::model {

/// A request that a route's rules take; nothing for layer 4, and where every match asks for a regular expression: what
/// fits one is not ours to guess. Whether another route takes it first is not asked. Pure.
std::optional<ExampleRequest> exampleOf(const Route& route);

} // namespace gatehouse::model
