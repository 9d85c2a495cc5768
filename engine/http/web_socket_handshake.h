#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// The Sec-WebSocket-Accept for a Sec-WebSocket-Key; nullopt when that is none (RFC 6455 section 4.2.1).
std::optional<std::string> webSocketAccept(std::string_view key);

/// A Sec-WebSocket-Key of 16 bytes (RFC 6455 section 4.1); no secret.
std::string webSocketKey(const std::array<std::uint32_t, 4>& random);

} // namespace gatehouse::engine
