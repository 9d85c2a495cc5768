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
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
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

void MainWindow::makeDocks()
{
    addDockWidget(Qt::LeftDockWidgetArea, navigator_);
    addDockWidget(Qt::RightDockWidgetArea, inspector_);
    addDockWidget(Qt::BottomDockWidgetArea, problems_);
    addDockWidget(Qt::BottomDockWidgetArea, traffic_);
    addDockWidget(Qt::BottomDockWidgetArea, probe_);
    tabifyDockWidget(problems_, traffic_);
    tabifyDockWidget(traffic_, probe_);
    problems_->raise();
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resizeDocks({navigator_, inspector_}, {256, 330}, Qt::Horizontal);
    resizeDocks({problems_}, {212}, Qt::Vertical);
    connect(navigator_, &NavigatorDock::picked, this, &MainWindow::select);
    connect(navigator_, &NavigatorDock::focusRequested, this,
            [this](const model::ObjectKey& key) { canvas_->scene().focusOn(key); });
    connect(problems_, &ProblemsDock::picked, this, &MainWindow::jump);
    connect(traffic_, &TrafficDock::picked, this, &MainWindow::jumpToRoute);
    connect(&inspector_->inspector(), &Inspector::detailsRequested, this, &MainWindow::detailsRequested);
    connect(&inspector_->inspector(), &Inspector::linkActivated, this, &MainWindow::select);
}

void MainWindow::makeStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    message_ = new QLabel;
    statusBar()->addWidget(message_, 1);
    progress_ = new QProgressBar;
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(120);
    progress_->hide();
    progress_->setAccessibleName(tr("Work in progress"));
    statusBar()->addPermanentWidget(progress_);
    problemCounts_ = new QToolButton;
    problemCounts_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    problemCounts_->setToolTip(tr("Show the problems"));
    connect(problemCounts_, &QToolButton::clicked, this, [this] {
        problems_->show();
        problems_->raise();
    });
    statusBar()->addPermanentWidget(problemCounts_);
    engine_ = new QLabel;
    statusBar()->addPermanentWidget(engine_);
}

