// The window's actions as a table: one row an action, with its place, icon and shortcut. Menus and toolbar are read
// from it.

#include "ui/docks/compare_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/main_window.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>

#include <functional>

namespace gatehouse::ui {
namespace {

struct ActionRow {
    const char* id;
    /// Which menu it stands in, in the order of the rows: "&View", or "&View|&Zoom" for a menu within it. A row
    /// without id is a separator.
    const char* menu;
    const char* text = nullptr;
    const char* icon = nullptr;
    QKeySequence shortcut = {};
    bool checkable = false;
};

/// The menus, for those who collect texts to translate; the rows name them.
[[maybe_unused]] constexpr const char* menuNames[] = {
    QT_TRANSLATE_NOOP("MainWindow", "&File"),    QT_TRANSLATE_NOOP("MainWindow", "&Edit"),
    QT_TRANSLATE_NOOP("MainWindow", "&Go"),      QT_TRANSLATE_NOOP("MainWindow", "&View"),
    QT_TRANSLATE_NOOP("MainWindow", "E&ngine"),  QT_TRANSLATE_NOOP("MainWindow", "&Check"),
    QT_TRANSLATE_NOOP("MainWindow", "&Help"),    QT_TRANSLATE_NOOP("MainWindow", "E&xport"),
    QT_TRANSLATE_NOOP("MainWindow", "F&olding"), QT_TRANSLATE_NOOP("MainWindow", "&Zoom"),
    QT_TRANSLATE_NOOP("MainWindow", "&Colours"), QT_TRANSLATE_NOOP("MainWindow", "P&anels"),
};

const std::vector<ActionRow>& rows()
{
    static const std::vector<ActionRow> table = {
        {"open-folder", "&File", QT_TRANSLATE_NOOP("MainWindow", "Open &Folder\u2026"), "folder",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)},
        {"open-files", "&File", QT_TRANSLATE_NOOP("MainWindow", "&Open Files\u2026"), "open", QKeySequence::Open},
        {"open-cluster", "&File", QT_TRANSLATE_NOOP("MainWindow", "Open C&luster\u2026"), "cluster",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
        {"recent", "&File", QT_TRANSLATE_NOOP("MainWindow", "Open R&ecent"), "recent"},
        {"", "&File"},
        {"reload", "&File", QT_TRANSLATE_NOOP("MainWindow", "&Reload"), "reload", QKeySequence(Qt::Key_F5)},
        {"watch", "&File", QT_TRANSLATE_NOOP("MainWindow", "Follow File C&hanges"), "watch", {}, true},
        {"", "&File"},
        {"save", "&File", QT_TRANSLATE_NOOP("MainWindow", "&Save"), "save", QKeySequence::Save},
        {"save-all", "&File", QT_TRANSLATE_NOOP("MainWindow", "Save &All"), nullptr,
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
        {"revert", "&File", QT_TRANSLATE_NOOP("MainWindow", "Re&vert"), nullptr},
        {"close-file", "&File", QT_TRANSLATE_NOOP("MainWindow", "Close &the File"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_W)},
        {"", "&File"},
        {"export-svg", "&File|E&xport", QT_TRANSLATE_NOOP("MainWindow", "Export as &SVG\u2026"), "export",
         QKeySequence(Qt::CTRL | Qt::Key_E)},
        {"export-png", "&File|E&xport", QT_TRANSLATE_NOOP("MainWindow", "Export as &PNG\u2026"), "image",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
        {"export-pdf", "&File|E&xport", QT_TRANSLATE_NOOP("MainWindow", "Export as P&DF\u2026"), nullptr},
        {"export-dot", "&File|E&xport", QT_TRANSLATE_NOOP("MainWindow", "Export as DO&T\u2026"), nullptr},
        {"export-mmd", "&File|E&xport", QT_TRANSLATE_NOOP("MainWindow", "Export as &Mermaid\u2026"), nullptr},
        {"print", "&File", QT_TRANSLATE_NOOP("MainWindow", "Pr&int\u2026"), "print",
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)},
        {"", "&File"},
        {"settings", "&File", QT_TRANSLATE_NOOP("MainWindow", "Settin&gs\u2026"), "settings",
         QKeySequence(Qt::CTRL | Qt::Key_Comma)},
        {"close", "&File", QT_TRANSLATE_NOOP("MainWindow", "&Close"), "clear",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)},
        {"quit", "&File", QT_TRANSLATE_NOOP("MainWindow", "&Quit"), "quit", QKeySequence(Qt::CTRL | Qt::Key_Q)},

        {"edit", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Edit the File"), "edit", QKeySequence(Qt::Key_F4)},
        {"", "&Edit"},
        {"undo", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Undo"), nullptr, QKeySequence(Qt::CTRL | Qt::Key_Z)},
        {"redo", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Redo"), nullptr,
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
        {"", "&Edit"},
        {"find-text", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Find in the File\u2026"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_F)},
        {"replace-text", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "Find and Re&place\u2026"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_H)},
        {"next-problem", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Next Problem in the File"), nullptr,
         QKeySequence(Qt::Key_F8)},
        {"", "&Edit"},
        {"comment", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "&Comment or Uncomment"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_Slash)},
        {"complete", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "C&omplete"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_Space)},
        {"", "&Edit"},
        {"copy-curl", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "Copy a cur&l Command for It"), "copy",
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)},
        {"copy-kubectl", "&Edit", QT_TRANSLATE_NOOP("MainWindow", "Copy a &kubectl Command for It"), nullptr,
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_K)},

