#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/table.h"
#include "importers/writers.h"

namespace gatehouse::cli {

namespace {

class ConfigCommand final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser, false);
        parser.option("-o,--output", output_, "FORMAT", "table, json or yaml", {"table", "json", "yaml"});
    }

    int run(Context& context, const Parser&) override
    {
        const auto config = input_.config(context, common_);
        if (!config)
            return code(Exit::Usage);
        const model::Value value = toValue(*config);
        if (output_ != "table") {
            context.out << (output_ == "json" ? importers::toJson(value) : importers::toYaml(value));
            return code(Exit::Fine);
        }
        Table table({"SETTING", "VALUE", "FROM"});
        for (const model::Value& row : *value.find("settings")->asArray())
            table.add({*row.find("key")->asString(), text(*row.find("value")), *row.find("origin")->asString()});
        table.print(context.out, common_.outStyle(context).colour);
        return code(Exit::Fine);
    }

private:
    static std::string text(const model::Value& value)
    {
        if (const std::string* string = value.asString())
            return string->empty() ? "<none>" : *string;
        if (const auto toggle = value.asBool())
            return *toggle ? "true" : "false";
        return std::to_string(value.asInt().value_or(0));
    }

    InputOptions input_;
    CommonOptions common_;
    std::string output_ = "table";
};

} // namespace

std::unique_ptr<Command> makeConfig()
{
    return std::make_unique<ConfigCommand>();
}

} // namespace gatehouse::cli
