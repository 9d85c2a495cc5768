#include "builders.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

QString acceptedOf(const ParentNode& parent)
{
    return QString::fromStdString(verdict(parent.conditions, "Accepted"));
}

QString listenersOf(const Graph& graph, const ParentNode& parent)
{
    QStringList names;
    for (const Attachment& attachment : parent.attachments)
        names << QString::fromStdString(graph[attachment.listener].resource->name);
    return names.join(',');
}

} // namespace

class TstAttachment : public QObject {
    Q_OBJECT

private slots:
    // One HTTPRoute of namespace "apps" with hostname "a.example" on a Gateway of namespace "infra" that has four
    // listeners.
    void outcome_data()
    {
        QTest::addColumn<QString>("section");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<QString>("hostname");
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<QString>("listeners");
        QTest::newRow("no section: every listener that allows it") << "" << 0 << "apps"
                                                                   << "a.example"
                                                                   << "True/Accepted"
                                                                   << "all,named";
        QTest::newRow("in the Gateway's namespace: Same allows it, too") << "" << 0 << "infra"
                                                                         << "a.example"
                                                                         << "True/Accepted"
                                                                         << "all,same,named";
        QTest::newRow("by section") << "named" << 0 << "apps"
                                    << "a.example"
                                    << "True/Accepted"
                                    << "named";
        QTest::newRow("by port") << "" << 80 << "apps"
                                 << "a.example"
                                 << "True/Accepted"
                                 << "all";
        QTest::newRow("by section and port") << "named" << 82 << "apps"
                                             << "a.example"
                                             << "True/Accepted"
                                             << "named";
        QTest::newRow("unknown section") << "nope" << 0 << "apps"
                                         << "a.example"
                                         << "False/NoMatchingParent"
                                         << "";
        QTest::newRow("unknown port") << "" << 99 << "apps"
                                      << "a.example"
                                      << "False/NoMatchingParent"
                                      << "";
        QTest::newRow("section with another port") << "named" << 80 << "apps"
                                                   << "a.example"
                                                   << "False/NoMatchingParent"
                                                   << "";
        QTest::newRow("namespace not allowed") << "same" << 0 << "apps"
                                               << "a.example"
                                               << "False/NotAllowedByListeners"
                                               << "";
        QTest::newRow("kind not allowed: a protocol mismatch") << "tcp" << 0 << "apps"
                                                               << "a.example"
                                                               << "False/NotAllowedByListeners"
                                                               << "";
        QTest::newRow("no hostname in common") << "named" << 0 << "apps"
                                               << "b.test"
                                               << "False/NoMatchingListenerHostname"
                                               << "";
        QTest::newRow("namespace is asked for before the hostname") << "same" << 0 << "apps"
                                                                    << "b.test"
                                                                    << "False/NotAllowedByListeners"
                                                                    << "";
    }

    void outcome()
    {
        QFETCH(QString, section);
        QFETCH(int, port);
        QFETCH(QString, namespace_);
        QFETCH(QString, hostname);
        QFETCH(QString, accepted);
        QFETCH(QString, listeners);
        World world;
        world.add(gateway("infra", "gw",
                          {fromAll(listener("all", "HTTP", 80)), listener("same", "HTTP", 81, "*.example"),
                           fromAll(listener("named", "HTTP", 82, "*.example")), fromAll(listener("tcp", "TCP", 83))}));
        world.add(
            httpRoute(namespace_.toStdString(), "r",
                      {parentTo("gw", "infra", section.isEmpty() ? std::nullopt : std::optional(section.toStdString()),
                                port == 0 ? std::nullopt : std::optional(std::uint16_t(port)))},
                      hosts({hostname.toStdString()})));
        const Graph graph = world.resolve();
        const ParentNode& judged = graph.routes[0].parents[0];
        QCOMPARE(acceptedOf(judged), accepted);
        QCOMPARE(listenersOf(graph, judged), listeners);
        QCOMPARE(judged.accepted, accepted.startsWith("True"));
        // Written on every parent, also on those that refuse.
        QCOMPARE(QString::fromStdString(verdict(judged.conditions, "ResolvedRefs")), QString("True/ResolvedRefs"));
        // Every listener that was asked and did not take it says why, also when another one did.
        const qsizetype asked = section.isEmpty() && port == 0 ? 4 : 1;
        const qsizetype taken = listeners.isEmpty() ? 0 : listeners.split(',').size();
        QCOMPARE(qsizetype(judged.refusals.size()), std::max<qsizetype>(judged.accepted ? 0 : 1, asked - taken));
        if (!judged.accepted) {
            QVERIFY(!judged.refusals.empty());
            QVERIFY(hasNote(graph, "GH2007"));
        }
        for (const ListenerNode& node : graph.listeners)
            QCOMPARE(node.attachedRoutes,
                     std::uint32_t(listeners.split(',').contains(QString::fromStdString(node.resource->name))));
    }

