#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>

namespace gatehouse::engine {

/// An IP address and UDP port as the kernel takes and gives it. A value; 32 bytes.
class UdpAddress {
public:
    UdpAddress() noexcept { std::memset(&of_, 0, sizeof of_); }
    /// `address`: sockaddr_in or sockaddr_in6.
    UdpAddress(const sockaddr* address, std::size_t length) noexcept : UdpAddress()
    {
        if (length <= sizeof of_)
            std::memcpy(&of_, address, length);
    }

    [[nodiscard]] bool isV6() const noexcept { return of_.any.sa_family == AF_INET6; }
    [[nodiscard]] const sockaddr* data() const noexcept { return &of_.any; }
    [[nodiscard]] sockaddr* data() noexcept { return &of_.any; }
    [[nodiscard]] socklen_t size() const noexcept
    {
        return static_cast<socklen_t>(isV6() ? sizeof of_.v6 : sizeof of_.v4);
    }
    static constexpr socklen_t capacity() noexcept { return static_cast<socklen_t>(sizeof(sockaddr_in6)); }

    [[nodiscard]] std::uint16_t port() const noexcept { return ntohs(isV6() ? of_.v6.sin6_port : of_.v4.sin_port); }
    [[nodiscard]] std::string addressText() const; ///< "127.0.0.1", "::1"
    [[nodiscard]] std::string text() const;        ///< "127.0.0.1:53", "[::1]:53"

    /// Only what tells peers apart counts: padding and flow labels do not.
    friend bool operator==(const UdpAddress& a, const UdpAddress& b) noexcept
    {
        if (a.of_.any.sa_family != b.of_.any.sa_family)
            return false;
        if (!a.isV6())
            return a.of_.v4.sin_port == b.of_.v4.sin_port && a.of_.v4.sin_addr.s_addr == b.of_.v4.sin_addr.s_addr;
        return a.of_.v6.sin6_port == b.of_.v6.sin6_port && a.of_.v6.sin6_scope_id == b.of_.v6.sin6_scope_id &&
               std::memcmp(&a.of_.v6.sin6_addr, &b.of_.v6.sin6_addr, sizeof(in6_addr)) == 0;
    }
    [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const noexcept;

private:
    union {
        sockaddr any;
        sockaddr_in v4;
        sockaddr_in6 v6;
    } of_;
};

} // namespace gatehouse::engine
