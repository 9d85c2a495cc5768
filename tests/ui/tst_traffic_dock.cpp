#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/traffic_dock.h"
#include "ui/document/traffic_words.h"
#include "ui/icons.h"

using namespace gatehouse::ui;
using gatehouse::model::AccessEvent;
using gatehouse::model::Health;

namespace {

AccessEvent request(const std::string& path, std::uint16_t status)
{
    AccessEvent event;
    event.method = "GET";
    event.protocol = "HTTP/1.1";
    event.authority = "shop.example.com";
    event.path = path;
    event.status = status;
    event.flags = "-";
    event.gateway = "infra/shared";
    event.listener = "http";
    event.route = "HTTPRoute/team-a/shop";
    event.rule = 1;
    event.backend = "team-a/shop:80";
    return event;
}

AccessEvent session(const std::string& protocol, const std::string& serverName, const std::string& flags = "-")
{
    AccessEvent event;
    event.protocol = protocol;
    event.serverName = serverName;
    event.clientAddress = "127.0.0.1:40000";
    event.flags = flags;
    event.gateway = "infra/shared";
    event.listener = "https";
    event.bytesReceived = 1200;
    event.bytesSent = 3'400'000;
    return event;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TstTrafficDock : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void sessionsHaveNoMethod_data()
    {
        QTest::addColumn<AccessEvent>("event");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<int>("verdict");
        const int good = int(Health::Good), warning = int(Health::Warning), bad = int(Health::Bad);
        QTest::newRow("a request") << request("/cart", 200) << "GET"
                                   << "shop.example.com/cart"
                                   << "200" << good;
        QTest::newRow("a client's fault") << request("/", 404) << "GET"
                                          << "shop.example.com/"
                                          << "404" << warning;
        QTest::newRow("no answer") << request("/", 0) << "GET"
                                   << "shop.example.com/"
                                   << "no answer" << bad;
        QTest::newRow("TLS by name") << session("TLS", "app.example.com") << "TLS"
                                     << "app.example.com"
                                     << "closed" << good;
        QTest::newRow("TCP") << session("TCP", "") << "TCP"
                             << "from 127.0.0.1:40000"
                             << "closed" << good;
        QTest::newRow("UDP") << session("UDP", "") << "UDP"
                             << "from 127.0.0.1:40000"
                             << "closed" << good;
        QTest::newRow("a session that failed") << session("TCP", "", "UF") << "TCP"
                                               << "from 127.0.0.1:40000"
                                               << "the backend could not be reached" << bad;
        AccessEvent grpc = request("/a.B/C", 200);
        grpc.grpcStatus = 5;
        QTest::newRow("a gRPC call that failed") << grpc << "GET"
                                                 << "shop.example.com/a.B/C"
                                                 << "200, gRPC 5" << warning;
    }

    void sessionsHaveNoMethod()
    {
        QFETCH(AccessEvent, event);
        TrafficModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append({event});
        QTEST(cell(model, 0, TrafficModel::MethodColumn), "method");
        QTEST(cell(model, 0, TrafficModel::UrlColumn), "what");
        QTEST(cell(model, 0, TrafficModel::StatusColumn), "outcome");
        QTEST(int(verdict(event)), "verdict");
    }

    void explainedAsTheSameRequest_data()
    {
        QTest::addColumn<AccessEvent>("event");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("headers");
        QTest::newRow("by the listener's local port")
            << request("/cart?a=1", 200) << "GET http://shop.example.com:8080/cart?a=1"
            << "Host: shop.example.com";
        AccessEvent withPort = request("/", 200);
        withPort.authority = "shop.example.com:8080";
        QTest::newRow("the port is said already") << withPort << "GET http://shop.example.com:8080/"
                                                  << "";
        AccessEvent secure = request("/", 200);
        secure.listener = "https", secure.tlsVersion = "TLSv1.3";
        QTest::newRow("TLS is https") << secure << "GET https://shop.example.com:8443/"
                                      << "Host: shop.example.com";
        AccessEvent gone = request("/", 200);
        gone.listener = "gone";
        QTest::newRow("a listener that is gone") << gone << "GET http://shop.example.com/"
                                                 << "";
        AccessEvent grpc = request("/a.B/C", 200);
        grpc.grpcStatus = 0, grpc.authority = "g:8080";
        QTest::newRow("gRPC") << grpc << "GET http://g:8080/a.B/C"
                              << "content-type: application/grpc";
        QTest::newRow("TLS session") << session("TLS", "app.example.com") << "tls app.example.com:8443"
                                     << "";
        QTest::newRow("TCP session") << session("TCP", "") << "tcp :8443"
                                     << "";
    }

    void explainedAsTheSameRequest()
    {
        QFETCH(AccessEvent, event);
        const ProbeRequest asked = requestOf(event, sample::make());
        QTEST(probeText(asked), "asked");
        QTEST(headersText(asked), "headers");
        QCOMPARE(asked.gateway, QStringLiteral("infra/shared"));
    }

    void pickedRequestIsExplained()
    {
        TrafficDock dock;
        dock.resize(1200, 300);
        dock.setTheme(Theme::light());
        dock.show();
        dock.setTopology(sample::share(sample::make()));
        dock.append({request("/one", 200), request("/two", 503)});
        QSignalSpy questions(&dock, &TrafficDock::explainRequested);
        QSignalSpy picked(&dock, &TrafficDock::picked);
        const QRect first = dock.table()->visualRect(dock.table()->model()->index(0, TrafficModel::TimeColumn));
        QTest::mouseClick(dock.table()->viewport(), Qt::LeftButton, {}, first.center());
        QCOMPARE(picked.size(), 1);
        QCOMPARE(questions.size(), 1);
        const auto question = questions[0][0].value<ProbeQuestion>();
        QVERIFY(question.asker == ProbeQuestion::Asker::Traffic);
        QVERIFY2(question.request.target.endsWith(QStringLiteral("/two")), "the newest stands first");
        QVERIFY(dock.factsText().contains(QStringLiteral("503")));
        QVERIFY(dock.factsText().contains(QStringLiteral("HTTPRoute/team-a/shop, rule 1")));
        ProbeResult result;
        result.served = true;
        result.summary = QStringLiteral("as it was");
        dock.setExplanation(question.number, result);
        QCOMPARE(dock.explanation().rowCount(), 1);

        // What arrives does not take the request at hand away; the next one by keyboard is another question.
        dock.append({request("/three", 200)});
        QVERIFY(dock.factsText().contains(QStringLiteral("/two")));
        QTest::keyClick(dock.table(), Qt::Key_Down);
        QCOMPARE(questions.size(), 2);
        QCOMPARE(dock.explanation().rowCount(), 0);
        dock.setExplanation(question.number, result); // too late
        QCOMPARE(dock.explanation().rowCount(), 0);
    }

    void filterLooksAtEveryColumn()
    {
        TrafficDock dock;
        dock.show();
        dock.append({request("/cart", 200), request("/checkout", 500), session("TCP", "")});
        QCOMPARE(dock.countText(), QStringLiteral("3 shown"));
        QTest::keyClicks(dock.filterLine(), QStringLiteral("500"));
        QCOMPARE(dock.table()->model()->rowCount(), 1);
        QCOMPARE(dock.countText(), QStringLiteral("1 of 3 shown"));
        dock.filterLine()->clear();
        QTest::keyClicks(dock.filterLine(), QStringLiteral("tcp"));
        QCOMPARE(dock.table()->model()->rowCount(), 1);
    }

    void forgottenOnesAreCounted()
    {
        TrafficDock dock;
        dock.append(std::vector<AccessEvent>(TrafficModel::capacity + 12, request("/", 200)));
        QVERIFY(dock.countText().contains(QStringLiteral("12 older ones forgotten")));
        QVERIFY(!dock.countText().contains(QStringLiteral("sampled")));
        dock.append({request("/", 200)}, 77);
        QVERIFY(dock.countText().contains(QStringLiteral("sampled: 77 counted but not shown")));
    }

    void clearingForgetsListAndCharts()
    {
        TrafficDock dock;
        dock.show();
        QVERIFY(!dock.clearButton()->isEnabled());
        dock.append({request("/a", 200), request("/b", 200)}, 7);
        TrafficTick tick;
        tick.seconds = 1;
        tick.all.requests = 2;
        dock.addTick(tick);
        QVERIFY(dock.countText().contains(QLatin1Char('7')));
        QVERIFY(!dock.history().curve(TrafficKey()).empty());
        QSignalSpy changed(&dock, &TrafficDock::trafficChanged);
        QTest::mouseClick(dock.clearButton(), Qt::LeftButton);
        QCOMPARE(dock.model().rowCount(), 0);
        QVERIFY(dock.countText().isEmpty() && dock.history().seriesCount() == 0);
        QCOMPARE(changed.size(), 1);
        dock.append({request("/c", 200)}, 9); // the count goes on since the engine began
        QVERIFY2(dock.countText().contains(QLatin1Char('2')) && !dock.countText().contains(QLatin1Char('9')),
                 qPrintable(dock.countText()));
    }
};

QTEST_MAIN(TstTrafficDock)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_traffic_dock.moc"
