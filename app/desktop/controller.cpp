#include "app/desktop/controller.h"

#include "app/desktop/details.h"
#include "app/desktop/local_targets.h"
#include "app/desktop/probe.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/traffic_dock.h"

#include <QFileInfo>
#include <QSettings>
#include <QThreadPool>

namespace gatehouse::desktop {

using namespace std::chrono_literals;

namespace {

constexpr int mostRecent = 8;

QString plural(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

} // namespace

Controller::Controller(ui::MainWindow& window, Setup setup)
    : window_(window), setup_(std::move(setup)), watching_(setup_.watch)
{
    connect(&window_, &ui::MainWindow::openRequested, this, &Controller::open);
    connect(&window_, &ui::MainWindow::runRequested, this, &Controller::run);
    connect(&window_, &ui::MainWindow::stopRequested, this, &Controller::stop);
    connect(&window_, &ui::MainWindow::detailsRequested, this, &Controller::describeObject);
    connect(&window_, &ui::MainWindow::explainRequested, this, &Controller::explain);
    connect(&window_, &ui::MainWindow::reloadRequested, this, [this] {
        if (loop_)
            loop_->reapply();
    });
    connect(&window_, &ui::MainWindow::watchRequested, this, [this](bool on) {
        watching_ = on;
        if (loop_)
            loop_->watch(on);
    });
    statsTimer_.setInterval(500ms);
    connect(&statsTimer_, &QTimer::timeout, this, &Controller::showEngine);
    makeParts();
    window_.setWatching(watching_);
    if (setup_.settings)
        window_.setRecent(setup_.settings->value(QStringLiteral("recent")).toStringList());
}

void Controller::makeParts()
{
    connect(&inbox_, &TrafficInbox::arrived, this,
            [this](const auto& events) { window_.addTraffic(events, inbox_.dropped()); });
    connect(&inbox_, &TrafficInbox::measured, &window_.traffic(), &ui::TrafficDock::addTick);
    connect(&statsTimer_, &QTimer::timeout, &inbox_, [this] {
        if (loop_)
            inbox_.measure(loop_->stats().droppedEvents);
    });
    sender_ = std::make_unique<ProbeSender>(window_.probe(),
                                            ProbeSender::Sources{[this] { return state_; }, [this] { return paths_; }});
}

Controller::~Controller()
{
    sender_.reset();
    retire();
    retiring_.clear();
    // Details and explanations may still be made for a window that is about to go.
    QThreadPool::globalInstance()->waitForDone();
}

void Controller::retire()
{
    ++generation_;
    statsTimer_.stop();
    state_.reset();
    if (loop_) // its end drains connections, for seconds if need be
        retiring_.emplace_back([loop = std::move(loop_)]() mutable { loop.reset(); });
    engine_ = ui::EngineState::Stopped;
}

void Controller::open(const QStringList& paths)
{
    control::Config config;
    for (const QString& path : paths)
        config.paths.push_back(path.toStdString());
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, setup_.configFile.toStdString(), problems);
    if (model::hasErrors(problems)) {
        QStringList lines;
        for (const model::Diagnostic& problem : problems)
            lines << QString::fromStdString(model::toString(problem));
        window_.showFault(tr("The configuration has errors"), lines.join(QLatin1Char('\n')));
        return;
    }
    if (!setup_.controller.isEmpty())
        config.controller = setup_.controller.toStdString();
    if (!config.admin)
        config.admin = control::AdminAddress{"127.0.0.1", 0};
    retire();
    window_.setEngineState(engine_);
    window_.setBusy(tr("Reading manifests\u2026"));

