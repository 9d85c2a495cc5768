#include "builders.h"

#include "model/graph/reference_grants.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

/// The remedies of all notes of one code.
QStringList remedies(const Graph& graph, std::string_view code)
{
    QStringList all;
    for (const Diagnostic& note : graph.notes)
        if (note.code == code)
            all += QString::fromStdString(note.remedy);
    return all;
}

ParentReference toSection(const char* name)
{
    return parentTo("gw", std::string("infra"), std::string(name));
}

} // namespace

/// What a note about a refused reference advises: the one field that is enough.
class TstMending : public QObject {
    Q_OBJECT

private slots:
    void refused_data()
    {
        QTest::addColumn<int>("parent");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("a slip in sectionName") << 0 << "set spec.parentRefs[0].sectionName to \"http\"";
        QTest::newRow("another port") << 1 << "set spec.parentRefs[0].port to 80";
        QTest::newRow("another namespace") << 2
                                           << "set spec.listeners[2].allowedRoutes.namespaces.from to All, or to "
                                              "Selector with labels of namespace infra in Gateway infra/gw";
        QTest::newRow("a host of another domain") << 3 << "give spec.hostnames a host of *.example.com";
        QTest::newRow("a kind that was left out")
            << 4 << "add HTTPRoute to spec.listeners[3].allowedRoutes.kinds in Gateway infra/gw";
        QTest::newRow("a kind for another protocol: another listener takes it")
            << 5 << "set spec.parentRefs[0].sectionName to \"http\"";
        QTest::newRow("two at once") << 6
                                     << "no single field mends it; the nearest is listener team: set "
                                        "spec.parentRefs[0].port to 8080, and give spec.hostnames a host of "
                                        "*.example.com";
    }

    void refused()
    {
        Listener team = fromAll(listener("team", "HTTP", 8080, "*.example.com"));
        Listener closed = listener("closed", "HTTP", 8081);
        closed.allowedNamespaces.from = FromNamespaces::None;
        World world;
        world.add(gateway("infra", "gw",
                          {listener("http", "HTTP", 80), team, closed,
                           withKinds(listener("grpc", "HTTP", 8082), {"GRPCRoute"}), listener("tcp", "TCP", 9000)}));
        const ParentReference parents[] = {toSection("htpp"),
                                           parentTo("gw", {}, std::string("http"), 81),
                                           toSection("closed"),
                                           toSection("team"),
                                           toSection("grpc"),
                                           toSection("tcp"),
                                           parentTo("gw", {}, std::string("team"), 81)};
        QFETCH(int, parent);
        QFETCH(QString, remedy);
        const bool foreignHost = parent == 3 || parent == 6;
        world.add(httpRoute("infra", "r", {parents[parent]},
                            foreignHost ? hosts({"www.example.org"}) : std::vector<Hostname>{}));
        QCOMPARE(remedies(world.resolve(), "GH2007"), QStringList{remedy});
    }

    void noListenerOfTheProtocol()
    {
        World world;
        world.add(gateway("infra", "gw", {listener("tcp", "TCP", 9000)}));
        world.add(httpRoute("infra", "r", {parentTo("gw")}));
        QCOMPARE(
            remedies(world.resolve(), "GH2007"),
            QStringList{"change spec.listeners[0].protocol (TCP) in Gateway infra/gw to one that takes HTTPRoutes"});
    }

    void missingParent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("it is in another namespace")
            << "edge"
            << "Gateway infra/edge exists: set spec.parentRefs[0].namespace to \"infra\"";
        QTest::newRow("a slip of the pen") << "publik"
                                           << "did you mean \"public\"? Set spec.parentRefs[0].name";
        QTest::newRow("nothing like it") << "nothing-like-it"
                                         << "correct the name or the namespace, or add the Gateway";
    }

    void missingParent()
    {
        QFETCH(QString, name);
        QFETCH(QString, remedy);
        World world;
        world.add(gateway("infra", "edge", {listener("http", "HTTP", 80)}));
        world.add(gateway("apps", "public", {listener("http", "HTTP", 80)}));
        world.add(httpRoute("apps", "r", {parentTo(name.toStdString())}));
        QCOMPARE(remedies(world.resolve(), "GH2003"), QStringList{remedy});
    }

    void conflictsSayWhoLoses_data()
    {
        QTest::addColumn<bool>("setIsOlder");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("the Gateway before its ListenerSets, then the older set")
            << true
            << QStringList{"the other keeps the port: a Gateway's own listeners come before those of its ListenerSets",
                           "the other keeps the port: its ListenerSet is older"};
        QTest::newRow("sets of one age by name")
            << false
            << QStringList{"the other keeps the port: a Gateway's own listeners come before those of its ListenerSets",
                           "the other keeps the port: its ListenerSet comes first by namespace and name"};
    }

    void conflictsSayWhoLoses()
    {
        QFETCH(bool, setIsOlder);
        QFETCH(QStringList, says);
        Gateway gw = gateway("infra", "gw", {listener("http", "HTTP", 80)});
        gw.allowedListeners.from = FromNamespaces::All;
        ListenerSet a = listenerSet("infra", "a", "gw", {listener("x", "TCP", 80), listener("y", "HTTP", 81)});
        ListenerSet b = listenerSet("infra", "b", "gw", {listener("z", "TCP", 81)});
        if (setIsOlder) {
            a.meta.creationTimestamp = second(1);
            b.meta.creationTimestamp = second(2);
        }
        World world;
        world.add(gw).add(a).add(b);
        QStringList found;
        for (const Diagnostic& note : world.resolve().notes)
            if (note.code == "GH2011")
                found += QString::fromStdString(note.message.substr(note.message.find("; ") + 2));
        QCOMPARE(found, says);
    }

    void grantManifestNamesEverything()
    {
        QCOMPARE(grantManifest({gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", "web"}),
                 std::string("{apiVersion: gateway.networking.k8s.io/v1, kind: ReferenceGrant, metadata: {name: "
                             "apps-httproute-to-web, namespace: shop}, spec: {from: [{group: "
                             "gateway.networking.k8s.io, kind: HTTPRoute, namespace: apps}], to: [{group: \"\", kind: "
                             "Service, name: web}]}}"));
        const std::string longName(250, 'x');
        const std::string manifest =
            grantManifest({gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", longName});
        QVERIFY(manifest.find("metadata: {name: allow-apps, ") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TstMending)
#include "tst_mending.moc"
