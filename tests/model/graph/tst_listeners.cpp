#include "builders.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

QString kindsOf(const ListenerNode& node)
{
    QStringList kinds;
    for (const RouteGroupKind& kind : node.supportedKinds)
        kinds << QString::fromStdString(kind.kind);
    return kinds.join(',');
}

QString of(const std::string& text)
{
    return QString::fromStdString(text);
}

ObjectReference ref(std::string_view kind, std::string_view name, std::optional<std::string> namespace_ = {},
                    std::string_view group = "")
{
    return {std::string(group), std::string(kind), std::move(namespace_), std::string(name), {}};
}

} // namespace

class TstListeners : public QObject {
    Q_OBJECT

private slots:
    void supportedKinds_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("isPassthrough");
        QTest::addColumn<QStringList>("allowed");
        QTest::addColumn<QString>("supported");
        QTest::addColumn<QString>("resolvedRefs");
        const QString ok = "True/ResolvedRefs", bad = "False/InvalidRouteKinds";
        QTest::newRow("HTTP takes both HTTP kinds") << "HTTP" << false << QStringList{} << "HTTPRoute,GRPCRoute" << ok;
        QTest::newRow("HTTPS takes both HTTP kinds")
            << "HTTPS" << false << QStringList{} << "HTTPRoute,GRPCRoute" << ok;
        QTest::newRow("TLS passthrough takes TLSRoute") << "TLS" << true << QStringList{} << "TLSRoute" << ok;
        QTest::newRow("TLS terminate takes TLSRoute and TCPRoute")
            << "TLS" << false << QStringList{} << "TLSRoute,TCPRoute" << ok;
        QTest::newRow("TCP takes TCPRoute") << "TCP" << false << QStringList{} << "TCPRoute" << ok;
        QTest::newRow("UDP takes UDPRoute") << "UDP" << false << QStringList{} << "UDPRoute" << ok;
        QTest::newRow("an unknown protocol takes nothing") << "example.com/x" << false << QStringList{} << "" << ok;
        QTest::newRow("allowed kinds narrow") << "HTTP" << false << QStringList{"HTTPRoute"} << "HTTPRoute" << ok;
        QTest::newRow("an unknown kind alone") << "HTTP" << false << QStringList{"InvalidRoute"} << "" << bad;
        QTest::newRow("an unknown kind beside a good one")
            << "HTTP" << false << QStringList{"InvalidRoute", "HTTPRoute"} << "HTTPRoute" << bad;
        QTest::newRow("a kind of another protocol") << "HTTP" << false << QStringList{"TCPRoute"} << "" << bad;
        QTest::newRow("passthrough refuses TCPRoute")
            << "TLS" << true << QStringList{"TLSRoute", "TCPRoute"} << "TLSRoute" << bad;
        QTest::newRow("a kind twice is written once")
            << "HTTP" << false << QStringList{"HTTPRoute", "HTTPRoute"} << "HTTPRoute" << ok;
    }

    void supportedKinds()
    {
        QFETCH(QString, protocol);
        QFETCH(bool, isPassthrough);
        QFETCH(QStringList, allowed);
        QFETCH(QString, supported);
        QFETCH(QString, resolvedRefs);
        Listener l = isPassthrough ? passthrough("l", 443) : listener("l", protocol.toStdString(), 443);
        for (const QString& kind : allowed)
            l.allowedKinds.push_back({std::string(gatewayGroup), kind.toStdString(), {}});
        World world;
        world.add(gateway("ns", "gw", {l})).add(tlsSecret("ns"));
        const Graph graph = world.resolve();
        QCOMPARE(kindsOf(graph.listeners[0]), supported);
        QCOMPARE(of(verdict(graph.listeners[0].conditions, "ResolvedRefs")), resolvedRefs);
    }

    void unsupportedProtocol_data()
    {
        QTest::addColumn<bool>("withGoodSibling");
        QTest::addColumn<QString>("gatewayAccepted");
        QTest::newRow("alone: the Gateway is not accepted") << false << "False/ListenersNotValid";
        QTest::newRow("beside a good one: accepted in part") << true << "True/ListenersNotValid";
    }

    void unsupportedProtocol()
    {
        QFETCH(bool, withGoodSibling);
        QFETCH(QString, gatewayAccepted);
        std::vector<Listener> listeners = {listener("bad", "INVALID", 81)};
        if (withGoodSibling)
            listeners.push_back(listener("good", "HTTP", 80));
        World world;
        world.add(gateway("ns", "gw", listeners));
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(findListener(graph, "bad").conditions, "Accepted")), QString("False/UnsupportedProtocol"));
        QVERIFY(!findListener(graph, "bad").serves);
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "Accepted")), gatewayAccepted);
        QCOMPARE(graph.gateways[0].accepted, withGoodSibling);
        if (withGoodSibling)
            QVERIFY(findListener(graph, "good").serves);
    }

    void certificate_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<QString>("resolvedRefs");
        QTest::addColumn<bool>("serves");
        QTest::newRow("a good Secret") << "Secret"
                                       << ""
                                       << "good"
                                       << ""
                                       << "True/ResolvedRefs" << true;
        QTest::newRow("missing") << "Secret"
                                 << ""
                                 << "nope"
                                 << ""
                                 << "False/InvalidCertificateRef" << false;
        QTest::newRow("wrong group") << "Secret"
                                     << "wrong.group"
                                     << "good"
                                     << ""
                                     << "False/InvalidCertificateRef" << false;
        QTest::newRow("wrong kind") << "ConfigMap"
                                    << ""
                                    << "good"
                                    << ""
                                    << "False/InvalidCertificateRef" << false;
        QTest::newRow("wrong type") << "Secret"
                                    << ""
                                    << "opaque"
                                    << ""
                                    << "False/InvalidCertificateRef" << false;
        QTest::newRow("not PEM") << "Secret"
                                 << ""
                                 << "malformed"
                                 << ""
                                 << "False/InvalidCertificateRef" << false;
        QTest::newRow("no key") << "Secret"
                                << ""
                                << "keyless"
                                << ""
                                << "False/InvalidCertificateRef" << false;
        QTest::newRow("granted in another namespace") << "Secret"
                                                      << ""
                                                      << "good"
                                                      << "certs"
                                                      << "True/ResolvedRefs" << true;
        QTest::newRow("not granted") << "Secret"
                                     << ""
                                     << "good"
                                     << "private"
                                     << "False/RefNotPermitted" << false;
        QTest::newRow("the grant is asked for before existence") << "Secret"
                                                                 << ""
                                                                 << "nope"
                                                                 << "private"
                                                                 << "False/RefNotPermitted" << false;
        QTest::newRow("the kind is asked for before the grant") << "ConfigMap"
                                                                << ""
                                                                << "x"
                                                                << "private"
                                                                << "False/InvalidCertificateRef" << false;
    }

    void certificate()
    {
        QFETCH(QString, kind);
        QFETCH(QString, group);
        QFETCH(QString, name);
        QFETCH(QString, namespace_);
        QFETCH(QString, resolvedRefs);
        QFETCH(bool, serves);
        Listener l = listener("https", "HTTPS", 443);
        l.tls->certificateRefs = {ref(kind.toStdString(), name.toStdString(),
                                      namespace_.isEmpty() ? std::nullopt : std::optional(namespace_.toStdString()),
                                      group.toStdString())};
        Secret opaque = tlsSecret("ns", "opaque"), malformed = tlsSecret("ns", "malformed"),
               keyless = tlsSecret("ns", "keyless");
        opaque.type = "Opaque";
        malformed.data["tls.crt"] = "Hello world";
        keyless.data.erase("tls.key");
        World world;
        world.add(gateway("ns", "gw", {l})).add(tlsSecret("ns", "good")).add(opaque).add(malformed).add(keyless);
        world.add(tlsSecret("certs", "good")).add(tlsSecret("private", "good"));
        world.add(grant("certs", {std::string(gatewayGroup), "Gateway", "ns"}, {"", "Secret", "good"}));
        const Graph graph = world.resolve();
        const ListenerNode& node = graph.listeners[0];
        QCOMPARE(of(verdict(node.conditions, "ResolvedRefs")), resolvedRefs);
        QCOMPARE(node.serves, serves);
        QCOMPARE(of(verdict(node.conditions, "Accepted")), QString("True/Accepted"));
        QCOMPARE(kindsOf(node), QString("HTTPRoute,GRPCRoute")); // bad references do not empty it
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "Accepted")), QString("True/Accepted"));
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "ResolvedRefs")),
                 serves ? QString("True/ResolvedRefs") : QString("False/ListenersNotResolved"));
    }

    void oneGoodCertificateOfTwoServes()
    {
        Listener l = listener("https", "HTTPS", 443);
        l.tls->certificateRefs = {ref("Secret", "nope"), ref("Secret", "good")};
        World world;
        world.add(gateway("ns", "gw", {l})).add(tlsSecret("ns", "good"));
        const Graph graph = world.resolve();
        QVERIFY(graph.listeners[0].serves);
        QCOMPARE(graph.listeners[0].certificates.size(), std::size_t(1));
        QCOMPARE(of(verdict(graph.listeners[0].conditions, "ResolvedRefs")), QString("False/InvalidCertificateRef"));
    }

    void frontendCa_data()
    {
        QTest::addColumn<QString>("refKind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<QString>("resolvedRefs");
        QTest::addColumn<QString>("accepted");
        const QString none = "False/NoValidCACertificate";
        QTest::newRow("good") << "ConfigMap"
                              << "ca"
                              << ""
                              << "True/ResolvedRefs"
                              << "True/Accepted";
        QTest::newRow("missing") << "ConfigMap"
                                 << "nope"
                                 << ""
                                 << "False/InvalidCACertificateRef" << none;
        QTest::newRow("empty") << "ConfigMap"
                               << "empty"
                               << ""
                               << "False/InvalidCACertificateRef" << none;
        QTest::newRow("not PEM") << "ConfigMap"
                                 << "text"
                                 << ""
                                 << "False/InvalidCACertificateRef" << none;
        QTest::newRow("wrong kind") << "Secret"
                                    << "ca"
                                    << ""
                                    << "False/InvalidCACertificateKind" << none;
        QTest::newRow("no grant") << "ConfigMap"
                                  << "ca"
                                  << "private"
                                  << "False/RefNotPermitted" << none;
    }

    void frontendCa()
    {
        QFETCH(QString, refKind);
        QFETCH(QString, name);
        QFETCH(QString, namespace_);
        QFETCH(QString, resolvedRefs);
        QFETCH(QString, accepted);
        Gateway gw = gateway("ns", "gw", {listener("https", "HTTPS", 443), listener("http", "HTTP", 80)});
        gw.frontendDefault =
            FrontendValidation{{ref(refKind.toStdString(), name.toStdString(),
                                    namespace_.isEmpty() ? std::nullopt : std::optional(namespace_.toStdString()))},
                               ClientValidationMode::AllowValidOnly,
                               {}};
        // An entry for the port of an HTTP listener changes nothing.
        gw.frontendPerPort = {
            {80, FrontendValidation{{ref("ConfigMap", "nope")}, ClientValidationMode::AllowValidOnly, {}}}};
        World world;
        world.add(gw).add(tlsSecret("ns")).add(caBundle("ns", "ca")).add(caBundle("ns", "empty", ""));
        world.add(caBundle("ns", "text", "hello")).add(caBundle("private", "ca"));
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(findListener(graph, "https").conditions, "ResolvedRefs")), resolvedRefs);
        QCOMPARE(of(verdict(findListener(graph, "https").conditions, "Accepted")), accepted);
        QCOMPARE(findListener(graph, "https").serves, accepted == "True/Accepted");
        QCOMPARE(of(verdict(findListener(graph, "http").conditions, "ResolvedRefs")), QString("True/ResolvedRefs"));
        QCOMPARE(of(verdict(findListener(graph, "http").conditions, "Accepted")), QString("True/Accepted"));
    }

    void perPortValidationReplacesTheDefault()
    {
        Gateway gw = gateway("ns", "gw", {listener("a", "HTTPS", 443), listener("b", "HTTPS", 8443)});
        gw.frontendDefault = FrontendValidation{{ref("ConfigMap", "nope")}, ClientValidationMode::AllowValidOnly, {}};
        gw.frontendPerPort = {
            {8443, FrontendValidation{{ref("ConfigMap", "ca")}, ClientValidationMode::AllowInsecureFallback, {}}}};
        World world;
        world.add(gw).add(tlsSecret("ns")).add(caBundle("ns", "ca"));
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(findListener(graph, "a").conditions, "Accepted")), QString("False/NoValidCACertificate"));
        QCOMPARE(of(verdict(findListener(graph, "b").conditions, "Accepted")), QString("True/Accepted"));
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "InsecureFrontendValidationMode")),
                 QString("True/ConfigurationChanged"));
    }

    void clientCertificate_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<QString>("resolvedRefs");
        QTest::newRow("good") << "Secret"
                              << ""
                              << "cert"
                              << ""
                              << "True/ResolvedRefs";
        QTest::newRow("missing") << "Secret"
                                 << ""
                                 << "nope"
                                 << ""
                                 << "False/InvalidClientCertificateRef";
        QTest::newRow("wrong group") << "Secret"
                                     << "g.example"
                                     << "cert"
                                     << ""
                                     << "False/InvalidClientCertificateRef";
        QTest::newRow("wrong kind") << "Wrong"
                                    << ""
                                    << "cert"
                                    << ""
                                    << "False/InvalidClientCertificateRef";
        QTest::newRow("no grant") << "Secret"
                                  << ""
                                  << "cert"
                                  << "private"
                                  << "False/RefNotPermitted";
    }

    void clientCertificate()
    {
        QFETCH(QString, kind);
        QFETCH(QString, group);
        QFETCH(QString, name);
        QFETCH(QString, namespace_);
        QFETCH(QString, resolvedRefs);
        Gateway gw = gateway("ns", "gw", {listener("http", "HTTP", 80)});
        gw.backendClientCertificateRef =
            ref(kind.toStdString(), name.toStdString(),
                namespace_.isEmpty() ? std::nullopt : std::optional(namespace_.toStdString()), group.toStdString());
        World world;
        world.add(gw).add(tlsSecret("ns")).add(tlsSecret("private"));
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "ResolvedRefs")), resolvedRefs);
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "Accepted")), QString("True/Accepted"));
    }

    void overlappingTls_data()
    {
        QTest::addColumn<QStringList>("hostnames"); // HTTPS listeners on 443; "-" for none
        QTest::addColumn<QString>("overlapping");   // indexes
        QTest::newRow("alone") << QStringList{"-"} << "";
        QTest::newRow("different hosts") << QStringList{"a.example", "b.example"} << "";
        QTest::newRow("a wildcard over a host") << QStringList{"*.example", "b.example", "c.test"} << "0,1";
        QTest::newRow("a listener for all hosts overlaps all") << QStringList{"-", "b.example", "c.test"} << "0,1,2";
        QTest::newRow("nested wildcards") << QStringList{"*.example", "*.a.example", "example"} << "0,1";
    }

    void overlappingTls()
    {
        QFETCH(QStringList, hostnames);
        QFETCH(QString, overlapping);
        std::vector<Listener> listeners;
        for (const QString& hostname : hostnames)
            listeners.push_back(listener("l" + std::to_string(listeners.size()), "HTTPS", 443,
                                         hostname == "-" ? "" : hostname.toStdString()));
        World world;
        world.add(gateway("ns", "gw", listeners)).add(tlsSecret("ns"));
        const Graph graph = world.resolve();
        QStringList found;
        for (std::size_t i = 0; i < graph.listeners.size(); ++i)
            if (!verdict(graph.listeners[i].conditions, "OverlappingTLSConfig").empty())
                found << QString::number(i);
        QCOMPARE(found.join(','), overlapping);
    }

    void parameters_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("accepted");
        QTest::newRow("a ConfigMap that is there") << "ConfigMap"
                                                   << "ca"
                                                   << "True/Accepted";
        QTest::newRow("a ConfigMap that is missing") << "ConfigMap"
                                                     << "nope"
                                                     << "False/InvalidParameters";
        QTest::newRow("another kind") << "Proxy"
                                      << "ca"
                                      << "False/InvalidParameters";
    }

    void parameters()
    {
        QFETCH(QString, kind);
        QFETCH(QString, name);
        QFETCH(QString, accepted);
        Gateway gw = gateway("ns", "gw", {listener("http", "HTTP", 80)});
        gw.parametersRef = ref(kind.toStdString(), name.toStdString());
        World world;
        world.add(gw).add(caBundle("ns", "ca"));
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "Accepted")), accepted);
        QCOMPARE(graph.listeners[0].serves, accepted == "True/Accepted");
    }

    void anAddressOfAnotherTypeIsUnsupported()
    {
        Gateway gw = gateway("ns", "gw", {listener("http", "HTTP", 80)});
        gw.addresses = {{"IPAddress", "127.0.0.1", {}}, {"test/fake-invalid-type", "x", {}}};
        World world;
        world.add(gw);
        const Graph graph = world.resolve();
        QCOMPARE(of(verdict(graph.gateways[0].conditions, "Accepted")), QString("False/UnsupportedAddress"));
        QVERIFY(graph.gateways[0].unsupportedAddress);
        QVERIFY(!graph.listeners[0].serves);
    }
};

QTEST_APPLESS_MAIN(TstListeners)
#include "tst_listeners.moc"