        {"find", "&Go", QT_TRANSLATE_NOOP("MainWindow", "&Find Anything\u2026"), "search",
         QKeySequence(Qt::CTRL | Qt::Key_K)},
        {"find-object", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Search the &Navigator"), nullptr,
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
        {"probe", "&Go", QT_TRANSLATE_NOOP("MainWindow", "&Probe a Request\u2026"), "probe",
         QKeySequence(Qt::CTRL | Qt::Key_P)},
        {"explain-problem", "&Go", QT_TRANSLATE_NOOP("MainWindow", "E&xplain the Problem"), "info",
         QKeySequence(Qt::Key_F1)},
        {"probe-send", "&Go", QT_TRANSLATE_NOOP("MainWindow", "&Send the Composed Request"), "run",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return)},
        {"probe-keep", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Save the Request as a &Test Case\u2026"), "good",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)},
        {"probe-curl", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Probe a cur&l Command\u2026"), nullptr,
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
        {"probe-clear", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Clear the Ans&wer"), nullptr,
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Backspace)},
        {"focus", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Show Only What Is &Connected"), "focus",
         QKeySequence(Qt::CTRL | Qt::Key_Return)},
        {"leave-focus", "&Go", QT_TRANSLATE_NOOP("MainWindow", "Show &Everything"), "clear",
         QKeySequence(Qt::Key_Escape)},
        {"cancel", "&Go", QT_TRANSLATE_NOOP("MainWindow", "C&ancel"), "clear",
         QKeySequence(Qt::SHIFT | Qt::Key_Escape)},
        {"dismiss-faults", "&Go", QT_TRANSLATE_NOOP("MainWindow", "&Dismiss Messages"), nullptr,
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace)},

