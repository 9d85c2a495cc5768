#pragma once

#include "importers/text_problem.h"
#include "model/base/source_location.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gatehouse::importers {

/// True when `text` is UTF-8 without the control characters that YAML and JSON forbid (all below space but tab and line
/// ends). Else an Error with the place is recorded; it names UTF-16 when the text looks like it.
bool checkText(std::string_view text, ProblemList& problems);

/// True when `text` is well-formed UTF-8 (RFC 3629), control characters included.
bool isUtf8(std::string_view text) noexcept;

/// Byte offsets of one text to positions. A call costs the distance to the one before: readers report neighbours.
/// Lifetime: refers to `text`. Thread: one at a time.
class PositionTracker {
public:
    /// `firstLine` is the line of the first byte in its file.
    PositionTracker(std::string_view text, std::uint32_t firstLine) : text_(text), line_(firstLine) {}
    /// The place of the character at `offset`; the end of the text for greater ones.
    model::Position at(std::size_t offset);

private:
    std::string_view text_;
    std::size_t offset_ = 0;
    std::uint32_t line_;
    std::uint32_t column_ = 1;
};

/// `text` without a leading byte order mark.
std::string_view withoutBom(std::string_view text) noexcept;

} // namespace gatehouse::importers
