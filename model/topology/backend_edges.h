#pragma once

#include "model/graph/graph.h"
#include "model/topology/node_index.h"

namespace gatehouse::model {

/// Adds a node for every Service, and for everything else that a rule or a policy refers to as a backend.
void addBackends(const Graph& graph, NodeIndex& nodes);

/// Adds an edge for each pair of route and backend, with the shares of its rules.
void addBackendEdges(const Graph& graph, const NodeIndex& nodes, Topology& topology);

} // namespace gatehouse::model
