#pragma once

#include "model/base/diagnostic.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::control {

/// What a user makes of a code: another severity, or nothing at all.
enum class LintLevel : std::uint8_t { Error, Warning, Info, Off };
std::string_view toString(LintLevel level); ///< "error", ...

/// Codes to levels; those that are not there keep what they have.
using LintLevels = std::map<std::string, LintLevel>;

/// Adds "GH2104" with "error", "warning", "info" or "off"; the error says what was expected ("" when it was added): an
/// unknown code, with the nearest, or one that is an error of the input itself, which nothing can wish away.
std::string addLintLevel(LintLevels& levels, const std::string& code, const std::string& level);

/// "GH2104=off" of --severity, into the same.
std::string addLintLevel(LintLevels& levels, const std::string& text);

} // namespace gatehouse::control
