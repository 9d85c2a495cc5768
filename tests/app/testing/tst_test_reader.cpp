#include "app/testing/test_file.h"

#include <QTest>

using namespace gatehouse;

namespace {

const std::string header = "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\n";

std::string joined(const std::vector<model::Diagnostic>& problems)
{
    std::string text;
    for (const model::Diagnostic& problem : problems)
        text += toString(problem) + '\n';
    return text;
}

std::vector<testing::TestFile> read(const std::string& text, std::vector<model::Diagnostic>& problems)
{
    return testing::readTestText("dir/t.yaml", header + text, problems);
}

/// A test with this expectation.
testing::Expectation expectation(const char* yaml)
{
    std::vector<model::Diagnostic> problems;
    const auto files = read("tests: [{name: a, request: http://a/, expect: " + std::string(yaml) + "}]", problems);
    if (!problems.empty() || files.empty() || files[0].tests.empty())
        qFatal("%s", joined(problems).c_str());
    return files[0].tests[0].expect;
}

} // namespace

class TestReader : public QObject {
    Q_OBJECT
private slots:
    void everyProtocol();
    void defaultsComeBehind();
    void documentsAndManifests();
    void expectations();
    void shares_data();
    void shares();
    void mistakes_data();
    void mistakes();
};

void TestReader::everyProtocol()
{
    std::vector<model::Diagnostic> problems;
    const auto files = read(R"(tests:
- {name: short, request: PUT http://a.test/x, expect: {status: 200}}
- {name: bare, request: http://a.test/x, expect: {status: 200}}
- name: long
  tags: [one, two, one]
  gateway: gw
  timeout: 1m
  request: {method: POST, url: "https://a.test/", headers: {A: 1, B: [x, "y"]}, body: hello, protocol: h2}
  expect: {status: 200}
- {name: call, grpc: {host: "rpc.test:80", call: a.B/C, metadata: {m: v}}, expect: {grpcStatus: 0}}
- {name: tls, tls: "a.test:443", expect: {refused: true}}
- {name: tcp, tcp: 5432, expect: {refused: true}}
- {name: udp, udp: {to: ":53", send: "x\n"}, expect: {refused: true}}
)",
                            problems);
    QCOMPARE(joined(problems), std::string());
    QCOMPARE(files.size(), std::size_t(1));
    const auto& tests = files[0].tests;
    QCOMPARE(tests.size(), std::size_t(7));
    QCOMPARE(std::get<testing::HttpRequest>(tests[0].request).method, std::string("PUT"));
    QCOMPARE(std::get<testing::HttpRequest>(tests[1].request).method, std::string("GET"));
    const auto& http = std::get<testing::HttpRequest>(tests[2].request);
    QCOMPARE(http.url, std::string("https://a.test/"));
    QCOMPARE(http.headers, (testing::Headers{{"A", "1"}, {"B", "x"}, {"B", "y"}}));
    QCOMPARE(*http.body, std::string("hello"));
    QVERIFY(http.http2);
    QCOMPARE(tests[2].gateway, std::string("default/gw"));
    QCOMPARE(tests[2].tags, (std::vector<std::string>{"one", "two"}));
    QVERIFY(tests[2].timeout == std::chrono::minutes(1));
    QCOMPARE(toString(tests[2].location), std::string("dir/t.yaml:6:3"));
    QCOMPARE(std::get<testing::GrpcRequest>(tests[3].request).call, std::string("a.B/C"));
    const auto stream = [&](std::size_t i) { return std::get<testing::StreamRequest>(tests[i].request); };
    QVERIFY(stream(4).kind == testing::StreamKind::Tls && !stream(4).send);
    QCOMPARE(stream(5).to, std::string(":5432"));
    QCOMPARE(*stream(6).send, std::string("x\n"));
}

void TestReader::defaultsComeBehind()
{
    std::vector<model::Diagnostic> problems;
    const auto files = read(R"(tests:
- {name: a, tags: [own], request: {url: /x, headers: {a: mine}}, expect: {status: 200}}
- {name: b, request: DELETE /x, expect: {status: 200}}
- {name: c, grpc: {call: s.S/M}, expect: {status: 200}}
defaults: {url: "http://h.test:81/", headers: {A: theirs, B: b}, tags: all, gateway: n/g, timeout: 2s}
)",
                            problems);
    QCOMPARE(joined(problems), std::string());
    const auto& tests = files[0].tests;
    const auto& http = std::get<testing::HttpRequest>(tests[0].request);
    QCOMPARE(http.url, std::string("http://h.test:81/x"));
    QCOMPARE(http.headers, (testing::Headers{{"a", "mine"}, {"B", "b"}}));
    QCOMPARE(tests[0].tags, (std::vector<std::string>{"all", "own"}));
    QCOMPARE(tests[1].gateway, std::string("n/g"));
    QVERIFY(tests[1].timeout == std::chrono::seconds(2));
    QCOMPARE(std::get<testing::HttpRequest>(tests[1].request).method, std::string("DELETE"));
    const auto& grpc = std::get<testing::GrpcRequest>(tests[2].request);
    QCOMPARE(grpc.host, std::string("http://h.test:81"));
    QCOMPARE(grpc.metadata.size(), std::size_t(2));
}

