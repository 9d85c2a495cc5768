#include "app/cli/commands.h"

#include "app/cli/input.h"

namespace gatehouse::cli {

namespace {

class Version final : public Command {
public:
    void define(Parser& parser) override { common_.define(parser, false); }
    int run(Context& context, const Parser&) override
    {
        context.out << "gatehouse " GATEHOUSE_VERSION " (Gateway API v1.6.1)\n";
        return code(Exit::Fine);
    }

private:
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeVersion()
{
    return std::make_unique<Version>();
}

} // namespace gatehouse::cli
