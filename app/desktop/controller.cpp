#include "app/desktop/controller.h"

#include "app/desktop/code_pages.h"
#include "app/desktop/details.h"
#include "app/desktop/let_go.h"
#include "app/desktop/probe.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/editor_dock.h"
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

/// Adds what the configuration file and the command line say.
void complete(control::Config& config, const Controller::Setup& setup, std::vector<model::Diagnostic>& problems)
{
    control::readConfigFile(config, setup.configFile.toStdString(), problems);
    if (!setup.controller.isEmpty())
        config.controller = setup.controller.toStdString();
}

} // namespace

control::Config configFor(std::vector<std::string> paths, const Controller::Setup& setup,
                          std::vector<model::Diagnostic>& problems)
{
    control::Config config;
    config.paths = std::move(paths);
    complete(config, setup, problems);
    return config;
}

Controller::Controller(ui::MainWindow& window, Setup setup)
    : window_(window), setup_(std::move(setup)), files_(window.editor(), setup_.draftDirectory), watching_(setup_.watch)
{
    connectEditor();
    connect(&window_, &ui::MainWindow::openRequested, this, &Controller::open);
    connect(&window_, &ui::MainWindow::runRequested, this, &Controller::run);
    connect(&window_, &ui::MainWindow::stopRequested, this, &Controller::stop);
    connect(&window_, &ui::MainWindow::detailsRequested, this, &Controller::describeObject);
    connect(&window_, &ui::MainWindow::baseDetailsRequested, this, &Controller::describeSaved);
    connect(&window_, &ui::MainWindow::explainRequested, this, &Controller::explain);
    connect(&window_, &ui::MainWindow::codeRequested, this,
            [this](const QString& code) { window_.setCodePage(codePage(code)); });
    connect(&advice_, &Advice::ready, this, [this](const auto& problems) {
        window_.setAdvice(problems);
        emit advised();
    });
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
    sender_ = std::make_unique<ProbeSender>(
        window_.probe(),
        ProbeSender::Sources{[this] { return state_; }, [this] { return config_.paths; }, [this] { return shown(); }});
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
    ++described_;
    advice_.forget();
    statsTimer_.stop();
    state_.reset();
    refused_.reset();
    drafts_.end();
    preparations_.begin({});
    prepared_ = {};
    if (loop_) // its end drains connections, for seconds if need be
        retiring_.emplace_back([loop = std::move(loop_)]() mutable { loop.reset(); });
    engine_ = ui::EngineState::Stopped;
}

bool Controller::open(const QStringList& paths)
{
    control::Config config;
    for (const QString& path : paths)
        config.paths.push_back(path.toStdString());
    const QString name = QFileInfo(paths.value(0)).fileName();
    const QString title = paths.size() == 1 ? tr("%1 \u2013 Gatehouse").arg(name.isEmpty() ? paths.value(0) : name)
                                            : tr("%1 and %2 more \u2013 Gatehouse").arg(name).arg(paths.size() - 1);
    if (!begin(std::move(config), title))
        return false;
    remember(paths);
    return true;
}

void Controller::openCluster(const QString& context, const QStringList& paths)
{
    control::Config config;
    for (const QString& path : paths)
        config.paths.push_back(path.toStdString());
    config.cluster = control::ClusterQuery{context.toStdString(), control::readResources(), true};
    // A cluster is not opened again by itself.
    if (begin(std::move(config), tr("%1 \u2013 Gatehouse").arg(context.isEmpty() ? tr("Cluster") : context)) &&
        setup_.settings)
        setup_.settings->remove(QStringLiteral("session"));
}

void Controller::close()
{
    retire();
    config_ = {};
    if (setup_.settings)
        setup_.settings->remove(QStringLiteral("session"));
    window_.setBusy({});
    window_.showStart();
    emit closed();
}

/// Reads a configuration and everything that it names; false, and a fault shown, when it has errors.
bool Controller::begin(control::Config config, const QString& title)
{
    std::vector<model::Diagnostic> problems;
    complete(config, setup_, problems);
    if (model::hasErrors(problems)) {
        QStringList lines;
        for (const model::Diagnostic& problem : problems)
            lines << QString::fromStdString(model::toString(problem));
        window_.showFault(tr("The configuration has errors"), lines.join(QLatin1Char('\n')));
        emit refused(tr("The configuration has errors") + QStringLiteral(": ") + lines.join(QStringLiteral("; ")));
        return false;
    }
    if (!config.admin)
        config.admin = control::AdminAddress{"127.0.0.1", 0};
    retire();
    window_.setEngineState(engine_);
    window_.setBusy(config.cluster ? tr("Reading the cluster\u2026") : tr("Reading manifests\u2026"),
                    [this] { close(); });

    config_ = config;
    preparations_.begin(config.backends);
    advice_.setLevels(config.lintLevels);
    window_.beginSet(QString::fromStdString(config.cluster ? config.cluster->context : std::string()));
    if (const QFileInfo first(QString::fromStdString(config.paths.empty() ? std::string() : config.paths.front()));
        !config.paths.empty())
        window_.probe().setTestFile((first.isDir() ? first.filePath() : first.path()) +
                                    QStringLiteral("/tests/probe.yaml"));
    const std::uint64_t generation = generation_;
    control::ControlLoop::Observers observers;
    observers.changed = [this, generation](std::shared_ptr<const control::State> state) {
        (void)preparations_.of(*state); // here, so that the UI thread need not
        QMetaObject::invokeMethod(this, [this, generation, state = std::move(state)] { changed(generation, state); });
    };
    observers.rejected = [this, generation](std::shared_ptr<const control::State> state) {
        QMetaObject::invokeMethod(this, [this, generation, state = std::move(state)] { rejected(generation, state); });
    };
    inbox_.begin(generation);
    observers.events = [this, generation](std::vector<model::AccessEvent> events) {
        inbox_.put(generation, std::move(events));
    };
    drafts_.begin(config);
    loop_ = std::make_unique<control::ControlLoop>(std::move(config), std::move(observers));
    loop_->watch(watching_);
    loop_->loadLater();
    emit opened();
    window_.setWindowTitle(title);
    return true;
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
    QStringList session;
    for (const QString& path : paths)
        session << QFileInfo(path).absoluteFilePath();
    setup_.settings->setValue(QStringLiteral("session/paths"), session);
    window_.setRecent(recent);
}

