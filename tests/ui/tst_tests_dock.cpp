#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

#include "quiet.h"
#include "sample_topology.h"
#include "tree_hands.h"
#include "ui/docks/tests_dock.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/yaml_view.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

using namespace gatehouse::ui;
using namespace gatehouse::test;

namespace {

const QString path = QStringLiteral("/shop/tests.yaml");

TestItem test(const QString& name, TestVerdict verdict, std::uint32_t line)
{
    TestItem item;
    item.name = name;
    item.request = QStringLiteral("GET http://shop.example.com/%1").arg(name);
    item.probe.target = QStringLiteral("http://shop.example.com/%1").arg(name);
    item.verdict = verdict;
    item.location = {std::make_shared<const std::string>(path.toStdString()), {line, 5}};
    if (verdict == TestVerdict::NotRun)
        return item;
    item.duration = std::chrono::microseconds(1500);
    item.checks = {{QStringLiteral("status"),
                    TestVerdict::Passed,
                    QStringLiteral("200"),
                    QString(),
                    {item.location.file, {line + 2, 7}}}};
    if (verdict == TestVerdict::Failed)
        item.checks.push_back({QStringLiteral("backend"),
                               TestVerdict::Failed,
                               QStringLiteral("a/shop:80"),
                               QStringLiteral("a/cart:80"),
                               {item.location.file, {line + 3, 7}}});
    if (verdict == TestVerdict::Skipped)
        item.checks = {{QStringLiteral("response.body"),
                        TestVerdict::Skipped,
                        QStringLiteral("ok"),
                        QStringLiteral("no backend was asked"),
                        {item.location.file, {line + 3, 7}}}};
    return item;
}

TestReport sampleReport()
{
    TestReport report;
    report.files = {
        {path,
         {test(QStringLiteral("home"), TestVerdict::Passed, 3), test(QStringLiteral("cart"), TestVerdict::Failed, 9),
          test(QStringLiteral("body"), TestVerdict::Skipped, 15)}}};
    TestCoverage& coverage = report.coverage.emplace();
    RouteCoverage& shop = coverage.routes[sample::shopRoute];
    shop.rules[0] = {QStringLiteral("rules[0]"), 1, 1, {std::make_shared<const std::string>("shop.yaml"), {12, 3}}};
    shop.rules[1] = {QStringLiteral("rules[1] (canary)"), 1, 2, {}};
    shop.rules[2] = {QStringLiteral("rules[2]"), 0, 1, {}};
    coverage.outside = {
        {QStringLiteral("HTTPRoute/team-a/blog"), QStringLiteral("is attached to no listener"), sample::blogRoute, {}}};
    coverage.reached = 2;
    coverage.matches = 4;
    coverage.percent = 50;
    return report;
}

TestReport listed()
{
    TestReport report;
    report.files = {
        {path,
         {test(QStringLiteral("home"), TestVerdict::NotRun, 3), test(QStringLiteral("cart"), TestVerdict::NotRun, 9),
          test(QStringLiteral("body"), TestVerdict::NotRun, 15)}}};
    return report;
}

QString print(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QString cell = model.index(row, column, parent).data().toString();
            if (!cell.isEmpty())
                cells << cell;
        }
        text += QString(depth * 2, QLatin1Char(' ')) + cells.join(QStringLiteral(" | ")) + QLatin1Char('\n') +
                print(model, model.index(row, 0, parent), depth + 1);
    }
    return text;
}

QModelIndex testAt(const TestsDock& dock, int row)
{
    const QAbstractItemModel& model = *dock.tree()->model();
    return model.index(row, 0, model.index(0, 0));
}

} // namespace

