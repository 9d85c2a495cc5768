#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* emptyOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
constexpr const char* plainGet = "GET /p?q=1 HTTP/1.1\r\nHost: a.test\r\nAuthorization: Basic x\r\nX-Own: 1\r\n"
                                 "X-Who: client\r\n\r\n";

/// An ExternalAuth filter; `more` are further settings of it.
std::string asking(const std::string& more = "")
{
    const std::string http = more.find("http:") == std::string::npos ? ", http: {}" : "";
    return "    - {type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: auth, port: 80}" + http +
           more + "}}\n";
}

ClusterText guarded(std::uint16_t app, std::uint16_t auth, const std::string& filters, const std::string& more = "")
{
    return {service() + service("auth") + route("    filters:\n" + filters + more),
            {{"default/app:80", {"127.0.0.1", app}}, {"default/auth:80", {"127.0.0.1", auth}}}};
}

/// Gives every request the same answer; tells the test what came.
std::function<void(Backend&)> answering(std::string answer)
{
    return [answer = std::move(answer)](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
            for (;;) {
                const std::string head = wire.readThrough("\r\n\r\n");
                if (head.empty())
                    break;
                const std::size_t at = head.find("Content-Length: ");
                const std::string body =
                    at == std::string::npos ? "" : wire.readExactly(std::stoul(head.substr(at + 16)));
                self.tell(lower(head) + body);
                wire.send(answer);
            }
        }
    };
}

void finish(Running& gate, std::initializer_list<Backend*> backends)
{
    gate.engine.stop();
    for (Backend* backend : backends)
        backend->refuse();
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

/// ExternalAuth over HTTP (semantics 9.7).
class TstProxyAuth : public QObject {
    Q_OBJECT

private slots:
    void asksBeforeItForwards();
    void passesOnWhatItIsTold();
    void copiesOnlyListedHeaders();
    void refusesAsTheServerDoes_data();
    void refusesAsTheServerDoes();
    void failsClosed_data();
    void failsClosed();
    void timesOut();
    void showsTheBody_data();
    void showsTheBody();
    void asksEveryServer();
    void preflightsAreNotAsked();
};

void TstProxyAuth::asksBeforeItForwards()
{
    Backend app(answering(emptyOk)),
        auth(answering("HTTP/1.1 200 OK\r\nX-Who: server\r\nX-Role: one\r\nX-Role: two\r\nContent-Type: text/x\r\n"
                       "Content-Length: 2\r\nDate: then\r\n\r\nok"));
    // Filters of the rule run afterwards: the server sees the request as it came.
    const std::string modifier = "    - type: RequestHeaderModifier\n"
                                 "      requestHeaderModifier: {set: [{name: x-set, value: here}]}\n";
    Running gate(workers(1), guarded(app.port(), auth.port(), modifier + asking()));
    Wire client = gate.connect();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(client.ask(plainGet).status, 200);
        const std::string asked = auth.told();
        QVERIFY2(asked.starts_with("get /p?q=1 http/1.1\r\nhost: a.test\r\n"), asked.c_str());
        QVERIFY2(contains(asked, "\r\nauthorization: basic x\r\n") && contains(asked, "\r\ncontent-length: 0\r\n"),
                 asked.c_str());
        QVERIFY2(!contains(asked, "x-own") && !contains(asked, "x-set"), asked.c_str());
        const std::string got = app.told();
        QVERIFY2(got.starts_with("get /p?q=1 http/1.1\r\n"), got.c_str());
        for (const char* field : {"x-own: 1", "x-set: here", "x-who: server", "x-role: one", "x-role: two"})
            QVERIFY2(contains(got, field), got.c_str());
        // The client cannot say what only the server may, and the server's own message is not the request's.
        QVERIFY2(!contains(got, "x-who: client") && !contains(got, "content-type") && !contains(got, "date: then"),
                 got.c_str());
    }
    client.close();
    finish(gate, {&app, &auth});
}

