#include <QRegularExpression>
#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

class TstBackends : public QObject {
    Q_OBJECT
private slots:
    void weights_data();
    void weights();
    void answers_data();
    void answers();
    void clusters_data();
    void clusters();
    void clustersAreSharedByName();
    void mappingsToNothingAreReported();
    void backendFilters();
    void twoParentRefsToOneListenerServeOnce();
};

namespace {

const CompiledRule& onlyRule(const Snapshot& snapshot)
{
    return snapshot.rules.at(0);
}

/// A world with one listener and one rule that has these backends.
void fill(World& world, std::vector<BackendRef> backends)
{
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/r", "a/gw"), {prefix("/")}, std::move(backends));
}

EndpointSlice& addSlice(World& world, const std::string& name, const std::string& service,
                        const std::vector<std::pair<std::string, bool>>& addresses, const std::string& portName = {})
{
    auto slice = std::make_shared<EndpointSlice>();
    World::stamp(*slice, "EndpointSlice", name);
    slice->serviceName = service;
    slice->ports.push_back({portName, "TCP", std::uint16_t(9000), {}});
    for (const auto& [address, ready] : addresses)
        slice->endpoints.push_back({{address}, ready, {}, {}});
    world.set().endpointSlices[slice->key.name] = slice;
    return *slice;
}

Pod& addPod(World& world, const std::string& name, bool ready)
{
    auto pod = std::make_shared<Pod>();
    World::stamp(*pod, "Pod", name);
    pod->meta.labels = {{"app", "s"}, {"other", "x"}};
    pod->ready = ready;
    world.set().pods[pod->key.name] = pod;
    return *pod;
}

void addDeployment(World& world, const std::string& name, std::int32_t replicas)
{
    auto deployment = std::make_shared<Deployment>();
    World::stamp(*deployment, "Deployment", name);
    deployment->podLabels = {{"app", "s"}};
    deployment->replicas = replicas;
    world.set().deployments[deployment->key.name] = deployment;
}

std::string dump(const Cluster& cluster)
{
    std::string text = cluster.name;
    for (const BackendEndpoint& endpoint : cluster.endpoints)
        text += ' ' + (endpoint.echo ? "echo:" + endpoint.pod : endpoint.address + ':' + std::to_string(endpoint.port));
    return text;
}

} // namespace

void TstBackends::weights_data()
{
    QTest::addColumn<std::vector<std::uint32_t>>("weights");
    QTest::newRow("one") << std::vector<std::uint32_t>{1};
    QTest::newRow("equal") << std::vector<std::uint32_t>{1, 1, 1};
    QTest::newRow("70 20 10") << std::vector<std::uint32_t>{70, 20, 10};
    QTest::newRow("weight 0 is never chosen") << std::vector<std::uint32_t>{3, 0, 5};
    QTest::newRow("first weight 0") << std::vector<std::uint32_t>{0, 1};
    QTest::newRow("odd") << std::vector<std::uint32_t>{7, 13, 1, 29};
}

void TstBackends::weights()
{
    QFETCH(std::vector<std::uint32_t>, weights);
    CompiledRule rule;
    for (const std::uint32_t weight : weights) {
        WeightedBackend backend;
        backend.weight = weight;
        rule.backends.push_back(backend);
        rule.totalWeight += weight;
    }
    std::vector<std::int64_t> state(weights.size());
    for (int cycle = 0; cycle < 3; ++cycle) {
        // Exactly the weights in every cycle, and never further than one choice from the exact share on the way.
        std::vector<std::uint32_t> counts(weights.size());
        for (std::uint64_t i = 1; i <= rule.totalWeight; ++i) {
            const WeightedBackend* chosen = chooseBackend(rule, state);
            QVERIFY(chosen);
            ++counts[static_cast<std::size_t>(chosen - rule.backends.data())];
            for (std::size_t b = 0; b < weights.size(); ++b) {
                const double exact = double(weights[b]) * double(i) / double(rule.totalWeight);
                QVERIFY(std::abs(double(counts[b]) - exact) < 1.5);
            }
        }
        QCOMPARE(counts, weights);
    }

    // The largest weights that a rule can have do not overflow.
    CompiledRule large;
    for (int i = 0; i < 16; ++i)
        large.backends.push_back({1'000'000, {}, {}, {}});
    large.totalWeight = 16'000'000;
    std::vector<std::int64_t> largeState(16);
    for (int i = 0; i < 160; ++i)
        QCOMPARE(chooseBackend(large, largeState), &large.backends[static_cast<std::size_t>(i % 16)]);
}

void TstBackends::answers_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("flags");
    QTest::newRow("a good backend is forwarded to") << "good" << 0 << "";
    QTest::newRow("no rule matches") << "no-rule" << 404 << "NR";
    QTest::newRow("no listener takes the host") << "no-listener" << 404 << "NR";
    QTest::newRow("no backendRefs") << "no-refs" << 500 << "NC";
    QTest::newRow("all weights are 0") << "zero" << 500 << "NC";
    QTest::newRow("the Service is missing") << "missing" << 500 << "NC";
    QTest::newRow("the Service lacks the port") << "port" << 500 << "NC";
    QTest::newRow("the kind is unknown") << "kind" << 500 << "NC";
    QTest::newRow("another namespace without a grant") << "grant" << 500 << "NC";
}

