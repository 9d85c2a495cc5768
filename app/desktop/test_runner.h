#pragma once

#include "app/desktop/controller.h"
#include "app/desktop/path_watch.h"
#include "app/desktop/test_run.h"

#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace gatehouse::desktop {

/// Answers the Tests dock: finds the tests among what is open, runs them off the UI thread, and again on every change
/// while they are watched. Thread: UI.
class TestRunner final : public QObject {
    Q_OBJECT
public:
    TestRunner(ui::MainWindow& window, Controller& controller);
    ~TestRunner() override; ///< stops a run, and waits for the tests that began

    void run(const ui::TestWish& wish);
    void stop();
    void watch(bool on);

signals:
    void reported(); ///< a list of tests, or the end of a run, is shown

private:
    void list();
    void begin(bool listOnly, const ui::TestWish& wish);
    /// `whole`: every test was run.
    void end(const ui::TestReport& report, const std::vector<std::string>& watched, bool whole);
    void follow(const std::vector<std::string>& paths);
    void readText(const QString& path);

    ui::MainWindow& window_;
    Controller& controller_;
    std::vector<std::string> extra_;
    std::unique_ptr<PathWatch> watch_;
    bool watching_ = false, running_ = false, live_ = false;
    std::stop_source stop_;
    std::uint64_t number_ = 0; ///< of what was begun last
    QThreadPool pool_;         ///< of one thread
    QThreadPool reading_;      ///< for what is looked at while a run goes on
};

} // namespace gatehouse::desktop
