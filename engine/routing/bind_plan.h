#pragma once

#include "model/graph/graph.h"
#include "model/graph/programming.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::routing {

/// What the machine allows; probed by the engine, given to the plan so that the plan stays pure.
struct HostFacts {
    bool manyLoopbackAddresses = true;          ///< all of 127/8 answers (Linux); else Gateways share 127.0.0.1
    std::uint16_t firstUnprivilegedPort = 1024; ///< lower ports must move; 0 or 1: every port may be bound
    /// For an engine that may stand beside others, as the tests' does: a port that another program holds is passed
    /// over. Not set: nobody asks, and a listener whose port is in use does not serve (contract section 3).
    std::function<bool(const std::string& address, std::uint16_t port, bool udp)> inUse = {};
};

/// The user's wishes (gatehouse.yaml, --address): Gateway "namespace/name" to IP literal, and to moved ports.
struct BindWishes {
    std::map<std::string, std::string> addresses;
    std::map<std::string, std::uint16_t> ports; ///< "namespace/name/listener" to local port
    bool allowNonLoopback = false;              ///< an address was given by hand (contract section 7)
};

struct PlannedListener {
    std::vector<std::string> addresses; ///< IP literals; empty: not planned, see `refusal`
    std::uint16_t port = 0;             ///< local port
    bool moved = false;                 ///< differs from the listener's port
    std::string refusal;                ///< why nothing is bound; "" otherwise

    bool operator==(const PlannedListener&) const = default;
};

struct PlannedGateway {
    std::vector<std::string> addresses; ///< usable ones, spec order
    bool addressNotUsable = false;
    std::string message;

    bool operator==(const PlannedGateway&) const = default;
};

/// Every Gateway's loopback address and every listener's local port (contract section 3). Parallel to Graph::gateways
/// and Graph::listeners. Gateways that were in `previous` keep their address, so that a reload moves no listener.
struct BindPlan {
    std::vector<PlannedGateway> gateways;
    std::vector<PlannedListener> listeners;
    std::map<std::string, std::string> addressOf; ///< "namespace/name" to the pool address given, for the next plan
    std::map<std::string, std::uint16_t> portOf;  ///< ports chosen without a wish, for the next plan; keys are private
};

/// Addresses: spec.addresses if loopback, else wishes, else the next free of 127.0.0.1, 127.0.0.2, ... in order
/// of namespace/name. A port below firstUnprivilegedPort moves: 80 to 8080, 443 to 8443, others to port + 8000. A port
/// that another Gateway of the same address holds (or another program, see HostFacts::inUse) moves to the next free one
/// above; a wish for a port is taken as it is. A requested address that cannot be used is reported (addressNotUsable)
/// and replaced by a wish or a pool address, so that the listeners serve all the same.
/// Pure where HostFacts::inUse is not set. Thread: any.
BindPlan planBinds(const model::Graph& graph, const BindWishes& wishes, const HostFacts& facts,
                   const BindPlan* previous = nullptr);

/// What the engine would report if every planned port could be bound: for commands that start no engine.
model::Programming expectedProgramming(const model::Graph& graph, const BindPlan& plan);

} // namespace gatehouse::routing