void TstBackends::answers()
{
    QFETCH(QString, what);
    QFETCH(int, status);
    QFETCH(QString, flags);
    World world;
    world.service("a/s");
    world.service("b/s");
    World::listener(world.gateway("a/gw"), "http", 80, "*.test");
    HTTPRoute& route = world.route("a/r", "a/gw");
    BackendRef ref = backend("s");
    if (what == "zero")
        ref.weight = 0;
    if (what == "missing")
        ref.ref.name = "nobody";
    if (what == "port")
        ref.ref.port = 81;
    if (what == "kind")
        ref.ref.kind = "Gadget";
    if (what == "grant")
        ref.ref.namespace_ = "b";
    world.rule(route, {prefix("/here")}, what == "no-refs" ? std::vector<BackendRef>{} : std::vector{ref});
    const auto snapshot = world.compile();
    const Request request{.host = what == "no-listener" ? "x.org" : "x.test",
                          .path = what == "no-rule" ? "/there" : "/here"};
    const RequestHead head = headOf(request);
    const RouteDecision decision = routing::match(*snapshot, *snapshot->find({"127.0.0.1", 80}), head);
    QCOMPARE(decision.listener == nullptr, what == "no-listener");

    TextArena arena;
    auto answer = directResponse(decision, head, arena);
    if (!answer) {
        std::vector<std::int64_t> state(decision.rule->backends.size());
        answer = backendResponse(decision, chooseBackend(*decision.rule, state), head, arena);
    }
    QCOMPARE(answer ? int(answer->status) : 0, status);
    QCOMPARE(answer ? std::string(answer->flags) : "", flags.toStdString());
}

void TstBackends::clusters_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("echo");
    QTest::addColumn<QString>("cluster");
    const auto row = [](const char* what, const char* cluster, bool echo = true) {
        QTest::addRow("%s%s", what, echo ? "" : ", no echo") << what << echo << cluster;
    };
    row("nothing", "a/s:80 echo:s-echo");
    row("nothing", "a/s:80", false);
    row("mapping", "a/s:80 localhost:3000");
    row("mapping over slices", "a/s:80 localhost:3000");
    row("slices", "a/s:80 127.0.0.1:9000 ::1:9000");
    row("slices", "a/s:80 127.0.0.1:9000 ::1:9000", false);
    row("slices not ready", "a/s:80");
    row("slices of another port", "a/s:80");
    row("slices of a cluster", "a/s:80 echo:s-echo");
    row("slices of a cluster", "a/s:80", false);
    row("pods", "a/s:80 echo:pod-1 echo:pod-3");
    row("pods", "a/s:80", false);
    row("slices of pods and servers", "a/s:80 echo:pod-1 127.0.0.1:9000");
    row("slices of pods and servers", "a/s:80 127.0.0.1:9000", false);
    row("mapping over pods", "a/s:80 localhost:3000");
    row("pods not ready", "a/s:80");
    row("deployment of none", "a/s:80");
    row("h2c", "a/s:80 echo:s-echo");
}

void TstBackends::clusters()
{
    QFETCH(QString, what);
    QFETCH(bool, echo);
    QFETCH(QString, cluster);
    World world;
    Service& service = world.service("a/s");
    service.selector = {{"app", "s"}};
    fill(world, {backend("s")});
    CompileOptions options;
    options.echoUnmapped = echo;
    if (what.startsWith("mapping"))
        options.backends["a/s:80"] = {"localhost", 3000};
    if (what == "slices" || what == "mapping over slices") {
        addSlice(world, "a/s-1", "s", {{"127.0.0.1", true}, {"127.0.0.2", false}, {"10.0.0.1", true}});
        addSlice(world, "a/s-2", "s", {{"::1", true}});
        addSlice(world, "a/t-1", "t", {{"127.0.0.3", true}});
        addSlice(world, "b/s-1", "s", {{"127.0.0.4", true}});
    } else if (what == "slices not ready") {
        addSlice(world, "a/s-1", "s", {{"127.0.0.1", false}});
    } else if (what == "slices of another port") {
        addSlice(world, "a/s-1", "s", {{"127.0.0.1", true}}, "metrics");
    } else if (what == "slices of a cluster") {
        addSlice(world, "a/s-1", "s", {{"10.0.0.1", true}});
    } else if (what == "slices of pods and servers") {
        addPod(world, "b/pod-1", true).podIP = "10.244.1.1";
        addPod(world, "b/pod-2", false).podIP = "10.244.1.2";
        addSlice(world, "a/s-1", "s", {{"10.244.1.1", true}, {"10.244.1.2", false}, {"127.0.0.1", true}});
    } else if (what == "pods" || what == "mapping over pods") {
        addPod(world, "a/pod-1", true);
        addPod(world, "a/pod-2", false);
        addPod(world, "a/pod-3", true);
        addPod(world, "b/pod-4", true);
    } else if (what == "pods not ready") {
        addPod(world, "a/pod-1", false);
    } else if (what == "deployment of none") {
        addDeployment(world, "a/d", 0);
    } else if (what == "h2c") {
        service.ports[0].appProtocol = "kubernetes.io/h2c";
    }
    const auto snapshot = world.compile(options);
    QCOMPARE(snapshot->clusters.size(), std::size_t(1));
    QCOMPARE(dump(snapshot->clusters[0]), cluster.toStdString());
    QVERIFY(snapshot->clusters[0].protocol == (what == "h2c" ? BackendProtocol::H2c : BackendProtocol::Http1));
    QCOMPARE(world.problems.size(), std::size_t(what == "slices of a cluster" && echo ? 1 : 0));
}

