#include "ui/prepared_topology.h"

#include <utility>

namespace gatehouse::ui {

std::shared_ptr<const PreparedTopology> prepare(std::shared_ptr<const model::Topology> topology)
{
    auto prepared = std::make_shared<PreparedTopology>();
    prepared->index = TopologyIndex(std::move(topology));
    prepared->navigator = navigatorRows(prepared->index);
    return prepared;
}

} // namespace gatehouse::ui
