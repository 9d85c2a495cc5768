#pragma once

#include <string>
#include <string_view>

namespace gatehouse::importers {

/// How a string is written so that it is read back as the same string, chosen as kubectl's writer does.
enum class ScalarStyle {
    Plain,
    SingleQuoted, ///< plain text would be read as something of YAML's
    DoubleQuoted, ///< plain text would be another type, or escapes are needed
    Literal,      ///< several lines, as `|`
};

ScalarStyle scalarStyle(std::string_view text);
/// The string in its style, on one line; not for Literal, which needs to know its indentation.
std::string scalarText(std::string_view text);
std::string doubleQuoted(std::string_view text);

} // namespace gatehouse::importers
