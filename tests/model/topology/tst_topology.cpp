#include "../graph/builders.h"

#include "model/topology/topology.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

QString nodeText(const TopologyNode& node)
{
    return QString::fromStdString(std::string(toString(node.kind)) + ' ' + node.key.kind + ' ' +
                                  toString(node.key.name) + ' ' + std::string(toString(node.health)));
}

QString edgeText(const Topology& topology, const TopologyEdge& edge)
{
    std::string text =
        topology.nodes[edge.from].title + " -> " + topology.nodes[edge.to].title + " [" + edge.label + ']';
    for (const std::string& name : edge.listeners)
        text += ' ' + name;
    return QString::fromStdString(text + (edge.rejected ? " rejected" : "") + (edge.crossNamespace ? " cross" : ""));
}

QStringList edgesOf(const Topology& topology, EdgeKind kind)
{
    QStringList list;
    for (const TopologyEdge& edge : topology.edges)
        if (edge.kind == kind)
            list << edgeText(topology, edge);
    return list;
}

const TopologyNode& nodeOf(const Topology& topology, std::string_view title)
{
    for (const TopologyNode& node : topology.nodes)
        if (node.title == title)
            return node;
    qFatal("no node %s", std::string(title).c_str());
}

World shop()
{
    HTTPRoute split = httpRoute("shop", "split", {parentTo("gw", "infra")}, hosts({"shop.example"}),
                                {backend("web", 80, {}, 80), backend("web2", 80, {}, 20)});
    split.rules.push_back(split.rules[0]);
    split.rules[1].backendRefs = {backend("nope")};
    OtherResource rateLimit = named<OtherResource>("example.com", "RateLimitPolicy", "shop", "limit");
    rateLimit.targetRefs.push_back({std::string(gatewayGroup), "HTTPRoute", "split", {}, {}});
    OtherResource custom = named<OtherResource>("example.com", "FancyRoute", "shop", "fancy");
    custom.isRoute = true;
    custom.parentRefs.push_back(parentTo("gw", "infra", "http"));
    World world;
    world.add(gateway("infra", "gw", {fromAll(listener("http", "HTTP", 80)), listener("internal", "HTTP", 81)}));
    world.add(service("shop", "web")).add(service("shop", "web2")).add(service("shop", "idle"));
    world.add(split).add(httpRoute("shop", "refused", {parentTo("gw", "infra", "internal")}, {}, {backend("web")}));
    world.add(tlsPolicy("shop", "tls", "web")).addOther(rateLimit).addOther(custom);
    return world;
}

} // namespace

class TstTopology : public QObject {
    Q_OBJECT

private slots:
    void nodes()
    {
        const Graph graph = shop().resolve();
        const Programming programming = everythingWorks(graph);
        const Topology topology = project(graph, &programming);
        QStringList list;
        for (const TopologyNode& node : topology.nodes)
            list << nodeText(node);
        QCOMPARE(list, (QStringList{
                           "gateway Gateway infra/gw good",
                           "route HTTPRoute shop/refused bad",
                           "route HTTPRoute shop/split warning",
                           "backend Service shop/idle unknown",
                           "backend Service shop/nope bad",
                           "backend Service shop/web good",
                           "backend Service shop/web2 good",
                           "policy RateLimitPolicy shop/limit unknown",
                           "policy BackendTLSPolicy shop/tls good",
                           "other FancyRoute shop/fancy unknown",
                       }));
        QCOMPARE(topology.namespaces, (std::vector<std::string>{"infra", "shop"}));
        QCOMPARE(nodeOf(topology, "idle").healthText, std::string("no route refers to it"));
        QCOMPARE(nodeOf(topology, "nope").healthText, std::string("the Service does not exist"));
        QCOMPARE(nodeOf(topology, "gw").subtitle, std::string("gc, 127.0.0.1"));
        QCOMPARE(nodeOf(topology, "split").subtitle, std::string("shop.example"));
        QCOMPARE(nodeOf(topology, "gw").ports.size(), std::size_t(2));
        QCOMPARE(nodeOf(topology, "gw").ports[0].url, std::string("http://127.0.0.1"));
        QCOMPARE(nodeOf(topology, "gw").ports[1].url, std::string("http://127.0.0.1:81"));
        QCOMPARE(nodeOf(topology, "gw").ports[0].attachedRoutes, 1u);
    }

