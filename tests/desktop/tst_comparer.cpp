#include "app/desktop/comparer.h"
#include "opened.h"
#include "ui/docks/compare_dock.h"
#include "ui/inspector/inspector.h"
#include "ui/topology/topology_panel.h"

#include <QLineEdit>
#include <QProcess>

using namespace gatehouse;

namespace {

/// The text of every row, one a line: "what | before | after".
QString print(const ui::Comparison& comparison)
{
    QStringList lines;
    for (const auto* group :
         {&comparison.objects, &comparison.attachments, &comparison.conditions, &comparison.behaviour}) {
        for (const ui::Change& change : *group) {
            QStringList cells{ui::words(change.mark), change.what};
            if (!change.before.isEmpty() || !change.after.isEmpty())
                cells << change.before << change.after;
            lines << cells.join(QStringLiteral(" | "));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

const QString routeB = QStringLiteral("team-b.yaml");

/// Moves team B from the shared Gateway's pages to team A's API, and takes team C's route away.
void changeSample(const QString& folder)
{
    Opened::edit(QDir(folder).filePath(routeB), QStringLiteral("    - b.example.com\n"),
                 QStringLiteral("    - b.example.com\n    - bb.example.com\n"));
    Opened::edit(QDir(folder).filePath(QStringLiteral("team-a.yaml")), QStringLiteral("value: /api"),
                 QStringLiteral("value: /v1"));
    QVERIFY(QFile::remove(QDir(folder).filePath(QStringLiteral("team-c.yaml"))));
}

void git(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=T"),
                                                     QStringLiteral("-c"), QStringLiteral("user.email=t@example.com"),
                                                     QStringLiteral("-c"), QStringLiteral("init.defaultBranch=main")} +
                                             arguments);
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

} // namespace

class TstComparer : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::loadResources(); }

    void baseFolderIsCompared()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        desktop::Comparer comparer(sample.window(), sample.controller());
        const QString base = sample.path(QStringLiteral("base"));
        Opened::copy(sample.folder(), base);
        changeSample(sample.folder());
        sample.open();
        sample.window().show();
        ui::CompareDock& dock = sample.window().compare();
        dock.show();
        dock.raise();
        dock.baseLine()->setText(base);
        QTest::keyClick(dock.baseLine(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison(), 30'000);
        const ui::Comparison& comparison = *dock.comparison();
        const QString text = print(comparison);
        for (const char* line :
             {"removed | Gateway c/dedicated-gw", "removed | HTTPRoute c/team-c", "removed | Service c/team-c-web",
              "changed | HTTPRoute a/team-a", "changed | HTTPRoute b/team-b",
              "removed | HTTPRoute c/team-c on Gateway c/dedicated-gw listener http | c.example.com | ",
              "changed | HTTPRoute b/team-b on Gateway infra/shared-gw listener http | b.example.com | "
              "b.example.com, bb.example.com"})
            QVERIFY2(text.contains(QLatin1String(line)),
                     qPrintable(QLatin1String(line) + QStringLiteral(" in\n") + text));
        QVERIFY2(comparison.count(ui::ChangeMark::Rerouted) >= 2, qPrintable(text));
        QVERIFY(comparison.markdown.startsWith(QStringLiteral("**differences: ")));

        // Its witness is explained as it was decided: where it goes now.
        const auto witness =
            std::find_if(comparison.behaviour.begin(), comparison.behaviour.end(),
                         [](const ui::Change& change) { return change.what.contains(QStringLiteral("//bb.")); });
        QVERIFY2(witness != comparison.behaviour.end(), qPrintable(text));
        QVERIFY(witness->after.startsWith(QStringLiteral("b/team-b-web:80")));
        QSignalSpy explained(&sample.controller(), &desktop::Controller::explained);
        emit dock.probeRequested(*witness->witness);
        QTRY_COMPARE(explained.size(), 1);
        QVERIFY(sample.window().canvas().scene().light().path.size() == 3);

        // What only the base has is drawn, and its YAML shown.
        ui::TopologyScene& scene = sample.window().canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        const model::ObjectKey gone{"gateway.networking.k8s.io", "HTTPRoute", {"c", "team-c"}};
        QVERIFY(scene.nodeItem(gone) && scene.nodeItem(gone)->mark().ghost);
        scene.select(gone);
        const auto* inspector = sample.window().findChild<ui::Inspector*>();
        QTRY_VERIFY(inspector->yamlView()->toPlainText().contains(QStringLiteral("team-c-web")));
    }

    void bothSidesAreFollowed()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        desktop::Comparer comparer(sample.window(), sample.controller());
        const QString base = sample.path(QStringLiteral("base"));
        Opened::copy(sample.folder(), base);
        sample.open();
        ui::CompareDock& dock = sample.window().compare();
        emit dock.compareRequested(base);
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison(), 30'000);
        QVERIFY2(dock.comparison()->same(), qPrintable(print(*dock.comparison())));

        const QString from = QStringLiteral("b.example.com"), to = QStringLiteral("bb.example.com");
        Opened::edit(QDir(sample.folder()).filePath(routeB), from, to);
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison() && dock.comparison()->count(ui::ChangeMark::Changed) == 1, 30'000);
        Opened::edit(QDir(base).filePath(routeB), from, to);
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison() && dock.comparison()->same(), 30'000);

        emit dock.stopRequested();
        QVERIFY(!dock.comparison());
        QSignalSpy compared(&comparer, &desktop::Comparer::compared);
        QSignalSpy changed(&sample.controller(), &desktop::Controller::stateChanged);
        Opened::edit(QDir(sample.folder()).filePath(routeB), to, from);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30'000);
        QVERIFY(compared.isEmpty());
    }