class TstTestsDock : public QuietTest {
    Q_OBJECT
private slots:
    void reportIsATree()
    {
        TestsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFiles(sampleReport().files);
        QCOMPARE(
            print(model),
            QStringLiteral("tests.yaml | 3 tests: 1 passed, 1 failed, 1 skipped | tests.yaml\n"
                           "  home | passed | 1.50 ms | tests.yaml:3\n"
                           "    status | passed | 200 | tests.yaml:5\n"
                           "  cart | failed | backend: a/shop:80 | a/cart:80 | 1.50 ms | tests.yaml:9\n"
                           "    status | passed | 200 | tests.yaml:11\n"
                           "    backend | failed | a/shop:80 | a/cart:80 | tests.yaml:12\n"
                           "  body | skipped | response.body: ok | no backend was asked | 1.50 ms | tests.yaml:15\n"
                           "    response.body | skipped | ok | no backend was asked | tests.yaml:18\n"));
    }

    void resultsComeWhereTheTestsAre()
    {
        TestsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFiles(listed().files);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex cart(model.index(1, 0, model.index(0, 0)));
        model.setFiles(sampleReport().files);
        QCOMPARE(resets.size(), 0);
        QVERIFY(cart.isValid());
        QCOMPARE(model.rowCount(cart), 2);
        QVERIFY(model.failed() == (std::vector<std::pair<QString, QString>>{{path, QStringLiteral("cart")}}));

        // A run of the failed alone leaves what is known of the others.
        auto again = listed().files;
        again[0].tests[1] = test(QStringLiteral("cart"), TestVerdict::Passed, 9);
        model.setFiles(again);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(tallyOf(model.files()).text(), QStringLiteral("3 tests: 2 passed, 1 skipped"));
        QCOMPARE(model.rowCount(cart), 1);

        // A test that went takes its row along, and no other.
        again[0].tests.pop_back();
        model.setFiles(again);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        QVERIFY(cart.isValid());
        QCOMPARE(tallyOf(model.files()).text(), QStringLiteral("2 tests: 2 passed"));
    }

    void coverageIsATree()
    {
        CoverageModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCoverage(*sampleReport().coverage);
        QCOMPARE(print(model), QStringLiteral("HTTPRoute team-a/shop | 2/3 rules tested\n"
                                              "  rules[0] | tested | shop.yaml:12\n"
                                              "  rules[1] (canary) | 1/2 matches tested\n"
                                              "  rules[2] | not tested\n"
                                              "Not counted (1)\n"
                                              "  HTTPRoute/team-a/blog | is attached to no listener\n"));
    }

    void runsAreAskedFor()
    {
        TestsDock dock;
        dock.resize(1300, 400);
        dock.show();
        QSignalSpy asked(&dock, &TestsDock::runRequested);
        QSignalSpy stopped(&dock, &TestsDock::stopRequested);
        QVERIFY2(!dock.runButton()->isEnabled(), "there is no test");
        dock.setReport(listed());
        QCOMPARE(dock.summary(), QStringLiteral("3 tests: 3 not run"));
        QVERIFY(dock.runButton()->isEnabled());
        QVERIFY(!dock.runFailedButton()->isEnabled() && !dock.stopButton()->isEnabled());

        QTest::mouseClick(dock.runButton(), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!asked[0][0].value<TestWish>().live);
        QVERIFY(asked[0][0].value<TestWish>().only.empty());
        QVERIFY(dock.progressBar()->isVisible());
        QVERIFY(!dock.runButton()->isEnabled());
        dock.setProgress(2, 3);
        QCOMPARE(dock.summary(), QStringLiteral("Running 2 of 3\u2026"));
        QTest::mouseClick(dock.stopButton(), Qt::LeftButton);
        QCOMPARE(stopped.size(), 1);

        dock.setReport(sampleReport());
        QVERIFY(!dock.progressBar()->isVisible());
        QCOMPARE(dock.summary(), QStringLiteral("3 tests: 1 passed, 1 failed, 1 skipped"));
        QCOMPARE(dock.coverageText(), QStringLiteral("2 of 4 matches reached, 50.0 %"));
        QCOMPARE(dock.windowTitle(), QStringLiteral("Tests (1 failed)"));
        QVERIFY2(dock.tree()->isExpanded(testAt(dock, 1)), "what failed is open");
        QVERIFY(!dock.tree()->isExpanded(testAt(dock, 0)));

        QTest::keyClicks(dock.modeBox(), QStringLiteral("over"));
        QTest::mouseClick(dock.runFailedButton(), Qt::LeftButton);
        QCOMPARE(asked.size(), 2);
        const auto wish = asked[1][0].value<TestWish>();
        QVERIFY(wish.live);
        QCOMPARE(wish.only.size(), std::size_t{1});
        QCOMPARE(wish.only[0].second, QStringLiteral("cart"));
    }

