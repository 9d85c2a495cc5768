#pragma once

#include "importers/importer.h"
#include "importers/text_document.h"
#include "importers/text_problem.h"
#include "model/base/value.h"

#include <vector>

namespace gatehouse::importers {

/// Reads JSON (RFC 8259), one value or several behind each other, and appends the complete ones to `values`; a YAML
/// marker line (`---`) before the first is skipped. Reading ends at the first syntax Error, since nothing says where
/// the next value starts; a value with other Errors (duplicate keys) is left out. Returns true when there were no
/// Errors. The text must have passed checkText(). Thread: any.
bool readJson(const TextDocument& document, const ImportLimits& limits, std::vector<model::Value>& values,
              ProblemList& problems);

} // namespace gatehouse::importers
