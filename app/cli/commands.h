#pragma once

#include "app/cli/command.h"

#include <memory>

namespace gatehouse::cli {

/// One factory a command; each lives in the file of that name.
std::unique_ptr<Command> makeRun();
std::unique_ptr<Command> makeCheck();
std::unique_ptr<Command> makeGet();
std::unique_ptr<Command> makeStatus();
std::unique_ptr<Command> makeExplain();
std::unique_ptr<Command> makeTest();
std::unique_ptr<Command> makeDiff();
std::unique_ptr<Command> makeGraph();
std::unique_ptr<Command> makeIngress();
std::unique_ptr<Command> makeCa();
std::unique_ptr<Command> makeConfig();
std::unique_ptr<Command> makeHosts();
std::unique_ptr<Command> makeUi();
std::unique_ptr<Command> makeCompletion();
std::unique_ptr<Command> makeVersion();
std::unique_ptr<Command> makeHelp();
std::unique_ptr<Command> makeManPage();

} // namespace gatehouse::cli
