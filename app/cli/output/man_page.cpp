#include "app/cli/output/man_page.h"

#include "app/cli/parser.h"
#include "app/control/roff.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

using namespace control::roff;

std::string head(const std::string& page, const std::string& summary)
{
    return control::roff::head({page, summary, GATEHOUSE_DATE, GATEHOUSE_VERSION});
}

std::string synopsis(const std::string& name, const Parser& parser)
{
    std::string line = bold("gatehouse " + name) + " [" + italic("options") + ']';
    for (const ArgumentInfo& argument : parser.arguments()) {
        const std::string shown = italic(argument.name) + (argument.many ? "..." : "");
        line += argument.required ? ' ' + shown : " [" + shown + ']';
    }
    if (!parser.trailingUsage().empty())
        line += ' ' + escaped(parser.trailingUsage());
    return section("SYNOPSIS") + line + '\n';
}

std::string optionTag(const OptionInfo& option)
{
    std::vector<std::string> names = option.names;
    // Short ones first, as in the help.
    std::stable_sort(names.begin(), names.end(),
                     [](const std::string& a, const std::string& b) { return a.size() == 2 && b.size() != 2; });
    std::string tag;
    for (const std::string& name : names)
        tag += (tag.empty() ? "" : ", ") + bold(name);
    if (option.value.starts_with("[="))
        tag += "[=" + italic(option.value.substr(2, option.value.size() - 3)) + ']';
    else if (option.values > 0 && !option.value.empty())
        tag += ' ' + italic(option.value);
    return tag;
}

std::string exitStatus()
{
    return section("EXIT STATUS") + tagged("0", "Fine.") +
           tagged("1", "Problems were found, a test failed, or there are differences.") +
           tagged("2", "Bad usage, or input that cannot be read.") + tagged("3", "It could not start.");
}

std::string seeAlso(const std::string& except)
{
    std::string text;
    std::vector<std::string> pages{"gatehouse"};
    for (const CommandEntry* entry : shownCommands())
        pages.push_back(std::string("gatehouse-") + entry->name);
    std::sort(pages.begin(), pages.end());
    for (const std::string& page : pages)
        if (page != except)
            text += (text.empty() ? "" : ",\n") + std::string(".BR ") + escaped(page) + " (1)";
    return section("SEE ALSO") + text + '\n';
}

} // namespace

std::string manPage(const CommandEntry& entry)
{
    Parser parser(entry.name, entry.summary);
    const auto command = entry.make();
    command->define(parser);
    const std::string page = std::string("gatehouse-") + entry.name;
    std::string text = head(page, parser.summary()) + synopsis(entry.name, parser);
    if (const auto arguments = parser.arguments(); !arguments.empty()) {
        text += section("ARGUMENTS");
        for (const ArgumentInfo& argument : arguments)
            text += tagged(italic(argument.name), argument.help);
    }
    text += section("OPTIONS");
    for (const OptionInfo& option : parser.options())
        text += tagged(optionTag(option), option.help);
    if (!parser.footerText().empty())
        text += section("NOTES") + ".nf\n" + escaped(parser.footerText()) + "\n.fi\n";
    return text + exitStatus() + seeAlso(page);
}

std::string manOverview()
{
    std::string text = head("gatehouse", "run the Kubernetes Gateway API on this machine, without a cluster");
    text += section("SYNOPSIS") + bold("gatehouse") + ' ' + italic("COMMAND") + " [" + italic("options") + "] [" +
            italic("PATH") + "...]\n";
    text +=
        section("DESCRIPTION") +
        escaped("Gatehouse reads Gateway API manifests, computes attachment and status as the API says, and forwards "
                "real local traffic by the same rules.\nWhen a request does not reach a service, it tells which "
                "listener, route, rule and field decided so.\nPATH is a file, a directory, or - for standard "
                "input.\n");
    text += section("COMMANDS");
    for (const CommandEntry* entry : shownCommands())
        text += ".TP\n.BR gatehouse\\-" + escaped(entry->name) + " (1)\n" + escaped(entry->summary) + '\n';
    text += section("FILES") +
            tagged(italic("gatehouse.yaml"), "Settings, beside the first PATH or in the working directory; "
                                             "`gatehouse config` prints what is in force.") +
            tagged(italic("$XDG_DATA_HOME/gatehouse"), "The local CA of `gatehouse ca`.");
    text += section("ENVIRONMENT") + tagged(bold("NO_COLOR") + ", " + bold("TERM=dumb"), "No colours.") +
            tagged(bold("KUBECONFIG"), "What kubectl reads for --from-cluster.");
    return text + exitStatus() + seeAlso("gatehouse");
}

} // namespace gatehouse::cli
