#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

class TstFilters : public QObject {
    Q_OBJECT
private slots:
    void redirectLocation_data();
    void redirectLocation();
    void pathModifier_data();
    void pathModifier();
    void requestHeaders_data();
    void requestHeaders();
    void responseHeaders();
    void rewriteReplacesTheAuthority();
    void filtersRunInOrder();
    void unsupportedFilterAnswers500();
    void replacePrefixNeedsOnePrefixMatch();
    void arenaKeepsTexts();
};

namespace {

/// A snapshot with one rule and what it does to a request.
struct Served {
    std::shared_ptr<const Snapshot> snapshot;
    Request request;
    RequestHead head;
    RouteDecision decision;
    TextArena arena;
};

std::unique_ptr<Served> serveWith(std::vector<HTTPRouteFilter> filters, const Request& request,
                                  const HTTPRouteMatch& match = prefix("/"), std::uint16_t port = 80)
{
    World world;
    World::listener(world.gateway("a/gw"), "http", port);
    HTTPRoute& route = world.route("a/r", "a/gw");
    world.rule(route, {match}).filters = std::move(filters);
    auto served = std::make_unique<Served>();
    served->snapshot = world.compile();
    served->request = request;
    served->head = headOf(served->request);
    served->decision = routing::match(*served->snapshot, *served->snapshot->find({"127.0.0.1", port}), served->head);
    return served;
}

std::string dump(const HeaderFields& headers)
{
    std::string text;
    for (const HeaderField& field : headers)
        text += std::string(field.name) + '=' + std::string(field.value) + ' ';
    return text;
}

} // namespace

void TstFilters::redirectLocation_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("listenerPort");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("location");
    const auto row = [](const char* name, const char* scheme, int port, int listener, const char* host,
                        const char* location) {
        QTest::newRow(name) << scheme << port << listener << host << location;
    };
    row("nothing set: the listener's port, hidden when well known", "", 0, 80, "a.test", "http://a.test/p?q=1");
    row("nothing set: the listener's port is shown", "", 0, 8080, "a.test", "http://a.test:8080/p?q=1");
    row("the port of Host plays no part", "", 0, 80, "a.test:1234", "http://a.test/p?q=1");
    row("scheme implies its port", "https", 0, 8080, "a.test:8080", "https://a.test/p?q=1");
    row("scheme http implies 80", "http", 0, 8080, "a.test", "http://a.test/p?q=1");
    row("port is used", "", 8081, 80, "a.test", "http://a.test:8081/p?q=1");
    row("port 80 with http is left out", "", 80, 8080, "a.test", "http://a.test/p?q=1");
    row("port 443 with https is left out", "https", 443, 80, "a.test", "https://a.test/p?q=1");
    row("port 443 with http is shown", "http", 443, 80, "a.test", "http://a.test:443/p?q=1");
    row("port 80 with https is shown", "https", 80, 80, "a.test", "https://a.test:80/p?q=1");
    row("listener 443 without a scheme is shown", "", 0, 443, "a.test", "http://a.test:443/p?q=1");
    row("IPv6 host keeps its brackets", "", 8081, 80, "[::1]:99", "http://[::1]:8081/p?q=1");
    row("without a host the location is relative", "", 0, 8080, "", "/p?q=1");
}

void TstFilters::redirectLocation()
{
    QFETCH(QString, scheme);
    QFETCH(int, port);
    QFETCH(int, listenerPort);
    QFETCH(QString, host);
    QFETCH(QString, location);
    RequestRedirect redirect;
    if (!scheme.isEmpty())
        redirect.scheme = scheme.toStdString();
    if (port != 0)
        redirect.port = static_cast<std::uint16_t>(port);
    redirect.statusCode = 301;
    Request request{.host = host.toStdString(), .path = "/p"};
    request.query = "q=1";
    const auto served = serveWith({redirect}, request, prefix("/"), static_cast<std::uint16_t>(listenerPort));
    const auto answer = directResponse(served->decision, served->head, served->arena);
    QVERIFY(answer);
    QCOMPARE(int(answer->status), 301);
    QCOMPARE(std::string(answer->location), location.toStdString());
    QCOMPARE(std::string(answer->flags), std::string());
}

void TstFilters::pathModifier_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("replacement");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* request, const char* prefix, const char* replacement, const char* result) {
        QTest::addRow("%s with %s for '%s' is %s", request, prefix, replacement, result)
            << request << prefix << replacement << result;
    };
    row("/foo/bar", "/foo", "/xyz", "/xyz/bar");
    row("/foo/bar", "/foo", "/xyz/", "/xyz/bar");
    row("/foo/bar", "/foo/", "/xyz", "/xyz/bar");
    row("/foo/bar", "/foo/", "/xyz/", "/xyz/bar");
    row("/foo", "/foo", "/xyz", "/xyz");
    row("/foo/", "/foo", "/xyz", "/xyz/");
    row("/foo/bar", "/foo", "", "/bar");
    row("/foo/bar", "/foo", "/", "/bar");
    row("/foo/", "/foo", "", "/");
    row("/foo/", "/foo", "/", "/");
    row("/foo", "/foo", "", "/");
    row("/foo", "/foo", "/", "/");
    row("/foo", "/", "/xyz", "/xyz/foo");
    row("/", "/", "/xyz", "/xyz/");
    row("/foo/a%20b", "/foo", "/x", "/x/a%20b");
}

