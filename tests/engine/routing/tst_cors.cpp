#include <QtTest/QTest>

#include "engine/routing/filters/filters.h"
#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

/// The CORS filter (semantics 9.6).
class TstCors : public QObject {
    Q_OBJECT
private slots:
    void origins_data();
    void origins();
    void preflights_data();
    void preflights();
    void whatIsAPreflight_data();
    void whatIsAPreflight();
    void answers_data();
    void answers();
    void redirectsAndErrorsOfOursAreMarked();
    void theBackendsFilterWins();
    void explained_data();
    void explained();
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
                                  std::vector<BackendRef> backends)
{
    World world;
    World::listener(world.gateway("a/gw"), "http", 80);
    world.service("a/echo");
    world.rule(world.route("a/r", "a/gw"), {prefix("/")}, std::move(backends)).filters = std::move(filters);
    auto served = std::make_unique<Served>();
    served->snapshot = world.compile();
    served->request = request;
    served->head = headOf(served->request);
    served->decision = routing::match(*served->snapshot, *served->snapshot->find({"127.0.0.1", 80}), served->head);
    return served;
}

/// Fields that CORS is about, in the order of their names.
std::string dump(const HeaderFields& headers)
{
    std::vector<std::string> lines;
    for (const HeaderField& field : headers) {
        std::string name(field.name);
        if (name.starts_with("access-control-"))
            name = name.substr(15);
        lines.push_back(name + '=' + std::string(field.value));
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines)
        text += (text.empty() ? "" : "; ") + line;
    return text;
}

CORS strict()
{
    CORS cors;
    cors.allowOrigins = {"https://www.foo.com", "https://*.bar.com"};
    cors.allowMethods = {"GET", "OPTIONS"};
    cors.allowHeaders = {"x-header-1", "x-header-2"};
    cors.exposeHeaders = {"x-header-3", "x-header-4"};
    cors.allowCredentials = true;
    cors.maxAgeSeconds = 3600;
    return cors;
}

CORS open(bool credentials)
{
    CORS cors;
    cors.allowOrigins = cors.allowMethods = cors.allowHeaders = cors.exposeHeaders = {"*"};
    cors.allowCredentials = credentials;
    return cors;
}

CORS bare()
{
    CORS cors;
    cors.allowOrigins = {"https://www.foo.com"};
    return cors;
}

CORS corsNamed(const QString& name)
{
    return name == "strict" ? strict() : name == "bare" ? bare() : open(name == "open with credentials");
}

} // namespace

void TstCors::origins_data()
{
    QTest::addColumn<QString>("allowed");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("granted");
    const auto row = [](const char* allowed, const char* origin, bool granted) {
        QTest::addRow("%s %s %s", allowed, granted ? "takes" : "refuses", origin) << allowed << origin << granted;
    };
    row("https://www.foo.com", "https://www.foo.com", true);
    row("https://www.foo.com", "https://WWW.foo.com", true);
    row("https://www.Foo.com", "https://www.foo.com", true);
    row("https://www.foo.com", "https://foo.com", false);
    row("https://www.foo.com", "http://www.foo.com", false);
    row("https://www.foo.com", "https://www.foo.com.evil.test", false);
    row("https://www.foo.com", "https://evil.test/https://www.foo.com", false);
    row("https://www.foo.com", "https://www.foo.com:443", true);
    row("https://www.foo.com", "https://www.foo.com:8443", false);
    row("http://www.foo.com", "http://www.foo.com:80", true);
    row("http://www.foo.com:8080", "http://www.foo.com:8080", true);
    row("http://www.foo.com:8080", "http://www.foo.com", false);
    row("https://www.foo.com:443", "https://www.foo.com", true);
    row("https://*.bar.com", "https://www.bar.com", true);
    row("https://*.bar.com", "https://xpto.www.bar.com", true);
    row("https://*.bar.com", "https://bar.com", false);
    row("https://*.bar.com", "https://.bar.com", false);
    row("https://*.bar.com", "https://evilbar.com", false);
    row("https://*.bar.com", "https://www.bar.com:8443", false);
    row("https://*.bar.com:8443", "https://www.bar.com:8443", true);
    row("https://*.bar.com", "https://www.bar.com@evil.test", false);
    row("https://*", "https://anything.test", true);
    row("https://*", "https://anything.test:8443", false);
    row("https://*", "http://anything.test", false);
    row("http://*:3000", "http://localhost:3000", true);
    row("http://*:3000", "http://[::1]:3000", true);
    row("*", "https://anything.test:8443", true);
    row("*", "null", true);
    row("https://*", "null", false);
    row("https://*", "https://", false);
    row("https://*", "https://a.test:", false);
    row("https://*", "https://a.test:99999", false);
    row("https://*", "https://a.test:443x", false);
    row("https://*", "https://[::1", false);
    row("https://*", "ftp://a.test", false);
    row("*", "", false);
}

