#include <QtTest/QTest>

#include "engine/routing/session.h"
#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;
using namespace std::chrono_literals;

/// SessionPersistence (semantics 10.3): what is given to clients and what of it is taken back.
class TstSession : public QObject {
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void ends_data();
    void ends();
    void names_data();
    void names();
    void cookies_data();
    void cookies();
    void rulesAndEndpointsDiffer();
    void explained();
};

namespace {

constexpr std::int64_t now = 1'800'000'000;

CompiledSession sessionOf(const SessionPersistence& session, std::uint32_t rule = 0)
{
    return compileSession(session, {RouteIndex{0}, rule, "HTTPRoute/a/r"});
}

} // namespace

void TstSession::reads_data()
{
    QTest::addColumn<bool>("byHeader");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("known");
    const auto row = [](const char* name, bool byHeader, const char* field, const QString& value, bool known) {
        QTest::newRow(name) << byHeader << field << value << known;
    };
    const QString token = "abc.6b49d200";
    row("a cookie", false, "Cookie", "sid=" + token, true);
    row("one of several", false, "cookie", "a=b; sid=" + token + "; c=d", true);
    row("without the space", false, "cookie", "a=b;sid=" + token, true);
    row("one whose name begins alike", false, "cookie", "sid2=" + token, false);
    row("one whose name ends alike", false, "cookie", "xsid=" + token, false);
    row("in another's value", false, "cookie", "a=sid=" + token, false);
    row("another case", false, "cookie", "SID=" + token, false);
    row("no value", false, "cookie", "sid", false);
    row("an empty value", false, "cookie", "sid=", false);
    row("no token", false, "cookie", "sid=hello", false);
    row("half a token", false, "cookie", "sid=abc.", false);
    row("the other half", false, "cookie", "sid=.abc", false);
    row("a token with more behind", false, "cookie", "sid=abc.6b49d200x", false);
    row("a number that is too great", false, "cookie", "sid=11112222333344445.1", false);
    row("no endpoint", false, "cookie", "sid=0.6b49d200", false);
    row("a header", true, "SID", token, true);
    row("a cookie where a header is wanted", true, "cookie", "sid=" + token, false);
    row("a header where a cookie is wanted", false, "sid", token, false);
}

void TstSession::reads()
{
    QFETCH(bool, byHeader);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(bool, known);
    const CompiledSession session = sessionOf({"sid", byHeader, false, std::nullopt});
    const Request request{.host = "a", .headers = {{field.toStdString(), value.toStdString()}}};
    const auto token = readSession(session, headOf(request), now);
    QCOMPARE(token.has_value(), known);
    if (!token)
        return;
    QCOMPARE(token->endpoint, std::uint64_t(0xabc));
    QCOMPARE(token->start, now);
    QCOMPARE(writeToken(*token), std::string("abc.6b49d200"));
}

void TstSession::ends_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<int>("timeoutMs");
    QTest::addColumn<bool>("known");
    QTest::newRow("never without a timeout") << qint64(1'000'000) << 0 << true;
    QTest::newRow("before it") << qint64(59) << 60'000 << true;
    QTest::newRow("at it") << qint64(60) << 60'000 << false;
    QTest::newRow("part of a second counts as a whole one") << qint64(1) << 1'500 << true;
    QTest::newRow("from the future") << qint64(-1) << 60'000 << false;
}

void TstSession::ends()
{
    QFETCH(qint64, age);
    QFETCH(int, timeoutMs);
    QFETCH(bool, known);
    SessionPersistence settings{"sid", true, false, std::nullopt};
    if (timeoutMs > 0)
        settings.absoluteTimeout = std::chrono::milliseconds(timeoutMs);
    const Request request{.host = "a", .headers = {{"sid", writeToken({1, now - age})}}};
    QCOMPARE(readSession(sessionOf(settings), headOf(request), now).has_value(), known);
}

void TstSession::names_data()
{
    QTest::addColumn<bool>("byHeader");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("name");
    QTest::newRow("a cookie's stays") << false << "My-Session"
                                      << "My-Session";
    QTest::newRow("a header's is in lower case") << true << "X-Session"
                                                 << "x-session";
    QTest::newRow("what would break out of the field does not") << false << "a; b=\"c\r\n"
                                                                << "a__b__c__";
}

void TstSession::names()
{
    QFETCH(bool, byHeader);
    QFETCH(QString, given);
    QFETCH(QString, name);
    QCOMPARE(sessionOf({given.toStdString(), byHeader, false, std::nullopt}).name, name.toStdString());
}

void TstSession::cookies_data()
{
    QTest::addColumn<bool>("permanent");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QString>("cookie");
    QTest::newRow("of a browser's session") << false << false << "sid=t; Path=/p; HttpOnly";
    QTest::newRow("over TLS") << false << true << "sid=t; Path=/p; HttpOnly; Secure";
    QTest::newRow("permanent") << true << false << "sid=t; Path=/p; HttpOnly; Max-Age=60";
}

void TstSession::cookies()
{
    QFETCH(bool, permanent);
    QFETCH(bool, secure);
    QFETCH(QString, cookie);
    const CompiledSession session = sessionOf({"sid", false, permanent, 60s});
    QCOMPARE(sessionCookie(session, "t", "/p", secure), cookie.toStdString());
}

void TstSession::rulesAndEndpointsDiffer()
{
    const SessionPersistence unnamed;
    const CompiledSession one = sessionOf(unnamed, 0), two = sessionOf(unnamed, 1);
    QVERIFY(one.name != two.name);
    QCOMPARE(sessionOf(unnamed, 0).name, one.name);
    Cluster cluster, other;
    cluster.name = "a/s:80";
    other.name = "a/s:81";
    BackendEndpoint endpoint, pod;
    endpoint.address = "127.0.0.1";
    endpoint.port = 9000;
    pod = endpoint;
    pod.pod = "s-1";
    const std::uint64_t id = sessionEndpoint(one, cluster, endpoint);
    QCOMPARE(sessionEndpoint(one, cluster, endpoint), id);
    QVERIFY(sessionEndpoint(two, cluster, endpoint) != id);
    QVERIFY(sessionEndpoint(one, other, endpoint) != id);
    QVERIFY(sessionEndpoint(one, cluster, pod) != id);
}

void TstSession::explained()
{
    World world;
    World::listener(world.gateway("a/gw"), "http", 80);
    HTTPRoute& route = world.route("a/r", "a/gw");
    SessionPersistence session;
    session.sessionName = "sid";
    world.rule(route, {prefix("/app")}).sessionPersistence = session;
    world.rule(route, {expression("/x.*")}).sessionPersistence = session;
    world.rule(route, {exact("/a;b")}).sessionPersistence = session;
    const auto snapshot = world.compile();
    ExplainRequest request;
    request.authority = "x.test";
    request.path = "/app/1";
    QCOMPARE(explain(*snapshot, request).filters,
             std::vector<std::string>{"keep a client at one endpoint by the cookie sid"});
    const auto pathOf = [&](const std::string& path) {
        const Request asked{.host = "x.test", .path = path};
        const RequestHead head = headOf(asked);
        return std::string(sessionPath(routing::match(*snapshot, *snapshot->find({"127.0.0.1", 80}), head)));
    };
    QCOMPARE(pathOf("/app/1"), std::string("/app"));
    QCOMPARE(pathOf("/xyz"), std::string("/"));
    QCOMPARE(pathOf("/a;b"), std::string("/"));
}

QTEST_APPLESS_MAIN(TstSession)
#include "tst_session.moc"
