#include "quiet.h"
#include "sample_topology.h"
#include "ui/document/object_names.h"
#include "ui/document/traffic_history.h"

using namespace gatehouse::ui;
using gatehouse::model::AccessEvent;
using gatehouse::model::Health;
using Kind = TrafficKey::Kind;

namespace {

AccessEvent request(std::uint16_t status = 200, std::uint64_t micros = 1'000, const char* backend = "team-a/shop:80")
{
    AccessEvent event;
    event.protocol = "HTTP/1.1";
    event.status = status;
    event.flags = "-";
    event.durationMicros = micros;
    event.gateway = "infra/shared";
    event.route = "HTTPRoute/team-a/shop";
    event.backend = backend;
    return event;
}

AccessEvent session(const char* flags)
{
    AccessEvent event;
    event.protocol = "TCP";
    event.flags = flags;
    event.durationMicros = 60'000'000;
    event.gateway = "infra/shared";
    return event;
}

TrafficTick tickOf(const std::vector<AccessEvent>& events, double seconds = 0.5, std::uint64_t unseen = 0)
{
    TrafficTally tally;
    tally.add(events);
    return tally.take(seconds, unseen);
}

const TrafficKey gateway{Kind::Gateway, sample::sharedGateway, {}};
const TrafficKey route{Kind::Route, sample::shopRoute, {}};
const TrafficKey backend{Kind::Backend, sample::shopService, {}};
const TrafficKey attachment{Kind::Attachment, sample::sharedGateway, sample::shopRoute};
const TrafficKey reference{Kind::Reference, sample::shopRoute, sample::shopService};

} // namespace

class TstTrafficHistory : public QuietTest {
    Q_OBJECT
private slots:
    void countsErrors_data()
    {
        QTest::addColumn<AccessEvent>("event");
        QTest::addColumn<int>("errors");
        QTest::newRow("200") << request(200) << 0;
        QTest::newRow("a client's fault") << request(404) << 0;
        QTest::newRow("503") << request(503) << 1;
        QTest::newRow("no answer") << request(0) << 1;
        AccessEvent grpc = request(200);
        grpc.grpcStatus = 5; // NOT_FOUND
        QTest::newRow("gRPC: a client's fault") << grpc << 0;
        grpc.grpcStatus = 14; // UNAVAILABLE
        QTest::newRow("gRPC: a server's fault") << grpc << 1;
        QTest::newRow("a session") << session("-") << 0;
        QTest::newRow("a session that failed") << session("UF") << 1;
    }

    void countsErrors()
    {
        QFETCH(AccessEvent, event);
        QFETCH(int, errors);
        TrafficCounts counts;
        counts.add(event);
        QCOMPARE(counts.total(), 1u);
        QCOMPARE(int(counts.errors), errors);
    }

    void percentilesAreNear_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<double>("exact"); ///< of 1 to 1000 ms
        QTest::newRow("half") << 0.5 << 500.0;
        QTest::newRow("95 %") << 0.95 << 950.0;
        QTest::newRow("99 %") << 0.99 << 990.0;
    }

