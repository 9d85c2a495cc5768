#pragma once

#include "model/base/value.h"

#include <string>

namespace gatehouse::importers {

/// Prints a Value as kubectl does: YAML with two spaces, lists not indented below their key, strings quoted only where
/// plain text would read as something else. No document marker, ends in a newline. Deterministic.
std::string toYaml(const model::Value& value);
/// The same as JSON; `indent` 0 prints one line without a newline, else indented by four spaces and a final newline.
std::string toJson(const model::Value& value, int indent = 4);

} // namespace gatehouse::importers