void TstCors::origins()
{
    QFETCH(QString, allowed);
    QFETCH(QString, origin);
    QFETCH(bool, granted);
    CORS cors;
    cors.allowOrigins = {"https://unrelated.test", allowed.toStdString()};
    if (allowed == "*")
        cors.allowOrigins = {"*"};
    const auto served = serveWith({cors}, {.host = "a.test"}, {backend("echo")});
    const CompiledCors* compiled = corsOf(served->decision.rule->filters);
    QVERIFY(compiled);
    QCOMPARE(allowsOrigin(*compiled, origin.toStdString()), granted);
}

void TstCors::preflights_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, const char* filter, const char* origin, const char* asked,
                        const char* answer) { QTest::newRow(name) << filter << origin << asked << answer; };
    row("lists are shown as configured", "strict", "https://www.foo.com", "x-header-1",
        "allow-credentials=true; allow-headers=x-header-1, x-header-2; allow-methods=GET, OPTIONS; "
        "allow-origin=https://www.foo.com; expose-headers=x-header-3, x-header-4; max-age=3600; vary=Origin");
    row("the origin is echoed, not the pattern", "strict", "https://a.b.bar.com", "",
        "allow-credentials=true; allow-headers=x-header-1, x-header-2; allow-methods=GET, OPTIONS; "
        "allow-origin=https://a.b.bar.com; expose-headers=x-header-3, x-header-4; max-age=3600; vary=Origin");
    row("a foreign origin gets nothing", "strict", "https://foobar.com", "", "vary=Origin");
    row("* without credentials", "open", "https://x.test:12345", "x-1, x-2",
        "allow-headers=x-1, x-2; allow-methods=PUT; allow-origin=https://x.test:12345; expose-headers=*; max-age=5; "
        "vary=Origin");
    row("* with credentials never shows *", "open with credentials", "https://x.test", "x-1, x-2",
        "allow-credentials=true; allow-headers=x-1, x-2; allow-methods=PUT; allow-origin=https://x.test; max-age=5; "
        "vary=Origin");
    row("no headers asked for, none shown", "open with credentials", "https://x.test", "",
        "allow-credentials=true; allow-methods=PUT; allow-origin=https://x.test; max-age=5; vary=Origin");
    row("empty lists show no header", "bare", "https://www.foo.com", "x-1",
        "allow-origin=https://www.foo.com; max-age=5; vary=Origin");
}

void TstCors::preflights()
{
    QFETCH(QString, filter);
    QFETCH(QString, origin);
    QFETCH(QString, asked);
    QFETCH(QString, answer);
    Request request{.host = "a.test", .method = "OPTIONS"};
    request.headers = {{"Origin", origin.toStdString()}, {"Access-Control-Request-Method", "PUT"}};
    if (!asked.isEmpty())
        request.headers.emplace_back("access-control-request-headers", asked.toStdString());
    const auto served = serveWith({corsNamed(filter)}, request, {backend("echo")});
    const auto response = directResponse(served->decision, served->head, served->arena);
    QVERIFY(response);
    QCOMPARE(int(response->status), 204);
    QCOMPARE(dump(response->headers), answer.toStdString());
}

