#include "builders.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

QString resolvedRefs(const RouteNode& route)
{
    return QString::fromStdString(verdict(route.parents[0].conditions, "ResolvedRefs"));
}

HeaderModifier setHeader(const char* name)
{
    return {{{name, "x"}}, {}, {}};
}

} // namespace

class TstBackendRefs : public QObject {
    Q_OBJECT

private slots:
    // A route of the given kind in namespace "ns" with one backend.
    void outcome_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("refKind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("expected");
        const int http = int(RouteKind::HTTPRoute), grpc = int(RouteKind::GRPCRoute), udp = int(RouteKind::UDPRoute),
                  tcp = int(RouteKind::TCPRoute);
        const QString ok = "True/ResolvedRefs";
        QTest::newRow("a Service with that port") << http << "Service"
                                                  << "web"
                                                  << "" << 80 << ok;
        QTest::newRow("unknown kind") << http << "NonExistent"
                                      << "web"
                                      << "" << 80 << "False/InvalidKind";
        QTest::newRow("missing Service") << http << "Service"
                                         << "nope"
                                         << "" << 80 << "False/BackendNotFound";
        QTest::newRow("missing port") << http << "Service"
                                      << "web"
                                      << "" << 81 << "False/BackendNotFound";
        QTest::newRow("other namespace without a grant") << http << "Service"
                                                         << "web"
                                                         << "private" << 80 << "False/RefNotPermitted";
        QTest::newRow("the grant is asked for before existence") << udp << "Service"
                                                                 << "nope"
                                                                 << "private" << 80 << "False/RefNotPermitted";
        QTest::newRow("the kind is asked for before the grant") << http << "NonExistent"
                                                                << "web"
                                                                << "private" << 80 << "False/InvalidKind";
        QTest::newRow("granted") << http << "Service"
                                 << "web"
                                 << "open" << 80 << ok;
        QTest::newRow("granted to HTTPRoute only") << grpc << "Service"
                                                   << "web"
                                                   << "open" << 80 << "False/RefNotPermitted";
        QTest::newRow("granted but missing") << http << "Service"
                                             << "nope"
                                             << "open" << 80 << "False/BackendNotFound";
        QTest::newRow("ExternalName") << http << "Service"
                                      << "external"
                                      << "" << 80 << "False/InvalidKind";
        QTest::newRow("h2c for HTTP") << http << "Service"
                                      << "h2c"
                                      << "" << 80 << ok;
        QTest::newRow("WebSocket for HTTP") << http << "Service"
                                            << "ws"
                                            << "" << 80 << ok;
        QTest::newRow("WebSocket cannot carry gRPC") << grpc << "Service"
                                                     << "ws"
                                                     << "" << 80 << "False/UnsupportedProtocol";
        QTest::newRow("wss without a BackendTLSPolicy") << http << "Service"
                                                        << "wss"
                                                        << "" << 80 << "False/UnsupportedProtocol";
        QTest::newRow("wss with a BackendTLSPolicy") << http << "Service"
                                                     << "wss-tls"
                                                     << "" << 80 << ok;
        QTest::newRow("wss is bytes for TCP") << tcp << "Service"
                                              << "wss"
                                              << "" << 80 << ok;
        QTest::newRow("unknown application protocols are ignored") << http << "Service"
                                                                   << "custom"
                                                                   << "" << 80 << ok;
        QTest::newRow("UDPRoute takes the UDP port of that number") << udp << "Service"
                                                                    << "dns"
                                                                    << "" << 53 << ok;
        QTest::newRow("TCPRoute takes the TCP port of that number") << tcp << "Service"
                                                                    << "dns"
                                                                    << "" << 53 << ok;
    }

