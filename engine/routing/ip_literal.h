#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gatehouse::routing {

/// Bytes of a dotted IPv4 literal; nullopt for anything else (leading zeros included: they read as octal elsewhere).
std::optional<std::array<std::uint8_t, 4>> parseIPv4(std::string_view text) noexcept;
/// Groups of an IPv6 literal without zone or brackets; nullopt for anything else.
std::optional<std::array<std::uint16_t, 8>> parseIPv6(std::string_view text) noexcept;

bool isIpLiteral(std::string_view text) noexcept;
/// 127.0.0.0/8, ::1, and 127/8 mapped into IPv6.
bool isLoopback(std::string_view text) noexcept;

} // namespace gatehouse::routing