void Controller::changed(std::uint64_t generation, std::shared_ptr<const control::State> state)
{
    if (generation != generation_)
        return;
    const bool first = !state_;
    letGo(std::exchange(state_, std::move(state)));
    refused_.reset();
    drafts_.setSaved(state_);
    files_.lookAgain();
    showNow();
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
    emit stateChanged();
    if (first) {
        files_.offerKept(state_->import.files);
        emit loaded();
    }
    if (cameUp)
        emit engineUp();
}

void Controller::rejected(std::uint64_t generation, const std::shared_ptr<const control::State>& state)
{
    if (generation != generation_ || !state_)
        return;
    refused_ = state;
    drafts_.setSaved(state_);
    files_.lookAgain();
    showNow();
}

void Controller::connectEditor()
{
    connect(&window_.editor(), &ui::EditorDock::unsavedTextsChanged, &drafts_, &Drafts::setTexts);
    connect(&drafts_, &Drafts::changed, this, &Controller::showNow);
    connect(&drafts_, &Drafts::told, &window_, &ui::MainWindow::setDraft);
    connect(&files_, &EditedFiles::trouble, &window_, &ui::MainWindow::showMessage);
    connect(&files_, &EditedFiles::saved, this, [this] {
        drafts_.awaitSaved();
        if (loop_) // also when changes are not followed: who saves here wants it applied
            loop_->reapply();
    });
}

const std::shared_ptr<const control::State>& Controller::shown() const
{
    return drafts_.shown() ? drafts_.shown() : state_;
}

void Controller::showNow()
{
    if (!state_)
        return;
    if (drafts_.shown()) {
        // What is typed is told at once; advice on it would come and go with every word.
        advice_.forget();
        window_.clearAdvice();
        show(*drafts_.shown(), drafts_.problems(), false, drafts_.marked());
    } else {
        const auto& newest = refused_ ? refused_ : state_;
        show(*state_, newest->diagnostics, refused_ != nullptr);
        advice_.ask(newest);
    }
}

void Controller::show(const control::State& state, const std::vector<model::Diagnostic>& diagnostics, bool rejected,
                      std::shared_ptr<const ui::ComparedTopology> marked)
{
    ui::ViewState view;
    view.topology = state.topology;
    Prepared prepared = preparations_.of(state);
    view.prepared = prepared.topology;
    view.targets = prepared.targets;
    view.beside = prepared.beside;
    view.draft = std::move(marked);
    view.diagnostics = diagnostics;
    view.rejected = rejected;
    view.summary = tr("%1 in %2, read in %3 ms")
                       .arg(plural(state.import.objects, tr("1 object"), tr("%1 objects")),
                            plural(state.import.files.size(), tr("1 file"), tr("%1 files")))
                       .arg(qRound(state.importMs + state.resolveMs + state.compileMs));
    window_.setBusy({});
    window_.setState(view);
    letGo(std::exchange(prepared_, std::move(prepared)));
}

void Controller::run()
{
    if (!loop_ || !state_)
        return;
    if (model::hasErrors(state_->import.diagnostics)) {
        window_.showFault(tr("The manifests have errors"),
                          tr("The engine serves only what can be read without errors. The problems are listed below."));
        window_.probe().setEngineRefused();
        emit refused(tr("The manifests have errors"));
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
    QThreadPool::globalInstance()->start(
        [this, number = ++described_, key, insight = insights_.of(shown()), unsaved = drafts_.texts()] {
            auto details = describe(*insight, key, unsaved);
            QMetaObject::invokeMethod(this, [this, number, key, details = std::move(details)] {
                if (number != described_)
                    return; // others were asked for since, of a newer state perhaps
                window_.setDetails(key, details);
                emit detailsShown();
            });
        });
}

/// What a draft takes away is described by what is saved; what a comparison's base has, by who compares.
void Controller::describeSaved(const model::ObjectKey& key)
{
    if (!state_ || window_.compare().comparison())
        return;
    QThreadPool::globalInstance()->start([this, number = ++described_, key, state = state_] {
        auto details = describe(Insight(state), key);
        QMetaObject::invokeMethod(this, [this, number, key, details = std::move(details)] {
            if (number != described_)
                return;
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
    // A request that was served is explained by what serves; one that is thought of, by what is shown.
    const bool served = question.asker == ui::ProbeQuestion::Asker::Traffic;
    QThreadPool::globalInstance()->start([this, question, snapshot = (served ? state_ : shown())->snapshot] {
        auto result = explainProbe(*snapshot, question.request);
        QMetaObject::invokeMethod(this, [this, question, result = std::move(result)] {
            window_.setExplanation(question.asker, question.number, result);
            emit explained();
        });
    });
}

} // namespace gatehouse::desktop
