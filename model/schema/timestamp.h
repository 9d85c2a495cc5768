#pragma once

#include "model/api/meta.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// An RFC 3339 time with any offset; fractions of a second are cut off, as Kubernetes does. Nothing when it is none.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// "2026-01-02T03:04:05Z".
std::string formatTimestamp(Timestamp time);

} // namespace gatehouse::model
