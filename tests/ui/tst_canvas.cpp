// The canvas with its filters, folds, focus and hand-moved cards, driven by real events.

#include "quiet.h"
#include "sample_topology.h"
#include "ui/icons.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/minimap.h"
#include "ui/topology/topology_panel.h"
#include "ui/topology/view_session.h"

#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

using namespace gatehouse::ui;
namespace layout = gatehouse::layout;

namespace {

class Canvas {
public:
    explicit Canvas(sample::Topology topology = sample::make(), LocalTargets targets = {})
    {
        panel.resize(1300, 800);
        panel.setTheme(Theme::light());
        panel.show();
        show(std::move(topology), std::move(targets));
    }

    void show(sample::Topology topology, LocalTargets targets = {})
    {
        panel.setTopology(sample::share(std::move(topology)), std::make_shared<const LocalTargets>(std::move(targets)));
    }

    TopologyScene& scene() { return panel.scene(); }
    TopologyView& view() { return panel.view(); }
    bool settled() { return !scene().arranging(); }
    QPoint at(QPointF scenePoint) { return view().mapFromScene(scenePoint); }
    QPoint middleOf(const sample::ObjectKey& key)
    {
        const NodeItem* item = scene().nodeItem(key);
        return at(item->mapToScene(item->cardRect().center()));
    }

