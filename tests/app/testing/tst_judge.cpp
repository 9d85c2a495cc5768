#include "app/testing/judge.h"

#include <QTest>

using namespace gatehouse;
using testing::Known;
using testing::Observation;
using testing::Outcome;
using testing::Verdict;

namespace {

testing::TestCase testOf(const std::string& expect)
{
    std::vector<model::Diagnostic> problems;
    const auto files = testing::readTestText("t.yaml",
                                             "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\n"
                                             "tests: [{name: a, request: http://a/, expect: " +
                                                 expect + "}]",
                                             problems);
    if (!problems.empty())
        qFatal("%s", toString(problems.front()).c_str());
    return files.at(0).tests.at(0);
}

/// What all ways have in common.
Observation places()
{
    Observation seen;
    seen.gateway = std::string("ns/gw");
    seen.listener = std::string("http");
    seen.route = std::string("HTTPRoute/ns/web");
    seen.rule = 1u;
    seen.ruleName = std::string("pages");
    return seen;
}

Outcome answered(const std::string& backend, std::uint16_t status, double share = 1)
{
    Outcome outcome;
    outcome.share = share;
    outcome.backend = backend;
    outcome.asked = backend;
    outcome.refused = false;
    outcome.status = status;
    outcome.grpcStatus = std::string();
    outcome.location = std::string();
    testing::SeenRequest request{"GET", "/x?y=1", "h.test", {}};
    request.headers.fields = {{"X-A", "1"}, {"x-b", "p"}, {"X-B", "q"}};
    request.headers.uncertain = {"x-forwarded-for"};
    outcome.request = request;
    outcome.response.headers.fields = {{"Set", "v"}};
    outcome.response.headers.certain = {"set", "gone"};
    outcome.response.headers.complete = false;
    outcome.response.headers.unknown = "who knows";
    outcome.response.body = Known<std::string>::because("who knows");
    return outcome;
}

Observation served()
{
    Observation seen = places();
    seen.outcomes = {answered("ns/web:80", 200)};
    return seen;
}

Observation refused()
{
    Observation seen = places();
    Outcome outcome;
    outcome.backend = std::string();
    outcome.refused = true;
    outcome.reason = "no rule matches";
    outcome.status = std::uint16_t{404};
    outcome.grpcStatus = std::string();
    outcome.location = std::string();
    seen.route = seen.ruleName = std::string();
    seen.rule = Known<std::uint32_t>::because("no rule");
    seen.outcomes = {outcome};
    return seen;
}

Observation redirected()
{
    Observation seen = places();
    Outcome outcome;
    outcome.backend = std::string();
    outcome.refused = false;
    outcome.status = std::uint16_t{301};
    outcome.location = std::string("https://n.test/");
    seen.outcomes = {outcome};
    return seen;
}

Observation split()
{
    Observation seen = places();
    seen.outcomes = {answered("ns/a:80", 200, 0.9), answered("ns/b:80", 200, 0.1)};
    seen.outcomes[1].request.value->host = "other.test";
    return seen;
}

/// A backend that is no echo, by the tables.
Observation unknown()
{
    Observation seen = served();
    seen.outcomes[0].status = Known<std::uint16_t>::because("only a backend could say so");
    seen.outcomes[0].grpcStatus = Known<std::string>::because("only a backend could say so");
    return seen;
}

Observation elsewhere()
{
    Observation seen = served();
    seen.gateway = seen.listener = seen.route = seen.ruleName = Known<std::string>::because("another gateway");
    seen.rule = Known<std::uint32_t>::because("another gateway");
    seen.foreign = true;
    return seen;
}

using Make = Observation (*)();

} // namespace

Q_DECLARE_METATYPE(Make)

class TestJudge : public QObject {
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void oneFailureFailsTheTest();
    void onlyWhatIsUnknownIsNotJudged();
    void anErrorFailsWithoutChecks();
};

