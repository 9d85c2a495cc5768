#pragma once

#include "engine/echo/echo_backend.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/serving.h"

#include <compare>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// The listening sockets of all built-in echo backends, one for each cluster and pod, kept while a snapshot wants them;
/// and the addresses of all endpoints, real ones included. Thread: control.
class EchoSockets {
public:
    struct Change {
        std::vector<std::pair<std::size_t, BoundSocket>> added; ///< with the worker that is to serve it
        std::vector<std::pair<std::size_t, routing::BindKey>> removed;
    };
    /// Opens what the snapshot wants anew and names what it wants no more.
    Change follow(const routing::Snapshot& snapshot, unsigned workers);
    /// Where every endpoint is. Host names are resolved here, so this may block for the resolver.
    [[nodiscard]] ClusterAddresses addresses(const routing::Snapshot& snapshot) const;

private:
    struct Key {
        std::string cluster, pod;
        auto operator<=>(const Key&) const = default;
    };
    struct Open {
        std::uint16_t port = 0; ///< 0: could not be opened
        std::string error;
        std::size_t worker = 0;
    };
    std::map<Key, Open> open_;
    std::size_t nextWorker_ = 0;
};

} // namespace gatehouse::engine
