#include "../graph/builders.h"

#include "model/topology/groups.h"
#include "model/topology/select.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

/// Two Gateways; a ListenerSet; routes of one, of both, and a refused one; a backend that two routes share.
Topology town()
{
    Gateway first = gateway("infra", "first", {fromAll(listener("http", "HTTP", 80))});
    first.allowedListeners.from = FromNamespaces::All;
    World world;
    world.add(first).add(gateway("infra", "second", {fromAll(listener("http", "HTTP", 80))}));
    ListenerSet set = listenerSet("shop", "set", "first", {listener("extra", "HTTP", 81)});
    set.parentRef.namespace_ = "infra";
    world.add(set);
    for (const char* name : {"web", "api", "shared", "lonely"})
        world.add(service("shop", name));
    world.add(httpRoute("shop", "one", {parentTo("first", "infra")}, {}, {backend("web"), backend("shared")}));
    world.add(
        httpRoute("shop", "both", {parentTo("first", "infra"), parentTo("second", "infra")}, {}, {backend("shared")}));
    world.add(httpRoute("shop", "set-route", {setParentRef("set")}, {}, {backend("api")}));
    world.add(httpRoute("shop", "refused", {parentTo("second", "infra", "nope")}, {}, {backend("gone")}));
    world.add(tlsPolicy("shop", "tls", "web"));
    return project(world.resolve(), nullptr);
}

QString names(const Topology& topology)
{
    QStringList list;
    for (const TopologyNode& node : topology.nodes)
        list << QString::fromStdString(node.title);
    return list.join(' ');
}

QString edges(const Topology& topology)
{
    QStringList list;
    for (const TopologyEdge& edge : topology.edges)
        list << QString::fromStdString(topology.nodes[edge.from].title + '>' + topology.nodes[edge.to].title);
    return list.join(' ');
}

} // namespace

