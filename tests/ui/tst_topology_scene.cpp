#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/icons.h"
#include "ui/topology/scene_export.h"
#include "ui/topology/topology_scene.h"
#include "ui/topology/topology_view.h"

#include <QImage>
#include <QPainter>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <utility>

using namespace gatehouse::ui;
namespace layout = gatehouse::layout;

namespace {

void showAndWait(TopologyScene& scene, sample::Topology topology)
{
    QSignalSpy arranged(&scene, &TopologyScene::arranged);
    scene.setTopology(sample::share(std::move(topology)));
    QTRY_VERIFY(!arranged.isEmpty() && !scene.arranging());
}

/// The same without the object at `index`, and without the edges at it.
sample::Topology without(sample::Topology topology, std::uint32_t index)
{
    std::erase_if(topology.edges, [&](const auto& edge) { return edge.from == index || edge.to == index; });
    for (auto& edge : topology.edges) {
        edge.from -= edge.from > index ? 1 : 0;
        edge.to -= edge.to > index ? 1 : 0;
    }
    topology.nodes.erase(topology.nodes.begin() + index);
    return topology;
}

/// So many objects, all but the Gateway routes at it.
sample::Topology many(int objects)
{
    sample::Topology topology;
    topology.nodes.push_back(sample::node(sample::NodeKind::Gateway, sample::sharedGateway, ""));
    for (int i = 1; i < objects; ++i) {
        topology.nodes.push_back(
            sample::node(sample::NodeKind::Route, sample::key("HTTPRoute", "infra", "route-" + std::to_string(i)), ""));
        sample::attach(topology, 0, std::uint32_t(i), sample::Relation::OneToMany);
    }
    topology.namespaces = {"infra"};
    return topology;
}

/// How far any colour of any pixel is from that of the other: blending by way of a transparent picture rounds twice.
int farthest(const QImage& a, const QImage& b)
{
    int most = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QColor one = a.pixelColor(x, y), other = b.pixelColor(x, y);
            most = std::max({most, std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                             std::abs(one.blue() - other.blue())});
        }
    }
    return most;
}

EdgeKey refusedKey()
{
    return {sample::EdgeKind::Attachment, sample::dedicatedGateway, sample::blogRoute, 0};
}

} // namespace

