#pragma once

#include "app/cli/output/style.h"

#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace gatehouse::cli {

class Parser;

/// Exit codes of the contract.
enum class Exit : int { Fine = 0, Problems = 1, Usage = 2, CannotStart = 3 };

/// Where a command reads and writes. Results go to `out`, everything else to `err`.
struct Context {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool outIsTerminal = false; ///< colours are possible
    bool errIsTerminal = false;
    bool colourForbidden = false;        ///< NO_COLOR is set or TERM is dumb
    std::string program{};               ///< argv[0], to find gatehouse-desktop beside it
    std::vector<std::string> trailing{}; ///< what stood after `--`
    bool hasTrailing = false;            ///< a `--` was there
};

/// One command: declares its options, then runs. A new command is one file and one line in the registry.
class Command {
public:
    virtual ~Command() = default;
    virtual void define(Parser& parser) = 0;
    /// Options are parsed. Returns the exit code.
    virtual int run(Context& context, const Parser& parser) = 0;
};

struct CommandEntry {
    const char* name;
    const char* summary;
    std::unique_ptr<Command> (*make)();
    bool hidden = false; ///< for our own build: help, completion and man pages do not list it
};

/// Every command, in the order of the help.
const std::vector<CommandEntry>& commands();
/// Those that users are told of.
std::vector<const CommandEntry*> shownCommands();

inline int code(Exit exit)
{
    return static_cast<int>(exit);
}

} // namespace gatehouse::cli
