#pragma once

#include <string_view>
#include <vector>

namespace gatehouse::model {

/// The candidate that `word` most likely was meant to be: the least edit distance (letters swapped count once, letter
/// case not at all), at most three and less than half of the word. "" when none is near; the first wins a tie.
std::string_view nearestName(std::string_view word, const std::vector<std::string_view>& candidates);

} // namespace gatehouse::model
