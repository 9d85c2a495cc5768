#include <QtTest/QTest>

#include "../world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/reach/behaviour_diff.h"

#include <functional>

using namespace gatehouse;
using namespace gatehouse::test;

using Edit = std::function<void(World&)>;
Q_DECLARE_METATYPE(Edit)

class TstBehaviourDiff : public QObject {
    Q_OBJECT
private slots:
    void changes_data();
    void changes();
    void expressionsThatAreLeftOpen();
    void ordersAmongEquals();
};

namespace {

void base(World& world)
{
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "http");
    World::tlsListener(gateway, "tls", TlsMode::Passthrough, 443);
    World::listener(gateway, "tcp", 90, {}, Protocol::TCP);
    for (const char* name : {"a/one", "a/two"})
        world.service(name);
    HTTPRoute& route = world.route("a/r", "a/gw", {"a.test", "*.b.test"});
    world.rule(route, {prefix("/")}, {backend("one")});
    world.rule(route, {exact("/x"), match({PathMatchType::PathPrefix, "/v2", "POST", {{"h", "1"}}, {{"q", "a b"}}})},
               {backend("two")});
    world.rule(world.grpcRoute("a/g", "a/gw", {"g.test"}), {call("s.S/M")}).backendRefs = {backend("one")};
    world.streamRoute(RouteKind::TLSRoute, "a/t", "a/gw/tls", {backend("one")}, {"t.test", "*.w.test"});
    world.streamRoute(RouteKind::TCPRoute, "a/c", "a/gw/tcp", {backend("one")});
}

HTTPRoute& route(World& world)
{
    return const_cast<HTTPRoute&>(*world.set().httpRoutes.at(gatehouse::test::objectName("a/r"))); // made by base()
}

/// "80 GET a.test/x?q h: a/one:80 -> a/two:80 [treatment]"
QStringList linesOf(const routing::BehaviourDiff& diff)
{
    QStringList lines;
    for (const routing::BehaviourChange& change : diff.changes) {
        const routing::ExplainRequest& witness = change.witness;
        std::string line = std::to_string(change.entrance.port) + ' ' + witness.method + ' ' + witness.authority +
                           witness.path + (witness.query.empty() ? "" : '?' + witness.query);
        for (const auto& [name, value] : witness.headers)
            line += ' ' + name + '=' + value;
        line += ": " + change.before.outcome.destination + " -> " + change.after.outcome.destination;
        if (!change.isDestination())
            for (const std::string& treatment : change.after.outcome.treatment)
                line += " [" + treatment + ']';
        lines.push_back(QString::fromStdString(line));
    }
    return lines;
}

routing::BehaviourDiff compare(const Edit& edit)
{
    World before, after;
    base(before);
    base(after);
    edit(after);
    return routing::compareBehaviour(*before.compile(), *after.compile());
}

} // namespace

