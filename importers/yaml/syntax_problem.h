#pragma once

#include "importers/text_check.h"
#include "importers/text_problem.h"

#include <yaml-cpp/exceptions.h>

#include <string_view>

namespace gatehouse::importers {

/// How far the parser had come when it gave up.
struct ParseProgress {
    std::string_view text;         ///< of the document
    std::size_t lastEvent = 0;     ///< byte offset of the last node that was read: what is not closed opens behind it
    model::Position openContainer; ///< innermost list or mapping that has not ended; unknown when there is none
};

/// Records what the YAML parser complained about, in plain words and where a person would look for it.
void addSyntaxProblem(const YAML::ParserException& exception, const ParseProgress& progress, PositionTracker& tracker,
                      ProblemList& problems);

} // namespace gatehouse::importers
