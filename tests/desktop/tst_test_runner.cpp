#include "app/desktop/test_runner.h"
#include "opened.h"
#include "ui/docks/tests_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/inspector/yaml_view.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QComboBox>
#include <QProgressBar>
#include <QTableView>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeView>

using namespace gatehouse;

namespace {

const model::ObjectKey teamA{"gateway.networking.k8s.io", "HTTPRoute", {"a", "team-a"}};

QString testFile(const Opened& sample)
{
    return QDir(sample.folder()).filePath(QStringLiteral("tests/routes.yaml"));
}

ui::TestTally tally(const ui::TestsDock& dock)
{
    return tallyOf(dock.model().files());
}

} // namespace

class TstTestRunner : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::loadResources(); }

    void testsAreFoundAmongWhatIsOpen()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).all(), 6, 30'000);
        QCOMPARE(tally(dock).notRun, 6);
        QVERIFY(!dock.coverage());
    }

    void samplePasses_data()
    {
        QTest::addColumn<bool>("live");
        QTest::newRow("by the tables") << false;
        QTest::newRow("over sockets") << true;
    }

    void samplePasses()
    {
        QFETCH(bool, live);
        Opened sample(QStringLiteral("shared-and-dedicated"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, 6, 30'000);
        sample.window().show();
        dock.show();
        dock.raise();
        if (live) { // beside the window's own engine, on the same manifests
            sample.window().action(QStringLiteral("run"))->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(sample.window().action(QStringLiteral("stop"))->isEnabled(), 20'000);
        }
        dock.modeBox()->setCurrentIndex(live ? 1 : 0);
        QTest::mouseClick(dock.runButton(), Qt::LeftButton);
        QVERIFY(dock.running());
        QTRY_VERIFY_WITH_TIMEOUT(!dock.running(), 60'000);
        QCOMPARE(dock.summary(), QStringLiteral("6 tests: 6 passed"));
        QCOMPARE(sample.window().traffic().table()->model()->rowCount(), 0); // an engine of their own served them

        // Team A's route has two rules, and both are asked.
        QVERIFY(dock.coverage());
        QCOMPARE(dock.coverage()->routes.at(teamA).text(), QStringLiteral("2/2 rules tested"));
        QCOMPARE(dock.coverage()->reached, dock.coverage()->matches);
        QVERIFY(!dock.coverage()->outside.empty());
        ui::TopologyScene& scene = sample.window().canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QCOMPARE(scene.nodeItem(teamA)->coverageText(), QStringLiteral("2/2 rules tested"));
    }

    void failuresSayWhatWasExpected()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        Opened::edit(testFile(sample), QStringLiteral("backend: a/team-a-web:80"),
                     QStringLiteral("backend: a/team-a-api:80"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, 6, 30'000);
        dock.run();
        QTRY_VERIFY_WITH_TIMEOUT(!dock.running(), 30'000);
        QCOMPARE(tally(dock).failed, 1);
        const ui::TestItem& failed = dock.model().files()[0].tests[1];
        QVERIFY(failed.verdict == ui::TestVerdict::Failed);
        QCOMPARE(failed.checks[0].what, QStringLiteral("backend"));
        QCOMPARE(failed.checks[0].expected, QStringLiteral("a/team-a-api:80"));
        QCOMPARE(failed.checks[0].got, QStringLiteral("a/team-a-web:80"));
        QVERIFY(failed.checks[0].location.position.line > failed.location.position.line);

        // Mended, the failed alone is run again; what is known of the rest stays, coverage included.
        Opened::edit(testFile(sample), QStringLiteral("backend: a/team-a-api:80\n  - name: team B"),
                     QStringLiteral("backend: a/team-a-web:80\n  - name: team B"));
        QSignalSpy reported(&runner, &desktop::TestRunner::reported);
        dock.runFailed();
        QTRY_VERIFY_WITH_TIMEOUT(!reported.isEmpty() && tally(dock).passed == 6, 30'000);
        QVERIFY(dock.coverage());
    }

    void watchedTestsRunOnEveryChange()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"), false);
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, 6, 30'000);
        dock.watchButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).passed, 6, 30'000);
        // Of the manifests,
        const QString route = QDir(sample.folder()).filePath(QStringLiteral("team-b.yaml"));
        Opened::edit(route, QStringLiteral("name: team-b-web\n          port"),
                     QStringLiteral("name: team-b-other\n          port"));
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).failed, 1, 30'000);
        // and of the tests.
        Opened::edit(testFile(sample), QStringLiteral("      backend: b/team-b-web:80\n"), QString());
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).passed, 6, 30'000);
        dock.watchButton()->click();
        QVERIFY(!dock.watchButton()->isChecked());
    }

    void runIsStopped()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        QString many = QStringLiteral("apiVersion: gatehouse.dev/v1\nkind: GatewayTest\nmanifests: [..]\ntests:\n");
        constexpr int tests = 10'000;
        for (int i = 0; i < tests; ++i)
            many += QStringLiteral("  - {name: t%1, request: 'GET http://a.example.com:8080/%1', expect: {backend: "
                                   "'a/team-a-web:80'}}\n")
                        .arg(i);
        Opened::write(testFile(sample), many);
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, tests, 60'000);
        QStringList summaries;
        connect(dock.progressBar(), &QProgressBar::valueChanged, &dock, [&](int done) {
            if (done > 0 && dock.stopButton()->isEnabled()) {
                summaries << dock.summary();
                dock.stopButton()->click();
            }
        });
        dock.run();
        QTRY_VERIFY_WITH_TIMEOUT(!dock.running(), 60'000);
        QVERIFY2(tally(dock).notRun > 0, qPrintable(dock.summary()));
        QVERIFY2(dock.summary().contains(QStringLiteral("stopped before all were asked")), qPrintable(dock.summary()));
        QVERIFY2(!dock.coverage(), "a part of the tests says nothing of what none reaches");
    }

    void furtherFilesAreOpenedByHand()
    {
        Opened sample(QStringLiteral("one-to-one"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        QSignalSpy reported(&runner, &desktop::TestRunner::reported);
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_VERIFY_WITH_TIMEOUT(!reported.isEmpty(), 30'000);
        QCOMPARE(tally(dock).all(), 0);
        QVERIFY(dock.summary().startsWith(QStringLiteral("No test file")));

        emit dock.openRequested({QStringLiteral(GATEHOUSE_SOURCE_DIR "/samples/shared-and-dedicated/tests")});
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, 6, 30'000);
        dock.run();
        QTRY_VERIFY_WITH_TIMEOUT(!dock.running(), 30'000);
        QCOMPARE(tally(dock).passed, 6); // against the manifests that the file names

        emit dock.openRequested({sample.folder()});
        QTRY_VERIFY_WITH_TIMEOUT(dock.summary().startsWith(QStringLiteral("There is no test in")), 30'000);
    }

    void textOfATestIsShown()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_COMPARE_WITH_TIMEOUT(tally(dock).notRun, 6, 30'000);
        dock.tree()->setCurrentIndex(dock.tree()->model()->index(2, 0, dock.tree()->model()->index(0, 0)));
        emit dock.tree()->clicked(dock.tree()->currentIndex());
        QTRY_VERIFY_WITH_TIMEOUT(dock.textView()->toPlainText().contains(QStringLiteral("kind: GatewayTest")), 30'000);
        QVERIFY(dock.textView()->textCursor().block().text().contains(QStringLiteral("team B shares the Gateway")));
    }

    void wrongTestsAreSaid()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        Opened::edit(testFile(sample), QStringLiteral("      status: 200\n"), QStringLiteral("      statuss: 200\n"));
        desktop::TestRunner runner(sample.window(), sample.controller());
        sample.open();
        ui::TestsDock& dock = sample.window().tests();
        QTRY_VERIFY_WITH_TIMEOUT(dock.summary().contains(QStringLiteral("statuss")), 30'000);
        dock.run();
        QTRY_VERIFY_WITH_TIMEOUT(!dock.running(), 30'000);
        QVERIFY2(dock.summary().contains(QStringLiteral("statuss")), qPrintable(dock.summary()));
        QVERIFY(tally(dock).passed >= 5);
    }
};

QTEST_MAIN(TstTestRunner)
#include "tst_test_runner.moc"