void TestReader::documentsAndManifests()
{
    std::vector<model::Diagnostic> problems;
    const std::string test = "tests: [{name: a, tcp: ':1', expect: {refused: true}}]\n";
    const auto files =
        read("manifests: [., ../up.yaml, /abs]\n" + test + "---\nkind: Service\n---\n" + header + test, problems);
    QCOMPARE(joined(problems), std::string());
    QCOMPARE(files.size(), std::size_t(2));
    QCOMPARE(files[0].manifests, (std::vector<std::string>{"dir/", "up.yaml", "/abs"}));
    const auto json = testing::readTestText("t.json", R"({"apiVersion": "gatehouse.dev/v1", "kind": "GatewayTest",
                      "tests": [{"name": "a", "tcp": ":1", "expect": {"refused": true}}]})",
                                            problems);
    QCOMPARE(joined(problems), std::string());
    QCOMPARE(json[0].tests[0].name, std::string("a"));
}

void TestReader::expectations()
{
    auto expect = expectation("{status: [200, 3xx], grpcStatus: deadlineExceeded, gateway: gw, route: web, rule: 2}");
    QCOMPARE(expect.status->value.size(), std::size_t(2));
    QCOMPARE(expect.status->value[1].first, std::uint16_t(300));
    QCOMPARE(expect.status->value[1].last, std::uint16_t(399));
    QCOMPARE(expect.grpcStatus->value, std::string("DEADLINE_EXCEEDED"));
    QCOMPARE(expect.gateway->value, std::string("default/gw"));
    QCOMPARE(expect.route->value, std::string("default/web"));
    QCOMPARE(std::get<std::uint32_t>(expect.rule->value), 2u);
    expect = expectation("{grpcStatus: 14, rule: named, route: HTTPRoute/a/b, backend: 'web:80', refused: why}");
    QCOMPARE(expect.grpcStatus->value, std::string("UNAVAILABLE"));
    QCOMPARE(std::get<std::string>(expect.rule->value), std::string("named"));
    QCOMPARE(expect.backend->value, std::string("default/web:80"));
    QVERIFY(expect.refused->value.refused && expect.refused->value.reason.holds("that is why"));
    expect = expectation("{redirect: 'http://x/', refused: false}");
    QVERIFY(expect.redirect->url->value.holds("http://x/") && !expect.redirect->status);
    QVERIFY(!expect.refused->value.refused);
    expect =
        expectation("{backendRequest: {headers: {A: {absent: true}, B: [x, y], C: {startsWith: a, endsWith: b}}}}");
    const auto& headers = expect.backendRequest->headers;
    QVERIFY(headers[0].absent && headers[0].name == "a");
    QCOMPARE(headers[1].values->size(), std::size_t(2));
    QVERIFY(headers[2].match.holds("a-b") && !headers[2].match.holds("a-c"));
}