    void outcome()
    {
        QFETCH(int, kind);
        QFETCH(QString, refKind);
        QFETCH(QString, name);
        QFETCH(QString, namespace_);
        QFETCH(int, port);
        QFETCH(QString, expected);
        Service external = service("ns", "external"), dns = service("ns", "dns", 53, "", "TCP");
        external.type = "ExternalName";
        dns.ports.push_back(service("", "", 53, "", "UDP").ports[0]);
        World world;
        world.add(service("ns", "web")).add(external).add(dns).add(service("ns", "h2c", 80, "kubernetes.io/h2c"));
        world.add(service("ns", "ws", 80, "kubernetes.io/ws")).add(service("ns", "wss", 80, "kubernetes.io/wss"));
        world.add(service("ns", "wss-tls", 80, "kubernetes.io/wss")).add(tlsPolicy("ns", "p", "wss-tls"));
        world.add(service("ns", "custom", 80, "HTTPS")).add(service("private", "web")).add(service("open", "web"));
        world.add(grant("open", {std::string(gatewayGroup), "HTTPRoute", "ns"}, {"", "Service", std::nullopt}));
        world.add(gateway("ns", "gw",
                          {listener("http", "HTTP", 80), listener("tcp", "TCP", 81), listener("udp", "UDP", 82)}));
        BackendRef ref = backend(name.toStdString(), std::uint16_t(port),
                                 namespace_.isEmpty() ? std::nullopt : std::optional(namespace_.toStdString()));
        ref.ref.kind = refKind.toStdString();
        const auto k = static_cast<RouteKind>(kind);
        if (k == RouteKind::HTTPRoute)
            world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {ref}));
        else if (k == RouteKind::GRPCRoute)
            world.add(grpcRoute("ns", "r", {parentTo("gw")}, {}, {ref}));
        else
            world.add(l4Route(k, "ns", "r", {parentTo("gw")}, {}, {ref}));
        const Graph graph = world.resolve();
        const RouteNode& route = graph.routes[0];
        QCOMPARE(resolvedRefs(route), expected);
        QVERIFY(route.parents[0].accepted); // backends play no part in it
        const ResolvedBackend& resolved = route.rules[0].backends[0];
        QCOMPARE(resolved.outcome == BackendOutcome::Ok, expected.startsWith("True"));
        QCOMPARE(resolved.service != nullptr, expected.startsWith("True"));
        if (k == RouteKind::UDPRoute && resolved.port)
            QCOMPARE(resolved.port->protocol, std::string("UDP"));
        if (k == RouteKind::TCPRoute && resolved.port)
            QCOMPARE(resolved.port->protocol, std::string("TCP"));
    }

    void noBackendRefsAreFine()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(httpRoute("ns", "r", {parentTo("gw")}));
        QCOMPARE(resolvedRefs(world.resolve().routes[0]), QString("True/ResolvedRefs"));
    }

    void theFirstFailureGivesTheReasonAndAllAreListed()
    {
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web"), backend("nope")});
        route.rules.push_back(route.rules[0]);
        route.rules[1].backendRefs = {backend("web", 80, "private")};
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(route);
        const Graph graph = world.resolve();
        QCOMPARE(resolvedRefs(graph.routes[0]), QString("False/BackendNotFound"));
        const std::string& message = findCondition(graph.routes[0].parents[0].conditions, "ResolvedRefs")->message;
        QVERIFY(message.find("spec.rules[0].backendRefs[1]") != std::string::npos);
        QVERIFY(message.find("spec.rules[1].backendRefs[0]") != std::string::npos);
    }

    void aTypoIsGuessed()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "checkout"));
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("chekout")}));
        const Graph graph = world.resolve();
        QVERIFY(graph.routes[0].rules[0].backends[0].message.find("did you mean \"checkout\"?") != std::string::npos);
    }

    void mirrorsAreResolvedToo()
    {
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")});
        RequestMirror mirror;
        mirror.backendRef = backend("nope").ref;
        route.rules[0].filters.push_back(mirror);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(route);
        const Graph graph = world.resolve();
        QCOMPARE(resolvedRefs(graph.routes[0]), QString("False/BackendNotFound"));
        const RuleNode& rule = graph.routes[0].rules[0];
        QCOMPARE(rule.mirrors.size(), std::size_t(1));
        QVERIFY(rule.mirrors[0].backend.outcome == BackendOutcome::BackendNotFound);
        // The main request goes on.
        QVERIFY(rule.backends[0].outcome == BackendOutcome::Ok);
        QVERIFY(rule.brokenFilter.empty());
    }

    void unknownFiltersBreakWhatTheyStandOn()
    {
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web"), backend("web")});
        const ExtensionRef extension{{"example.com", "RateLimit", std::nullopt, "x", {}}, {}};
        route.rules.push_back(route.rules[0]);
        route.rules[0].filters.push_back(extension);
        route.rules[1].backendRefs[1].filters.push_back(extension);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(route);
        const Graph graph = world.resolve();
        QCOMPARE(resolvedRefs(graph.routes[0]), QString("False/InvalidKind"));
        QVERIFY(!graph.routes[0].rules[0].brokenFilter.empty());
        // On a backend only its share is lost.
        QVERIFY(graph.routes[0].rules[1].brokenFilter.empty());
        QVERIFY(graph.routes[0].rules[1].backends[0].outcome == BackendOutcome::Ok);
        QVERIFY(graph.routes[0].rules[1].backends[1].outcome == BackendOutcome::InvalidKind);
    }

    void externalAuthFailsClosed_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("resolved");
        QTest::addColumn<bool>("broken");
        QTest::newRow("a server that is there") << "HTTP"
                                                << "web"
                                                << "True/ResolvedRefs" << false;
        QTest::newRow("a server that is not there") << "HTTP"
                                                    << "missing"
                                                    << "False/BackendNotFound" << true;
        QTest::newRow("one that speaks gRPC") << "GRPC"
                                              << "web"
                                              << "True/ResolvedRefs" << false;
        QTest::newRow("one that speaks gRPC and is not there") << "GRPC"
                                                               << "missing"
                                                               << "False/BackendNotFound" << true;
    }

    void externalAuthFailsClosed()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, server);
        QFETCH(QString, resolved);
        QFETCH(bool, broken);
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")});
        route.rules[0].filters.push_back(ExternalAuth{protocol.toStdString(), backend(server.toStdString()).ref});
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(route);
        const Graph graph = world.resolve();
        QCOMPARE(!graph.routes[0].rules[0].brokenFilter.empty(), broken);
        QCOMPARE(resolvedRefs(graph.routes[0]), resolved);
        QCOMPARE(graph.routes[0].rules[0].auths.size(), std::size_t(1));
    }

    void invalidRules_data()
    {
        QTest::addColumn<bool>("firstIsBad");
        QTest::addColumn<bool>("secondIsBad");
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<QString>("partiallyInvalid");
        QTest::newRow("all good") << false << false << "True/Accepted"
                                  << "";
        QTest::newRow("one bad") << false << true << "True/Accepted"
                                 << "True/UnsupportedValue";
        QTest::newRow("all bad") << true << true << "False/UnsupportedValue"
                                 << "";
    }

    void invalidRules()
    {
        QFETCH(bool, firstIsBad);
        QFETCH(bool, secondIsBad);
        QFETCH(QString, accepted);
        QFETCH(QString, partiallyInvalid);
        RequestHeaderModifier ambiguous{setHeader("X-Env"), {}};
        ambiguous.headers.remove.push_back("x-env");
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")});
        route.rules.push_back(route.rules[0]);
        if (firstIsBad)
            route.rules[0].filters.push_back(ambiguous);
        if (secondIsBad)
            route.rules[1].filters.push_back(ambiguous);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(route);
        const Graph graph = world.resolve();
        const auto& conditions = graph.routes[0].parents[0].conditions;
        QCOMPARE(QString::fromStdString(verdict(conditions, "Accepted")), accepted);
        QCOMPARE(QString::fromStdString(verdict(conditions, "PartiallyInvalid")), partiallyInvalid);
        QCOMPARE(graph.routes[0].rules[0].dropped.empty(), !firstIsBad);
        QCOMPARE(graph.routes[0].rules[1].dropped.empty(), !secondIsBad);
        QCOMPARE(graph.listeners[0].attachedRoutes, accepted.startsWith("True") ? 1u : 0u);
        if (!partiallyInvalid.isEmpty())
            QVERIFY(findCondition(conditions, "PartiallyInvalid")->message.starts_with("Dropped Rule"));
    }

    void incompatibleFilters()
    {
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")});
        route.rules[0].filters = {RequestRedirect{}, URLRewrite{}};
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(route);
        const Graph graph = world.resolve();
        QCOMPARE(QString::fromStdString(verdict(graph.routes[0].parents[0].conditions, "Accepted")),
                 QString("False/IncompatibleFilters"));
    }

    // Policies: one route to Service "web" (port named p80), and policies on it.
    void policies_data()
    {
        QTest::addColumn<QString>("caKind");
        QTest::addColumn<QString>("caName");
        QTest::addColumn<QString>("wellKnown");
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<QString>("resolved");
        const QString none = "False/NoValidCACertificate";
        QTest::newRow("system store") << ""
                                      << ""
                                      << "System"
                                      << "True/Accepted"
                                      << "True/ResolvedRefs";
        QTest::newRow("unknown store") << ""
                                       << ""
                                       << "example.com/x"
                                       << "False/Invalid"
                                       << "True/ResolvedRefs";
        QTest::newRow("good bundle") << "ConfigMap"
                                     << "ca"
                                     << ""
                                     << "True/Accepted"
                                     << "True/ResolvedRefs";
        QTest::newRow("missing bundle") << "ConfigMap"
                                        << "nope"
                                        << "" << none << "False/InvalidCACertificateRef";
        QTest::newRow("empty bundle") << "ConfigMap"
                                      << "empty"
                                      << "" << none << "False/InvalidCACertificateRef";
        QTest::newRow("malformed bundle") << "ConfigMap"
                                          << "text"
                                          << "" << none << "False/InvalidCACertificateRef";
        QTest::newRow("unknown kind") << "InvalidKind"
                                      << "ca"
                                      << "" << none << "False/InvalidKind";
    }

    void policies()
    {
        QFETCH(QString, caKind);
        QFETCH(QString, caName);
        QFETCH(QString, wellKnown);
        QFETCH(QString, accepted);
        QFETCH(QString, resolved);
        BackendTLSPolicy policy = tlsPolicy("ns", "p", "web");
        policy.wellKnownCACertificates = wellKnown.toStdString();
        if (!caKind.isEmpty())
            policy.caCertificateRefs = {{"", caKind.toStdString(), std::nullopt, caName.toStdString(), {}}};
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(policy);
        world.add(caBundle("ns", "ca")).add(caBundle("ns", "empty", "")).add(caBundle("ns", "text", "hello"));
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")}));
        const Graph graph = world.resolve();
        QCOMPARE(graph.backendTLSPolicies[0].ancestors.size(), std::size_t(1));
        const auto& conditions = graph.backendTLSPolicies[0].ancestors[0].conditions;
        QCOMPARE(QString::fromStdString(verdict(conditions, "Accepted")), accepted);
        QCOMPARE(QString::fromStdString(verdict(conditions, "ResolvedRefs")), resolved);
        QCOMPARE(resolvedRefs(graph.routes[0]), QString("True/ResolvedRefs"));
    }

    void policyConflicts_data()
    {
        QTest::addColumn<QString>("olderSection");
        QTest::addColumn<QString>("newerSection");
        QTest::addColumn<QString>("older");
        QTest::addColumn<QString>("newer");
        const QString ok = "True/Accepted", lost = "False/Conflicted";
        QTest::newRow("same Service: the older wins") << ""
                                                      << "" << ok << lost;
        QTest::newRow("same section: the older wins") << "p80"
                                                      << "p80" << ok << lost;
        QTest::newRow("with and without section: both") << ""
                                                        << "p80" << ok << ok;
        QTest::newRow("a section that is missing") << "p80"
                                                   << "nope" << ok << "False/TargetNotFound";
    }

    void policyConflicts()
    {
        QFETCH(QString, olderSection);
        QFETCH(QString, newerSection);
        QFETCH(QString, older);
        QFETCH(QString, newer);
        const auto section = [](const QString& s) {
            return s.isEmpty() ? std::nullopt : std::optional(s.toStdString());
        };
        // By name the newer one would come first.
        BackendTLSPolicy a = tlsPolicy("ns", "zz", "web", section(olderSection));
        BackendTLSPolicy b = tlsPolicy("ns", "aa", "web", section(newerSection));
        a.meta.creationTimestamp = second(1);
        b.meta.creationTimestamp = second(2);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(service("ns", "web")).add(a).add(b);
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")}));
        const Graph graph = world.resolve();
        const auto of = [&](std::size_t i) {
            return QString::fromStdString(verdict(graph.backendTLSPolicies[i].ancestors.at(0).conditions, "Accepted"));
        };
        QCOMPARE(of(1), older);
        QCOMPARE(of(0), newer);
    }

    void aPolicyThatNoRouteReachesHasNoAncestor()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}))
            .add(service("ns", "web"))
            .add(tlsPolicy("ns", "p", "web"));
        world.add(httpRoute("other", "refused", {parentTo("gw", "ns")}, {}, {backend("web")}));
        QVERIFY(world.resolve().backendTLSPolicies[0].ancestors.empty());
    }
};

QTEST_APPLESS_MAIN(TstBackendRefs)
#include "tst_backend_refs.moc"
