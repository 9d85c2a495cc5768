#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

#include <set>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

/// A Deployment of two Pods that the built-in echo plays, and its Service.
std::string pods(const std::string& name)
{
    return R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: )" +
           name + R"(}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: )" +
           name + R"(}}
    spec: {containers: [{name: main, image: any}]}
---)" + service(name);
}

std::string weighted(unsigned app, unsigned more, const std::string& session)
{
    const auto weight = [](unsigned number) { return ", weight: " + std::to_string(number) + "}"; };
    return R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: gate}]
  rules:
  - backendRefs: [{name: app, port: 80)" +
           weight(app) + ", {name: more, port: 80" + weight(more) + "]\n    sessionPersistence: {" + session + "}\n---";
}

std::string podOf(const Answer& answer)
{
    const std::size_t at = answer.body.find("\"pod\": \"");
    return at == std::string::npos ? "" : answer.body.substr(at + 8, answer.body.find('"', at + 8) - at - 8);
}

Answer ask(Wire& client, const std::string& field = "")
{
    return client.ask("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n");
}

} // namespace

/// SessionPersistence (semantics 10.3) through a gateway.
class TstProxySessions : public QObject {
    Q_OBJECT

private slots:
    void cookieKeepsTheEndpoint();
    void headerKeepsTheEndpoint();
    void outlivesWeightsButNotThePod();
    void madeUpTokensBeginAnew();
};

void TstProxySessions::cookieKeepsTheEndpoint()
{
    Running gate(workers(1), {pods("app") + pods("more") + weighted(1, 1, "sessionName: sid")});
    Wire client = gate.connect();
    std::set<std::string> seen;
    for (int i = 0; i < 4; ++i) { // every one of them can be had
        const Answer first = ask(client);
        QCOMPARE(first.status, 200);
        const std::string cookie = first.field("set-cookie");
        QVERIFY2(cookie.starts_with("sid=") && cookie.ends_with("; Path=/; HttpOnly"), cookie.c_str());
        const std::string pod = podOf(first);
        seen.insert(pod);
        for (int n = 0; n < 5; ++n) {
            const Answer next = ask(client, "Cookie: x=y; " + cookie.substr(0, cookie.find(';')) + "\r\n");
            QCOMPARE(podOf(next), pod);
            QCOMPARE(next.field("set-cookie"), std::string()); // it has it already
        }
    }
    QCOMPARE(seen.size(), std::size_t(4));
}

void TstProxySessions::headerKeepsTheEndpoint()
{
    Running gate(workers(1), {pods("app") + pods("more") + weighted(1, 1, "sessionName: X-Sid, type: Header")});
    Wire client = gate.connect();
    const Answer first = ask(client);
    const std::string token = first.field("x-sid");
    QVERIFY(!token.empty());
    QCOMPARE(first.field("set-cookie"), std::string());
    for (int n = 0; n < 5; ++n)
        QCOMPARE(podOf(ask(client, "X-SID: " + token + "\r\n")), podOf(first));
    QVERIFY(podOf(ask(client)) != podOf(first));
}

void TstProxySessions::outlivesWeightsButNotThePod()
{
    Running gate(workers(1), {pods("app") + pods("more") + weighted(1, 0, "type: Header, sessionName: sid")});
    Wire client = gate.connect();
    const Answer first = ask(client);
    const std::string field = "sid: " + first.field("sid") + "\r\n";
    // No new session would come here.
    gate.apply({pods("app") + pods("more") + weighted(0, 1, "type: Header, sessionName: sid")});
    QCOMPARE(podOf(ask(client, field)), podOf(first));
    QVERIFY(podOf(ask(client)).starts_with("more-"));
    // The Pods are gone: another session at another endpoint.
    gate.apply({pods("more") + service("app") + weighted(0, 1, "type: Header, sessionName: sid")});
    const Answer moved = ask(client, field);
    QVERIFY(podOf(moved).starts_with("more-"));
    QVERIFY(!moved.field("sid").empty() && moved.field("sid") != first.field("sid"));
    QCOMPARE(podOf(ask(client, "sid: " + moved.field("sid") + "\r\n")), podOf(moved));
}

void TstProxySessions::madeUpTokensBeginAnew()
{
    Running gate(workers(1), {pods("app") + pods("more") + weighted(1, 1, "sessionName: sid, absoluteTimeout: 1h")});
    Wire client = gate.connect();
    for (const char* token : {"1.1", "hello", "", "ffffffffffffffff.6b49d200"}) {
        const Answer answer = ask(client, "Cookie: sid=" + std::string(token) + "\r\n");
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.field("set-cookie").starts_with("sid="), token);
    }
}

QTEST_APPLESS_MAIN(TstProxySessions)
#include "tst_proxy_sessions.moc"
