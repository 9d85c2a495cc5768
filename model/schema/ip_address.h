#pragma once

#include <string_view>

namespace gatehouse::model {

/// True for a dotted IPv4 address without leading zeros, and for an IPv6 address (RFC 4291, without zone or brackets).
bool isIpv4Address(std::string_view text) noexcept;
bool isIpv6Address(std::string_view text) noexcept;
inline bool isIpAddress(std::string_view text) noexcept
{
    return isIpv4Address(text) || isIpv6Address(text);
}

} // namespace gatehouse::model
