#pragma once

#include "model/topology/topology.h"

#include <string>

namespace gatehouse::cli {

/// The topology as a Mermaid flowchart: a subgraph a namespace, refused attachments dashed with their reason.
std::string toMermaid(const model::Topology& topology);

} // namespace gatehouse::cli
