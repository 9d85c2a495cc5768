#pragma once

#include <string>
#include <string_view>

namespace gatehouse::engine {

/// Appends `text` as a JSON string the way Go's encoding/json writes it: UTF-8 stays, what is none becomes U+FFFD, one
/// for each byte, and <, >, & are escaped.
void appendJsonText(std::string& out, std::string_view text);

/// `text` for a line of a log: control characters and bytes beyond ASCII as \xNN, and no more than `limit` characters.
std::string printable(std::string_view text, std::size_t limit = 256);

} // namespace gatehouse::engine
