#include "model/topology/groups.h"

#include <map>

namespace gatehouse::model {
namespace {

/// Whose a node is: nobody's yet, one Gateway's, or several'.
struct Owner {
    std::optional<std::uint32_t> gateway;
    bool several = false;

    void add(const Owner& other)
    {
        if (other.several || (gateway && other.gateway && *gateway != *other.gateway))
            several = true;
        if (!gateway)
            gateway = other.gateway;
    }
};

std::vector<Owner> ownersOf(const Topology& topology)
{
    std::vector<Owner> owners(topology.nodes.size());
    for (std::uint32_t i = 0; i < topology.nodes.size(); ++i)
        if (topology.nodes[i].kind == NodeKind::Gateway)
            owners[i].gateway = i;
    // In the order of a request's way, so that each pass finds what the one before it gave. The edge's ends swap their
    // parts for policies: they belong to whom they are about.
    for (const EdgeKind kind : {EdgeKind::Attachment, EdgeKind::Backend, EdgeKind::Policy})
        for (const TopologyEdge& edge : topology.edges) {
            if (edge.kind != kind || (kind == EdgeKind::Attachment && edge.rejected))
                continue;
            const auto [giver, taker] =
                kind == EdgeKind::Policy ? std::pair(edge.to, edge.from) : std::pair(edge.from, edge.to);
            if (topology.nodes[taker].kind != NodeKind::Gateway)
                owners[taker].add(owners[giver]);
        }
    return owners;
}

} // namespace

TopologyGroups groupBy(const Topology& topology, Grouping grouping)
{
    TopologyGroups result;
    result.by = grouping;
    const bool byGateway = grouping == Grouping::Gateway;
    const std::vector<Owner> owners = byGateway ? ownersOf(topology) : std::vector<Owner>();
    std::map<std::string, TopologyGroup> groups;
    for (std::uint32_t i = 0; i < topology.nodes.size(); ++i) {
        std::string id = topology.nodes[i].key.name.namespace_, title = id;
        if (byGateway) {
            const Owner& owner = owners[i];
            const bool alone = owner.gateway && !owner.several;
            id = alone ? toString(topology.nodes[*owner.gateway].key.name) : "";
            title = "Gateway " + id;
        }
        if (id.empty()) {
            result.outside.push_back(i);
            continue;
        }
        TopologyGroup& group = groups[id];
        group.id = id;
        group.title = title;
        group.nodes.push_back(i);
    }
    for (auto& [id, group] : groups)
        result.groups.push_back(std::move(group));
    return result;
}

} // namespace gatehouse::model
