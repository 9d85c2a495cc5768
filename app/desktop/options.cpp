#include "app/desktop/options.h"

#include "app/desktop/man_page.h"
#include "ui/document/curl.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

namespace gatehouse::desktop {
namespace {

constexpr int badUsage = 2;

Leave usageError(const QString& why)
{
    return {QStringLiteral("gatehouse-desktop: %1\nTry 'gatehouse-desktop --help'.\n").arg(why), badUsage};
}

/// [METHOD] URL, or a curl command.
model::Result<ui::ProbeRequest, QString> readRequest(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(QLatin1String("curl ")))
        return ui::parseCurl(trimmed);
    const QStringList words = trimmed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty() || words.size() > 2)
        return model::Unexpected{QStringLiteral("expected [METHOD] URL or a curl command")};
    ui::ProbeRequest request;
    if (words.size() == 2)
        request.method = words.first();
    request.target = words.last();
    return request;
}

} // namespace

model::Result<Options, Leave> parseOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("See, run and debug Gateway API manifests without a cluster."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help."));
    const QCommandLineOption version(QStringLiteral("version"), QStringLiteral("Show the version."));
    const QCommandLineOption file({QStringLiteral("f"), QStringLiteral("filename")},
                                  QStringLiteral("A file or a folder; may be repeated."), QStringLiteral("PATH"));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Read this gatehouse.yaml."),
                                    QStringLiteral("FILE"));
    const QCommandLineOption controller(QStringLiteral("controller"),
                                        QStringLiteral("Play only GatewayClasses of this controllerName."),
                                        QStringLiteral("NAME"));
    const QCommandLineOption cluster(QStringLiteral("from-cluster"),
                                     QStringLiteral("Read a cluster as well, through kubectl."));
    const QCommandLineOption context(QStringLiteral("context"),
                                     QStringLiteral("With --from-cluster: the kubeconfig's context."),
                                     QStringLiteral("NAME"));
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Start the engine at once."));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        QStringLiteral("Draw the window into a PNG file once everything is laid out, and exit."),
        QStringLiteral("FILE"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window."), QStringLiteral("WxH"));
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   QStringLiteral("light, dark or high-contrast; the desktop's own without it."),
                                   QStringLiteral("THEME"));
    const QCommandLineOption select(QStringLiteral("select"), QStringLiteral("Select an object."),
                                    QStringLiteral("NAMESPACE/KIND/NAME"));
    const QCommandLineOption explain(QStringLiteral("explain"),
                                     QStringLiteral("Open the Probe with [METHOD] URL, or with a curl command."),
                                     QStringLiteral("REQUEST"));
    const QCommandLineOption compare(QStringLiteral("compare"),
                                     QStringLiteral("Compare what is opened with a file, a folder or git:REF:PATH."),
                                     QStringLiteral("BASE"));
    QCommandLineOption man(QStringLiteral("man-page")); // for the build, which installs it
    man.setFlags(QCommandLineOption::HiddenFromHelp);
    const QList<QCommandLineOption> shown{help, version,    file, config, controller, cluster, context,
                                          run,  screenshot, size, theme,  select,     explain, compare};
    parser.addOptions(shown);
    parser.addOption(man);
    parser.addPositionalArgument(QStringLiteral("PATH"), QStringLiteral("Files and folders of YAML or JSON."),
                                 QStringLiteral("[PATH...]"));

    if (!parser.parse(arguments))
        return model::Unexpected{usageError(parser.errorText())};
    if (parser.isSet(help))
        return model::Unexpected{Leave{parser.helpText(), 0}};
    if (parser.isSet(man))
        return model::Unexpected{Leave{manPage(parser.applicationDescription(), shown), 0}};
    if (parser.isSet(version))
        return model::Unexpected{
            Leave{QStringLiteral("gatehouse-desktop %1\n").arg(QCoreApplication::applicationVersion()), 0}};

    Options options;
    options.paths = parser.positionalArguments() + parser.values(file);
    options.configFile = parser.value(config);
    options.controller = parser.value(controller);
    options.screenshot = parser.value(screenshot);
    options.select = parser.value(select);
    options.run = parser.isSet(run);
    options.compare = parser.value(compare);
    if (parser.isSet(compare) && options.compare.isEmpty())
        return model::Unexpected{usageError(QStringLiteral("--compare is ''; expected a path or git:REF:PATH"))};
    if (parser.isSet(compare) && options.paths.isEmpty())
        return model::Unexpected{usageError(QStringLiteral("--compare needs a PATH to compare with BASE"))};
    if (parser.isSet(cluster))
        options.cluster = parser.value(context);
    else if (parser.isSet(context))
        return model::Unexpected{usageError(QStringLiteral("--context needs --from-cluster"))};
    if (parser.isSet(explain)) {
        auto request = readRequest(parser.value(explain));
        if (!request)
            return model::Unexpected{usageError(QStringLiteral("--explain: %1").arg(request.error()))};
        options.explain = *std::move(request);
    }
    if (options.paths.contains(QStringLiteral("-")))
        return model::Unexpected{
            usageError(QStringLiteral("standard input cannot be opened here; give files or folders"))};
    if (parser.isSet(screenshot) && options.paths.isEmpty() && !options.cluster)
        return model::Unexpected{usageError(QStringLiteral("--screenshot needs a PATH to draw, or --from-cluster"))};
    if (parser.isSet(size)) {
        static const QRegularExpression form(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$"));
        const auto match = form.match(parser.value(size));
        if (!match.hasMatch())
            return model::Unexpected{usageError(
                QStringLiteral("--size is '%1'; expected WxH, for example 1600x1000").arg(parser.value(size)))};
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (parser.isSet(theme)) {
        const QString value = parser.value(theme);
        if (value == QLatin1String("light"))
            options.theme = ui::ThemeChoice::Light;
        else if (value == QLatin1String("dark"))
            options.theme = ui::ThemeChoice::Dark;
        else if (value == QLatin1String("high-contrast"))
            options.theme = ui::ThemeChoice::HighContrast;
        else
            return model::Unexpected{
                usageError(QStringLiteral("--theme is '%1'; expected light, dark or high-contrast").arg(value))};
    }
    return options;
}

} // namespace gatehouse::desktop
