#include "model/topology/groups.h"

namespace gatehouse::model {

namespace {

/// Text inside "quotes" of Mermaid: its own entity codes for what would end the quotes or start markup.
std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"')
            result += "#quot;";
        else if (c == '#')
            result += "#35;";
        else if (c == '<')
            result += "#lt;";
        else if (c == '>')
            result += "#gt;";
        else
            result += c == '\n' || c == '\r' ? ' ' : c;
    }
    return result + '"';
}

std::string label(const TopologyNode& node, bool withNamespace)
{
    std::string text = node.key.kind + ' ' + (withNamespace ? toString(node.key.name) : node.title);
    for (const TopologyPort& port : node.ports) {
        text += " | " + port.name + ' ' + port.protocol + ' ' + std::to_string(port.port);
        if (port.localPort != 0 && port.localPort != port.port)
            text += " -> " + std::to_string(port.localPort);
    }
    return quoted(text);
}

/// Shape says kind, as on the canvas.
std::string shaped(const TopologyNode& node, bool withNamespace)
{
    const std::string text = label(node, withNamespace);
    switch (node.kind) {
    case NodeKind::Gateway:
    case NodeKind::ListenerSet:
        return '[' + text + ']';
    case NodeKind::Route:
        return "([" + text + "])";
    case NodeKind::Backend:
        return "[(" + text + ")]";
    case NodeKind::Policy:
        return "{{" + text + "}}";
    case NodeKind::Other:
        return '(' + text + ')';
    }
    return '(' + text + ')';
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string nodeId(std::size_t index)
{
    return 'n' + std::to_string(index);
}

} // namespace

std::string toMermaid(const Topology& topology, const TopologyGroups& groups)
{
    std::string text = "flowchart LR\n";
    const auto write = [&](const std::vector<std::uint32_t>& nodes, const char* indent) {
        for (const std::uint32_t node : nodes)
            text += indent + nodeId(node) + shaped(topology.nodes[node], groups.by != Grouping::Namespace) + '\n';
    };
    for (std::size_t i = 0; i < groups.groups.size(); ++i) {
        text += "  subgraph ns" + std::to_string(i) + '[' + quoted(groups.groups[i].title) + "]\n";
        write(groups.groups[i].nodes, "    ");
        text += "  end\n";
    }
    write(groups.outside, "  ");
    for (const TopologyEdge& edge : topology.edges) {
        std::string words = edge.label;
        if (!edge.listeners.empty())
            words = joined(edge.listeners) + (words.empty() ? "" : ": " + words);
        text += "  " + nodeId(edge.from) + (edge.rejected ? " -.->" : " -->");
        if (!words.empty())
            text += '|' + quoted(words) + '|';
        text += ' ' + nodeId(edge.to) + '\n';
    }
    return text;
}

} // namespace gatehouse::model
