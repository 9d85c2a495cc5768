#include "ui/document/topology_index.h"

namespace gatehouse::ui {

using model::EdgeKind;
using model::TopologyEdge;

TopologyIndex::EdgesOfNodes::EdgesOfNodes(const model::Topology& topology, std::uint32_t TopologyEdge::*end)
    : first(topology.nodes.size() + 1), edges(topology.edges.size())
{
    for (const TopologyEdge& edge : topology.edges)
        ++first[edge.*end + 1];
    for (std::size_t n = 1; n < first.size(); ++n)
        first[n] += first[n - 1];
    std::vector<std::uint32_t> next = first;
    for (std::uint32_t e = 0; e < edges.size(); ++e)
        edges[next[topology.edges[e].*end]++] = e;
}

TopologyIndex::Facts::Facts(std::shared_ptr<const model::Topology> of)
    : topology(std::move(of)), byKey(topology->nodes.size(), KeyOfNode{topology.get()}, KeyOfNode{topology.get()}),
      incoming(*topology, &TopologyEdge::to), outgoing(*topology, &TopologyEdge::from)
{
    for (std::uint32_t n = 0; n < topology->nodes.size(); ++n)
        byKey.insert(n);
}

std::optional<std::uint32_t> TopologyIndex::find(const model::ObjectKey& key) const
{
    const auto found = facts_->byKey.find(key);
    return found == facts_->byKey.end() ? std::nullopt : std::optional(*found);
}

const model::TopologyNode* TopologyIndex::node(const model::ObjectKey& key) const
{
    const auto index = find(key);
    return index ? &topology().nodes[*index] : nullptr;
}

void TopologyIndex::follow(std::uint32_t start, bool forward, std::uint32_t hops, std::vector<bool>& marks) const
{
    std::vector<bool> seen(marks.size(), false);
    std::vector<std::uint32_t> level{start};
    seen[start] = true;
    marks[start] = true;
    for (std::uint32_t step = 0; step < hops && !level.empty(); ++step) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t at : level) {
            for (const std::uint32_t e : forward ? outgoing(at) : incoming(at)) {
                const std::uint32_t other = forward ? topology().edges[e].to : topology().edges[e].from;
                if (seen[other])
                    continue;
                seen[other] = true;
                marks[other] = true;
                next.push_back(other);
            }
        }
        level = std::move(next);
    }
}

std::vector<bool> TopologyIndex::connected(std::uint32_t node, std::optional<std::uint32_t> hops) const
{
    std::vector<bool> marks(topology().nodes.size(), false);
    const std::uint32_t steps = hops.value_or(static_cast<std::uint32_t>(marks.size()));
    follow(node, true, steps, marks);
    follow(node, false, steps, marks);
    for (const TopologyEdge& edge : topology().edges) {
        if (edge.kind == EdgeKind::Policy && marks[edge.to])
            marks[edge.from] = true;
    }
    return marks;
}

} // namespace gatehouse::ui
