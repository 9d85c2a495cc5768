#include "engine/net/udp_address.h"

#include <array>

#include <arpa/inet.h>

namespace gatehouse::engine {

namespace {
/// The finalizer of MurmurHash3: every bit of the input moves every bit of the result.
std::uint64_t mixed(std::uint64_t value) noexcept
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}
} // namespace

std::string UdpAddress::addressText() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* const from = isV6() ? static_cast<const void*>(&of_.v6.sin6_addr) : &of_.v4.sin_addr;
    return ::inet_ntop(isV6() ? AF_INET6 : AF_INET, from, text.data(), text.size()) ? text.data() : "";
}

std::string UdpAddress::text() const
{
    const std::string address = addressText();
    return (isV6() ? "[" + address + "]:" : address + ":") + std::to_string(port());
}

std::uint64_t UdpAddress::hash(std::uint64_t seed) const noexcept
{
    if (!isV6())
        return mixed(seed ^ (std::uint64_t{of_.v4.sin_addr.s_addr} << 16 | of_.v4.sin_port));
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), &of_.v6.sin6_addr, sizeof words);
    return mixed(mixed(mixed(seed ^ words[0]) ^ words[1]) ^ of_.v6.sin6_port);
}

} // namespace gatehouse::engine
