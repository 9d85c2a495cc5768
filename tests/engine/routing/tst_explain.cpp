#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/explain_text.h"
#include "engine/routing/explain_value.h"

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

class TstExplain : public QObject {
    Q_OBJECT
private slots:
    void loserReasons_data();
    void loserReasons();
    void losersComeInPrecedenceOrder();
    void answers_data();
    void answers();
    void sharesAndTargets();
    void filtersAreSaidInWords();
    void listenersAndIsolation();
    void refusedListeners();
    void outsiders();
    void endpoints_data();
    void endpoints();
    void connections_data();
    void connections();
    void valueAndText();
};

namespace {

ExplainRequest ask(const std::string& host, const std::string& path = "/", const std::string& method = "GET")
{
    ExplainRequest request;
    request.authority = host;
    request.path = path;
    request.method = method;
    return request;
}

std::string reasonOf(const Explanation& explanation, const std::string& route)
{
    for (const Loser& loser : explanation.losers)
        if (loser.routeName == "HTTPRoute/" + route)
            return loser.reason;
    return {};
}

std::string outsiderReason(const Explanation& explanation, const std::string& route)
{
    for (const Outsider& outsider : explanation.outsiders)
        if (outsider.routeName == "HTTPRoute/" + route)
            return outsider.reason;
    return {};
}

} // namespace

Q_DECLARE_METATYPE(gatehouse::model::HTTPRouteMatch)

void TstExplain::loserReasons_data()
{
    QTest::addColumn<QString>("winnerHost");
    QTest::addColumn<HTTPRouteMatch>("winner");
    QTest::addColumn<QString>("loserHost");
    QTest::addColumn<HTTPRouteMatch>("loser");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const HTTPRouteMatch& loser, const char* reason,
                        const HTTPRouteMatch& winner = prefix("/x"), const char* winnerHost = "",
                        const char* loserHost = "") {
        QTest::newRow(name) << winnerHost << winner << loserHost << loser << reason;
    };
    row("path is not below", prefix("/y"), "path /x/y is not below /y");
    row("path is not equal", exact("/x"), "path /x/y is not exactly /x");
    row("path does not match", expression("/z.*"), "path /x/y does not match the expression /z.*");
    row("method", match({.path = "/x", .method = "PUT"}), "method is GET, wanted PUT");
    row("header absent", match({.headers = {{"X-A", "1"}}}), "header X-A is absent, wanted '1'");
    row("header differs", match({.headers = {{"X-B", "1"}}}), "header X-B is '2,3', wanted '1'");
    row("query absent", match({.query = {{"p", "1"}}}), "query parameter p is absent, wanted '1'");
    row("query differs", match({.query = {{"q", "1"}}}), "query parameter q is 'a b', wanted '1'");
    row("host", prefix("/x"), "host h.test is not covered by hostname other.test", prefix("/x"), "", "other.test");
    row("hostname is less specific", exact("/x/y"),
        "lost to the more specific hostname h.test (this one serves *.test)", prefix("/"), "h.test", "*.test");
    row("longer prefix", prefix("/"), "lost to the longer prefix /x (this one has /)");
    row("Exact", prefix("/x/y"), "lost to the Exact path /x/y", exact("/x/y"));
    row("expression", prefix("/x/y"), "lost to the RegularExpression path /x.*", expression("/x.*"));
    row("method match", prefix("/x"), "lost to a match that asks for method GET",
        match({.path = "/x", .method = "GET"}));
    row("more headers", prefix("/x"), "lost to more header matches (1 against 0)",
        match({.path = "/x", .headers = {{"X-C", "4"}}}));
    row("more queries", prefix("/x"), "lost to more query parameter matches (1 against 0)",
        match({.path = "/x", .query = {{"q", "a b"}}}));
    row("name", prefix("/x"), "lost to route HTTPRoute/a/a, which is as old and comes first by namespace/name");
}

