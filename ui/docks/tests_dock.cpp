#include "ui/docks/tests_dock.h"

#include "ui/dialogs/path_dialog.h"
#include "ui/docks/tables.h"
#include "ui/icons.h"
#include "ui/inspector/yaml_view.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

/// Tests by their texts and by their verdict; of a test that is wanted, everything below, of a file what is wanted.
class TestFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void want(std::optional<TestVerdict> verdict)
    {
        verdict_ = verdict;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        const QModelIndex at = sourceModel()->index(row, 0, parent);
        if (at.data(TestsModel::verdictRole).isValid())
            return accepts(at);
        if (parent.isValid()) // an expectation is shown with its test
            return accepts(parent);
        return sourceModel()->rowCount(at) == 0; // a file is shown for its tests
    }

private:
    [[nodiscard]] bool accepts(const QModelIndex& test) const
    {
        if (verdict_ && test.data(TestsModel::verdictRole).toInt() != static_cast<int>(*verdict_))
            return false;
        return QSortFilterProxyModel::filterAcceptsRow(test.row(), test.parent()) ||
               test.parent().data().toString().contains(filterRegularExpression());
    }

    std::optional<TestVerdict> verdict_;
};

} // namespace

TestsDock::TestsDock(QWidget* parent) : Dock(tr("Tests"), QStringLiteral("tests"), Header::None, parent)
{
    proxy_ = new TestFilter(this);
    proxy_->setSourceModel(&model_);
    proxy_->setRecursiveFilteringEnabled(true);
    proxy_->setFilterKeyColumn(-1);
    proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(makeTests());
    split->addWidget(makeSide());
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 3);
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(split, 1);
    setWidget(body);
    makeTreeActions();
    connectParts();
    setReport({});
}

QWidget* TestsDock::makeBar()
{
    run_ = makeToolButton(tr("Run"), tr("Run all tests (F6)"));
    run_->setObjectName(QStringLiteral("primary"));
    runFailed_ = makeToolButton(tr("Run failed"), tr("Run the tests that failed (Shift+F6)"));
    stop_ = makeToolButton(tr("Stop"), tr("Ask no further test"));
    watch_ = makeToolButton(tr("Watch"), tr("Run again whenever manifests or tests change (Ctrl+F6)"));
    watch_->setCheckable(true);
    open_ = makeToolButton(tr("Open"), tr("Add tests from elsewhere"));
    open_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(open_);
    menu->addAction(tr("Test &Files\u2026"), this, &TestsDock::chooseFiles);
    menu->addAction(tr("A F&older of Tests\u2026"), this, &TestsDock::chooseFolder);
    open_->setMenu(menu);
    mode_ = new QComboBox;
    mode_->addItem(tr("by the tables"));
    mode_->addItem(tr("over sockets"));
    mode_->setAccessibleName(tr("How tests are run"));
    mode_->setToolTip(tr("By the tables: nothing is sent. Over sockets: an engine of the tests' own is started"));
    verdict_ = new QComboBox;
    verdict_->setAccessibleName(tr("Show tests by result"));
    verdict_->addItem(tr("all results"));
    for (const TestVerdict verdict :
         {TestVerdict::Failed, TestVerdict::Passed, TestVerdict::Skipped, TestVerdict::NotRun})
        verdict_->addItem(words(verdict), static_cast<int>(verdict));
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the tests"));
    filter_->setClearButtonEnabled(true);
    filter_->setMaximumWidth(200);
    progress_ = new QProgressBar;
    progress_->setTextVisible(false);
    progress_->setFixedWidth(90);
    progress_->setAccessibleName(tr("Tests that were asked"));
    progress_->hide();
    summaryIcon_ = new QLabel;
    summary_ = new QLabel;
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // faults are long

    auto* bar = new QWidget;
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(14, 8, 14, 6);
    line->setSpacing(6);
    for (QWidget* part : {static_cast<QWidget*>(run_), static_cast<QWidget*>(mode_), static_cast<QWidget*>(runFailed_),
                          static_cast<QWidget*>(stop_), static_cast<QWidget*>(watch_), static_cast<QWidget*>(open_)})
        line->addWidget(part);
    line->addSpacing(8);
    line->addWidget(summaryIcon_);
    line->addWidget(summary_, 1);
    line->addWidget(progress_);
    line->addWidget(verdict_);
    line->addWidget(filter_);
    return bar;
}

