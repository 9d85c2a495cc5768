#include "ui/main_window.h"

#include "ui/dialogs/path_dialog.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/editor/notice.h"
#include "ui/fault_list.h"
#include "ui/icons.h"
#include "ui/inspector/copy_entries.h"
#include "ui/palette/command_palette.h"
#include "ui/prepared_topology.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"
#include "ui/welcome_page.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

QStringList gatewayNames(const model::Topology& topology)
{
    QStringList names;
    for (const model::TopologyNode& node : topology.nodes) {
        if (node.kind == model::NodeKind::Gateway)
            names << QString::fromStdString(model::toString(node.key.name));
    }
    return names;
}

/// The window's middle: what did not work above what is shown.
QWidget* withFaults(QWidget* faults, QWidget* content)
{
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(faults);
    column->addWidget(content, 1);
    return middle;
}

} // namespace

MainWindow::MainWindow(QSettings* settings, QWidget* parent)
    : QMainWindow(parent), settings_(settings), systemPalette_(QApplication::palette()), center_(new QStackedWidget),
      welcome_(new WelcomePage), canvas_(new TopologyPanel), navigator_(new NavigatorDock(this)),
      inspector_(new InspectorDock(this)), problems_(new ProblemsDock(this)), traffic_(new TrafficDock(this)),
      probe_(new ProbeDock(this)), compare_(new CompareDock(this)), tests_(new TestsDock(this)), faults_(new FaultList)
{
    loadResources();
    setWindowTitle(tr("Gatehouse"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks | GroupedDragging); // tabs are dragged out
    center_->addWidget(welcome_);
    center_->addWidget(canvas_);
    setCentralWidget(withFaults(faults_, center_));
    resize(1440, 900);
    makeDocks();
    makeActions();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    connectCanvas();
    connectProbe();
    connectProblems();
    connectEditor();
    connectCompare();
    connectTests();
    makeComfort();
    for (QLineEdit* line : findChildren<QLineEdit*>())
        line->setAcceptDrops(false); // it would take a file's address for text
    panelsAtFirst_ = saveState();
    restore();
    chooseTheme(themeChoice_);
    setEngineState(EngineState::Stopped);
    setRecent({});
    action(QStringLiteral("run"))->setEnabled(false);
    canvas_->view().setFocus();
}

MainWindow::~MainWindow() = default;

QAction* MainWindow::action(const QString& id) const
{
    return actions_.at(id);
}

void MainWindow::connectCanvas()
{
    TopologyScene& scene = canvas_->scene();
    connect(&scene, &TopologyScene::selectionMoved, this, &MainWindow::selectionMoved);
    connect(&scene, &TopologyScene::focusMoved, this, [this](const std::optional<model::ObjectKey>& key) {
        action(QStringLiteral("leave-focus"))->setEnabled(key.has_value());
    });
    connect(&scene, &TopologyScene::arrangingChanged, this, [this](bool running) {
        if (running)
            setBusy(tr("Arranging\u2026"), [this] { stopArranging(); });
        else
            setBusy({});
    });
    connect(&scene, &TopologyScene::arrangeFailed, this,
            [this](const QString& why) { showFault(tr("The topology could not be arranged"), why); });
    connect(&scene, &TopologyScene::handPlacesChanged, this,
            [this] { action(QStringLiteral("put-back"))->setEnabled(canvas_->scene().movedByHand()); });
    connect(&canvas_->filters(), &FilterBar::filterChanged, this, [this](const CanvasFilter& filter) {
        action(QStringLiteral("problems-only"))->setChecked(filter.problemsOnly);
        action(QStringLiteral("changes-only"))->setChecked(filter.changesOnly);
        action(QStringLiteral("clear-filters"))->setEnabled(filter.active());
    });
    connect(&canvas_->view(), &TopologyView::menuRequested, this, &MainWindow::showCardMenu);
    for (const char* id : {"clear-filters", "fold", "fold-namespace"})
        action(QLatin1String(id))->setEnabled(false);
    action(QStringLiteral("focus"))->setEnabled(false);
    action(QStringLiteral("leave-focus"))->setEnabled(false);
}

void MainWindow::setState(const ViewState& state)
{
    const bool same = state.topology && state.topology == state_.topology; // its marks came, or other problems
    const bool drawn = same && !unarranged_ && state.draft == state_.draft && state.targets && state_.targets &&
                       *state.targets == *state_.targets;
    state_ = state;
    summary_ = state.summary;
    center_->setCurrentWidget(canvas_);
    action(QStringLiteral("close"))->setEnabled(true);
    action(QStringLiteral("run"))->setEnabled(engineState_ == EngineState::Stopped && state_.topology != nullptr);
    showMessage(state.rejected ? tr("The last change has errors; the state before it is shown") : summary_);
    if (!state_.topology) {
        updateProblemCounts();
        updateInspector();
        return;
    }
    if (!state_.prepared)
        state_.prepared = prepare(state_.topology);
    behind_.canvas = behind_.canvas || !drawn;
    behind_.lists = behind_.lists || !same;
    behind_.problems = true;
    catchUp();
}

void MainWindow::stopArranging()
{
    unarranged_ = true;
    canvas_->scene().stopArranging();
    showMessage(tr("Not arranged: the canvas shows what it showed before. Reload (F5) arranges it anew"));
}

/// Takes over what setState() brought, one part after the other. Each takes some milliseconds a thousand objects: of a
/// large set one part a turn of the event loop, so that a key that is typed waits for one of them at most.
void MainWindow::catchUp()
{
    const bool large = state_.prepared->index.large();
    do {
        if (std::exchange(behind_.canvas, false)) {
            unarranged_ = false;
            showTopology();
        } else if (std::exchange(behind_.problems, false)) {
            problems_->setProblems(state_.topology, state_.diagnostics);
            editor_->setProblems(problems_->model().problems());
            updateProblemCounts();
            updateInspector();
            probe_->askAgain();
        } else if (std::exchange(behind_.lists, false)) {
            navigator_->setTopology(state_.prepared->index, state_.prepared->navigator);
            if (const auto& key = canvas_->scene().selectedKey()) // it may not have had it before
                navigator_->select(key);
            editor_->setTopology(state_.topology);
            probe_->setGateways(gatewayNames(*state_.topology));
            traffic_->setTopology(state_.topology);
        }
    } while (!large && behind_.any());
    Turns& turns = canvas_->scene().turns();
    if (behind_.any())
        turns.add(this, [this] { catchUp(); });
    else
        turns.drop(this);
}

void MainWindow::setWatching(bool on)
{
    action(QStringLiteral("watch"))->setChecked(on);
}

void MainWindow::setRecent(const QStringList& paths)
{
    recent_ = paths;
    recentMenu_->clear();
    for (const QString& path : paths)
        recentMenu_->addAction(path, this, [this, path] { requestOpen({path}); });
    action(QStringLiteral("recent"))->setEnabled(!paths.isEmpty());
    welcome_->setRecent(paths);
}

void MainWindow::setDetails(const model::ObjectKey& key, const ObjectDetails& details)
{
    inspector_->inspector().setDetails(key, details);
}

void MainWindow::addTraffic(const std::vector<model::AccessEvent>& events, std::uint64_t lost)
{
    traffic_->append(events, lost);
}

void MainWindow::showFault(const QString& what, const QString& why)
{
    faults_->add(what, why);
}

bool MainWindow::selectByText(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('/'));
    const TopologyIndex& index = canvas_->scene().index();
    for (const model::TopologyNode& node : index.topology().nodes) {
        QStringList own{QString::fromStdString(node.key.kind), QString::fromStdString(node.key.name.name)};
        if (!node.key.name.namespace_.empty())
            own.prepend(QString::fromStdString(node.key.name.namespace_));
        if (own.join(QLatin1Char('/')).compare(parts.join(QLatin1Char('/')), Qt::CaseInsensitive) == 0) {
            select(node.key);
            return true;
        }
    }
    return false;
}

