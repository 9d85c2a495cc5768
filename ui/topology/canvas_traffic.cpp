#include "ui/topology/canvas_traffic.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace gatehouse::ui {
namespace {

/// The drawn node of an object; nothing when it is hidden, or not there any more.
std::optional<std::uint32_t> shownNode(const TopologyIndex& whole, const ShownGraph& shown, const model::ObjectKey& key)
{
    const auto node = whole.find(key);
    if (!node || shown.shownOf[*node] < 0)
        return std::nullopt;
    return static_cast<std::uint32_t>(shown.shownOf[*node]);
}

} // namespace

CanvasTraffic trafficOn(const TopologyIndex& whole, const ShownGraph& shown, const LayoutPlan& plan,
                        const TrafficNow& now)
{
    using Kind = TrafficKey::Kind;
    const model::Topology& drawn = shown.index.topology();
    std::map<std::uint32_t, std::array<TrafficCounts, 3>> nodes; ///< of Gateways, routes and backends
    std::map<std::pair<std::uint32_t, std::uint32_t>, TrafficCounts> edges;
    CanvasTraffic traffic;
    for (const auto& [key, counts] : now.counts) {
        const auto from = shownNode(whole, shown, key.from);
        if (!from)
            continue;
        switch (key.kind) {
        case Kind::All:
            break;
        case Kind::Gateway:
            nodes[*from][0] += counts;
            break;
        case Kind::Listener: {
            // A folded Gateway has no rows.
            const auto& ports = drawn.nodes[*from].ports;
            const auto port =
                std::find_if(ports.begin(), ports.end(), [&](const auto& each) { return each.name == key.listener; });
            if (port == ports.end())
                break;
            auto& rows = traffic.listeners[*from];
            rows.resize(ports.size());
            rows[static_cast<std::size_t>(port - ports.begin())] = numbersOf(counts, now.seconds);
            break;
        }
        case Kind::Route:
            nodes[*from][1] += counts;
            break;
        case Kind::Backend:
            nodes[*from][2] += counts;
            break;
        case Kind::Attachment:
        case Kind::Reference:
            if (const auto to = shownNode(whole, shown, key.to); to && *to != *from)
                edges[{*from, *to}] += counts;
            break;
        }
    }
    traffic.nodes.resize(drawn.nodes.size());
    for (const auto& [node, levels] : nodes) {
        for (const TrafficCounts& counts : levels) {
            if (counts.total() == 0)
                continue;
            traffic.nodes[node] = numbersOf(counts, now.seconds);
            break;
        }
    }
    traffic.edges.resize(plan.edges.size());
    for (std::size_t e = 0; e < plan.edges.size(); ++e) {
        const model::TopologyEdge& edge = drawn.edges[plan.edges[e]];
        if (edge.rejected || edge.kind == model::EdgeKind::Policy)
            continue;
        // Of several between the same ends, the first says it all.
        if (const auto found = edges.extract({edge.from, edge.to}))
            traffic.edges[e] = numbersOf(found.mapped(), now.seconds);
    }
    return traffic;
}

} // namespace gatehouse::ui
