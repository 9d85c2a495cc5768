#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;

class TstMatch : public QObject {
    Q_OBJECT
private slots:
    void path_data();
    void path();
    void conditions_data();
    void conditions();
    void hostname_data();
    void hostname();
    void precedence_data();
    void precedence();
    void isolation_data();
    void isolation();
    void fallsThroughToLessSpecificHostnames();
    void droppedRulesTakeNoPart();
    void invalidExpressionNeverMatches();
};

Q_DECLARE_METATYPE(gatehouse::model::HTTPRouteMatch)
Q_DECLARE_METATYPE(gatehouse::test::Request)

void TstMatch::path_data()
{
    QTest::addColumn<HTTPRouteMatch>("wanted");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("matches");

    const auto row = [](const char* name, const HTTPRouteMatch& wanted, const char* path, bool matches) {
        QTest::newRow(name) << wanted << path << matches;
    };
    row("Exact takes the same path", exact("/one"), "/one", true);
    row("Exact has no trailing-slash tolerance", exact("/one"), "/one/", false);
    row("Exact with a trailing slash wants it", exact("/one/"), "/one", false);
    row("Exact with a trailing slash takes it", exact("/one/"), "/one/", true);
    row("Exact is case-sensitive", exact("/one"), "/One", false);
    row("Exact takes nothing below", exact("/one"), "/one/two", false);
    row("Exact root", exact("/"), "/", true);
    row("Exact root is not everything", exact("/"), "/a", false);
    row("prefix takes itself", prefix("/v2"), "/v2", true);
    row("prefix takes a trailing slash", prefix("/v2"), "/v2/", true);
    row("prefix takes what is below", prefix("/v2"), "/v2/x/y", true);
    row("prefix is by elements", prefix("/v2"), "/v2example", false);
    row("prefix is case-sensitive", prefix("/v2"), "/V2", false);
    row("trailing slash of a prefix is ignored", prefix("/v2/"), "/v2", true);
    row("trailing slash of a prefix is ignored below too", prefix("/v2/"), "/v2/x", true);
    row("prefix of several elements", prefix("/a/b"), "/a/b/c", true);
    row("prefix of several elements wants all", prefix("/a/b"), "/a", false);
    row("root prefix takes everything", prefix("/"), "/any/thing", true);
    row("root prefix takes an empty path", prefix("/"), "", true);
    row("root prefix does not take the asterisk of OPTIONS", prefix("/"), "*", false);
    row("escapes are compared raw", prefix("/a%20b"), "/a b", false);
    row("slashes are not merged", prefix("/a/b"), "/a//b", false);
    row("dot segments are not removed", prefix("/b"), "/a/../b", false);
    row("expression matches the whole path", expression("/v[0-9]+"), "/v12", true);
    row("expression does not match a part", expression("/v[0-9]+"), "/v12/x", false);
}

void TstMatch::path()
{
    QFETCH(HTTPRouteMatch, wanted);
    QFETCH(QString, path);
    QFETCH(bool, matches);
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, {wanted});
    QCOMPARE(serve(*world.compile(), {"x.test", path.toStdString()}), std::string(matches ? "a/r[0]" : "404"));
}

