#include "ui/document/traffic_parts.h"

#include <QCoreApplication>

namespace gatehouse::ui {
namespace {

using Kind = TrafficKey::Kind;
using model::EdgeKind;
using model::NodeKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TrafficParts)
};

QString nameOf(const model::TopologyNode& node)
{
    return QString::fromStdString(model::toString(node.key.name));
}

/// The Gateway's listeners, or those alone that come from a ListenerSet.
void addListeners(const model::TopologyNode& gateway, const std::string& set, std::vector<TrafficPart>& parts)
{
    for (const model::TopologyPort& port : gateway.ports)
        if (set.empty() || port.listenerSet == set)
            parts.push_back({QString::fromStdString(port.name), {Kind::Listener, gateway.key, {}, port.name}});
}

} // namespace

std::vector<TrafficPart> trafficParts(const TopologyIndex& index, std::uint32_t node)
{
    const model::Topology& topology = index.topology();
    const model::TopologyNode& own = topology.nodes[node];
    std::vector<TrafficPart> parts;
    if (const auto whole = trafficKeyOf(own.key, own.kind))
        parts.push_back({{}, *whole});
    if (own.kind == NodeKind::Gateway)
        addListeners(own, {}, parts);
    for (const std::uint32_t e : index.incoming(node)) {
        const model::TopologyEdge& edge = topology.edges[e];
        const model::TopologyNode& from = topology.nodes[edge.from];
        if (edge.rejected)
            continue;
        if (own.kind == NodeKind::ListenerSet && edge.kind == EdgeKind::Attachment)
            addListeners(from, model::toString(own.key.name), parts);
        else if (own.kind == NodeKind::Route && edge.kind == EdgeKind::Attachment && from.kind == NodeKind::Gateway)
            parts.push_back({Words::tr("through %1").arg(nameOf(from)), {Kind::Attachment, from.key, own.key}});
        else if (own.kind == NodeKind::Backend && edge.kind == EdgeKind::Backend)
            parts.push_back({Words::tr("from %1").arg(nameOf(from)), {Kind::Reference, from.key, own.key}});
    }
    for (const std::uint32_t e : index.outgoing(node)) {
        const model::TopologyEdge& edge = topology.edges[e];
        if (own.kind == NodeKind::Route && edge.kind == EdgeKind::Backend && !edge.rejected)
            parts.push_back({Words::tr("to %1").arg(nameOf(topology.nodes[edge.to])),
                             {Kind::Reference, own.key, topology.nodes[edge.to].key}});
    }
    return parts;
}

} // namespace gatehouse::ui
