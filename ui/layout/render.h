#pragma once

#include "model/base/result.h"

#include <string>

namespace gatehouse::layout {

/// Draws Graphviz DOT text as `format`: "svg", "png" or "pdf". Returns the file's bytes.
/// Errors: text that is no DOT, a format that this Graphviz cannot write; in words. Thread: any; callers wait for each
/// other.
model::Result<std::string, std::string> render(const std::string& dotText, const std::string& format);

/// Of the Graphviz that this was built with.
std::string graphvizVersion();

} // namespace gatehouse::layout
