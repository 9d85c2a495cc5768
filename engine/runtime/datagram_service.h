#pragma once

#include "engine/net/udp_address.h"

#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What answers the datagrams of a socket of our own: the built-in echoes. Thread: the socket's worker.
class DatagramService {
public:
    virtual ~DatagramService() = default;
    /// Puts the answer into `reply`, which is empty; false: there is none. At most mostDatagramBytes of it are sent.
    virtual bool answer(std::string_view datagram, const UdpAddress& from, std::string& reply) = 0;
};

/// What a UDP datagram over IPv4 carries at most.
inline constexpr std::size_t mostDatagramBytes = 65'507;

} // namespace gatehouse::engine
