#include "app/cli/commands.h"

namespace gatehouse::cli {

namespace {

class Version final : public Command {
public:
    void define(Parser&) override {}
    int run(Context& context, const Parser&) override
    {
        context.out << "gatehouse " GATEHOUSE_VERSION " (Gateway API v1.6.1)\n";
        return code(Exit::Fine);
    }
};

} // namespace

std::unique_ptr<Command> makeVersion()
{
    return std::make_unique<Version>();
}

} // namespace gatehouse::cli
