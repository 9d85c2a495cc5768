#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/admin/admin_endpoint.h"
#include "app/control/session.h"
#include "exposition.h"
#endif

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace gatehouse;

namespace {

constexpr const char* manifests = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: t}
spec:
  gatewayClassName: c
  listeners: [{name: http, protocol: HTTP, port: 8080}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: t}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: t}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: t}
stringData: {key: topsecret}
)";

std::shared_ptr<const control::State> state(bool live)
{
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 1024};
    auto state = control::deriveState(importer.importTexts({{"test.yaml", manifests}}), config);
    state->live = live;
    return state;
}

/// Keeps what it is given.
struct KeptReply final : engine::LocalReply {
    engine::LocalResponse response{0, {}, {}};
    void send(engine::LocalResponse whole) override { response = std::move(whole); }
    void begin(engine::LocalResponse head) override { response = std::move(head); }
    bool write(std::string piece) override
    {
        response.body += piece;
        return true;
    }
    [[nodiscard]] std::size_t unread() const override { return 0; }
    void end() override {}
    void onClosed(std::function<void()>) override {}
};

engine::LocalHandler handler(bool live = true)
{
    admin::Sources sources;
    sources.current = [live] { return state(live); };
    sources.stats = [] {
        engine::EngineStats stats;
        stats.requests = 12;
        stats.status2xx = 7;
        stats.status5xx = 4;
        stats.activeConnections = 3;
        stats.refusedConnections = 2;
        return stats;
    };
    sources.ruleStats = [] {
        engine::RuleStats one{"HTTPRoute/t/route", 0, {0, 0, 7, 0, 0, 4}, {6, 0, 0, 0, 0, 0, 0, 5}, 51'000'250, {}};
        one.flags = {{"UH", 3}, {"UT", 1}};
        engine::RuleStats odd{"HTTPRoute/t/a\"b\\c\nd", 2, {1}, {1}, 0, {}};
        return std::vector{one, odd};
    };
    sources.sessionStats = [] {
        engine::SessionStats one{"t/gw", "tcp", "TCPRoute/t/r", 1, 5, 2, 100, 200, {}};
        one.flags = {{"UC", 3}};
        engine::SessionStats none{"t/gw", "tls", "", -1, 4, 0, 0, 0, {}};
        none.flags = {{"NR", 4}};
        return std::vector{one, none};
    };
    sources.events = std::make_shared<admin::EventStream>([] { return std::uint64_t{0}; });
    return admin::handler(std::move(sources));
}

engine::LocalResponse ask(engine::LocalRequest request, bool live = true)
{
    const auto reply = std::make_shared<KeptReply>();
    handler(live)(std::move(request), reply);
    return reply->response;
}

engine::LocalRequest get(const std::string& target)
{
    engine::LocalRequest request;
    request.method = "GET";
    request.target = target;
    request.host = "127.0.0.1:9901";
    return request;
}

} // namespace

class TstAdminEndpoint : public QObject {
    Q_OBJECT

private slots:
    void statuses_data();
    void statuses();
    void guards_data();
    void guards();
    void readyOnlyWhileServing();
    void metricsAreExposition();
    void metricsByRule();
    void metricsBySession();
    void theCheckOfTheFormatFindsFaults_data();
    void theCheckOfTheFormatFindsFaults();
    void configHoldsNoSecret();
    void explains();
    void badExplainRequests_data();
    void badExplainRequests();
};

void TstAdminEndpoint::statuses_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("status");

    QTest::newRow("livez") << "GET"
                           << "/livez" << 200;
    QTest::newRow("readyz with a query") << "GET"
                                         << "/readyz?verbose" << 200;
    QTest::newRow("metrics") << "GET"
                             << "/metrics" << 200;
    QTest::newRow("config") << "GET"
                            << "/config" << 200;
    QTest::newRow("HEAD") << "HEAD"
                          << "/livez" << 200;
    QTest::newRow("events") << "GET"
                            << "/events" << 200;
    QTest::newRow("HEAD of events") << "HEAD"
                                    << "/events?x" << 200;
    QTest::newRow("POST of events") << "POST"
                                    << "/events" << 405;
    QTest::newRow("unknown") << "GET"
                             << "/secrets" << 404;
    QTest::newRow("nothing is changed by POST") << "POST"
                                                << "/config" << 405;
    QTest::newRow("explain needs POST") << "GET"
                                        << "/explain" << 405;
}