    void percentilesAreNear()
    {
        QFETCH(double, share);
        QFETCH(double, exact);
        TrafficCounts counts;
        for (std::uint64_t millis = 1; millis <= 1'000; ++millis)
            counts.add(request(200, millis * 1'000));
        const double found = counts.percentileMs(share);
        QVERIFY2(found > exact * 0.8 && found < exact * 1.2, qPrintable(QString::number(found)));
        TrafficCounts slow;
        slow.add(request(200, 3'600'000'000)); // beyond all classes
        QVERIFY(slow.percentileMs(0.5) > 30'000);
        QCOMPARE(TrafficCounts().percentileMs(0.5), 0.0);
    }

    void everyPlaceOnTheWayIsCounted()
    {
        TrafficHistory history;
        history.add(tickOf({request(), request(500), request(200, 1'000, "team-b/own:80")}));
        const TrafficNow now = history.now();
        QCOMPARE(now.of({}).rate, 6.0);
        for (const TrafficKey& key : {gateway, route, attachment})
            QCOMPARE(now.of(key).rate, 6.0);
        for (const TrafficKey& key : {backend, reference})
            QCOMPARE(now.of(key).rate, 4.0);
        QCOMPARE(now.of(backend).errorShare, 0.5);
        QVERIFY(now.of({Kind::Backend, sample::blogService, {}}).idle());
    }

    void nowIsOfTheLastSeconds()
    {
        TrafficHistory history;
        history.add(tickOf({request(), request()}));
        QCOMPARE(history.now().of(gateway).rate, 4.0);
        for (std::size_t i = 1; i < TrafficHistory::nowTicks; ++i)
            history.add(tickOf({}));
        QCOMPARE(history.now().of(gateway).rate, 2 / (0.5 * double(TrafficHistory::nowTicks)));
        history.add(tickOf({}));
        QVERIFY2(history.now().of(gateway).idle(), "still when idle");
        QVERIFY(history.now().counts.empty());
        QVERIFY2(!history.curve(gateway).front().idle(), "the curve remembers it");
    }

    void theCurveIsBounded()
    {
        TrafficHistory history;
        history.add(tickOf({request()}, TrafficHistory::stepSeconds));
        QCOMPARE(history.curve(gateway).size(), 1u);
        for (std::size_t i = 0; i < TrafficHistory::steps + 20; ++i)
            history.add(tickOf({session("-")}, TrafficHistory::stepSeconds));
        const auto curve = history.curve(gateway);
        QCOMPARE(curve.size(), TrafficHistory::steps);
        for (const TrafficNumbers& step : curve) {
            QCOMPARE(step.rate, 1 / TrafficHistory::stepSeconds);
            QVERIFY2(!step.p50, "a session's length is no latency");
        }
        QVERIFY2(history.curve(route).back().idle() && history.curve(route).size() == TrafficHistory::steps,
                 "what was forgotten was silent");
    }

    void ticksOfHalfSecondsAddUpToSteps()
    {
        TrafficHistory history;
        for (int i = 0; i < 12; ++i) // two steps of three seconds
            history.add(tickOf({request()}));
        const auto curve = history.curve({});
        QCOMPARE(curve.size(), 2u);
        QCOMPARE(curve[0].rate, 2.0);
        QCOMPARE(curve[1].rate, 2.0);
    }

    void whatWasNotSeenIsCountedAll()
    {
        TrafficHistory history;
        history.add(tickOf({request(), request(), request(), request(500)}, 1, 396));
        const TrafficNow now = history.now();
        QCOMPARE(now.of({}).rate, 400.0);
        QCOMPARE(now.of(route).errorShare, 0.25);
        QVERIFY(now.sampled);
        QCOMPARE(history.unseen(), 396u);
    }

    void seriesAreBounded()
    {
        TrafficHistory history;
        TrafficTally tally;
        std::vector<AccessEvent> events;
        for (std::size_t i = 0; i < TrafficTally::mostWays + 500; ++i)
            events.push_back(request(200, 1'000, ("team-a/s" + std::to_string(i) + ":80").c_str()));
        tally.add(events);
        const TrafficTick tick = tally.take(1, 0);
        QCOMPARE(tick.ways.size(), TrafficTally::mostWays);
        QCOMPARE(tick.all.requests, events.size());
        history.add(tick);
        QCOMPARE(history.seriesCount(), TrafficHistory::mostSeries);
        QVERIFY(history.crowded());
        QCOMPARE(history.now().of({}).rate, double(events.size()));
        for (std::size_t i = 0; i < TrafficHistory::steps + 1; ++i)
            history.add(tickOf({}, TrafficHistory::stepSeconds));
        QCOMPARE(history.seriesCount(), 0u);
        QVERIFY(!history.crowded());
    }

    void wordsSayIt_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("errors");
        QTest::addColumn<double>("p95");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("verdict");
        QTest::newRow("idle") << 0.0 << 0.0 << -1.0 << "" << int(Health::Unknown);
        QTest::newRow("well") << 120.0 << 0.0 << 4.0 << "120/s \u00b7 p95 4.0 ms" << int(Health::Good);
        QTest::newRow("some errors") << 120.4 << 0.02 << 40.0 << "120/s \u00b7 2.0 % errors \u00b7 p95 40 ms"
                                     << int(Health::Warning);
        QTest::newRow("many errors") << 0.5 << 0.5 << 12.0 << "0.5/s \u00b7 50 % errors \u00b7 p95 12 ms"
                                     << int(Health::Bad);
        QTest::newRow("very few errors") << 9'000.0 << 0.0001 << 1.0 << "9,000/s \u00b7 <0.1 % errors \u00b7 p95 1.0 ms"
                                         << int(Health::Good);
        QTest::newRow("sessions") << 3.0 << 0.0 << -1.0 << "3.0/s" << int(Health::Good);
    }

    void wordsSayIt()
    {
        QFETCH(double, rate);
        QFETCH(double, errors);
        QFETCH(double, p95);
        QLocale::setDefault(QLocale(QLocale::English));
        TrafficNumbers numbers;
        numbers.rate = rate;
        numbers.errorShare = errors;
        if (p95 >= 0)
            numbers.p95 = p95;
        QTEST(trafficText(numbers), "text");
        QTEST(int(verdict(numbers)), "verdict");
    }

    void namesAreKeys_data()
    {
        QTest::addColumn<QString>("gateway");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("backend");
        QTest::addColumn<bool>("are");
        QTest::newRow("names") << "infra/shared"
                               << "HTTPRoute/team-a/shop"
                               << "team-a/shop:80" << true;
        QTest::newRow("none") << ""
                              << ""
                              << "" << false;
        QTest::newRow("halves") << "infra"
                                << "HTTPRoute/team-a"
                                << "team-a/shop" << false;
    }

    void namesAreKeys()
    {
        QFETCH(QString, gateway);
        QFETCH(QString, route);
        QFETCH(QString, backend);
        QFETCH(bool, are);
        QCOMPARE(gatewayKey(gateway.toStdString()) == sample::sharedGateway, are);
        QCOMPARE(routeKey(route.toStdString()) == sample::shopRoute, are);
        QCOMPARE(serviceKey(backend.toStdString()) == sample::shopService, are);
    }
};

QTEST_GUILESS_MAIN(TstTrafficHistory)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_traffic_history.moc"
