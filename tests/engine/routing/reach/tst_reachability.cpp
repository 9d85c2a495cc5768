#include <QtTest/QTest>

#include "../world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/reach/reachability.h"

using namespace gatehouse;
using namespace gatehouse::test;

class TstReachability : public QObject {
    Q_OBJECT
private slots:
    void matches_data();
    void matches();
    void rulesOfTwoRoutes();
    void hostsOfAnotherListener();
    void grpc();
    void connections();
    void wordsAndPlaces();
    void serverNames();
};

namespace {

/// "GH2501 a/r spec.rules[0].matches[1]"
QStringList problemsOf(const routing::Snapshot& snapshot)
{
    QStringList lines;
    for (const Diagnostic& problem : routing::reachabilityProblems(snapshot))
        lines.push_back(
            QString::fromStdString(problem.code + ' ' + toString(problem.object->name) + ' ' + problem.fieldPath));
    return lines;
}

using Matches = std::vector<HTTPRouteMatch>;

} // namespace

Q_DECLARE_METATYPE(Matches)

void TstReachability::matches_data()
{
    QTest::addColumn<Matches>("first");  // of rule 0
    QTest::addColumn<Matches>("second"); // of rule 1
    QTest::addColumn<QStringList>("problems");
    const auto row = [](const char* claim, Matches first, Matches second, const QStringList& problems) {
        QTest::newRow(claim) << std::move(first) << std::move(second) << problems;
    };
    const auto with = [](HTTPRouteMatch m, const char* method, const char* header = nullptr, const char* value = "1") {
        m.method = method;
        if (header)
            m.headers.push_back({ValueMatchType::Exact, header, value, {}});
        return m;
    };
    const auto withExpression = [](HTTPRouteMatch m, const char* header, const char* value) {
        m.headers.push_back({ValueMatchType::RegularExpression, header, value, {}});
        return m;
    };
    row("different paths", {prefix("/a")}, {prefix("/b")}, {});
    row("the longer prefix goes first", {prefix("/")}, {prefix("/b")}, {});
    row("equal prefixes", {prefix("/a")}, {prefix("/a")}, {"GH2503 a/r spec.rules[1]"});
    row("equal but for a slash", {prefix("/a")}, {prefix("/a/")}, {"GH2503 a/r spec.rules[0]"});
    row("a header more goes first", {prefix("/a")}, {with(prefix("/a"), "", "h")}, {});
    row("exact beats prefix", {exact("/a"), prefix("/a")}, {exact("/a"), prefix("/b")},
        {"GH2503 a/r spec.rules[1].matches[0]"});
    row("every method of the enum is not every method", {with(prefix("/a"), "GET"), with(prefix("/a"), "POST")},
        {prefix("/a")}, {});
    row("more headers lose to a method that is asked for", {with(prefix("/a"), "GET")},
        {with(with(prefix("/a"), "GET", "h"), "GET", "k")}, {});
    row("values that differ", {with(prefix("/a"), "", "h", "1")}, {with(prefix("/a"), "", "h", "2")}, {});
    row("names of headers have no case", {with(prefix("/a"), "", "H")}, {with(prefix("/a"), "", "h")},
        {"GH2503 a/r spec.rules[1]"});
    row("an expression for all paths", {expression("/.*")}, {prefix("/a")}, {"GH2502 a/r spec.rules[1]"});
    row("an expression for the paths below", {expression("/a.*")}, {prefix("/a/b")}, {"GH2502 a/r spec.rules[1]"});
    row("an expression for some of the paths below", {expression("/a/[0-9]+")}, {prefix("/a")}, {});
    row("an expression that takes the one path", {expression("/a/[0-9]+")}, {exact("/a/7")}, {});
    row("the same expression twice", {expression("/[a-z]+")}, {expression("/[a-z]+")}, {"GH2503 a/r spec.rules[1]"});
    row("an expression for the value", {withExpression(prefix("/a"), "h", "[0-9]+")},
        {with(prefix("/a"), "", "h", "7")}, {"GH2502 a/r spec.rules[1]"});
    row("an expression that the value does not meet", {withExpression(prefix("/a"), "h", "[a-z]+")},
        {with(prefix("/a"), "", "h", "7")}, {});
    row("two of three matches", {prefix("/a"), prefix("/b")}, {prefix("/a"), prefix("/b"), prefix("/c")},
        {"GH2503 a/r spec.rules[1].matches[0]", "GH2503 a/r spec.rules[1].matches[1]"});
}