    void gitRevisionIsSeenFromTheOpenedFolder()
    {
        Opened sample(QStringLiteral("shared-and-dedicated"));
        git(sample.folder(), {QStringLiteral("init"), QStringLiteral("-q")});
        git(sample.folder(), {QStringLiteral("add"), QStringLiteral(".")});
        git(sample.folder(), {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("base")});
        changeSample(sample.folder());
        desktop::Comparer comparer(sample.window(), sample.controller());
        sample.open();
        ui::CompareDock& dock = sample.window().compare();
        emit dock.compareRequested(QStringLiteral("git:HEAD:."));
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison(), 30'000);
        QCOMPARE(dock.comparison()->count(ui::ChangeMark::Removed), 3);
        QCOMPARE(dock.comparison()->count(ui::ChangeMark::Changed), 2);
    }

    void whatCannotBeReadIsSaid_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such path") << "/nowhere/at-all"
                                      << "/nowhere/at-all";
        QTest::newRow("no such revision") << "git:nowhere:."
                                          << "nowhere";
    }

    void whatCannotBeReadIsSaid()
    {
        QFETCH(QString, base);
        QFETCH(QString, says);
        Opened sample(QStringLiteral("one-to-one"));
        desktop::Comparer comparer(sample.window(), sample.controller());
        sample.open();
        QSignalSpy compared(&comparer, &desktop::Comparer::compared);
        emit sample.window().compare().compareRequested(base);
        QTRY_COMPARE_WITH_TIMEOUT(compared.size(), 1, 30'000);
        QCOMPARE(sample.window().compare().summary(), QStringLiteral("Cannot be compared"));
        QVERIFY(!sample.window().compare().comparison());
    }

    void nothingIsOpen()
    {
        Opened sample(QStringLiteral("one-to-one"));
        desktop::Comparer comparer(sample.window(), sample.controller());
        emit sample.window().compare().compareRequested(sample.folder());
        QCOMPARE(sample.window().compare().summary(), QStringLiteral("Cannot be compared"));
    }

    void openingOtherPathsEndsIt()
    {
        Opened sample(QStringLiteral("one-to-one"));
        desktop::Comparer comparer(sample.window(), sample.controller());
        sample.open();
        ui::CompareDock& dock = sample.window().compare();
        emit dock.compareRequested(QStringLiteral(GATEHOUSE_SOURCE_DIR "/samples/grpc"));
        QTRY_VERIFY_WITH_TIMEOUT(dock.comparison(), 30'000);
        QVERIFY(!dock.comparison()->same());
        sample.open();
        QVERIFY(!dock.comparison());
    }
};

QTEST_MAIN(TstComparer)
#include "tst_comparer.moc"
