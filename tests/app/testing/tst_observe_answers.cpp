#include <QTest>

#include "app/testing/echo_answer.h"
#include "app/testing/observe_answers.h"
#include "engine/echo/echo_text.h"
#include "engine/echo/grpc_services.h"
#include "engine/echo/line_echo.h"

#include "manifests.h"

using namespace gatehouse;
using testing::Exchange;
using testing::HttpAnswer;
using testing::Reached;
using testing::StreamAnswer;

namespace {

const routing::EchoIdentity web{"ns", "web", "web-1", "", "", 8080, routing::EchoMode::Http};

routing::RequestHead requestHead()
{
    routing::RequestHead head;
    head.method = "POST";
    head.authority = "h.test";
    head.path = "/s.S/M";
    head.query = "q";
    head.hasQuery = true;
    head.headers.add("x-a", "1");
    head.headers.add("x-a", "2");
    return head;
}

HttpAnswer httpAnswer(std::uint16_t status, std::string body, testing::Headers headers = {},
                      testing::Headers trailers = {})
{
    return {Reached::Answer, "", status, std::move(headers), std::move(trailers), std::move(body)};
}

model::AccessEvent eventTo(const std::string& backend, std::uint16_t status = 200, const std::string& flags = "-")
{
    model::AccessEvent event;
    event.gateway = "ns/gw";
    event.listener = "http";
    event.route = "HTTPRoute/ns/r";
    event.rule = 0;
    event.backend = backend;
    event.status = status;
    event.flags = flags;
    event.upstreamAddress = flags == "-" && !backend.empty() ? "127.0.0.1:9" : "";
    return event;
}

testing::TestCase asking(const char* request, const char* expect = "{refused: false}")
{
    return testing::testOf(std::string("{name: a, ") + request + ", expect: " + expect + "}");
}

} // namespace

class TestObserveAnswers : public QObject {
    Q_OBJECT
private slots:
    void echoesSayWhoTheyAre();
    void whatIsNoEchoSaysNothing();
    void eventsSayTheWay();
    void refusals_data();
    void refusals();
    void elsewhereAnErrorMayBeABackends();
    void sharesAreCounted();
    void handshakes_data();
    void handshakes();
    void silence();
};

void TestObserveAnswers::echoesSayWhoTheyAre()
{
    const auto json = testing::readHttpEcho(engine::echoJson(web, requestHead(), "HTTP/1.1"));
    QVERIFY(json && json->request);
    QCOMPARE(json->service, std::string("web"));
    QCOMPARE(json->request->path, std::string("/s.S/M?q"));
    QCOMPARE(json->request->headers.fields, (testing::Headers{{"X-A", "1"}, {"X-A", "2"}}));
    std::string frame;
    engine::appendGrpcFrame(frame, engine::echoResponse(web, requestHead(), nullptr));
    const auto grpc = testing::readGrpcEcho(frame);
    QVERIFY(grpc && grpc->request);
    QCOMPARE(grpc->namespace_ + '/' + grpc->service + '/' + grpc->pod, std::string("ns/web/web-1"));
    QCOMPARE(grpc->request->host, std::string("h.test"));
    QCOMPARE(grpc->request->headers.fields, (testing::Headers{{"x-a", "1"}, {"x-a", "2"}}));
    std::string lines(engine::LineEcho::greeting);
    QVERIFY(engine::LineEcho(web, std::nullopt).receive("TEST\n", lines));
    QCOMPARE(testing::readStreamEcho(lines)->pod, std::string("web-1"));
    const auto dns =
        testing::readStreamEcho(std::string("\0\x0fnamespace=shop!\x0bservice=api\x09pod=api-1", 1 + 16 + 12 + 10));
    QCOMPARE(dns->service, std::string("api"));
    QCOMPARE(dns->pod, std::string("api-1"));
}

void TestObserveAnswers::whatIsNoEchoSaysNothing()
{
    for (const std::string& body :
         {std::string(), std::string("hello"), std::string("{}"), std::string("[1]"),
          std::string("{\"namespace\": \"a\"}"), std::string("\xff\0{", 3), std::string("{\"a\": ")}) {
        QVERIFY(!testing::readHttpEcho(body));
        QVERIFY(!testing::readGrpcEcho(body));
        QVERIFY(!testing::readStreamEcho(body));
    }
    std::string frame;
    engine::appendGrpcFrame(frame, "\x0a\x7f");
    QVERIFY(!testing::readGrpcEcho(frame));
}

