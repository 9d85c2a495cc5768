#pragma once

#include "engine/routing/reach/behaviour_diff.h"
#include "engine/routing/reach/least_request.h"

namespace gatehouse::routing {

/// One side of a comparison of connections. `port` null: nothing listens.
struct ConnectionSide {
    const Snapshot& snapshot;
    const PortTable* port = nullptr;
};

struct ServerNameChange {
    RoutedTo before, after;
    ExplainRequest witness; ///< its serverName and, over TLS, the authority say which connection
};

/// Compares what becomes of TCP and TLS connections and of UDP sessions at one entrance: by each server name that the
/// two sides tell apart, or of all at once where nothing is told apart. HTTP requests are not its business.
std::vector<ServerNameChange> compareConnections(const ConnectionSide& before, const ConnectionSide& after,
                                                 const Entrance& entrance, const FreshNames& fresh);

} // namespace gatehouse::routing
