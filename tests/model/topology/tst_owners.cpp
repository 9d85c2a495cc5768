#include "../graph/builders.h"

#include "model/topology/topology.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

using Texts = std::map<std::string, std::string>;

template <class T>
T from(T resource, const char* file)
{
    resource.source = {std::make_shared<const std::string>(file), {1, 1}};
    return resource;
}

Namespace space(const char* name, Texts labels, Texts annotations = {})
{
    auto resource = named<Namespace>("", "Namespace", "", name);
    resource.meta.labels = std::move(labels);
    resource.meta.annotations = std::move(annotations);
    return resource;
}

/// Owner and what says it, of namespace "shop", where other namespaces have files of their own.
QString ownerOf(World& world)
{
    world.add(from(gateway("infra", "gw", {listener("http", "HTTP", 80)}), "all/infra/gw.yaml"));
    const Topology topology = project(world.resolve(), nullptr);
    const auto found = topology.owners.find("shop");
    if (found == topology.owners.end())
        return QStringLiteral("nobody");
    return QString::fromStdString(found->second.name + (found->second.key.empty() ? "" : " by " + found->second.key));
}

} // namespace

class TstOwners : public QObject {
    Q_OBJECT

private slots:
    void declared_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("annotation");
        QTest::addColumn<QString>("owner");
        QTest::newRow("label team") << "team=payments"
                                    << ""
                                    << "payments by team";
        QTest::newRow("label owner") << "example.com/owner=ann"
                                     << ""
                                     << "ann by example.com/owner";
        QTest::newRow("owner before team") << "team=payments"
                                           << "owner=ann"
                                           << "ann by owner";
        QTest::newRow("annotation before label") << "owner=ann"
                                                 << "owner=bob"
                                                 << "bob by owner";
        QTest::newRow("our own before all") << "gatehouse.dev/owner=us"
                                            << "owner=bob"
                                            << "us by gatehouse.dev/owner";
        QTest::newRow("an empty one says nothing") << "team="
                                                   << ""
                                                   << "shop.yaml";
        QTest::newRow("others say nothing") << "teams=payments"
                                            << ""
                                            << "shop.yaml";
    }

    void declared()
    {
        QFETCH(QString, label);
        QFETCH(QString, annotation);
        const auto texts = [](const QString& pair) {
            const int at = static_cast<int>(pair.indexOf('='));
            return pair.isEmpty() ? Texts() : Texts{{pair.left(at).toStdString(), pair.mid(at + 1).toStdString()}};
        };
        World world;
        world.add(space("shop", texts(label), texts(annotation)));
        world.add(from(service("shop", "web"), "all/shop/shop.yaml"));
        QTEST(ownerOf(world), "owner");
    }

    void oneFile()
    {
        World world;
        world.add(from(service("shop", "web"), "all/shop/shop.yaml"))
            .add(from(service("shop", "api"), "all/shop/shop.yaml"));
        QCOMPARE(ownerOf(world), QStringLiteral("shop.yaml"));
    }

    void oneFolder()
    {
        World world;
        world.add(from(service("shop", "web"), "all/shop/web.yaml"))
            .add(from(service("shop", "api"), "all/shop/api.yaml"));
        QCOMPARE(ownerOf(world), QStringLiteral("shop/"));
    }

    void theFolderOfEverythingSaysNothing()
    {
        World world;
        world.add(from(service("shop", "web"), "all/infra/web.yaml"))
            .add(from(service("shop", "api"), "all/infra/api.yaml"));
        QCOMPARE(ownerOf(world), QStringLiteral("nobody"));
    }

    void grantsAreNamedOnTheEdgesThatTheyAllow()
    {
        World world;
        const auto allow =
            grant("data", {std::string(gatewayGroup), "HTTPRoute", "apps"}, {"", "Service", std::nullopt});
        world.add(service("data", "db")).add(service("apps", "own")).add(allow);
        world.add(httpRoute("apps", "web", {}, {}, {backend("db", 80, "data"), backend("own")}));
        world.add(httpRoute("other", "web", {}, {}, {backend("db", 80, "data")}));
        const Topology topology = project(world.resolve(), nullptr);
        QCOMPARE(topology.grants.size(), std::size_t{1});
        QVERIFY(topology.grants[0].key == allow.key);
        std::size_t granted = 0;
        for (const TopologyEdge& edge : topology.edges) {
            const bool allowed = topology.nodes[edge.from].key.name.namespace_ == "apps" && edge.crossNamespace;
            QCOMPARE(edge.grants.size(), std::size_t{allowed ? 1u : 0u});
            granted += edge.grants.size();
        }
        QCOMPARE(granted, std::size_t{1});
    }

    void listenersSayHowTlsIsServed()
    {
        World world;
        world.add(
            gateway("infra", "gw",
                    {listener("plain", "HTTP", 80), listener("https", "HTTPS", 443), passthrough("through", 8443)}));
        const Topology topology = project(world.resolve(), nullptr);
        const auto& ports = topology.nodes[0].ports;
        QVERIFY(!ports[0].tls);
        QVERIFY(ports[1].tls == TlsMode::Terminate);
        QVERIFY(ports[2].tls == TlsMode::Passthrough);
    }
};

QTEST_APPLESS_MAIN(TstOwners)
#include "tst_owners.moc"