void TestObserveAnswers::eventsSayTheWay()
{
    const auto state = testing::stateOf(testing::route("[{name: all, backendRefs: [{name: web, port: 80}]}]"));
    Exchange exchange;
    exchange.http.push_back(httpAnswer(200, engine::echoJson(web, requestHead(), "HTTP/1.1")));
    const std::vector<model::AccessEvent> events{eventTo("ns/web:80")};
    const auto seen =
        testing::observeAnswers(asking("request: http://h/"), exchange, {&events, state->graph.get(), std::nullopt});
    QCOMPARE(*seen.gateway.value, std::string("ns/gw"));
    QCOMPARE(*seen.ruleName.value, std::string("all"));
    QCOMPARE(*seen.outcomes[0].backend.value, std::string("ns/web:80"));
    QCOMPARE(seen.outcomes[0].request.value->method, std::string("POST"));
    QVERIFY(!seen.foreign && !*seen.outcomes[0].refused.value);
    const std::vector<model::AccessEvent> lost;
    const auto blind =
        testing::observeAnswers(asking("request: http://h/"), exchange, {&lost, state->graph.get(), std::nullopt});
    QVERIFY(!blind.gateway.value && !blind.outcomes[0].backend.value == false);
    QCOMPARE(*blind.outcomes[0].backend.value, std::string("ns/web"));
}

void TestObserveAnswers::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("grpcStatus");
    QTest::addColumn<bool>("refused");
    QTest::newRow("no route") << 404 << ""
                              << "NR"
                              << "" << true;
    QTest::newRow("misdirected") << 421 << ""
                                 << "-"
                                 << "" << true;
    QTest::newRow("a backend that cannot be reached") << 503 << "ns/web:80"
                                                      << "UF"
                                                      << "" << true;
    QTest::newRow("a backend's own 404") << 404 << "ns/web:80"
                                         << "-"
                                         << "" << false;
    QTest::newRow("a redirect") << 301 << ""
                                << "-"
                                << "" << false;
    QTest::newRow("a call that nobody takes") << 200 << ""
                                              << "NR"
                                              << "12" << true;
    QTest::newRow("a backend's own grpc-status") << 200 << "ns/web:80"
                                                 << "-"
                                                 << "5" << false;
    QTest::newRow("a call that went well") << 200 << "ns/web:80"
                                           << "-"
                                           << "0" << false;
}

void TestObserveAnswers::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, backend);
    QFETCH(QString, flags);
    QFETCH(QString, grpcStatus);
    QFETCH(bool, refused);
    Exchange exchange;
    exchange.http.push_back(httpAnswer(static_cast<std::uint16_t>(status), "why [NR]\n"));
    if (!grpcStatus.isEmpty())
        exchange.http[0].trailers = {{"grpc-status", grpcStatus.toStdString()}, {"grpc-message", "why not"}};
    const std::vector<model::AccessEvent> events{
        eventTo(backend.toStdString(), static_cast<std::uint16_t>(status), flags.toStdString())};
    const auto seen = testing::observeAnswers(asking("request: http://h/"), exchange, {&events, nullptr, std::nullopt});
    QCOMPARE(*seen.outcomes[0].refused.value, refused);
    if (refused)
        QCOMPARE(seen.outcomes[0].reason, std::string(grpcStatus.isEmpty() ? "why [NR]" : "why not"));
}

void TestObserveAnswers::elsewhereAnErrorMayBeABackends()
{
    Exchange exchange;
    exchange.http.push_back(httpAnswer(503, "no healthy upstream"));
    const auto seen = testing::observeAnswers(asking("request: http://h/"), exchange, {});
    QVERIFY(seen.foreign && !seen.gateway.value);
    QVERIFY(!seen.outcomes[0].refused.value);
    QVERIFY(!seen.outcomes[0].backend.value);
    QCOMPARE(*seen.outcomes[0].status.value, std::uint16_t(503));
}

