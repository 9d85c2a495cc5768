#pragma once

#include "engine/routing/snapshot.h"

#include <string>

#include <sys/socket.h>

namespace gatehouse::engine {

/// The header of the PROXY protocol for a connection over TCP: who the client is, and where it connected to. IPv4
/// inside of IPv6 is IPv4. Without both addresses of one family the header says that they are not known. Errors: none.
/// Thread: any.
std::string proxyHeader(routing::ProxyProtocol version, const sockaddr_storage& client,
                        const sockaddr_storage& gateway);

} // namespace gatehouse::engine
