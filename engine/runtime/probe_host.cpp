#include "engine/engine.h"
#include "engine/net/descriptors.h"

#include <cerrno>
#include <fstream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace gatehouse::engine {

#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)

namespace {

/// Tries to bind, without listening: nobody else notices. Returns 0 or errno.
int tryBind(const char* address, std::uint16_t port)
{
    const int fd = openSocket(AF_INET);
    if (fd < 0)
        return errno;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &to.sin_addr);
    const int result = ::bind(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 ? 0 : errno;
    closeDescriptor(fd);
    return result;
}

} // namespace

routing::HostFacts probeHost()
{
    routing::HostFacts facts;
    facts.manyLoopbackAddresses = tryBind("127.0.0.2", 0) == 0;
    std::ifstream setting("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    unsigned first = 1024;
    if (setting >> first)
        facts.firstUnprivilegedPort = static_cast<std::uint16_t>(first > 65535 ? 65535 : first);
    // Root, or a program with the capability, may bind them all: only trying tells. Port 1 is used by nobody (tcpmux).
    const int error = facts.firstUnprivilegedPort > 1 ? tryBind("127.0.0.1", 1) : 0;
    if (error == 0 || error == EADDRINUSE)
        facts.firstUnprivilegedPort = 0;
    return facts;
}

#else

routing::HostFacts probeHost()
{
    routing::HostFacts facts;
    facts.manyLoopbackAddresses = false;
    return facts;
}

#endif

} // namespace gatehouse::engine