    TopologyPanel panel;
};

/// A press, some moves and a release, as a hand does it.
void drag(QWidget* viewport, QPoint from, QPoint to)
{
    QTest::mousePress(viewport, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step) {
        const QPoint position = from + (to - from) * step / 4;
        QMouseEvent move(QEvent::MouseMove, position, viewport->mapToGlobal(position), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(viewport, &move);
    }
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, to);
}

void tick(FilterBar& bar, const QString& chip, const QString& text)
{
    for (QAction* action : bar.chip(chip)->menu()->actions()) {
        if (action->text() == text) {
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no choice is named %1").arg(text)));
}

sample::Topology fleet(int spaces, int routes)
{
    sample::Topology t;
    t.nodes.push_back(sample::node(sample::NodeKind::Gateway, sample::sharedGateway, "gatehouse"));
    t.namespaces.push_back("infra");
    for (int s = 0; s < spaces; ++s) {
        const std::string ns = "team-" + std::to_string(s);
        t.namespaces.push_back(ns);
        for (int r = 0; r < routes; ++r) {
            t.nodes.push_back(
                sample::node(sample::NodeKind::Route, sample::key("HTTPRoute", ns, "r" + std::to_string(r)), "host"));
            sample::attach(t, 0, static_cast<std::uint32_t>(t.nodes.size() - 1), sample::Relation::OneToMany);
        }
    }
    return t;
}

} // namespace

class TstCanvas : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void chipHidesOtherKinds()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        FilterBar& bar = canvas.panel.filters();
        tick(bar, QStringLiteral("kind"), QStringLiteral("Gateway"));
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{2});
        QCOMPARE(bar.countText(), QStringLiteral("2 of 8 objects"));
        QCOMPARE(bar.chip(QStringLiteral("kind"))->text(), QStringLiteral("Kind: Gateway"));
        QTest::mouseClick(bar.clearButton(), Qt::LeftButton);
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{8});
        QVERIFY(bar.countText().isEmpty());
        QVERIFY(!bar.clearButton()->isVisible());
    }

    void onlyProblemsAtOneClick()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        QTest::mouseClick(canvas.panel.filters().problemsButton(), Qt::LeftButton);
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeItem(sample::blogRoute));
        QVERIFY(!canvas.scene().nodeItem(sample::ownRoute));
    }

    void chipsMenuStaysOpenWhileTicking()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        QMenu* menu = canvas.panel.filters().chip(QStringLiteral("namespace"))->menu();
        menu->popup(QPoint(0, 0));
        for (QAction* action : menu->actions()) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            QVERIFY(action->isChecked());
            QVERIFY(menu->isVisible());
        }
        QCOMPARE(canvas.panel.filters().filter().namespaces.size(), std::size_t{3});
        for (QAction* action : menu->actions())
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        QVERIFY2(!canvas.panel.filters().filter().active(), "the last tick that goes is no end of the menu");
        QVERIFY(menu->isVisible());
        menu->close();
    }

    void frameButtonFoldsItsNamespace()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        NamespaceItem* frame = canvas.scene().frameItem("team-a");
        QVERIFY(frame);
        QCOMPARE(frame->facts(), QStringLiteral("2 routes \u00b7 2 backends"));
        QTest::mouseClick(canvas.view().viewport(), Qt::LeftButton, {}, canvas.at(frame->buttonRect().center()));
        QTRY_VERIFY(canvas.scene().nodeItem(namespaceKey("team-a")));
        QVERIFY(!canvas.scene().frameItem("team-a"));
        QVERIFY(!canvas.scene().nodeItem(sample::shopRoute));
        // A double click opens it again.
        QTest::mouseDClick(canvas.view().viewport(), Qt::LeftButton, {}, canvas.middleOf(namespaceKey("team-a")));
        QTRY_VERIFY(canvas.scene().nodeItem(sample::shopRoute));
        QVERIFY(canvas.scene().frameItem("team-a"));
    }

    void whatIsFoldedIsMarkedByItsCard()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        canvas.scene().foldNamespace("team-a", true);
        QTRY_VERIFY(canvas.settled());
        canvas.scene().select(sample::shopService);
        QVERIFY(canvas.scene().selectedKey() == sample::shopService);
        QVERIFY(canvas.scene().nodeItem(namespaceKey("team-a"))->isSelected());
    }

    void gatewayFoldsAndUnfolds()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        canvas.scene().select(sample::sharedGateway);
        canvas.scene().toggleFold();
        QTRY_VERIFY(canvas.settled());
        QVERIFY(!canvas.scene().nodeItem(sample::shopRoute));
        QVERIFY(canvas.scene().nodeItem(sample::sharedGateway)->group());
        canvas.scene().toggleFold();
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeItem(sample::shopRoute));
    }

    void foldsSurviveReload()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        canvas.scene().foldNamespace("team-a", true);
        QTRY_VERIFY(canvas.settled());
        canvas.show(sample::make());
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeItem(namespaceKey("team-a")));
    }

    void everythingUnfolds()
    {
        Canvas canvas(fleet(60, 12));
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeCount() < 150);
        canvas.scene().unfoldAll();
        QTRY_VERIFY_WITH_TIMEOUT(canvas.settled(), 60'000);
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{721});
        QVERIFY(canvas.view().fromAfar());
        QVERIFY2(canvas.scene().lines().isVisible(), "so many edges are lines of one item");
        QVERIFY(canvas.scene().edgeItems().empty());
        canvas.scene().select(sample::key("HTTPRoute", "team-3", "r4"));
        QCOMPARE(canvas.scene().lines().standouts().size(), std::size_t{1});
        canvas.scene().setLight({{sample::sharedGateway, sample::key("HTTPRoute", "team-5", "r6")}, {}});
        QCOMPARE(canvas.scene().lines().standouts().size(), std::size_t{2});
        QVERIFY(canvas.scene().lines().standouts()[1].lit);
        Overview overview = canvas.scene().overview();
        QVERIFY(!overview.lines[0].empty() || !overview.lines[1].empty());
        const auto drawn = [&] {
            QImage image(400, 300, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.scale(0.05, 0.05);
            paintOverview(painter, overview, Theme::light(), overview.content, false);
            return image;
        };
        const QImage all = drawn();
        for (auto& lines : overview.lines)
            lines.clear();
        QVERIFY2(all != drawn(), "no line is drawn");
        canvas.scene().foldAutomatically();
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeCount() < 150);
    }

    void focusReachesAsFarAsAsked()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        canvas.scene().focusOn(sample::sharedGateway);
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{5}); // with two routes and their backends
        QVERIFY(canvas.panel.hopsBox()->isVisible());
        QTest::keyClick(canvas.panel.hopsBox(), Qt::Key_Up);
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{3});
        QVERIFY(!canvas.scene().nodeItem(sample::shopService));
        QTest::keyClick(canvas.panel.hopsBox(), Qt::Key_Up);
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeCount(), std::size_t{5});
    }

    void cardIsMovedByHandAndKeepsItsPlace()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        const QPoint from = canvas.middleOf(sample::ownRoute);
        const QPointF before = canvas.scene().nodeItem(sample::ownRoute)->pos();
        QSignalSpy changed(&canvas.scene(), &TopologyScene::handPlacesChanged);
        drag(canvas.view().viewport(), from, from + QPoint(60, 90));
        QCOMPARE(changed.size(), 1);
        const QPointF after = canvas.scene().nodeItem(sample::ownRoute)->pos();
        QVERIFY(after.y() > before.y() + 50);
        const EdgeItem* edge =
            canvas.scene().edgeItem({sample::EdgeKind::Attachment, sample::dedicatedGateway, sample::ownRoute, 0});
        const NodeItem* item = canvas.scene().nodeItem(sample::ownRoute);
        QVERIFY2(item->cardRect()
                     .translated(item->pos())
                     .adjusted(-2, -2, 2, 2)
                     .contains(edge->route().path.currentPosition()),
                 "its edges come along");
        QVERIFY(canvas.scene().frameItem("team-b")->rect().contains(item->cardRect().translated(item->pos())));
        sample::Topology changedTopology = sample::make();
        changedTopology.nodes[0].subtitle = "a much longer subtitle than it was before, so that it is laid out anew";
        canvas.show(std::move(changedTopology));
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeItem(sample::ownRoute)->pos(), after);
        canvas.scene().putBack();
        QVERIFY(!canvas.scene().movedByHand());
        QVERIFY(canvas.scene().nodeItem(sample::ownRoute)->pos() != after);
    }

    void movesAreUndoneOneByOne()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        TopologyScene& scene = canvas.scene();
        const auto place = [&](const sample::ObjectKey& key) { return scene.nodeItem(key)->pos(); };
        const auto drag = [&](const sample::ObjectKey& key, QPoint by) {
            const QPoint from = canvas.middleOf(key);
            ::drag(canvas.view().viewport(), from, from + by);
        };
        const QPointF own = place(sample::ownRoute), shop = place(sample::shopRoute);
        drag(sample::ownRoute, {40, 60});
        const QPointF ownMoved = place(sample::ownRoute);
        drag(sample::shopRoute, {20, -40});
        const QPointF shopMoved = place(sample::shopRoute);
        QCOMPARE(scene.moves().count(), 2);
        scene.moves().undo();
        QTRY_COMPARE(place(sample::shopRoute), shop);
        QCOMPARE(place(sample::ownRoute), ownMoved);
        scene.moves().undo();
        QTRY_COMPARE(place(sample::ownRoute), own);
        QVERIFY(!scene.movedByHand());
        scene.moves().redo();
        scene.moves().redo();
        QTRY_COMPARE(place(sample::shopRoute), shopMoved);
        // Putting everything back is a step as well.
        scene.putBack();
        QTRY_COMPARE(place(sample::ownRoute), own);
        scene.moves().undo();
        QTRY_COMPARE(place(sample::ownRoute), ownMoved);
        // A click is no step, and another set has none.
        QTest::mouseClick(canvas.view().viewport(), Qt::LeftButton, {}, canvas.middleOf(sample::shopRoute));
        QCOMPARE(scene.moves().count(), 3);
        scene.resume(ViewSession());
        QCOMPARE(scene.moves().count(), 0);
    }

    void clickMovesNothing()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        QTest::mouseClick(canvas.view().viewport(), Qt::LeftButton, {}, canvas.middleOf(sample::ownRoute));
        QVERIFY(!canvas.scene().movedByHand());
        QVERIFY(canvas.scene().selectedKey() == sample::ownRoute);
    }

    void reloadLeavesCardsWhereTheyAre()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        const QPointF before = canvas.scene().nodeItem(sample::shopRoute)->pos();
        sample::Topology more = sample::make();
        more.nodes.push_back(sample::node(sample::NodeKind::Gateway, sample::key("Gateway", "aaa", "new"), "x"));
        more.namespaces.insert(more.namespaces.begin(), "aaa");
        std::rotate(more.nodes.begin(), more.nodes.end() - 1, more.nodes.end()); // it is sorted before all others
        for (auto& edge : more.edges)
            ++edge.from, ++edge.to;
        canvas.show(std::move(more));
        QTRY_VERIFY(canvas.settled());
        QCOMPARE(canvas.scene().nodeItem(sample::shopRoute)->pos(), before);
    }

    void changesGlideUnlessMotionIsReduced_data()
    {
        QTest::addColumn<bool>("motion");
        QTest::newRow("glides") << true;
        QTest::newRow("stands still") << false;
    }

    void changesGlideUnlessMotionIsReduced()
    {
        QFETCH(bool, motion);
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        canvas.scene().setMotion(motion);
        sample::Topology changed = sample::make();
        changed.nodes[3].subtitle = "a hostname that is very much longer.than.before.example.com";
        changed.nodes[3].ports = {sample::port("a", 1, 1), sample::port("b", 2, 2)};
        QSignalSpy arranged(&canvas.scene(), &TopologyScene::arranged);
        canvas.show(std::move(changed));
        QVERIFY(arranged.wait());
        QCOMPARE(canvas.scene().gliding(), motion);
        QTRY_VERIFY(!canvas.scene().gliding());
    }

    void backendSaysWhereItIs()
    {
        LocalTargets targets;
        targets[sample::shopService] = {TargetKind::Mapping, QStringLiteral("localhost:3000")};
        Canvas canvas(sample::make(), targets);
        QTRY_VERIFY(canvas.settled());
        QVERIFY(canvas.scene().nodeItem(sample::shopService)->target() == targets[sample::shopService]);
        QVERIFY(!canvas.scene().nodeItem(sample::blogService)->target());
        QVERIFY(canvas.scene().nodeItem(sample::shopService)->cardRect().height() >
                canvas.scene().nodeItem(sample::blogService)->cardRect().height());
    }

    void refusalSaysHowToMendIt()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        const EdgeItem* edge =
            canvas.scene().edgeItem({sample::EdgeKind::Attachment, sample::dedicatedGateway, sample::blogRoute, 0});
        QVERIFY(edge->labelText().hint.startsWith(QStringLiteral("set allowedRoutes.namespaces.from")));
    }

    void mapAppearsWhenNotAllIsInView()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        QVERIFY(!canvas.panel.minimap().isVisible());
        canvas.view().setZoom(3);
        QVERIFY(canvas.panel.minimap().isVisible());
        const QPointF before = canvas.view().viewRect().center();
        QTest::mouseClick(&canvas.panel.minimap(), Qt::LeftButton, {}, QPoint(12, 12));
        QVERIFY(canvas.view().viewRect().center().x() < before.x());
        canvas.panel.setMinimapVisible(false);
        QVERIFY(!canvas.panel.minimap().isVisible());
    }

    void menuKeyAsksForTheCardsMenu()
    {
        Canvas canvas;
        QTRY_VERIFY(canvas.settled());
        QSignalSpy asked(&canvas.view(), &TopologyView::menuRequested);
        canvas.scene().select(sample::shopRoute);
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
        QApplication::sendEvent(canvas.view().viewport(), &byKey);
        QCOMPARE(asked.size(), 1);
        const QPoint at = canvas.middleOf(sample::ownRoute);
        QContextMenuEvent byMouse(QContextMenuEvent::Mouse, at, canvas.view().viewport()->mapToGlobal(at));
        QApplication::sendEvent(canvas.view().viewport(), &byMouse);
        QCOMPARE(asked.size(), 2);
        QVERIFY(canvas.scene().selectedKey() == sample::ownRoute);
    }

    void arrowKeysWalkFoldedCards()
    {
        Canvas canvas(fleet(60, 12));
        QTRY_VERIFY(canvas.settled());
        canvas.scene().select(sample::sharedGateway);
        QTest::keyClick(&canvas.view(), Qt::Key_Right);
        QVERIFY(canvas.scene().selectedKey() && isGroupKey(*canvas.scene().selectedKey()));
        const auto folded = *canvas.scene().selectedKey();
        QTest::keyClick(&canvas.view(), Qt::Key_Return);
        QTRY_VERIFY(canvas.settled());
        QVERIFY2(!canvas.scene().nodeItem(folded), "Return unfolds it");
    }
};

QTEST_MAIN(TstCanvas)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_canvas.moc"
