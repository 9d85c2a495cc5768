#pragma once

#include "engine/runtime/asio.h"

namespace gatehouse::engine {

class ClientConnection;

/// What serves the connections of a listening socket whose clients speak no HTTP: bytes in, bytes out.
/// Thread: the worker of the connection; several workers may share one service.
class StreamService {
public:
    virtual ~StreamService() = default;
    /// The connection from the end of its handshake, if it has one, to its own end. Wakes up by the connection's
    /// Waiter, also when its listening socket is retired. Lifetime: the connection holds its service.
    virtual Awaitable serve(ClientConnection& connection) = 0;
};

} // namespace gatehouse::engine