void TstAdminEndpoint::statuses()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(int, status);
    engine::LocalRequest request = get(target.toStdString());
    request.method = method.toStdString();
    QCOMPARE(int{ask(request).status}, status);
}

void TstAdminEndpoint::guards_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<int>("status");

    QTest::newRow("address") << "127.0.0.1:9901"
                             << "" << 200;
    QTest::newRow("localhost") << "localhost:9901"
                               << "" << 200;
    QTest::newRow("IPv6") << "[::1]:9901"
                          << "" << 200;
    QTest::newRow("own origin") << "127.0.0.1:9901"
                                << "http://127.0.0.1:9901" << 200;
    QTest::newRow("a name that was rebound to us") << "evil.example:9901"
                                                   << "" << 403;
    QTest::newRow("a name that starts like an address") << "127.0.0.1.evil.example"
                                                        << "" << 403;
    QTest::newRow("localhost as a label") << "localhost.evil.example"
                                          << "" << 403;
    QTest::newRow("no Host") << ""
                             << "" << 403;
    QTest::newRow("another origin") << "127.0.0.1:9901"
                                    << "http://evil.example" << 403;
    QTest::newRow("another port of ours") << "127.0.0.1:9901"
                                          << "http://127.0.0.1:3000" << 403;
    QTest::newRow("an opaque origin") << "127.0.0.1:9901"
                                      << "null" << 403;
}

void TstAdminEndpoint::guards()
{
    QFETCH(QString, host);
    QFETCH(QString, origin);
    QFETCH(int, status);
    for (const char* path : {"/config", "/events"}) {
        engine::LocalRequest request = get(path);
        request.host = host.toStdString();
        if (!origin.isEmpty())
            request.headers.emplace_back("origin", origin.toStdString());
        QCOMPARE(int{ask(request).status}, status);
    }
}

void TstAdminEndpoint::readyOnlyWhileServing()
{
    QCOMPARE(int{ask(get("/readyz")).status}, 200);
    QCOMPARE(int{ask(get("/readyz"), false).status}, 503);
    QCOMPARE(int{ask(get("/livez"), false).status}, 200);
}

void TstAdminEndpoint::metricsAreExposition()
{
    const auto response = ask(get("/metrics"));
    QVERIFY(response.contentType.starts_with("text/plain; version=0.0.4"));
    const QString text = QString::fromStdString(response.body);
    for (const char* line :
         {"gatehouse_requests_total{class=\"2xx\"} 7\n", "gatehouse_requests_total{class=\"5xx\"} 4\n",
          "gatehouse_requests_total{class=\"none\"} 1\n", "gatehouse_active_connections 3\n",
          "gatehouse_refused_connections_total 2\n", "gatehouse_listeners{programmed=\"true\"} 1\n",
          "gatehouse_routes 1\n", "# TYPE gatehouse_requests_total counter\n"})
        QVERIFY2(text.contains(line), line);
    QCOMPARE(test::expositionFault(response.body), std::string());
}

void TstAdminEndpoint::metricsByRule()
{
    const std::string text = ask(get("/metrics")).body;
    for (const char* line :
         {R"(gatehouse_route_requests_total{route="HTTPRoute/t/route",rule="0",class="2xx"} 7)",
          R"(gatehouse_route_requests_total{route="HTTPRoute/t/route",rule="0",class="5xx"} 4)",
          R"(gatehouse_route_requests_total{route="HTTPRoute/t/a\"b\\c\nd",rule="2",class="none"} 1)",
          R"(gatehouse_route_flags_total{route="HTTPRoute/t/route",rule="0",flag="UH"} 3)",
          R"(gatehouse_route_request_duration_seconds_bucket{route="HTTPRoute/t/route",rule="0",le="0.001"} 6)",
          R"(gatehouse_route_request_duration_seconds_bucket{route="HTTPRoute/t/route",rule="0",le="2.5"} 6)",
          R"(gatehouse_route_request_duration_seconds_bucket{route="HTTPRoute/t/route",rule="0",le="+Inf"} 11)",
          R"(gatehouse_route_request_duration_seconds_sum{route="HTTPRoute/t/route",rule="0"} 51.00025)",
          R"(gatehouse_route_request_duration_seconds_count{route="HTTPRoute/t/route",rule="0"} 11)"})
        QVERIFY2(text.find(std::string(line) + '\n') != std::string::npos, (line + ("\n" + text)).c_str());
}

