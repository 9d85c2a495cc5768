#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {
constexpr const char* plainGet = "GET /p HTTP/1.1\r\nHost: example.com\r\n\r\n";
constexpr const char* emptyOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

engine::EngineOptions limited(void (*change)(engine::EngineLimits&))
{
    engine::EngineOptions options = workers(1);
    change(options.limits);
    return options;
}
} // namespace

class TstProxyFailures : public QObject {
    Q_OBJECT

private slots:
    void answersForTheBackend_data();
    void answersForTheBackend();
    void answersRefusedConnection();
    void connectingHoldsUpNobody();
    void answersMissingEndpoints();
    void answersRuleThatCannotServe_data();
    void answersRuleThatCannotServe();
    void neverPretendsCompleteness_data();
    void neverPretendsCompleteness();
    void retriesOnStaleConnection();
    void doesNotRepeatPost();
    void timesOutRequest_data();
    void timesOutRequest();
    void timesOutHead();
    void closesIdleConnection();
    void timesOutStalledRequestBody();
    void abortsSilentAnswer();
    void silentAnswersLiveOn_data();
    void silentAnswersLiveOn();
    void abortsAnswerThatNobodyReads();
    void cancelsBackendWhenClientLeaves_data();
    void cancelsBackendWhenClientLeaves();
    void answersHalfClosedClient();
    void limitsConnections();
};

void TstProxyFailures::answersForTheBackend_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("flags");
    QTest::newRow("closes unanswered") << QByteArray() << 502 << QByteArray("UC");
    QTest::newRow("speaks no HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n") << 502 << QByteArray("UPE");
    QTest::newRow("closes inside the head") << QByteArray("HTTP/1.1 200 OK\r\nA: ") << 502 << QByteArray("UPE");
    QTest::newRow("sends an endless head")
        << QByteArray("HTTP/1.1 200 OK\r\nA: " + QByteArray(80'000, 'a')) << 502 << QByteArray("UPE");
}

void TstProxyFailures::answersForTheBackend()
{
    QFETCH(QByteArray, sent);
    QFETCH(int, status);
    QFETCH(QByteArray, flags);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(sent.toStdString());
        wire.endSending();
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.find("[" + flags.toStdString() + "]") != std::string::npos, answer.body.c_str());
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, flags.toStdString());
    QCOMPARE(event.backend, std::string("default/app:80"));
    QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(backend.port()));
}

void TstProxyFailures::answersRefusedConnection()
{
    Running gate(workers(1), Running::backendAt(freePort()));
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.find("Connection refused") != std::string::npos, answer.body.c_str());
    QCOMPARE(gate.nextEvent().flags, std::string("UF"));
    QCOMPARE(client.ask(plainGet).status, 503); // the client's own connection is fine
}

void TstProxyFailures::connectingHoldsUpNobody()
{
    // A backlog that is full: the kernel drops what comes, and connecting goes on until its deadline.
    Listening silent(0, "127.0.0.1", 0);
    std::vector<Wire> fillers;
    for (int i = 0; i < 2; ++i)
        fillers.push_back(Wire::begin(silent.port()));
    ClusterText text = Running::backendAt(silent.port());
    text.yaml += service("quick") + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: quick}
spec:
  parentRefs: [{name: gate}]
  rules:
  - matches: [{path: {type: PathPrefix, value: /quick}}]
    backendRefs: [{name: quick, port: 80}]
)";
    Running gate(limited([](engine::EngineLimits& limits) { limits.connectTimeout = 1s; }), text);
    Wire stuck = gate.connect(), other = gate.connect();
    stuck.send(plainGet);
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().activeRequests, std::uint64_t(1), patienceMs);
    QCOMPARE(other.ask("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    QCOMPARE(gate.engine.stats().activeRequests, std::uint64_t(1)); // the first still connects
    const Answer answer = stuck.readAnswer();
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.find("took too long") != std::string::npos, answer.body.c_str());
}

void TstProxyFailures::answersMissingEndpoints()
{
    ClusterText text{service() + route()};
    text.echoUnmapped = false;
    Running gate(workers(1), text);
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 503);
    QCOMPARE(gate.nextEvent().flags, std::string("UH"));
}

void TstProxyFailures::answersRuleThatCannotServe_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::newRow("no such Service") << QString::fromStdString(route());
    QTest::newRow("weight 0") << QString::fromStdString(service()) + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: gate}]
  rules:
  - backendRefs: [{name: app, port: 80, weight: 0}]
)";
}