void TstFilters::pathModifier()
{
    QFETCH(QString, request);
    QFETCH(QString, prefix);
    QFETCH(QString, replacement);
    QFETCH(QString, result);
    const Request asked{.host = "a.test", .path = request.toStdString(), .query = "q=1"};
    const auto wanted = test::prefix(prefix.toStdString());

    URLRewrite rewrite;
    rewrite.path = ReplacePrefixMatch{replacement.toStdString()};
    const auto rewritten = serveWith({rewrite}, asked, wanted);
    applyRequestFilters(rewritten->decision.rule->filters, rewritten->decision, rewritten->head, rewritten->arena);
    QCOMPARE(std::string(rewritten->head.path), result.toStdString());
    QCOMPARE(std::string(rewritten->head.query), std::string("q=1"));

    RequestRedirect redirect;
    redirect.path = ReplacePrefixMatch{replacement.toStdString()};
    const auto redirected = serveWith({redirect}, asked, wanted);
    const auto answer = directResponse(redirected->decision, redirected->head, redirected->arena);
    QCOMPARE(std::string(answer->location), "http://a.test" + result.toStdString() + "?q=1");

    URLRewrite full;
    full.path = ReplaceFullPath{"/full"};
    const auto replaced = serveWith({full}, asked, wanted);
    applyRequestFilters(replaced->decision.rule->filters, replaced->decision, replaced->head, replaced->arena);
    QCOMPARE(std::string(replaced->head.path), std::string("/full"));
}

void TstFilters::requestHeaders_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("result");
    QTest::newRow("set replaces every value") << "set"
                                              << "x=new b=2 ";
    QTest::newRow("add appends and keeps the order") << "add"
                                                     << "x=1 X=old b=2 x=new ";
    QTest::newRow("remove deletes every value") << "remove"
                                                << "b=2 ";
    QTest::newRow("set of an absent header adds it") << "set-absent"
                                                     << "x=1 X=old b=2 y=new ";
}

void TstFilters::requestHeaders()
{
    QFETCH(QString, what);
    QFETCH(QString, result);
    RequestHeaderModifier modifier;
    if (what == "set")
        modifier.headers.set = {{"X", "new"}};
    else if (what == "add")
        modifier.headers.add = {{"X", "new"}};
    else if (what == "remove")
        modifier.headers.remove = {"X"};
    else
        modifier.headers.set = {{"Y", "new"}};
    const auto served = serveWith({modifier}, {.host = "a.test", .headers = {{"x", "1"}, {"X", "old"}, {"b", "2"}}});
    applyRequestFilters(served->decision.rule->filters, served->decision, served->head, served->arena);
    QCOMPARE(dump(served->head.headers), result.toStdString());
}

void TstFilters::responseHeaders()
{
    ResponseHeaderModifier modifier;
    modifier.headers.set = {{"Server", "ours"}};
    modifier.headers.add = {{"Via", "gw"}};
    modifier.headers.remove = {"X-Secret"};
    const auto served = serveWith({modifier}, {.host = "a.test", .headers = {{"server", "client's"}}});
    applyRequestFilters(served->decision.rule->filters, served->decision, served->head, served->arena);
    QCOMPARE(dump(served->head.headers), std::string("server=client's ")); // no business of the request

    HeaderFields headers;
    headers.add("Server", "theirs");
    headers.add("x-secret", "1");
    applyResponseFilters(served->decision.rule->filters, headers, served->arena);
    QCOMPARE(dump(headers), std::string("server=ours via=gw "));
}

void TstFilters::rewriteReplacesTheAuthority()
{
    URLRewrite rewrite;
    rewrite.hostname = "one.example.org";
    const auto served = serveWith({rewrite}, {.host = "a.test:8080"});
    applyRequestFilters(served->decision.rule->filters, served->decision, served->head, served->arena);
    QCOMPARE(std::string(served->head.authority), std::string("one.example.org"));
}

void TstFilters::filtersRunInOrder()
{
    URLRewrite rewrite;
    rewrite.hostname = "rewritten.test";
    RequestHeaderModifier host;
    host.headers.set = {{"Host", "set.test"}};
    const auto served = serveWith({rewrite, host}, {.host = "a.test"});
    applyRequestFilters(served->decision.rule->filters, served->decision, served->head, served->arena);
    QCOMPARE(std::string(served->head.authority), std::string("set.test"));
    QCOMPARE(served->head.headers.size(), std::size_t(0));
}

void TstFilters::unsupportedFilterAnswers500()
{
    ExtensionRef extension;
    extension.ref = {"example.com", "Magic", std::nullopt, "m", {}};
    const auto served = serveWith({extension}, {.host = "a.test"});
    const auto answer = directResponse(served->decision, served->head, served->arena);
    QVERIFY(answer);
    QCOMPARE(int(answer->status), 500);
    QVERIFY(!answer->body.empty());
}

void TstFilters::replacePrefixNeedsOnePrefixMatch()
{
    URLRewrite rewrite;
    rewrite.path = ReplacePrefixMatch{"/x"};
    const auto served = serveWith({rewrite}, {.host = "a.test", .path = "/foo"}, exact("/foo"));
    const auto answer = directResponse(served->decision, served->head, served->arena);
    QVERIFY(answer);
    QCOMPARE(int(answer->status), 500);
}

void TstFilters::arenaKeepsTexts()
{
    TextArena arena;
    std::vector<std::string_view> views;
    for (int i = 0; i < 2000; ++i)
        views.push_back(arena.store({"text ", std::to_string(i)}));
    const std::string large(10'000, 'x');
    QCOMPARE(std::string(arena.store({large})), large);
    for (int i = 0; i < 2000; ++i)
        QCOMPARE(std::string(views[static_cast<std::size_t>(i)]), "text " + std::to_string(i));
    const char* first = views[0].data();
    arena.clear();
    QCOMPARE(arena.store({"again"}).data(), first); // storage is kept
}

QTEST_APPLESS_MAIN(TstFilters)
#include "tst_filters.moc"
