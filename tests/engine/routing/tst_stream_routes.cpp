#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/route_stream.h"

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

/// Which rule takes a connection: semantics 7.3, 8.3, 8.4, 12.5.
class TstStreamRoutes : public QObject {
    Q_OBJECT
private slots:
    void serverNames_data();
    void serverNames();
    void mixedPort_data();
    void mixedPort();
    void oldestRouteTakesThePort_data();
    void oldestRouteTakesThePort();
    void attachesToAllListeners();
    void sectionNames();
    void backends();
    void policiesFollowTheModeOfTls();
    void oneNumberForTcpAndUdp();
    void requestsOnAMixedPort();
    void severalRulesAreReported();
};

namespace {

/// "TLSRoute/a/r" of whoever takes it, "listener https" for HTTPS, "listener x: none", or "none".
std::string text(const StreamDecision& decision)
{
    if (!decision.listener)
        return "none";
    if (decision.rule)
        return decision.rule->origin.routeName;
    return "listener " + decision.listener->listenerName + (decision.isHttp() ? "" : ": none");
}

std::string sni(const Snapshot& snapshot, const std::string& serverName, std::uint16_t port = 443)
{
    const PortTable* table = snapshot.find({"127.0.0.1", port});
    return table ? text(routeSni(snapshot, *table, serverName)) : "no port";
}

std::string stream(const Snapshot& snapshot, std::uint16_t port, bool udp = false)
{
    const PortTable* table = snapshot.find({"127.0.0.1", port, udp});
    return table ? text(routeStream(snapshot, *table)) : "no port";
}

} // namespace

void TstStreamRoutes::serverNames_data()
{
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("takenBy");
    const auto row = [](const char* claim, const char* name, const char* takenBy) {
        QTest::newRow(claim) << name << takenBy;
    };
    row("an exact hostname beats every wildcard", "one.deep.test", "TLSRoute/a/exact");
    row("the longer wildcard beats the shorter", "two.deep.test", "TLSRoute/a/deep");
    row("a wildcard takes several labels", "a.b.test", "TLSRoute/a/wild");
    row("a wildcard needs a label in front", "test", "listener all: none");
    row("of equal hostnames the first by name has it", "same.test", "TLSRoute/a/same1");
    row("no route names it", "other.example", "listener all: none");
    row("no server name", "", "listener all: none");
    row("a more specific listener owns it, with a route", "own.iso.test", "TLSRoute/a/iso");
    row("a more specific listener owns it, without one", "x.iso.test", "listener iso: none");
    row("a listener's exact hostname", "exact.iso.test", "listener exact: none");
}

void TstStreamRoutes::serverNames()
{
    QFETCH(QString, serverName);
    QFETCH(QString, takenBy);
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "all", TlsMode::Passthrough);
    World::tlsListener(gateway, "iso", TlsMode::Passthrough, 443, "*.iso.test");
    World::tlsListener(gateway, "exact", TlsMode::Passthrough, 443, "exact.iso.test");
    const auto route = [&](const char* name, const char* parent, const std::vector<std::string>& hostnames) {
        world.streamRoute(RouteKind::TLSRoute, name, parent, {backend("echo", 1, 443)}, hostnames);
    };
    route("a/wild", "a/gw/all", {"*.test"});
    route("a/deep", "a/gw/all", {"*.deep.test"});
    route("a/exact", "a/gw/all", {"one.deep.test", "more.test"});
    route("a/same2", "a/gw/all", {"same.test"});
    route("a/same1", "a/gw/all", {"same.test"});
    route("a/iso", "a/gw/iso", {"own.iso.test"});
    QCOMPARE(sni(*world.compile(), serverName.toStdString()), takenBy.toStdString());
}

void TstStreamRoutes::mixedPort_data()
{
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("takenBy");
    QTest::newRow("passthrough") << "pass.test"
                                 << "TLSRoute/a/pass";
    QTest::newRow("terminate, a TLSRoute") << "one.term.test"
                                           << "TLSRoute/a/term";
    QTest::newRow("terminate, a TCPRoute takes what is left") << "two.term.test"
                                                              << "TCPRoute/a/rest";
    QTest::newRow("HTTPS") << "web.test"
                           << "listener web";
    QTest::newRow("nobody") << "x.example"
                            << "none";
    QTest::newRow("no server name") << ""
                                    << "none";
}

