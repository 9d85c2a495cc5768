#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* plainGet = "GET /p?q=1 HTTP/1.1\r\nHost: example.com:99\r\nX-A: b\r\n\r\n";
constexpr const char* emptyOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

std::string mirrorTo(const std::string& service, const std::string& share = "")
{
    return "    - {type: RequestMirror, requestMirror: {backendRef: {name: " + service + ", port: 80}" +
           (share.empty() ? "" : ", " + share) + "}}\n";
}

/// Requests go to "app" at one port, copies to "copy" at another.
ClusterText copying(std::uint16_t app, std::uint16_t copy, const std::string& filters)
{
    return {service() + service("copy") + route("    filters:\n" + filters),
            {{"default/app:80", {"127.0.0.1", app}}, {"default/copy:80", {"127.0.0.1", copy}}}};
}

/// Answers every request of one connection after another at once; tells the test what came.
void serve(Backend& self)
{
    for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
        for (;;) {
            const std::string head = wire.readThrough("\r\n\r\n");
            if (head.empty())
                break;
            const std::size_t at = head.find("Content-Length: ");
            const std::string body = at == std::string::npos ? "" : wire.readExactly(std::stoul(head.substr(at + 16)));
            self.tell(head + body);
            wire.send(emptyOk);
        }
    }
}

/// Ends what serve() waits for.
void finish(Running& gate, std::initializer_list<Backend*> backends)
{
    gate.engine.stop();
    for (Backend* backend : backends)
        backend->refuse();
}

} // namespace

/// RequestMirror (semantics 9.5) seen from both backends.
class TstProxyMirrors : public QObject {
    Q_OBJECT

private slots:
    void copiesRequests_data();
    void copiesRequests();
    void copiesAShare();
    void copiesToSeveral();
    void ownFiltersOfTheBackend();
    void deadMirrorHurtsNobody();
    void slowMirrorIsGivenUp();
    void outlivesTheRequestAndTheSnapshot();
    void incompleteRequestsAreCutOff();
    void limitsHowManyThereAre();
    void goesOnceThoughTheRequestIsRetried();
    void answersWithoutEndAreCutOff_data();
    void answersWithoutEndAreCutOff();
};

void TstProxyMirrors::copiesRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("without a body") << QByteArray(plainGet);
    QTest::newRow("with a body") << QByteArray("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    QTest::newRow("with an empty body") << QByteArray("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("with a long body") << QByteArray("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" +
                                                    QByteArray(300'000, 'x'));
}

void TstProxyMirrors::copiesRequests()
{
    QFETCH(QByteArray, request);
    Backend app(serve), copy(serve);
    const std::string modifier = "    - type: RequestHeaderModifier\n"
                                 "      requestHeaderModifier: {set: [{name: x-set, value: here}]}\n";
    Running gate(workers(1), copying(app.port(), copy.port(), mirrorTo("copy") + modifier));
    Wire client = gate.connect();
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(client.ask(request.toStdString()).status, 200);
        const std::string got = app.told();
        QVERIFY(got.find("x-set: here") != std::string::npos);
        QCOMPARE(copy.told(), got); // method, target, Host, headers and body
        // One after the other, since the backend serves one connection.
        QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().mirrors, std::uint64_t(i + 1), patienceMs);
    }
    QCOMPARE(gate.engine.stats().lostMirrors, std::uint64_t(0));
    QCOMPARE(gate.engine.stats().requests, std::uint64_t(3)); // copies are not clients' requests
    client.close();
    finish(gate, {&app, &copy});
}

void TstProxyMirrors::copiesAShare()
{
    Backend app(serve), copy(serve);
    Running gate(workers(1),
                 copying(app.port(), copy.port(), mirrorTo("copy", "fraction: {numerator: 1, denominator: 4}")));
    Wire client = gate.connect();
    for (int i = 0; i < 12; ++i) {
        const std::string line = "GET /" + std::to_string(i) + " HTTP/1.1\r\n";
        QCOMPARE(client.ask(line + "Host: a\r\n\r\n").status, 200);
        if (i % 4 == 0)
            QVERIFY(copy.told().starts_with(line));
        QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().mirrors, std::uint64_t(i / 4 + 1), patienceMs);
    }
    client.close();
    finish(gate, {&app, &copy});
}

void TstProxyMirrors::copiesToSeveral()
{
    Backend app(serve), copy(serve), other(serve);
    ClusterText text = copying(app.port(), copy.port(), mirrorTo("copy") + mirrorTo("other") + mirrorTo("missing"));
    text.yaml = service("other") + text.yaml;
    text.backends["default/other:80"] = {"127.0.0.1", other.port()};
    Running gate(workers(1), text);
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QVERIFY(copy.told().starts_with("GET /p?q=1 "));
    QVERIFY(other.told().starts_with("GET /p?q=1 "));
    client.close();
    finish(gate, {&app, &copy, &other});
}

void TstProxyMirrors::ownFiltersOfTheBackend()
{
    // A rule's mirror sees what the rule makes of the request, a backend's also what that makes of it.
    Backend app(serve), copy(serve), other(serve);
    const std::string yaml = service() + service("copy") + service("other") + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: gate}]
  rules:
  - filters:
)" + mirrorTo("copy") + R"(    backendRefs:
    - name: app
      port: 80
      filters:
      - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-own, value: here}]}}
  )" + mirrorTo("other") + "---";
    Running gate(workers(1), {yaml,
                              {{"default/app:80", {"127.0.0.1", app.port()}},
                               {"default/copy:80", {"127.0.0.1", copy.port()}},
                               {"default/other:80", {"127.0.0.1", other.port()}}}});
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QVERIFY(app.told().find("x-own: here") != std::string::npos);
    QVERIFY(copy.told().find("x-own: here") == std::string::npos);
    QVERIFY(other.told().find("x-own: here") != std::string::npos);
    client.close();
    finish(gate, {&app, &copy, &other});
}

