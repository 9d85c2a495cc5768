#pragma once

#include "app/cli/command.h"

#include <string>
#include <vector>

namespace gatehouse::cli {

/// Runs the command that `arguments` (without the program's name) ask for; returns the exit code.
int dispatch(std::vector<std::string> arguments, Context& context);

/// The list of commands, as `gatehouse help` prints it.
std::string overview();

/// Help of one command; "" when there is none of that name.
std::string commandHelp(const std::string& name);

/// "unknown command 'rnu'; did you mean 'run'?"
std::string unknownCommand(const std::string& name);

} // namespace gatehouse::cli
