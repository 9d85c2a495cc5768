#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace gatehouse::model {

/// A place in one text. Units: line and column count from 1, columns in Unicode code points; 0 means unknown.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    auto operator<=>(const Position&) const = default;
    [[nodiscard]] bool known() const noexcept { return line != 0; }
};

/// A place in one file. `file` is null for objects that no text defines (an assumed Namespace or GatewayClass).
/// Lifetime: the file name is shared and outlives the reader. Thread: a value; copy freely.
struct SourceLocation {
    std::shared_ptr<const std::string> file;
    Position position;

    [[nodiscard]] bool known() const noexcept { return file != nullptr; }
};

/// "FILE:LINE:COL", without the parts that are unknown; "" when there is no file.
std::string toString(const SourceLocation& location);

} // namespace gatehouse::model