void TstExplain::loserReasons()
{
    QFETCH(QString, winnerHost);
    QFETCH(HTTPRouteMatch, winner);
    QFETCH(QString, loserHost);
    QFETCH(HTTPRouteMatch, loser);
    QFETCH(QString, reason);
    World world;
    World::listener(world.gateway("a/gw"), "http");
    const auto hostnames = [](const QString& host) {
        return host.isEmpty() ? std::vector<std::string>{} : std::vector{host.toStdString()};
    };
    world.rule(world.route("a/a", "a/gw", hostnames(winnerHost)), {winner});
    world.rule(world.route("a/b", "a/gw", hostnames(loserHost)), {loser});
    ExplainRequest request = ask("h.test", "/x/y");
    request.query = "q=a+b";
    request.headers = {{"x-b", "2"}, {"X-B", "3"}, {"x-c", "4"}};
    const Explanation explanation = explain(*world.compile(), request);
    QCOMPARE(explanation.routeName, std::string("HTTPRoute/a/a"));
    QCOMPARE(explanation.losers.size(), std::size_t(1));
    QCOMPARE(reasonOf(explanation, "a/b"), reason.toStdString());
    QCOMPARE(*explanation.losers[0].location.file, std::string("a/b.yaml"));
}

void TstExplain::losersComeInPrecedenceOrder()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRoute& older = world.route("a/old", "a/gw");
    older.meta.creationTimestamp = Timestamp(std::chrono::seconds(1));
    HTTPRoute& newer = world.route("a/new", "a/gw");
    newer.meta.creationTimestamp = Timestamp(std::chrono::seconds(2));
    world.rule(newer, {prefix("/a"), prefix("/a/b")});
    world.rule(newer, {prefix("/a/b")});
    world.rule(older, {prefix("/a/b"), prefix("/"), prefix("/z")});
    const Explanation explanation = explain(*world.compile(), ask("x.test", "/a/b"));
    std::string order;
    for (const Loser& loser : explanation.losers)
        order +=
            loser.routeName.substr(12) + '[' + std::to_string(loser.rule) + "]." + std::to_string(loser.match) + ' ';
    QCOMPARE(order, std::string("new[0].1 new[1].0 new[0].0 old[0].1 old[0].2 "));
    QCOMPARE(explanation.losers[0].reason, std::string("lost to the older route HTTPRoute/a/old"));
    QCOMPARE(explanation.losers[3].reason, std::string("lost to the longer prefix /a/b (this one has /)"));
}

void TstExplain::answers_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("served");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("summary");
    QTest::newRow("forwarded") << "good" << true << 0 << "HTTPRoute/a/r rules[0] takes it to a/s:80 (built-in echo)";
    QTest::newRow("no rule") << "no-rule" << false << 404
                             << "404, no rule attached to listener a/gw/http matches GET /no";
    QTest::newRow("no listener") << "no-host" << false << 404 << "404, no listener takes host 'x.org'";
    QTest::newRow("no port") << "no-port" << false << 0 << "nothing listens for port 81";
    QTest::newRow("no backendRefs") << "no-refs" << true << 500
                                    << "HTTPRoute/a/r rules[0]: 500, the rule has no backendRefs";
    QTest::newRow("weights 0") << "zero" << true << 500
                               << "HTTPRoute/a/r rules[0] takes it, but 500: all its backendRefs have weight 0";
    QTest::newRow("bad backend") << "missing" << true << 500
                                 << "HTTPRoute/a/r rules[0] takes it, but no backend can answer: 500";
    QTest::newRow("no endpoint") << "no-echo" << true << 503
                                 << "HTTPRoute/a/r rules[0] takes it, but no backend can answer: 503";
    QTest::newRow("redirect") << "redirect" << true << 302
                              << "HTTPRoute/a/r rules[0]: 302, moved to https://x.test/yes";
}

void TstExplain::answers()
{
    QFETCH(QString, what);
    QFETCH(bool, served);
    QFETCH(int, status);
    QFETCH(QString, summary);
    World world;
    world.service("a/s");
    World::listener(world.gateway("a/gw"), "http", 80, "*.test");
    BackendRef ref = backend(what == "missing" ? "nobody" : "s", what == "zero" ? 0 : 1);
    HTTPRouteRule& rule = world.rule(world.route("a/r", "a/gw"), {prefix("/yes")}, {ref});
    if (what == "no-refs" || what == "redirect")
        rule.backendRefs.clear();
    if (what == "redirect") {
        RequestRedirect redirect;
        redirect.scheme = "https";
        rule.filters.push_back(redirect);
    }
    CompileOptions options;
    options.echoUnmapped = what != "no-echo";
    const std::string host = what == "no-host" ? "x.org" : what == "no-port" ? "x.test:81" : "x.test";
    const Explanation explanation = explain(*world.compile(options), ask(host, what == "no-rule" ? "/no" : "/yes"));
    QCOMPARE(explanation.served, served);
    QCOMPARE(int(explanation.status), status);
    QCOMPARE(explanation.summary, summary.toStdString());
}

