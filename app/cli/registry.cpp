#include "app/cli/commands.h"

namespace gatehouse::cli {

const std::vector<CommandEntry>& commands()
{
    static const std::vector<CommandEntry> entries = {
        {"run", "Listen, forward, and follow changes of the files", makeRun},
        {"check", "Validate manifests and report every problem", makeCheck},
        {"get", "Print resources with the status that a controller would write", makeGet},
        {"status", "Print Gateways, listeners and routes with their conditions in words", makeStatus},
        {"explain", "Say which route serves a request, and why the others do not", makeExplain},
        {"test", "Send requests, or only ask about them, and compare with what is expected", makeTest},
        {"graph", "Draw the topology", makeGraph},
        {"ui", "Open the desktop application", makeUi},
        {"ca", "Print, export or renew the local CA, which signs development certificates", makeCa},
        {"config", "Print the effective settings and where each comes from", makeConfig},
        {"hosts", "Print an /etc/hosts block, or curl lines, for the routes' hostnames", makeHosts},
        {"completion", "Print a completion script for bash, zsh or fish", makeCompletion},
        {"version", "Print the version", makeVersion},
        {"help", "Print help for a command", makeHelp},
    };
    return entries;
}

} // namespace gatehouse::cli
