#include "engine/net/port_holder.h"

#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)

#include <boost/asio/ip/address.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace gatehouse::engine {

namespace {

namespace fs = std::filesystem;
using boost::asio::ip::address;

/// "0100007F" and the 32-digit form of IPv6: words of four bytes in the machine's own order.
std::optional<address> addressOf(std::string_view hex)
{
    std::array<unsigned char, 16> bytes{};
    if (hex.size() != 8 && hex.size() != 32)
        return std::nullopt;
    for (std::size_t word = 0; word < hex.size() / 8; ++word) {
        std::uint32_t value = 0;
        const char* from = hex.data() + word * 8;
        if (std::from_chars(from, from + 8, value, 16).ec != std::errc{})
            return std::nullopt;
        for (std::size_t i = 0; i < 4; ++i)
            bytes[word * 4 + i] = static_cast<unsigned char>(value >> (8 * i));
    }
    if (hex.size() == 8)
        return boost::asio::ip::address_v4({bytes[0], bytes[1], bytes[2], bytes[3]});
    return boost::asio::ip::address_v6(bytes);
}

struct Wanted {
    address at;
    std::uint16_t port = 0;
    std::string_view state; // as the tables say it
};

/// Inodes of the sockets in that state on the port, at the address or at all.
void findInodes(const char* table, const Wanted& wanted, std::set<std::string>& inodes)
{
    std::ifstream file(table);
    std::string line;
    std::getline(file, line); // headings
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
        fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >> inode;
        const auto colon = local.find(':');
        if (state != wanted.state || colon == std::string::npos)
            continue;
        std::uint16_t localPort = 0;
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), localPort, 16);
        const auto at = addressOf(std::string_view(local).substr(0, colon));
        if (localPort == wanted.port && at && (*at == wanted.at || at->is_unspecified()))
            inodes.insert(inode);
    }
}

bool holdsAny(const fs::path& process, const std::set<std::string>& inodes)
{
    std::error_code error;
    for (fs::directory_iterator each(process / "fd", error), end; !error && each != end; each.increment(error)) {
        std::error_code unreadable;
        const std::string target = fs::read_symlink(each->path(), unreadable).string();
        if (target.starts_with("socket:[") && inodes.count(target.substr(8, target.size() - 9)))
            return true;
    }
    return false;
}

} // namespace

std::string portHolder(const std::string& text, std::uint16_t port, bool udp)
{
    boost::system::error_code noAddress;
    const address at = boost::asio::ip::make_address(text, noAddress);
    // 0A: listening; 07: closed, which a UDP socket without a peer is called.
    const Wanted wanted{at, port, udp ? "07" : "0A"};
    std::set<std::string> inodes;
    findInodes(udp ? "/proc/net/udp" : "/proc/net/tcp", wanted, inodes);
    findInodes(udp ? "/proc/net/udp6" : "/proc/net/tcp6", wanted, inodes);
    std::string holders;
    std::error_code error;
    for (fs::directory_iterator each("/proc", error), end; !inodes.empty() && !error && each != end;
         each.increment(error)) {
        const std::string pid = each->path().filename().string();
        if (pid.find_first_not_of("0123456789") != std::string::npos || !holdsAny(each->path(), inodes))
            continue;
        std::string name;
        std::ifstream comm(each->path() / "comm");
        std::getline(comm, name);
        holders += (holders.empty() ? "" : ", ") + (name.empty() ? "a process" : name) + " (pid " + pid + ")";
    }
    return holders;
}

} // namespace gatehouse::engine

#else

namespace gatehouse::engine {

std::string portHolder(const std::string&, std::uint16_t, bool)
{
    return {};
}

} // namespace gatehouse::engine

#endif