        {"problems-only", "&View", QT_TRANSLATE_NOOP("MainWindow", "Only &Problems"), "warning",
         QKeySequence(Qt::Key_P), true},
        {"changes-only", "&View", QT_TRANSLATE_NOOP("MainWindow", "Only What C&hanged"), "compare",
         QKeySequence(Qt::Key_D), true},
        {"clear-filters", "&View", QT_TRANSLATE_NOOP("MainWindow", "Clear &Filters"), "filter",
         QKeySequence(Qt::SHIFT | Qt::Key_P)},
        {"", "&View"},
        {"fold", "&View|F&olding", QT_TRANSLATE_NOOP("MainWindow", "Fold or &Unfold"), "fold", QKeySequence(Qt::Key_C)},
        {"fold-namespace", "&View|F&olding", QT_TRANSLATE_NOOP("MainWindow", "Fold the &Namespace"), "namespace",
         QKeySequence(Qt::SHIFT | Qt::Key_C)},
        {"fold-all", "&View|F&olding", QT_TRANSLATE_NOOP("MainWindow", "Fold &All Namespaces"), "fold",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
        {"unfold-all", "&View|F&olding", QT_TRANSLATE_NOOP("MainWindow", "Unfold &Everything"), "unfold",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U)},
        {"fold-default", "&View|F&olding", QT_TRANSLATE_NOOP("MainWindow", "Fold &by Itself"), nullptr,
         QKeySequence(Qt::CTRL | Qt::Key_U)},
        {"fit", "&View|&Zoom", QT_TRANSLATE_NOOP("MainWindow", "Fit Ever&ything"), "fit", QKeySequence(Qt::Key_F)},
        {"actual-size", "&View|&Zoom", QT_TRANSLATE_NOOP("MainWindow", "Actual Si&ze"), "actual-size",
         QKeySequence(Qt::Key_1)},
        {"zoom-in", "&View|&Zoom", QT_TRANSLATE_NOOP("MainWindow", "Zoom &In"), "zoom-in", QKeySequence::ZoomIn},
        {"zoom-out", "&View|&Zoom", QT_TRANSLATE_NOOP("MainWindow", "Zoom &Out"), "zoom-out", QKeySequence::ZoomOut},
        {"", "&View"},
        {"left-right", "&View", QT_TRANSLATE_NOOP("MainWindow", "&Left to Right"), "left-right",
         QKeySequence(Qt::CTRL | Qt::Key_1), true},
        {"top-down", "&View", QT_TRANSLATE_NOOP("MainWindow", "&Top Down"), "top-down",
         QKeySequence(Qt::CTRL | Qt::Key_2), true},
        {"put-back", "&View", QT_TRANSLATE_NOOP("MainWindow", "Put Back &What Was Moved"), "put-back",
         QKeySequence(Qt::CTRL | Qt::Key_Backspace)},
        {"legend", "&View", QT_TRANSLATE_NOOP("MainWindow", "Le&gend"), nullptr, QKeySequence(Qt::CTRL | Qt::Key_L),
         true},
        {"minimap", "&View", QT_TRANSLATE_NOOP("MainWindow", "&Map"), "minimap", QKeySequence(Qt::CTRL | Qt::Key_M),
         true},
        {"reduce-motion", "&View", QT_TRANSLATE_NOOP("MainWindow", "&Reduce Motion"), nullptr, {}, true},
        {"traffic", "&View", QT_TRANSLATE_NOOP("MainWindow", "&Show Traffic on the Canvas"), "traffic",
         QKeySequence(Qt::CTRL | Qt::Key_G), true},
        {"", "&View"},
        {"theme-system",
         "&View|&Colours",
         QT_TRANSLATE_NOOP("MainWindow", "Colours of the &Desktop"),
         nullptr,
         {},
         true},
        {"theme-light", "&View|&Colours", QT_TRANSLATE_NOOP("MainWindow", "Light &Colours"), nullptr, {}, true},
        {"theme-dark", "&View|&Colours", QT_TRANSLATE_NOOP("MainWindow", "Dar&k Colours"), nullptr, {}, true},
        {"theme-high-contrast", "&View|&Colours", QT_TRANSLATE_NOOP("MainWindow", "&High Contrast"), nullptr, {}, true},
        {"theme-toggle", "&View|&Colours", QT_TRANSLATE_NOOP("MainWindow", "&Switch Light and Dark"), "theme",
         QKeySequence(Qt::CTRL | Qt::Key_T)},
        {"reset-panels", "&View|P&anels", QT_TRANSLATE_NOOP("MainWindow", "&Reset the Panels"), nullptr},
        {"float-panel", "&View|P&anels", QT_TRANSLATE_NOOP("MainWindow", "&Float or Dock the Panel"), nullptr,
         QKeySequence(Qt::ALT | Qt::Key_0)},
        {"", "&View|P&anels"},

        {"run", "E&ngine", QT_TRANSLATE_NOOP("MainWindow", "&Run"), "run", QKeySequence(Qt::CTRL | Qt::Key_R)},
        {"stop", "E&ngine", QT_TRANSLATE_NOOP("MainWindow", "&Stop"), "stop", QKeySequence(Qt::CTRL | Qt::Key_Period)},

        {"", "E&ngine"},
        {"clear-traffic", "E&ngine", QT_TRANSLATE_NOOP("MainWindow", "&Clear the Traffic"), "clear",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)},

        {"compare", "&Check", QT_TRANSLATE_NOOP("MainWindow", "&Compare With\u2026"), "compare",
         QKeySequence(Qt::CTRL | Qt::Key_D)},
        {"leave-compare", "&Check", QT_TRANSLATE_NOOP("MainWindow", "&Stop Comparing"), "clear",
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
        {"copy-differences", "&Check", QT_TRANSLATE_NOOP("MainWindow", "Copy the Differences as &Markdown"), "copy",
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D)},
        {"", "&Check"},
        {"run-tests", "&Check", QT_TRANSLATE_NOOP("MainWindow", "&Run Tests"), "tests", QKeySequence(Qt::Key_F6)},
        {"run-failed-tests", "&Check", QT_TRANSLATE_NOOP("MainWindow", "Run &Failed Tests"), "reload",
         QKeySequence(Qt::SHIFT | Qt::Key_F6)},
        {"watch-tests", "&Check", QT_TRANSLATE_NOOP("MainWindow", "Run Tests on &Every Change"), "watch",
         QKeySequence(Qt::CTRL | Qt::Key_F6), true},