void TstBackends::clustersAreSharedByName()
{
    World world;
    world.service("a/s").selector = {{"app", "s"}};
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, {prefix("/a")}, {backend("s")});
    world.rule(route, {prefix("/b")}, {backend("s")});
    addDeployment(world, "a/d", 3);
    const auto first = world.compile();
    QCOMPARE(first->clusters.size(), std::size_t(1));
    QCOMPARE(first->rules[0].backends[0].cluster, first->rules[1].backends[0].cluster);

    // Replicas become pods named as Kubernetes names them, the same at every reload.
    const auto& pods = first->clusters[0].endpoints;
    QCOMPARE(pods.size(), std::size_t(3));
    for (const BackendEndpoint& pod : pods) {
        QVERIFY2(QString::fromStdString(pod.pod).contains(QRegularExpression("^d-[a-z0-9]{9}-[a-z0-9]{5}$")),
                 pod.pod.c_str());
        QCOMPARE(std::count_if(pods.begin(), pods.end(), [&](const auto& other) { return other.pod == pod.pod; }),
                 std::ptrdiff_t(1));
    }
    QCOMPARE(dump(world.compile()->clusters[0]), dump(first->clusters[0]));
}

void TstBackends::mappingsToNothingAreReported()
{
    World world;
    world.service("a/s");
    world.service("a/unused");
    fill(world, {backend("s")});
    CompileOptions options;
    options.backends["a/s:80"] = options.backends["a/unused:80"] = {"localhost", 1};
    world.compile(options);
    QVERIFY(world.problems.empty());
    options.backends["a/s:81"] = options.backends["s"] = {"localhost", 1};
    world.compile(options);
    QCOMPARE(world.problems.size(), std::size_t(2));
    QCOMPARE(world.problems[0].code, std::string("GH4008"));
}

void TstBackends::backendFilters()
{
    World world;
    world.service("a/s");
    RequestHeaderModifier modifier;
    modifier.headers.set = {{"X-Backend", "1"}};
    RequestRedirect redirect;
    redirect.hostname = "elsewhere.test";
    BackendRef modified = backend("s"), redirected = backend("s"), unsupported = backend("s");
    modified.filters.push_back(modifier);
    redirected.filters.push_back(redirect);
    URLRewrite rewrite;
    rewrite.path = ReplacePrefixMatch{"/x"}; // but the rule has no PathPrefix
    unsupported.filters.push_back(rewrite);
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/r", "a/gw"), {exact("/")}, {modified, redirected, unsupported});
    const auto snapshot = world.compile();
    const CompiledRule& rule = onlyRule(*snapshot);
    const Request request{.host = "x.test"};
    RequestHead head = headOf(request);
    const RouteDecision decision = routing::match(*snapshot, *snapshot->find({"127.0.0.1", 80}), head);
    TextArena arena;
    QVERIFY(!directResponse(decision, head, arena));
    QVERIFY(!backendResponse(decision, &rule.backends[0], head, arena));
    applyRequestFilters(rule.backends[0].filters, decision, head, arena);
    QCOMPARE(std::string(head.headers.find("x-backend")->value), std::string("1"));

    const auto redirectAnswer = backendResponse(decision, &rule.backends[1], head, arena);
    QVERIFY(redirectAnswer);
    QCOMPARE(std::string(redirectAnswer->location), std::string("http://elsewhere.test/"));

    const auto unsupportedAnswer = backendResponse(decision, &rule.backends[2], head, arena);
    QVERIFY(unsupportedAnswer);
    QCOMPARE(int(unsupportedAnswer->status), 500);
    QCOMPARE(world.problems.size(), std::size_t(1));
    QCOMPARE(world.problems[0].code, std::string("GH4002"));
}

void TstBackends::twoParentRefsToOneListenerServeOnce()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    route.parentRefs.push_back(route.parentRefs[0]);
    route.parentRefs[1].sectionName = "http";
    world.rule(route, {prefix("/")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, {"x.test"}), std::string("a/r[0]"));
    ExplainRequest request;
    request.authority = "x.test";
    QCOMPARE(explain(*snapshot, request).losers.size(), std::size_t(0));
}

QTEST_APPLESS_MAIN(TstBackends)
#include "tst_backends.moc"