void MainWindow::showCardMenu(const model::ObjectKey& key, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char* id : {"edit", "focus", "fold", "fold-namespace"})
        menu->addAction(action(QLatin1String(id)));
    if (!isGroupKey(key)) {
        menu->addSeparator();
        QMenu* copy = menu->addMenu(tr("&Copy"));
        if (const model::TopologyNode* node = canvas_->scene().index().node(key)) {
            for (const CopyEntry& entry : copyEntries(canvas_->scene().index(), *node, context_))
                copy->addAction(entry.title, this, [text = entry.text] { QApplication::clipboard()->setText(text); });
        }
    }
    menu->popup(globalPosition);
}

void MainWindow::openFiles()
{
    askForPaths({PathWish::Kind::Files, tr("Open manifests"), tr("Manifests (*.yaml *.yml *.json);;All files (*)")},
                this, [this](const QStringList& paths) { requestOpen(paths); });
}

void MainWindow::openFolder()
{
    askForPaths({PathWish::Kind::Folder, tr("Open a folder of manifests")}, this,
                [this](const QStringList& paths) { requestOpen(paths); });
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    themeChoice_ = choice;
    const char* ids[] = {"theme-system", "theme-light", "theme-dark", "theme-high-contrast"};
    const char* id = ids[static_cast<std::size_t>(choice)];
    action(QLatin1String(id))->setChecked(true);
    applyTheme();
    keepPreferences();
}

void MainWindow::applyTheme()
{
    theme_ = Theme::forChoice(themeChoice_, systemPalette_);
    QApplication::setPalette(theme_.palette());
    qApp->setStyleSheet(theme_.styleSheet());
    for (const auto& [id, action] : actions_) {
        const QString name = action->data().toString();
        if (name.isEmpty())
            continue;
        const bool primary = id == QLatin1String("run") || id == QLatin1String("stop");
        action->setIcon(icon(name, primary ? theme_.onAccent : theme_.muted, theme_.disabled));
    }
    welcome_->setTheme(theme_);
    canvas_->setTheme(theme_);
    draftBar_->setTheme(theme_);
    faults_->setTheme(theme_);
    palette_->setTheme(theme_);
    for (Dock* dock : docks_)
        dock->setTheme(theme_);
    updateProblemCounts();
    setEngineState(engineState_);
}

void MainWindow::restore()
{
    if (!settings_)
        return;
    restoreGeometry(settings_->value(QStringLiteral("geometry")).toByteArray());
    restoreState(settings_->value(QStringLiteral("docks")).toByteArray());
    probe_->setHistory(settings_->value(QStringLiteral("probeHistory")).toStringList());
    // Desktops that ask for no animations give them no time.
    const bool still = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    Preferences usual;
    usual.reduceMotion = still;
    applyPreferences(readPreferences(*settings_, usual));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    if (settings_) {
        settings_->setValue(QStringLiteral("geometry"), saveGeometry());
        settings_->setValue(QStringLiteral("docks"), saveState());
        settings_->setValue(QStringLiteral("session/view"), viewSessionText());
        settings_->setValue(QStringLiteral("session/files"), editor_->openFiles());
        settings_->setValue(QStringLiteral("session/base"),
                            compare_->comparison() ? compare_->comparison()->base : QString());
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && std::all_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        paths << url.toLocalFile();
    event->acceptProposedAction();
    requestOpen(paths);
}

} // namespace gatehouse::ui