    void oneTestOrFileIsRun()
    {
        TestsDock dock;
        dock.show();
        dock.setReport(sampleReport());
        QSignalSpy asked(&dock, &TestsDock::runRequested);
        dock.tree()->setCurrentIndex(testAt(dock, 2));
        press(dock.tree(), Qt::Key_Space);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<TestWish>().only[0].second, QStringLiteral("body"));
        dock.setReport(listed());
        dock.tree()->setCurrentIndex(dock.tree()->model()->index(0, 0));
        press(dock.tree(), Qt::Key_Space);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1][0].value<TestWish>().only.size(), std::size_t{3});
    }

    void troubleIsSaid_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<bool>("stopped");
        QTest::addColumn<bool>("outdated");
        QTest::addColumn<QString>("says");
        QTest::newRow("a fault") << "cannot start" << false << false << "cannot start";
        QTest::newRow("stopped") << "" << true << false << "stopped before all were asked";
        QTest::newRow("outdated") << "" << false << true << "something has changed since";
    }

    void troubleIsSaid()
    {
        QFETCH(QString, fault);
        QFETCH(bool, stopped);
        QFETCH(bool, outdated);
        QFETCH(QString, says);
        TestsDock dock;
        TestReport report = sampleReport();
        report.fault = fault;
        report.stopped = stopped;
        dock.setReport(report);
        dock.setOutdated(outdated);
        QVERIFY2(dock.summary().contains(says), qPrintable(dock.summary()));
    }

    void wrongTestFileIsSaid()
    {
        TestsDock dock;
        TestReport report = sampleReport();
        gatehouse::model::Diagnostic problem;
        problem.code = "GH3101";
        problem.message = "request is missing";
        report.problems = {problem};
        dock.setReport(report);
        QVERIFY2(dock.summary().contains(QStringLiteral("request is missing")), qPrintable(dock.summary()));
        QVERIFY2(dock.summary().contains(QStringLiteral("1 failed")), qPrintable(dock.summary()));
    }

    void testsAreFiltered()
    {
        TestsDock dock;
        dock.resize(1300, 400);
        dock.show();
        dock.setReport(sampleReport());
        const QAbstractItemModel& shown = *dock.tree()->model();
        QTest::keyClicks(dock.filterLine(), QStringLiteral("CART"));
        QCOMPARE(shown.rowCount(shown.index(0, 0)), 1);
        QCOMPARE(testAt(dock, 0).data().toString(), QStringLiteral("cart"));
        QCOMPARE(shown.rowCount(testAt(dock, 0)), 2);
        dock.filterLine()->clear();
        QCOMPARE(shown.rowCount(shown.index(0, 0)), 3);
        QTest::keyClicks(dock.verdictBox(), QStringLiteral("skipped"));
        QCOMPARE(shown.rowCount(shown.index(0, 0)), 1);
        QCOMPARE(testAt(dock, 0).data().toString(), QStringLiteral("body"));
        QTest::keyClicks(dock.filterLine(), QStringLiteral("cart"));
        QCOMPARE(shown.rowCount(), 0);
    }

    void testLeadsToItsLine()
    {
        TestsDock dock;
        dock.resize(1300, 400);
        dock.show();
        dock.setReport(sampleReport());
        QSignalSpy asked(&dock, &TestsDock::textRequested);
        click(dock.tree(), testAt(dock, 1));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), path);
        dock.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dock));
        dock.filterLine()->setFocus();
        QVERIFY2(!dock.placeAtFocus().known(), "neither the tests nor their text have the keyboard");
        dock.tree()->setFocus();
        QCOMPARE(dock.placeAtFocus().position.line, 9u);
        QString text;
        for (int line = 1; line <= 20; ++line)
            text += QStringLiteral("line%1: x\n").arg(line);
        dock.setText(QStringLiteral("/other.yaml"), text);
        QCOMPARE(dock.textView()->toPlainText(), QString());
        dock.setText(path, text);
        QCOMPARE(dock.textView()->toPlainText(), text);
        QCOMPARE(dock.sideTabs()->currentIndex(), 1);
        QCOMPARE(dock.textView()->textCursor().blockNumber() + 1, 9);
        QVERIFY2(dock.textView()->markedLines() == std::vector<int>{12}, "the line of what failed");

        // An expectation by the keyboard.
        dock.tree()->setCurrentIndex(dock.tree()->model()->index(1, 0, testAt(dock, 1)));
        press(dock.tree(), Qt::Key_Return);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(dock.placeAtFocus().position.line, 12u);
        dock.setText(path, text);
        dock.textView()->setFocus();
        QCOMPARE(dock.placeAtFocus().position.line, 12u);
        QCOMPARE(QString::fromStdString(*dock.placeAtFocus().file), path);
    }

    void testGoesToTheProbe()
    {
        TestsDock dock;
        dock.resize(1300, 400);
        dock.show();
        dock.setReport(sampleReport());
        QSignalSpy probed(&dock, &TestsDock::probeRequested);
        click(dock.tree(), testAt(dock, 0)); // of which the double click is the second
        QVERIFY(probed.isEmpty());
        QTest::mouseDClick(dock.tree()->viewport(), Qt::LeftButton, {},
                           dock.tree()->visualRect(testAt(dock, 0)).center());
        QCOMPARE(probed.size(), 1);
        QCOMPARE(probed[0][0].value<ProbeRequest>().target, QStringLiteral("http://shop.example.com/home"));
        dock.tree()->setCurrentIndex(testAt(dock, 1));
        press(dock.tree(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(probed.size(), 2);
    }

    void coverageIsPaintedInTheWindow()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QSignalSpy asked(&window.tests(), &TestsDock::runRequested);
        window.tests().setReport(listed());
        window.action(QStringLiteral("run-tests"))->trigger();
        QCOMPARE(asked.size(), 1);
        QVERIFY(window.tests().isVisible());
        window.tests().setReport(sampleReport());
        QCOMPARE(scene.nodeItem(sample::shopRoute)->coverageText(), QStringLiteral("2/3 rules tested"));

        scene.select(sample::shopRoute);
        ObjectDetails details;
        details.rules = {
            {QStringLiteral("Rule 1"), {}, {}}, {QStringLiteral("Rule 2"), {}, {}}, {QStringLiteral("Rule 3"), {}, {}}};
        window.setDetails(sample::shopRoute, details);
        const QString summary = window.findChild<Inspector*>()->summaryText();
        for (const char* text : {"Tested", "1/2 matches tested", "Not tested"})
            QVERIFY2(summary.contains(QLatin1String(text)), text);

        // A rule leads to its route.
        scene.select(std::nullopt);
        QTreeView* tree = window.tests().coverageTree();
        click(tree, tree->model()->index(0, 0, tree->model()->index(0, 0)));
        QVERIFY(scene.selectedKey() == sample::shopRoute);

        window.action(QStringLiteral("run-failed-tests"))->trigger();
        QCOMPARE(asked[1][0].value<TestWish>().only.size(), std::size_t{1});

        // Other manifests have other tests.
        window.tests().setReport({});
        QCOMPARE(scene.nodeItem(sample::shopRoute)->coverageText(), QString());
    }

    void watchingIsOneSwitch()
    {
        MainWindow window(nullptr);
        window.show();
        QSignalSpy watched(&window.tests(), &TestsDock::watchRequested);
        window.action(QStringLiteral("watch-tests"))->trigger();
        QCOMPARE(watched.size(), 1);
        QVERIFY(window.tests().watchButton()->isChecked());
        window.tests().show();
        window.tests().raise();
        window.tests().watchButton()->click();
        QCOMPARE(watched.size(), 2);
        QVERIFY(!window.action(QStringLiteral("watch-tests"))->isChecked());
    }
};

QTEST_MAIN(TstTestsDock)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_tests_dock.moc"
