// What the Navigator shows of a topology, as rows.

#include "ui/icons.h"
#include "ui/models/navigator_model.h"
#include "ui/topology/card_metrics.h"
#include "ui/topology/layout_plan.h"

#include <algorithm>
#include <map>

namespace gatehouse::ui {
namespace {

using model::EdgeKind;
using model::NodeKind;
using Row = TreeRow<NavigatorEntry>;

bool unwell(model::Health health)
{
    return health == model::Health::Bad || health == model::Health::Warning;
}

class Builder {
public:
    explicit Builder(const TopologyIndex& index) : index_(index), topology_(index.topology()) {}

    NavigatorRows build() &&
    {
        std::map<std::string, std::vector<std::uint32_t>> nodesOf;
        for (const std::string& ns : topology_.namespaces)
            nodesOf[ns];
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n)
            nodesOf[topology_.nodes[n].key.name.namespace_].push_back(n);
        for (const model::TopologyGrant& grant : topology_.grants)
            nodesOf[grant.key.name.namespace_];
        NavigatorRows rows;
        for (const auto& [ns, nodes] : nodesOf)
            rows.push_back(space(ns, nodes));
        return rows;
    }

private:
    static QString keyText(const model::ObjectKey& key)
    {
        return QString::fromStdString(key.group + ' ' + model::toString(key));
    }

    Row space(const std::string& ns, const std::vector<std::uint32_t>& nodes) const
    {
        Row row;
        row.id = QString::fromStdString(ns);
        row.value.text = ns.empty() ? NavigatorModel::tr("cluster-wide") : row.id;
        row.value.icon = QStringLiteral("namespace");
        for (const std::uint32_t n : nodes) {
            row.value.unwell += unwell(topology_.nodes[n].health) ? 1 : 0;
            addOwn(row, ns, n);
        }
        for (const model::TopologyGrant& grant : topology_.grants)
            if (grant.key.name.namespace_ == ns)
                row.below.push_back(grantRow(grant));
        row.value.detail = QString::number(row.below.size());
        if (const auto owner = topology_.owners.find(ns); owner != topology_.owners.end() && !owner->second.key.empty())
            row.value.detail =
                QString::fromStdString(owner->second.name) + QStringLiteral(" \u00b7 ") + row.value.detail;
        return row;
    }

    void addOwn(Row& space, const std::string& ns, std::uint32_t n) const
    {
        switch (topology_.nodes[n].kind) {
        case NodeKind::Gateway:
            space.below.push_back(gatewayRow(n));
            break;
        case NodeKind::Route:
            space.below.push_back(routeRow(n));
            break;
        case NodeKind::ListenerSet:
        case NodeKind::Policy:
        case NodeKind::Other:
            space.below.push_back(nodeRow(n));
            break;
        case NodeKind::Backend: // below its routes, or alone when no route here has it
            if (std::none_of(index_.incoming(n).begin(), index_.incoming(n).end(), [&](std::uint32_t e) {
                    const auto& edge = topology_.edges[e];
                    return edge.kind == EdgeKind::Backend && topology_.nodes[edge.from].key.name.namespace_ == ns;
                }))
                space.below.push_back(nodeRow(n));
            break;
        }
    }

    Row nodeRow(std::uint32_t n) const
    {
        const model::TopologyNode& node = topology_.nodes[n];
        Row row;
        row.id = keyText(node.key);
        row.value.text = QString::fromStdString(node.title);
        row.value.detail = QString::fromStdString(node.subtitle);
        row.value.icon = iconName(node.kind);
        row.value.key = node.key;
        row.value.kind = node.kind;
        row.value.health = node.health;
        return row;
    }

    static Row grantRow(const model::TopologyGrant& grant)
    {
        Row row;
        row.id = keyText(grant.key);
        row.value.text = QString::fromStdString(grant.key.name.name);
        row.value.detail = QString::fromStdString(grant.key.kind);
        row.value.icon = QStringLiteral("grant");
        row.value.key = grant.key;
        row.value.kind = NodeKind::Policy;
        return row;
    }

    /// Backends once each, however many edges lead there.
    Row routeRow(std::uint32_t n) const
    {
        Row row = nodeRow(n);
        for (const std::uint32_t e : index_.outgoing(n)) {
            if (topology_.edges[e].kind != EdgeKind::Backend)
                continue;
            Row backend = nodeRow(topology_.edges[e].to);
            if (std::none_of(row.below.begin(), row.below.end(), [&](const Row& b) { return b.id == backend.id; }))
                row.below.push_back(std::move(backend));
        }
        return row;
    }

    Row gatewayRow(std::uint32_t n) const
    {
        const model::TopologyNode& gateway = topology_.nodes[n];
        Row row = nodeRow(n);
        std::vector<std::vector<std::uint32_t>> routes(gateway.ports.size());
        for (const std::uint32_t e : index_.outgoing(n)) {
            const model::TopologyEdge& edge = topology_.edges[e];
            if (edge.kind != EdgeKind::Attachment || edge.rejected ||
                topology_.nodes[edge.to].kind == NodeKind::ListenerSet)
                continue;
            for (const std::size_t port : portRows(gateway, edge))
                if (std::find(routes[port].begin(), routes[port].end(), edge.to) == routes[port].end())
                    routes[port].push_back(edge.to);
        }
        for (std::size_t p = 0; p < gateway.ports.size(); ++p)
            row.below.push_back(listenerRow(gateway, gateway.ports[p], routes[p]));
        return row;
    }

    Row listenerRow(const model::TopologyNode& gateway, const model::TopologyPort& port,
                    const std::vector<std::uint32_t>& routes) const
    {
        Row row;
        row.id = QString::fromStdString(port.name);
        row.value.text = row.id;
        row.value.detail = QString::fromStdString(port.protocol) + QLatin1Char(' ') + portText(port);
        row.value.icon = QStringLiteral("listener");
        row.value.key = gateway.key;
        row.value.kind = NodeKind::Gateway;
        row.value.health = port.health;
        row.value.listener = true;
        for (const std::uint32_t route : routes)
            row.below.push_back(routeRow(route));
        return row;
    }

    const TopologyIndex& index_;
    const model::Topology& topology_;
};

} // namespace

NavigatorRows navigatorRows(const TopologyIndex& index)
{
    return Builder(index).build();
}

} // namespace gatehouse::ui