QWidget* TestsDock::makeTests()
{
    tree_ = new QTreeView;
    tree_->setModel(proxy_);
    prepareTree(*tree_, tr("Tests"));
    QHeaderView* header = tree_->header();
    header->setSectionResizeMode(TestsModel::ExpectedColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(TestsModel::GotColumn, QHeaderView::Stretch);
    tree_->setColumnWidth(TestsModel::TestColumn, 300);
    tree_->setColumnWidth(TestsModel::ResultColumn, 130);
    tree_->setColumnWidth(TestsModel::TimeColumn, 76);
    tree_->setColumnWidth(TestsModel::PlaceColumn, 110);
    return tree_;
}

QWidget* TestsDock::makeSide()
{
    coverageTree_ = new QTreeView;
    coverageTree_->setModel(&coverageModel_);
    prepareTree(*coverageTree_, tr("Coverage"));
    coverageTree_->header()->setSectionResizeMode(CoverageModel::RuleColumn, QHeaderView::Stretch);
    coverageTree_->setColumnWidth(CoverageModel::ReachedColumn, 150);
    coverageTree_->setColumnWidth(CoverageModel::PlaceColumn, 110);
    coverageSummary_ = new QLabel;
    coverageSummary_->setObjectName(QStringLiteral("muted"));
    coverageSummary_->setContentsMargins(12, 6, 12, 4);
    coverageSummary_->setWordWrap(true);
    auto* covered = new QWidget;
    auto* column = new QVBoxLayout(covered);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(coverageSummary_);
    column->addWidget(coverageTree_, 1);

    text_ = new YamlView;
    text_->setAccessibleName(tr("Test file"));
    fileName_ = new QLabel(tr("Pick a test to see where it is written."));
    fileName_->setObjectName(QStringLiteral("muted"));
    fileName_->setContentsMargins(12, 6, 12, 4);
    auto* file = new QWidget;
    auto* below = new QVBoxLayout(file);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(fileName_);
    below->addWidget(text_, 1);

    side_ = new QTabWidget;
    side_->setDocumentMode(true);
    side_->addTab(covered, tr("Coverage"));
    side_->addTab(file, tr("File"));
    return side_;
}

void TestsDock::connectParts()
{
    connect(run_, &QToolButton::clicked, this, &TestsDock::run);
    connect(runFailed_, &QToolButton::clicked, this, &TestsDock::runFailed);
    connect(stop_, &QToolButton::clicked, this, &TestsDock::stopRequested);
    connect(watch_, &QToolButton::toggled, this, &TestsDock::watchRequested);
    connect(filter_, &QLineEdit::textChanged, this, &TestsDock::refilter);
    connect(verdict_, &QComboBox::currentIndexChanged, this, &TestsDock::refilter);
    connect(tree_, &QTreeView::clicked, this, &TestsDock::pick);
    connect(tree_, &QTreeView::doubleClicked, this, &TestsDock::probe);
    const auto jump = [this](const QModelIndex& at) {
        const RowTree::Jump to = coverageModel_.jumpAt(at);
        if (to.key)
            emit jumpRequested(*to.key, to.location.position.known() ? static_cast<int>(to.location.position.line) : 0);
    };
    connect(coverageTree_, &QTreeView::clicked, this, jump);
    connect(coverageTree_, &QTreeView::activated, this, jump);
}

void TestsDock::makeTreeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& shortcut,
                            void (TestsDock::*slot)(const QModelIndex&)) {
        auto* action = new QAction(text, tree_);
        action->setShortcut(shortcut);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, slot] { (this->*slot)(tree_->currentIndex()); });
        tree_->addAction(action);
    };
    add(tr("&Show Where It Is Written"), Qt::Key_Return, &TestsDock::pick);
    add(tr("&Explain in the Probe"), Qt::SHIFT | Qt::Key_Return, &TestsDock::probe);
    add(tr("&Run This"), Qt::Key_Space, &TestsDock::runPicked);
}

void TestsDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    model_.setTheme(theme);
    coverageModel_.setTheme(theme);
    text_->setTheme(theme);
    run_->setIcon(icon(QStringLiteral("run"), theme.onAccent, theme.faint));
    runFailed_->setIcon(icon(QStringLiteral("reload"), theme.muted, theme.faint));
    stop_->setIcon(icon(QStringLiteral("stop"), theme.muted, theme.faint));
    watch_->setIcon(icon(QStringLiteral("watch"), theme.muted, theme.faint));
    open_->setIcon(icon(QStringLiteral("open"), theme.muted, theme.faint));
    showSummary();
}

QString TestsDock::summary() const
{
    return summary_->text();
}

QString TestsDock::coverageText() const
{
    return coverageSummary_->text();
}

void TestsDock::startTesting()
{
    bringToFront();
    tree_->setFocus(Qt::ShortcutFocusReason);
}

void TestsDock::run()
{
    ask({});
}

void TestsDock::runFailed()
{
    if (auto failed = model_.failed(); !failed.empty())
        ask(std::move(failed));
}

void TestsDock::runPicked(const QModelIndex& at)
{
    QModelIndex test = proxy_->mapToSource(at.siblingAtColumn(0));
    if (!test.isValid())
        return;
    if (test.parent().parent().isValid()) // an expectation
        test = test.parent();
    const bool isFile = !test.parent().isValid();
    const TestFileItem& file = model_.files()[static_cast<std::size_t>(isFile ? test.row() : test.parent().row())];
    std::vector<std::pair<QString, QString>> only;
    for (std::size_t i = 0; i < file.tests.size(); ++i) {
        if (isFile || static_cast<int>(i) == test.row())
            only.emplace_back(file.path, file.tests[i].name);
    }
    ask(std::move(only));
}

void TestsDock::ask(std::vector<std::pair<QString, QString>> only)
{
    if (running_)
        return;
    live_ = mode_->currentIndex() == 1;
    running_ = true;
    setProgress(0, 0);
    refreshButtons();
    emit runRequested({live_, std::move(only)});
}

void TestsDock::setWatching(bool on)
{
    watch_->setChecked(on);
}

void TestsDock::setProgress(int done, int all)
{
    running_ = true;
    progress_->setRange(0, all);
    progress_->setValue(done);
    progress_->show();
    refreshButtons();
    showSummary();
}

void TestsDock::setReport(const TestReport& report)
{
    running_ = false;
    progress_->hide();
    fault_ = report.fault;
    stopped_ = report.stopped;
    const bool first = model_.rowCount() == 0;
    model_.setFiles(report.files);
    if (report.coverage) {
        coverage_ = std::make_shared<const TestCoverage>(*report.coverage);
        coverageModel_.setCoverage(*coverage_);
        coverageTree_->expandToDepth(0);
        outdated_ = false;
        emit coverageShown();
    } else if (report.files.empty() && coverage_) {
        coverage_.reset();
        coverageModel_.setCoverage({});
        emit coverageShown();
    }
    if (first)
        tree_->expandToDepth(0);
    expandFailed();
    wrongTests_ =
        report.problems.empty() ? QString() : QString::fromStdString(model::toString(report.problems.front()));
    refreshButtons();
    showSummary();
}

/// What failed is what somebody wants to read: its expectations open by themselves.
void TestsDock::expandFailed()
{
    for (int f = 0; f < proxy_->rowCount(); ++f) {
        const QModelIndex file = proxy_->index(f, 0);
        for (int t = 0; t < proxy_->rowCount(file); ++t) {
            const QModelIndex test = proxy_->index(t, 0, file);
            if (test.data(TestsModel::verdictRole).toInt() != static_cast<int>(TestVerdict::Failed))
                continue;
            tree_->expand(file);
            tree_->expand(test);
        }
    }
}

void TestsDock::setOutdated(bool on)
{
    outdated_ = on;
    showSummary();
}

void TestsDock::refreshButtons()
{
    const bool any = model_.rowCount() > 0;
    run_->setEnabled(any && !running_);
    runFailed_->setEnabled(!running_ && !model_.failed().empty());
    stop_->setEnabled(running_);
    mode_->setEnabled(!running_);
}

