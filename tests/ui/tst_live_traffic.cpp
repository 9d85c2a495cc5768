#include <QAction>
#include <QComboBox>
#include <QSignalSpy>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/traffic_charts.h"
#include "ui/docks/traffic_dock.h"
#include "ui/main_window.h"
#include "ui/topology/canvas_traffic.h"
#include "ui/topology/edge_traffic.h"
#include "ui/topology/topology_panel.h"

using namespace gatehouse::ui;
using gatehouse::model::AccessEvent;
using gatehouse::model::EdgeKind;

namespace {

TrafficTick shopTraffic(std::size_t requests, std::uint16_t status = 200)
{
    AccessEvent event;
    event.protocol = "HTTP/1.1";
    event.status = status;
    event.flags = "-";
    event.durationMicros = 4'000;
    event.gateway = "infra/shared";
    event.listener = "http";
    event.route = "HTTPRoute/team-a/shop";
    event.backend = "team-a/shop:80";
    TrafficTally tally;
    tally.add(std::vector<AccessEvent>(requests, event));
    return tally.take(0.5, 0);
}

const EdgeKey attachment{EdgeKind::Attachment, sample::sharedGateway, sample::shopRoute, 0};
const EdgeKey reference{EdgeKind::Backend, sample::shopRoute, sample::shopService, 0};
const EdgeKey quiet{EdgeKind::Attachment, sample::dedicatedGateway, sample::ownRoute, 0};

} // namespace

