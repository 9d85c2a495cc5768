#pragma once

#include "app/cli/command.h"

#include <string>

namespace gatehouse::cli {

/// The man pages (man(7) macros), from the definitions that --help prints: of one command, gatehouse-COMMAND(1), and of
/// the program, gatehouse(1). Deterministic.
std::string manPage(const CommandEntry& entry);
std::string manOverview();

} // namespace gatehouse::cli
