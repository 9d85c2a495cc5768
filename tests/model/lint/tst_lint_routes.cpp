#include "lint_lines.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

/// Routes that attach nowhere, hostnames that nobody serves, listeners that nobody uses, Gateways open to all.
class TstLintRoutes : public QObject {
    Q_OBJECT

private slots:
    void aRouteWithoutParentsIsTold()
    {
        World world = usual();
        world.add(httpRoute("apps", "r", {}, {}, {backend("web")}));
        world.add(httpRoute("apps", "s", {parentTo("gw")}, {}, {backend("web")}));
        QCOMPARE(findings(world, "GH2101"), QStringList{"warning GH2101 HTTPRoute apps/r spec.parentRefs"});
    }

    void hostnames_data()
    {
        QTest::addColumn<QStringList>("listeners");
        QTest::addColumn<QStringList>("route");
        QTest::addColumn<QStringList>("told");
        const auto told = [](int index) {
            return QStringList{QString("warning GH2102 HTTPRoute apps/r spec.hostnames[%1]").arg(index)};
        };
        QTest::newRow("one of two is on no listener")
            << QStringList{"*.example.com"} << QStringList{"a.example.com", "a.example.org"} << told(1);
        QTest::newRow("the bare domain is not below its wildcard")
            << QStringList{"*.example.com"} << QStringList{"example.com", "a.example.com"} << told(0);
        QTest::newRow("another listener takes it") << QStringList{"*.example.com", "*.example.org"}
                                                   << QStringList{"a.example.com", "a.example.org"} << QStringList{};
        QTest::newRow("a listener that takes every host")
            << QStringList{"*.example.com", ""} << QStringList{"a.example.com", "a.example.org"} << QStringList{};
        QTest::newRow("a wildcard that overlaps is served in part")
            << QStringList{"a.example.com"} << QStringList{"*.example.com"} << QStringList{};
        QTest::newRow("none is served: resolve notes it")
            << QStringList{"*.example.com"} << QStringList{"a.example.org"} << QStringList{};
    }

    void hostnames()
    {
        QFETCH(QStringList, listeners);
        QFETCH(QStringList, route);
        QFETCH(QStringList, told);
        std::vector<Listener> all;
        for (const QString& hostname : listeners)
            all.push_back(listener("l" + std::to_string(all.size()), "HTTP", 80, hostname.toStdString()));
        std::vector<Hostname> names;
        for (const QString& hostname : route)
            names.push_back(host(hostname.toStdString()));
        World world;
        world.add(gateway("apps", "gw", all)).add(service("apps", "web"));
        world.add(httpRoute("apps", "r", {parentTo("gw")}, names, {backend("web")}));
        QCOMPARE(findings(world, "GH2102"), told);
    }

    void anotherParentMayServeTheRest()
    {
        World world;
        world.add(gateway("apps", "gw", {listener("http", "HTTP", 80, "*.example.com")}));
        world.add(
            httpRoute("apps", "r", {parentTo("gw"), parentTo("elsewhere")}, hosts({"a.example.com", "a.example.org"})));
        QCOMPARE(findings(world, "GH2102"), QStringList{});
    }

    void unusedListeners()
    {
        World world;
        world.add(gateway("apps", "gw", {listener("a", "HTTP", 80), listener("b", "HTTP", 81)}));
        QCOMPARE(findings(world), QStringList{"info GH2104 Gateway apps/gw"});
        world.add(service("apps", "web"));
        world.add(httpRoute("apps", "r", {parentTo("gw", {}, std::string("a"))}, {}, {backend("web")}));
        QCOMPARE(findings(world).filter("GH210"), QStringList{"warning GH2103 Gateway apps/gw spec.listeners[1]"});
    }

    void listenersOfUnknownUseAreLeftAlone()
    {
        OtherResource other;
        other.key = {"example.com", "SlowRoute", {"apps", "x"}};
        other.isRoute = true;
        other.parentRefs = {parentTo("gw")};
        World foreign;
        foreign.add(gateway("apps", "gw", {listener("a", "HTTP", 80)})).addOther(other);
        QCOMPARE(findings(foreign), QStringList{});

        Gateway gw = gateway("apps", "gw", {listener("dummy", "HTTP", 80)});
        gw.allowedListeners.from = FromNamespaces::Same;
        ParentReference ref = setParentRef("set");
        World sets;
        sets.add(gw).add(listenerSet("apps", "set", "gw", {listener("a", "HTTP", 81)})).add(service("apps", "web"));
        sets.add(httpRoute("apps", "r", {ref}, {}, {backend("web")}));
        QCOMPARE(findings(sets).filter("GH210"), QStringList{});
    }

    void openGateways_data()
    {
        QTest::addColumn<QString>("hostname");
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("all");
        QTest::addColumn<bool>("shared");
        QTest::addColumn<bool>("told");
        QTest::newRow("no hostname") << ""
                                     << "HTTP" << true << true << true;
        QTest::newRow("a wildcard") << "*.example.com"
                                    << "HTTP" << true << true << true;
        QTest::newRow("one host") << "a.example.com"
                                  << "HTTP" << true << true << false;
        QTest::newRow("its own namespace only") << ""
                                                << "HTTP" << false << true << false;
        QTest::newRow("one namespace uses it") << ""
                                               << "HTTP" << true << false << false;
        QTest::newRow("TCP has no hosts") << ""
                                          << "TCP" << true << true << false;
    }

    void openGateways()
    {
        QFETCH(QString, hostname);
        QFETCH(QString, protocol);
        QFETCH(bool, all);
        QFETCH(bool, shared);
        QFETCH(bool, told);
        Listener open = listener("l", protocol.toStdString(), 80, hostname.toStdString());
        if (all)
            open = fromAll(open);
        World world;
        world.add(gateway("infra", "gw", {open}));
        for (const char* namespace_ : {"a", shared ? "b" : "a"}) {
            const std::vector<ParentReference> parents{parentTo("gw", std::string("infra"))};
            if (protocol == "TCP")
                world.add(l4Route(RouteKind::TCPRoute, namespace_, "r", parents));
            else
                world.add(httpRoute(namespace_, "r", parents));
        }
        const QStringList expected =
            told ? QStringList{"info GH2105 Gateway infra/gw spec.listeners[0].allowedRoutes.namespaces.from"}
                 : QStringList{};
        QCOMPARE(findings(world, "GH2105"), expected);
    }

    void deprecatedKinds()
    {
        World world = usual();
        world.add(routeTo({backend("web")}));
        auto slice = named<EndpointSlice>("", "Endpoints", "apps", "web");
        slice.serviceName = "web";
        slice.ports.push_back({"p80", "TCP", 80, {}});
        slice.endpoints.push_back({{"127.0.0.1"}, true, {}, {}});
        world.add(slice);
        QCOMPARE(findings(world), QStringList{"info GH2106 Endpoints apps/web kind"});
    }
};

QTEST_APPLESS_MAIN(TstLintRoutes)
#include "tst_lint_routes.moc"