void TestReader::shares_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("shares");
    QTest::newRow("a list has no shares") << "['a/b:80', 'a/c:80']"
                                          << "a/b:80 ?, a/c:80 ?";
    QTest::newRow("one backend alone") << "'a/b:80'"
                                       << "a/b:80 ?";
    QTest::newRow("weights are relative") << "{'a/b:80': 3, 'a/c:80': 1}"
                                          << "a/b:80 0.75, a/c:80 0.25";
    QTest::newRow("percentages") << "{'a/b:80': 90%, 'a/c:80': 10%}"
                                 << "a/b:80 0.9, a/c:80 0.1";
    QTest::newRow("thirds in percent") << "{'a/b:80': 33.3%, 'a/c:80': 66.7%}"
                                       << "a/b:80 0.333, a/c:80 0.667";
    QTest::newRow("nothing is nobody") << "{'a/b:80': 1, 'a/c:80': 0}"
                                       << "a/b:80 1";
}

void TestReader::shares()
{
    QFETCH(QString, yaml);
    QFETCH(QString, shares);
    QStringList seen;
    const auto expect = expectation(("{backends: " + yaml + "}").toUtf8().constData());
    for (const auto& each : expect.backends->value)
        seen << QString::fromStdString(each.backend) + ' ' + (each.share ? QString::number(*each.share) : "?");
    QCOMPARE(seen.join(", "), shares);
}

void TestReader::mistakes_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* claim, const char* yaml, const char* problem) {
        QTest::newRow(claim) << yaml << problem;
    };
    row("an unknown key of the file", "test: []", "dir/t.yaml:3:1: error GH3101 test: unknown key");
    row("the nearest key is named", "test: []", "did you mean 'tests'?");
    row("tests are missing", "manifests: [a]", "tests: is missing; expected a list of tests");
    row("a test is no text", "tests: [a]", "dir/t.yaml:3:9: error GH3102 tests[0]: is a string; expected a test");
    row("two requests", "tests: [{name: a, tcp: ':1', udp: ':1', expect: {refused: true}}]", "has tcp already");
    row("an empty expectation", "tests: [{name: a, tcp: ':1', expect: {}}]", "expects nothing");
    row("gRPC without a call", "tests: [{name: a, grpc: {host: b}, expect: {status: 1}}]", "call is missing");
    row("a protocol that is none",
        "tests: [{name: a, request: {url: 'http://a/', protocol: h3}, expect: {status: 200}}]",
        "'h3' is no protocol; expected http/1.1 or h2");
    row("a Gateway with too many parts", "defaults: {gateway: a/b/c}\ntests: []", "'a/b/c' is no Gateway");
    row("a base that is no URL", "defaults: {url: a.test}\ntests: []", "'a.test' is no base of URLs");
    row("an expression that is none", "tests: [{name: a, tcp: ':1', expect: {response: {body: {matches: '['}}}}]",
        "expect.response.body.matches: is no regular expression: missing ]: [");
    row("conditions that are none", "tests: [{name: a, tcp: ':1', expect: {response: {body: {}}}}]",
        "asks for nothing");
    row("a redirect to several statuses", "tests: [{name: a, tcp: ':1', expect: {redirect: {status: 3xx}}}]",
        "is more than one status");
    row("a rule below zero", "tests: [{name: a, tcp: ':1', expect: {rule: -1}}]", "-1 is no rule");
    row("a header that is null", "tests: [{name: a, tcp: ':1', expect: {response: {headers: {x: }}}}]",
        "is a null; expected its value, or conditions as absent: true");
    row("all weights zero", "tests: [{name: a, tcp: ':1', expect: {backends: {}}}]", "names no backend");
}

void TestReader::mistakes()
{
    QFETCH(QString, yaml);
    QFETCH(QString, problem);
    std::vector<model::Diagnostic> problems;
    const auto files = read(yaml.toStdString() + '\n', problems);
    const std::string all = joined(problems);
    QVERIFY2(all.find(problem.toStdString()) != std::string::npos, all.c_str());
    for (const testing::TestFile& file : files)
        QVERIFY2(file.tests.empty(), "a test with a mistake is left out");
}

QTEST_APPLESS_MAIN(TestReader)
#include "tst_test_reader.moc"
