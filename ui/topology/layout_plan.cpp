#include "ui/topology/layout_plan.h"

#include <QFontMetricsF>

#include <algorithm>
#include <map>

namespace gatehouse::ui {

using model::EdgeKind;
using model::NodeKind;

QString relationMark(model::Relation relation)
{
    switch (relation) {
    case model::Relation::OneToOne:
        return QStringLiteral("1:1");
    case model::Relation::OneToMany:
        return QStringLiteral("1:n");
    case model::Relation::ManyToOne:
        return QStringLiteral("n:1");
    case model::Relation::ManyToMany:
        return QStringLiteral("n:n");
    }
    return {};
}

EdgeLabel edgeLabel(const model::TopologyEdge& edge, const CanvasFonts& fonts)
{
    EdgeLabel label;
    label.refused = edge.rejected;
    if (edge.rejected)
        label.text = QString::fromStdString(edge.reason.empty() ? edge.label : edge.reason);
    else if (edge.relation)
        label.text = relationMark(*edge.relation);
    else
        label.text = QString::fromStdString(edge.label);
    if (!label.text.isEmpty()) {
        const double width = QFontMetricsF(fonts.badge).horizontalAdvance(label.text) + 16 + (edge.rejected ? 17 : 0);
        label.size = QSizeF(std::max(width, 30.0), 20);
    }
    return label;
}

std::vector<std::size_t> portRows(const model::TopologyNode& gateway, const model::TopologyEdge& edge)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < gateway.ports.size(); ++i) {
        const auto& name = gateway.ports[i].name;
        if (std::find(edge.listeners.begin(), edge.listeners.end(), name) != edge.listeners.end())
            rows.push_back(i);
    }
    return rows;
}

namespace {

std::uint32_t columnOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Gateway:
    case NodeKind::ListenerSet:
        return 0;
    case NodeKind::Route:
        return 1;
    case NodeKind::Backend:
    case NodeKind::Policy:
    case NodeKind::Other:
        return 2;
    }
    return 2;
}

} // namespace

LayoutPlan planLayout(const TopologyIndex& index, const std::vector<bool>& visible, const CanvasFonts& fonts,
                      layout::Direction direction)
{
    const model::Topology& topology = index.topology();
    LayoutPlan plan;
    plan.input.direction = direction;
    std::map<std::string, std::int32_t> clusters;
    std::vector<std::int32_t> boxOf(topology.nodes.size(), -1);
    const QFontMetricsF titleMetrics(fonts.frame);

    // Cards of a kind are equally wide, so that columns have straight edges.
    std::vector<CardGeometry> measured(topology.nodes.size());
    std::map<NodeKind, double> widths;
    for (std::uint32_t n = 0; n < topology.nodes.size(); ++n) {
        if (!visible.empty() && !visible[n])
            continue;
        measured[n] = measureCard(topology.nodes[n], fonts);
        double& width = widths[topology.nodes[n].kind];
        width = std::max(width, measured[n].size.width());
    }

    for (std::uint32_t n = 0; n < topology.nodes.size(); ++n) {
        if (!visible.empty() && !visible[n])
            continue;
        const model::TopologyNode& node = topology.nodes[n];
        layout::Box box;
        CardGeometry& geometry = measured[n];
        geometry.size.setWidth(widths[node.kind]);
        box.width = geometry.size.width();
        box.height = geometry.size.height();
        box.ports = geometry.ports;
        box.column = columnOf(node.kind);
        if (const std::string& ns = node.key.name.namespace_; !ns.empty()) {
            const auto [found, added] = clusters.emplace(ns, static_cast<std::int32_t>(clusters.size()));
            if (added) {
                plan.namespaces.push_back(ns);
                plan.input.clusters.push_back({titleMetrics.horizontalAdvance(QString::fromStdString(ns)) + 40, 24});
            }
            box.cluster = found->second;
        }
        boxOf[n] = static_cast<std::int32_t>(plan.input.boxes.size());
        plan.input.boxes.push_back(std::move(box));
        plan.geometry.push_back(geometry);
        plan.nodes.push_back(n);
    }

    for (std::uint32_t e = 0; e < topology.edges.size(); ++e) {
        const model::TopologyEdge& edge = topology.edges[e];
        if (boxOf[edge.from] < 0 || boxOf[edge.to] < 0 || edge.from == edge.to)
            continue;
        // A policy of a backend stands behind it: in front it would push the backend out of its column.
        const bool reverse = edge.kind == EdgeKind::Policy && topology.nodes[edge.to].kind == NodeKind::Backend;
        layout::Edge laid;
        laid.from = static_cast<std::uint32_t>(boxOf[reverse ? edge.to : edge.from]);
        laid.to = static_cast<std::uint32_t>(boxOf[reverse ? edge.from : edge.to]);
        if (edge.kind == EdgeKind::Attachment) {
            if (const auto rows = portRows(topology.nodes[edge.from], edge); !rows.empty())
                laid.fromPort = static_cast<std::int32_t>(rows.front());
        }
        const EdgeLabel label = edgeLabel(edge, fonts);
        if (!label.size.isEmpty()) {
            laid.labelWidth = label.size.width() + 16;
            laid.labelHeight = label.size.height() + 4;
        }
        plan.input.edges.push_back(laid);
        plan.edges.push_back(e);
        plan.reversed.push_back(reverse);
    }
    return plan;
}

} // namespace gatehouse::ui