void TestsDock::showSummary()
{
    const TestTally tally = tallyOf(model_.files());
    QString text = tally.text(), name = QStringLiteral("tests");
    QColor color = theme_.muted;
    if (!fault_.isEmpty()) {
        text = fault_;
        name = QStringLiteral("bad");
        color = theme_.bad;
    } else if (running_) {
        text = progress_->maximum() > 0 ? tr("Running %1 of %2\u2026").arg(progress_->value()).arg(progress_->maximum())
                                        : tr("Reading tests and manifests\u2026");
    } else if (tally.failed > 0) {
        name = QStringLiteral("bad");
        color = theme_.bad;
    } else if (tally.passed > 0) {
        name = QStringLiteral("good");
        color = theme_.good;
    } else if (tally.all() == 0) {
        text = tr("No test file is among what is open; open one, or write one with gatehouse test --init");
    }
    if (fault_.isEmpty() && !running_ && stopped_)
        text += tr(" \u2014 stopped before all were asked");
    else if (fault_.isEmpty() && !running_ && outdated_ && tally.passed + tally.failed + tally.skipped > 0)
        text += tr(" \u2014 something has changed since");
    if (!running_ && !wrongTests_.isEmpty()) {
        text += QStringLiteral(" \u2014 ") + wrongTests_;
        name = QStringLiteral("bad");
        color = theme_.bad;
    }
    summary_->setText(text);
    summary_->setToolTip(text);
    summaryIcon_->setPixmap(icon(name, color).pixmap(QSize(16, 16), devicePixelRatioF()));
    coverageSummary_->setText(coverage_ ? coverage_->text() : tr("Run all tests to see which rules they reach."));
    setWindowTitle(tally.failed > 0 ? tr("Tests (%1 failed)").arg(tally.failed) : tr("Tests"));
}

void TestsDock::refilter()
{
    auto* tests = static_cast<TestFilter*>(proxy_);
    const QVariant verdict = verdict_->currentData();
    tests->want(verdict.isValid() ? std::optional(static_cast<TestVerdict>(verdict.toInt())) : std::nullopt);
    proxy_->setFilterFixedString(filter_->text());
    tree_->expandToDepth(0);
    expandFailed();
}

void TestsDock::pick(const QModelIndex& at)
{
    const RowTree::Jump jump = model_.jumpAt(proxy_->mapToSource(at));
    if (!jump.location.known())
        return;
    wantedLine_ = jump.location.position.known() ? static_cast<int>(jump.location.position.line) : 1;
    shownPath_ = QString::fromStdString(*jump.location.file);
    emit textRequested(shownPath_);
}

model::SourceLocation TestsDock::placeAtFocus() const
{
    if (tree_->hasFocus())
        return model_.jumpAt(proxy_->mapToSource(tree_->currentIndex())).location;
    if (!text_->hasFocus() || shownPath_.isEmpty())
        return {};
    return {std::make_shared<const std::string>(shownPath_.toStdString()),
            {static_cast<std::uint32_t>(text_->cursorLine()), 1}};
}

void TestsDock::setText(const QString& path, const QString& text)
{
    if (path != shownPath_)
        return; // another one was picked in the meantime
    fileName_->setText(path);
    std::map<int, QString> wrong;
    for (const TestFileItem& file : model_.files()) {
        for (const TestItem& test : file.tests) {
            for (const TestCheck& check : test.checks) {
                if (file.path == path && check.verdict == TestVerdict::Failed && check.location.position.known())
                    wrong[static_cast<int>(check.location.position.line)] =
                        tr("%1: expected %2, got %3").arg(check.what, check.expected, check.got);
            }
        }
    }
    text_->setText(text, 1, wrong);
    side_->setCurrentIndex(1);
    if (wantedLine_)
        text_->showLine(*wantedLine_);
    wantedLine_.reset();
}

void TestsDock::probe(const QModelIndex& at)
{
    if (const auto request = model_.requestAt(proxy_->mapToSource(at)))
        emit probeRequested(*request);
    else if (at.isValid())
        tree_->setExpanded(at.siblingAtColumn(0), !tree_->isExpanded(at.siblingAtColumn(0)));
}

void TestsDock::chooseFiles()
{
    askForPaths({PathWish::Kind::Files, tr("Open test files"), tr("Test files (*.yaml *.yml);;All files (*)")}, this,
                [this](const QStringList& paths) { emit openRequested(paths); });
}

void TestsDock::chooseFolder()
{
    askForPaths({PathWish::Kind::Folder, tr("Open a folder of tests")}, this,
                [this](const QStringList& paths) { emit openRequested(paths); });
}

} // namespace gatehouse::ui
