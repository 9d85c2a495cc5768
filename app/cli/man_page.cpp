#include "app/cli/output/man_page.h"

#include "app/cli/commands.h"
#include "app/cli/dispatch.h"
#include "app/cli/input.h"
#include "app/control/atomic_file.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

/// For the build, which installs the pages.
class ManPage final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("COMMAND", command_, "Whose page; without it, that of gatehouse itself", false);
        parser.option("--directory", directory_, "DIR", "Write all pages there instead");
    }

    int run(Context& context, const Parser&) override
    {
        if (!directory_.empty())
            return writeAll(context);
        if (command_.empty()) {
            context.out << manOverview();
            return code(Exit::Fine);
        }
        const auto shown = shownCommands();
        const auto found = std::find_if(shown.begin(), shown.end(),
                                        [this](const CommandEntry* entry) { return command_ == entry->name; });
        if (found == shown.end())
            return usageError(context, unknownCommand(command_));
        context.out << manPage(**found);
        return code(Exit::Fine);
    }

private:
    int writeAll(Context& context) const
    {
        std::vector<std::pair<std::string, std::string>> pages{{"gatehouse.1", manOverview()}};
        for (const CommandEntry* entry : shownCommands())
            pages.emplace_back(std::string("gatehouse-") + entry->name + ".1", manPage(*entry));
        for (const auto& [name, text] : pages)
            if (const std::string error = control::writeFileAtomically(directory_ + '/' + name, text, 0644);
                !error.empty())
                return usageError(context, "man-page: " + error);
        return code(Exit::Fine);
    }

    std::string command_, directory_;
};

} // namespace

std::unique_ptr<Command> makeManPage()
{
    return std::make_unique<ManPage>();
}

} // namespace gatehouse::cli