        {"shortcuts", "&Help", QT_TRANSLATE_NOOP("MainWindow", "&Keyboard Shortcuts"), "keyboard",
         QKeySequence(Qt::CTRL | Qt::Key_F1)},
        {"documentation", "&Help", QT_TRANSLATE_NOOP("MainWindow", "&Documentation"), "info",
         QKeySequence(Qt::SHIFT | Qt::Key_F1)},
        {"about", "&Help", QT_TRANSLATE_NOOP("MainWindow", "&About Gatehouse")},
    };
    return table;
}

QString tipOf(QString text, const QKeySequence& shortcut)
{
    return QStringLiteral("%1 (%2)").arg(text.remove(QLatin1Char('&')), shortcut.toString(QKeySequence::NativeText));
}

} // namespace

void MainWindow::makeActions()
{
    for (const ActionRow& row : rows()) {
        if (!*row.id)
            continue;
        const QString text = QCoreApplication::translate("MainWindow", row.text);
        auto* action = new QAction(text, this);
        action->setObjectName(QLatin1String(row.id));
        action->setShortcut(row.shortcut);
        action->setCheckable(row.checkable);
        if (!row.shortcut.isEmpty())
            action->setToolTip(tipOf(text, row.shortcut));
        action->setData(QLatin1String(row.icon ? row.icon : ""));
        actions_[QLatin1String(row.id)] = action;
    }
    const std::pair<const char*, std::function<void()>> handlers[] = {
        {"open-files", [this] { openFiles(); }},
        {"open-folder", [this] { openFolder(); }},
        {"reload", [this] { emit reloadRequested(); }},
        {"export-svg", [this] { exportAs(QStringLiteral("svg")); }},
        {"export-png", [this] { exportAs(QStringLiteral("png")); }},
        {"quit", [this] { close(); }},
        {"find", [this] { openPalette(); }},
        {"find-object", [this] { navigator_->startSearch(); }},
        {"probe", [this] { probe_->startComposing(); }},
        {"probe-send",
         [this] {
             probe_->bringToFront();
             probe_->send();
         }},
        {"probe-keep", [this] { probe_->startKeeping(); }},
        {"probe-curl", [this] { probe_->startReadingCurl(); }},
        {"probe-clear", [this] { probe_->clear(); }},
        {"clear-traffic", [this] { traffic_->clear(); }},
        {"copy-differences", [this] { compare_->copyMarkdown(); }},
        {"copy-curl", [this] { copyCommand(CopyEntry::Kind::Request); }},
        {"copy-kubectl", [this] { copyCommand(CopyEntry::Kind::Kubectl); }},
        {"focus",
         [this] {
             if (const auto key = canvas_->scene().selectedKey())
                 canvas_->scene().focusOn(*key);
         }},
        {"leave-focus", [this] { canvas_->scene().leaveFocus(); }},
        {"clear-filters", [this] { canvas_->filters().setFilter({}); }},
        {"fold", [this] { canvas_->scene().toggleFold(); }},
        {"fold-namespace", [this] { canvas_->scene().foldSelectedNamespace(); }},
        {"fold-all", [this] { canvas_->scene().foldAllNamespaces(); }},
        {"unfold-all", [this] { canvas_->scene().unfoldAll(); }},
        {"fold-default", [this] { canvas_->scene().foldAutomatically(); }},
        {"put-back", [this] { canvas_->scene().putBack(); }},
        {"fit", [this] { canvas_->view().fit(); }},
        {"actual-size", [this] { canvas_->view().setZoom(1); }},
        {"zoom-in", [this] { canvas_->view().zoomBy(1.2); }},
        {"zoom-out", [this] { canvas_->view().zoomBy(1 / 1.2); }},
        {"left-right", [this] { canvas_->scene().setDirection(layout::Direction::LeftRight); }},
        {"top-down", [this] { canvas_->scene().setDirection(layout::Direction::TopDown); }},
        {"theme-system", [this] { chooseTheme(ThemeChoice::System); }},
        {"theme-light", [this] { chooseTheme(ThemeChoice::Light); }},
        {"theme-dark", [this] { chooseTheme(ThemeChoice::Dark); }},
        {"theme-high-contrast", [this] { chooseTheme(ThemeChoice::HighContrast); }},
        {"theme-toggle", [this] { chooseTheme(theme_.dark ? ThemeChoice::Light : ThemeChoice::Dark); }},
        {"float-panel", [this] { floatPanel(); }},
        {"reset-panels", [this] { restoreState(panelsAtFirst_); }},
        {"run", [this] { emit runRequested(); }},
        {"stop", [this] { emit stopRequested(); }},
        {"compare", [this] { compare_->startChoosing(); }},
        {"leave-compare", [this] { emit compare_->stopRequested(); }},
        {"run-tests",
         [this] {
             tests_->startTesting();
             tests_->run();
         }},
        {"run-failed-tests",
         [this] {
             tests_->startTesting();
             tests_->runFailed();
         }},
        {"about", [this] { aboutGatehouse(); }},
    };
    for (const auto& [id, handler] : handlers)
        connect(action(QLatin1String(id)), &QAction::triggered, this, handler);
    connect(action(QStringLiteral("watch")), &QAction::toggled, this, &MainWindow::watchRequested);
    connect(action(QStringLiteral("legend")), &QAction::toggled, canvas_, &TopologyPanel::setLegendVisible);

    connect(action(QStringLiteral("minimap")), &QAction::toggled, canvas_, &TopologyPanel::setMinimapVisible);
    connect(action(QStringLiteral("problems-only")), &QAction::toggled, this, [this](bool on) {
        CanvasFilter filter = canvas_->filters().filter();
        filter.problemsOnly = on;
        canvas_->filters().setFilter(filter);
    });
    connect(action(QStringLiteral("traffic")), &QAction::toggled, this, &MainWindow::showTrafficOnCanvas);
    connect(action(QStringLiteral("reduce-motion")), &QAction::toggled, this, [this](bool on) {
        canvas_->scene().setMotion(!on);
        keepPreferences();
    });

    auto* directions = new QActionGroup(this);
    directions->addAction(action(QStringLiteral("left-right")));
    directions->addAction(action(QStringLiteral("top-down")));
    action(QStringLiteral("left-right"))->setChecked(true);
    themeGroup_ = new QActionGroup(this);
    for (const char* id : {"theme-system", "theme-light", "theme-dark", "theme-high-contrast"})
        themeGroup_->addAction(action(QLatin1String(id)));
    action(QStringLiteral("legend"))->setChecked(true);
    action(QStringLiteral("watch"))->setChecked(true);
    action(QStringLiteral("minimap"))->setChecked(true);
    action(QStringLiteral("put-back"))->setEnabled(false);
}

