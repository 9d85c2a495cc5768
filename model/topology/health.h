#pragma once

#include "model/graph/programming.h"
#include "model/topology/topology.h"

#include <string>

namespace gatehouse::model {

/// A verdict for colour, and the words beside it.
struct HealthVerdict {
    Health health = Health::Good;
    std::string text;

    /// Keeps the worse of two; of equals the first.
    void worsen(Health to, std::string why);
};

/// Of a Gateway, a ListenerSet or a listener, from its conditions.
HealthVerdict healthOf(const std::vector<Condition>& conditions);
HealthVerdict healthOf(const Graph& graph, const RouteNode& route);

} // namespace gatehouse::model
