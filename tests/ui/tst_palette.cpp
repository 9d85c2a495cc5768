#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/document/palette.h"
#include "ui/main_window.h"
#include "ui/palette/command_palette.h"
#include "ui/palette/palette_model.h"
#include "ui/topology/namespace_item.h"
#include "ui/topology/topology_panel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>

using namespace gatehouse::ui;

namespace {

PaletteEntry entry(PaletteGroup group, const char* title, const char* detail)
{
    PaletteEntry made;
    made.group = group;
    made.title = QString::fromLatin1(title);
    made.detail = QString::fromLatin1(detail);
    made.id = made.title;
    return made;
}

std::vector<PaletteEntry> someEntries()
{
    return {entry(PaletteGroup::Object, "shop", "HTTPRoute team-a shop.example.com"),
            entry(PaletteGroup::Object, "shop", "Service team-a"),
            entry(PaletteGroup::Object, "blog", "HTTPRoute team-a next to the shop"),
            entry(PaletteGroup::Action, "Stop", "Engine"),
            entry(PaletteGroup::Problem, "no listener lets shop in", "HTTPRoute team-a/shop"),
            entry(PaletteGroup::Path, "workshop.yaml", "/somewhere")};
}

ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    gatehouse::model::Diagnostic problem;
    problem.code = "GH9999";
    problem.message = "something odd";
    problem.object = sample::ownRoute;
    state.diagnostics = {problem};
    return state;
}

} // namespace