void TstCors::whatIsAPreflight_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("origin");
    QTest::addColumn<bool>("requestMethod");
    QTest::addColumn<bool>("preflight");
    QTest::newRow("OPTIONS with both") << "OPTIONS" << true << true << true;
    QTest::newRow("OPTIONS without Access-Control-Request-Method") << "OPTIONS" << true << false << false;
    QTest::newRow("OPTIONS without Origin") << "OPTIONS" << false << true << false;
    QTest::newRow("GET with both") << "GET" << true << true << false;
}

void TstCors::whatIsAPreflight()
{
    QFETCH(QString, method);
    QFETCH(bool, origin);
    QFETCH(bool, requestMethod);
    QFETCH(bool, preflight);
    Request request{.host = "a.test", .method = method.toStdString()};
    if (origin)
        request.headers.emplace_back("origin", "https://www.foo.com");
    if (requestMethod)
        request.headers.emplace_back("access-control-request-method", "GET");
    const auto served = serveWith({strict()}, request, {backend("echo")});
    QCOMPARE(bool(directResponse(served->decision, served->head, served->arena)), preflight);
}

void TstCors::answers_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("backends");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, const char* filter, const char* origin, const char* backends,
                        const char* answer) { QTest::newRow(name) << filter << origin << backends << answer; };
    row("allowed", "strict", "https://www.foo.com", "",
        "allow-credentials=true; allow-origin=https://www.foo.com; expose-headers=x-header-3, x-header-4; vary=Origin");
    row("without credentials", "open", "https://x.test", "",
        "allow-origin=https://x.test; expose-headers=*; vary=Origin");
    row("foreign", "strict", "https://foobar.com", "", "vary=Origin");
    row("what the backend grants is replaced", "bare", "https://www.foo.com",
        "access-control-allow-origin=*|Access-Control-Allow-Credentials=true|access-control-max-age=9",
        "allow-origin=https://www.foo.com; vary=Origin");
    row("what the backend grants to a foreign origin is taken away", "bare", "https://foobar.com",
        "access-control-allow-origin=*", "vary=Origin");
    row("no Origin leaves the backend's alone", "bare", "", "access-control-allow-origin=*",
        "allow-origin=*; vary=Origin");
    row("Vary is added to others", "bare", "https://www.foo.com", "vary=accept, x",
        "allow-origin=https://www.foo.com; vary=Origin; vary=accept, x");
    row("Vary is there already", "bare", "https://www.foo.com", "vary=accept, , origin",
        "allow-origin=https://www.foo.com; vary=accept, , origin");
    row("Vary says everything", "bare", "https://www.foo.com", "vary=*", "allow-origin=https://www.foo.com; vary=*");
}

void TstCors::answers()
{
    QFETCH(QString, filter);
    QFETCH(QString, origin);
    QFETCH(QString, backends);
    QFETCH(QString, answer);
    const auto served = serveWith({corsNamed(filter)}, {.host = "a.test"}, {backend("echo")});
    const std::string sent = backends.toStdString(), asked = origin.toStdString();
    HeaderFields headers;
    for (std::size_t at = 0; at < sent.size();) {
        const std::size_t end = std::min(sent.find('|', at), sent.size()), mark = sent.find('=', at);
        headers.add(std::string_view(sent).substr(at, mark - at),
                    std::string_view(sent).substr(mark + 1, end - mark - 1));
        at = end + 1;
    }
    applyCors(*effectiveCors(*served->decision.rule, nullptr), asked, headers);
    QCOMPARE(dump(headers), answer.toStdString());
}

