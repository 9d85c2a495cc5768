#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "engine/http/retry_delay.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* plainGet = "GET /p HTTP/1.1\r\nHost: example.com\r\n\r\n";

std::string answerOf(int status, const std::string& body)
{
    return "HTTP/1.1 " + std::to_string(status) + " Some\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

std::string retrying(const std::string& retry, const std::string& timeouts = "")
{
    return "    retry: {" + retry + "}\n" + (timeouts.empty() ? "" : "    timeouts: {" + timeouts + "}\n");
}

/// Reads one request with its body, whose length is known.
std::string readRequest(Wire& wire)
{
    const std::string head = wire.readThrough("\r\n\r\n");
    const std::size_t at = head.find("Content-Length: ");
    return at == std::string::npos ? head : head + wire.readExactly(std::stoul(head.substr(at + 16)));
}

} // namespace

/// HTTPRouteRetry (semantics 10.2).
class TstProxyRetries : public QObject {
    Q_OBJECT

private slots:
    void waitsLonger_data();
    void waitsLonger();
    void byStatus_data();
    void byStatus();
    void afterFailedConnections_data();
    void afterFailedConnections();
    void sendsTheWholeRequestAgain();
    void doesNotRepeatWhatItDidNotKeep();
    void triesAnotherEndpoint();
    void afterTheAttemptsTimeout();
    void requestTimeoutCoversAllTries();
    void waitsBetweenTries();
    void clientLeavesMeanwhile();
    void onlyWhereTheRuleSaysSo();
};

void TstProxyRetries::waitsLonger_data()
{
    QTest::addColumn<int>("backoffMs");
    QTest::addColumn<uint>("number");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    const auto row = [](int backoff, uint number, int least, int most) {
        QTest::addRow("%d ms, retry %u", backoff, number) << backoff << number << least << most;
    };
    row(25, 1, 25'000, 37'500);
    row(25, 2, 50'000, 75'000);
    row(25, 3, 100'000, 150'000);
    row(25, 4, 200'000, 250'000);
    row(25, 5, 250'000, 250'000);
    row(25, 4'000'000'000u, 250'000, 250'000);
    row(0, 3, 0, 0);
    row(1, 1, 1'000, 1'500);
}

void TstProxyRetries::waitsLonger()
{
    QFETCH(int, backoffMs);
    QFETCH(uint, number);
    QFETCH(int, least);
    QFETCH(int, most);
    for (const std::uint32_t random : {0u, 1u, 511u, 1023u, 0xFFFFFFFFu}) {
        const auto delay = engine::retryDelay(std::chrono::milliseconds(backoffMs), number, random).count();
        QVERIFY(delay >= least && delay <= most);
    }
    QCOMPARE(int(engine::retryDelay(std::chrono::milliseconds(backoffMs), number, 1024).count()), least);
}

void TstProxyRetries::byStatus_data()
{
    QTest::addColumn<QByteArray>("retry");
    QTest::addColumn<QList<int>>("answers");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("requests");
    const auto row = [](const char* name, const char* retry, QList<int> answers, int status, int requests) {
        QTest::newRow(name) << QByteArray(retry) << answers << status << requests;
    };
    row("a listed one is tried again", "codes: [503], attempts: 3, backoff: 1ms", {503, 200}, 200, 2);
    row("up to the last attempt", "codes: [500, 503], attempts: 2, backoff: 1ms", {503, 500, 200}, 200, 3);
    row("attempts count from the second try on; the last answer is passed on",
        "codes: [503], attempts: 2, backoff: 1ms", {503, 503, 503, 200}, 503, 3);
    row("one attempt unless said", "codes: [503], backoff: 1ms", {503, 503, 200}, 503, 2);
    row("one that is not listed is passed on", "codes: [503], attempts: 3, backoff: 1ms", {500, 200}, 500, 1);
    row("another one in between ends it", "codes: [503], attempts: 3, backoff: 1ms", {503, 501, 200}, 501, 2);
    row("no code is listed", "attempts: 3, backoff: 1ms", {503, 200}, 503, 1);
}

void TstProxyRetries::byStatus()
{
    QFETCH(QByteArray, retry);
    QFETCH(QList<int>, answers);
    QFETCH(int, status);
    QFETCH(int, requests);
    std::atomic<int> served{0};
    Backend backend([&](Backend& self) {
        // Answers are short, so that one connection does for all tries.
        Wire wire = self.accept();
        while (served < answers.size() && !readRequest(wire).empty()) {
            const int number = served++;
            wire.send(answerOf(answers[number], "answer " + std::to_string(number)));
        }
    });
    Running gate(workers(1), Running::backendAt(backend.port(), retrying(retry.toStdString())));
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, "answer " + std::to_string(requests - 1));
    QCOMPARE(int(served), requests);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(int(event.status), status);
    QCOMPARE(event.flags, std::string("-"));
    gate.engine.stop();
}