    mappings_ = config.backends;
    paths_ = config.paths;
    if (const QFileInfo first(paths.value(0)); !paths.isEmpty())
        window_.probe().setTestFile((first.isDir() ? first.filePath() : first.path()) +
                                    QStringLiteral("/tests/probe.yaml"));
    const std::uint64_t generation = generation_;
    control::ControlLoop::Observers observers;
    observers.changed = [this, generation](std::shared_ptr<const control::State> state) {
        QMetaObject::invokeMethod(this, [this, generation, state = std::move(state)] { changed(generation, state); });
    };
    observers.rejected = [this, generation](std::shared_ptr<const control::State> state) {
        QMetaObject::invokeMethod(this, [this, generation, state = std::move(state)] { rejected(generation, state); });
    };
    observers.events = [this](std::vector<model::AccessEvent> events) { inbox_.put(std::move(events)); };
    loop_ = std::make_unique<control::ControlLoop>(std::move(config), std::move(observers));
    loop_->watch(watching_);
    loop_->loadLater();
    remember(paths);
    const QString name = QFileInfo(paths.value(0)).fileName();
    window_.setWindowTitle(paths.size() == 1 ? tr("%1 \u2013 Gatehouse").arg(name.isEmpty() ? paths.value(0) : name)
                                             : tr("%1 and %2 more \u2013 Gatehouse").arg(name).arg(paths.size() - 1));
}

void Controller::remember(const QStringList& paths)
{
    if (!setup_.settings)
        return;
    QStringList recent = setup_.settings->value(QStringLiteral("recent")).toStringList();
    for (const QString& path : paths) {
        const QString absolute = QFileInfo(path).absoluteFilePath();
        recent.removeAll(absolute);
        recent.prepend(absolute);
    }
    recent = recent.mid(0, mostRecent);
    setup_.settings->setValue(QStringLiteral("recent"), recent);
    window_.setRecent(recent);
}

void Controller::changed(std::uint64_t generation, std::shared_ptr<const control::State> state)
{
    if (generation != generation_)
        return;
    const bool first = !state_;
    state_ = std::move(state);
    show(*state_, state_->diagnostics, false);
    const auto engineNow = state_->live ? ui::EngineState::Running : ui::EngineState::Stopped;
    const bool cameUp = engineNow == ui::EngineState::Running && engine_ != engineNow;
    // A reload while the engine starts or stops says nothing about it yet.
    if (engine_ != ui::EngineState::Starting || state_->live)
        engine_ = engineNow;
    showEngine();
    if (cameUp)
        inbox_.restart();
    if (engine_ == ui::EngineState::Running)
        statsTimer_.start();
    else
        statsTimer_.stop();
    if (first)
        emit loaded();
    if (cameUp)
        emit engineUp();
}

void Controller::rejected(std::uint64_t generation, const std::shared_ptr<const control::State>& state)
{
    if (generation == generation_ && state_)
        show(*state_, state->diagnostics, true);
}

void Controller::show(const control::State& state, const std::vector<model::Diagnostic>& diagnostics, bool rejected)
{
    ui::ViewState view;
    view.topology = state.topology;
    view.targets = std::make_shared<const ui::LocalTargets>(localTargets(*state.snapshot, mappings_));
    view.diagnostics = diagnostics;
    view.rejected = rejected;
    view.summary = tr("%1 in %2, read in %3 ms")
                       .arg(plural(state.import.objects, tr("1 object"), tr("%1 objects")),
                            plural(state.import.files.size(), tr("1 file"), tr("%1 files")))
                       .arg(qRound(state.importMs + state.resolveMs + state.compileMs));
    window_.setBusy({});
    window_.setState(view);
}

void Controller::run()
{
    if (!loop_ || !state_)
        return;
    if (model::hasErrors(state_->import.diagnostics)) {
        window_.showFault(tr("The manifests have errors"),
                          tr("The engine serves only what can be read without errors. The problems are listed below."));
        return;
    }
    engine_ = ui::EngineState::Starting;
    showEngine();
    loop_->startEngine();
}

void Controller::stop()
{
    if (!loop_)
        return;
    engine_ = ui::EngineState::Stopping;
    statsTimer_.stop();
    showEngine();
    loop_->stopEngine();
}

void Controller::showEngine()
{
    QStringList facts;
    if (engine_ == ui::EngineState::Running && state_ && loop_) {
        std::size_t open = 0;
        for (const model::ListenerProgramming& listener : state_->programming.listeners)
            open += listener.programmed ? 1 : 0;
        facts << plural(open, tr("1 listener"), tr("%1 listeners"));
        facts << plural(loop_->stats().requests, tr("1 request"), tr("%1 requests"));
        if (!state_->endpoints.admin.empty())
            facts << tr("admin %1").arg(QString::fromStdString(state_->endpoints.admin));
    }
    window_.setEngineState(engine_, facts.join(QStringLiteral(" \u00b7 ")));
}

void Controller::describeObject(const model::ObjectKey& key)
{
    if (!state_)
        return;
    QThreadPool::globalInstance()->start([this, key, state = state_] {
        auto details = describe(*state, key);
        QMetaObject::invokeMethod(this, [this, key, details = std::move(details)] {
            window_.setDetails(key, details);
            emit detailsShown();
        });
    });
}

void Controller::explain(const ui::ProbeQuestion& question)
{
    if (!state_) {
        ui::ProbeResult nothing;
        nothing.fault = tr("No manifests are open");
        window_.setExplanation(question.asker, question.number, nothing);
        return;
    }
    QThreadPool::globalInstance()->start([this, question, snapshot = state_->snapshot] {
        auto result = explainProbe(*snapshot, question.request);
        QMetaObject::invokeMethod(this, [this, question, result = std::move(result)] {
            window_.setExplanation(question.asker, question.number, result);
            emit explained();
        });
    });
}

} // namespace gatehouse::desktop