void MainWindow::connectCanvas()
{
    TopologyScene& scene = canvas_->scene();
    connect(&scene, &TopologyScene::selectionMoved, this, [this](const std::optional<model::ObjectKey>& key) {
        navigator_->select(key);
        for (const char* id : {"focus", "fold", "fold-namespace"})
            action(QLatin1String(id))->setEnabled(key.has_value());
        updateInspector();
    });
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

void MainWindow::connectProbe()
{
    connect(probe_, &ProbeDock::explainRequested, this, &MainWindow::explainRequested);
    connect(probe_, &ProbeDock::jumpRequested, this, &MainWindow::jumpTo);
    connect(traffic_, &TrafficDock::explainRequested, this, &MainWindow::explainRequested);
    connect(traffic_, &TrafficDock::jumpRequested, this, &MainWindow::jumpTo);
    connect(traffic_, &TrafficDock::probeRequested, this, [this](const ProbeRequest& request) {
        probe_->startComposing();
        probe_->explain(request);
    });
    connect(probe_, &ProbeDock::resultShown, this,
            [this](const ProbeResult& result) { canvas_->scene().setLight(lightOf(result)); });
    connect(probe_, &ProbeDock::resultCleared, this, [this] { canvas_->scene().setLight({}); });
    connect(probe_, &ProbeDock::historyChanged, this, [this](const QStringList& lines) {
        if (settings_)
            settings_->setValue(QStringLiteral("probeHistory"), lines);
    });
}

void MainWindow::setExplanation(ProbeQuestion::Asker asker, std::uint64_t number, const ProbeResult& result)
{
    switch (asker) {
    case ProbeQuestion::Asker::Probe:
        probe_->setResult(number, result);
        break;
    case ProbeQuestion::Asker::Traffic:
        traffic_->setExplanation(number, result);
        break;
    }
}

void MainWindow::setState(const ViewState& state)
{
    state_ = state;
    summary_ = state.summary;
    center_->setCurrentWidget(canvas_);
    if (state_.topology) {
        navigator_->setTopology(TopologyIndex(state_.topology));
        problems_->setProblems(*state_.topology, state_.diagnostics);
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

void MainWindow::updateInspector()
{
    const TopologyScene& scene = canvas_->scene();
    const auto& key = scene.selectedKey();
    // A card that stands for several is only in what is drawn.
    const bool group = key && isGroupKey(*key);
    inspector_->inspector().show(group ? scene.shown().index : scene.index(), key, problems_->model());
}

void MainWindow::updateProblemCounts()
{
    const int errors = problems_->model().count(model::Severity::Error);
    const int warnings = problems_->model().count(model::Severity::Warning);
    const char* name = errors > 0 ? "bad" : warnings > 0 ? "warning" : "good";
    const QColor color = errors > 0 ? theme_.bad : warnings > 0 ? theme_.warning : theme_.good;
    problemCounts_->setIcon(icon(QLatin1String(name), color));
    QStringList texts;
    if (errors > 0)
        texts << (errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    if (warnings > 0)
        texts << (warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    problemCounts_->setText(texts.isEmpty() ? tr("No problems") : texts.join(QStringLiteral(", ")));
    problemCounts_->setVisible(state_.topology != nullptr);
}

void MainWindow::setEngineState(EngineState state, const QString& detail)
{
    engineState_ = state;
    QString text;
    QColor color = theme_.faint;
    switch (state) {
    case EngineState::Stopped:
        text = tr("Engine stopped");
        break;
    case EngineState::Starting:
        text = tr("Starting\u2026"), color = theme_.warning;
        break;
    case EngineState::Running:
        text = tr("Running"), color = theme_.good;
        break;
    case EngineState::Stopping:
        text = tr("Stopping\u2026"), color = theme_.warning;
        break;
    }
    engine_->setText(QStringLiteral("<span style='color:%1'>\u25CF</span>&nbsp; %2%3")
                         .arg(color.name(), text.toHtmlEscaped(),
                              detail.isEmpty() ? QString() : QStringLiteral(" \u00b7 ") + detail.toHtmlEscaped()));
    QAction* run = action(QStringLiteral("run"));
    QAction* stop = action(QStringLiteral("stop"));
    run->setEnabled(state == EngineState::Stopped && state_.topology);
    stop->setEnabled(state == EngineState::Running);
    const bool showStop = state == EngineState::Running || state == EngineState::Stopping;
    runButton_->removeAction(showStop ? run : stop); // with both it would offer a menu
    runButton_->setDefaultAction(showStop ? stop : run);
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

void MainWindow::setBusy(const QString& what)
{
    progress_->setVisible(!what.isEmpty());
    message_->setText(what.isEmpty() ? summary_ : what);
}

void MainWindow::showMessage(const QString& text)
{
    message_->setText(text);
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

void MainWindow::select(const model::ObjectKey& key)
{
    canvas_->scene().select(key);
    canvas_->view().reveal(key);
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

void MainWindow::jump(const Problem& problem)
{
    if (!problem.key)
        return;
    jumpTo(*problem.key, problem.location.position.known() ? static_cast<int>(problem.location.position.line) : 0);
}

void MainWindow::jumpTo(const model::ObjectKey& key, int line)
{
    select(key);
    if (line > 0)
        inspector_->inspector().showLine(line);
}

void MainWindow::jumpToRoute(const QString& route, const QString& gateway)
{
    const QStringList parts = route.split(QLatin1Char('/'));
    if (parts.size() == 3)
        selectByText(QStringLiteral("%1/%2/%3").arg(parts[1], parts[0], parts[2]));
    else if (const QStringList names = gateway.split(QLatin1Char('/')); names.size() == 2)
        selectByText(QStringLiteral("%1/Gateway/%2").arg(names[0], names[1]));
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
    navigator_->setTheme(theme_);
    inspector_->inspector().setTheme(theme_);
    problems_->setTheme(theme_);
    traffic_->setTheme(theme_);
    probe_->setTheme(theme_);
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
