#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::testing {

/// A text that a regular expression of RE2's syntax is likely to match, as short as its first choices make it. A guess
/// that has to be tried: nullopt and texts that do not match come of what is rarely used (Unicode classes, \Q, word
/// boundaries in the middle). Thread: any.
std::optional<std::string> guessMatch(std::string_view expression);

} // namespace gatehouse::testing