void TstProxyAuth::passesOnWhatItIsTold()
{
    Backend app(answering(emptyOk)), auth(answering(emptyOk));
    Running gate(workers(1),
                 guarded(app.port(), auth.port(), asking(", http: {path: /check/, allowedHeaders: [X-Own]}")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    const std::string asked = auth.told();
    QVERIFY2(asked.starts_with("get /check/p?q=1 http/1.1\r\n"), asked.c_str());
    QVERIFY2(contains(asked, "\r\nx-own: 1\r\n") && !contains(asked, "x-who"), asked.c_str());
    QVERIFY(app.told().starts_with("get /p?q=1 "));
    client.close();
    finish(gate, {&app, &auth});
}

void TstProxyAuth::copiesOnlyListedHeaders()
{
    Backend app(answering(emptyOk)),
        auth(answering("HTTP/1.1 200 OK\r\nX-Who: server\r\nX-Role: one\r\nContent-Length: 0\r\n\r\n"));
    Running gate(workers(1),
                 guarded(app.port(), auth.port(), asking(", http: {allowedResponseHeaders: [x-role, host]}")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    const std::string got = app.told();
    QVERIFY2(contains(got, "x-role: one") && contains(got, "x-who: client"), got.c_str());
    client.close();
    finish(gate, {&app, &auth});
}

void TstProxyAuth::refusesAsTheServerDoes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("401") << QByteArray("GET")
                         << QByteArray("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nX-More: yes\r\n"
                                       "Content-Length: 4\r\n\r\nstop")
                         << 401 << QByteArray("stop");
    QTest::newRow("a login page") << QByteArray("GET")
                                  << QByteArray("HTTP/1.1 302 Found\r\nX-More: yes\r\n"
                                                "Transfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n0\r\n\r\n")
                                  << 302 << QByteArray("here");
    QTest::newRow("201 is no 200") << QByteArray("GET")
                                   << QByteArray("HTTP/1.1 201 OK\r\nX-More: yes\r\nContent-Length: 0\r\n\r\n") << 201
                                   << QByteArray();
    QTest::newRow("204 neither") << QByteArray("GET") << QByteArray("HTTP/1.1 204 OK\r\nX-More: yes\r\n\r\n") << 204
                                 << QByteArray();
    QTest::newRow("to HEAD") << QByteArray("HEAD")
                             << QByteArray("HTTP/1.1 403 No\r\nX-More: yes\r\nContent-Length: 4\r\n\r\n") << 403
                             << QByteArray();
    QTest::newRow("after an interim answer")
        << QByteArray("GET")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\nX-More: yes\r\nContent-Length: 2\r\n\r\nno")
        << 403 << QByteArray("no");
}

void TstProxyAuth::refusesAsTheServerDoes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Backend app(answering(emptyOk)), auth(answering(answer.toStdString()));
    Running gate(workers(1), guarded(app.port(), auth.port(), asking()));
    Wire client = gate.connect();
    for (int i = 0; i < 2; ++i) {
        const Answer got = client.ask(method.toStdString() + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(got.complete);
        QCOMPARE(got.status, status);
        QCOMPARE(got.body, body.toStdString());
        QCOMPARE(got.field("x-more"), std::string("yes"));
        QCOMPARE(gate.nextEvent().flags, std::string("UAEX"));
    }
    finish(gate, {&app, &auth});
    QCOMPARE(gate.engine.stats().requests, std::uint64_t(2));
}

void TstProxyAuth::failsClosed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("it closes unanswered") << QByteArray();
    QTest::newRow("it speaks no HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n");
    QTest::newRow("it switches protocols") << QByteArray("HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
    QTest::newRow("its refusal is cut") << QByteArray("HTTP/1.1 401 No\r\nContent-Length: 9\r\n\r\nstop");
    QTest::newRow("its refusal is too long")
        << "HTTP/1.1 401 No\r\nContent-Length: 300000\r\n\r\n" + QByteArray(300'000, 'x');
    QTest::newRow("nobody listens") << QByteArray("refused");
}

void TstProxyAuth::failsClosed()
{
    QFETCH(QByteArray, answer);
    Backend app(answering(emptyOk)), auth([&](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
            wire.readThrough("\r\n\r\n");
            wire.send(answer.toStdString());
            wire.endSending();
            wire.readToEnd();
        }
    });
    Running gate(workers(1), guarded(app.port(), answer == "refused" ? freePort() : auth.port(), asking()));
    Wire client = gate.connect();
    const Answer got = client.ask(plainGet);
    QCOMPARE(got.status, 403);
    QVERIFY2(contains(got.body, "the authorization server default/auth:80 cannot be asked"), got.body.c_str());
    QCOMPARE(gate.nextEvent().flags, std::string("UAEX"));
    client.close();
    finish(gate, {&app, &auth});
}

void TstProxyAuth::timesOut()
{
    Backend app(answering(emptyOk)), silent([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "closed");
    });
    Running gate(workers(1), guarded(app.port(), silent.port(), asking(), "    timeouts: {request: 100ms}\n"));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 504);
    QCOMPARE(silent.told(), std::string("closed"));
    client.close();
    finish(gate, {&app, &silent});
}

void TstProxyAuth::showsTheBody_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("with a length") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789")
                                   << 200;
    QTest::newRow("one that is too long")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n0123456789X") << 413;
    QTest::newRow("none") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << 200;
}

