#pragma once

#include "importers/yaml/manifest_reader.h"

namespace gatehouse::importers {

/// Reads one document of a manifest file and appends the values in it: YAML, or JSON when it starts with { or [ (then
/// several may stand behind each other). What is no JSON may still be YAML in flow style; it is tried before an Error
/// is recorded. Empty documents append nothing. The text must have passed checkText(). Thread: any.
void readDocument(const TextDocument& document, const ImportLimits& limits, std::vector<model::Value>& values,
                  ProblemList& problems);

/// The documents of one file: a *.json file is one, any other is cut at its markers.
std::vector<TextDocument> documentsOf(std::string_view fileName, std::string_view text);

} // namespace gatehouse::importers