void TstProxyRetries::afterFailedConnections_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed, GET") << QByteArray("GET") << false;
    QTest::newRow("reset, GET") << QByteArray("GET") << true;
    QTest::newRow("closed, POST") << QByteArray("POST") << false;
    QTest::newRow("reset, POST") << QByteArray("POST") << true;
}

void TstProxyRetries::afterFailedConnections()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, reset);
    Backend backend([&](Backend& self) {
        for (int i = 0; i < 2; ++i) {
            Wire wire = self.accept();
            readRequest(wire);
            reset ? wire.reset() : wire.close();
        }
        Wire wire = self.accept();
        readRequest(wire);
        wire.send(answerOf(200, "third"));
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port(), retrying("attempts: 2, backoff: 1ms")));
    Wire client = gate.connect();
    const Answer answer = client.ask(method.toStdString() + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("third"));
    gate.engine.stop();
}

void TstProxyRetries::sendsTheWholeRequestAgain()
{
    // Headers of the rule are added once, and the body is sent again although it came in pieces.
    const std::string extra = retrying("codes: [503], attempts: 2, backoff: 1ms") +
                              "    filters:\n    - type: RequestHeaderModifier\n"
                              "      requestHeaderModifier: {add: [{name: x-added, value: once}]}\n";
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        for (int i = 0; i < 3; ++i) {
            const std::string head = wire.readThrough("\r\n\r\n");
            std::string body;
            for (std::string line = wire.readThrough("\r\n"); line != "0\r\n"; line = wire.readThrough("\r\n")) {
                const std::size_t size = std::stoul(line, nullptr, 16);
                body += wire.readExactly(size);
                wire.readThrough("\r\n");
            }
            wire.readThrough("\r\n");
            self.tell(head);
            self.tell(body);
            wire.send(answerOf(i < 2 ? 503 : 200, "x"));
        }
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port(), extra));
    Wire client = gate.connect();
    client.send("POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    client.send("7\r\n, world\r\n0\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 200);
    const std::string first = backend.told();
    QVERIFY(first.find("x-added: once\r\n") == first.rfind("x-added: once\r\n"));
    QCOMPARE(backend.told(), std::string("hello, world"));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(backend.told(), first);
        QCOMPARE(backend.told(), std::string("hello, world"));
    }
    // The client's own next request follows as if nothing had been.
    client.close();
    gate.engine.stop();
}

void TstProxyRetries::doesNotRepeatWhatItDidNotKeep()
{
    engine::EngineOptions options = workers(1);
    options.limits.retryBodyBytes = 1000;
    std::atomic<int> requests{0};
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        for (const std::size_t size : {1000u, 1000u, 1001u}) {
            wire.readThrough("\r\n\r\n");
            if (wire.readExactly(size).empty())
                return;
            ++requests;
            wire.send(answerOf(requests == 2 ? 200 : 503, "x"));
        }
        wire.readToEnd();
    });
    Running gate(options, Running::backendAt(backend.port(), retrying("codes: [503], attempts: 2, backoff: 1ms")));
    Wire client = gate.connect();
    const auto post = [](std::size_t size) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
               std::string(size, 'b');
    };
    QCOMPARE(client.ask(post(1000)).status, 200);
    QCOMPARE(int(requests), 2);
    QCOMPARE(client.ask(post(1001)).status, 503);
    QCOMPARE(int(requests), 3);
    client.close();
    gate.engine.stop();
}

