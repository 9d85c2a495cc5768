#include "app/cli/dispatch.h"

#include "app/cli/commands.h"
#include "app/cli/input.h"
#include "app/cli/parser.h"
#include "app/control/nearest.h"

#include <algorithm>
#include <set>

namespace gatehouse::cli {

namespace {

const CommandEntry* find(const std::string& name)
{
    const auto& all = commands();
    const auto it = std::find_if(all.begin(), all.end(), [&](const CommandEntry& entry) { return name == entry.name; });
    return it == all.end() ? nullptr : &*it;
}

/// How many words follow an option in the commands that have it.
std::set<std::size_t> valuesOf(const std::string& option)
{
    std::set<std::size_t> counts;
    for (const CommandEntry& entry : commands()) {
        Parser parser(entry.name, entry.summary);
        const std::unique_ptr<Command> command = entry.make();
        command->define(parser);
        for (const OptionInfo& info : parser.options())
            if (std::find(info.names.begin(), info.names.end(), option) != info.names.end())
                counts.insert(info.values);
    }
    return counts;
}

/// Flags may stand before the command, as kubectl allows; returns the place of the command's name.
std::size_t commandPlace(const std::vector<std::string>& arguments)
{
    std::size_t i = 0;
    while (i < arguments.size() && arguments[i].starts_with('-') && arguments[i] != "-") {
        const std::set<std::size_t> counts = valuesOf(arguments[i++]);
        if (counts.empty())
            continue;
        // --explain is a switch of `run` and takes a code in `check`: the name of a command behind it decides.
        const bool commandIsNext = counts.size() > 1 && i < arguments.size() && find(arguments[i]);
        i += commandIsNext ? *counts.begin() : *counts.rbegin();
    }
    return i;
}

} // namespace

std::string overview()
{
    std::string text = "Gatehouse runs the Kubernetes Gateway API on this machine, without a cluster.\n\n"
                       "Usage: gatehouse COMMAND [options] PATH...\n\nCommands:\n";
    for (const CommandEntry* entry : shownCommands()) {
        std::string line = std::string("  ") + entry->name;
        line.resize(std::max<std::size_t>(line.size() + 1, 14), ' ');
        text += line + entry->summary + '\n';
    }
    return text + "\n`gatehouse help COMMAND` tells more. PATH is a file, a directory, or - for standard input.\n"
                  "Exit codes: 0 fine, 1 problems found, 2 bad usage or unreadable input, 3 could not start.\n";
}

std::string commandHelp(const std::string& name)
{
    const CommandEntry* entry = find(name);
    if (!entry)
        return {};
    Parser parser(entry->name, entry->summary);
    entry->make()->define(parser);
    return parser.help();
}

std::string unknownCommand(const std::string& name)
{
    std::vector<std::string> names;
    for (const CommandEntry* entry : shownCommands())
        names.emplace_back(entry->name);
    const std::string near = control::nearest(name, names);
    return "unknown command '" + name + '\'' +
           (near.empty() ? "; `gatehouse help` lists them" : "; did you mean '" + near + "'?");
}

int dispatch(std::vector<std::string> arguments, Context& context)
{
    // Everything behind the first -- belongs to the command: even its name does not stand there.
    if (const auto dashes = std::find(arguments.begin(), arguments.end(), "--"); dashes != arguments.end()) {
        context.trailing.assign(dashes + 1, arguments.end());
        context.hasTrailing = true;
        arguments.erase(dashes, arguments.end());
    }
    const std::size_t place = commandPlace(arguments);
    if (place >= arguments.size()) {
        const auto given = [&](const char* a, const char* b) {
            return std::find_if(arguments.begin(), arguments.end(),
                                [&](const std::string& x) { return x == a || x == b; }) != arguments.end();
        };
        if (given("--version", "--version"))
            return makeVersion()->run(context, Parser("version", ""));
        const bool asked = given("--help", "-h");
        if (!asked && !arguments.empty())
            return usageError(context, "no COMMAND after '" + arguments.back() + "'; `gatehouse help` lists them");
        (asked ? context.out : context.err) << overview();
        return code(asked ? Exit::Fine : Exit::Usage);
    }
    const std::string name = arguments[place];
    arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(place));

    const CommandEntry* entry = find(name);
    if (!entry)
        return usageError(context, unknownCommand(name));
    const std::unique_ptr<Command> command = entry->make();
    Parser parser(entry->name, entry->summary);
    command->define(parser);
    if (context.hasTrailing && parser.trailingUsage().empty()) {
        // To this command they are arguments like those before.
        arguments.emplace_back("--");
        arguments.insert(arguments.end(), context.trailing.begin(), context.trailing.end());
    }
    const auto parsed = parser.parse(arguments);
    if (!parsed)
        return usageError(context, name + ": " + parsed.error() + "; `gatehouse help " + name + "` lists the options");
    if (!*parsed) {
        context.out << parser.help();
        return code(Exit::Fine);
    }
    return command->run(context, parser);
}

} // namespace gatehouse::cli