void TstExplain::sharesAndTargets()
{
    World world;
    world.service("a/s");
    world.service("a/t");
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/r", "a/gw"), {prefix("/")}, {backend("s", 3), backend("t", 1), backend("nobody", 4)});
    CompileOptions options;
    options.backends["a/t:80"] = {"127.0.0.1", 3000};
    const Explanation explanation = explain(*world.compile(options), ask("x.test"));
    QCOMPARE(explanation.backends.size(), std::size_t(3));
    QCOMPARE(explanation.backends[0].backend, std::string("a/s:80"));
    QCOMPARE(explanation.backends[0].share, 0.375);
    QCOMPARE(explanation.backends[0].target, std::string("built-in echo"));
    QCOMPARE(explanation.backends[1].share, 0.125);
    QCOMPARE(explanation.backends[1].target, std::string("127.0.0.1:3000"));
    QCOMPARE(explanation.backends[2].backend, std::string("a/nobody:80"));
    QVERIFY2(explanation.backends[2].target.starts_with("500: BackendNotFound"),
             explanation.backends[2].target.c_str());
    QCOMPARE(int(explanation.status), 0); // half of the requests get an answer from a backend
}

void TstExplain::filtersAreSaidInWords()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    HTTPRouteRule& rule = world.rule(world.route("a/r", "a/gw"), {prefix("/v1")});
    RequestHeaderModifier request;
    request.headers = {{{"A", "1"}}, {{"B", "2"}}, {"C"}};
    ResponseHeaderModifier response;
    response.headers.remove = {"Server"};
    URLRewrite rewrite;
    rewrite.hostname = "in.test";
    rewrite.path = ReplacePrefixMatch{"/v2"};
    rule.filters = {request, response, rewrite};
    rule.backendRefs[0].filters = {response};
    rule.timeouts.request = std::chrono::milliseconds(1500);
    rule.timeouts.backendRequest = std::chrono::milliseconds(1000);
    ExplainRequest asked = ask("x.test", "/v1/p");
    asked.query = "q=1";
    asked.headers = {{"c", "old"}, {"B", "1"}};
    const Explanation explanation = explain(*world.compile(), asked);
    const std::vector<std::string> words = {"set request header a: 1",
                                            "add request header b: 2",
                                            "remove request header c",
                                            "remove response header server",
                                            "rewrite host x.test to in.test",
                                            "rewrite path /v1/p to /v2/p",
                                            "answer within 1500 ms, retries included, or else 504",
                                            "give the backend 1 s for each try",
                                            "only for a/echo:80: remove response header server"};
    QCOMPARE(explanation.filters, words);

    QStringList edits;
    for (const RequestEdit& edit : explanation.backends[0].edits)
        edits.push_back(QString::fromStdString(edit.field + ": " + edit.before + " -> " + edit.after));
    QCOMPARE(edits, (QStringList{"host: x.test -> in.test", "path: /v1/p?q=1 -> /v2/p?q=1", "header b: 1 -> 1, 2",
                                 "header c: old -> ", "header a:  -> 1"}));
}

void TstExplain::listenersAndIsolation()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "all");
    World::listener(gateway, "wild", 80, "*.a.test");
    World::listener(gateway, "other", 80, "b.test");
    world.rule(world.route("a/on-all", "a/gw/all"), {prefix("/")});
    world.rule(world.route("a/on-wild", "a/gw/wild"), {prefix("/w")});
    const Explanation explanation = explain(*world.compile(), ask("x.a.test", "/p"));
    QVERIFY(!explanation.served);
    QCOMPARE(explanation.listenerName, std::string("wild"));
    std::map<std::string, std::string> reasons;
    for (const RefusedListener& refused : explanation.listeners)
        reasons[refused.listenerName] = refused.reason;
    QCOMPARE(reasons.size(), std::size_t(2));
    QCOMPARE(reasons["all"], std::string("hostname * is less specific than *.a.test of listener wild"));
    QCOMPARE(reasons["other"], std::string("host x.a.test is not covered by hostname b.test"));
    QCOMPARE(outsiderReason(explanation, "a/on-all"),
             std::string("attached to listener all of Gateway a/gw; the request belongs to listener wild alone"));
    QCOMPARE(reasonOf(explanation, "a/on-wild"), std::string("path /p is not below /w"));
}

