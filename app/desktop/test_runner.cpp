#include "app/desktop/test_runner.h"

#include "ui/docks/tests_dock.h"

#include <QFile>

#include <atomic>

namespace gatehouse::desktop {
namespace {

/// More of a test file than this is not shown.
constexpr qint64 mostBytes = 4 << 20;

/// How far a run is, as it is told to the UI thread: not for every test, but for the newest.
struct Told {
    std::atomic<int> done{0}, all{0};
    std::atomic<bool> onItsWay{false};
};

} // namespace

TestRunner::TestRunner(ui::MainWindow& window, Controller& controller) : window_(window), controller_(controller)
{
    pool_.setMaxThreadCount(1);
    ui::TestsDock& dock = window_.tests();
    connect(&dock, &ui::TestsDock::runRequested, this, &TestRunner::run);
    connect(&dock, &ui::TestsDock::stopRequested, this, &TestRunner::stop);
    connect(&dock, &ui::TestsDock::watchRequested, this, &TestRunner::watch);
    connect(&dock, &ui::TestsDock::textRequested, this, &TestRunner::readText);
    connect(&dock, &ui::TestsDock::openRequested, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            extra_.push_back(path.toStdString());
        watching_ ? begin(false, {live_, {}}) : list();
    });
    const auto forget = [this] {
        extra_.clear();
        watch_.reset();
        window_.tests().setReport({}); // those of other manifests say nothing of these
    };
    connect(&controller_, &Controller::opened, this, [this, forget] {
        forget();
        watching_ ? begin(false, {live_, {}}) : list();
    });
    connect(&controller_, &Controller::closed, this, [this, forget] {
        stop_.request_stop();
        ++number_;
        running_ = false;
        forget();
    });
    connect(&controller_, &Controller::stateChanged, this, [this] {
        if (watching_ || running_)
            return; // its own watch tells, which knows the tests' files as well
        window_.tests().setOutdated(true);
        list();
    });
}

TestRunner::~TestRunner()
{
    stop_.request_stop();
    pool_.waitForDone();
    reading_.waitForDone();
}

void TestRunner::run(const ui::TestWish& wish)
{
    live_ = wish.live;
    begin(false, wish);
}

void TestRunner::stop()
{
    stop_.request_stop();
}

void TestRunner::watch(bool on)
{
    watching_ = on;
    watch_.reset();
    if (on)
        follow(controller_.config().paths); // when it is ready, a run says what else there is to follow
}

void TestRunner::list()
{
    begin(true, {});
}

void TestRunner::begin(bool listOnly, const ui::TestWish& wish)
{
    stop_.request_stop(); // of what may still run
    stop_ = std::stop_source();
    running_ = !listOnly;
    if (running_)
        window_.tests().setProgress(0, 0);
    const std::uint64_t number = ++number_;
    TestPlaces places{controller_.config().paths, extra_, {}, controller_.setup()};
    places.setup.settings = nullptr; // the UI thread's
    TestProgress progress;
    progress.stop = stop_.get_token();
    progress.told = [this, number, told = std::make_shared<Told>()](int done, int all) {
        told->done = done;
        told->all = all;
        if (told->onItsWay.exchange(true))
            return;
        QMetaObject::invokeMethod(this, [this, number, told] {
            told->onItsWay = false;
            if (number == number_ && running_)
                window_.tests().setProgress(told->done, told->all);
        });
    };
    pool_.start([this, number, listOnly, wish, places = std::move(places), progress = std::move(progress)]() mutable {
        const ui::TestReport report = listOnly ? listTests(places) : runTests(places, wish, progress);
        const bool whole = !listOnly && wish.only.empty();
        QMetaObject::invokeMethod(this, [this, number, whole, report, watched = places.watched] {
            if (number == number_)
                end(report, watched, whole);
        });
    });
}

void TestRunner::end(const ui::TestReport& report, const std::vector<std::string>& watched, bool whole)
{
    running_ = false;
    window_.tests().setReport(report);
    if (whole)
        window_.tests().setOutdated(false);
    emit reported();
    if (watching_ && (!watch_ || watch_->paths() != watched))
        follow(watched);
}

void TestRunner::follow(const std::vector<std::string>& paths)
{
    watch_ = std::make_unique<PathWatch>(paths);
    const auto again = [this] { begin(false, {live_, {}}); };
    connect(watch_.get(), &PathWatch::ready, this, again);
    connect(watch_.get(), &PathWatch::changed, this, again);
}

void TestRunner::readText(const QString& path)
{
    reading_.start([this, path] {
        QFile file(path);
        const QString text = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(mostBytes))
                                                            : tr("%1: %2").arg(path, file.errorString());
        QMetaObject::invokeMethod(this, [this, path, text] { window_.tests().setText(path, text); });
    });
}

} // namespace gatehouse::desktop
