#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// `text` as it may go to a terminal: every control character (C0, DEL, and the C1 set in UTF-8) becomes \xNN, so that
/// what somebody wrote into a manifest neither moves the cursor nor forges a line. Everything else stays as it is.
std::string printable(std::string text);

/// Bytes of the control character (C0, DEL, or C1 in UTF-8) that `text` begins with; 0 when it begins with none, or is
/// empty.
std::size_t controlLength(std::string_view text) noexcept;
/// Appends \xNN.
void appendEscaped(std::string& out, char byte);

} // namespace gatehouse::model
