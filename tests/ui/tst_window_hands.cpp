#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "shown_window.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/dock.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/icons.h"
#include "ui/inspector/inspector.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/view_session.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>

#include <cmath>

using namespace gatehouse::ui;
namespace model = gatehouse::model;

namespace {

/// So many objects that their picture takes turns of the event loop.
ViewState largeState()
{
    sample::Topology topology = sample::make();
    for (int i = 0; i < 1'200; ++i) {
        topology.nodes.push_back(
            sample::node(sample::NodeKind::Route, sample::key("HTTPRoute", "infra", "route-" + std::to_string(i)), ""));
        sample::attach(topology, 0, std::uint32_t(topology.nodes.size() - 1), sample::Relation::OneToMany);
    }
    ViewState state;
    state.topology = sample::share(std::move(topology));
    return state;
}

/// Drags files over a widget and lets them go there, as the windowing system reports it. Whether somebody took them.
bool drop(QWidget& target, const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint at = target.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &enter);
    if (!enter.isAccepted())
        return false;
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &drop);
    return drop.isAccepted();
}

/// Types a path into the dialog about files that is open, and takes it.
void answer(MainWindow& window, const QString& path)
{
    auto* dialog = window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    auto* line = dialog->findChild<QLineEdit*>();
    QVERIFY(line);
    line->setText(path);
    QMetaObject::invokeMethod(dialog, "accept");
}

} // namespace