void MainWindow::makeMenus()
{
    std::map<QString, QMenu*> menus;
    const auto menuOf = [&](const QString& place) {
        QMenu*& menu = menus[place];
        if (menu)
            return menu;
        const QStringList names = place.split(QLatin1Char('|'));
        const QString title = QCoreApplication::translate("MainWindow", names.last().toUtf8().constData());
        menu = names.size() == 1 ? menuBar()->addMenu(title) : menus.at(names.first())->addMenu(title);
        return menu;
    };
    for (const ActionRow& row : rows()) {
        QMenu* menu = menuOf(QLatin1String(row.menu));
        if (!*row.id)
            menu->addSeparator();
        else
            menu->addAction(action(QLatin1String(row.id)));
    }
    recentMenu_ = new QMenu(this);
    action(QStringLiteral("recent"))->setMenu(recentMenu_);
    int key = Qt::Key_1;
    QMenu* panels = menuOf(QStringLiteral("&View|P&anels"));
    for (Dock* dock : docks_) {
        QAction* action = dock->panelAction();
        action->setShortcut(Qt::ALT | Qt::Key(key++));
        action->setToolTip(tipOf(action->text(), action->shortcut()));
        panels->addAction(action);
    }
}

void MainWindow::makeToolBar()
{
    QToolBar* bar = addToolBar(tr("Main toolbar"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setIconSize(QSize(18, 18));
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto group = [&](std::initializer_list<const char*> ids) {
        for (const char* id : ids)
            bar->addAction(action(QLatin1String(id)));
    };
    runButton_ = new QToolButton;
    runButton_->setObjectName(QStringLiteral("primary"));
    runButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addWidget(runButton_);
    bar->addSeparator();
    group({"open-folder", "open-files", "reload"});
    bar->addSeparator();
    group({"fit", "actual-size"});
    bar->addSeparator();
    group({"left-right", "top-down"});
    bar->addSeparator();
    group({"fold", "focus", "probe", "export-svg"});
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    group({"find", "theme-toggle"});
}

} // namespace gatehouse::ui