void TstBehaviourDiff::changes_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char* claim, Edit edit, const QStringList& lines) {
        QTest::newRow(claim) << std::move(edit) << lines;
    };
    row("nothing", [](World&) {}, {});
    row("another backend", [](World& w) { route(w).rules[1].backendRefs = {backend("one")}; },
        {"80 GET a.test/x: a/two:80 -> a/one:80"});
    row("weights",
        [](World& w) {
            route(w).rules[0].backendRefs = {backend("one", 9), backend("two", 1)};
        },
        {"80 GET a.test/: a/one:80 -> a/one:80 90 %, a/two:80 10 %"});
    row("weights that come to the same",
        [](World& w) {
            route(w).rules[0].backendRefs = {backend("one", 3), backend("one", 4), backend("two", 0)};
        },
        {});
    row("a match less", [](World& w) { route(w).rules[1].matches.pop_back(); },
        {"80 POST a.test/v2?q=a%20b h=1: a/two:80 -> a/one:80"});
    row("a rule with another path", [](World& w) { w.rule(route(w), {prefix("/v3")}, {backend("two")}); },
        {"80 GET a.test/v3: a/one:80 -> a/two:80"});
    row("a hostname less", [](World& w) { route(w).hostnames.pop_back(); },
        {"80 GET any.b.test/: a/one:80 -> 404", "80 GET any.b.test/x: a/two:80 -> 404"});
    row("a redirect",
        [](World& w) {
            RequestRedirect redirect;
            redirect.scheme = "https";
            redirect.statusCode = 301;
            route(w).rules[1].filters.emplace_back(redirect);
            route(w).rules[1].backendRefs.clear();
        },
        {"80 GET a.test/x: a/two:80 -> 301 to https://the same host"});
    row("a timeout alone", [](World& w) { route(w).rules[1].timeouts.request = std::chrono::milliseconds(1500); },
        {"80 GET a.test/x: a/two:80 -> a/two:80 [answer within 1500 ms, retries included, or else 504]"});
    row("a backend that is gone", [](World& w) { w.set().services.erase(gatehouse::test::objectName("a/two")); },
        {"80 GET a.test/x: a/two:80 -> 500 (BackendNotFound: Service a/two does not exist)"});
    row("a backend without endpoints",
        [](World& w) {
            auto slice = std::make_shared<EndpointSlice>();
            World::stamp(*slice, "EndpointSlice", "a/two-1");
            slice->serviceName = "two";
            w.set().endpointSlices[slice->key.name] = slice;
        },
        {"80 GET a.test/x: a/two:80 -> a/two:80 (503: no ready endpoint)"});
    row("a backend that speaks HTTP/2 now",
        [](World& w) {
            const_cast<Service&>(*w.set().services.at(gatehouse::test::objectName("a/two"))).ports[0].appProtocol =
                "kubernetes.io/h2c";
        },
        {"80 GET a.test/x: a/two:80 -> a/two:80 [speak HTTP/2 to a/two:80]"});
    row("how long a session lasts",
        [](World& w) {
            route(w).rules[1].sessionPersistence.emplace();
            route(w).rules[1].sessionPersistence->sessionName = "s";
            route(w).rules[1].sessionPersistence->absoluteTimeout = std::chrono::seconds(60);
        },
        {"80 GET a.test/x: a/two:80 -> a/two:80 [keep a client at one endpoint by the cookie s, for 60 s]"});
    row("a gRPC method more",
        [](World& w) {
            const_cast<GRPCRoute&>(*w.set().grpcRoutes.begin()->second).rules[0].matches.push_back(call("s.S/N"));
        },
        {"80 POST g.test/s.S/N content-type=application/grpc: 404 -> a/one:80"});
    row("another backend for a server name",
        [](World& w) {
            const_cast<L4Route&>(*w.set().tlsRoutes.begin()->second)
                .hostnames.erase(const_cast<L4Route&>(*w.set().tlsRoutes.begin()->second).hostnames.begin());
        },
        {"443  t.test: a/one:80 (passed through) -> closed"});
    row("another backend for a port",
        [](World& w) {
            const_cast<L4Route&>(*w.set().tcpRoutes.begin()->second).rules[0].backendRefs = {backend("two")};
        },
        {"90  : a/one:80 -> a/two:80"});
    row("a listener that takes some of the hosts",
        [](World& w) {
            World::listener(const_cast<Gateway&>(*w.set().gateways.begin()->second), "new", 80, "a.test")
                .allowedNamespaces.from = FromNamespaces::None;
        },
        {"80 GET a.test/: a/one:80 -> 404", "80 GET a.test/x: a/two:80 -> 404"});
    row("a listener less",
        [](World& w) { const_cast<Gateway&>(*w.set().gateways.begin()->second).listeners.pop_back(); },
        {"90  : a/one:80 -> nothing listens"});
    row("another Gateway",
        [](World& w) {
            World::listener(w.gateway("b/gw"), "http");
            w.rule(w.route("a/q", "b/gw"), {prefix("/")}, {backend("two")});
        },
        {"80 GET any.example/: nothing listens -> a/two:80"});
}

void TstBehaviourDiff::changes()
{
    QFETCH(Edit, edit);
    QFETCH(QStringList, lines);
    const routing::BehaviourDiff diff = compare(edit);
    QCOMPARE(linesOf(diff), lines);
    QVERIFY(diff.undecided.empty());
}

void TstBehaviourDiff::expressionsThatAreLeftOpen()
{
    // Two expressions of which nobody knows a common path.
    const auto with = [](World& world, const char* path, const char* service) {
        world.rule(route(world), {expression(path)}, {backend(service)});
    };
    World before, after;
    base(before);
    base(after);
    with(before, "/[a-c]{3}[x-z]{2}/.*7", "two");
    with(after, "/[a-c]{3}[x-z]{2}/.*7", "two");
    with(after, "/abc\\pL+/.*", "one");
    const routing::BehaviourDiff diff = routing::compareBehaviour(*before.compile(), *after.compile());
    QVERIFY(!diff.undecided.empty());
    const std::string& line = diff.undecided.front();
    QVERIFY2(line.find("HTTPRoute/a/r rules[") != std::string::npos, line.c_str());

    // What the same expression stood for before is no question.
    QVERIFY(compare([&](World& world) { with(world, "/z\\d+", "one"); }).undecided.empty());
}

void TstBehaviourDiff::ordersAmongEquals()
{
    const auto build = [](World& world, int oneAge, int twoAge) {
        base(world);
        HTTPRoute& one = world.route("b/one", "a/gw", {"o.test"});
        one.meta.creationTimestamp = Timestamp(std::chrono::seconds(oneAge));
        world.service("b/one");
        world.rule(one, {prefix("/")}, {backend("one")});
        HTTPRoute& two = world.route("c/two", "a/gw", {"o.test"});
        two.meta.creationTimestamp = Timestamp(std::chrono::seconds(twoAge));
        world.service("c/two");
        world.rule(two, {prefix("/")}, {backend("two")});
    };
    World before, after;
    build(before, 1, 2);
    build(after, 2, 1);
    QCOMPARE(linesOf(routing::compareBehaviour(*before.compile(), *after.compile())),
             QStringList{"80 GET o.test/: b/one:80 -> c/two:80"});
}

QTEST_APPLESS_MAIN(TstBehaviourDiff)
#include "tst_behaviour_diff.moc"
