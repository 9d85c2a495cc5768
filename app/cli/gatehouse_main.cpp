#include "app/cli/dispatch.h"

#include <cstdlib>
#include <iostream>
#include <string_view>
#include <unistd.h>

/// The whole program but main(): sets up the streams and runs the command.
int gatehouseMain(int argc, char** argv)
{
    using namespace gatehouse::cli;
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    Context context{std::cin, std::cout, std::cerr};
    context.outIsTerminal = isatty(STDOUT_FILENO) == 1;
    context.errIsTerminal = isatty(STDERR_FILENO) == 1;
    const char* noColour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    context.colourForbidden = (noColour && *noColour) || (terminal && std::string_view(terminal) == "dumb");
    if (argc > 0)
        context.program = argv[0];
    const int exitCode = dispatch(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc), context);
    std::cout.flush();
    if (std::cout || exitCode != 0)
        return exitCode;
    // A full disk must not pass for success.
    std::cerr << "gatehouse: standard output could not be written\n";
    return code(Exit::Usage);
}