void TstProxyFailures::answersRuleThatCannotServe()
{
    QFETCH(QString, yaml);
    Running gate(workers(1), {yaml.toStdString()});
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 500);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.route, std::string("HTTPRoute/default/all"));
    QCOMPARE(event.rule, 0);
}

void TstProxyFailures::neverPretendsCompleteness_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("then");
    QTest::addColumn<bool>("reset");
    const QByteArray length = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    QTest::newRow("too few bytes") << length << QByteArray() << false;
    QTest::newRow("no last chunk") << chunked << QByteArray() << false;
    QTest::newRow("a chunk without size") << chunked << QByteArray("zz\r\n") << false;
    QTest::newRow("reset inside the body") << length << QByteArray() << true;
}

void TstProxyFailures::neverPretendsCompleteness()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, then);
    QFETCH(bool, reset);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(sent.toStdString());
        self.ordered(); // until the client has seen the beginning
        wire.send(then.toStdString());
        if (reset)
            wire.reset();
        else
            wire.close();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(plainGet);
    QVERIFY(!client.readThrough("hello").empty());
    backend.order("seen");
    QVERIFY(client.readToEnd() == Wire::Got::Reset);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(int(event.status), 200);
    QCOMPARE(event.flags, std::string("UC"));
}

void TstProxyFailures::retriesOnStaleConnection()
{
    // The backend closes its side just as the second request arrives: the request is repeated on a new connection.
    Backend backend([](Backend& self) {
        Wire first = self.accept();
        first.readThrough("\r\n\r\n");
        first.send(emptyOk);
        first.readThrough("\r\n\r\n");
        first.close();
        Wire second = self.accept();
        second.readThrough("\r\n\r\n");
        second.send(emptyOk);
        second.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(client.ask(plainGet).status, 200);
}

void TstProxyFailures::doesNotRepeatPost()
{
    Backend backend([](Backend& self) {
        Wire first = self.accept();
        first.readThrough("\r\n\r\n");
        first.send(emptyOk);
        first.readThrough("\r\n\r\n");
        first.close();
        Wire second = self.accept();
        self.tell(second.open() ? "repeated" : "not repeated");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").status, 502);
    backend.refuse();
    QCOMPARE(backend.told(), std::string("not repeated"));
}

void TstProxyFailures::timesOutRequest_data()
{
    QTest::addColumn<QString>("timeouts");
    QTest::newRow("request") << "{request: 100ms}";
    QTest::newRow("backendRequest") << "{backendRequest: 100ms}";
}

void TstProxyFailures::timesOutRequest()
{
    QFETCH(QString, timeouts);
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "nothing" : "closed");
    });
    Running gate(workers(1), Running::backendAt(backend.port(), "    timeouts: " + timeouts.toStdString()));
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QCOMPARE(answer.status, 504);
    QCOMPARE(backend.told(), std::string("closed"));
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, std::string("UT"));
    QVERIFY2(event.durationMicros >= 100'000, std::to_string(event.durationMicros).c_str());
}

void TstProxyFailures::timesOutHead()
{
    Running gate(limited([](engine::EngineLimits& limits) { limits.headTimeout = 100ms; }));
    Wire client = gate.connect();
    client.send("GET / HTTP/1.1\r\nHost:");
    const Answer answer = client.readAnswer();
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.field("connection"), std::string("close"));
}

void TstProxyFailures::closesIdleConnection()
{
    Running gate(limited([](engine::EngineLimits& limits) { limits.idleTimeout = 100ms; }));
    Wire fresh = gate.connect();
    QVERIFY(fresh.more() == Wire::Got::End);
    Wire used = gate.connect();
    QCOMPARE(used.ask(plainGet).status, 200);
    QVERIFY(used.more() == Wire::Got::End);
}

void TstProxyFailures::timesOutStalledRequestBody()
{
    Running gate(limited([](engine::EngineLimits& limits) { limits.bodyTimeout = 100ms; }));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    const Answer answer = client.readAnswer();
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.field("connection"), std::string("close"));
    QCOMPARE(gate.nextEvent().flags, std::string("SI"));
}

void TstProxyFailures::abortsSilentAnswer()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        wire.readToEnd();
    });
    Running gate(limited([](engine::EngineLimits& limits) { limits.streamIdleTimeout = 100ms; }),
                 Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(plainGet);
    QVERIFY(!client.readThrough("hello").empty());
    QVERIFY(client.readToEnd() == Wire::Got::Reset);
    QCOMPARE(gate.nextEvent().flags, std::string("SI"));
}

