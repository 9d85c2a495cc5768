#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/mermaid.h"
#include "importers/writers.h"
#include "ui/layout/render.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

class Graph final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser, false);
        parser.option("-o,--output", output_, "FORMAT", "dot, svg, png, pdf, mermaid or json",
                      {"dot", "svg", "png", "pdf", "mermaid", "json"});
        parser.option("-O,--output-file", file_, "FILE", "Write there instead of standard output");
    }

    int run(Context& context, const Parser&) override
    {
        const bool binary = output_ == "png" || output_ == "pdf";
        if (binary && file_.empty() && context.outIsTerminal)
            return usageError(context, "graph: " + output_ + " is not for a terminal; name a file with --output-file");
        const Loaded loaded = loadInput(context, {input_, common_, true, true});
        if (!loaded.state || loaded.state->import.unreadable)
            return loaded.exitCode;
        const auto drawn = draw(*loaded.state->topology);
        if (!drawn) {
            context.err << "gatehouse: graph: " << drawn.error() << '\n';
            return code(Exit::CannotStart);
        }
        if (file_.empty()) {
            context.out << *drawn;
            return loaded.exitCode;
        }
        std::ofstream file(file_, std::ios::binary | std::ios::trunc);
        file << *drawn;
        file.close();
        if (file)
            return loaded.exitCode;
        context.err << "gatehouse: graph: cannot write " << file_ << ": " << std::strerror(errno) << '\n';
        return code(Exit::Usage);
    }

private:
    [[nodiscard]] model::Result<std::string, std::string> draw(const model::Topology& topology) const
    {
        if (output_ == "json")
            return importers::toJson(toValue(topology));
        if (output_ == "mermaid")
            return toMermaid(topology);
        const std::string dot = toDot(topology);
        if (output_ == "dot")
            return dot;
        return layout::render(dot, output_);
    }

    InputOptions input_;
    CommonOptions common_;
    std::string output_ = "dot", file_;
};

} // namespace

std::unique_ptr<Command> makeGraph()
{
    return std::make_unique<Graph>();
}

} // namespace gatehouse::cli