void TstExplain::refusedListeners()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "http");
    World::listener(gateway, "clash1", 81, "x.test");
    World::listener(gateway, "clash2", 81, "x.test");
    const Explanation explanation = explain(*world.compile(), ask("x.test:81"));
    QVERIFY(!explanation.endpoint);
    QCOMPARE(explanation.listeners.size(), std::size_t(2));
    QVERIFY(explanation.listeners[0].reason.starts_with("HostnameConflict"));
}

void TstExplain::outsiders()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "http", 80, "*.test").allowedNamespaces.from = FromNamespaces::Same;
    World::listener(world.gateway("a/other"), "http", 8080);
    world.rule(world.route("a/good", "a/gw"), {prefix("/")});
    world.rule(world.route("b/foreign", "a/gw"), {prefix("/")});
    world.rule(world.route("a/host", "a/gw", {"x.org"}), {prefix("/")});
    world.rule(world.route("a/section", "a/gw/nothing"), {prefix("/")});
    world.rule(world.route("a/elsewhere", "a/other", {"x.test"}), {prefix("/")});
    world.rule(world.route("a/unrelated", "a/other", {"y.test"}), {prefix("/")});
    const Explanation explanation = explain(*world.compile(), ask("x.test"));
    QCOMPARE(explanation.routeName, std::string("HTTPRoute/a/good"));
    QVERIFY(outsiderReason(explanation, "b/foreign").starts_with("NotAllowedByListeners"));
    QVERIFY(outsiderReason(explanation, "a/host").starts_with("NoMatchingListenerHostname"));
    QVERIFY(outsiderReason(explanation, "a/section").starts_with("NoMatchingParent"));
    QCOMPARE(outsiderReason(explanation, "a/elsewhere"), std::string("attached to listener http of Gateway a/other"));
    QCOMPARE(outsiderReason(explanation, "a/unrelated"), std::string());
    QCOMPARE(outsiderReason(explanation, "a/good"), std::string());
}

void TstExplain::endpoints_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("gateway");
    QTest::addColumn<QString>("route");
    QTest::newRow("by the port of the manifest") << "one.test"
                                                 << ""
                                                 << "HTTPRoute/a/one";
    QTest::newRow("by the local port") << "one.test:8080"
                                       << ""
                                       << "HTTPRoute/a/one";
    QTest::newRow("among Gateways the one that serves it") << "two.test"
                                                           << ""
                                                           << "HTTPRoute/a/two";
    QTest::newRow("by address") << "127.0.0.2:8080"
                                << ""
                                << "HTTPRoute/a/ip";
    QTest::newRow("of a given Gateway") << "one.test"
                                        << "a/gw2"
                                        << "";
    QTest::newRow("of a given Gateway that serves it") << "two.test"
                                                       << "a/gw2"
                                                       << "HTTPRoute/a/two";
}

void TstExplain::endpoints()
{
    QFETCH(QString, authority);
    QFETCH(QString, gateway);
    QFETCH(QString, route);
    World world;
    World::listener(world.gateway("a/gw1"), "http");
    World::listener(world.gateway("a/gw2"), "http");
    world.rule(world.route("a/one", "a/gw1", {"one.test"}), {prefix("/")});
    world.rule(world.route("a/two", "a/gw2", {"two.test"}), {prefix("/")});
    world.rule(world.route("a/ip", "a/gw2"), {match({.headers = {{"host", "127.0.0.2:8080"}}})});
    const auto graph = world.graph();
    std::vector<Diagnostic> problems;
    const auto snapshot = compile(graph, planBinds(*graph, {}, {true, 1024}), {}, problems);
    ExplainRequest request = ask(authority.toStdString());
    request.gateway = gateway.toStdString();
    const Explanation explanation = explain(*snapshot, request);
    QCOMPARE(explanation.routeName, route.toStdString());
    QCOMPARE(int(explanation.endpoint->port), 8080);
}