void TstProxyMirrors::deadMirrorHurtsNobody()
{
    Backend app(serve);
    Running gate(workers(1), copying(app.port(), freePort(), mirrorTo("copy")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().lostMirrors, std::uint64_t(2), patienceMs);
    QCOMPARE(gate.nextEvent().flags, std::string("-"));
    client.close();
    finish(gate, {&app});
}

void TstProxyMirrors::slowMirrorIsGivenUp()
{
    Backend app(serve), deaf([](Backend& self) {
        Wire wire = self.accept();
        self.ordered(); // reads nothing until then
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "cut");
    });
    engine::EngineOptions options = workers(1);
    options.limits.mirrorBodyBytes = 100'000;
    Running gate(options, copying(app.port(), deaf.port(), mirrorTo("copy")));
    Wire client = gate.connect();
    const std::string body(20'000'000, 'x');
    QCOMPARE(
        client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)
            .status,
        200);
    QVERIFY(app.told().ends_with(body));
    QCOMPARE(gate.engine.stats().lostMirrors, std::uint64_t(1));
    deaf.order("go");
    QCOMPARE(deaf.told(), std::string("cut"));
    // The next one finds everything as it was.
    QCOMPARE(client.ask(plainGet).status, 200);
    client.close();
    finish(gate, {&app, &deaf});
}

void TstProxyMirrors::outlivesTheRequestAndTheSnapshot()
{
    Backend app(serve), slow([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell("asked");
        self.ordered();
        self.tell(wire.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes") ? "sent"
                                                                                                            : "gone");
        wire.readToEnd();
    });
    Running gate(workers(1), copying(app.port(), slow.port(), mirrorTo("copy")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(slow.told(), std::string("asked"));
    client.close();
    gate.apply(Running::backendAt(app.port())); // nothing knows the mirror's backend any more
    slow.order("go");
    QCOMPARE(slow.told(), std::string("sent"));
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().mirrors, std::uint64_t(1), patienceMs);
    finish(gate, {&app, &slow});
}

void TstProxyMirrors::incompleteRequestsAreCutOff()
{
    Backend app(serve), copy([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("part");
        self.tell("begun");
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "cut");
    });
    Running gate(workers(1), copying(app.port(), copy.port(), mirrorTo("copy")));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\npart");
    QCOMPARE(copy.told(), std::string("begun"));
    client.reset();
    QCOMPARE(copy.told(), std::string("cut"));
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().lostMirrors, std::uint64_t(1), patienceMs);
    finish(gate, {&app, &copy});
}

void TstProxyMirrors::limitsHowManyThereAre()
{
    engine::EngineOptions options = workers(1);
    options.limits.mirrors = 1;
    Backend app(serve), copy([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.ordered();
        wire.send(emptyOk);
        self.tell(wire.readThrough("\r\n\r\n").starts_with("GET /third ") ? "third" : "another");
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(options, copying(app.port(), copy.port(), mirrorTo("copy")));
    Wire client = gate.connect();
    const auto ask = [&](const std::string& path) {
        return client.ask("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").status;
    };
    QCOMPARE(ask("/first"), 200);
    QCOMPARE(ask("/second"), 200);
    QCOMPARE(gate.engine.stats().lostMirrors, std::uint64_t(1));
    copy.order("go");
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().mirrors, std::uint64_t(1), patienceMs);
    QCOMPARE(ask("/third"), 200);
    QCOMPARE(copy.told(), std::string("third"));
    client.close();
    finish(gate, {&app, &copy});
}

void TstProxyMirrors::goesOnceThoughTheRequestIsRetried()
{
    Backend app([](Backend& self) {
        Wire wire = self.accept();
        for (const char* status : {"503", "503", "200"}) {
            wire.readThrough("hello");
            wire.send("HTTP/1.1 " + std::string(status) + " S\r\nContent-Length: 0\r\n\r\n");
        }
        wire.readToEnd();
    });
    Backend copy(serve);
    Running gate(workers(1), copying(app.port(), copy.port(),
                                     mirrorTo("copy") + "    retry: {codes: [503], attempts: 2, backoff: 1ms}\n"));
    Wire client = gate.connect();
    QCOMPARE(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").status, 200);
    QVERIFY(copy.told().ends_with("\r\n\r\nhello"));
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().mirrors, std::uint64_t(1), patienceMs);
    QCOMPARE(gate.engine.stats().lostMirrors, std::uint64_t(0));
    client.close();
    finish(gate, {&app, &copy});
}

void TstProxyMirrors::answersWithoutEndAreCutOff_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("interim answers") << QByteArray() << QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(1000);
    QTest::newRow("a body") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray(100'000, 'x');
}

/// Nobody reads a mirror's answer: it may not keep the worker from those who wait.
void TstProxyMirrors::answersWithoutEndAreCutOff()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, rest);
    Backend app(serve), copy([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(head.toStdString());
        while (wire.send(rest.toStdString())) {
        }
        self.tell("cut");
    });
    Running gate(workers(1), copying(app.port(), copy.port(), mirrorTo("copy")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(copy.told(), std::string("cut"));
    QCOMPARE(client.ask(plainGet).status, 200);
    client.close();
    finish(gate, {&app, &copy});
}

QTEST_APPLESS_MAIN(TstProxyMirrors)
#include "tst_proxy_mirrors.moc"
