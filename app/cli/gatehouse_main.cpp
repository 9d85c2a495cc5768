#include "app/cli/dispatch.h"

#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace {

/// Descriptors 0 to 2 that are closed would be given to the next sockets, which then took what is printed.
void openStandardStreams()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)!open("/dev/null", O_RDONLY); // the lowest that is free; writing there still fails
}

/// Whether standard output is a pipe that nobody reads any more, as behind `| head`.
bool readerLeft()
{
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

} // namespace

/// The whole program but main(): sets up the streams and runs the command.
int gatehouseMain(int argc, char** argv)
{
    using namespace gatehouse::cli;
    openStandardStreams();
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
    if (std::cout || exitCode != 0 || readerLeft())
        return exitCode;
    // A full disk must not pass for success.
    std::cerr << "gatehouse: standard output could not be written\n";
    return code(Exit::Usage);
}
