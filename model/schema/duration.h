#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// A Gateway API Duration (GEP-2257): one to four of <1..5 digits><h|m|s|ms>, summed; no sign, no fraction.
/// Nothing when the text is no Duration.
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

/// The canonical form of GEP-2257: h, m, s, ms without zero parts; "0s" for zero. `value` must not be negative.
std::string formatDuration(std::chrono::milliseconds value);

} // namespace gatehouse::model
