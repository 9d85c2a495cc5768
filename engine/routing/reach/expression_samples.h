#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::routing {

/// A few short texts that a regular expression (RE2's syntax) is likely to match, shortest first; none where its syntax
/// is beyond us. `fillers` are tried wherever the expression takes anything at all (".*"). Nothing is promised: whoever
/// asks has RE2 look at each, so that an error here only costs samples. Deterministic; bounded in number and length.
std::vector<std::string> expressionSamples(std::string_view expression, const std::vector<std::string>& fillers = {});

/// Those of them that the whole expression does match.
std::vector<std::string> matchingSamples(std::string_view expression, const std::vector<std::string>& fillers = {});

} // namespace gatehouse::routing
