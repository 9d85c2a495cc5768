#include <QTest>

#include "app/testing/model_run.h"
#include "app/testing/runner.h"

#include "manifests.h"

using namespace gatehouse;
using testing::Verdict;

class TestModelRun : public QObject {
    Q_OBJECT
private slots:
    void judged_data();
    void judged();
    void everyBackendIsAWay();
    void mappedBackendsAreUnknown();
    void streams();
    void whatCannotBeAskedIsAnError();
    void losersAreExplainedWhereTheyAreWanted();
    void runIsStoppedBetweenTests();
};

/// Each row is one rule (or more), a request and what is said of it.
void TestModelRun::judged_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("expect");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* claim, const char* rules, const char* request, const char* expect,
                        Verdict verdict = Verdict::Passed) {
        QTest::newRow(claim) << rules << request << expect << static_cast<int>(verdict);
    };
    const char* const web = "[{name: all, backendRefs: [{name: web, port: 80}]}]";
    row("the echo answers 200", web, "request: http://h.test/x",
        "{status: 200, gateway: ns/gw, listener: http, route: ns/r, rule: all, backend: 'ns/web:80', refused: false}");
    row("the echo's own paths are not judged", web, "request: http://h.test/status/404", "{status: 404}",
        Verdict::Failed);
    row("what it answers there is open", web, "request: http://h.test/status/204", "{status: 204}", Verdict::NotJudged);
    row("the request is passed on as it came", web,
        "request: {method: POST, url: 'http://h.test:80/x?y=1', headers: {A: b, Connection: 'close, X-Hop', X-Hop: 1}}",
        "{backendRequest: {method: POST, path: '/x?y=1', host: 'h.test:80', headers: {a: b, connection: {absent: "
        "true}, "
        "x-hop: {absent: true}, x-forwarded-proto: http, x-forwarded-for: {present: true}}}}");
    row("a body of a backend is not known", web, "request: http://h.test/", "{response: {body: x}}",
        Verdict::NotJudged);
    row("no rule", "[{matches: [{path: {value: /api}}], backendRefs: [{name: web, port: 80}]}]",
        "request: http://h.test/", "{status: 404, refused: 'is not below /api', listener: http}");
    row("a missing Service", "[{backendRefs: [{name: gone, port: 80}]}]", "request: http://h.test/",
        "{status: 500, refused: gone, rule: 0}");
    row("weights of zero", "[{backendRefs: [{name: web, port: 80, weight: 0}]}]", "request: http://h.test/",
        "{status: 500, refused: 'weight 0'}");
    row("no backend at all", "[{matches: [{path: {value: /}}]}]", "request: http://h.test/",
        "{status: 500, refused: true}");
    row("a call that no route takes", web, "grpc: {host: h.test, call: a.B/C}", "{status: 200, refused: false}");
    row("a redirect keeps path and query",
        "[{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, port: 8443, statusCode: 308}}]}]",
        "request: 'http://h.test/a?b=c'",
        "{redirect: {url: 'https://h.test:8443/a?b=c', status: 308}, refused: false}");
    row("rewrites and headers, in the order of filters",
        "[{matches: [{path: {value: /api}}], filters: ["
        "{type: URLRewrite, urlRewrite: {hostname: in.test, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}, "
        "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: S, value: s}], add: [{name: A, value: "
        "two}], "
        "remove: [R]}}], backendRefs: [{name: web, port: 80}]}]",
        "request: {url: 'http://h.test/api/x', headers: {a: one, r: gone, s: old}}",
        "{backendRequest: {path: /x, host: in.test, headers: {s: s, a: [one, two], r: {absent: true}}}}");
    row("a backend's own filters come after the rule's",
        "[{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: S, value: rule}]}}], "
        "backendRefs: [{name: web, port: 80, filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: "
        "[{name: S, "
        "value: backend}]}}]}]}]",
        "request: http://h.test/", "{backendRequest: {headers: {s: backend}}}");
    row("response filters are judged",
        "[{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: S, value: s}], remove: "
        "[Gone]}}], "
        "backendRefs: [{name: web, port: 80}]}]",
        "request: http://h.test/", "{response: {headers: {s: s, gone: {absent: true}}}}");
    row("other headers of the answer are not", web, "request: http://h.test/", "{response: {headers: {server: x}}}",
        Verdict::NotJudged);
    const char* const cors =
        "[{filters: [{type: CORS, cors: {allowOrigins: ['https://ok.test'], allowMethods: [PUT]}}], "
        "backendRefs: [{name: web, port: 80}]}]";
    row("a preflight is answered by the gateway", cors,
        "request: {method: OPTIONS, url: 'http://h.test/', headers: {Origin: 'https://ok.test', "
        "Access-Control-Request-Method: PUT}}",
        "{status: 204, refused: false, backend: 'ns/web:80'}", Verdict::Failed);
    row("and says what it grants", cors,
        "request: {method: OPTIONS, url: 'http://h.test/', headers: {Origin: 'https://ok.test', "
        "Access-Control-Request-Method: PUT}}",
        "{status: 204, response: {headers: {access-control-allow-origin: 'https://ok.test', "
        "access-control-allow-methods: PUT, set-cookie: {absent: true}}}}");
    row("a foreign origin is granted nothing", cors,
        "request: {url: 'http://h.test/', headers: {Origin: 'https://no.test'}}",
        "{response: {headers: {access-control-allow-origin: {absent: true}, vary: Origin}}}");
}

