#pragma once

#include "model/topology/topology.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse::model {

/// Any number of hops.
constexpr std::uint32_t anyHops = std::numeric_limits<std::uint32_t>::max();

/// The node that "KIND/NAMESPACE/NAME" names; nullopt when there is none. KIND is the kind, its plural or its short
/// name (as in kubectl), in any case; a kind of several groups takes "Kind.group". Thread: any; reads only.
std::optional<std::uint32_t> findNode(const Topology& topology, std::string_view text);

/// "Kind/namespace/name", what findNode() takes, and tells two nodes apart.
std::string focusText(const TopologyNode& node);

/// What reaches `centre` or is reached from it by at most `hops` edges, with all edges between these: a Gateway's
/// ListenerSets, routes and backends; a route's Gateways and backends, but not the other routes of those Gateways. A
/// ListenerSet reaches the routes that are attached to its listeners. A policy goes with what it targets, one hop
/// further. `centre` is an index into Topology::nodes. Sorted as the topology was.
Topology focusOn(const Topology& topology, std::uint32_t centre, std::uint32_t hops = anyHops);

/// The marked nodes with the marked edges between them: a mark for each of the topology's. Sorted as the topology was.
Topology partOf(const Topology& topology, const std::vector<bool>& nodes, const std::vector<bool>& edges);

/// What is refused: rejected edges with both their ends, and nodes that are bad themselves or have a listener that is.
/// `keep` stays whatever it is like. Sorted as the topology was.
Topology onlyRefused(const Topology& topology, std::optional<std::uint32_t> keep = {});

} // namespace gatehouse::model
