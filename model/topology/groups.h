#pragma once

#include "model/topology/topology.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

enum class Grouping : std::uint8_t { Namespace, Gateway };

/// Nodes that are drawn in one frame.
struct TopologyGroup {
    std::string id;                   ///< unique among groups of one kind: the namespace, or "namespace/name"
    std::string title;                ///< what the frame says
    std::vector<std::uint32_t> nodes; ///< sorted indexes into Topology::nodes
};

/// A topology's frames; what lies in none stands outside.
struct TopologyGroups {
    Grouping by = Grouping::Namespace;
    std::vector<TopologyGroup> groups; ///< sorted by id
    std::vector<std::uint32_t> outside;
};

/// By namespace: every namespaced node. By Gateway: the Gateway and what belongs to it alone: routes and ListenerSets
/// that it accepts, their backends, policies of these. What several Gateways use, or none accepts, stands outside.
TopologyGroups groupBy(const Topology& topology, Grouping grouping);

/// DOT and JSON with these frames. Where they are no namespaces, the nodes' labels say their namespace. Sorted, stable
/// bytes.
std::string toDot(const Topology& topology, const TopologyGroups& groups);
Value toValue(const Topology& topology, const TopologyGroups& groups);

/// A Mermaid flowchart: a subgraph a frame, refused attachments dashed with their reason. Sorted, stable bytes.
std::string toMermaid(const Topology& topology, const TopologyGroups& groups);

} // namespace gatehouse::model