void TstExplain::connections_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("serverName"); // "host": the host's own
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("summary");
    QTest::newRow("a listener's own host") << "https"
                                           << "host"
                                           << "a.test:443" << 0 << "takes it";
    QTest::newRow("a host of no listener")
        << "https"
        << "host"
        << "b.example" << 0 << "no listener takes a TLS handshake with server name b.example";
    QTest::newRow("an address is no server name")
        << "https"
        << "host"
        << "127.0.0.1" << 0 << "no listener takes a TLS handshake with no server name";
    QTest::newRow("another listener's connection") << "https"
                                                   << "x.wild.test"
                                                   << "a.test" << 421 << "(server name x.wild.test) is listener wild's";
    QTest::newRow("a host that none has, over a connection") << "https"
                                                             << "a.test"
                                                             << "b.example" << 404 << "no listener takes host";
    QTest::newRow("another name of the same listener") << "https"
                                                       << "x.wild.test"
                                                       << "y.wild.test" << 404 << "no rule attached";
    QTest::newRow("http to a port of https") << "http"
                                             << "host"
                                             << "a.test:443" << 0 << "nothing listens";
}

void TstExplain::connections()
{
    QFETCH(QString, scheme);
    QFETCH(QString, serverName);
    QFETCH(QString, host);
    QFETCH(int, status);
    QFETCH(QString, summary);
    World world;
    Gateway& gateway = world.gateway("a/gw");
    for (const auto& [name, hostname] : {std::pair("exact", "a.test"), std::pair("wild", "*.wild.test")})
        world.certificate(World::listener(gateway, name, 443, hostname, Protocol::HTTPS), "a/cert");
    world.rule(world.route("a/r", "a/gw/exact"), {prefix("/")});
    ExplainRequest request = ask(host.toStdString());
    request.scheme = scheme.toStdString();
    if (serverName != "host")
        request.serverName = serverName.toStdString();
    const Explanation explanation = explain(*world.compile(), request);
    QCOMPARE(int{explanation.status}, status);
    QVERIFY2(QString::fromStdString(explanation.summary).contains(summary), explanation.summary.c_str());
    if (scheme == "http")
        QVERIFY2(explanation.listeners.at(0).reason.starts_with("speaks HTTPS"),
                 explanation.listeners.at(0).reason.c_str());
}

void TstExplain::valueAndText()
{
    World world;
    World::listener(world.gateway("a/gw"), "http", 8080);
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, {prefix("/")}).name = "all";
    world.rule(route, {exact("/no")});
    const Explanation explanation = explain(*world.compile(), ask("x.test:8080", "/p"));

    const model::Value value = toValue(explanation);
    QCOMPARE(*value.find("served")->asBool(), true);
    QCOMPARE(*value.find("route")->asString(), std::string("HTTPRoute/a/r"));
    QCOMPARE(*value.find("ruleName")->asString(), std::string("all"));
    QCOMPARE(*value.find("endpoint")->find("port")->asInt(), std::int64_t(8080));
    QCOMPARE(value.find("backends")->asArray()->size(), std::size_t(1));
    QCOMPARE(*value.find("losers")->asArray()->at(0).find("reason")->asString(),
             std::string("path /p is not exactly /no"));
    QVERIFY(!value.find("status"));

    const std::string expected = "HTTPRoute/a/r rules[0] (all) takes it to a/echo:80 (built-in echo)\n"
                                 "  endpoint  127.0.0.1:8080\n"
                                 "  gateway   a/gw\n"
                                 "  listener  http\n"
                                 "  route     HTTPRoute/a/r  (a/r.yaml)\n"
                                 "  rule      rules[0] (all), matches[0]\n"
                                 "  backend   a/echo:80  100 %  built-in echo\n"
                                 "\nRules that lost\n"
                                 "  HTTPRoute/a/r rules[1].matches[0]: path /p is not exactly /no  (a/r.yaml)\n";
    QCOMPARE(toText(explanation), expected);
}

QTEST_APPLESS_MAIN(TstExplain)
#include "tst_explain.moc"
