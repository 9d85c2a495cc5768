#include "app/cli/output/mermaid.h"

#include "app/cli/output/words.h"

namespace gatehouse::cli {

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

std::string label(const model::TopologyNode& node)
{
    std::string text = node.key.kind + ' ' + node.title;
    for (const model::TopologyPort& port : node.ports) {
        text += " | " + port.name + ' ' + port.protocol + ' ' + std::to_string(port.port);
        if (port.localPort != 0 && port.localPort != port.port)
            text += " -> " + std::to_string(port.localPort);
    }
    return quoted(text);
}

/// Shape says kind, as on the canvas.
std::string shaped(const model::TopologyNode& node)
{
    switch (node.kind) {
    case model::NodeKind::Gateway:
    case model::NodeKind::ListenerSet:
        return '[' + label(node) + ']';
    case model::NodeKind::Route:
        return "([" + label(node) + "])";
    case model::NodeKind::Backend:
        return "[(" + label(node) + ")]";
    case model::NodeKind::Policy:
        return "{{" + label(node) + "}}";
    case model::NodeKind::Other:
        return '(' + label(node) + ')';
    }
    return '(' + label(node) + ')';
}

std::string nodeId(std::size_t index)
{
    return 'n' + std::to_string(index);
}

} // namespace

std::string toMermaid(const model::Topology& topology)
{
    std::string text = "flowchart LR\n";
    const auto nodesOf = [&](const std::string& ns, const char* indent) {
        for (std::size_t i = 0; i < topology.nodes.size(); ++i)
            if (topology.nodes[i].key.name.namespace_ == ns)
                text += indent + nodeId(i) + shaped(topology.nodes[i]) + '\n';
    };
    for (std::size_t i = 0; i < topology.namespaces.size(); ++i) {
        text += "  subgraph ns" + std::to_string(i) + '[' + quoted(topology.namespaces[i]) + "]\n";
        nodesOf(topology.namespaces[i], "    ");
        text += "  end\n";
    }
    nodesOf("", "  ");
    for (const model::TopologyEdge& edge : topology.edges) {
        std::string words = edge.label;
        if (!edge.listeners.empty())
            words = join(edge.listeners, ", ") + (words.empty() ? "" : ": " + words);
        text += "  " + nodeId(edge.from) + (edge.rejected ? " -.->" : " -->");
        if (!words.empty())
            text += '|' + quoted(words) + '|';
        text += ' ' + nodeId(edge.to) + '\n';
    }
    return text;
}

} // namespace gatehouse::cli
