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
        {"diff", "Compare two sets: resources, attachments, conditions, and where requests go", makeDiff},
        {"graph", "Draw the topology", makeGraph},
        {"ingress", "Turn Ingresses into Gateway API manifests, and say what cannot be", makeIngress},
        {"ui", "Open the desktop application", makeUi},
        {"ca", "Print, export or renew the local CA, which signs development certificates", makeCa},
        {"config", "Print the effective settings and where each comes from", makeConfig},
        {"hosts", "Print an /etc/hosts block, or curl lines, for the routes' hostnames", makeHosts},
        {"completion", "Print a completion script for bash, zsh or fish", makeCompletion},
        {"version", "Print the version", makeVersion},
        {"help", "Print help for a command", makeHelp},
        {"man-page", "Print a man page, or write all of them", makeManPage, true},
    };
    return entries;
}

std::vector<const CommandEntry*> shownCommands()
{
    std::vector<const CommandEntry*> shown;
    for (const CommandEntry& entry : commands())
        if (!entry.hidden)
            shown.push_back(&entry);
    return shown;
}

} // namespace gatehouse::cli