void TstMatch::conditions_data()
{
    QTest::addColumn<HTTPRouteMatch>("wanted");
    QTest::addColumn<Request>("request");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* name, const HTTPRouteMatch& wanted, const Request& request, bool matches) {
        QTest::newRow(name) << wanted << request << matches;
    };
    const HTTPRouteMatch get = match({.method = "GET"});
    row("method is equal", get, {.host = "x.test"}, true);
    row("a GET rule does not serve HEAD", get, {.host = "x.test", .method = "HEAD"}, false);

    const HTTPRouteMatch header = match({.headers = {{"Version", "one"}}});
    row("header is equal", header, {.host = "x.test", .headers = {{"Version", "one"}}}, true);
    row("header names have no case", header, {.host = "x.test", .headers = {{"vErSion", "one"}}}, true);
    row("header values have case", header, {.host = "x.test", .headers = {{"version", "One"}}}, false);
    row("header is absent", header, {.host = "x.test"}, false);
    row("repeated header is joined", match({.headers = {{"a", "1,2"}}}),
        {.host = "x.test", .headers = {{"a", "1"}, {"b", "x"}, {"A", "2"}}}, true);
    row("one of a repeated header is not enough", match({.headers = {{"a", "1"}}}),
        {.host = "x.test", .headers = {{"a", "1"}, {"a", "2"}}}, false);
    row("all headers must match", match({.headers = {{"a", "1"}, {"b", "2"}}}),
        {.host = "x.test", .headers = {{"a", "1"}, {"b", "3"}}}, false);
    row("of equal names in the match the first counts", match({.headers = {{"a", "1"}, {"A", "2"}}}),
        {.host = "x.test", .headers = {{"a", "1"}}}, true);
    row("Host can be matched as a header", match({.headers = {{"host", "x.test"}}}), {.host = "x.test"}, true);

    HTTPRouteMatch regex = header;
    regex.headers[0].type = ValueMatchType::RegularExpression;
    regex.headers[0].value = "v[0-9]";
    row("header expression matches", regex, {.host = "x.test", .headers = {{"version", "v1"}}}, true);
    row("header expression matches the whole value", regex, {.host = "x.test", .headers = {{"version", "v12"}}}, false);

    const HTTPRouteMatch query = match({.query = {{"animal", "big whale"}}});
    row("query is decoded", query, {.host = "x.test", .query = "animal=big%20whale"}, true);
    row("plus is a space", query, {.host = "x.test", .query = "x=1&animal=big+whale"}, true);
    row("query names are decoded", query, {.host = "x.test", .query = "%61nimal=big%20whale"}, true);
    row("query names have case", query, {.host = "x.test", .query = "Animal=big%20whale"}, false);
    row("query values have case", query, {.host = "x.test", .query = "animal=Big%20whale"}, false);
    row("of a repeated parameter the first counts", query, {.host = "x.test", .query = "animal=cat&animal=big+whale"},
        false);
    row("parameter is absent", query, {.host = "x.test", .query = "animals=big+whale"}, false);
    row("a longer value is another", query, {.host = "x.test", .query = "animal=big+whales"}, false);
    row("a broken escape stands for itself", match({.query = {{"a", "%zz"}}}), {.host = "x.test", .query = "a=%zz"},
        true);
    HTTPRouteMatch queryRegex = query;
    queryRegex.queryParams[0].type = ValueMatchType::RegularExpression;
    queryRegex.queryParams[0].value = "a b+";
    row("query expression matches the decoded value", queryRegex, {.host = "x.test", .query = "animal=a%20bbb"}, true);
    row("query expression matches the whole value", queryRegex, {.host = "x.test", .query = "animal=a+bc"}, false);
}

void TstMatch::conditions()
{
    QFETCH(HTTPRouteMatch, wanted);
    QFETCH(Request, request);
    QFETCH(bool, matches);
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/r", "a/gw"), {wanted});
    QCOMPARE(serve(*world.compile(), request), std::string(matches ? "a/r[0]" : "404"));
}

void TstMatch::hostname_data()
{
    QTest::addColumn<QString>("listener");
    QTest::addColumn<QString>("route");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* name, const char* listener, const char* route, const char* host, bool matches) {
        QTest::newRow(name) << listener << route << host << matches;
    };
    row("no hostname takes every host", "", "", "any.thing", true);
    row("no hostname takes no host", "", "", "", true);
    row("exact is equal", "", "a.test", "a.test", true);
    row("exact is another", "", "a.test", "b.test", false);
    row("case plays no part", "", "a.test", "A.Test", true);
    row("the port plays no part", "", "a.test", "a.test:1234", true);
    row("a trailing dot plays no part", "", "a.test", "a.test.", true);
    row("wildcard takes one label", "", "*.a.test", "x.a.test", true);
    row("wildcard takes many labels", "", "*.a.test", "x.y.z.a.test", true);
    row("wildcard needs a label", "", "*.a.test", "a.test", false);
    row("wildcard needs a label before the dot", "", "*.a.test", ".a.test", false);
    row("wildcard is by labels", "", "*.a.test", "xa.test", false);
    row("listener narrows the route", "x.a.test", "*.a.test", "y.a.test", false);
    row("listener hostname is served by a route without", "*.a.test", "", "y.a.test", true);
    row("listener hostname limits a route without", "*.a.test", "", "y.b.test", false);
    row("IPv6 literals are hosts of catch-alls", "", "", "[::1]:8080", true);
}

