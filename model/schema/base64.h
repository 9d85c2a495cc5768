#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// Decodes standard base64 (RFC 4648 section 4, padded). White space anywhere is skipped, because YAML blocks break
/// long values into lines. Nothing when the text is no base64.
std::optional<std::string> decodeBase64(std::string_view text);

/// Encodes as standard base64 with padding, without line breaks.
std::string encodeBase64(std::string_view bytes);

} // namespace gatehouse::model