void TstProxyRetries::triesAnotherEndpoint()
{
    Backend backend([&](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
            readRequest(wire);
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    // Nobody listens at the other address.
    const std::string slice = R"(
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: app-1, labels: {kubernetes.io/service-name: app}}
addressType: IPv4
endpoints:
- {addresses: [127.0.0.77], conditions: {ready: true}}
- {addresses: [127.0.0.1], conditions: {ready: true}}
ports: [{port: )" + std::to_string(backend.port()) +
                              "}]\n---";
    std::string lonely = service();
    lonely.replace(lonely.find("  selector: {app: app}\n"), 23, "");
    Running gate(workers(1), {lonely + slice + route(retrying("attempts: 1, backoff: 1ms"))});
    Wire client = gate.connect();
    for (int i = 0; i < 6; ++i)
        QCOMPARE(client.ask(plainGet).status, 200);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(backend.port()));
    gate.apply({lonely + slice + route()});
    const int first = client.ask(plainGet).status, second = client.ask(plainGet).status;
    QCOMPARE(first + second, 200 + 503);
    gate.engine.stop();
    backend.refuse();
}

void TstProxyRetries::afterTheAttemptsTimeout()
{
    Backend backend([&](Backend& self) {
        Wire silent = self.accept();
        readRequest(silent);
        Wire wire = self.accept();
        readRequest(wire);
        self.tell(silent.readToEnd() == Wire::Got::Nothing ? "open" : "closed");
        wire.send(answerOf(200, "second"));
        wire.readToEnd();
    });
    Running gate(workers(1),
                 Running::backendAt(backend.port(), retrying("attempts: 1, backoff: 1ms", "backendRequest: 100ms")));
    Wire client = gate.connect();
    const Answer answer = client.ask(plainGet);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("second"));
    QCOMPARE(backend.told(), std::string("closed")); // the first try was cancelled
    gate.engine.stop();
}

void TstProxyRetries::requestTimeoutCoversAllTries()
{
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        while (!readRequest(wire).empty())
            wire.send(answerOf(503, "no"));
    });
    Running gate(workers(1), Running::backendAt(backend.port(), retrying("codes: [503], attempts: 1000, backoff: 60ms",
                                                                         "request: 300ms")));
    Wire client = gate.connect();
    const auto began = std::chrono::steady_clock::now();
    const Answer answer = client.ask(plainGet);
    const auto took = std::chrono::steady_clock::now() - began;
    QCOMPARE(answer.status, 504);
    QVERIFY(took >= 300ms && took < 5s);
    QCOMPARE(gate.nextEvent().flags, std::string("UT"));
    client.close();
    gate.engine.stop();
}

void TstProxyRetries::waitsBetweenTries()
{
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        auto before = std::chrono::steady_clock::now();
        for (int i = 0; i < 3; ++i) {
            readRequest(wire);
            const auto now = std::chrono::steady_clock::now();
            self.tell(i == 0 || now - before >= (i == 1 ? 80ms : 160ms) ? "late enough" : "too early");
            before = now;
            wire.send(answerOf(i < 2 ? 503 : 200, "x"));
        }
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port(), retrying("codes: [503], attempts: 2, backoff: 80ms")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(backend.told(), std::string("late enough"));
    client.close();
    gate.engine.stop();
}

void TstProxyRetries::clientLeavesMeanwhile()
{
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        readRequest(wire);
        wire.send(answerOf(503, "x"));
        self.tell("failed");
        self.tell(readRequest(wire).empty() ? "nothing more" : "asked again");
    });
    {
        Running gate(workers(1),
                     Running::backendAt(backend.port(), retrying("codes: [503], attempts: 1, backoff: 1m")));
        Wire client = gate.connect();
        client.send(plainGet);
        QCOMPARE(backend.told(), std::string("failed"));
        client.reset();
        QCOMPARE(gate.nextEvent().flags, std::string("DC"));
    }
    QCOMPARE(backend.told(), std::string("nothing more"));
}

void TstProxyRetries::onlyWhereTheRuleSaysSo()
{
    std::atomic<int> requests{0};
    Backend backend([&](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
            readRequest(wire);
            ++requests;
            wire.close();
        }
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 502);
    QCOMPARE(int(requests), 1);
    gate.engine.stop();
    backend.refuse();
}

QTEST_APPLESS_MAIN(TstProxyRetries)
#include "tst_proxy_retries.moc"
