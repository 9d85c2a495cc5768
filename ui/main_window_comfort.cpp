// What helps a person at work: palette, messages, start page, settings, help.

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/cluster_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/docks/dock.h"
#include "ui/docks/editor_dock.h"
#include "ui/fault_list.h"
#include "ui/main_window.h"
#include "ui/menu_entries.h"
#include "ui/palette/command_palette.h"
#include "ui/topology/topology_panel.h"
#include "ui/welcome_page.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>

namespace gatehouse::ui {

void MainWindow::makeComfort()
{
    palette_ = new CommandPalette(this);
    connect(palette_, &CommandPalette::chosen, this, &MainWindow::pick);
    connectComfort();
    action(QStringLiteral("dismiss-faults"))->setEnabled(false);
    action(QStringLiteral("close"))->setEnabled(false);
    action(QStringLiteral("documentation"))->setEnabled(false);
    // Settings outlive the run in which they were made; what needs no action is kept as it is.
    for (const char* id : {"watch", "legend", "minimap", "top-down"})
        connect(action(QLatin1String(id)), &QAction::toggled, this, &MainWindow::keepPreferences);
}

void MainWindow::connectComfort()
{
    const std::pair<const char*, std::function<void()>> handlers[] = {
        {"open-cluster", [this] { openCluster(); }},
        {"export-pdf", [this] { exportAs(QStringLiteral("pdf")); }},
        {"export-dot", [this] { exportAs(QStringLiteral("dot")); }},
        {"export-mmd", [this] { exportAs(QStringLiteral("mmd")); }},
        {"print", [this] { printTopology(); }},
        {"settings", [this] { showSettings(); }},
        {"close",
         [this] {
             leaveEditor([this] {
                 editor_->closeAll();
                 emit closeRequested();
             });
         }},
        {"shortcuts", [this] { showShortcuts(); }},
        {"documentation", [this] { emit documentRequested(start_.documentation); }},
        {"dismiss-faults", [this] { faults_->clear(); }},
    };
    for (const auto& [id, handler] : handlers)
        connect(action(QLatin1String(id)), &QAction::triggered, this, handler);
    connect(faults_, &FaultList::countChanged, this,
            [this](int count) { action(QStringLiteral("dismiss-faults"))->setEnabled(count > 0); });
    connect(welcome_, &WelcomePage::openFilesClicked, this, &MainWindow::openFiles);
    connect(welcome_, &WelcomePage::openFolderClicked, this, &MainWindow::openFolder);
    connect(welcome_, &WelcomePage::openClusterClicked, this, &MainWindow::openCluster);
    connect(welcome_, &WelcomePage::pathClicked, this, [this](const QString& path) { requestOpen({path}); });
    connect(welcome_, &WelcomePage::shortcutsClicked, this, &MainWindow::showShortcuts);
    connect(welcome_, &WelcomePage::documentationClicked, this, &MainWindow::documentRequested);
}

void MainWindow::setStartContent(const StartContent& content)
{
    start_ = content;
    welcome_->setContent(content);
    action(QStringLiteral("documentation"))->setEnabled(!content.documentation.isEmpty());
}

void MainWindow::setLibraries(const std::vector<LibraryNote>& libraries)
{
    libraries_ = libraries;
}

void MainWindow::showStart()
{
    beginSet();
    ViewState nothing;
    nothing.topology = std::make_shared<const model::Topology>();
    setState(nothing);
    state_ = {};
    setEngineState(EngineState::Stopped);
    updateProblemCounts();
    action(QStringLiteral("close"))->setEnabled(false);
    setWindowTitle(tr("Gatehouse"));
    center_->setCurrentWidget(welcome_);
}

void MainWindow::openCluster()
{
    auto* dialog = new ClusterDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        leaveEditor([this, context = dialog->context()] {
            editor_->closeAll();
            emit openClusterRequested(context);
        });
    });
    dialog->open();
    emit clusterContextsRequested();
}

void MainWindow::setClusterContexts(const QStringList& contexts, const QString& current, const QString& fault)
{
    for (ClusterDialog* dialog : findChildren<ClusterDialog*>())
        dialog->setContexts(contexts, current, fault);
}

Preferences MainWindow::preferences() const
{
    const auto on = [this](const char* id) { return action(QLatin1String(id))->isChecked(); };
    Preferences now = kept_;
    now.theme = themeChoice_;
    now.reduceMotion = on("reduce-motion");
    now.followChanges = on("watch");
    now.legend = on("legend");
    now.minimap = on("minimap");
    now.topDown = on("top-down");
    return now;
}

void MainWindow::applyPreferences(Preferences wanted)
{
    const double sizeBefore = kept_.fontSize;
    kept_ = wanted;
    action(QStringLiteral("reduce-motion"))->setChecked(wanted.reduceMotion);
    canvas_->scene().setMotion(!wanted.reduceMotion);
    action(QStringLiteral("watch"))->setChecked(wanted.followChanges);
    action(QStringLiteral("legend"))->setChecked(wanted.legend);
    action(QStringLiteral("minimap"))->setChecked(wanted.minimap);
    QAction* direction = action(wanted.topDown ? QStringLiteral("top-down") : QStringLiteral("left-right"));
    if (!direction->isChecked())
        direction->trigger();
    if (wanted.fontSize != sizeBefore) {
        setInterfaceFontSize(wanted.fontSize);
        refreshFonts();
    }
    chooseTheme(wanted.theme); // fonts as well: the style sheet is applied again
}

void MainWindow::keepPreferences()
{
    const Preferences now = preferences();
    if (settings_)
        writePreferences(*settings_, now);
    for (SettingsDialog* dialog : findChildren<SettingsDialog*>())
        dialog->setPreferences(now);
}

void MainWindow::showSettings()
{
    auto* dialog = findChild<SettingsDialog*>();
    if (!dialog) {
        dialog = new SettingsDialog(preferences(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SettingsDialog::changed, this, &MainWindow::applyPreferences);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::showShortcuts()
{
    std::vector<ShortcutLine> lines;
    for (const MenuEntry& entry : menuEntries(*menuBar())) {
        if (!entry.action->shortcut().isEmpty())
            lines.push_back({entry.place, entry.action->text().remove(QLatin1Char('&')),
                             entry.action->shortcut().toString(QKeySequence::NativeText)});
    }
    for (ShortcutLine& line : canvasShortcuts())
        lines.push_back(std::move(line));
    auto* dialog = new ShortcutsDialog(lines, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::aboutGatehouse()
{
    auto* dialog = new AboutDialog(libraries_, theme_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace gatehouse::ui
