#include "ui/topology/canvas_filter.h"

#include <algorithm>

namespace gatehouse::ui {

using model::EdgeKind;
using model::NodeKind;
using model::TopologyEdge;
using model::TopologyNode;

bool CanvasFilter::active() const
{
    return !(*this == CanvasFilter{});
}

std::optional<LinkKind> linkKind(const TopologyEdge& edge)
{
    if (edge.kind != EdgeKind::Attachment)
        return std::nullopt;
    if (edge.rejected)
        return LinkKind::Refused;
    if (!edge.relation)
        return std::nullopt;
    switch (*edge.relation) {
    case model::Relation::OneToOne:
        return LinkKind::OneToOne;
    case model::Relation::OneToMany:
        return LinkKind::OneToMany;
    case model::Relation::ManyToOne:
        return LinkKind::ManyToOne;
    case model::Relation::ManyToMany:
        return LinkKind::ManyToMany;
    }
    return std::nullopt;
}

namespace {

template <class T>
bool asksFor(const std::set<T>& wanted, const T& value)
{
    return wanted.empty() || wanted.contains(value);
}

bool unwell(const TopologyNode& node)
{
    return node.health == model::Health::Bad || node.health == model::Health::Warning;
}

/// Marks what hangs below marked nodes: routes below Gateways, backends below routes, and the policies of all these.
void spread(const model::Topology& topology, const std::vector<bool>& edges, std::vector<bool>& marks, EdgeKind kind)
{
    for (std::size_t e = 0; e < topology.edges.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        if (edge.kind != kind || !edges[e])
            continue;
        if (kind == EdgeKind::Policy && marks[edge.to])
            marks[edge.from] = true;
        else if (kind != EdgeKind::Policy && marks[edge.from])
            marks[edge.to] = true;
    }
}

bool throughProtocol(const TopologyNode& gateway, const TopologyEdge& edge, const std::set<std::string>& protocols)
{
    return std::any_of(gateway.ports.begin(), gateway.ports.end(), [&](const model::TopologyPort& port) {
        return protocols.contains(port.protocol) &&
               std::find(edge.listeners.begin(), edge.listeners.end(), port.name) != edge.listeners.end();
    });
}

/// Keeps the Gateways with a listener of the protocols, what is attached to these listeners, and what is behind it.
void keepProtocols(const TopologyIndex& index, const std::set<std::string>& protocols, FilterMarks& marks)
{
    const model::Topology& topology = index.topology();
    std::vector<bool> kept(topology.nodes.size(), false);
    for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
        const auto& ports = topology.nodes[n].ports;
        kept[n] =
            std::any_of(ports.begin(), ports.end(), [&](const auto& p) { return protocols.contains(p.protocol); });
    }
    for (std::size_t e = 0; e < topology.edges.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        if (edge.kind != EdgeKind::Attachment)
            continue;
        marks.edges[e] = marks.edges[e] && throughProtocol(topology.nodes[edge.from], edge, protocols);
        if (marks.edges[e])
            kept[edge.to] = true;
    }
    spread(topology, marks.edges, kept, EdgeKind::Backend);
    spread(topology, marks.edges, kept, EdgeKind::Policy);
    for (std::size_t n = 0; n < kept.size(); ++n)
        marks.nodes[n] = marks.nodes[n] && kept[n];
}

void keepLinks(const TopologyIndex& index, const std::set<LinkKind>& links, FilterMarks& marks)
{
    const model::Topology& topology = index.topology();
    std::vector<bool> kept(topology.nodes.size(), false);
    for (std::size_t e = 0; e < topology.edges.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        if (edge.kind != EdgeKind::Attachment)
            continue;
        const auto kind = linkKind(edge);
        marks.edges[e] = marks.edges[e] && kind && links.contains(*kind);
        if (marks.edges[e])
            kept[edge.from] = kept[edge.to] = true;
    }
    spread(topology, marks.edges, kept, EdgeKind::Backend);
    spread(topology, marks.edges, kept, EdgeKind::Policy);
    for (std::size_t n = 0; n < kept.size(); ++n)
        marks.nodes[n] = marks.nodes[n] && kept[n];
}

/// Keeps the chosen nodes and the ends of chosen edges, and what they are directly connected with.
void keepAround(const model::Topology& topology, const std::vector<bool>& chosen, const std::vector<bool>& chosenEdges,
                FilterMarks& marks)
{
    std::vector<bool> kept = chosen;
    for (std::size_t e = 0; e < topology.edges.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        if (chosenEdges[e])
            kept[edge.from] = kept[edge.to] = true;
        if (!edge.rejected && chosen[edge.to])
            kept[edge.from] = true;
        if (!edge.rejected && chosen[edge.from] &&
            topology.nodes[edge.from].kind != NodeKind::Gateway) // all routes of a Gateway say little about it
            kept[edge.to] = true;
    }
    for (std::size_t n = 0; n < kept.size(); ++n)
        marks.nodes[n] = marks.nodes[n] && kept[n];
}

void keepProblems(const TopologyIndex& index, FilterMarks& marks)
{
    const model::Topology& topology = index.topology();
    std::vector<bool> faulty(topology.nodes.size()), refused(topology.edges.size());
    for (std::size_t n = 0; n < faulty.size(); ++n)
        faulty[n] = unwell(topology.nodes[n]);
    for (std::size_t e = 0; e < refused.size(); ++e)
        refused[e] = topology.edges[e].rejected && marks.edges[e];
    keepAround(topology, faulty, refused, marks);
}

void keepChanges(const TopologyIndex& index, const CanvasMarks& comparison, FilterMarks& marks)
{
    const model::Topology& topology = index.topology();
    std::vector<bool> changed(topology.nodes.size()), changedEdges(topology.edges.size());
    for (std::size_t n = 0; n < changed.size(); ++n)
        changed[n] = comparison.nodes[n].any();
    for (std::size_t e = 0; e < changedEdges.size(); ++e)
        changedEdges[e] = comparison.edges[e].any() && marks.edges[e];
    keepAround(topology, changed, changedEdges, marks);
}

} // namespace

FilterMarks applyFilter(const TopologyIndex& index, const CanvasFilter& filter, const CanvasMarks* comparison)
{
    const model::Topology& topology = index.topology();
    FilterMarks marks{std::vector<bool>(topology.nodes.size(), true), std::vector<bool>(topology.edges.size(), true)};
    if (!filter.active())
        return marks;
    for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
        const TopologyNode& node = topology.nodes[n];
        marks.nodes[n] = asksFor(filter.kinds, node.key.kind) && asksFor(filter.namespaces, node.key.name.namespace_) &&
                         asksFor(filter.healths, node.health);
    }
    if (!filter.protocols.empty())
        keepProtocols(index, filter.protocols, marks);
    if (!filter.links.empty())
        keepLinks(index, filter.links, marks);
    if (filter.problemsOnly)
        keepProblems(index, marks);
    if (filter.changesOnly && comparison)
        keepChanges(index, *comparison, marks);
    return marks;
}

FilterChoices filterChoices(const model::Topology& topology)
{
    FilterChoices choices;
    for (const TopologyNode& node : topology.nodes) {
        choices.kinds.insert(node.key.kind);
        if (!node.key.name.namespace_.empty())
            choices.namespaces.insert(node.key.name.namespace_);
        choices.healths.insert(node.health);
        for (const model::TopologyPort& port : node.ports)
            choices.protocols.insert(port.protocol);
    }
    for (const TopologyEdge& edge : topology.edges) {
        if (const auto kind = linkKind(edge))
            choices.links.insert(*kind);
    }
    return choices;
}

} // namespace gatehouse::ui
