#pragma once

#include <cstdint>

namespace gatehouse::routing {

/// What a route makes of a Service port: routes of several kinds may share one, and each has a cluster of its own.
enum class ClusterUse : std::uint8_t {
    Http,
    Grpc,
    Stream,      ///< bytes as they come
    Passthrough, ///< bytes as they come, which are TLS
    Terminated,  ///< bytes out of TLS: over TLS again where a BackendTLSPolicy asks for it (semantics 12.4)
    Datagram,
};

} // namespace gatehouse::routing
