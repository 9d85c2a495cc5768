#pragma once

#include "model/api/meta.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// An RFC 3339 time with any offset; fractions of a second are cut off, as Kubernetes does. Nothing when it is none.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// "2026-01-02T03:04:05Z".
std::string formatTimestamp(Timestamp time);

/// kubectl's short form of an age: 45s, 5m30s, 12m, 3h20m, 5d, 2y10d: at most two units, the second one only where it
/// tells something. `age` must not be negative.
std::string formatAge(std::chrono::seconds age);

} // namespace gatehouse::model
