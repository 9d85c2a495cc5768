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

void TopologyIndex::follow(std::uint32_t start, bool forward, std::uint32_t hops, std::vector<bool>& marks) const
{
    std::vector<bool> seen(marks.size(), false);
    std::vector<std::uint32_t> level{start};
    seen[start] = true;
    marks[start] = true;
    for (std::uint32_t step = 0; step < hops && !level.empty(); ++step) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t at : level) {
            for (const std::uint32_t e : forward ? outgoing_[at] : incoming_[at]) {
                const std::uint32_t other = forward ? topology_->edges[e].to : topology_->edges[e].from;
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
    std::vector<bool> marks(topology_->nodes.size(), false);
    const std::uint32_t steps = hops.value_or(static_cast<std::uint32_t>(marks.size()));
    follow(node, true, steps, marks);
    follow(node, false, steps, marks);
    for (const TopologyEdge& edge : topology_->edges) {
        if (edge.kind == EdgeKind::Policy && marks[edge.to])
            marks[edge.from] = true;
    }
    return marks;
}

} // namespace gatehouse::ui