class TstTopologyScene : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void drawsEveryObjectAndEdge()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        QCOMPARE(scene.nodeCount(), std::size_t{8});
        QCOMPARE(scene.edgeItems().size(), std::size_t{7});
        for (const auto& node : sample::make().nodes)
            QVERIFY(scene.nodeItem(node.key));
        for (EdgeItem* edge : scene.edgeItems())
            QVERIFY2(!edge->path().isEmpty(), "an edge has no line");
    }

    /// What is painted, not what was meant to be: a line has to be seen in the middle between its ends.
    void linesAreSeen_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("far") << 0.4;
        QTest::newRow("as it is") << 1.0;
        QTest::newRow("near") << 2.0;
    }

    void linesAreSeen()
    {
        QFETCH(double, scale);
        TopologyScene scene;
        showAndWait(scene, sample::make());
        const QColor ground(1, 2, 3);
        for (const EdgeItem* edge : scene.edgeItems()) {
            const QPointF middle = edge->route().path.pointAtPercent(0.35);
            QImage image(60, 60, QImage::Format_RGB32);
            image.fill(ground);
            QPainter painter(&image);
            scene.render(&painter, QRectF(0, 0, 60, 60),
                         QRectF(middle.x() - 30 / scale, middle.y() - 30 / scale, 60 / scale, 60 / scale));
            painter.end();
            QSet<QRgb> colors;
            for (int y = 24; y < 36; ++y) {
                for (int x = 24; x < 36; ++x)
                    colors.insert(image.pixel(x, y));
            }
            QVERIFY2(colors.size() > 1, "no line is drawn where it should be");
        }
    }

    void reloadKeepsItemsThatStay()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        NodeItem* shop = scene.nodeItem(sample::shopRoute);
        EdgeItem* refused = scene.edgeItem(refusedKey());
        showAndWait(scene, without(sample::make(), 4)); // ownRoute goes
        QCOMPARE(scene.nodeItem(sample::shopRoute), shop);
        QCOMPARE(scene.edgeItem(refusedKey()), refused);
        QVERIFY(!scene.nodeItem(sample::ownRoute));
        QCOMPARE(scene.nodeCount(), std::size_t{7});
        QCOMPARE(scene.edgeItems().size(), std::size_t{5});
    }

    void selectionSurvivesReload()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.select(sample::shopRoute);
        showAndWait(scene, without(sample::make(), 4));
        QVERIFY(scene.selectedKey() == sample::shopRoute);
        QVERIFY(scene.nodeItem(sample::shopRoute)->isSelected());
    }

    void selectionEndsWithItsObject()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.select(sample::ownRoute);
        QSignalSpy moved(&scene, &TopologyScene::selectionMoved);
        showAndWait(scene, without(sample::make(), 4));
        QVERIFY(!scene.selectedKey());
        QVERIFY(!moved.isEmpty());
    }

    void changedHealthNeedsNoLayout()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        sample::Topology changed = sample::make();
        changed.nodes[0].ports[0].health = sample::Health::Bad;
        QSignalSpy arranged(&scene, &TopologyScene::arranged);
        scene.setTopology(sample::share(std::move(changed)));
        QCOMPARE(arranged.size(), 1); // at once
        QVERIFY(scene.nodeItem(sample::sharedGateway)->node().ports[0].health == sample::Health::Bad);
    }

    void newestTopologyWins()
    {
        TopologyScene scene;
        QSignalSpy arranged(&scene, &TopologyScene::arranged);
        scene.setTopology(sample::share(sample::make()));
        scene.setTopology(sample::share(without(sample::make(), 7)));
        scene.setTopology(sample::share(without(without(sample::make(), 7), 4)));
        QTRY_VERIFY(!scene.arranging());
        QCOMPARE(arranged.size(), 1);
        QCOMPARE(scene.nodeCount(), std::size_t{6});
    }

    /// Until the new layout is there, the old picture is asked by its own indexes.
    void anOlderPictureKnowsItsOwn()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.foldNamespace("team-a", true);
        QTRY_VERIFY(!scene.arranging());
        NodeItem* folded = scene.nodeItem(namespaceKey("team-a"));
        QVERIFY(folded);
        QCOMPARE(scene.itemFor(sample::shopService), folded);
        scene.setTopology(sample::share(without(sample::make(), 0))); // every other index is another one
        QVERIFY(scene.arranging());
        QCOMPARE(scene.itemFor(sample::shopService), folded);
        QCOMPARE(scene.itemFor(sample::ownService), scene.nodeItem(sample::ownService));
        QTRY_VERIFY(!scene.arranging());
        QCOMPARE(scene.itemFor(sample::shopService), folded);
    }

    /// What takes a large set's picture long has turns of the event loop: the call itself only asks for it.
    void largeSetsTakeTurns()
    {
        TopologyScene scene;
        QSignalSpy arranged(&scene, &TopologyScene::arranged), told(&scene, &TopologyScene::arrangingChanged);
        scene.setTopology(sample::share(many(1'200)));
        QVERIFY(scene.arranging());
        QCOMPARE(told.size(), 1);
        scene.setTopology(sample::share(many(1'300))); // before the first had its turn
        QCOMPARE(told.size(), 1);
        QTRY_COMPARE(arranged.size(), 1);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.last().at(0).toBool(), false);
        QCOMPARE(scene.shownObjects(), std::size_t{1'300});

        // Another health is no other layout, but work all the same.
        sample::Topology unwell = many(1'300);
        unwell.nodes.front().health = sample::Health::Bad;
        const QPointF origin = scene.origin();
        scene.setTopology(sample::share(unwell));
        QVERIFY(scene.arranging());
        QCOMPARE(arranged.size(), 1);
        QTRY_COMPARE(arranged.size(), 2);
        QCOMPARE(told.size(), 4);
        QCOMPARE(scene.origin(), origin);
        QVERIFY(!scene.arranging());

        // A small one that comes between does not wait, nor does what it overtakes come after it.
        scene.setTopology(sample::share(many(1'200)));
        showAndWait(scene, sample::make());
        QCOMPARE(scene.nodeCount(), std::size_t{8});
        QCOMPARE(arranged.size(), 3);
        QCOMPARE(told.last().at(0).toBool(), false);
    }

    void refusedEdgeIsDashedAndSaysWhy()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        const EdgeItem* edge = scene.edgeItem(refusedKey());
        QVERIFY(edge);
        QVERIFY(edge->pen().style() == Qt::CustomDashLine || edge->pen().style() == Qt::DashLine);
        QCOMPARE(edge->pen().color(), scene.style().theme.bad);
        QCOMPARE(edge->labelText().text, QStringLiteral("NotAllowedByListeners"));
        QVERIFY(edge->labelText().refused);
        QVERIFY2(edge->toolTip().contains(QStringLiteral("allowedRoutes.namespaces.from")), "no hint how to mend it");
    }

    void relationStandsOnTheEdge_data()
    {
        QTest::addColumn<int>("relation");
        QTest::addColumn<QString>("mark");
        QTest::newRow("one-to-one") << int(sample::Relation::OneToOne) << "1:1";
        QTest::newRow("one-to-many") << int(sample::Relation::OneToMany) << "1:n";
        QTest::newRow("many-to-one") << int(sample::Relation::ManyToOne) << "n:1";
        QTest::newRow("many-to-many") << int(sample::Relation::ManyToMany) << "n:n";
    }

    void relationStandsOnTheEdge()
    {
        QFETCH(int, relation);
        QFETCH(QString, mark);
        sample::Topology topology = sample::make();
        topology.edges[0].relation = static_cast<sample::Relation>(relation);
        TopologyScene scene;
        showAndWait(scene, std::move(topology));
        const EdgeItem* edge =
            scene.edgeItem({sample::EdgeKind::Attachment, sample::sharedGateway, sample::blogRoute, 0});
        QVERIFY(edge);
        QCOMPARE(edge->labelText().text, mark);
    }

    void crossNamespaceEdgeLooksDifferent()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        const EdgeItem* across =
            scene.edgeItem({sample::EdgeKind::Attachment, sample::sharedGateway, sample::shopRoute, 0});
        const EdgeItem* inside =
            scene.edgeItem({sample::EdgeKind::Attachment, sample::dedicatedGateway, sample::ownRoute, 0});
        QVERIFY(across && inside);
        QVERIFY(across->pen().color() != inside->pen().color());
        QVERIFY2(across->doubled() && !inside->doubled(), "told apart without colours");
    }

    void arrowKeysWalkTheGraph()
    {
        TopologyScene scene;
        TopologyView view(scene);
        view.resize(1200, 700);
        showAndWait(scene, sample::make());
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY2(scene.selectedKey().has_value(), "the first key selects something");
        scene.select(sample::sharedGateway);
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(scene.selectedKey() == sample::shopRoute || scene.selectedKey() == sample::blogRoute);
        const auto route = scene.selectedKey();
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(scene.selectedKey()->kind, std::string("Service"));
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(scene.selectedKey() == route);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(scene.selectedKey()->kind, std::string("Gateway"));
    }

    void doubleClickFocuses()
    {
        TopologyScene scene;
        TopologyView view(scene);
        view.resize(1200, 700);
        view.show();
        showAndWait(scene, sample::make());
        const NodeItem* item = scene.nodeItem(sample::shopRoute);
        const QPoint at = view.mapFromScene(item->mapToScene(item->cardRect().center()));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at);
        QVERIFY(scene.selectedKey() == sample::shopRoute);
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, at);
        QTRY_VERIFY(scene.focusKey() == sample::shopRoute && !scene.arranging());
        // Gateway, route and backend are left; team-b and the other route are not.
        QCOMPARE(scene.nodeCount(), std::size_t{3});
        QVERIFY(scene.nodeItem(sample::sharedGateway));
        QVERIFY(!scene.nodeItem(sample::blogRoute));
        scene.leaveFocus();
        QTRY_VERIFY(!scene.arranging());
        QCOMPARE(scene.nodeCount(), std::size_t{8});
        QVERIFY(scene.selectedKey() == sample::shopRoute);
    }

    void selectingWhatFocusHidesLeavesFocus()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.focusOn(sample::shopRoute);
        QTRY_VERIFY(!scene.arranging());
        scene.select(sample::ownService);
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(!scene.focusKey());
        QVERIFY(scene.nodeItem(sample::ownService)->isSelected());
    }

    void clickOnTheGroundClearsTheSelection()
    {
        TopologyScene scene;
        TopologyView view(scene);
        view.resize(1200, 700);
        view.show();
        showAndWait(scene, sample::make());
        scene.select(sample::shopRoute);
        view.fit();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(!scene.selectedKey());
    }

    void zoomSurvivesReload()
    {
        TopologyScene scene;
        TopologyView view(scene);
        view.resize(1200, 700);
        showAndWait(scene, sample::make());
        view.setZoom(1.7);
        showAndWait(scene, without(sample::make(), 4));
        QCOMPARE(view.zoom(), 1.7);
    }

    void topDownStandsOnItsHead()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.setDirection(layout::Direction::TopDown);
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(scene.nodeItem(sample::shopRoute)->y() > scene.nodeItem(sample::sharedGateway)->y());
        QVERIFY(scene.nodeItem(sample::shopService)->y() > scene.nodeItem(sample::shopRoute)->y());
    }

    void exports_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("svg") << "t.svg" << QByteArray("<svg");
        QTest::newRow("png") << "t.png" << QByteArray("\x89PNG");
    }

    void exports()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, signature);
        TopologyScene scene;
        showAndWait(scene, sample::make());
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        QCOMPARE(exportScene(scene, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains(signature));
        if (name.endsWith(QLatin1String("svg")))
            QVERIFY2(bytes.contains("NotAllowedByListeners") && bytes.contains("shop.example.com"),
                     "texts are not texts");
    }

    /// The pixels of cards are kept: whatever a card shows has to drop them when it changes. Copies are as drawn.
    void keptCardsShowWhatChanges()
    {
        TopologyScene scene;
        TopologyView view(scene);
        view.resize(1600, 900);
        view.show();
        showAndWait(scene, sample::make());
        const auto look = [&](const sample::ObjectKey& key) {
            const QRectF card = scene.nodeItem(key)->sceneBoundingRect();
            const QRect rect = view.mapFromScene(card).boundingRect();
            const QImage drawn = view.viewport()->grab(rect).toImage();
            for (int again = 0; again < 2; ++again) { // it is kept, then copied
                const int off = farthest(view.viewport()->grab(rect).toImage(), drawn);
                if (off > 4)
                    QTest::qFail(qPrintable(QStringLiteral("a copy is %1 off").arg(off)), __FILE__, __LINE__);
            }
            return drawn;
        };
        const std::pair<const char*, std::function<void(sample::TopologyNode&)>> changes[] = {
            {"title", [](auto& node) { node.title = node.title == "shared" ? "shaped" : "shop"; }},
            {"subtitle", [](auto& node) { node.subtitle.back() = '2'; }},
            {"health", [](auto& node) { node.health = sample::Health::Unknown; }},
            {"port's health", [](auto& node) { node.ports[1].health = sample::Health::Bad; }},
            {"port", [](auto& node) { node.ports[1].localPort = 8444; }},
            {"URL", [](auto& node) { node.ports[0].url.back() = '1'; }},
            {"routes", [](auto& node) { node.ports[0].attachedRoutes = 3; }},
        };
        sample::Topology topology = sample::make();
        showAndWait(scene, topology);
        for (const auto& [what, change] : changes) {
            const QImage before = look(sample::sharedGateway);
            const CardGeometry geometry = scene.nodeItem(sample::sharedGateway)->geometry();
            change(topology.nodes[0]);
            showAndWait(scene, topology);
            QVERIFY2(scene.nodeItem(sample::sharedGateway)->geometry() == geometry, what);
            QVERIFY2(farthest(look(sample::sharedGateway), before) > 4, what);
        }
        QImage before = look(sample::shopRoute);
        const auto changed = [&] {
            const QImage now = look(sample::shopRoute);
            const QImage was = std::exchange(before, now);
            return now.size() != was.size() || farthest(was, now) > 4;
        };
        QVERIFY(!changed());
        scene.select(sample::shopRoute);
        QVERIFY(changed());
        scene.setTheme(Theme::darkTheme());
        QVERIFY(changed());
        RouteCoverage rules;
        rules.rules[0];
        auto coverage = std::make_shared<TestCoverage>();
        coverage->routes[sample::shopRoute] = rules;
        scene.setCoverage(coverage);
        QVERIFY(changed());
        CanvasLight light;
        light.path = {sample::shopRoute};
        scene.setLight(light);
        QVERIFY(changed());
        QVERIFY(!changed());
    }

    /// Texts hold what filter and focus leave, object by object, whatever is folded.
    void textsHoldWhatIsShown()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        scene.foldNamespace("team-a", true);
        QTRY_VERIFY(!scene.arranging());
        QTemporaryDir folder;
        const auto exported = [&](const char* name) {
            QFile file(folder.filePath(QLatin1String(name)));
            if (!exportScene(scene, file.fileName()).isEmpty() || !file.open(QIODevice::ReadOnly))
                return QByteArray();
            return file.readAll();
        };
        for (const char* name : {"t.dot", "t.mmd"}) {
            const QByteArray all = exported(name);
            for (const char* word : {"shop", "blog", "own", "dedicated"})
                QVERIFY2(all.contains(word), word);
        }
        scene.focusOn(sample::ownRoute);
        QTRY_VERIFY(!scene.arranging());
        for (const char* name : {"t.dot", "t.mmd"}) {
            const QByteArray some = exported(name);
            QVERIFY(some.contains("own") && some.contains("dedicated"));
            QVERIFY2(!some.contains("shop"), some.constData());
        }
    }

    void exportRefusesOtherEndings()
    {
        TopologyScene scene;
        showAndWait(scene, sample::make());
        QTemporaryDir folder;
        QVERIFY(!exportScene(scene, folder.filePath(QStringLiteral("t.bmp"))).isEmpty());
        QVERIFY(!exportScene(scene, QStringLiteral("/nowhere/at/all/t.png")).isEmpty());
    }
};

QTEST_MAIN(TstTopologyScene)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_topology_scene.moc"
