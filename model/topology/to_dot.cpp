#include "model/topology/groups.h"

#include <algorithm>
#include <vector>

namespace gatehouse::model {
namespace {

/// A DOT string: only the quote and the backslash are special.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result + '"';
}

/// Text inside an HTML-like label.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

std::string_view colourOf(Health health)
{
    switch (health) {
    case Health::Good:
        return "#2e7d32";
    case Health::Warning:
        return "#b26a00";
    case Health::Bad:
        return "#c62828";
    case Health::Unknown:
        return "#607d8b";
    }
    return "#607d8b";
}

std::string_view shapeOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Gateway:
        return "plain";
    case NodeKind::ListenerSet:
        return "component";
    case NodeKind::Route:
        return "box";
    case NodeKind::Backend:
        return "cylinder";
    case NodeKind::Policy:
        return "note";
    case NodeKind::Other:
        return "ellipse";
    }
    return "box";
}

/// Never by colour alone: what is not good says so.
std::string badge(Health health)
{
    return health == Health::Good ? "" : '[' + std::string(toString(health)) + ']';
}

std::string idOf(const TopologyNode& node)
{
    const ObjectKey& key = node.key;
    return quoted(key.kind + (key.group.empty() ? "" : '.' + key.group) + '/' + toString(key.name));
}

std::string portText(const TopologyPort& port)
{
    std::string text = port.name + "  " + port.protocol + " :" + std::to_string(port.port);
    if (port.localPort != 0 && port.localPort != port.port)
        text += " (local " + std::to_string(port.localPort) + ')';
    if (!port.hostname.empty())
        text += "  " + port.hostname;
    return text + "  " + std::to_string(port.attachedRoutes) + (port.attachedRoutes == 1 ? " route" : " routes");
}

/// Its namespace belongs to the title where no frame says it.
std::string titleOf(const TopologyNode& node, Grouping grouping)
{
    return grouping == Grouping::Namespace ? node.title : toString(node.key.name);
}

std::string gatewayLabel(const TopologyNode& node, const std::string& title)
{
    const std::string colour(colourOf(node.health));
    std::string label = "<<TABLE BORDER=\"2\" COLOR=\"" + colour +
                        "\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\"><TR><TD ALIGN=\"LEFT\"><B>" +
                        escaped(title) + "</B></TD></TR>";
    const auto row = [&](const std::string& text) {
        label += "<TR><TD ALIGN=\"LEFT\">" + escaped(text) + "</TD></TR>";
    };
    if (!node.subtitle.empty())
        row(node.subtitle);
    if (node.health != Health::Good)
        row(badge(node.health));
    for (std::size_t p = 0; p < node.ports.size(); ++p) {
        const TopologyPort& port = node.ports[p];
        label += "<HR/><TR><TD ALIGN=\"LEFT\" PORT=\"p" + std::to_string(p) + "\"><FONT COLOR=\"" +
                 std::string(colourOf(port.health)) + "\">" + escaped(portText(port)) +
                 (port.health == Health::Good ? "" : ' ' + badge(port.health)) + "</FONT></TD></TR>";
    }
    return label + "</TABLE>>";
}

void writeNode(std::string& dot, const TopologyNode& node, Grouping grouping, std::string_view indent)
{
    const bool isGateway = node.kind == NodeKind::Gateway;
    const std::string title = titleOf(node, grouping);
    std::string label = title;
    for (const std::string& line : {node.subtitle, badge(node.health)})
        if (!line.empty())
            label += '\n' + line;
    dot += std::string(indent) + idOf(node) + " [shape=" + std::string(shapeOf(node.kind)) + ", color=\"" +
           std::string(colourOf(node.health)) + "\", label=" + (isGateway ? gatewayLabel(node, title) : quoted(label));
    if (node.kind == NodeKind::Route)
        dot += ", style=rounded";
    dot += ", tooltip=" + quoted(toString(node.key) + (node.healthText.empty() ? "" : ": " + node.healthText)) + "];\n";
}

std::string tailOf(const TopologyNode& from, const TopologyEdge& edge)
{
    const std::string id = idOf(from);
    if (edge.kind != EdgeKind::Attachment || edge.listeners.size() != 1)
        return id;
    const auto it = std::find_if(from.ports.begin(), from.ports.end(),
                                 [&](const TopologyPort& port) { return port.name == edge.listeners.front(); });
    return it == from.ports.end() ? id : id + ":p" + std::to_string(it - from.ports.begin());
}

void writeEdge(std::string& dot, const Topology& topology, const TopologyEdge& edge)
{
    dot += "  " + tailOf(topology.nodes[edge.from], edge) + " -> " + idOf(topology.nodes[edge.to]) + " [";
    if (edge.rejected)
        dot += "style=dashed, color=\"#c62828\", fontcolor=\"#c62828\", ";
    else if (edge.kind == EdgeKind::Policy)
        dot += "style=dotted, ";
    else if (edge.crossNamespace)
        dot += "color=\"#6a3fb5\", ";
    dot +=
        "label=" + quoted(edge.label) + ", tooltip=" + quoted(edge.detail.empty() ? edge.label : edge.detail) + "];\n";
}

} // namespace

std::string toDot(const Topology& topology)
{
    return toDot(topology, groupBy(topology, Grouping::Namespace));
}

std::string toDot(const Topology& topology, const TopologyGroups& groups)
{
    std::string dot = "digraph gatehouse {\n"
                      "  rankdir=LR;\n"
                      "  node [fontname=\"Helvetica\", fontsize=11];\n"
                      "  edge [fontname=\"Helvetica\", fontsize=9];\n";
    for (const std::uint32_t node : groups.outside)
        writeNode(dot, topology.nodes[node], groups.by, "  ");
    for (const TopologyGroup& group : groups.groups) {
        dot += "  subgraph " + quoted("cluster_" + group.id) + " {\n    label=" + quoted(group.title) +
               ";\n    color=\"#9e9e9e\";\n    fontname=\"Helvetica\";\n";
        for (const std::uint32_t node : group.nodes)
            writeNode(dot, topology.nodes[node], groups.by, "    ");
        dot += "  }\n";
    }
    for (const TopologyEdge& edge : topology.edges)
        writeEdge(dot, topology, edge);
    return dot + "}\n";
}

} // namespace gatehouse::model
