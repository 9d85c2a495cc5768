#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/explain_text.h"
#include "engine/routing/explain_value.h"

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

class TstExplainStream : public QObject {
    Q_OBJECT
private slots:
    void tls_data();
    void tls();
    void tcp_data();
    void tcp();
    void shares();
    void allWeightsZero();
    void movedPortsAndGateways();
    void httpsOnAMixedPort();
    void valueAndText();
};

namespace {

std::string reasonOf(const Explanation& explanation, const std::string& route)
{
    for (const Loser& loser : explanation.losers)
        if (loser.routeName == route)
            return loser.reason;
    for (const Outsider& outsider : explanation.outsiders)
        if (outsider.routeName == route)
            return "outsider: " + outsider.reason;
    for (const RefusedListener& listener : explanation.listeners)
        if (listener.listenerName == route)
            return listener.reason;
    return {};
}

StreamQuestion tlsTo(const std::string& name, std::uint16_t port = 443)
{
    return {Carrier::Tls, name, {}, port, {}};
}

/// TLS listeners of both modes, HTTPS, TCP and UDP, with routes that win and lose.
void fill(World& world)
{
    world.service("a/echo");
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "pass", TlsMode::Passthrough, 443, "*.test");
    world.certificate(World::tlsListener(gateway, "term", TlsMode::Terminate, 443, "*.term.test"), "a/cert");
    World::listener(gateway, "db", 5432, {}, Protocol::TCP);
    World::listener(gateway, "dns", 53, {}, Protocol::UDP);
    const auto tls = [&](const char* name, const char* parent, const std::vector<std::string>& hostnames) {
        world.streamRoute(RouteKind::TLSRoute, name, parent, {backend("echo")}, hostnames);
    };
    tls("a/exact", "a/gw/pass", {"x.y.test"});
    tls("a/exact2", "a/gw/pass", {"x.y.test"});
    tls("a/wild", "a/gw/pass", {"*.y.test"});
    tls("a/other", "a/gw/pass", {"other.test"});
    tls("a/term", "a/gw/term", {"one.term.test"});
    tls("a/refused", "a/gw/term", {"x.y.test"});
    world.streamRoute(RouteKind::TCPRoute, "a/rest", "a/gw/term", {backend("echo")});
    world.streamRoute(RouteKind::TCPRoute, "a/db", "a/gw/db", {backend("echo")});
    world.streamRoute(RouteKind::TCPRoute, "a/db2", "a/gw/db", {backend("echo")});
    world.streamRoute(RouteKind::UDPRoute, "a/dns", "a/gw/dns", {backend("gone")});
}

} // namespace

void TstExplainStream::tls_data()
{
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("route");
    QTest::addColumn<QString>("summary");
    QTest::addColumn<QString>("loser");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* claim, const char* name, const char* route, const char* summary, const char* loser,
                        const char* reason) { QTest::newRow(claim) << name << route << summary << loser << reason; };
    row("a less specific hostname loses", "x.y.test", "TLSRoute/a/exact",
        "TLSRoute/a/exact takes it to a/echo:80 (built-in echo), TLS untouched", "TLSRoute/a/wild",
        "lost to the more specific hostname x.y.test (this one serves *.y.test)");
    row("of two with one hostname one loses by name", "x.y.test", "TLSRoute/a/exact", "takes it", "TLSRoute/a/exact2",
        "lost to route TLSRoute/a/exact, which is as old and comes first by namespace/name");
    row("another hostname", "X.y.Test", "TLSRoute/a/exact", "takes it", "TLSRoute/a/other",
        "server name X.y.Test is not covered by hostname other.test");
    row("a listener of another hostname", "x.y.test", "TLSRoute/a/exact", "takes it", "term",
        "server name x.y.test is not covered by hostname *.term.test");
    row("a less specific listener", "one.term.test", "TLSRoute/a/term", "; TLS ends at the listener", "pass",
        "hostname *.test is less specific than *.term.test of listener term");
    row("a TCPRoute behind a TLSRoute", "one.term.test", "TLSRoute/a/term", "takes it", "TCPRoute/a/rest",
        "server name one.term.test is taken by TLSRoute/a/term; a TCPRoute has what is left");
    row("a TCPRoute has what is left", "two.term.test", "TCPRoute/a/rest", "takes it", "TLSRoute/a/term",
        "server name two.term.test is not covered by hostname one.term.test");
    row("a route that is not attached", "x.y.test", "TLSRoute/a/exact", "takes it", "TLSRoute/a/refused",
        "outsider: NoMatchingListenerHostname: ");
    row("a route of another listener", "x.y.test", "TLSRoute/a/exact", "takes it", "TLSRoute/a/term",
        "outsider: attached to listener term of Gateway a/gw; the connection belongs to listener pass alone");
    row("no route", "free.test", "",
        "the connection is closed without a TLS alert: no route attached to listener a/gw/pass takes a connection with "
        "server "
        "name "
        "free.test",
        "TLSRoute/a/wild", "server name free.test is not covered by hostname *.y.test");
    row("no listener", "x.example", "",
        "the connection is closed without a TLS alert: no listener takes a connection with server name x.example",
        "pass", "server name x.example is not covered by hostname *.test");
    row("no server name", "", "",
        "the connection is closed without a TLS alert: no listener takes a connection with no server name", "pass",
        "no server name is not covered by hostname *.test");
}

