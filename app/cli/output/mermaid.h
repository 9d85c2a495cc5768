#pragma once

#include "model/topology/groups.h"

#include <string>

namespace gatehouse::cli {

/// The topology as a Mermaid flowchart: a subgraph a group, refused attachments dashed with their reason.
std::string toMermaid(const model::Topology& topology, const model::TopologyGroups& groups);

} // namespace gatehouse::cli
