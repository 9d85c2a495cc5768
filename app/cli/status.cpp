#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/objects.h"
#include "app/cli/output/status_text.h"
#include "importers/writers.h"

namespace gatehouse::cli {

namespace {

class Status final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser);
        parser.option("-o,--output", output_, "FORMAT", "table (in words), wide (every condition), json or yaml",
                      {"table", "wide", "json", "yaml"});
    }

    int run(Context& context, const Parser&) override
    {
        const Loaded loaded = loadInput(context, {input_, common_, false, true});
        if (!loaded.state)
            return loaded.exitCode;
        const control::State& state = *loaded.state;
        if (output_ == "json" || output_ == "yaml") {
            const auto statuses = printedStatuses(state);
            std::vector<model::Value> items;
            state.import.resources->forEach([&](const model::Resource& resource) {
                if (statuses.contains(resource.key) && common_.wants(resource.namespace_()))
                    items.push_back(printedObject(resource, statuses));
            });
            const model::Value list = listOf(std::move(items));
            context.out << (output_ == "json" ? importers::toJson(list) : importers::toYaml(list));
            return loaded.exitCode;
        }
        const StatusText text{state, common_.outStyle(context), output_ == "wide",
                              [this](const std::string& ns) { return common_.wants(ns); }};
        if (!text.print(context.out))
            context.err << "No Gateways or routes found\n";
        return loaded.exitCode;
    }

private:
    InputOptions input_;
    CommonOptions common_;
    std::string output_ = "table";
};

} // namespace

std::unique_ptr<Command> makeStatus()
{
    return std::make_unique<Status>();
}

} // namespace gatehouse::cli
