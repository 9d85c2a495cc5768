#pragma once

#include "model/api/gateway.h"
#include "model/api/routes.h"

#include <vector>

namespace gatehouse::model {

/// One row a protocol and TLS mode: which route kinds may attach, and whether TLS ends at the listener.
struct ProtocolRow {
    Protocol protocol;
    TlsMode mode; ///< matters for TLS only
    bool terminatesTls;
    std::vector<RouteKind> kinds;
};

/// The row of a listener; null when its protocol is not supported.
const ProtocolRow* protocolRow(const Listener& listener);

/// The route kinds of a listener: what its protocol supports, narrowed by allowedRoutes.kinds.
struct ListenerKinds {
    std::vector<RouteGroupKind> supported;
    std::vector<const RouteGroupKind*> invalid; ///< of allowedRoutes.kinds: unknown, or not for this protocol
};
ListenerKinds listenerKinds(const Listener& listener);

} // namespace gatehouse::model