void TstCors::redirectsAndErrorsOfOursAreMarked()
{
    const Request request{.host = "a.test", .headers = {{"origin", "https://www.foo.com"}}};
    RequestRedirect redirect;
    redirect.hostname = "b.test";
    const auto moved = serveWith({redirect, bare()}, request, {});
    const auto answer = directResponse(moved->decision, moved->head, moved->arena);
    QVERIFY(answer);
    QCOMPARE(int(answer->status), 302);
    QCOMPARE(dump(answer->headers), std::string("allow-origin=https://www.foo.com; vary=Origin"));

    const auto empty = serveWith({bare()}, request, {});
    const auto error = directResponse(empty->decision, empty->head, empty->arena);
    QVERIFY(error);
    QCOMPARE(int(error->status), 500);
    QCOMPARE(dump(error->headers), std::string("allow-origin=https://www.foo.com; vary=Origin"));
}

void TstCors::theBackendsFilterWins()
{
    BackendRef own = backend("echo");
    own.filters = {bare()};
    const Request request{.host = "a.test",
                          .method = "OPTIONS",
                          .headers = {{"origin", "https://www.foo.com"}, {"access-control-request-method", "PUT"}}};
    const auto served = serveWith({}, request, {own, backend("echo")});
    const CompiledRule& rule = *served->decision.rule;
    QVERIFY(!directResponse(served->decision, served->head, served->arena));
    const auto answer = backendResponse(served->decision, &rule.backends[0], served->head, served->arena);
    QVERIFY(answer);
    QCOMPARE(int(answer->status), 204);
    QCOMPARE(dump(answer->headers), std::string("allow-origin=https://www.foo.com; max-age=5; vary=Origin"));
    QVERIFY(!backendResponse(served->decision, &rule.backends[1], served->head, served->arena));

    const auto both = serveWith({open(false)}, {.host = "a.test"}, {own, backend("echo")});
    const CompiledRule& mixed = *both->decision.rule;
    QCOMPARE(effectiveCors(mixed, &mixed.backends[0]), corsOf(mixed.backends[0].filters));
    QCOMPARE(effectiveCors(mixed, &mixed.backends[1]), corsOf(mixed.filters));
}

void TstCors::explained_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("summary");
    const QString takes = "HTTPRoute/a/r rules[0] takes it to a/echo:80 (built-in echo)";
    QTest::newRow("allowed") << "GET"
                             << "https://www.foo.com"
                             << "CORS: origin https://www.foo.com is allowed, without credentials" << takes;
    QTest::newRow("foreign") << "GET"
                             << "https://x.test"
                             << "CORS: origin https://x.test is not allowed, the answer has no access-control headers"
                             << takes;
    QTest::newRow("no cross-origin request") << "GET"
                                             << ""
                                             << "CORS: no Origin, so this is no cross-origin request" << takes;
    QTest::newRow("preflight") << "OPTIONS"
                               << "https://www.foo.com"
                               << "CORS: origin https://www.foo.com is allowed, without credentials"
                               << "HTTPRoute/a/r rules[0]: 204, preflight: origin https://www.foo.com is allowed";
}

void TstCors::explained()
{
    QFETCH(QString, method);
    QFETCH(QString, origin);
    QFETCH(QString, words);
    QFETCH(QString, summary);
    const auto served = serveWith({bare()}, {.host = "a.test"}, {backend("echo")});
    ExplainRequest request;
    request.method = method.toStdString();
    request.authority = "a.test";
    request.headers = {{"Access-Control-Request-Method", "PUT"}};
    if (!origin.isEmpty())
        request.headers.emplace_back("Origin", origin.toStdString());
    const Explanation explanation = explain(*served->snapshot, request);
    QCOMPARE(explanation.filters, std::vector<std::string>{words.toStdString()});
    QCOMPARE(explanation.summary, summary.toStdString());
}

QTEST_APPLESS_MAIN(TstCors)
#include "tst_cors.moc"