void TstMatch::hostname()
{
    QFETCH(QString, listener);
    QFETCH(QString, route);
    QFETCH(QString, host);
    QFETCH(bool, matches);
    World world;
    World::listener(world.gateway("a/gw"), "http", 80, listener.toStdString());
    std::vector<std::string> hostnames;
    if (!route.isEmpty())
        hostnames.push_back(route.toStdString());
    world.rule(world.route("a/r", "a/gw", hostnames), {prefix("/")});
    QCOMPARE(serve(*world.compile(), {host.toStdString()}), std::string(matches ? "a/r[0]" : "404"));
}

/// What one of two competing routes has.
struct Contender {
    HTTPRouteMatch match;
    std::string hostname;
    int createdAt = 0; ///< seconds; 0: no creationTimestamp
};
Q_DECLARE_METATYPE(Contender)

void TstMatch::precedence_data()
{
    QTest::addColumn<Contender>("winner");
    QTest::addColumn<Contender>("loser");
    QTest::addColumn<Request>("request");
    const Request request{"a.b.test", "/x/y", "GET", {{"h1", "1"}, {"h2", "2"}}, "q1=1&q2=2"};
    const auto row = [&](const char* name, const Contender& winner, const Contender& loser) {
        QTest::newRow(name) << winner << loser << request;
    };
    const std::vector<std::pair<std::string, std::string>> one{{"h1", "1"}}, two{{"h1", "1"}, {"h2", "2"}};
    const std::vector<std::pair<std::string, std::string>> q1{{"q1", "1"}}, q2{{"q1", "1"}, {"q2", "2"}};
    row("exact hostname beats everything else", {prefix("/"), "a.b.test"}, {exact("/x/y"), "*.b.test"});
    row("longer wildcard beats a shorter one", {prefix("/"), "*.b.test"}, {exact("/x/y"), "*.test"});
    row("wildcard beats no hostname", {prefix("/"), "*.test"}, {exact("/x/y"), ""});
    row("Exact beats a prefix with everything", {exact("/x/y"), ""},
        {match({.path = "/x/y", .method = "GET", .headers = two, .query = q2}), ""});
    row("Exact beats an expression", {exact("/x/y"), ""}, {expression("/x/y"), ""});
    row("an expression beats a prefix", {expression("/x/.*"), ""}, {prefix("/x/y"), ""});
    row("longer prefix beats a method", {prefix("/x/y"), ""}, {match({.path = "/x", .method = "GET"}), ""});
    row("method beats headers", {match({.path = "/x", .method = "GET"}), ""},
        {match({.path = "/x", .headers = two}), ""});
    row("more headers beat queries", {match({.path = "/x", .headers = two}), ""},
        {match({.path = "/x", .headers = one, .query = q2}), ""});
    row("more queries beat fewer", {match({.path = "/x", .query = q2}), ""},
        {match({.path = "/x", .query = q1}), "", 5});
    row("older beats newer", {prefix("/x"), "", 5}, {prefix("/x"), "", 6});
    row("a route without age is the newest", {prefix("/x"), "", 5}, {prefix("/x"), ""});
}

void TstMatch::precedence()
{
    QFETCH(Contender, winner);
    QFETCH(Contender, loser);
    QFETCH(Request, request);
    // Each way: the winner's name must play no part unless nothing else decides.
    for (const bool winnerIsFirst : {true, false}) {
        World world;
        World::listener(world.gateway("a/gw"), "http");
        const auto add = [&](const std::string& name, const Contender& contender) {
            HTTPRoute& route =
                world.route(name, "a/gw",
                            contender.hostname.empty() ? std::vector<std::string>{} : std::vector{contender.hostname});
            if (contender.createdAt != 0)
                route.meta.creationTimestamp = Timestamp(std::chrono::seconds(contender.createdAt));
            world.rule(route, {contender.match});
        };
        const std::string winnerName = winnerIsFirst ? "a/a" : "a/z", loserName = winnerIsFirst ? "a/z" : "a/a";
        add(winnerName, winner);
        add(loserName, loser);
        QCOMPARE(serve(*world.compile(), request), winnerName + "[0]");
    }

    // And alone, the loser would have served: it did lose to the winner.
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(
        world.route("a/l", "a/gw", loser.hostname.empty() ? std::vector<std::string>{} : std::vector{loser.hostname}),
        {loser.match});
    QCOMPARE(serve(*world.compile(), request), std::string("a/l[0]"));
}