class TstPalette : public QuietTest {
    Q_OBJECT
private slots:
    void finds_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QList<int>>("expected"); // indexes, the best first
        QTest::newRow("nothing typed: all, as they came") << "" << QList<int>{0, 1, 2, 3, 4, 5};
        QTest::newRow("in the name before in the details, the shorter first") << "shop" << QList<int>{1, 0, 4, 5, 2};
        QTest::newRow("name and kind") << "shop httpr" << QList<int>{0, 2, 4};
        QTest::newRow("name and namespace in any order") << "team-a blog" << QList<int>{2};
        QTest::newRow("hostname") << "shop.ex" << QList<int>{0};
        QTest::newRow("actions alone") << ">" << QList<int>{3};
        QTest::newRow("actions alone, by name") << "> sto" << QList<int>{3};
        QTest::newRow("problems alone") << "!shop" << QList<int>{4};
        QTest::newRow("nothing") << "zzz" << QList<int>{};
    }

    void finds()
    {
        QFETCH(QString, typed);
        QFETCH(QList<int>, expected);
        QList<int> found;
        for (const PaletteHit& hit : findEntries(someEntries(), typed, 10))
            found << static_cast<int>(hit.entry);
        QCOMPARE(found, expected);
    }

    void findsNoMoreThanAsked()
    {
        QCOMPARE(findEntries(someEntries(), u"", 2).size(), std::size_t(2));
        QCOMPARE(findEntries(someEntries(), u"shop", 2).size(), std::size_t(2));
    }

    void marksWhatMatched()
    {
        const auto hits = findEntries(someEntries(), u"shop serv", 1);
        QCOMPARE(hits.size(), std::size_t(1));
        QCOMPARE(hits[0].title, (std::vector<int>{0, 1, 2, 3}));
        QCOMPARE(hits[0].detail, (std::vector<int>{0, 1, 2, 3}));
    }

    void objectsAndListenersAreFound()
    {
        const sample::Topology topology = sample::make();
        const gatehouse::model::ObjectKey secret{"", "Secret", {"team-a", "certificate"}};
        // What is drawn as a frame and defined by a file is found once.
        const auto entries = paletteObjects(topology, {{"", "Namespace", {"", topology.namespaces[0]}}, secret});
        QCOMPARE(entries.size(), 8 + 3 + topology.namespaces.size() + topology.grants.size() + 1);
        QVERIFY(entries[findEntries(entries, u"certif", 5).at(0).entry].key == secret);
        const auto hits = findEntries(entries, u"blog.example", 5);
        QVERIFY(!hits.empty());
        QVERIFY(entries[hits[0].entry].key == sample::blogRoute);
        const auto listeners = findEntries(entries, u"https listener shared", 5);
        QVERIFY(!listeners.empty());
        QVERIFY(entries[listeners[0].entry].key == sample::sharedGateway);
    }

    void modelIsConsistent()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEntries(someEntries());
        QCOMPARE(model.rowCount(), 6);
        model.search(QStringLiteral("shop"));
        QCOMPARE(model.rowCount(), 5);
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("shop")));
        model.setTheme(Theme::darkTheme());
        model.search(QStringLiteral("zzz"));
        QCOMPARE(model.rowCount(), 0);
    }

    void keyboardAloneFindsAnObject()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        TopologyView& view = window.canvas().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_K, Qt::ControlModifier);
        CommandPalette& palette = window.commandPalette();
        QVERIFY(palette.isVisible());
        QTRY_VERIFY(palette.line()->hasFocus());
        QTest::keyClicks(palette.line(), QStringLiteral("sho serv"));
        QTest::keyClick(palette.line(), Qt::Key_Return);
        QVERIFY(!palette.isVisible());
        QVERIFY(window.canvas().scene().selectedKey() == sample::shopService);
        QVERIFY2(view.hasFocus(), "the focus goes back");
        // What was chosen comes first the next time.
        QTest::keyClick(&view, Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(palette.list()->currentIndex().data().toString(), QStringLiteral("shop"));
        QVERIFY(palette.line()->accessibleDescription().contains(QStringLiteral("Service")));
        QTest::keyClick(palette.line(), Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
        QVERIFY(view.hasFocus());
    }

    void arrowKeysWalkTheList()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        window.action(QStringLiteral("find"))->trigger();
        CommandPalette& palette = window.commandPalette();
        QCOMPARE(palette.list()->currentIndex().row(), 0);
        QTest::keyClick(palette.line(), Qt::Key_Down);
        QCOMPARE(palette.list()->currentIndex().row(), 1);
        QTest::keyClick(palette.line(), Qt::Key_Up);
        QTest::keyClick(palette.line(), Qt::Key_Up);
        QCOMPARE(palette.list()->currentIndex().row(), palette.list()->model()->rowCount() - 1);
        QTest::keyClick(palette.line(), Qt::Key_PageDown);
        QCOMPARE(palette.list()->currentIndex().row(), palette.list()->model()->rowCount() - 1);
    }

    void actionsAreTriggered()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QSignalSpy run(&window, &MainWindow::runRequested);
        window.action(QStringLiteral("find"))->trigger();
        QTest::keyClicks(window.commandPalette().line(), QStringLiteral(">run"));
        QTest::keyClick(window.commandPalette().line(), Qt::Key_Return);
        QCOMPARE(run.size(), 1);
    }

    void whatIsNotAvailableDoesNothing()
    {
        MainWindow window(nullptr);
        window.show();
        QSignalSpy run(&window, &MainWindow::runRequested);
        window.action(QStringLiteral("find"))->trigger();
        QTest::keyClicks(window.commandPalette().line(), QStringLiteral(">run"));
        QTest::keyClick(window.commandPalette().line(), Qt::Key_Return);
        QCOMPARE(run.size(), 0);
        QVERIFY(window.commandPalette().isVisible());
    }

    void problemsJumpToTheirObject()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.action(QStringLiteral("find"))->trigger();
        QTest::keyClicks(window.commandPalette().line(), QStringLiteral("!odd"));
        QTest::keyClick(window.commandPalette().line(), Qt::Key_Return);
        QVERIFY(window.canvas().scene().selectedKey() == sample::ownRoute);
    }

    /// A namespace comes into view as a whole, however near the view was; folded it is found as well.
    void namespacesComeIntoView()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QSignalSpy asked(&window, &MainWindow::detailsRequested);
        for (const bool folded : {false, true}) {
            scene.foldNamespace("team-b", folded);
            QTRY_VERIFY(!scene.arranging());
            TopologyView& view = window.canvas().view();
            view.setZoom(4);
            view.lookAt({-5'000, -5'000});
            QTest::keyClick(&view, Qt::Key_K, Qt::ControlModifier);
            QTest::keyClicks(window.commandPalette().line(), QStringLiteral("team-b"));
            QTest::keyClick(window.commandPalette().line(), Qt::Key_Return);
            const QRectF place = folded ? scene.nodeItem(namespaceKey("team-b"))->sceneBoundingRect()
                                        : scene.frameItem("team-b")->rect();
            QTRY_VERIFY(view.viewRect().intersects(place));
            QVERIFY(folded || view.viewRect().contains(place));
            QVERIFY(asked.takeLast()[0].value<gatehouse::model::ObjectKey>().kind == "Namespace");
        }
    }

    void recentPathsAreOpened()
    {
        MainWindow window(nullptr);
        window.show();
        window.setRecent({QStringLiteral("/some/where/else.yaml")});
        QSignalSpy open(&window, &MainWindow::openRequested);
        window.action(QStringLiteral("find"))->trigger();
        QTest::keyClicks(window.commandPalette().line(), QStringLiteral("else.y"));
        QTest::mouseClick(
            window.commandPalette().list()->viewport(), Qt::LeftButton, {},
            window.commandPalette().list()->visualRect(window.commandPalette().list()->model()->index(0, 0)).center());
        QCOMPARE(open.size(), 1);
        QCOMPARE(open[0][0].toStringList(), QStringList{QStringLiteral("/some/where/else.yaml")});
    }

    void nothingFoundIsSaid()
    {
        MainWindow window(nullptr);
        window.show();
        window.action(QStringLiteral("find"))->trigger();
        CommandPalette& palette = window.commandPalette();
        QTest::keyClicks(palette.line(), QStringLiteral("qqqqq"));
        QVERIFY(!palette.list()->isVisible());
        QVERIFY(!palette.line()->accessibleDescription().isEmpty());
        QTest::keyClick(palette.line(), Qt::Key_Return);
        QVERIFY(palette.isVisible());
    }

    void focusElsewhereClosesIt()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.action(QStringLiteral("find"))->trigger();
        QTRY_VERIFY(window.commandPalette().line()->hasFocus());
        window.canvas().view().setFocus();
        QTRY_VERIFY(!window.commandPalette().isVisible());
    }
};

QTEST_MAIN(TstPalette)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_palette.moc"