class TstSelect : public QObject {
    Q_OBJECT

private slots:
    void find_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        QTest::newRow("kind/namespace/name") << "Gateway/infra/first"
                                             << "Gateway/infra/first";
        QTest::newRow("any case") << "hTTProute/shop/one"
                                  << "HTTPRoute/shop/one";
        QTest::newRow("plural") << "services/shop/web"
                                << "Service/shop/web";
        QTest::newRow("short name") << "svc/shop/web"
                                    << "Service/shop/web";
        QTest::newRow("with its group") << "Gateway.gateway.networking.k8s.io/infra/first"
                                        << "Gateway/infra/first";
        QTest::newRow("another group") << "Gateway.example.com/infra/first"
                                       << "";
        QTest::newRow("another namespace") << "Gateway/shop/first"
                                           << "";
        QTest::newRow("another kind") << "HTTPRoute/infra/first"
                                      << "";
        QTest::newRow("names are exact") << "Gateway/infra/First"
                                         << "";
        QTest::newRow("no namespace") << "Gateway/first"
                                      << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }

    void find()
    {
        QFETCH(QString, text);
        QFETCH(QString, found);
        const Topology topology = town();
        const auto node = findNode(topology, text.toStdString());
        QCOMPARE(node ? QString::fromStdString(focusText(topology.nodes[*node])) : QString(), found);
    }

    void focus_data()
    {
        QTest::addColumn<QString>("centre");
        QTest::addColumn<int>("hops"); // -1: any
        QTest::addColumn<QString>("nodes");
        QTest::newRow("a Gateway: everything behind it")
            << "Gateway/infra/first" << -1 << "first set both one set-route api shared web tls";
        QTest::newRow("a Gateway, one hop: no backends")
            << "Gateway/infra/first" << 1 << "first set both one set-route";
        QTest::newRow("two hops: backends, but no policy behind them")
            << "Gateway/infra/first" << 2 << "first set both one set-route api shared web";
        QTest::newRow("a route: not its Gateway's other routes")
            << "HTTPRoute/shop/one" << -1 << "first one shared web tls";
        QTest::newRow("a route of two Gateways") << "HTTPRoute/shop/both" << -1 << "first second both shared";
        QTest::newRow("a refused route sees who refused it") << "HTTPRoute/shop/refused" << -1 << "second refused gone";
        QTest::newRow("a backend: who leads there") << "Service/shop/shared" << -1 << "first second both one shared";
        QTest::newRow("a backend, one hop") << "Service/shop/shared" << 1 << "both one shared";
        QTest::newRow("a ListenerSet: its own routes") << "ListenerSet/shop/set" << -1 << "first set set-route api";
        QTest::newRow("a policy: its target, and who leads there")
            << "BackendTLSPolicy/shop/tls" << -1 << "first one web tls";
        QTest::newRow("a policy, one hop") << "BackendTLSPolicy/shop/tls" << 1 << "web tls";
        QTest::newRow("no hop") << "HTTPRoute/shop/one" << 0 << "one";
        QTest::newRow("nothing around it") << "Service/shop/lonely" << -1 << "lonely";
    }

    void focus()
    {
        QFETCH(QString, centre);
        QFETCH(int, hops);
        QFETCH(QString, nodes);
        const Topology topology = town();
        const auto node = findNode(topology, centre.toStdString());
        QVERIFY(node);
        const Topology near = focusOn(topology, *node, hops < 0 ? anyHops : static_cast<std::uint32_t>(hops));
        QCOMPARE(names(near), nodes);
        for (const TopologyEdge& edge : near.edges)
            QVERIFY(edge.from < near.nodes.size() && edge.to < near.nodes.size());
    }

    void focusKeepsEdgesAndNamespacesOfWhatItKeeps()
    {
        const Topology topology = town();
        const Topology near = focusOn(topology, *findNode(topology, "HTTPRoute/shop/both"));
        QCOMPARE(edges(near), QString("first>both second>both both>shared"));
        QCOMPARE(near.namespaces, (std::vector<std::string>{"infra", "shop"}));
        const Topology alone = focusOn(topology, *findNode(topology, "HTTPRoute/shop/both"), 0);
        QCOMPARE(alone.namespaces, (std::vector<std::string>{"shop"}));
    }

    void onlyRefusedKeepsBothEnds()
    {
        const Topology topology = town();
        const Topology refused = onlyRefused(topology);
        QCOMPARE(names(refused), QString("second refused gone"));
        QCOMPARE(edges(refused), QString("second>refused refused>gone"));
        QCOMPARE(names(onlyRefused(topology, findNode(topology, "Gateway/infra/first"))),
                 QString("first second refused gone"));
    }

    void groupsByGateway()
    {
        const Topology topology = town();
        const TopologyGroups groups = groupBy(topology, Grouping::Gateway);
        QStringList list;
        for (const TopologyGroup& group : groups.groups) {
            QString text = QString::fromStdString(group.id) + ':';
            for (const std::uint32_t node : group.nodes)
                text += ' ' + QString::fromStdString(topology.nodes[node].title);
            list << text;
        }
        QStringList outside;
        for (const std::uint32_t node : groups.outside)
            outside << QString::fromStdString(topology.nodes[node].title);
        QCOMPARE(list, (QStringList{"infra/first: first set one set-route api web tls", "infra/second: second"}));
        QCOMPARE(outside.join(' '), QString("both refused gone lonely shared"));
    }

    void groupsByNamespaceAreThePlainPicture()
    {
        const Topology topology = town();
        const TopologyGroups groups = groupBy(topology, Grouping::Namespace);
        QCOMPARE(toDot(topology, groups), toDot(topology));
        QVERIFY(groups.outside.empty());
        QCOMPARE(groups.groups.size(), std::size_t(2));
    }

    void gatewayFramesNameTheNamespaceInLabels()
    {
        const Topology topology = town();
        const std::string dot = toDot(topology, groupBy(topology, Grouping::Gateway));
        QVERIFY(dot.find("subgraph \"cluster_infra/first\"") != std::string::npos);
        QVERIFY(dot.find("label=\"shop/one\\n") != std::string::npos);
        const Value value = toValue(topology, groupBy(topology, Grouping::Gateway));
        QCOMPARE(*value.find("groupedBy")->asString(), std::string("gateway"));
        QCOMPARE(value.find("groups")->asArray()->size(), std::size_t(2));
        QCOMPARE(value.find("ungrouped")->asArray()->size(), std::size_t(5));
    }
};

QTEST_APPLESS_MAIN(TstSelect)
#include "tst_select.moc"
