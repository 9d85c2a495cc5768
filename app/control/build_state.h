#pragma once

#include "app/control/session.h"

namespace gatehouse::control {

/// buildState() for the one who goes on to complete the State with what the engine reports.
std::shared_ptr<State> makeState(importers::ManifestImporter& importer, const Config& config, const State* previous,
                                 std::istream* standardInput);

} // namespace gatehouse::control
