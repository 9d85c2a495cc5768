#pragma once

#include "engine/routing/snapshot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::engine {

/// Descriptors that listen on one address, one for each worker (or one alone where the system cannot share a port), or
/// why there are none. Owner: whoever takes them out of `fds`.
struct ListenerSockets {
    std::vector<int> fds;
    std::uint16_t port = 0; ///< really bound: differs from the key's when that was 0
    std::string error;
    bool inUse = false; ///< the error is EADDRINUSE: another attempt may fare better once something else closed
};

/// Binds and listens for `workers` workers, or only binds where `key` is of UDP. Each gets a socket of its own
/// (SO_REUSEPORT), so that the kernel spreads clients and no worker wakes for another's. Blocks for no network; call on
/// the control thread, so that a bind error is known before anything is handed over.
ListenerSockets openListeners(const routing::BindKey& key, unsigned workers);

} // namespace gatehouse::engine
