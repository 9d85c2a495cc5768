#include "ui/main_window.h"

#include "ui/docks/inspector_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/icons.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/scene_export.h"
#include "ui/topology/topology_panel.h"
#include "ui/welcome_page.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>

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

} // namespace

MainWindow::MainWindow(QSettings* settings, QWidget* parent)
    : QMainWindow(parent), settings_(settings), systemPalette_(QApplication::palette()), center_(new QStackedWidget),
      welcome_(new WelcomePage), canvas_(new TopologyPanel), navigator_(new NavigatorDock(this)),
      inspector_(new InspectorDock(this)), problems_(new ProblemsDock(this)), traffic_(new TrafficDock(this)),
      probe_(new ProbeDock(this))
{
    loadResources();
    setWindowTitle(tr("Gatehouse"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    center_->addWidget(welcome_);
    center_->addWidget(canvas_);
    setCentralWidget(center_);
    resize(1440, 900);
    makeDocks();
    makeActions();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    connectCanvas();
    connectProbe();
    connectProblems();
    connect(welcome_, &WelcomePage::openFilesClicked, this, &MainWindow::openFiles);
    connect(welcome_, &WelcomePage::openFolderClicked, this, &MainWindow::openFolder);
    connect(welcome_, &WelcomePage::recentClicked, this, [this](const QString& path) { emit openRequested({path}); });
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
    connect(&scene, &TopologyScene::arrangingChanged, this,
            [this](bool running) { setBusy(running ? tr("Arranging\u2026") : QString()); });
    connect(&scene, &TopologyScene::arrangeFailed, this,
            [this](const QString& why) { showFault(tr("The topology could not be arranged"), why); });
    connect(&scene, &TopologyScene::handPlacesChanged, this,
            [this] { action(QStringLiteral("put-back"))->setEnabled(canvas_->scene().movedByHand()); });
    connect(&canvas_->filters(), &FilterBar::filterChanged, this, [this](const CanvasFilter& filter) {
        action(QStringLiteral("problems-only"))->setChecked(filter.problemsOnly);
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
    state_ = state;
    summary_ = state.summary;
    center_->setCurrentWidget(canvas_);
    if (state_.topology) {
        navigator_->setTopology(TopologyIndex(state_.topology));
        problems_->setProblems(state_.topology, state_.diagnostics);
        canvas_->setTopology(state_.topology, state_.targets);
        probe_->setGateways(gatewayNames(*state_.topology));
        probe_->askAgain();
        traffic_->setTopology(state_.topology);
    }
    updateProblemCounts();
    updateInspector();
    action(QStringLiteral("run"))->setEnabled(engineState_ == EngineState::Stopped && state_.topology != nullptr);
    showMessage(state.rejected ? tr("The last change has errors; the state before it is shown") : summary_);
}

void MainWindow::setWatching(bool on)
{
    action(QStringLiteral("watch"))->setChecked(on);
}

void MainWindow::setRecent(const QStringList& paths)
{
    recentMenu_->clear();
    for (const QString& path : paths)
        recentMenu_->addAction(path, this, [this, path] { emit openRequested({path}); });
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
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Gatehouse"), what, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(why);
    box->open(); // what goes on behind it goes on
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
    for (const char* id : {"focus", "fold", "fold-namespace"})
        menu->addAction(action(QLatin1String(id)));
    if (!isGroupKey(key)) {
        menu->addSeparator();
        const QString name = QString::fromStdString(model::toString(key.name));
        menu->addAction(tr("Copy Name"), this, [name] { QApplication::clipboard()->setText(name); });
    }
    menu->popup(globalPosition);
}

void MainWindow::openFiles()
{
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Open manifests"), QString(),
                                                            tr("Manifests (*.yaml *.yml *.json);;All files (*)"));
    if (!paths.isEmpty())
        emit openRequested(paths);
}

void MainWindow::openFolder()
{
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open a folder of manifests"));
    if (!path.isEmpty())
        emit openRequested({path});
}

void MainWindow::exportAs(const QString& ending)
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export the topology"), QStringLiteral("topology.") + ending,
                                     tr("%1 picture (*.%2)").arg(ending.toUpper(), ending));
    if (file.isEmpty())
        return;
    if (const QString fault = exportScene(canvas_->scene(), file); !fault.isEmpty())
        showFault(tr("The topology could not be exported"), fault);
    else
        showMessage(tr("Exported %1").arg(file));
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    themeChoice_ = choice;
    const char* id = choice == ThemeChoice::Light  ? "theme-light"
                     : choice == ThemeChoice::Dark ? "theme-dark"
                                                   : "theme-system";
    action(QLatin1String(id))->setChecked(true);
    applyTheme();
    if (settings_)
        settings_->setValue(QStringLiteral("theme"), static_cast<int>(choice));
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
        action->setIcon(icon(name, primary ? theme_.onAccent : theme_.muted, theme_.faint));
    }
    welcome_->setTheme(theme_);
    canvas_->setTheme(theme_);
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
    const int choice = settings_->value(QStringLiteral("theme"), 0).toInt();
    if (choice >= 0 && choice <= static_cast<int>(ThemeChoice::Dark))
        themeChoice_ = static_cast<ThemeChoice>(choice);
    probe_->setHistory(settings_->value(QStringLiteral("probeHistory")).toStringList());
    // Desktops that ask for no animations give them no time.
    const bool still = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    const bool reduce = settings_->value(QStringLiteral("reduceMotion"), still).toBool();
    action(QStringLiteral("reduce-motion"))->setChecked(reduce);
    canvas_->scene().setMotion(!reduce);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (settings_) {
        settings_->setValue(QStringLiteral("geometry"), saveGeometry());
        settings_->setValue(QStringLiteral("docks"), saveState());
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
    emit openRequested(paths);
}

void MainWindow::aboutGatehouse()
{
    QMessageBox::about(
        this, tr("About Gatehouse"),
        tr("<h3>Gatehouse %1</h3><p>A desktop and local emulator of the Kubernetes Gateway API: see, run and "
           "debug Gateways and routes without a cluster.</p><p>Apache License 2.0</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped()));
}

} // namespace gatehouse::ui
