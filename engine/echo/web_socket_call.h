#pragma once

#include "engine/http/exchange.h"

namespace gatehouse::engine {

/// Serves a request of the echo's /ws: the handshake of RFC 6455 section 4.2, then a WebSocket that echoes until either
/// side closes it. A request that asks for no WebSocket, or not rightly, is answered at once; then it returns null.
Handling* startWebSocket(Exchange& exchange);

} // namespace gatehouse::engine
