#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::control {

/// The candidate that `word` was probably meant to be: the smallest edit distance, at most a third of the word's length
/// (one edit at least); "" when none is near. Ties go to the first candidate. Case plays no part.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

} // namespace gatehouse::control
