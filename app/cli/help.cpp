#include "app/cli/commands.h"

#include "app/cli/dispatch.h"
#include "app/cli/input.h"
#include "app/cli/parser.h"

namespace gatehouse::cli {

namespace {

class Help final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("COMMAND", command_, "Which one", false);
        common_.define(parser, false);
    }

    int run(Context& context, const Parser&) override
    {
        if (command_.empty()) {
            context.out << overview();
            return code(Exit::Fine);
        }
        const std::string text = commandHelp(command_);
        if (text.empty())
            return usageError(context, unknownCommand(command_));
        context.out << text;
        return code(Exit::Fine);
    }

private:
    std::string command_;
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeHelp()
{
    return std::make_unique<Help>();
}

} // namespace gatehouse::cli