void TstAdminEndpoint::metricsBySession()
{
    const std::string text = ask(get("/metrics")).body;
    const std::string taken = R"({gateway="t/gw",listener="tcp",route="TCPRoute/t/r",rule="1")",
                      refused = R"({gateway="t/gw",listener="tls",route="",rule="")";
    for (const std::string& line :
         {"gatehouse_route_sessions_total" + taken + "} 5", "gatehouse_route_sessions_total" + refused + "} 4",
          "gatehouse_route_active_sessions" + taken + "} 2",
          "gatehouse_route_session_bytes_total" + taken + ",direction=\"received\"} 100",
          "gatehouse_route_session_bytes_total" + taken + ",direction=\"sent\"} 200",
          "gatehouse_route_session_flags_total" + taken + ",flag=\"UC\"} 3",
          "gatehouse_route_session_flags_total" + refused + ",flag=\"NR\"} 4"})
        QVERIFY2(text.find(line + '\n') != std::string::npos, (line + "\n" + text).c_str());
}

void TstAdminEndpoint::theCheckOfTheFormatFindsFaults_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray head = "# HELP a_total h\n# TYPE a_total counter\n";
    QTest::newRow("no end of line") << head + "a_total 1";
    QTest::newRow("no family") << QByteArray("a_total 1\n");
    QTest::newRow("of another family") << head + "b_total 1\n";
    QTest::newRow("a counter's name") << QByteArray("# HELP a h\n# TYPE a counter\na 1\n");
    QTest::newRow("the same twice") << head + "a_total 1\na_total 2\n";
    QTest::newRow("a family twice") << head + "a_total 1\n" + head;
    QTest::newRow("a quote in a label") << head + "a_total{b=\"c\"d\"} 1\n";
    QTest::newRow("no number") << head + "a_total one\n";
    const QByteArray histogram = "# HELP h x\n# TYPE h histogram\n";
    QTest::newRow("a histogram without +Inf") << histogram + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n";
    QTest::newRow("buckets that shrink") << histogram +
                                                "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n";
    QTest::newRow("a count that differs") << histogram + "h_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n";
    QTest::newRow("no sum") << histogram + "h_bucket{le=\"+Inf\"} 1\nh_count 1\n";
}

void TstAdminEndpoint::theCheckOfTheFormatFindsFaults()
{
    QFETCH(QByteArray, text);
    QVERIFY(!test::expositionFault(text.toStdString()).empty());
}

void TstAdminEndpoint::configHoldsNoSecret()
{
    const auto response = ask(get("/config"));
    QVERIFY(response.body.find("topsecret") == std::string::npos);
    const QJsonObject root = QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
    QVERIFY(root.contains("topology"));
    QCOMPARE(root["tables"].toObject()["ports"].toArray().size(), 1);
    QCOMPARE(root["tables"].toObject()["clusters"].toArray()[0].toObject()["name"].toString(), QString("t/web:80"));
}

void TstAdminEndpoint::explains()
{
    engine::LocalRequest request = get("/explain");
    request.method = "POST";
    request.body = R"({"method": "POST", "url": "http://any.test:8080/x", "headers": {"x-a": "1"}})";
    const auto response = ask(request);
    QCOMPARE(int{response.status}, 200);
    const QJsonObject root = QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
    QCOMPARE(root["served"].toBool(), true);
    QCOMPARE(root["route"].toString(), QString("HTTPRoute/t/route"));
}

void TstAdminEndpoint::badExplainRequests_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("empty") << "";
    QTest::newRow("no JSON") << "{";
    QTest::newRow("a list") << "[]";
    QTest::newRow("unknown member") << R"({"url": "http://a/", "body": "x"})";
    QTest::newRow("number as URL") << R"({"url": 1})";
    QTest::newRow("header that is no string") << R"({"url": "http://a/", "headers": {"x": 1}})";
    QTest::newRow("no URL") << R"({"method": "GET"})";
    QTest::newRow("bad URL") << R"({"url": "ftp://a/"})";
}

void TstAdminEndpoint::badExplainRequests()
{
    QFETCH(QString, body);
    engine::LocalRequest request = get("/explain");
    request.method = "POST";
    request.body = body.toStdString();
    const auto response = ask(request);
    QCOMPARE(int{response.status}, 400);
    QVERIFY(!response.body.empty());
}

QTEST_APPLESS_MAIN(TstAdminEndpoint)
#include "tst_admin_endpoint.moc"