void TstStreamRoutes::mixedPort()
{
    QFETCH(QString, serverName);
    QFETCH(QString, takenBy);
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "pass", TlsMode::Passthrough, 443, "pass.test");
    world.certificate(World::tlsListener(gateway, "term", TlsMode::Terminate, 443, "*.term.test"), "a/cert");
    world.certificate(World::listener(gateway, "web", 443, "web.test", Protocol::HTTPS), "a/cert");
    world.streamRoute(RouteKind::TLSRoute, "a/pass", "a/gw/pass", {backend("echo")}, {"pass.test"});
    world.streamRoute(RouteKind::TLSRoute, "a/term", "a/gw/term", {backend("echo")}, {"one.term.test"});
    world.streamRoute(RouteKind::TCPRoute, "a/rest", "a/gw/term", {backend("echo")});
    const auto snapshot = world.compile();
    QCOMPARE(sni(*snapshot, serverName.toStdString()), takenBy.toStdString());
    const PortTable& port = *snapshot->find({"127.0.0.1", 443});
    QVERIFY(port.peeksHello && port.carrier == Carrier::Tls);
    QCOMPARE(port.listeners.size(), std::size_t(3));
    for (const ListenerTable& listener : port.listeners) {
        QCOMPARE(listener.passthrough, listener.listenerName == "pass");
        QCOMPARE(listener.certificates.size(), std::size_t(listener.listenerName == "pass" ? 0 : 1));
    }
}

void TstStreamRoutes::oldestRouteTakesThePort_data()
{
    QTest::addColumn<int>("first"); // seconds; 0: no creationTimestamp
    QTest::addColumn<int>("second");
    QTest::addColumn<QString>("takenBy");
    QTest::newRow("the older") << 2 << 1 << "a/second";
    QTest::newRow("of one age, by name") << 1 << 1 << "a/first";
}

void TstStreamRoutes::oldestRouteTakesThePort()
{
    QFETCH(int, first);
    QFETCH(int, second);
    QFETCH(QString, takenBy);
    for (const bool udp : {false, true}) {
        World world;
        Gateway& gateway = world.gateway("a/gw");
        World::listener(gateway, "l", 9000, {}, udp ? Protocol::UDP : Protocol::TCP);
        const RouteKind kind = udp ? RouteKind::UDPRoute : RouteKind::TCPRoute;
        world.streamRoute(kind, "a/first", "a/gw", {backend("echo")}).meta.creationTimestamp =
            Timestamp(std::chrono::seconds(first));
        world.streamRoute(kind, "a/second", "a/gw", {backend("echo")}).meta.creationTimestamp =
            Timestamp(std::chrono::seconds(second));
        const auto snapshot = world.compile();
        QCOMPARE(stream(*snapshot, 9000, udp), std::string(toString(kind)) + '/' + takenBy.toStdString());
        const ListenerTable& listener = snapshot->find({"127.0.0.1", 9000, udp})->listeners.at(0);
        QCOMPARE(listener.outrankedRules.size(), std::size_t(1)); // both are attached and counted
        QCOMPARE(snapshot->graph->listeners.at(0).attachedRoutes, std::uint32_t(2));
        QVERIFY(!snapshot->find({"127.0.0.1", 9000, !udp}));
    }
}

void TstStreamRoutes::attachesToAllListeners()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    for (const std::uint16_t port : {9001, 9002, 9003})
        World::listener(gateway, "tcp" + std::to_string(port), port, {}, Protocol::TCP);
    World::listener(gateway, "udp", 9001, {}, Protocol::UDP);
    World::listener(gateway, "http", 9004);
    world.streamRoute(RouteKind::TCPRoute, "a/r", "a/gw", {backend("echo")});
    const auto snapshot = world.compile();
    for (const std::uint16_t port : {9001, 9002, 9003})
        QCOMPARE(stream(*snapshot, port), std::string("TCPRoute/a/r"));
    QCOMPARE(stream(*snapshot, 9001, true), std::string("listener udp: none"));
}

void TstStreamRoutes::sectionNames()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "one", 9001, {}, Protocol::TCP);
    World::listener(gateway, "two", 9002, {}, Protocol::TCP);
    World::listener(gateway, "three", 9003, {}, Protocol::TCP);
    world.streamRoute(RouteKind::TCPRoute, "a/by-name", "a/gw/one", {backend("echo")});
    world.streamRoute(RouteKind::TCPRoute, "a/by-port", "a/gw", {backend("echo")}).parentRefs[0].port = 9002;
    const auto snapshot = world.compile();
    QCOMPARE(stream(*snapshot, 9001), std::string("TCPRoute/a/by-name"));
    QCOMPARE(stream(*snapshot, 9002), std::string("TCPRoute/a/by-port"));
    QCOMPARE(stream(*snapshot, 9003), std::string("listener three: none"));
}