void TestModelRun::judged()
{
    QFETCH(QString, rules);
    QFETCH(QString, request);
    QFETCH(QString, expect);
    QFETCH(int, verdict);
    const auto state = testing::stateOf(testing::route(rules.toStdString()));
    const auto test = testing::testOf("{name: a, " + request.toStdString() + ", expect: " + expect.toStdString() + "}");
    const auto result = testing::judge(test, testing::observeModel(*state->snapshot, test));
    std::string words = result.error;
    for (const testing::Check& check : result.checks)
        words += check.what + ' ' + std::string(toString(check.verdict)) + ": " + check.got + '\n';
    QVERIFY2(static_cast<int>(result.verdict) == verdict, words.c_str());
}

void TestModelRun::everyBackendIsAWay()
{
    const auto state = testing::stateOf(testing::route(
        "[{backendRefs: [{name: web, port: 80, weight: 3}, {name: gone, port: 80}, {name: api, port: 80, "
        "weight: 0}]}]"));
    const auto seen = testing::observeModel(*state->snapshot,
                                            testing::testOf("{name: a, request: http://h/, expect: {status: 200}}"));
    QCOMPARE(seen.outcomes.size(), std::size_t(2));
    QCOMPARE(seen.outcomes[0].share, 0.75);
    QCOMPARE(*seen.outcomes[0].status.value, std::uint16_t(200));
    QCOMPARE(*seen.outcomes[1].status.value, std::uint16_t(500));
    QVERIFY(*seen.outcomes[1].refused.value);
}

void TestModelRun::mappedBackendsAreUnknown()
{
    control::Config config;
    config.backends["ns/web:80"] = {"127.0.0.1", 9};
    const auto state = testing::stateOf(testing::route("[{backendRefs: [{name: web, port: 80}]}]"), config);
    const auto verdictOf = [&](const char* expect) {
        const auto test = testing::testOf(std::string("{name: a, request: http://h/, expect: ") + expect + "}");
        return testing::judge(test, testing::observeModel(*state->snapshot, test)).verdict;
    };
    QVERIFY(verdictOf("{status: 200}") == Verdict::NotJudged);
    QVERIFY(verdictOf("{status: 503}") == Verdict::Failed);
    QVERIFY(verdictOf("{backend: 'ns/web:80'}") == Verdict::Passed);
    QVERIFY(verdictOf("{refused: false}") == Verdict::Passed);
}

void TestModelRun::streams()
{
    const auto state =
        testing::stateOf("apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\n"
                         "metadata: {name: db, namespace: ns}\n"
                         "spec: {parentRefs: [{name: gw, sectionName: tcp}], rules: [{backendRefs: [{name: web, "
                         "port: 80}, {name: gone, port: 80, weight: 3}]}]}\n");
    const auto test = testing::testOf("{name: a, tcp: ':5432', expect: {route: TCPRoute/ns/db, listener: tcp, rule: 0, "
                                      "backends: {'ns/web:80': 1, 'ns/gone:80': 3}}}");
    const auto seen = testing::observeModel(*state->snapshot, test);
    QVERIFY(testing::judge(test, seen).verdict == Verdict::Passed);
    QCOMPARE(seen.outcomes.size(), std::size_t(2));
    QVERIFY(!*seen.outcomes[0].refused.value && *seen.outcomes[1].refused.value);
}

void TestModelRun::whatCannotBeAskedIsAnError()
{
    const auto state = testing::stateOf("");
    const auto errorOf = [&](const char* request) {
        const auto test = testing::testOf(std::string("{name: a, ") + request + ", expect: {refused: true}}");
        return testing::observeModel(*state->snapshot, test).error;
    };
    QVERIFY(errorOf("request: ftp://h/").find("scheme ftp") != std::string::npos);
    QVERIFY(errorOf("grpc: {host: h, call: nocall}").find("expected SERVICE/METHOD") != std::string::npos);
    QVERIFY(errorOf("tcp: h.test:5432").find("names a host") != std::string::npos);
    QCOMPARE(errorOf("tcp: ':1'"), std::string());
}

void TestModelRun::losersAreExplainedWhereTheyAreWanted()
{
    const auto state =
        testing::stateOf(testing::route("[{matches: [{path: {value: /api}}], backendRefs: [{name: web, port: 80}]}, "
                                        "{backendRefs: [{name: api, port: 80}]}]"));
    const auto plain = testing::testOf("{name: a, request: http://h/, expect: {rule: 0}}");
    const auto reason = testing::testOf("{name: a, request: http://h/, expect: {refused: why}}");
    const auto losers = [&](const testing::TestCase& test, bool everybody) {
        return testing::observeModel(*state->snapshot, test, everybody).explanation->losers.size();
    };
    QCOMPARE(losers(plain, false), std::size_t(0));
    QCOMPARE(losers(plain, true), std::size_t(1));
    QCOMPARE(losers(reason, false), std::size_t(1));
    auto result = testing::judge(plain, testing::observeModel(*state->snapshot, plain));
    QVERIFY(result.verdict == Verdict::Failed);
    testing::explainFailure(*state->snapshot, result);
    QCOMPARE(result.explanation->losers.size(), std::size_t(1));
}

void TestModelRun::runIsStoppedBetweenTests()
{
    const auto state = testing::stateOf(testing::route("[{backendRefs: [{name: web, port: 80}]}]"));
    const auto test = testing::testOf("{name: a, request: http://h/, expect: {rule: 0}}");
    const testing::Tests tests(5, &test);
    std::stop_source source;
    int asked = 0;
    testing::RunOptions options;
    options.stop = source.get_token();
    options.asked = [&] {
        if (++asked == 2)
            source.request_stop();
    };
    const auto results = testing::runModel(*state->snapshot, tests, options);
    QCOMPARE(asked, 2);
    QCOMPARE(results.size(), tests.size());
    for (std::size_t i = 0; i < results.size(); ++i)
        QCOMPARE(results[i].test, i < 2 ? &test : nullptr);
}

QTEST_APPLESS_MAIN(TestModelRun)
#include "tst_model_run.moc"
