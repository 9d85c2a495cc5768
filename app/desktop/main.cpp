#include "app/desktop/comfort.h"
#include "app/desktop/comparer.h"
#include "app/desktop/controller.h"
#include "app/desktop/options.h"
#include "app/desktop/screenshot.h"
#include "app/desktop/test_runner.h"
#include "ui/docks/probe_dock.h"
#include "ui/icons.h"
#include "ui/translations.h"

#include <QApplication>
#include <QSettings>
#include <QStyleFactory>

#include <csignal>
#include <cstdio>
#include <optional>

using namespace gatehouse;

namespace {

QtMessageHandler printMessage = nullptr;

/// Leaves out what Qt says about a surrounding without desktop (scripts, CI): it concerns nobody who takes a
/// screenshot.
void printRelevant(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtWarningMsg && (text.startsWith(QLatin1String("This plugin does not support propagateSizeHints")) ||
                                 text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))))
        return;
    printMessage(type, context, text);
}

} // namespace

int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setOrganizationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    // Before QApplication: help and bad usage need no display.
    const auto parsed = desktop::parseOptions(arguments);
    if (!parsed) {
        std::fputs(qPrintable(parsed.error().text), parsed.error().exitCode == 0 ? stdout : stderr);
        return parsed.error().exitCode;
    }
    const desktop::Options& options = *parsed;

    std::signal(SIGPIPE, SIG_IGN); // a peer that left is an error of its socket
    printMessage = qInstallMessageHandler(printRelevant);
    int qtArguments = 1; // ours are not for Qt to read
    QApplication application(qtArguments, argv);
    ui::loadResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(ui::interfaceFont());
    QApplication::setDesktopFileName(QStringLiteral("gatehouse"));
    QApplication::setWindowIcon(ui::icon(QStringLiteral("gatehouse"), {}));

    const bool interactive = options.screenshot.isEmpty();
    std::optional<QSettings> settings;
    if (interactive)
        settings.emplace();
    ui::useLanguage(settings ? ui::readPreferences(*settings).language : QStringLiteral("en"));
    ui::MainWindow window(settings ? &*settings : nullptr);
    if (!options.size.isEmpty())
        window.resize(options.size);
    if (options.theme)
        window.chooseTheme(*options.theme);
    const bool watch = settings && ui::readPreferences(*settings).followChanges;
    desktop::Controller controller(window,
                                   {options.configFile, options.controller, watch, settings ? &*settings : nullptr,
                                    interactive ? control::DraftStore::defaultDirectory() : std::string()});
    desktop::Comparer comparer(window, controller);
    const desktop::TestRunner tests(window, controller);
    desktop::Comfort comfort(window, controller, settings ? &*settings : nullptr);
    std::optional<desktop::Screenshot> screenshot;
    if (!interactive) {
        screenshot.emplace(window, controller,
                           desktop::Screenshot::Wish{options.screenshot, options.select, options.run, options.explain,
                                                     options.compare.isEmpty() ? nullptr : &comparer});
    } else {
        QObject::connect(&controller, &desktop::Controller::loaded, &window, [&, first = true]() mutable {
            if (!std::exchange(first, false))
                return;
            if (!options.select.isEmpty())
                window.selectByText(options.select);
            if (options.run)
                controller.run();
            if (options.explain) {
                window.probe().startComposing();
                window.probe().explain(*options.explain);
            }
        });
    }
    window.show();
    if (options.cluster)
        controller.openCluster(*options.cluster, options.paths);
    else if (!options.paths.isEmpty())
        controller.open(options.paths);
    else
        comfort.resumeSession();
    if (!options.compare.isEmpty())
        comparer.compareWith(options.compare);
    return QApplication::exec();
}
