#pragma once

#include "importers/importer.h"
#include "importers/text_problem.h"
#include "importers/yaml/document_split.h"
#include "model/base/value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// Reads one document of a YAML stream. Positions count from the document's line in its file.
/// Returns nullopt when the document had an Error (recorded in `problems`); null for an empty document.
/// The text must have passed checkText(). Thread: any.
std::optional<model::Value> readYamlDocument(const TextDocument& document, const ImportLimits& limits,
                                             ProblemList& problems);

/// Reads all documents of `text` (YAML 1.2 with kubectl's YAML 1.1 scalars) and appends those without an Error, empty
/// ones left out. Problems are appended, by place. Returns true when there were no Errors.
bool readYaml(std::string_view text, const std::shared_ptr<const std::string>& file, const ImportLimits& limits,
              std::vector<model::Value>& documents, std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::importers