class TstWindowHands : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void filesAreDroppedAnywhere_data()
    {
        QTest::addColumn<QString>("where");
        for (const char* where : {"canvas", "text", "navigator", "search", "window"})
            QTest::newRow(where) << where;
    }

    void filesAreDroppedAnywhere()
    {
        QFETCH(QString, where);
        Shown shown;
        shown.settle();
        shown.window.editor().open(QStringLiteral("/a/b.yaml"));
        FileText disk;
        disk.text = QStringLiteral("a: b\n");
        disk.version = QStringLiteral("1");
        shown.window.editor().setFile(QStringLiteral("/a/b.yaml"), disk, std::nullopt);
        QWidget* target = where == QLatin1String("canvas")      ? shown.window.canvas().view().viewport()
                          : where == QLatin1String("text")      ? shown.window.editor().page()->view().viewport()
                          : where == QLatin1String("navigator") ? shown.dock<NavigatorDock>().tree()->viewport()
                          : where == QLatin1String("search")    ? shown.dock<NavigatorDock>().findChild<QLineEdit*>()
                                                                : static_cast<QWidget*>(&shown.window);
        QSignalSpy asked(&shown.window, &MainWindow::openRequested);
        QVERIFY(drop(*target, {QUrl::fromLocalFile(QStringLiteral("/a/c")), QUrl::fromLocalFile("/a/d e.yaml")}));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), (QStringList{QStringLiteral("/a/c"), QStringLiteral("/a/d e.yaml")}));
        QVERIFY(!drop(*target, {QUrl(QStringLiteral("https://example.com/a.yaml"))}));
        QCOMPARE(asked.size(), 1);
    }

    /// A key that two enabled actions answer to does nothing, and Qt complains.
    void keysOfListsAreNoneOfTheWindow()
    {
        const MainWindow window(nullptr);
        QMap<QString, QString> taken;
        for (const QAction* action : window.findChildren<QAction*>())
            if (action->shortcutContext() == Qt::WindowShortcut && !action->shortcut().isEmpty())
                taken[action->shortcut().toString()] = action->text();
        int seen = 0;
        for (const QAction* action : window.findChildren<QAction*>()) {
            if (action->shortcutContext() == Qt::WindowShortcut || action->shortcut().isEmpty())
                continue;
            ++seen;
            const QString key = action->shortcut().toString();
            QVERIFY2(!taken.contains(key),
                     qPrintable(QStringLiteral("%1: %2, and %3").arg(key, action->text(), taken.value(key))));
        }
        QVERIFY(seen >= 5);
    }

    /// Every key that a menu shows does what stands beside it, wherever that leads.
    void everyKeyReachesItsAction()
    {
        Shown shown;
        shown.settle();
        shown.window.editor().open(QStringLiteral("/a/b.yaml"));
        FileText disk;
        disk.text = QStringLiteral("a: b\n");
        disk.version = QStringLiteral("1");
        shown.window.editor().setFile(QStringLiteral("/a/b.yaml"), disk, std::nullopt);
        int reached = 0;
        takeEach(
            shown,
            [&](const QAction& action) {
                return !action.shortcut().isEmpty() && &action != shown.action("quit") &&
                       &action != shown.action("close") && &action != shown.action("close-file");
            },
            [&](const QAction& action) { QTest::keySequence(&shown.window.canvas().view(), action.shortcut()); },
            reached);
        QVERIFY2(reached >= 55, qPrintable(QString::number(reached)));
    }

    void filesAreChosen_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("files") << "open-files";
        QTest::newRow("a folder") << "open-folder";
    }

    void filesAreChosen()
    {
        QFETCH(QString, id);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const QString path = id == QLatin1String("open-files") ? file.fileName() : folder.path();
        Shown shown;
        shown.settle();
        QSignalSpy asked(&shown.window, &MainWindow::openRequested);
        shown.window.action(id)->trigger();
        answer(shown.window, path);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), QStringList{path});
    }

    void exportsToTheChosenFile_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("ending");
        for (const char* ending : {"svg", "png", "pdf", "dot", "mmd"})
            QTest::newRow(ending) << QStringLiteral("export-") + QLatin1String(ending) << QString::fromLatin1(ending);
    }

    void exportsToTheChosenFile()
    {
        QFETCH(QString, id);
        QFETCH(QString, ending);
        QTemporaryDir folder;
        Shown shown;
        shown.settle();
        shown.window.action(id)->trigger();
        answer(shown.window, folder.filePath(QStringLiteral("picture"))); // what kind it is was said before
        const QFileInfo written(folder.filePath(QStringLiteral("picture.")) + ending);
        QVERIFY(written.size() > 100);
    }

    void wheelAndKeysZoom()
    {
        Shown shown;
        shown.settle();
        TopologyView& view = shown.window.canvas().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_1);
        QCOMPARE(view.zoom(), 1.0);
        const QPointF at(view.viewport()->rect().center());
        const QPointF under = view.mapToScene(at.toPoint());
        QWheelEvent wheel(at, view.viewport()->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &wheel);
        QVERIFY(view.zoom() > 1.1);
        const QPointF moved = view.mapToScene(at.toPoint()) - under;
        QVERIFY2(moved.manhattanLength() < 4, "what is under the pointer runs away");
        QTest::keyClick(&view, Qt::Key_F);
        QVERIFY(view.zoom() <= 1.0);
        QVERIFY(view.viewRect().adjusted(-30, -30, 30, 30).contains(shown.scene().contentRect()));
    }

    void groundIsDragged()
    {
        Shown shown;
        shown.settle();
        TopologyView& view = shown.window.canvas().view();
        view.setZoom(2);
        const QPointF before = view.viewRect().center();
        QPoint ground;
        for (int x = 20; x < view.viewport()->width() && ground.isNull(); x += 7)
            for (int y = 20; y < view.viewport()->height() && ground.isNull(); y += 7)
                if (!view.itemAt(x, y))
                    ground = {x, y};
        QVERIFY(!ground.isNull());
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, ground);
        QTest::mouseMove(view.viewport(), ground + QPoint(40, 30));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, ground + QPoint(40, 30));
        const QPointF shift = before - view.viewRect().center();
        QVERIFY2(std::abs(shift.x() - 20) < 3 && std::abs(shift.y() - 15) < 3,
                 qPrintable(QStringLiteral("%1 %2").arg(shift.x()).arg(shift.y())));
    }

    /// Undo is of what has the keyboard: a card's move on the canvas, else the text of the file.
    void undoIsOfWhatHasTheKeyboard()
    {
        Shown shown;
        shown.settle();
        TopologyView& view = shown.window.canvas().view();
        view.setFocus();
        QVERIFY(!shown.action("undo")->isEnabled());
        const NodeItem* card = shown.scene().nodeItem(sample::ownRoute);
        const QPointF before = card->pos();
        const QPoint from = view.mapFromScene(card->mapToScene(card->cardRect().center()));
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        for (const int by : {20, 40})
            QTest::mouseMove(view.viewport(), from + QPoint(by, by));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, from + QPoint(40, 40));
        const QPointF moved = card->pos();
        QVERIFY(moved != before);
        QVERIFY(shown.action("undo")->isEnabled());
        shown.window.editor().open(QStringLiteral("/a/b.yaml"));
        FileText disk;
        disk.text = QStringLiteral("a: b\n");
        disk.version = QStringLiteral("1");
        shown.window.editor().setFile(QStringLiteral("/a/b.yaml"), disk, std::nullopt);
        CodeView& text = shown.window.editor().page()->view();
        text.setFocus();
        QTest::keyClicks(&text, QStringLiteral("x"));
        QVERIFY(text.text() != disk.text);
        QTest::keyClick(&text, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text.text(), disk.text);
        QCOMPARE(card->pos(), moved);
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(card->pos(), before);
        QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(card->pos(), moved);
        QCOMPARE(text.text(), disk.text);
    }

    void panelsComeToTheFrontAndGo()
    {
        Shown shown;
        shown.settle();
        auto& traffic = shown.dock<TrafficDock>();
        auto& problems = shown.dock<ProblemsDock>();
        QTRY_VERIFY(problems.panelAction()->isChecked());
        QVERIFY2(!traffic.panelAction()->isChecked(), "it lies behind another tab");
        QTest::keyClick(&shown.window, Qt::Key_4, Qt::AltModifier);
        QTRY_VERIFY(traffic.panelAction()->isChecked());
        QVERIFY(!traffic.visibleRegion().isEmpty());
        QVERIFY2(!problems.panelAction()->isChecked() && !problems.isHidden(), "it is behind, not closed");
        QVERIFY2(traffic.isAncestorOf(QApplication::focusWidget()), "the keyboard did not follow");
        QTest::keyClick(&shown.window, Qt::Key_4, Qt::AltModifier);
        QTRY_VERIFY(traffic.isHidden());
        QVERIFY(!traffic.panelAction()->isChecked());
        shown.action("reset-panels")->trigger();
        QTRY_VERIFY(!traffic.isHidden());
    }

    void floatingPanelsCanBeMovedAndClosed()
    {
        Shown shown;
        shown.settle();
        auto& traffic = shown.dock<TrafficDock>();
        QWidget* own = traffic.titleBarWidget();
        QVERIFY(own);
        shown.action("show-traffic")->trigger();
        QTRY_VERIFY(traffic.isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(&shown.window, Qt::Key_0, Qt::AltModifier);
        QTRY_VERIFY(traffic.isFloating());
        QWidget* bar = traffic.titleBarWidget();
        QVERIFY2(bar != own && bar->isVisible(), "there is nothing to take it by");
        QStringList words;
        for (const QLabel* label : bar->findChildren<QLabel*>())
            words << label->text();
        QCOMPARE(words, QStringList{traffic.windowTitle()});
        const auto buttons = bar->findChildren<QToolButton*>();
        QCOMPARE(buttons.size(), 2);
        QTest::mouseClick(buttons[0], Qt::LeftButton);
        QTRY_VERIFY(!traffic.isFloating());
        QCOMPARE(traffic.titleBarWidget(), own);
        traffic.setFloating(true);
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QVERIFY(traffic.isHidden());
        shown.action("reset-panels")->trigger();
        QTRY_VERIFY(!traffic.isFloating() && !traffic.isHidden());
    }

    void problemOfAFileWithoutObjectsOpensIt()
    {
        ViewState state = sampleState();
        model::Diagnostic broken;
        broken.severity = model::Severity::Error;
        broken.code = "GH1001";
        broken.message = "the text is no YAML";
        broken.location = {std::make_shared<const std::string>("/a/broken.yaml"), {7, 3}};
        state.diagnostics = {broken};
        Shown shown(state);
        shown.settle();
        QSignalSpy asked(&shown.window.editor(), &EditorDock::fileRequested);
        QTreeView& list = *shown.dock<ProblemsDock>().list();
        QTRY_VERIFY(list.model()->rowCount() > 0);
        const auto hits = list.model()->match(list.model()->index(0, ProblemsModel::TextColumn), Qt::DisplayRole,
                                              QStringLiteral("the text is no YAML"), 1, Qt::MatchStartsWith);
        QCOMPARE(hits.size(), 1);
        list.scrollTo(hits.first());
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(hits.first()).center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("/a/broken.yaml"));
    }

    void grantsAndTheLikeAreEditedToo()
    {
        Shown shown;
        shown.settle();
        const model::ObjectKey grant{"gateway.networking.k8s.io", "ReferenceGrant", {"team-b", "to-own"}};
        QSignalSpy asked(&shown.window, &MainWindow::detailsRequested);
        shown.window.select(grant);
        QTRY_VERIFY(!asked.isEmpty());
        ObjectDetails details;
        details.known = true;
        details.source = {std::make_shared<const std::string>("/a/grants.yaml"), {4, 1}};
        shown.window.setDetails(grant, details);
        QSignalSpy files(&shown.window.editor(), &EditorDock::fileRequested);
        shown.action("edit")->trigger();
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0][0].toString(), QStringLiteral("/a/grants.yaml"));
    }

    void commandsAreCopiedByKey()
    {
        Shown shown;
        shown.settle();
        const auto copied = [&](Qt::Key key) {
            QApplication::clipboard()->clear();
            QTest::keyClick(&shown.window, key, Qt::ControlModifier | Qt::AltModifier);
            return QApplication::clipboard()->text();
        };
        QVERIFY2(copied(Qt::Key_C).isEmpty(), "nothing is selected");
        shown.window.select(sample::shopRoute);
        QVERIFY(copied(Qt::Key_C).startsWith(QStringLiteral("curl -i --resolve shop.example.com:8080")));
        QVERIFY(copied(Qt::Key_K).startsWith(QStringLiteral("kubectl -n team-a get httproute")));
        shown.window.select(sample::shopService);
        QVERIFY2(copied(Qt::Key_C).isEmpty(), "nobody sends requests to a Service");
        shown.window.select({"gateway.networking.k8s.io", "ReferenceGrant", {"team-b", "own"}});
        QVERIFY(copied(Qt::Key_K).startsWith(QStringLiteral("kubectl -n team-b get referencegrant")));
    }

    void arrangingIsCancelledAndBegunAnew()
    {
        const ViewState large = largeState();
        Shown shown(large);
        QVERIFY(shown.scene().arranging());
        QAction* cancel = shown.action("cancel");
        QVERIFY(cancel->isEnabled());
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        QTest::keyClick(&shown.window, Qt::Key_Escape, Qt::ShiftModifier);
        QVERIFY(!shown.scene().arranging());
        QVERIFY(!cancel->isEnabled());
        QCOMPARE(shown.scene().nodeCount(), std::size_t{0});
        shown.window.setState(large); // the same, as after F5
        QVERIFY(shown.scene().arranging());
        QTRY_VERIFY(shown.scene().nodeCount() > 0);
        QVERIFY(!cancel->isEnabled());
    }

    void readingIsCancelledByWhoeverCanEndIt()
    {
        Shown shown;
        shown.settle();
        int ended = 0;
        shown.window.setBusy(QStringLiteral("Reading"), [&] { ++ended; });
        QToolButton* button = nullptr;
        for (QToolButton* each : shown.window.findChildren<QToolButton*>())
            if (each->defaultAction() == shown.action("cancel"))
                button = each;
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(ended, 1);
        shown.window.setBusy({});
        QVERIFY(!button->isVisible());
        QVERIFY(!shown.action("cancel")->isEnabled());
    }

    /// Whatever is selected when everything is closed is asked about no more.
    void closingForgetsWhatWasSelected_data()
    {
        QTest::addColumn<bool>("drawn");
        QTest::newRow("a card") << true;
        QTest::newRow("what has no card") << false;
    }

    void closingForgetsWhatWasSelected()
    {
        QFETCH(bool, drawn);
        Shown shown;
        shown.settle();
        shown.window.select(drawn ? sample::shopRoute
                                  : model::ObjectKey{"gateway.networking.k8s.io", "ReferenceGrant", {"team-b", "own"}});
        QSignalSpy asked(&shown.window, &MainWindow::detailsRequested);
        shown.window.showStart();
        QTRY_VERIFY(!shown.scene().arranging());
        shown.window.select(sample::shopRoute);                    // as a leftover row somewhere would
        (void)shown.window.findChild<Inspector*>()->summaryText(); // makes its page, if it is about to
        QCOMPARE(asked.size(), 0);
        QVERIFY(!shown.scene().selectedKey());
    }

    void focusOfAnEarlierRunWaitsForItsObject()
    {
        ViewSession session;
        session.focus = sample::shopRoute;
        Shown shown((ViewState()));
        shown.window.resumeView(toJson(session));
        for (const char* id : {"problems-only", "top-down", "unfold-all"})
            shown.action(id)->trigger();
        shown.action("problems-only")->trigger();
        shown.window.setState(sampleState());
        shown.settle();
        QVERIFY(shown.scene().focusKey() == sample::shopRoute);
        QVERIFY(shown.scene().nodeCount() < sample::make().nodes.size());
    }

    void otherManifestsBeginAfresh()
    {
        Shown shown;
        shown.settle();
        CanvasFilter filter;
        filter.namespaces = {"team-a"};
        shown.window.canvas().filters().setFilter(filter);
        shown.scene().foldNamespace("team-a", true);
        shown.scene().focusOn(sample::shopRoute);
        QTRY_VERIFY(!shown.scene().arranging());
        shown.window.addTraffic({model::AccessEvent()});
        shown.window.beginSet();
        shown.window.setState(sampleState());
        QTRY_VERIFY(!shown.scene().arranging());
        QVERIFY(!shown.scene().filter().active() && !shown.window.canvas().filters().filter().active());
        QVERIFY(!shown.scene().focusKey());
        QCOMPARE(shown.scene().nodeCount(), sample::make().nodes.size());
        QCOMPARE(shown.dock<TrafficDock>().model().rowCount(), 0);
    }

    /// What one setting changes tells the dialog, which the others come from.
    void everySettingComesBackAtOnce()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        MainWindow window(&settings);
        window.show();
        Preferences other = window.preferences();
        other.theme = ThemeChoice::Dark;
        other.legend = other.minimap = false;
        other.topDown = true;
        window.applyPreferences(other);
        QVERIFY(window.preferences() == other);
        window.action(QStringLiteral("settings"))->trigger();
        const Preferences usual;
        const auto buttons = window.findChildren<QAbstractButton*>();
        const auto defaults = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton* each) {
            return each->isVisible() && each->text().remove(QLatin1Char('&')).contains(QStringLiteral("Defaults"));
        });
        QVERIFY(defaults != buttons.end());
        QTest::mouseClick(*defaults, Qt::LeftButton);
        QVERIFY(window.preferences().theme == usual.theme);
        QVERIFY(window.preferences().legend && window.preferences().minimap);
        QVERIFY(!window.preferences().topDown);
    }
};

QTEST_MAIN(TstWindowHands)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_window_hands.moc"
