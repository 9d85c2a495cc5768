#include <QTest>

#include "app/testing/coverage.h"
#include "app/testing/model_run.h"
#include "app/testing/report.h"

#include "manifests.h"

#include <QXmlStreamReader>

using namespace gatehouse;
using testing::CaseResult;
using testing::Check;
using testing::Verdict;

class TestReport : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void junitIsXml();
    void tapEscapesItsOwnSigns();
    void jsonCounts();
    void coverageCountsMatches();

private:
    testing::TestCase good_, bad_, open_;
    std::vector<CaseResult> results_;
};

void TestReport::initTestCase()
{
    good_ = testing::testOf("{name: plain, request: http://h/, expect: {status: 200}}");
    bad_ = testing::testOf("{name: 'a < \"b\" & # c', request: http://h/, expect: {status: 200}}");
    open_ = testing::testOf("{name: open, request: http://h/, expect: {response: {body: x}}}");
    CaseResult good{&good_, "t.yaml", Verdict::Passed, {{"status", Verdict::Passed, "200", "200", {4, 2}}}, "", {}, {}};
    CaseResult bad{&bad_, "t.yaml", Verdict::Failed, {{"status", Verdict::Failed, "200", "<4\x01\n04>", {5, 2}}}, "",
                   {},    {}};
    bad.explanation.emplace();
    bad.explanation->summary = "404 & more";
    CaseResult open{
        &open_, "u.yaml", Verdict::NotJudged, {{"response.body", Verdict::NotJudged, "'x'", "who knows", {6, 2}}}, "",
        {},     {}};
    results_ = {good, bad, open};
}

void TestReport::junitIsXml()
{
    QXmlStreamReader xml(QByteArray::fromStdString(testing::toJunit({results_, nullptr, "model"})));
    QStringList seen;
    QString failure;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        const auto attributes = xml.attributes();
        seen << xml.name().toString() + QLatin1Char(' ') + attributes.value(QLatin1String("name")).toString() +
                    attributes.value(QLatin1String("message")).toString();
        if (xml.name() == QLatin1String("failure"))
            failure = xml.readElementText();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(seen.join('|'),
             QString("testsuites gatehouse test (model)|testsuite t.yaml|testcase plain|testcase a < \"b\" & # c|"
                     "failure status: expected 200, got <4 |testsuite u.yaml|testcase open|"
                     "skipped response.body: not judged: who knows|system-out "));
    QVERIFY2(failure.contains("04>") && failure.contains("404 & more"), qPrintable(failure));
}

void TestReport::tapEscapesItsOwnSigns()
{
    const std::string tap = testing::toTap({results_, nullptr, "model"});
    QVERIFY2(tap.starts_with("TAP version 14\n1..3\nok 1 - plain\nnot ok 2 - a < \"b\" & \\# c\n  ---\n  message: "),
             tap.c_str());
    QVERIFY2(tap.ends_with("  ...\nok 3 - open # SKIP response.body: not judged: who knows\n"), tap.c_str());
}

void TestReport::jsonCounts()
{
    const std::string json = testing::toJson({results_, nullptr, "live"});
    for (const char* part :
         {"\"mode\": \"live\"", "\"tests\": 3", "\"passed\": 1", "\"failed\": 1", "\"notJudged\": 1",
          "\"location\": \"t.yaml:4:2\"", "\"reason\": \"who knows\"", "\"summary\": \"404 & more\""})
        QVERIFY2(json.find(part) != std::string::npos, part);
}

void TestReport::coverageCountsMatches()
{
    const auto state = testing::stateOf(
        testing::route("[{matches: [{path: {value: /a}}, {path: {value: /b}}], backendRefs: [{name: web, port: 80}]}, "
                       "{name: rest, backendRefs: [{name: web, port: 80}]}]") +
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: lost, namespace: ns}\n"
        "spec: {parentRefs: [{name: none}], rules: [{backendRefs: [{name: web, port: 80}]}]}\n");
    testing::Coverage coverage;
    coverage.add(*state->graph, {});
    QCOMPARE(coverage.items().size(), std::size_t(3));
    QCOMPARE(coverage.percent(), 0.0);
    const auto test = testing::testOf("{name: a, request: http://h/b/c, expect: {rule: 0}}");
    const auto result = testing::judge(test, testing::observeModel(*state->snapshot, test));
    coverage.add(*state->graph, {result});
    QCOMPARE(coverage.items().size(), std::size_t(3));
    QCOMPARE(coverage.reached(), std::size_t(1));
    const std::string text = coverage.text();
    const char* const lines[] = {
        "Not reached by any test:\n", "  HTTPRoute/ns/r rules[0].matches[0]  (gw.yaml:",
        "  HTTPRoute/ns/r rules[1] (rest)  (gw.yaml:", "  HTTPRoute/ns/lost: is attached to no listener",
        "coverage: 1 of 3 matches reached, 33.3 %\n"};
    for (const char* line : lines)
        QVERIFY2(text.find(line) != std::string::npos, text.c_str());
    QVERIFY(text.find("matches[1]") == std::string::npos);
}

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