class TstLiveTraffic : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void edgesAndCardsSayIt()
    {
        MainWindow window(nullptr);
        open(window);
        TopologyScene& scene = window.canvas().scene();
        QVERIFY(!scene.edgeItem(attachment)->traffic());
        window.traffic().addTick(shopTraffic(60, 503));
        for (const EdgeKey& key : {attachment, reference}) {
            QVERIFY(scene.edgeItem(key)->traffic());
            QVERIFY2(scene.edgeItem(key)->traffic()->text().startsWith(QStringLiteral("120/s \u00b7 100 % errors")),
                     qPrintable(scene.edgeItem(key)->traffic()->text()));
        }
        QVERIFY(!scene.edgeItem(quiet)->traffic());
        for (const auto& key : {sample::sharedGateway, sample::shopRoute, sample::shopService})
            QVERIFY(scene.nodeItem(key)->trafficText().startsWith(QStringLiteral("120/s")));
        QVERIFY(scene.nodeItem(sample::ownRoute)->trafficText().isEmpty());
        const NodeItem& gateway = *scene.nodeItem(sample::sharedGateway);
        QCOMPARE(gateway.listenerTraffic().size(), gateway.node().ports.size());
        for (std::size_t port = 0; port < gateway.node().ports.size(); ++port) {
            const bool busy = gateway.node().ports[port].name == "http";
            QCOMPARE(gateway.listenerTraffic()[port].rate, busy ? 120.0 : 0.0);
        }
        QVERIFY(scene.nodeItem(sample::shopRoute)->listenerTraffic().empty());

        // A reload keeps it, and what stands for the objects says it, too.
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        QVERIFY(scene.edgeItem(attachment)->traffic());
        scene.foldNamespace("team-a", true);
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(scene.nodeItem(namespaceKey("team-a"))->trafficText().startsWith(QStringLiteral("120/s")));
        const auto edges = scene.edgeItems();
        QCOMPARE(std::count_if(edges.begin(), edges.end(), [](const EdgeItem* edge) { return edge->traffic(); }), 1);
    }

    void nothingMovesWhenIdle()
    {
        MainWindow window(nullptr);
        open(window);
        TopologyScene& scene = window.canvas().scene();
        scene.setMotion(true);
        QVERIFY(!scene.trafficMoves());
        window.traffic().addTick(shopTraffic(10));
        QVERIFY(scene.trafficMoves());
        window.action(QStringLiteral("reduce-motion"))->setChecked(true);
        QVERIFY2(!scene.trafficMoves() && scene.edgeItem(attachment)->traffic(), "still, but there");
        window.action(QStringLiteral("reduce-motion"))->setChecked(false);
        QVERIFY(scene.trafficMoves());
        for (std::size_t i = 0; i < TrafficHistory::nowTicks; ++i)
            window.traffic().addTick(shopTraffic(0));
        QVERIFY(!scene.trafficMoves());
        QVERIFY(!scene.edgeItem(attachment)->traffic());
    }

    void pointsMove()
    {
        MainWindow window(nullptr);
        open(window);
        TopologyScene& scene = window.canvas().scene();
        scene.setMotion(true);
        window.traffic().addTick(shopTraffic(10));
        const double before = scene.style().trafficPhase;
        QTRY_VERIFY(scene.style().trafficPhase != before);
    }

    void anActionHidesIt()
    {
        MainWindow window(nullptr);
        open(window);
        TopologyScene& scene = window.canvas().scene();
        window.traffic().addTick(shopTraffic(10));
        QAction* action = window.action(QStringLiteral("traffic"));
        QVERIFY(action->isChecked());
        action->trigger();
        QVERIFY(!scene.edgeItem(attachment)->traffic());
        QVERIFY(scene.nodeItem(sample::shopRoute)->trafficText().isEmpty());
        action->trigger();
        QVERIFY(scene.edgeItem(attachment)->traffic());
    }

    void chartsAndInspectorFollowTheSelection()
    {
        MainWindow window(nullptr);
        open(window);
        auto* inspector = window.findChild<InspectorDock*>();
        QVERIFY(inspector);
        TrafficDock& dock = window.traffic();
        dock.addTick(shopTraffic(60));
        QCOMPARE(dock.charts().of(), QStringLiteral("All traffic"));
        QCOMPARE(dock.charts().captions().first(), QStringLiteral("Rate 120/s"));
        QVERIFY(inspector->liveText().isEmpty());
        QVERIFY(window.selectByText(QStringLiteral("team-a/HTTPRoute/shop")));
        QCOMPARE(dock.charts().of(), QStringLiteral("HTTPRoute team-a/shop"));
        QCOMPARE(dock.charts().curve().size(), 1u);
        QVERIFY(inspector->liveText().startsWith(QStringLiteral("120/s")));
        QVERIFY(window.selectByText(QStringLiteral("team-b/HTTPRoute/own")));
        QVERIFY(inspector->liveText().isEmpty());
        QVERIFY(dock.charts().curve().front().idle());
        QVERIFY(dock.charts().accessibleDescription().contains(QStringLiteral("HTTPRoute team-b/own")));
    }

    void chartsShowAPartOfTheSelection()
    {
        MainWindow window(nullptr);
        open(window);
        TrafficDock& dock = window.traffic();
        dock.addTick(shopTraffic(60));
        const auto parts = [&] {
            QStringList texts;
            for (int i = 0; i < dock.partBox()->count(); ++i)
                texts << dock.partBox()->itemText(i);
            return texts;
        };
        QVERIFY2(dock.partBox()->isHidden(), "nothing is selected");
        QVERIFY(window.selectByText(QStringLiteral("infra/Gateway/shared")));
        QCOMPARE(parts(), (QStringList{"Gateway infra/shared", "http", "https"}));
        QVERIFY(!dock.partBox()->isHidden());
        dock.partBox()->setFocus();
        QTest::keyClick(dock.partBox(), Qt::Key_Down);
        QCOMPARE(dock.charts().of(), QStringLiteral("Gateway infra/shared \u00b7 http"));
        QVERIFY(!dock.charts().curve().front().idle());
        QTest::keyClick(dock.partBox(), Qt::Key_Down);
        QVERIFY2(dock.charts().curve().front().idle(), "all of it came in by http");
        ViewState again;
        again.topology = sample::share(sample::make());
        window.setState(again);
        QCOMPARE(dock.charts().of(), QStringLiteral("Gateway infra/shared \u00b7 https"));
        QVERIFY(window.selectByText(QStringLiteral("team-a/HTTPRoute/shop")));
        QCOMPARE(parts(), (QStringList{"HTTPRoute team-a/shop", "through infra/shared", "to team-a/shop"}));
        for (int part = 0; part < 3; ++part) {
            dock.partBox()->setCurrentIndex(part);
            QVERIFY2(!dock.charts().curve().front().idle(), qPrintable(dock.partBox()->currentText()));
        }
        QVERIFY(window.selectByText(QStringLiteral("team-a/Service/shop")));
        QCOMPARE(parts(), (QStringList{"Service team-a/shop", "from team-a/shop"}));
    }

    void aStoppedEngineHasNoTraffic()
    {
        MainWindow window(nullptr);
        open(window);
        window.setEngineState(EngineState::Running);
        window.traffic().addTick(shopTraffic(60));
        QVERIFY(window.canvas().scene().edgeItem(attachment)->traffic());
        window.setEngineState(EngineState::Stopping);
        QVERIFY(!window.canvas().scene().edgeItem(attachment)->traffic());
        QVERIFY2(!window.traffic().charts().curve().front().idle(), "the charts keep what was");
    }

    void chartsArePainted()
    {
        TrafficCharts charts;
        charts.resize(260, 180);
        const QImage empty = charts.grab().toImage();
        TrafficHistory history;
        for (int i = 0; i < 60; ++i)
            history.add(shopTraffic(std::size_t(10 + i % 7 * 9), i % 5 ? 200 : 503));
        charts.setCurve({}, history.curve({}), history.now().of({}));
        QVERIFY(charts.grab().toImage() != empty);
    }

private:
    static void open(MainWindow& window)
    {
        window.show();
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        QTRY_VERIFY(!window.canvas().scene().arranging());
    }
};

QTEST_MAIN(TstLiveTraffic)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_live_traffic.moc"
