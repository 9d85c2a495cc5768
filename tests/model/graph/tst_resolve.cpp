#include "builders.h"

#include <ctime>
#include <limits>

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

/// `routes` HTTPRoutes in 100 namespaces, spread over 20 Gateways with four listeners each, every tenth refused and
/// every twentieth with a backend behind a ReferenceGrant.
World bigWorld(int routes)
{
    World world;
    for (int g = 0; g < 20; ++g) {
        std::vector<Listener> listeners;
        for (int l = 0; l < 4; ++l) {
            Listener one =
                listener("l" + std::to_string(l), "HTTP", 80, l == 0 ? "" : "*.d" + std::to_string(l) + ".example");
            one.allowedNamespaces = {FromNamespaces::Selector, LabelSelector{{{"routes", "yes"}}, {}}, {}};
            listeners.push_back(one);
        }
        world.add(gateway("infra", "gw" + std::to_string(g), listeners));
    }
    for (int n = 0; n < 100; ++n) {
        const std::string ns = "ns" + std::to_string(n);
        world.add(namespace_(ns, {{"routes", n % 10 == 9 ? "no" : "yes"}}));
        world.add(grant(ns, {std::string(gatewayGroup), "HTTPRoute", "ns" + std::to_string((n + 1) % 100)},
                        {"", "Service", std::nullopt}));
        for (int s = 0; s < 10; ++s)
            world.add(service(ns, "s" + std::to_string(s)));
    }
    for (int r = 0; r < routes; ++r) {
        const int n = r % 100;
        BackendRef ref = backend("s" + std::to_string(r % 10));
        if (r % 20 == 0)
            ref.ref.namespace_ = "ns" + std::to_string((n + 99) % 100);
        const std::string host = "h" + std::to_string(r) + ".d" + std::to_string(1 + r % 3) + ".example";
        const auto parents = {parentTo("gw" + std::to_string(r % 20), "infra")};
        // GRPCRoutes among them, so that the check between the two kinds has work to do.
        if (r % 4 == 3)
            world.add(grpcRoute("ns" + std::to_string(n), "r" + std::to_string(r), parents, hosts({host}), {ref}));
        else
            world.add(httpRoute("ns" + std::to_string(n), "r" + std::to_string(r), parents, hosts({host}), {ref}));
    }
    return world;
}

} // namespace

class TstResolve : public QObject {
    Q_OBJECT

private slots:
    void anUndefinedClassIsAssumed()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}));
        const Graph graph = world.resolve();
        QCOMPARE(graph.gatewayClasses.size(), std::size_t(1));
        QVERIFY(!graph.gatewayClasses[0].resource);
        QCOMPARE(graph.gateways.size(), std::size_t(1));
        QCOMPARE(graph.notes.size(), std::size_t(1));
        QCOMPARE(graph.notes[0].code, std::string("GH2001"));
        QVERIFY(graph.notes[0].severity == Severity::Info);
    }

    void aControllerLimitsTheClasses()
    {
        auto mine = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "mine");
        auto other = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "other");
        mine.controllerName = "a.example/c";
        other.controllerName = "b.example/c";
        Gateway ours = gateway("ns", "ours", {listener("http", "HTTP", 80)}), theirs = gateway("ns", "theirs", {});
        ours.gatewayClassName = "mine";
        theirs.gatewayClassName = "other";
        World world;
        world.add(mine).add(other).add(ours).add(theirs).add(gateway("ns", "undefined", {}));
        const Graph graph = world.resolve({"a.example/c"});
        QCOMPARE(graph.gateways.size(), std::size_t(1));
        QCOMPARE(graph.gateways[0].resource->name(), std::string("ours"));
        QCOMPARE(world.resolve().gateways.size(), std::size_t(3));
    }

    void classParameters_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("withNamespace");
        QTest::addColumn<QString>("accepted");
        QTest::newRow("a ConfigMap") << "ConfigMap" << true << "True/Accepted";
        QTest::newRow("without a namespace") << "ConfigMap" << false << "False/InvalidParameters";
        QTest::newRow("another kind") << "EnvoyProxy" << true << "False/InvalidParameters";
    }

    void classParameters()
    {
        QFETCH(QString, kind);
        QFETCH(bool, withNamespace);
        QFETCH(QString, accepted);
        auto gatewayClass = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "gc");
        gatewayClass.parametersRef = ObjectReference{
            "", kind.toStdString(), withNamespace ? std::optional<std::string>("ns") : std::nullopt, "ca", {}};
        World world;
        world.add(gatewayClass).add(caBundle("ns", "ca"));
        const Graph graph = world.resolve();
        QCOMPARE(QString::fromStdString(verdict(graph.gatewayClasses[0].conditions, "Accepted")), accepted);
        QCOMPARE(QString::fromStdString(verdict(graph.gatewayClasses[0].conditions, "SupportedVersion")),
                 QString("True/SupportedVersion"));
    }

    void anEmptySetResolvesToAnEmptyGraph()
    {
        const Graph graph = World().resolve();
        QVERIFY(graph.gateways.empty() && graph.routes.empty() && graph.notes.empty());
    }

    void notesSayWhereAndHowToMend()
    {
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web", 80, "shop")});
        route.source = {std::make_shared<const std::string>("a.yaml"), {1, 1}};
        route.rules[0].backendRefs[0].ref.position = {12, 7};
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)})).add(route);
        const Graph graph = world.resolve();
        const auto it = std::find_if(graph.notes.begin(), graph.notes.end(),
                                     [](const Diagnostic& note) { return note.code == "GH2006"; });
        QVERIFY(it != graph.notes.end());
        QCOMPARE(toString(it->location), std::string("a.yaml:12:7"));
        QCOMPARE(it->fieldPath, std::string("spec.rules[0].backendRefs[0]"));
        QVERIFY(it->severity == Severity::Warning);
        QVERIFY(it->remedy.find("kind: ReferenceGrant, metadata: {name: ns-httproute-to-web, namespace: shop}") !=
                std::string::npos);
    }

    void sameInputSameGraph()
    {
        const World world = bigWorld(200);
        const Graph a = world.resolve(), b = world.resolve();
        QCOMPARE(a.notes.size(), b.notes.size());
        for (std::size_t i = 0; i < a.notes.size(); ++i)
            QCOMPARE(toString(a.notes[i]), toString(b.notes[i]));
    }

    // Linear: ten times the routes may take about ten times as long; all-pairs work would take a hundred times.
    // Processor time, so that a busy machine changes nothing.
    void costIsLinear()
    {
        const auto timed = [](int routes) {
            const World world = bigWorld(routes);
            double best = std::numeric_limits<double>::max();
            for (int run = 0; run < 2; ++run) {
                const std::clock_t start = std::clock();
                const Graph graph = world.resolve();
                best = std::min(best, 1e3 * double(std::clock() - start) / CLOCKS_PER_SEC);
                if (graph.routes.size() != std::size_t(routes))
                    return -1.0;
            }
            return best;
        };
        const double small = timed(500), large = timed(5'000);
        qInfo("500 routes: %.1f ms, 5,000 routes: %.1f ms", small, large);
        QVERIFY(small > 0 && large > 0);
        QVERIFY2(large < small * 40, "resolve() is not linear in routes");
    }
};

QTEST_APPLESS_MAIN(TstResolve)
#include "tst_resolve.moc"
