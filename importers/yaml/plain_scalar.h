#pragma once

#include "model/base/value.h"

#include <string_view>

namespace gatehouse::importers {

/// What an unquoted YAML scalar means to kubectl's reader: null, the YAML 1.1 booleans (yes, on, y, ...), integers
/// (also 0x, 0o, 0b, leading-zero octal, and `_` between digits), floats; anything else is a string. Integers beyond 64
/// bits become floats. Infinity and NaN come out as such: the caller refuses them, since JSON has none.
model::Value resolvePlainScalar(std::string_view text);

} // namespace gatehouse::importers