void TstReachability::matches()
{
    QFETCH(Matches, first);
    QFETCH(Matches, second);
    QFETCH(QStringList, problems);
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, first);
    world.rule(route, second);
    QCOMPARE(problemsOf(*world.compile()), problems);
}

void TstReachability::rulesOfTwoRoutes()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& young = world.route("a/x", "a/gw", {"a.test", "b.test"});
    HTTPRoute& old = world.route("b/y", "a/gw", {"a.test"});
    old.meta.creationTimestamp = Timestamp(std::chrono::seconds(1));
    world.rule(young, {prefix("/")});
    world.rule(old, {prefix("/")});
    QCOMPARE(problemsOf(*world.compile()), QStringList{}); // b.test is a/x's own
    young.hostnames.pop_back();
    const auto snapshot = world.compile();
    QCOMPARE(problemsOf(*snapshot), QStringList{"GH2503 a/x spec.rules[0]"});
    const std::string message = routing::reachabilityProblems(*snapshot)[0].message;
    QVERIFY2(message.find("older route HTTPRoute/b/y") != std::string::npos, message.c_str());
}

void TstReachability::hostsOfAnotherListener()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "all");
    World::listener(gateway, "exact", 80, "a.test");
    world.rule(world.route("a/r", "a/gw/all", {"a.test"}), {prefix("/")});
    const auto problems = routing::reachabilityProblems(*world.compile());
    QCOMPARE(problems.size(), 1u);
    QCOMPARE(problems[0].code, std::string("GH2504"));
    QVERIFY2(problems[0].message.find("listener exact with hostname a.test") != std::string::npos,
             problems[0].message.c_str());
}

void TstReachability::grpc()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    GRPCRoute& route = world.grpcRoute("a/r", "a/gw");
    world.rule(route, {call("s.S/M"), call("s.S/"), call("/M")});
    world.rule(route, {call("s.S/M"), call("s.S/N"), call("/N")});
    world.rule(route, {});
    world.rule(route, {});
    QCOMPARE(problemsOf(*world.compile()),
             (QStringList{"GH2503 a/r spec.rules[1].matches[0]", "GH2503 a/r spec.rules[3]"}));
}

void TstReachability::connections()
{
    World world;
    World::listener(world.gateway("a/gw"), "tcp", 90, {}, Protocol::TCP);
    world.service("a/echo", 90);
    world.streamRoute(RouteKind::TCPRoute, "a/one", "a/gw", {backend("echo", 1, 90)});
    world.streamRoute(RouteKind::TCPRoute, "a/two", "a/gw", {backend("echo", 1, 90)});
    QCOMPARE(problemsOf(*world.compile()), QStringList{"GH2503 a/two spec.rules[0]"});
}

void TstReachability::serverNames()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::tlsListener(gateway, "tls", TlsMode::Passthrough);
    World::tlsListener(gateway, "exact", TlsMode::Passthrough, 443, "b.test");
    world.service("a/echo", 443);
    world.streamRoute(RouteKind::TLSRoute, "a/one", "a/gw/tls", {backend("echo", 1, 443)}, {"a.test", "*.test"});
    world.streamRoute(RouteKind::TLSRoute, "a/three", "a/gw/tls", {backend("echo", 1, 443)}, {"b.test"});
    world.streamRoute(RouteKind::TLSRoute, "a/two", "a/gw/tls", {backend("echo", 1, 443)}, {"a.test"});
    QCOMPARE(problemsOf(*world.compile()), (QStringList{"GH2504 a/three spec.rules[0]", "GH2503 a/two spec.rules[0]"}));
}

void TstReachability::wordsAndPlaces()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    HTTPRouteMatch first = expression("/.*"), second = prefix("/a"), third = exact("/c");
    first.position = {7, 5};
    second.position = {9, 5};
    world.rule(route, {first});
    world.rule(route, {second, third});
    const auto problems = routing::reachabilityProblems(*world.compile());
    QCOMPARE(problems.size(), 1u);
    QCOMPARE(toString(problems[0]),
             std::string("a/r.yaml:9:5: warning GH2501 HTTPRoute a/r spec.rules[1].matches[0]: no request ever reaches "
                         "this match: rules[0].matches[0] of the same route takes them all (lost to the "
                         "RegularExpression path /.*); remove it, or make it ask for more than the other does"));
}

QTEST_APPLESS_MAIN(TstReachability)
#include "tst_reachability.moc"
