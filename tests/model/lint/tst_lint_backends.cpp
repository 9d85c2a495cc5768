#include "lint_lines.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

EndpointSlice slice(const char* port, std::vector<bool> ready)
{
    auto result = named<EndpointSlice>("discovery.k8s.io", "EndpointSlice", "apps", "web-1");
    result.serviceName = "web";
    result.ports.push_back({port, "TCP", 8080, {}});
    for (const bool isReady : ready)
        result.endpoints.push_back({{"127.0.0.1"}, isReady, {}, {}});
    return result;
}

RequestMirror mirrorTo(const char* serviceName)
{
    RequestMirror mirror;
    mirror.backendRef = backend(serviceName).ref;
    return mirror;
}

} // namespace

/// Services without endpoints, rules without backends, mirrors to themselves, times that leave no room.
class TstLintBackends : public QObject {
    Q_OBJECT

private slots:
    void endpoints_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("one is ready") << 0 << "";
        QTest::newRow("none is ready") << 1 << "none of 2 is ready";
        QTest::newRow("the port has another name") << 2 << "no EndpointSlice has a port named \"p80\"";
        QTest::newRow("slices without endpoints") << 3 << "its EndpointSlices are empty";
        QTest::newRow("no Pod runs") << 5 << "no Pod runs";
        QTest::newRow("Pods that wait") << 6 << "its Pods wait for Secret apps/cert, which is not among the manifests";
        QTest::newRow("a target port that no container has")
            << 4 << "no container or endpoint has a port named \"web\"";
    }

    void endpoints()
    {
        QFETCH(int, kind);
        QFETCH(QString, says);
        World world;
        Service web = service("apps", "web");
        if (kind == 4)
            web.ports[0].targetPort.name = "web";
        auto deployment = named<Deployment>("apps", "Deployment", "apps", "web");
        if (kind >= 5)
            deployment.podLabels = web.selector = {{"app", "web"}};
        if (kind == 6)
            deployment.mounts = {{MountedObject::Kind::Secret, "there"}, {MountedObject::Kind::Secret, "cert"}};
        world.add(tlsSecret("apps", "there")).add(deployment);
        world.add(gateway("apps", "gw", {listener("http", "HTTP", 80)})).add(web).add(routeTo({backend("web")}));
        world.add(slice(kind == 2 || kind == 4 ? "other" : "p80", kind == 1 ? std::vector<bool>{false, false}
                                                                  : kind == 3 || kind >= 5
                                                                      ? std::vector<bool>{}
                                                                      : std::vector<bool>{true, false}));
        const QStringList expected =
            says.isEmpty() ? QStringList{} : QStringList{"warning GH2110 Service apps/web spec.ports[0]"};
        QCOMPARE(findings(world), expected);
        QVERIFY2(QString::fromStdString(messageOf(world, "GH2110")).contains(says), messageOf(world, "GH2110").c_str());
    }

    void aServiceNobodyAnswersForIsTold()
    {
        World world = usual();
        world.add(routeTo({backend("web"), backend("web")}));
        // Manifests without any workload leave all of them to others.
        QCOMPARE(findings(world), QStringList{});
        auto deployment = named<Deployment>("apps", "Deployment", "apps", "api");
        deployment.podLabels = {{"app", "api"}};
        world.add(deployment);
        QCOMPARE(findings(world), QStringList{"info GH2111 Service apps/web spec.selector"});
        Service web = service("apps", "web");
        web.selector = {{"app", "web"}};
        world.add(web);
        QVERIFY(messageOf(world, "GH2111").find("(app=web)") != std::string::npos);
        // Only what a rule sends to is looked at.
        World unused = usual();
        unused.add(deployment);
        QCOMPARE(findings(unused, "GH2111"), QStringList{});
    }

    void weights_data()
    {
        QTest::addColumn<QList<int>>("weights");
        QTest::addColumn<bool>("redirect");
        QTest::addColumn<QString>("code");
        QTest::newRow("some weight") << QList<int>{0, 1} << false << "";
        QTest::newRow("all 0") << QList<int>{0, 0} << false << "GH2112";
        QTest::newRow("the only one 0") << QList<int>{0} << false << "GH2112";
        QTest::newRow("no backend") << QList<int>{} << false << "GH2113";
        QTest::newRow("a redirect needs none") << QList<int>{} << true << "";
    }

    void weights()
    {
        QFETCH(QList<int>, weights);
        QFETCH(bool, redirect);
        QFETCH(QString, code);
        std::vector<BackendRef> backends;
        for (const int weight : weights)
            backends.push_back(backend("web", 80, {}, static_cast<std::uint32_t>(weight)));
        HTTPRoute route = routeTo(backends);
        if (redirect)
            route.rules[0].filters.emplace_back(RequestRedirect{"https", {}, {}, {}, 302, {}});
        World world = usual();
        world.add(route);
        const QStringList expected =
            code.isEmpty() ? QStringList{}
                           : QStringList{"warning " + code + " HTTPRoute apps/r spec.rules[0].backendRefs"};
        QCOMPARE(findings(world).filter(QRegularExpression("GH211[23]")), expected);
    }

    void effectsAreOfTheKind()
    {
        World world;
        world.add(gateway("apps", "gw", {listener("tcp", "TCP", 80)})).add(service("apps", "web"));
        world.add(l4Route(RouteKind::TCPRoute, "apps", "r", {parentTo("gw")}, {}, {backend("web", 80, {}, 0)}));
        QCOMPARE(messageOf(world, "GH2112"), std::string("the only backend has weight 0: every connection is closed"));
    }

    void anUnsupportedFilterIsNotedAlready()
    {
        HTTPRoute route = routeTo({});
        route.rules[0].filters.emplace_back(ExtensionRef{{"example.com", "Answer", {}, "hello", {}}, {}});
        World world = usual();
        world.add(route);
        QCOMPARE(findings(world), QStringList{});
    }

    void mirrors()
    {
        World world = usual();
        world.add(service("apps", "copy"));
        HTTPRoute route = routeTo({backend("web"), backend("copy", 80, {}, 0)});
        route.rules[0].filters = {mirrorTo("copy"), mirrorTo("web")};
        route.rules[0].backendRefs[0].filters = {mirrorTo("web")};
        route.rules[0].backendRefs[1].filters = {mirrorTo("web")}; // of another backend
        world.add(route);
        QCOMPARE(findings(world, "GH2114"),
                 (QStringList{"warning GH2114 HTTPRoute apps/r spec.rules[0].filters[1].requestMirror.backendRef",
                              "warning GH2114 HTTPRoute apps/r "
                              "spec.rules[0].backendRefs[0].filters[0].requestMirror.backendRef"}));
        route.rules[0].filters = {mirrorTo("web")};
        std::get<RequestMirror>(route.rules[0].filters[0]).numerator = 0; // copies nothing
        route.rules[0].backendRefs[0].filters.clear();
        world.add(route);
        QCOMPARE(findings(world, "GH2114"), QStringList{});
    }

    void times_data()
    {
        QTest::addColumn<int>("request");
        QTest::addColumn<int>("backendRequest");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<int>("backoff");
        QTest::addColumn<QString>("told");
        QTest::newRow("room for all") << 1000 << 300 << 3 << 100 << "";
        QTest::newRow("no retry fits") << 1000 << 0 << 1 << 1000
                                       << "warning GH2115 HTTPRoute apps/r spec.rules[0].retry";
        QTest::newRow("some retries fit")
            << 1000 << 0 << 3 << 400 << "warning GH2115 HTTPRoute apps/r spec.rules[0].retry";
        QTest::newRow("the last one just fits") << 1201 << 0 << 3 << 400 << "";
        QTest::newRow("no time after a try that timed out")
            << 1000 << 1000 << 2 << 10 << "info GH2116 HTTPRoute apps/r spec.rules[0].timeouts.backendRequest";
        QTest::newRow("no limit on the request") << 0 << 1000 << 3 << 5000 << "";
        QTest::newRow("no retries") << 1000 << 1000 << 0 << 5000 << "";
    }

    void times()
    {
        QFETCH(int, request);
        QFETCH(int, backendRequest);
        QFETCH(int, attempts);
        QFETCH(int, backoff);
        QFETCH(QString, told);
        HTTPRoute route = routeTo({backend("web")});
        HTTPRouteRule& rule = route.rules[0];
        rule.timeouts = {std::chrono::milliseconds(request), std::chrono::milliseconds(backendRequest)};
        rule.retry = HTTPRouteRetry{{503}, static_cast<std::uint32_t>(attempts), std::chrono::milliseconds(backoff)};
        World world = usual();
        world.add(route);
        QCOMPARE(findings(world).filter(QRegularExpression("GH211[56]")).join('\n'), told);
    }
};

QTEST_APPLESS_MAIN(TstLintBackends)
#include "tst_lint_backends.moc"
