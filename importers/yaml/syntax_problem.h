#pragma once

#include "importers/text_check.h"
#include "importers/text_problem.h"

#include <yaml-cpp/exceptions.h>

#include <string_view>

namespace gatehouse::importers {

/// Records what the YAML parser complained about in plain words. `lastEvent` is the byte offset of the last node that
/// was read; it leads back to the opening quote or bracket of what was never closed.
void addSyntaxProblem(const YAML::ParserException& exception, std::string_view text, std::size_t lastEvent,
                      PositionTracker& tracker, ProblemList& problems);

} // namespace gatehouse::importers