void TstMatch::isolation_data()
{
    QTest::addColumn<bool>("hostnamesOnRoutes");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("route");
    // The four listeners and sixteen requests of GatewayHTTPListenerIsolation.
    const std::vector<std::pair<std::string, std::string>> owners = {
        {"bar.com", "empty-hostname"},
        {"bar.example.com", "wildcard-example-com"},
        {"bar.foo.example.com", "wildcard-foo-example-com"},
        {"abc.foo.example.com", "abc-foo-example-com"},
    };
    for (const bool onRoutes : {false, true})
        for (const auto& [host, owner] : owners)
            for (const auto& [ignored, path] : owners)
                QTest::addRow("%s/%s%s", host.c_str(), path.c_str(), onRoutes ? " with hostnames on routes" : "")
                    << onRoutes << QString::fromStdString(host) << QString::fromStdString('/' + path)
                    << (owner == path ? QString::fromStdString("a/" + owner + "[0]") : "404");
}

void TstMatch::isolation()
{
    QFETCH(bool, hostnamesOnRoutes);
    QFETCH(QString, host);
    QFETCH(QString, path);
    QFETCH(QString, route);
    World world;
    Gateway& gateway = world.gateway("a/gw");
    const std::vector<std::pair<std::string, std::string>> listeners = {
        {"empty-hostname", ""},
        {"wildcard-example-com", "*.example.com"},
        {"wildcard-foo-example-com", "*.foo.example.com"},
        {"abc-foo-example-com", "abc.foo.example.com"},
    };
    for (const auto& [name, hostname] : listeners) {
        World::listener(gateway, name, 80, hostname);
        HTTPRoute& attached =
            world.route("a/" + name, "a/gw/" + name,
                        hostnamesOnRoutes && !hostname.empty() ? std::vector{hostname} : std::vector<std::string>{});
        world.rule(attached, {prefix('/' + name)});
    }
    QCOMPARE(serve(*world.compile(), {host.toStdString(), path.toStdString()}), route.toStdString());
}

void TstMatch::fallsThroughToLessSpecificHostnames()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/exact", "a/gw", {"a.b.test"}), {prefix("/only")});
    world.rule(world.route("a/wild", "a/gw", {"*.b.test"}), {match({.path = "/", .method = "GET"})});
    world.rule(world.route("a/any", "a/gw"), {prefix("/")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, {"a.b.test", "/only/x"}), std::string("a/exact[0]"));
    QCOMPARE(serve(*snapshot, {"a.b.test", "/else"}), std::string("a/wild[0]"));
    QCOMPARE(serve(*snapshot, {"a.b.test", "/else", "PUT"}), std::string("a/any[0]"));
}

void TstMatch::droppedRulesTakeNoPart()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    // One header in two actions makes the rule invalid, and the rest of the route serves.
    world.rule(route, {prefix("/bad")}).filters.push_back(RequestHeaderModifier{{{{"x", "1"}}, {}, {"X"}}, {}});
    world.rule(route, {prefix("/")});
    QCOMPARE(serve(*world.compile(), {"x.test", "/bad"}), std::string("a/r[1]"));
}

void TstMatch::invalidExpressionNeverMatches()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, {expression("/(")});
    world.rule(route, {prefix("/")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, {"x.test", "/("}), std::string("a/r[1]"));
    QCOMPARE(world.problems.size(), std::size_t(1));
    QCOMPARE(world.problems[0].code, std::string("GH4003"));
    QCOMPARE(world.problems[0].fieldPath, std::string("spec.rules[0].matches[0].path.value"));
}

QTEST_APPLESS_MAIN(TstMatch)
#include "tst_match.moc"