    void kinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("listeners");
        QTest::newRow("GRPCRoute: HTTP and HTTPS") << int(RouteKind::GRPCRoute) << "http,https";
        QTest::newRow("TLSRoute: TLS in both modes") << int(RouteKind::TLSRoute) << "passthrough,terminate";
        QTest::newRow("TCPRoute: TCP, and TLS that ends here") << int(RouteKind::TCPRoute) << "terminate,tcp";
        QTest::newRow("UDPRoute: UDP") << int(RouteKind::UDPRoute) << "udp";
    }

    void kinds()
    {
        QFETCH(int, kind);
        QFETCH(QString, listeners);
        World world;
        world.add(
            gateway("ns", "gw",
                    {listener("http", "HTTP", 80), listener("https", "HTTPS", 443), passthrough("passthrough", 444),
                     listener("terminate", "TLS", 445), listener("tcp", "TCP", 81), listener("udp", "UDP", 81)}));
        world.add(tlsSecret("ns"));
        const auto k = static_cast<RouteKind>(kind);
        if (k == RouteKind::GRPCRoute)
            world.add(grpcRoute("ns", "r", {parentTo("gw")}));
        else
            world.add(l4Route(k, "ns", "r", {parentTo("gw")},
                              k == RouteKind::TLSRoute ? hosts({"a.example"}) : std::vector<Hostname>{}));
        const Graph graph = world.resolve();
        QCOMPARE(listenersOf(graph, graph.routes[0].parents[0]), listeners);
    }

    void selectorsReadNamespaceLabels_data()
    {
        QTest::addColumn<QString>("namespace_");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("label matches") << "labelled"
                                       << "team"
                                       << "shop" << true;
        QTest::newRow("label differs") << "labelled"
                                       << "team"
                                       << "other" << false;
        QTest::newRow("a namespace that no manifest defines has its name as a label") << "assumed"
                                                                                      << "kubernetes.io/metadata.name"
                                                                                      << "assumed" << true;
    }

    void selectorsReadNamespaceLabels()
    {
        QFETCH(QString, namespace_);
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(bool, accepted);
        Listener l = listener("http", "HTTP", 80);
        l.allowedNamespaces = {
            FromNamespaces::Selector, LabelSelector{{{key.toStdString(), value.toStdString()}}, {}}, {}};
        World world;
        world.add(gateway("infra", "gw", {l})).add(test::namespace_("labelled", {{"team", "shop"}}));
        world.add(httpRoute(namespace_.toStdString(), "r", {parentTo("gw", "infra")}));
        QCOMPARE(world.resolve().routes[0].parents[0].accepted, accepted);
    }

    void anAbsentSelectorMatchesNothing()
    {
        Listener l = listener("http", "HTTP", 80);
        l.allowedNamespaces = {FromNamespaces::Selector, std::nullopt, {}};
        World world;
        world.add(gateway("ns", "gw", {l})).add(httpRoute("ns", "r", {parentTo("gw")}));
        QCOMPARE(acceptedOf(world.resolve().routes[0].parents[0]), QString("False/NotAllowedByListeners"));
    }

    void parentsThatAreNotOurs_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("note");
        const QString g = QString::fromUtf8(gatewayGroup.data(), qsizetype(gatewayGroup.size()));
        QTest::newRow("a Gateway that does not exist") << g << "Gateway"
                                                       << "nope"
                                                       << "GH2003";
        QTest::newRow("a ListenerSet that does not exist") << g << "ListenerSet"
                                                           << "nope"
                                                           << "GH2003";
        QTest::newRow("a Service (mesh)") << ""
                                          << "Service"
                                          << "web"
                                          << "GH2004";
        QTest::newRow("a Gateway of another controller") << g << "Gateway"
                                                         << "foreign"
                                                         << "GH2005";
    }

    void parentsThatAreNotOurs()
    {
        QFETCH(QString, group);
        QFETCH(QString, kind);
        QFETCH(QString, name);
        QFETCH(QString, note);
        GatewayClass ours = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "gc");
        GatewayClass other = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "other");
        ours.controllerName = "gatehouse.dev/gateway-controller";
        other.controllerName = "example.com/other";
        Gateway foreign = gateway("ns", "foreign", {listener("http", "HTTP", 80)});
        foreign.gatewayClassName = "other";
        ParentReference ref = parentTo(name.toStdString());
        ref.group = group.toStdString();
        ref.kind = kind.toStdString();
        World world;
        world.add(ours).add(other).add(foreign).add(gateway("ns", "gw", {listener("http", "HTTP", 80)}));
        world.add(httpRoute("ns", "r", {ref}));
        const Graph graph = world.resolve({"gatehouse.dev/gateway-controller"});
        QCOMPARE(graph.gateways.size(), std::size_t(1));
        QVERIFY(!graph.routes[0].parents[0].ours);
        QVERIFY(graph.routes[0].parents[0].conditions.empty());
        QVERIFY(hasNote(graph, note.toStdString()));
    }

    void aParentIsOnlyItsOwnListeners()
    {
        Gateway gw = gateway("infra", "gw", {fromAll(listener("own", "HTTP", 80))});
        gw.allowedListeners.from = FromNamespaces::All;
        ListenerSet set = listenerSet("team", "set", "gw", {listener("entry", "HTTP", 81)});
        set.parentRef.namespace_ = "infra";
        World world;
        world.add(gw).add(set);
        world.add(httpRoute("team", "by-gateway", {parentTo("gw", "infra")}));
        world.add(httpRoute("team", "by-set", {setParentRef("set")}));
        world.add(httpRoute("team", "entry-through-gateway", {parentTo("gw", "infra", "entry")}));
        ParentReference fromOutside = setParentRef("set");
        fromOutside.namespace_ = "team";
        world.add(httpRoute("infra", "from-infra", {fromOutside}));
        const Graph graph = world.resolve();
        QCOMPARE(listenersOf(graph, findRoute(graph, "by-gateway").parents[0]), QString("own"));
        QCOMPARE(listenersOf(graph, findRoute(graph, "by-set").parents[0]), QString("entry"));
        QCOMPARE(acceptedOf(findRoute(graph, "entry-through-gateway").parents[0]), QString("False/NoMatchingParent"));
        // `Same` of an entry means the ListenerSet's namespace, not the Gateway's.
        QCOMPARE(acceptedOf(findRoute(graph, "from-infra").parents[0]), QString("False/NotAllowedByListeners"));
    }

    void aSetThatIsNotAllowedRefusesRoutes()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("own", "HTTP", 80)}));
        world.add(listenerSet("ns", "set", "gw", {listener("entry", "HTTP", 81)}));
        world.add(httpRoute("ns", "r", {setParentRef("set")}));
        const Graph graph = world.resolve();
        QVERIFY(graph.routes[0].parents[0].ours);
        QCOMPARE(acceptedOf(graph.routes[0].parents[0]), QString("False/NotAllowedByListeners"));
    }

    void brokenListenersStillTakeRoutes()
    {
        World world;
        world.add(gateway("ns", "gw",
                          {listener("https", "HTTPS", 443), listener("a", "HTTP", 80), listener("b", "HTTP", 80)}));
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("nope")}));
        const Graph graph = world.resolve();
        QVERIFY(graph.routes[0].parents[0].accepted);
        for (const ListenerNode& node : graph.listeners) {
            QVERIFY(!node.serves);
            QCOMPARE(node.attachedRoutes, 1u);
        }
        QCOMPARE(QString::fromStdString(verdict(graph.routes[0].parents[0].conditions, "ResolvedRefs")),
                 QString("False/BackendNotFound"));
    }

    void aRouteCountsOnceAListener()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}));
        world.add(httpRoute("ns", "r", {parentTo("gw", {}, "http"), parentTo("gw", "ns")}));
        QCOMPARE(world.resolve().listeners[0].attachedRoutes, 1u);
    }

    void everyTcpRouteCounts()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("tcp", "TCP", 80)}));
        world.add(l4Route(RouteKind::TCPRoute, "ns", "r1", {parentTo("gw")}));
        world.add(l4Route(RouteKind::TCPRoute, "ns", "r2", {parentTo("gw")}));
        const Graph graph = world.resolve();
        QCOMPARE(graph.listeners[0].attachedRoutes, 2u);
        QVERIFY(graph.routes[0].parents[0].accepted && graph.routes[1].parents[0].accepted);
    }

    void httpAndGrpcOnOneHost_data()
    {
        QTest::addColumn<QString>("httpHost");
        QTest::addColumn<QString>("grpcHost");
        QTest::addColumn<bool>("grpcIsOlder");
        QTest::addColumn<QString>("http");
        QTest::addColumn<QString>("grpc");
        const QString ok = "True/Accepted", lost = "False/Conflicted";
        QTest::newRow("same host: the older HTTPRoute stays") << "a.b"
                                                              << "a.b" << false << ok << lost;
        QTest::newRow("same host: the older GRPCRoute stays") << "a.b"
                                                              << "a.b" << true << lost << ok;
        QTest::newRow("a wildcard overlaps") << "*.b"
                                             << "a.b" << true << lost << ok;
        QTest::newRow("all hosts overlap") << ""
                                           << "a.b" << false << ok << lost;
        QTest::newRow("different hosts live together") << "a.b"
                                                       << "c.b" << false << ok << ok;
    }

    void httpAndGrpcOnOneHost()
    {
        QFETCH(QString, httpHost);
        QFETCH(QString, grpcHost);
        QFETCH(bool, grpcIsOlder);
        QFETCH(QString, http);
        QFETCH(QString, grpc);
        const auto list = [](const QString& h) {
            return h.isEmpty() ? std::vector<Hostname>{} : hosts({h.toStdString()});
        };
        HTTPRoute first = httpRoute("ns", "h", {parentTo("gw")}, list(httpHost));
        GRPCRoute other = grpcRoute("ns", "g", {parentTo("gw")}, list(grpcHost));
        first.meta.creationTimestamp = second(2);
        other.meta.creationTimestamp = second(grpcIsOlder ? 1 : 3);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(first).add(other);
        const Graph graph = world.resolve();
        QCOMPARE(acceptedOf(findRoute(graph, "h").parents[0]), http);
        QCOMPARE(acceptedOf(findRoute(graph, "g").parents[0]), grpc);
        QCOMPARE(graph.listeners[0].attachedRoutes, http == grpc ? 2u : 1u);
    }

    void aRouteWithoutHostnamesTakesTheListeners()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80, "*.example")}));
        world.add(httpRoute("ns", "r", {parentTo("gw")}));
        const Graph graph = world.resolve();
        QCOMPARE(graph.routes[0].parents[0].attachments[0].hostnames, hosts({"*.example"}));
    }

    void relations_data()
    {
        QTest::addColumn<QStringList>("routes"); // each: name=gateways
        QTest::addColumn<QString>("relations");  // of each route's parents
        QTest::newRow("one and one") << QStringList{"a=1"} << "one-to-one";
        QTest::newRow("two routes on one Gateway") << QStringList{"a=1", "b=1"} << "one-to-many;one-to-many";
        QTest::newRow("one route on two Gateways") << QStringList{"a=12"} << "many-to-one,many-to-one";
        QTest::newRow("both") << QStringList{"a=12", "b=1"} << "many-to-many,many-to-one;one-to-many";
        QTest::newRow("two listeners of one Gateway are one Gateway") << QStringList{"a=11"} << "one-to-one,one-to-one";
    }

    void relations()
    {
        QFETCH(QStringList, routes);
        QFETCH(QString, relations);
        World world;
        for (const char* name : {"1", "2"})
            world.add(gateway("ns", name, {listener("x", "HTTP", 80), listener("y", "HTTP", 81)}));
        for (const QString& text : routes) {
            std::vector<ParentReference> parents;
            for (const QChar c : text.section('=', 1))
                parents.push_back(parentTo(std::string(1, c.toLatin1()), {}, parents.empty() ? "x" : "y"));
            world.add(httpRoute("ns", text.section('=', 0, 0).toStdString(), parents));
        }
        const Graph graph = world.resolve();
        QStringList found;
        for (const RouteNode& route : graph.routes) {
            QStringList ofRoute;
            for (const ParentNode& node : route.parents)
                ofRoute << QString::fromUtf8(toString(node.relation).data());
            found << ofRoute.join(',');
        }
        QCOMPARE(found.join(';'), relations);
    }

    void refusedRoutesMakeNoRelation()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("x", "HTTP", 80)}));
        world.add(httpRoute("ns", "a", {parentTo("gw")})).add(httpRoute("other", "b", {parentTo("gw", "ns")}));
        QVERIFY(world.resolve().routes[0].parents[0].relation == Relation::OneToOne);
    }
};

QTEST_APPLESS_MAIN(TstAttachment)
#include "tst_attachment.moc"