void TestJudge::verdicts_data()
{
    QTest::addColumn<QString>("expect");
    QTest::addColumn<Make>("seen");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("got");
    const auto row = [](const char* expect, Make seen, Verdict verdict, const char* got = "") {
        const char* const ways[] = {"passes", "fails", "is not judged"};
        static int number = 0;
        QTest::addRow("%d: %s %s", ++number, expect, ways[static_cast<int>(verdict)])
            << expect << seen << static_cast<int>(verdict) << got;
    };
    const auto passes = Verdict::Passed, fails = Verdict::Failed, open = Verdict::NotJudged;
    row("{status: 200}", served, passes);
    row("{status: 2xx}", served, passes);
    row("{status: [204, 200]}", served, passes);
    row("{status: 404}", served, fails, "200");
    row("{status: 404}", unknown, fails, "ns/web:80 is asked");
    row("{status: [404, 500]}", unknown, fails, "ns/web:80 is asked");
    row("{status: [200, 404]}", unknown, open, "only a backend");
    row("{grpcStatus: OK}", unknown, open, "only a backend");
    row("{grpcStatus: NOT_FOUND}", unknown, fails, "ns/web:80 is asked");
    row("{grpcStatus: OK}", served, fails, "none");
    row("{gateway: ns/gw}", served, passes);
    row("{gateway: ns/other}", served, fails, "ns/gw");
    row("{gateway: ns/gw}", elsewhere, open, "another gateway");
    row("{listener: https}", served, fails, "http");
    row("{route: ns/web}", served, passes);
    row("{route: HTTPRoute/ns/web}", served, passes);
    row("{route: GRPCRoute/ns/web}", served, fails, "HTTPRoute/ns/web");
    row("{route: ns/web}", refused, fails, "none");
    row("{route: ns/web}", elsewhere, open);
    row("{rule: 1}", served, passes);
    row("{rule: pages}", served, passes);
    row("{rule: 0}", served, fails, "rules[1]");
    row("{rule: other}", served, fails, "pages");
    row("{rule: 1}", refused, fails, "none");
    row("{rule: pages}", elsewhere, open);
    row("{backend: 'ns/web:80'}", served, passes);
    row("{backend: 'ns/web:81'}", served, fails, "ns/web:80");
    row("{backend: 'ns/a:80'}", split, fails, "ns/a:80 (90 %), ns/b:80 (10 %)");
    row("{backend: 'ns/web:80'}", refused, fails, "none");
    row("{backends: {'ns/a:80': 9, 'ns/b:80': 1}}", split, passes);
    row("{backends: {'ns/a:80': 90%, 'ns/b:80': 10%}}", split, passes);
    row("{backends: ['ns/b:80', 'ns/a:80']}", split, passes);
    row("{backends: {'ns/a:80': 89%, 'ns/b:80': 11%}}", split, fails, "(90 %)");
    row("{backends: ['ns/a:80']}", split, fails);
    row("{refused: true}", refused, passes);
    row("{refused: 'no rule'}", refused, passes);
    row("{refused: 'no listener'}", refused, fails, "no rule matches");
    row("{refused: false}", refused, fails, "no rule matches");
    row("{refused: true}", served, fails, "ns/web:80 is asked");
    row("{refused: false}", served, passes);
    row("{refused: false}", redirected, passes);
    row("{redirect: 'https://n.test/'}", redirected, passes);
    row("{redirect: {url: {startsWith: 'https:'}}}", redirected, passes);
    row("{redirect: {status: 302}}", redirected, fails, "301");
    row("{redirect: 'https://n.test/'}", served, fails, "no redirect");
    row("{backendRequest: {method: GET}}", served, passes);
    row("{backendRequest: {path: '/x?y=1'}}", served, passes);
    row("{backendRequest: {path: /x}}", served, fails, "'/x?y=1'");
    row("{backendRequest: {host: h.test}}", split, fails, "'other.test' (at ns/b:80)");
    row("{backendRequest: {path: /x}}", refused, fails, "no request: refused");
    row("{backendRequest: {path: /x}}", redirected, fails, "no request: redirected to https://n.test/");
    row("{backendRequest: {headers: {x-a: 1}}}", served, passes);
    row("{backendRequest: {headers: {X-B: [p, q]}}}", served, passes);
    row("{backendRequest: {headers: {X-B: 'p,q'}}}", served, passes);
    row("{backendRequest: {headers: {X-B: [q, p]}}}", served, fails, "'p', 'q'");
    row("{backendRequest: {headers: {x-a: {absent: true}}}}", served, fails, "'1'");
    row("{backendRequest: {headers: {x-none: {absent: true}}}}", served, passes);
    row("{backendRequest: {headers: {x-none: {present: true}}}}", served, fails, "absent");
    row("{backendRequest: {headers: {x-forwarded-for: {present: true}}}}", served, passes);
    row("{backendRequest: {headers: {x-forwarded-for: '127.0.0.1'}}}", served, open);
    row("{backendRequest: {headers: {x-forwarded-for: {absent: true}}}}", served, fails);
    row("{response: {headers: {set: v}}}", served, passes);
    row("{response: {headers: {gone: {absent: true}}}}", served, passes);
    row("{response: {headers: {other: v}}}", served, open, "who knows");
    row("{response: {body: v}}", served, open, "who knows");
}

void TestJudge::verdicts()
{
    QFETCH(QString, expect);
    QFETCH(Make, seen);
    QFETCH(int, verdict);
    QFETCH(QString, got);
    const auto result = testing::judge(testOf(expect.toStdString()), seen());
    QCOMPARE(result.checks.size(), std::size_t(1));
    const testing::Check& check = result.checks.front();
    const std::string words(toString(check.verdict));
    QVERIFY2(static_cast<int>(check.verdict) == verdict, (words + ": " + check.got).c_str());
    QVERIFY2(check.got.find(got.toStdString()) != std::string::npos, check.got.c_str());
    QVERIFY(check.at.known());
    QCOMPARE(static_cast<int>(result.verdict), verdict);
}

void TestJudge::oneFailureFailsTheTest()
{
    const auto test = testOf("{status: 200, gateway: ns/gw, rule: 7, response: {body: x}}");
    const auto result = testing::judge(test, served());
    QVERIFY(result.verdict == Verdict::Failed);
    QCOMPARE(result.checks.size(), std::size_t(4));
    QVERIFY(result.checks[2].verdict == Verdict::Failed);
}

void TestJudge::onlyWhatIsUnknownIsNotJudged()
{
    const auto some = testOf("{status: 200, response: {body: x}}"), none = testOf("{response: {body: x}}");
    QVERIFY(testing::judge(some, served()).verdict == Verdict::Passed);
    QVERIFY(testing::judge(none, served()).verdict == Verdict::NotJudged);
    QVERIFY(testing::judge(some, served(), true).verdict == Verdict::Failed);
    QVERIFY(testing::judge(none, served(), true).verdict == Verdict::Failed);
}

void TestJudge::anErrorFailsWithoutChecks()
{
    Observation seen = served();
    seen.error = "connection refused";
    const auto test = testOf("{status: 200}");
    const auto result = testing::judge(test, seen);
    QVERIFY(result.verdict == Verdict::Failed && result.checks.empty());
    QCOMPARE(result.error, std::string("connection refused"));
}

QTEST_APPLESS_MAIN(TestJudge)
#include "tst_judge.moc"