void TstExplainStream::tls()
{
    QFETCH(QString, serverName);
    QFETCH(QString, route);
    QFETCH(QString, summary);
    QFETCH(QString, loser);
    QFETCH(QString, reason);
    World world;
    fill(world);
    const Explanation explanation = explain(*world.compile(), tlsTo(serverName.toStdString()));
    QCOMPARE(explanation.routeName, route.toStdString());
    QCOMPARE(explanation.served, !route.isEmpty());
    QCOMPARE(explanation.refused, route.isEmpty());
    QVERIFY2(explanation.summary.find(summary.toStdString()) != std::string::npos, explanation.summary.c_str());
    const std::string why = reasonOf(explanation, loser.toStdString());
    QVERIFY2(why.starts_with(reason.toStdString()), why.c_str());
}

void TstExplainStream::tcp_data()
{
    QTest::addColumn<bool>("udp");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("summary");
    QTest::addColumn<QString>("loser");
    QTest::addColumn<QString>("reason");
    QTest::newRow("the younger route") << false << 5432 << "TCPRoute/a/db takes it to a/echo:80 (built-in echo)"
                                       << "TCPRoute/a/db2"
                                       << "lost to route TCPRoute/a/db, which is as old and comes first";
    QTest::newRow("an invalid backend") << true << 53
                                        << "UDPRoute/a/dns takes it, but its datagrams are dropped: BackendNotFound"
                                        << "TCPRoute/a/db"
                                        << "outsider: attached to listener db of Gateway a/gw; the session belongs to "
                                           "listener dns alone";
    QTest::newRow("no such port") << false << 1 << "nothing listens for TCP port 1"
                                  << ""
                                  << "";
    QTest::newRow("another protocol") << false << 53 << "nothing listens for TCP port 53"
                                      << "dns"
                                      << "takes datagrams: see explain --udp";
    QTest::newRow("a port of TLS") << false << 443 << "nothing listens for TCP port 443"
                                   << "pass"
                                   << "passes TLS on without reading requests: see explain --tls";
}

void TstExplainStream::tcp()
{
    QFETCH(bool, udp);
    QFETCH(int, port);
    QFETCH(QString, summary);
    QFETCH(QString, loser);
    QFETCH(QString, reason);
    World world;
    fill(world);
    StreamQuestion question{udp ? Carrier::Udp : Carrier::Tcp, {}, {}, static_cast<std::uint16_t>(port), {}};
    const Explanation explanation = explain(*world.compile(), question);
    QVERIFY2(explanation.summary.starts_with(summary.toStdString()), explanation.summary.c_str());
    const std::string why = reasonOf(explanation, loser.toStdString());
    QVERIFY2(why.starts_with(reason.toStdString()), why.c_str());
}

void TstExplainStream::shares()
{
    World world;
    World::listener(world.gateway("a/gw"), "l", 9000, {}, Protocol::TCP);
    world.service("a/one");
    world.streamRoute(RouteKind::TCPRoute, "a/r", "a/gw", {backend("one", 3), backend("gone", 1), backend("one", 0)});
    routing::CompileOptions options;
    options.backends["a/one:80"] = {"127.0.0.1", 9999};
    const Explanation explanation = explain(*world.compile(options), {Carrier::Tcp, {}, "127.0.0.1", 9000, "a/gw"});
    QVERIFY(explanation.served && !explanation.refused); // three of four get through
    QCOMPARE(explanation.backends.size(), std::size_t(3));
    QCOMPARE(explanation.backends[0].share, 0.75);
    QCOMPARE(explanation.backends[0].target, std::string("127.0.0.1:9999"));
    QCOMPARE(explanation.backends[1].backend, std::string("a/gone:80"));
    QVERIFY(explanation.backends[1].target.starts_with("closed: BackendNotFound"));
    QCOMPARE(explanation.backends[2].share, 0.0);
}

