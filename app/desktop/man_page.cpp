#include "app/desktop/man_page.h"

#include "app/control/roff.h"

namespace gatehouse::desktop {

using namespace control::roff;

namespace {

/// "-f, --filename PATH", the short name first.
std::string tag(const QCommandLineOption& option)
{
    std::string text;
    for (const QString& name : option.names())
        text += (text.empty() ? "" : ", ") + bold((name.size() == 1 ? "-" : "--") + name.toStdString());
    return option.valueName().isEmpty() ? text : text + ' ' + italic(option.valueName().toStdString());
}

} // namespace

QString manPage(const QString& description, const QList<QCommandLineOption>& options)
{
    std::string text = head({"gatehouse-desktop", "see, run and debug Gateway API manifests without a cluster",
                             GATEHOUSE_DATE, GATEHOUSE_VERSION});
    text +=
        section("SYNOPSIS") + bold("gatehouse-desktop") + " [" + italic("options") + "] [" + italic("PATH") + "...]\n";
    text += section("DESCRIPTION") + escaped(description.toStdString()) + '\n' +
            escaped("The window draws Gateways, routes and backends with who is attached to what, and why not; runs "
                    "the engine, and shows its traffic.\nPATH is a file or a folder of YAML or JSON; "
                    "without one the window offers what was open before.\n");
    text += section("OPTIONS");
    for (const QCommandLineOption& option : options)
        text += tagged(tag(option), option.description().toStdString());
    text +=
        section("FILES") + tagged(italic("gatehouse.yaml"), "Settings, as gatehouse-run(1) reads them.") +
        tagged(italic("$XDG_CONFIG_HOME/gatehouse/gatehouse.conf"), "The window's own: places, colours, recent paths.");
    text += section("EXIT STATUS") + tagged("0", "Fine.") +
            tagged("2", "Bad usage, or with --screenshot input that cannot be read.") +
            tagged("3", "With --screenshot: the picture could not be drawn or written.");
    text += section("SEE ALSO") + ".BR gatehouse (1),\n.BR gatehouse\\-run (1)\n";
    return QString::fromStdString(text);
}

} // namespace gatehouse::desktop
