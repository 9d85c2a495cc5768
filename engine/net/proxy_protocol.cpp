#include "engine/net/proxy_protocol.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace gatehouse::engine {

namespace {

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr char version2Proxy = 0x21; // version 2, command PROXY
constexpr char tcp4 = 0x11, tcp6 = 0x21, unknown = 0x00;

/// An address in network byte order.
struct Address {
    std::string bytes; ///< 4 or 16; empty: neither
    std::uint16_t port = 0;
};

Address addressOf(const sockaddr_storage& storage)
{
    Address address;
    if (storage.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &storage, sizeof in);
        address.bytes.assign(reinterpret_cast<const char*>(&in.sin_addr), sizeof in.sin_addr);
        address.port = ntohs(in.sin_port);
    } else if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &storage, sizeof in);
        const auto* const bytes = reinterpret_cast<const char*>(&in.sin6_addr);
        const std::size_t from = IN6_IS_ADDR_V4MAPPED(&in.sin6_addr) ? 12 : 0;
        address.bytes.assign(bytes + from, sizeof in.sin6_addr - from);
        address.port = ntohs(in.sin6_port);
    }
    return address;
}

std::string textOf(const Address& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(address.bytes.size() == 4 ? AF_INET : AF_INET6, address.bytes.data(), text.data(), text.size());
    return text.data();
}

void append16(std::string& out, std::size_t number)
{
    out += static_cast<char>(number >> 8 & 0xFF);
    out += static_cast<char>(number & 0xFF);
}

std::string version1(const Address& client, const Address& gateway, bool known)
{
    if (!known)
        return "PROXY UNKNOWN\r\n";
    return std::string("PROXY ") + (client.bytes.size() == 4 ? "TCP4 " : "TCP6 ") + textOf(client) + ' ' +
           textOf(gateway) + ' ' + std::to_string(client.port) + ' ' + std::to_string(gateway.port) + "\r\n";
}

std::string version2(const Address& client, const Address& gateway, bool known)
{
    std::string header(signature);
    header += version2Proxy;
    if (!known) {
        header += unknown;
        append16(header, 0);
        return header;
    }
    header += client.bytes.size() == 4 ? tcp4 : tcp6;
    append16(header, 2 * client.bytes.size() + 4);
    header += client.bytes;
    header += gateway.bytes;
    append16(header, client.port);
    append16(header, gateway.port);
    return header;
}

} // namespace

std::string proxyHeader(routing::ProxyProtocol version, const sockaddr_storage& client, const sockaddr_storage& gateway)
{
    const Address from = addressOf(client), to = addressOf(gateway);
    const bool known = !from.bytes.empty() && from.bytes.size() == to.bytes.size();
    switch (version) {
    case routing::ProxyProtocol::None:
        break;
    case routing::ProxyProtocol::V1:
        return version1(from, to, known);
    case routing::ProxyProtocol::V2:
        return version2(from, to, known);
    }
    return {};
}

} // namespace gatehouse::engine