void TstProxyAuth::showsTheBody()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Backend app(answering(emptyOk)), auth(answering(emptyOk));
    Running gate(workers(1), guarded(app.port(), auth.port(), asking(", forwardBody: {maxSize: 10}")));
    Wire client = gate.connect();
    QCOMPARE(client.ask(request.toStdString()).status, status);
    if (status == 200) {
        const QByteArray body = request.mid(request.indexOf("\r\n\r\n") + 4);
        for (Backend* backend : {&auth, &app}) {
            const std::string got = backend->told();
            QVERIFY2(got.ends_with("\r\n\r\n" + body.toStdString()), got.c_str());
        }
    }
    client.close();
    finish(gate, {&app, &auth});
}

void TstProxyAuth::asksEveryServer()
{
    Backend app(answering(emptyOk)), first(answering("HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n")),
        second(answering("HTTP/1.1 200 OK\r\nX-B: 1\r\nContent-Length: 0\r\n\r\n"));
    const std::string yaml = service() + service("auth") + service("more") + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: gate}]
  rules:
  - filters:
)" + asking() + R"(    backendRefs:
    - name: app
      port: 80
      filters:
      - {type: ExternalAuth, externalAuth: {protocol: HTTP, http: {}, backendRef: {name: more, port: 80}}}
---)";
    Running gate(workers(1), {yaml,
                              {{"default/app:80", {"127.0.0.1", app.port()}},
                               {"default/auth:80", {"127.0.0.1", first.port()}},
                               {"default/more:80", {"127.0.0.1", second.port()}}}});
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QVERIFY(first.told().starts_with("get /p?q=1 "));
    QVERIFY(second.told().starts_with("get /p?q=1 "));
    const std::string got = app.told();
    QVERIFY2(contains(got, "x-a: 1") && contains(got, "x-b: 1"), got.c_str());
    client.close();
    finish(gate, {&app, &first, &second});
}

void TstProxyAuth::preflightsAreNotAsked()
{
    // A browser sends no credentials with them (Fetch standard).
    Backend app(answering(emptyOk)), auth(answering("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"));
    const std::string cors = "    - {type: CORS, cors: {allowOrigins: [\"https://a.test\"]}}\n";
    Running gate(workers(1), guarded(app.port(), auth.port(), asking() + cors));
    Wire client = gate.connect();
    QCOMPARE(client
                 .ask("OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.test\r\n"
                      "Access-Control-Request-Method: PUT\r\n\r\n")
                 .status,
             204);
    const Answer refused = client.ask("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.test\r\n\r\n");
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.field("access-control-allow-origin"), std::string("https://a.test"));
    client.close();
    finish(gate, {&app, &auth});
}

QTEST_APPLESS_MAIN(TstProxyAuth)
#include "tst_proxy_auth.moc"
