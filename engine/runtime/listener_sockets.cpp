#include "engine/runtime/listener_sockets.h"

#include "engine/engine.h"
#include "engine/net/descriptors.h"
#include "engine/net/port_holder.h"
#include "engine/net/udp_batch.h"
#include "engine/runtime/asio.h"

#include <boost/asio/ip/address.hpp>

#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>

namespace gatehouse::engine {

namespace {

constexpr int backlog = 4096;
/// Datagrams that come while a worker does something else wait here; the system's own 208 KiB hold 160 of 1,200 bytes.
constexpr int datagramBufferBytes = 4 * 1024 * 1024;

struct Attempt {
    int fd = -1;
    int error = 0;
};

/// Addresses of UDP are written the same way.
struct Place {
    asio::ip::tcp::endpoint endpoint;
    bool udp = false;
};

/// A socket bound and listening; `shared`: others of ours will bind the same port.
Attempt listenOn(const Place& place, bool shared)
{
    const asio::ip::tcp::endpoint& endpoint = place.endpoint;
    const int family = endpoint.protocol().family();
    const int fd = place.udp ? openDatagramSocket(family) : openSocket(family);
    if (fd < 0)
        return {-1, errno};
    const int one = 1;
    // Connections of a previous run in TIME_WAIT must not keep us from starting. UDP has none, and would let another
    // program take the port.
    if (place.udp && endpoint.address().is_unspecified())
        tellDestinations(fd, endpoint.protocol() == asio::ip::tcp::v6());
    if (place.udp)
        tuneUdpSocket(fd, datagramBufferBytes);
    else
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
#ifdef SO_REUSEPORT
    if (shared)
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
#endif
    if (endpoint.protocol() == asio::ip::tcp::v6())
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (::bind(fd, endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0 &&
        (place.udp || ::listen(fd, backlog) == 0))
        return {fd, 0};
    const int error = errno;
    closeDescriptor(fd);
    return {-1, error};
}

std::uint16_t boundPort(int fd)
{
    asio::ip::tcp::endpoint endpoint;
    socklen_t length = static_cast<socklen_t>(endpoint.capacity());
    if (::getsockname(fd, endpoint.data(), &length) != 0)
        return 0;
    return endpoint.port();
}

std::string describe(const Place& place, int error)
{
    const asio::ip::tcp::endpoint& endpoint = place.endpoint;
    const std::string address = endpoint.protocol() == asio::ip::tcp::v6()
                                    ? "[" + endpoint.address().to_string() + "]:" + std::to_string(endpoint.port())
                                    : endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
    switch (error) {
    case EADDRINUSE: {
        const std::string holder = portHolder(endpoint.address().to_string(), endpoint.port(), place.udp);
        return address + " is in use" + (holder.empty() ? "" : " by " + holder);
    }
    case EACCES:
    case EPERM:
        return address + " may not be bound without privilege; map the listener to a port from 1024 up";
    case EADDRNOTAVAIL:
        return address + " is no address of this machine";
    case EMFILE:
    case ENFILE:
        return address + " cannot be bound: the process has no file descriptor left (raise ulimit -n)";
    default:
        return address + " cannot be bound: " + std::strerror(error);
    }
}

} // namespace

ListenerSockets openListeners(const routing::BindKey& key, unsigned workers)
{
    ListenerSockets sockets;
    error_code error;
    const asio::ip::address address = asio::ip::make_address(key.address, error);
    if (error) {
        sockets.error = key.address + " is no IP address";
        return sockets;
    }
    Place place{{address, key.port}, key.udp};
#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)
    const bool shared = workers > 1;
#else
    const bool shared = false;
#endif
    // With SO_REUSEPORT a second instance of the same user would bind beside us unnoticed, so the first try goes
    // without.
    Attempt first = listenOn(place, false);
    if (first.fd < 0) {
        sockets.error = describe(place, first.error);
        sockets.inUse = first.error == EADDRINUSE;
        return sockets;
    }
    sockets.port = boundPort(first.fd);
    if (!shared) {
        sockets.fds.push_back(first.fd);
        return sockets;
    }
    closeDescriptor(first.fd);
    place.endpoint.port(sockets.port);
    for (unsigned i = 0; i < workers; ++i) {
        const Attempt attempt = listenOn(place, true);
        if (attempt.fd < 0) {
            sockets.error = describe(place, attempt.error);
            sockets.inUse = attempt.error == EADDRINUSE;
            for (const int fd : std::exchange(sockets.fds, {}))
                closeDescriptor(fd);
            return sockets;
        }
        sockets.fds.push_back(attempt.fd);
    }
    return sockets;
}

bool portInUse(const std::string& address, std::uint16_t port, bool udp)
{
    error_code error;
    const asio::ip::address ip = asio::ip::make_address(address, error);
    if (error)
        return false;
    const Attempt attempt = listenOn({{ip, port}, udp}, false);
    if (attempt.fd >= 0)
        closeDescriptor(attempt.fd);
    return attempt.error == EADDRINUSE;
}

} // namespace gatehouse::engine
