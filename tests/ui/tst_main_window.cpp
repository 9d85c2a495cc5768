#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/inspector/inspector.h"
#include "ui/main_window.h"
#include "ui/menu_entries.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>

using namespace gatehouse::ui;

namespace {

ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    state.summary = QStringLiteral("8 objects");
    return state;
}

QList<QAction*> allActions(const QMenuBar* bar)
{
    QList<QAction*> found;
    for (const MenuEntry& entry : menuEntries(*bar))
        found << entry.action;
    return found;
}

} // namespace

class TstMainWindow : public QuietTest {
    Q_OBJECT
private slots:
    void actionStandsInAMenuWithItsShortcut_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("shortcut");
        QTest::newRow("open files") << "open-files"
                                    << "Ctrl+O";
        QTest::newRow("open folder") << "open-folder"
                                     << "Ctrl+Shift+O";
        QTest::newRow("reload") << "reload"
                                << "F5";
        QTest::newRow("fit") << "fit"
                             << "F";
        QTest::newRow("actual size") << "actual-size"
                                     << "1";
        QTest::newRow("find") << "find"
                              << "Ctrl+K";
        QTest::newRow("leave focus") << "leave-focus"
                                     << "Esc";
        QTest::newRow("run") << "run"
                             << "Ctrl+R";
        QTest::newRow("stop") << "stop"
                              << "Ctrl+.";
        QTest::newRow("export SVG") << "export-svg"
                                    << "Ctrl+E";
        QTest::newRow("export PNG") << "export-png"
                                    << "Ctrl+Shift+E";
        for (const auto& [id, shortcut] : {std::pair("problems-only", "P"),
                                           {"clear-filters", "Shift+P"},
                                           {"fold", "C"},
                                           {"fold-namespace", "Shift+C"},
                                           {"fold-all", "Ctrl+Shift+C"},
                                           {"unfold-all", "Ctrl+Shift+U"},
                                           {"fold-default", "Ctrl+U"},
                                           {"put-back", "Ctrl+Backspace"},
                                           {"find-object", "Ctrl+Shift+F"},
                                           {"probe", "Ctrl+P"},
                                           {"explain-problem", "F1"},
                                           {"minimap", "Ctrl+M"},
                                           {"left-right", "Ctrl+1"},
                                           {"top-down", "Ctrl+2"},
                                           {"edit", "F4"},
                                           {"save", "Ctrl+S"},
                                           {"save-all", "Ctrl+Shift+S"},
                                           {"close-file", "Ctrl+W"},
                                           {"undo", "Ctrl+Z"},
                                           {"redo", "Ctrl+Shift+Z"},
                                           {"find-text", "Ctrl+F"},
                                           {"replace-text", "Ctrl+H"},
                                           {"next-problem", "F8"},
                                           {"comment", "Ctrl+/"},
                                           {"complete", "Ctrl+Space"},
                                           {"legend", "Ctrl+L"}})
            QTest::newRow(id) << id << shortcut;
        QTest::newRow("quit") << "quit"
                              << "Ctrl+Q";
    }

    void actionStandsInAMenuWithItsShortcut()
    {
        QFETCH(QString, id);
        QFETCH(QString, shortcut);
        const MainWindow window(nullptr);
        QAction* action = window.action(id);
        QCOMPARE(action->shortcut().toString(QKeySequence::PortableText), shortcut);
        QVERIFY(allActions(window.menuBar()).contains(action));
    }

    void noShortcutIsTakenTwice()
    {
        const MainWindow window(nullptr);
        QStringList taken;
        for (const QAction* action : allActions(window.menuBar())) {
            if (!action->shortcut().isEmpty())
                taken << action->shortcut().toString();
        }
        QVERIFY(!taken.isEmpty());
        QCOMPARE(taken.removeDuplicates(), 0);
    }

    void runAndStopFollowTheEngine()
    {
        MainWindow window(nullptr);
        QSignalSpy run(&window, &MainWindow::runRequested);
        QSignalSpy stop(&window, &MainWindow::stopRequested);
        QVERIFY2(!window.action(QStringLiteral("run"))->isEnabled(), "there is nothing to run yet");
        window.setState(sampleState());
        QVERIFY(window.action(QStringLiteral("run"))->isEnabled());
        window.action(QStringLiteral("run"))->trigger();
        QCOMPARE(run.size(), 1);
        window.setEngineState(EngineState::Running);
        QVERIFY(!window.action(QStringLiteral("run"))->isEnabled());
        window.action(QStringLiteral("stop"))->trigger();
        QCOMPARE(stop.size(), 1);
    }

    void selectingInTheNavigatorSelectsOnTheCanvas()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        auto* navigator = window.findChild<NavigatorDock*>();
        QSignalSpy details(&window, &MainWindow::detailsRequested);
        navigator->filterLine()->setText(QStringLiteral("shop"));
        QTest::keyClick(navigator->filterLine(), Qt::Key_Return);
        QVERIFY(window.canvas().scene().selectedKey().has_value());
        QCOMPARE(window.canvas().scene().selectedKey()->name.name, std::string("shop"));
        QVERIFY(!details.isEmpty());
    }

    void problemJumpsToItsObject()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state = sampleState();
        gatehouse::model::Diagnostic problem;
        problem.message = "something";
        problem.object = sample::ownRoute;
        problem.location = {std::make_shared<const std::string>("a.yaml"), {3, 1}};
        state.diagnostics = {problem};
        window.setState(state);
        QTRY_VERIFY(!window.canvas().scene().arranging());
        auto* dock = window.findChild<ProblemsDock*>();
        QVERIFY(dock->model().rowCount() >= 2);
        emit dock->list()->clicked(dock->list()->model()->index(0, 0));
        QVERIFY(window.canvas().scene().selectedKey() == sample::ownRoute);
    }

    void problemWithoutObjectJumpsToTheNearest()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state = sampleState();
        sample::Topology topology = sample::make();
        const auto file = std::make_shared<const std::string>("a.yaml");
        topology.nodes[3].source = {file, {10, 1}};
        topology.nodes[4].source = {file, {20, 1}};
        state.topology = sample::share(topology);
        gatehouse::model::Diagnostic problem;
        problem.message = "not YAML";
        problem.location = {file, {15, 1}};
        state.diagnostics = {problem};
        window.setState(state);
        QTRY_VERIFY(!window.canvas().scene().arranging());
        auto* dock = window.findChild<ProblemsDock*>();
        emit dock->list()->clicked(dock->list()->model()->index(0, 0));
        QVERIFY(window.canvas().scene().selectedKey() == topology.nodes[3].key);
    }

    void whatIsNotDrawnIsInspectedAllTheSame()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state = sampleState();
        sample::Topology topology = sample::make();
        const auto grant = sample::key("ReferenceGrant", "team-b", "allow-shop");
        topology.grants.push_back({grant, {}});
        state.topology = sample::share(topology);
        window.setState(state);
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.select(sample::shopRoute);
        QSignalSpy asked(&window, &MainWindow::detailsRequested);
        window.select(grant);
        QVERIFY(!window.canvas().scene().selectedKey());
        QVERIFY(asked.last().first().value<gatehouse::model::ObjectKey>() == grant);
        QCOMPARE(window.findChild<NavigatorDock*>()->tree()->currentIndex().data().toString(),
                 QStringLiteral("allow-shop"));
        ObjectDetails details;
        details.known = true;
        details.yaml = QStringLiteral("kind: ReferenceGrant\n");
        window.setDetails(grant, details);
        auto* inspector = window.findChild<Inspector*>();
        QVERIFY(inspector->summaryText().contains(QStringLiteral("allow-shop")));
        window.setState(state);
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QVERIFY2(inspector->summaryText().contains(QStringLiteral("allow-shop")), "a reload forgot what was looked at");
        window.select(sample::shopRoute);
        QVERIFY(inspector->summaryText().contains(QStringLiteral("HTTPRoute in team-a")));
    }

    void explainOpensTheCodesPage()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QSignalSpy asked(&window, &MainWindow::codeRequested);
        window.action(QStringLiteral("explain-problem"))->trigger();
        QCOMPARE(asked.last().first().toString(), QStringLiteral("NotAllowedByListeners"));
    }

    void selectsByText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        QTest::newRow("namespace/kind/name") << "team-a/HTTPRoute/shop" << true;
        QTest::newRow("any case") << "team-a/httproute/shop" << true;
        QTest::newRow("another namespace") << "team-b/HTTPRoute/shop" << false;
        QTest::newRow("nonsense") << "shop" << false;
    }

    void selectsByText()
    {
        QFETCH(QString, text);
        MainWindow window(nullptr);
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QTEST(window.selectByText(text), "found");
    }

    void everyDockCanBeHiddenFromTheMenu()
    {
        const MainWindow window(nullptr);
        const auto docks = window.findChildren<QDockWidget*>();
        QCOMPARE(docks.size(), 8);
        for (QDockWidget* dock : docks)
            QVERIFY(allActions(window.menuBar()).contains(qobject_cast<Dock*>(dock)->panelAction()));
    }

    void keysFilterAndFold()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        TopologyView& view = window.canvas().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_P);
        QVERIFY(scene.filter().problemsOnly);
        QVERIFY(window.canvas().filters().problemsButton()->isChecked());
        QTest::keyClick(&view, Qt::Key_P, Qt::ShiftModifier);
        QVERIFY(!scene.filter().active());
        QVERIFY(!window.action(QStringLiteral("problems-only"))->isChecked());
        QTRY_VERIFY(!scene.arranging());
        scene.select(sample::shopRoute);
        QTest::keyClick(&view, Qt::Key_C, Qt::ShiftModifier);
        QTRY_VERIFY(scene.nodeItem(namespaceKey("team-a")));
        scene.select(namespaceKey("team-a"));
        QTest::keyClick(&view, Qt::Key_C);
        QTRY_VERIFY(scene.nodeItem(sample::shopRoute));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(scene.nodeItem(namespaceKey("team-b")));
        QTest::keyClick(&view, Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(scene.nodeItem(sample::ownRoute));
    }

    void foldedCardIsToldInTheInspector()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        scene.foldNamespace("team-a", true);
        QTRY_VERIFY(!scene.arranging());
        scene.select(namespaceKey("team-a"));
        const QString text = window.findChild<Inspector*>()->summaryText();
        QVERIFY2(text.contains(QStringLiteral("2 HTTPRoutes")), qPrintable(text));
    }

    void cardMenuOffersItsActions()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.canvas().scene().select(sample::shopRoute);
        emit window.canvas().view().menuRequested(sample::shopRoute, QPoint(10, 10));
        QMenu* menu = nullptr;
        for (QMenu* one : window.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (one->isVisible())
                menu = one;
        }
        QVERIFY(menu);
        QVERIFY(menu->actions().contains(window.action(QStringLiteral("focus"))));
        const QMenu* copy = menu->actions().last()->menu();
        QVERIFY(copy && copy->actions().size() >= 2);
        copy->actions().first()->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("team-a/shop"));
        copy->actions().last()->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("kubectl -n team-a get httproute")));
        menu->close();
    }

    void stateIsRestored()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        {
            MainWindow window(&settings);
            window.show();
            window.chooseTheme(ThemeChoice::Dark);
            window.findChild<ProblemsDock*>()->hide();
            window.close();
        }
        MainWindow window(&settings);
        window.show();
        QVERIFY(window.findChild<ProblemsDock*>()->isHidden());
        QVERIFY(window.action(QStringLiteral("theme-dark"))->isChecked());
    }

    void widgetsHaveAccessibleNames()
    {
        MainWindow window(nullptr);
        window.setState(sampleState());
        for (const QWidget* widget : {static_cast<const QWidget*>(&window.canvas().view()),
                                      static_cast<const QWidget*>(window.findChild<NavigatorDock*>()->tree()),
                                      static_cast<const QWidget*>(window.findChild<NavigatorDock*>()->filterLine()),
                                      static_cast<const QWidget*>(window.findChild<ProblemsDock*>()->list())})
            QVERIFY(!widget->accessibleName().isEmpty());
    }

    void styleSheetIsFilledIn()
    {
        for (const Theme& theme : {Theme::light(), Theme::darkTheme()})
            QVERIFY2(!theme.styleSheet().contains(QRegularExpression(QStringLiteral("@\\w+@:|:\\s*@\\w+@|-@\\w+@"))),
                     "a colour has no name");
    }

    void themeChangesPaletteAndCanvas()
    {
        MainWindow window(nullptr);
        window.chooseTheme(ThemeChoice::Light);
        const QColor light = QApplication::palette().color(QPalette::Window);
        window.chooseTheme(ThemeChoice::Dark);
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < light.lightness());
        QVERIFY(window.canvas().scene().style().theme.dark);
    }
};

QTEST_MAIN(TstMainWindow)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_main_window.moc"