    void edges()
    {
        const Graph graph = shop().resolve();
        const Topology topology = project(graph, nullptr);
        QCOMPARE(edgesOf(topology, EdgeKind::Attachment),
                 (QStringList{
                     "gw -> refused [NotAllowedByListeners] internal rejected cross",
                     "gw -> split [one-to-one] http cross",
                     "gw -> fancy [not executed] http cross",
                 }));
        QCOMPARE(edgesOf(topology, EdgeKind::Backend), (QStringList{
                                                           "refused -> web []",
                                                           "split -> nope [BackendNotFound] rejected",
                                                           "split -> web [weight 80 %]",
                                                           "split -> web2 [weight 20 %]",
                                                       }));
        QCOMPARE(edgesOf(topology, EdgeKind::Policy), (QStringList{"limit -> split []", "tls -> web []"}));
        for (const TopologyEdge& edge : topology.edges)
            if (edge.rejected && edge.kind == EdgeKind::Attachment)
                QVERIFY(edge.detail.find("allowedRoutes.namespaces.from") != std::string::npos);
    }

    void listenerSetsLendTheirPortsToTheGateway()
    {
        Gateway gw = gateway("ns", "gw", {listener("http", "HTTP", 80)});
        gw.allowedListeners.from = FromNamespaces::Same;
        World world;
        world.add(gw).add(listenerSet("ns", "set", "gw", {listener("http", "HTTP", 81)}));
        world.add(listenerSet("other", "outside", "gw", {listener("http", "HTTP", 82)}));
        world.add(httpRoute("ns", "r", {setParentRef("set")}));
        const Topology topology = project(world.resolve(), nullptr);
        QCOMPARE(nodeOf(topology, "gw").ports.at(1).name, std::string("ns/set/http"));
        QCOMPARE(nodeOf(topology, "gw").ports.at(1).listenerSet, std::string("ns/set"));
        QCOMPARE(edgesOf(topology, EdgeKind::Attachment),
                 (QStringList{"gw -> set [listeners] ns/set/http", "gw -> r [one-to-one] ns/set/http"}));
        QVERIFY(nodeOf(topology, "outside").health == Health::Bad);
    }

    void weights_data()
    {
        QTest::addColumn<QList<int>>("weights");
        QTest::addColumn<QString>("label"); // of the first backend
        QTest::newRow("alone: no share to tell") << QList<int>{1} << "";
        QTest::newRow("alone with weight 0") << QList<int>{0} << "weight 0 %";
        QTest::newRow("thirds") << QList<int>{1, 2} << "weight 33.3 %";
        QTest::newRow("never") << QList<int>{0, 5} << "weight 0 %";
        QTest::newRow("all zero") << QList<int>{0, 0} << "weight 0 %";
    }

    void weights()
    {
        QFETCH(QList<int>, weights);
        QFETCH(QString, label);
        std::vector<BackendRef> refs;
        World world;
        for (const int weight : weights) {
            const std::string name = "s" + std::to_string(refs.size());
            world.add(service("ns", name));
            refs.push_back(backend(name, 80, {}, std::uint32_t(weight)));
        }
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, refs));
        const Topology topology = project(world.resolve(), nullptr);
        QCOMPARE(QString::fromStdString(topology.edges.at(0).label), label);
    }

    void dotIsStableAndQuotes()
    {
        World world = shop();
        // No API server lets such names pass, but a renderer must not care.
        world.add(service("shop", "we\"ird\\<&>"));
        const Graph graph = world.resolve();
        const std::string dot = toDot(project(graph, nullptr));
        QCOMPARE(dot, toDot(project(world.resolve(), nullptr)));
        QVERIFY(dot.starts_with("digraph gatehouse {\n") && dot.ends_with("}\n"));
        for (const char* part : {"subgraph \"cluster_infra\"", "\"Service/shop/we\\\"ird\\\\<&>\" [shape=cylinder",
                                 "style=dashed", "label=\"NotAllowedByListeners\"", "PORT=\"p0\"",
                                 "\"Gateway.gateway.networking.k8s.io/infra/gw\":p0 -> "})
            QVERIFY2(dot.find(part) != std::string::npos, part);
    }

    void gatewayLabelsAreEscaped()
    {
        World world;
        world.add(gateway("ns", "a<b>&\"c", {listener("x<y", "HTTP", 80)}));
        const std::string dot = toDot(project(world.resolve(), nullptr));
        QVERIFY(dot.find("<B>a&lt;b&gt;&amp;&quot;c</B>") != std::string::npos);
        QVERIFY(dot.find("x&lt;y") != std::string::npos);
    }

    void valueHasEverything()
    {
        const Graph graph = shop().resolve();
        const Topology topology = project(graph, nullptr);
        const Value value = toValue(topology);
        QCOMPARE(value.find("nodes")->asArray()->size(), topology.nodes.size());
        QCOMPARE(value.find("edges")->asArray()->size(), topology.edges.size());
        const Value& first = value.find("nodes")->asArray()->front();
        QCOMPARE(*first.find("listeners")->asArray()->front().find("port"), Value(80));
    }
};

QTEST_APPLESS_MAIN(TstTopology)
#include "tst_topology.moc"