void TstStreamRoutes::backends()
{
    World world;
    World::listener(world.gateway("a/gw"), "l", 9000, {}, Protocol::TCP);
    world.service("a/one");
    world.service("b/two");
    world.streamRoute(RouteKind::TCPRoute, "a/r", "a/gw", {backend("one", 70), backend("gone", 30), backend("two", 0)})
        .rules[0]
        .backendRefs[2]
        .ref.namespace_ = "b";
    const auto snapshot = world.compile();
    const StreamDecision decision = routeStream(*snapshot, *snapshot->find({"127.0.0.1", 9000}));
    const CompiledRule& rule = *decision.rule;
    QCOMPARE(rule.totalWeight, std::uint64_t(100)); // bad references keep their share
    QCOMPARE(rule.backends.size(), std::size_t(3));
    const Cluster& cluster = snapshot->clusters.at(rule.backends[0].cluster.value);
    QCOMPARE(cluster.name, std::string("a/one:80"));
    QVERIFY(cluster.protocol == BackendProtocol::Tcp);
    QVERIFY(cluster.endpoints.at(0).echo->mode == EchoMode::Tcp);
    QVERIFY2(rule.backends[1].problem.starts_with("BackendNotFound"), rule.backends[1].problem.c_str());
    QVERIFY2(rule.backends[2].problem.starts_with("RefNotPermitted"), rule.backends[2].problem.c_str());
}

void TstStreamRoutes::policiesFollowTheModeOfTls()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "pass", TlsMode::Passthrough, 443, "pass.test");
    world.certificate(World::tlsListener(gateway, "term", TlsMode::Terminate, 443, "term.test"), "a/cert");
    world.service("a/echo", 443);
    auto policy = std::make_shared<BackendTLSPolicy>();
    World::stamp(*policy, "BackendTLSPolicy", "a/p");
    policy->targetRefs.push_back({"", "Service", "echo", {}, {}});
    policy->hostname = "inside.test";
    policy->wellKnownCACertificates = "System";
    world.set().backendTLSPolicies[policy->key.name] = policy;
    world.streamRoute(RouteKind::TLSRoute, "a/both", "a/gw", {backend("echo", 1, 443)}, {"pass.test", "term.test"});
    const auto snapshot = world.compile();
    const PortTable& port = *snapshot->find({"127.0.0.1", 443});
    const auto clusterOf = [&](std::string_view name) -> const Cluster& {
        return snapshot->clusters.at(routeSni(*snapshot, port, name).rule->backends.at(0).cluster.value);
    };
    QVERIFY(!clusterOf("pass.test").tls);
    QVERIFY(clusterOf("term.test").tls);
    QCOMPARE(clusterOf("term.test").tls->hostname, std::string("inside.test"));
    QVERIFY(clusterOf("pass.test").endpoints.at(0).echo->mode == EchoMode::Tls);
}

void TstStreamRoutes::oneNumberForTcpAndUdp()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "tcp", 53, {}, Protocol::TCP);
    World::listener(gateway, "udp", 53, {}, Protocol::UDP);
    Service& service = world.service("a/dns", 53);
    service.ports[0].name = "tcp";
    service.ports.push_back(service.ports[0]);
    service.ports[1].name = "udp";
    service.ports[1].protocol = "UDP";
    world.streamRoute(RouteKind::TCPRoute, "a/tcp", "a/gw", {backend("dns", 1, 53)});
    world.streamRoute(RouteKind::UDPRoute, "a/udp", "a/gw", {backend("dns", 1, 53)});
    const auto snapshot = world.compile();
    QCOMPARE(stream(*snapshot, 53), std::string("TCPRoute/a/tcp"));
    QCOMPARE(stream(*snapshot, 53, true), std::string("UDPRoute/a/udp"));
    QCOMPARE(snapshot->clusters.size(), std::size_t(2));
    QVERIFY(snapshot->clusters[0].protocol == BackendProtocol::Tcp);
    QVERIFY(snapshot->clusters[1].protocol == BackendProtocol::Udp);
    QVERIFY(snapshot->clusters[1].endpoints.at(0).echo->mode == EchoMode::Udp);
}

void TstStreamRoutes::requestsOnAMixedPort()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "pass", TlsMode::Passthrough, 443, "pass.test");
    world.certificate(World::listener(gateway, "web", 443, {}, Protocol::HTTPS), "a/cert");
    world.rule(world.route("a/http", "a/gw/web"), {prefix("/")});
    const auto snapshot = world.compile();
    // By Host among the HTTPS listeners (12.3), by SNI among all.
    QCOMPARE(serve(*snapshot, {"pass.test"}, {"127.0.0.1", 443}), std::string("a/http[0]"));
    QCOMPARE(sni(*snapshot, "pass.test"), std::string("listener pass: none"));
    QCOMPARE(sni(*snapshot, ""), std::string("listener web"));
}

void TstStreamRoutes::severalRulesAreReported()
{
    World world;
    World::listener(world.gateway("a/gw"), "l", 9000, {}, Protocol::TCP);
    world.service("a/echo");
    L4Route& route = world.streamRoute(RouteKind::TCPRoute, "a/r", "a/gw", {backend("echo")});
    route.rules.push_back(route.rules[0]);
    const auto snapshot = world.compile();
    QCOMPARE(stream(*snapshot, 9000), std::string("TCPRoute/a/r"));
    QCOMPARE(world.problems.size(), std::size_t(1));
    QCOMPARE(world.problems[0].code, std::string("GH4009"));
}

QTEST_APPLESS_MAIN(TstStreamRoutes)
#include "tst_stream_routes.moc"