void TstExplainStream::allWeightsZero()
{
    World world;
    World::listener(world.gateway("a/gw"), "l", 9000, {}, Protocol::TCP);
    world.service("a/one");
    world.streamRoute(RouteKind::TCPRoute, "a/r", "a/gw", {backend("one", 0)});
    const Explanation explanation = explain(*world.compile(), {Carrier::Tcp, {}, {}, 9000, {}});
    QVERIFY(explanation.refused);
    QCOMPARE(explanation.summary,
             std::string("TCPRoute/a/r takes it, but the connection is closed: all its backendRefs have weight 0"));
}

void TstExplainStream::movedPortsAndGateways()
{
    World world;
    world.service("a/echo");
    for (const char* name : {"a/one", "a/two"}) {
        World::listener(world.gateway(name), "l", 53, {}, Protocol::TCP);
        world.streamRoute(RouteKind::TCPRoute, name, name, {backend("echo")});
    }
    const auto graph = world.graph();
    std::vector<Diagnostic> problems;
    const auto snapshot = compile(graph, planBinds(*graph, {}, {true, 1024}), {}, problems);
    const auto ask = [&](const char* address, std::uint16_t port, const char* gateway) {
        return explain(*snapshot, {Carrier::Tcp, {}, address, port, gateway}).routeName;
    };
    QCOMPARE(ask("", 53, ""), std::string("TCPRoute/a/one"));
    QCOMPARE(ask("", 8053, ""), std::string("TCPRoute/a/one"));
    QCOMPARE(ask("127.0.0.2", 8053, ""), std::string("TCPRoute/a/two"));
    QCOMPARE(ask("", 53, "a/two"), std::string("TCPRoute/a/two"));
    const Explanation other = explain(*snapshot, {Carrier::Tcp, {}, {}, 53, {}});
    QCOMPARE(reasonOf(other, "l"), std::string("listens on 127.0.0.2:8053, not on 127.0.0.1:8053"));
}

void TstExplainStream::httpsOnAMixedPort()
{
    World world;
    fill(world);
    Gateway& gateway = const_cast<Gateway&>(*world.set().gateways.begin()->second);
    world.certificate(World::listener(gateway, "web", 443, "web.test", Protocol::HTTPS), "a/cert");
    world.rule(world.route("a/http", "a/gw/web"), {prefix("/")});
    const auto snapshot = world.compile();
    const Explanation connection = explain(*snapshot, tlsTo("web.test"));
    QVERIFY(!connection.refused && !connection.served);
    QVERIFY2(connection.summary.starts_with("the connection (server name web.test) is HTTPS listener web's"),
             connection.summary.c_str());

    ExplainRequest request;
    request.scheme = "https";
    request.authority = "web.test";
    QCOMPARE(explain(*snapshot, request).routeName, std::string("HTTPRoute/a/http"));
    QCOMPARE(reasonOf(explain(*snapshot, request), "pass"),
             std::string("passes TLS on without reading requests: see explain --tls"));
    request.authority = "x.y.test";
    QVERIFY2(explain(*snapshot, request).summary.starts_with("no request: the connection"),
             explain(*snapshot, request).summary.c_str());
}

void TstExplainStream::valueAndText()
{
    World world;
    fill(world);
    const auto snapshot = world.compile();
    const Explanation explanation = explain(*snapshot, StreamQuestion{Carrier::Tcp, {}, {}, 5432, {}});
    const std::string words = toText(explanation);
    QVERIFY2(words.starts_with("TCPRoute/a/db takes it to a/echo:80 (built-in echo)\n"
                               "  endpoint  127.0.0.1:5432\n"
                               "  gateway   a/gw\n"
                               "  listener  db\n"
                               "  route     TCPRoute/a/db  (a/db.yaml)\n"
                               "  rule      rules[0]\n"
                               "  backend   a/echo:80  100 %  built-in echo\n"),
             words.c_str());
    QVERIFY2(words.find("  TCPRoute/a/db2 rules[0]: lost to route TCPRoute/a/db") != std::string::npos, words.c_str());
    const Value value = toValue(explanation);
    QCOMPARE(*value.find("protocol")->asString(), std::string("TCP"));
    QCOMPARE(value.find("refused")->asBool().value_or(true), false);
    QVERIFY(!value.find("match") && !value.find("status"));
}

QTEST_APPLESS_MAIN(TstExplainStream)
#include "tst_explain_stream.moc"