void TestObserveAnswers::sharesAreCounted()
{
    Exchange exchange;
    std::vector<model::AccessEvent> events;
    for (int i = 0; i < 100; ++i) {
        exchange.http.push_back(httpAnswer(200, ""));
        events.push_back(eventTo(i % 10 == 0 ? "ns/api:80" : "ns/web:80"));
    }
    const auto verdictOf = [&](const char* expect) {
        const auto test = asking("request: http://h/", expect);
        return testing::judge(test, testing::observeAnswers(test, exchange, {&events, nullptr, std::nullopt})).verdict;
    };
    QVERIFY(verdictOf("{backends: {'ns/web:80': 9, 'ns/api:80': 1}}") == testing::Verdict::Passed);
    QVERIFY(verdictOf("{backends: {'ns/web:80': 86%, 'ns/api:80': 14%}}") == testing::Verdict::Passed);
    QVERIFY(verdictOf("{backends: {'ns/web:80': 80%, 'ns/api:80': 20%}}") == testing::Verdict::Failed);
    QVERIFY(verdictOf("{backends: ['ns/web:80', 'ns/api:80']}") == testing::Verdict::Passed);
    QVERIFY(verdictOf("{backends: ['ns/web:80']}") == testing::Verdict::Failed);
}

void TestObserveAnswers::handshakes_data()
{
    QTest::addColumn<QString>("flags"); // "" for no event, "?" for another gateway
    QTest::addColumn<QString>("expect");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("refused by SNI") << "NR"
                                    << "{refused: true}"
                                    << "passed";
    QTest::newRow("the backend's own TLS failed") << "-"
                                                  << "{refused: true}"
                                                  << "failed";
    QTest::newRow("and was reached all the same") << "-"
                                                  << "{backend: 'ns/web:80', refused: false}"
                                                  << "passed";
    QTest::newRow("no event: it never came so far") << ""
                                                    << "{refused: true}"
                                                    << "passed";
    QTest::newRow("elsewhere, as expected") << "?"
                                            << "{refused: true}"
                                            << "passed";
    QTest::newRow("elsewhere, unexpectedly") << "?"
                                             << "{backend: 'ns/web:80'}"
                                             << "failed";
}

void TestObserveAnswers::handshakes()
{
    QFETCH(QString, flags);
    QFETCH(QString, expect);
    QFETCH(QString, verdict);
    Exchange exchange;
    exchange.streams.push_back({Reached::NoTls, "unexpected eof", "", true});
    std::vector<model::AccessEvent> events;
    if (flags.size() > 0 && flags != "?")
        events.push_back(eventTo("ns/web:80", 0, flags.toStdString()));
    const auto test = asking("tls: h.test:443", expect.toUtf8().constData());
    const auto seen =
        testing::observeAnswers(test, exchange, {flags == "?" ? nullptr : &events, nullptr, std::nullopt});
    QCOMPARE(QString::fromUtf8(toString(testing::judge(test, seen).verdict).data()), verdict);
}

void TestObserveAnswers::silence()
{
    Exchange exchange;
    exchange.streams.push_back({Reached::NoAnswer, "no datagram came back", "", false});
    const std::vector<model::AccessEvent> dropped{eventTo("", 0, "NR")}, slow{eventTo("ns/web:80", 0, "-")};
    const auto seenBy = [&](const testing::TestCase& test, const std::vector<model::AccessEvent>* events) {
        return testing::judge(test, testing::observeAnswers(test, exchange, {events, nullptr, std::nullopt}));
    };
    const auto refused = asking("udp: ':53'", "{refused: true}");
    QVERIFY(seenBy(refused, &dropped).verdict == testing::Verdict::Passed);
    QVERIFY(seenBy(refused, &slow).verdict == testing::Verdict::Failed);
    QVERIFY(seenBy(refused, nullptr).verdict == testing::Verdict::Passed);
    const auto words = asking("udp: ':53'", "{response: {body: x}}");
    QCOMPARE(seenBy(words, &slow).error, std::string("no datagram came back"));
}

QTEST_APPLESS_MAIN(TestObserveAnswers)
#include "tst_observe_answers.moc"
