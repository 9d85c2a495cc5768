#include "ui/document/topology_index.h"

namespace gatehouse::ui {

using model::EdgeKind;
using model::TopologyEdge;

TopologyIndex::TopologyIndex(std::shared_ptr<const model::Topology> topology) : topology_(std::move(topology))
{
    const auto count = topology_->nodes.size();
    incoming_.resize(count);
    outgoing_.resize(count);
    byKey_.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
        byKey_.emplace(topology_->nodes[i].key, i);
    for (std::uint32_t e = 0; e < topology_->edges.size(); ++e) {
        const TopologyEdge& edge = topology_->edges[e];
        outgoing_[edge.from].push_back(e);
        incoming_[edge.to].push_back(e);
    }
}

std::optional<std::uint32_t> TopologyIndex::find(const model::ObjectKey& key) const
{
    const auto found = byKey_.find(key);
    return found == byKey_.end() ? std::nullopt : std::optional(found->second);
}

const model::TopologyNode* TopologyIndex::node(const model::ObjectKey& key) const
{
    const auto index = find(key);
    return index ? &topology_->nodes[*index] : nullptr;
}

void TopologyIndex::follow(std::uint32_t start, bool forward, std::vector<bool>& marks) const
{
    std::vector<bool> seen(marks.size(), false);
    std::vector<std::uint32_t> open{start};
    seen[start] = true;
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        marks[at] = true;
        for (const std::uint32_t e : forward ? outgoing_[at] : incoming_[at]) {
            const TopologyEdge& edge = topology_->edges[e];
            const std::uint32_t next = forward ? edge.to : edge.from;
            if (!seen[next]) {
                seen[next] = true;
                open.push_back(next);
            }
        }
    }
}

std::vector<bool> TopologyIndex::connected(std::uint32_t node) const
{
    std::vector<bool> marks(topology_->nodes.size(), false);
    follow(node, true, marks);
    follow(node, false, marks);
    for (const TopologyEdge& edge : topology_->edges) {
        if (edge.kind == EdgeKind::Policy && marks[edge.to])
            marks[edge.from] = true;
    }
    return marks;
}

} // namespace gatehouse::ui
