#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/control/nearest.h"
#include "importers/writers.h"
#include "model/topology/groups.h"
#include "model/topology/select.h"
#include "ui/layout/render.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

/// What is in a namespace, with the neighbours of that elsewhere: who is attached to it, and what it refers to.
model::Topology namespacePart(const model::Topology& all, const std::string& name)
{
    std::vector<bool> kept(all.nodes.size());
    for (std::size_t i = 0; i < kept.size(); ++i)
        kept[i] = all.nodes[i].key.name.namespace_ == name;
    std::vector<bool> part = kept;
    for (const model::TopologyEdge& edge : all.edges) {
        // The Gateway of a ListenerSet in the namespace may be elsewhere, and so may the routes of its listeners.
        const bool throughSet = std::any_of(edge.listeners.begin(), edge.listeners.end(),
                                            [&](const std::string& each) { return each.starts_with(name + '/'); });
        if (throughSet || kept[edge.from] || kept[edge.to])
            part[edge.from] = part[edge.to] = true;
    }
    return model::partOf(all, part, std::vector<bool>(all.edges.size(), true));
}

class Graph final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser);
        parser.option("-o,--output", output_, "FORMAT", "dot, svg, png, pdf, mermaid or json",
                      {"dot", "svg", "png", "pdf", "mermaid", "json"});
        parser.option("--focus", focus_, "KIND/NAMESPACE/NAME", "Only what reaches this object or is reached from it");
        parser.option("--hops", hops_, "N", "With --focus: at most N edges away (default: any number)");
        parser.option("--only", only_, "WHAT", "refused: only what is refused, with both ends", {"refused"});
        parser.option("--group", group_, "HOW", "Frames a namespace (default) or a gateway", {"namespace", "gateway"});
        parser.option("-O,--output-file", file_, "FILE", "Write there instead of standard output");
        parser.footer(
            "With -n what is in the namespace is drawn, and of others what is attached to it or what it refers to.");
    }

    int run(Context& context, const Parser&) override
    {
        const bool binary = output_ == "png" || output_ == "pdf";
        if (binary && file_.empty() && context.outIsTerminal)
            return usageError(context, "graph: " + output_ + " is not for a terminal; name a file with --output-file");
        if (hops_ && (*hops_ < 0 || focus_.empty()))
            return usageError(context,
                              focus_.empty() ? "graph: --hops needs --focus" : "graph: --hops: expected 0 or more");
        const Loaded loaded = loadInput(context, {input_, common_, true, true});
        if (!loaded.state || loaded.state->import.unreadable)
            return loaded.exitCode;
        const auto selected = select(*loaded.state->topology);
        if (!selected)
            return usageError(context, "graph: --focus: " + selected.error());
        if (const std::string name = common_.onlyNamespace(); !name.empty() && selected->nodes.empty())
            context.err << "No resources found in namespace " << name << '\n';
        const auto drawn = draw(*selected);
        if (!drawn) {
            context.err << "gatehouse: graph: " << drawn.error() << '\n';
            return code(Exit::CannotStart);
        }
        return write(context, *drawn) ? loaded.exitCode : code(Exit::Usage);
    }

private:
    [[nodiscard]] bool write(Context& context, const std::string& drawn) const
    {
        if (file_.empty()) {
            context.out << drawn;
            return true;
        }
        std::ofstream file(file_, std::ios::binary | std::ios::trunc);
        file << drawn;
        file.close();
        if (!file)
            context.err << "gatehouse: graph: cannot write " << file_ << ": " << std::strerror(errno) << '\n';
        return static_cast<bool>(file);
    }

    /// What --focus, -n and --only leave; the error says what --focus should have named.
    [[nodiscard]] model::Result<model::Topology, std::string> select(const model::Topology& all) const
    {
        model::Topology selected = all;
        if (!focus_.empty()) {
            const auto found = findNode(all, focus_);
            if (!found)
                return model::Unexpected{unknownFocus(all)};
            const std::uint32_t hops = hops_ ? static_cast<std::uint32_t>(*hops_) : model::anyHops;
            selected = focusOn(all, *found, hops);
        }
        if (const std::string name = common_.onlyNamespace(); !name.empty())
            selected = namespacePart(selected, name);
        if (only_.empty())
            return selected;
        return onlyRefused(selected, focus_.empty() ? std::nullopt : findNode(selected, focus_));
    }

    [[nodiscard]] std::string unknownFocus(const model::Topology& topology) const
    {
        std::vector<std::string> names;
        for (const model::TopologyNode& node : topology.nodes)
            names.push_back(focusText(node));
        if (names.empty())
            return "the input holds nothing to draw";
        const std::string near = control::nearest(focus_, names);
        std::string text = "no object '" + focus_ + "' is drawn; ";
        if (std::count(focus_.begin(), focus_.end(), '/') != 2)
            text += "expected KIND/NAMESPACE/NAME; ";
        return text + (near.empty() ? "for instance '" + names.front() + '\'' : "did you mean '" + near + "'?");
    }

    [[nodiscard]] model::Result<std::string, std::string> draw(const model::Topology& topology) const
    {
        const model::TopologyGroups groups =
            groupBy(topology, group_ == "gateway" ? model::Grouping::Gateway : model::Grouping::Namespace);
        if (output_ == "json")
            return importers::toJson(toValue(topology, groups));
        if (output_ == "mermaid")
            return toMermaid(topology, groups);
        const std::string dot = toDot(topology, groups);
        if (output_ == "dot")
            return dot;
        return layout::render(dot, output_);
    }

    InputOptions input_;
    CommonOptions common_;
    std::string output_ = "dot", file_, focus_, only_, group_ = "namespace";
    std::optional<int> hops_;
};

} // namespace

std::unique_ptr<Command> makeGraph()
{
    return std::make_unique<Graph>();
}

} // namespace gatehouse::cli
