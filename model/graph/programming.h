#pragma once

#include "model/graph/graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::model {

/// Where one listener really listens, or why it does not. Produced from the engine's ApplyReport, or from the bind plan
/// alone for commands that start no engine.
struct ListenerProgramming {
    bool programmed = false;
    std::string reason =
        "Invalid";       ///< listener Programmed=False reason when not programmed: PortUnavailable, Invalid, ...
    std::string message; ///< for people, names the holder of the port where known
    std::uint16_t localPort = 0;         ///< the port really bound; differs from the listener's when it had to move
    bool developmentCertificate = false; ///< it shows a certificate of the local CA in place of its own
};

struct GatewayProgramming {
    std::vector<std::string> addresses; ///< IP literals really bound, in spec order; status.addresses
    bool addressNotUsable = false;      ///< a requested address cannot be used: Programmed=False/AddressNotUsable
    std::string message;
};

/// What became of a Graph in the data plane. Vectors run parallel to Graph::gateways and Graph::listeners.
struct Programming {
    std::vector<GatewayProgramming> gateways;
    std::vector<ListenerProgramming> listeners;
};

} // namespace gatehouse::model
