#pragma once

#include "ui/docks/dock.h"
#include "ui/models/tests_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QTabWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class YamlView;

/// Runs test files and shows what each test expected and got, and which rules they reached. It asks by signals; the
/// answers come with setReport(), setProgress() and setText(). Thread: UI.
class TestsDock final : public Dock {
    Q_OBJECT
public:
    explicit TestsDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    /// The tests that there are, or what a run of them came to; a run that goes on ends with it.
    void setReport(const TestReport& report);
    /// `done` of `all` tests were asked; of 0 it is not known yet how many there are.
    void setProgress(int done, int all);
    /// The text of a file that textRequested() asked for.
    void setText(const QString& path, const QString& text);
    /// The manifests or the tests are others than those that were run.
    void setOutdated(bool on);
    void startTesting(); ///< shows the dock

    void run();
    void runFailed();
    void setWatching(bool on);
    [[nodiscard]] bool running() const { return running_; }

    [[nodiscard]] const TestsModel& model() const { return model_; }
    [[nodiscard]] const CoverageModel& coverageModel() const { return coverageModel_; }
    /// Of the last run of all tests; null: none.
    [[nodiscard]] const std::shared_ptr<const TestCoverage>& coverage() const { return coverage_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }
    [[nodiscard]] QTreeView* coverageTree() const { return coverageTree_; }
    [[nodiscard]] YamlView* textView() const { return text_; }
    [[nodiscard]] QTabWidget* sideTabs() const { return side_; }
    [[nodiscard]] QToolButton* runButton() const { return run_; }
    [[nodiscard]] QToolButton* runFailedButton() const { return runFailed_; }
    [[nodiscard]] QToolButton* stopButton() const { return stop_; }
    [[nodiscard]] QToolButton* watchButton() const { return watch_; }
    [[nodiscard]] QComboBox* modeBox() const { return mode_; }
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] QComboBox* verdictBox() const { return verdict_; }
    [[nodiscard]] QProgressBar* progressBar() const { return progress_; }
    /// Where the test is written that has the keyboard, or the line of the file beside; unknown: neither has it.
    [[nodiscard]] model::SourceLocation placeAtFocus() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString coverageText() const;

signals:
    void runRequested(const gatehouse::ui::TestWish& wish);
    void stopRequested();
    void watchRequested(bool on);
    void openRequested(const QStringList& paths); ///< further test files or folders
    void textRequested(const QString& path);
    void coverageShown(); ///< coverage() is another one
    void probeRequested(const gatehouse::ui::ProbeRequest& request);
    void jumpRequested(const gatehouse::model::ObjectKey& key, int line); ///< line 0: none

private:
    QWidget* makeBar();
    QWidget* makeTests();
    QWidget* makeSide();
    void connectParts();
    void makeTreeActions();
    void ask(std::vector<std::pair<QString, QString>> only);
    void chooseFiles();
    void chooseFolder();
    void showSummary();
    void refreshButtons();
    void refilter();
    void expandFailed();
    void pick(const QModelIndex& at);
    void probe(const QModelIndex& at);
    void runPicked(const QModelIndex& at);

    TestsModel model_;
    CoverageModel coverageModel_;
    QSortFilterProxyModel* proxy_;
    std::shared_ptr<const TestCoverage> coverage_;
    QString fault_, wrongTests_, shownPath_; ///< wrongTests_: what is wrong with a test file
    std::optional<int> wantedLine_;
    bool running_ = false, outdated_ = false, stopped_ = false, live_ = false;
    QToolButton *run_, *runFailed_, *stop_, *watch_, *open_;
    QComboBox *mode_, *verdict_;
    QLineEdit* filter_;
    QProgressBar* progress_;
    QLabel *summary_, *summaryIcon_, *fileName_, *coverageSummary_;
    QTreeView *tree_, *coverageTree_;
    QTabWidget* side_;
    YamlView* text_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