void TstProxyFailures::silentAnswersLiveOn_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("begun");
    const QByteArray get = plainGet;
    const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    const QByteArray stream =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("a head alone") << get << stream;
    QTest::newRow("an event") << get << stream + "7\r\ndata: 1\r\n";
    QTest::newRow("half a chunk") << get << stream + "7\r\ndata";
    QTest::newRow("half a length") << get << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    QTest::newRow("until it closes") << get << QByteArray("HTTP/1.1 200 OK\r\n\r\nhello");
    QTest::newRow("after a request with a body") << post << stream + "7\r\ndata: 1\r\n";
}

void TstProxyFailures::silentAnswersLiveOn()
{
    // Silent for ten times as long as a body may stall; what ends it is the rule's own timeout.
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, begun);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough(request.endsWith("body") ? "body" : "\r\n\r\n");
        wire.send(begun.toStdString());
        wire.readToEnd();
    });
    Running gate(limited([](engine::EngineLimits& limits) { limits.bodyTimeout = 30ms; }),
                 Running::backendAt(backend.port(), "    timeouts: {request: 300ms}"));
    Wire client = gate.connect();
    client.send(request.toStdString());
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, std::string("UT"));
    QVERIFY2(event.durationMicros >= 300'000, std::to_string(event.durationMicros).c_str());
}

void TstProxyFailures::abortsAnswerThatNobodyReads()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\n\r\n");
        const std::string piece(1 << 20, 'x');
        while (wire.send(piece)) {
        }
    });
    Running gate(limited([](engine::EngineLimits& limits) { limits.bodyTimeout = 100ms; }),
                 Running::backendAt(backend.port()));
    Wire client = gate.connect(4096);
    client.send(plainGet);
    QCOMPARE(gate.nextEvent().flags, std::string("SI"));
}

void TstProxyFailures::cancelsBackendWhenClientLeaves_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("by closing") << false;
    QTest::newRow("by a reset") << true;
}

void TstProxyFailures::cancelsBackendWhenClientLeaves()
{
    QFETCH(bool, reset);
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell("asked");
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "nothing" : "closed");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(plainGet);
    QCOMPARE(backend.told(), std::string("asked"));
    if (reset)
        client.reset();
    else
        client.close();
    QCOMPARE(backend.told(), std::string("closed"));
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, std::string("DC"));
    QCOMPARE(int(event.status), 0);
}

void TstProxyFailures::answersHalfClosedClient()
{
    Running gate;
    Wire client = gate.connect();
    client.send(plainGet);
    client.endSending();
    QCOMPARE(client.readAnswer().status, 200);
    QVERIFY(client.readToEnd() == Wire::Got::End);
}

void TstProxyFailures::limitsConnections()
{
    Running gate(limited([](engine::EngineLimits& limits) { limits.connections = 2; }));
    Wire first = gate.connect(), second = gate.connect();
    QCOMPARE(first.ask(plainGet).status, 200);
    QCOMPARE(second.ask(plainGet).status, 200);
    Wire third = gate.connect(), alsoTooMany = gate.connect();
    QVERIFY(third.more() != Wire::Got::Bytes);
    QVERIFY(alsoTooMany.more() != Wire::Got::Bytes);
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().refusedConnections, std::uint64_t(2), patienceMs);
    QCOMPARE(int(gate.nextEvent().status), 200);
    QCOMPARE(int(gate.nextEvent().status), 200);
    const model::AccessEvent refused = gate.nextEvent();
    QCOMPARE(refused.protocol, std::string("TCP"));
    QCOMPARE(refused.flags, std::string("UO"));
    QCOMPARE(refused.gateway, std::string("default/gate"));
    QCOMPARE(refused.listener, std::string("http"));
    QCOMPARE(refused.clientAddress, std::string("127.0.0.1"));
    QCOMPARE(int(refused.status), 0);
    first.close();
    // The worker learns of the close in its own time.
    QTRY_VERIFY_WITH_TIMEOUT(gate.engine.stats().activeConnections < 2, patienceMs);
    Wire fourth = gate.connect();
    QCOMPARE(fourth.ask(plainGet).status, 200);
    QCOMPARE(int(gate.nextEvent().status), 200); // told once, not for each connection
}

QTEST_APPLESS_MAIN(TstProxyFailures)
#include "tst_proxy_failures.moc"
