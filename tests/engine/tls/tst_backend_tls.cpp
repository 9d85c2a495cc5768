#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "certificates.h"
#include "tls_backend.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// A BackendTLSPolicy for Service "app"; `trust` and `names` as they stand in spec.validation.
std::string policy(const std::string& hostname, const std::string& trust, const std::string& names = "")
{
    return "\napiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {name: secure}\nspec:\n"
           "  targetRefs: [{group: \"\", kind: Service, name: app}]\n  validation:\n    hostname: " +
           hostname + "\n    " + trust + "\n" + (names.empty() ? "" : "    " + names + "\n") + "---";
}

constexpr const char* trustTestCa = "caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]";

ClusterText cluster(std::uint16_t backend, const std::string& more)
{
    return {service() + route() + bundle("ca", authority().certificatePem) + more,
            {{"default/app:80", {"127.0.0.1", backend}}}};
}

Answer ask(Running& gate, const std::string& path = "/")
{
    return gate.connect().ask("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n");
}

} // namespace

class TstBackendTls : public QObject {
    Q_OBJECT

private slots:
    void verifiesTheBackend_data();
    void verifiesTheBackend();
    void reusesConnections();
    void sharesNoConnectionAcrossPolicies();
    void carriesLargeBodies();
    void neverFallsBackToPlainText_data();
    void neverFallsBackToPlainText();
    void givesUpOnSilentBackends();
    void echoShowsThePodsCertificate();
    void showsTheGatewaysCertificate();
};

void TstBackendTls::verifiesTheBackend_data()
{
    QTest::addColumn<QByteArray>("hostname");
    QTest::addColumn<QByteArray>("trust");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const QByteArray ca(trustTestCa), none;
    QTest::newRow("its name") << QByteArray("back.test") << ca << none << 200 << QByteArray("back.test 1");
    QTest::newRow("a name that its wildcard covers")
        << QByteArray("x.wild.test") << ca << none << 200 << QByteArray("x.wild.test 1");
    QTest::newRow("another name") << QByteArray("other.test") << ca << none << 503 << QByteArray("hostname mismatch");
    QTest::newRow("another authority") << QByteArray("back.test")
                                       << QByteArray(
                                              "caCertificateRefs: [{group: \"\", kind: ConfigMap, name: foreign}]")
                                       << none << 503 << QByteArray("certificate");
    QTest::newRow("the system's authorities")
        << QByteArray("back.test") << QByteArray("wellKnownCACertificates: System") << none << 503
        << QByteArray("certificate");
    QTest::newRow("a subjectAltName instead of the hostname")
        << QByteArray("sni.test") << ca << QByteArray("subjectAltNames: [{type: Hostname, hostname: back.test}]") << 200
        << QByteArray("sni.test 1");
    QTest::newRow("one of several")
        << QByteArray("sni.test") << ca
        << QByteArray("subjectAltNames: [{type: Hostname, hostname: no.test}, {type: Hostname, hostname: \"*.test\"}]")
        << 200 << QByteArray("sni.test 1");
    QTest::newRow("none of them, though the hostname is right")
        << QByteArray("back.test") << ca << QByteArray("subjectAltNames: [{type: Hostname, hostname: no.test}]") << 503
        << QByteArray("hostname mismatch");
    QTest::newRow("an URI that it has not")
        << QByteArray("back.test") << ca << QByteArray("subjectAltNames: [{type: URI, uri: \"spiffe://a/b\"}]") << 503
        << QByteArray("hostname mismatch");
}

void TstBackendTls::verifiesTheBackend()
{
    QFETCH(QByteArray, hostname);
    QFETCH(QByteArray, trust);
    QFETCH(QByteArray, names);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    TlsBackend backend(certificate({"back.test", "*.wild.test"}));
    const auto foreign = engine::makeLocalCa("foreign CA", std::chrono::system_clock::now());
    Running gate(workers(1),
                 cluster(backend.port(), policy(hostname.toStdString(), trust.toStdString(), names.toStdString()) +
                                             bundle("foreign", foreign->certificatePem)));
    const Answer answer = ask(gate);
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, status);
    QVERIFY2(contains(answer.body, says.toStdString()), answer.body.c_str());
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, std::string(status == 200 ? "-" : "UF"));
    QCOMPARE(backend.requests.load(), status == 200 ? 1 : 0);
    gate.engine.stop();
}

void TstBackendTls::reusesConnections()
{
    TlsBackend backend(certificate({"back.test"}));
    {
        Running gate(workers(1), cluster(backend.port(), policy("back.test", trustTestCa)));
        Wire client = gate.connect();
        for (int i = 0; i < 5; ++i) {
            const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            QCOMPARE(answer.body, std::string("back.test 1")); // in spite of the tickets that came meanwhile
        }
        // A request that must not be repeated looks at the connection first.
        const Answer posted = client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        QCOMPARE(posted.body, std::string("back.test 1"));
        // The same policy after a reload: the same connection.
        gate.apply();
        QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, std::string("back.test 1"));
    }
    QCOMPARE(backend.connections.load(), 1);
}

void TstBackendTls::sharesNoConnectionAcrossPolicies()
{
    TlsBackend backend(certificate({"back.test", "other.test"}));
    {
        Running gate(workers(1), cluster(backend.port(), policy("back.test", trustTestCa)));
        Wire client = gate.connect();
        QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, std::string("back.test 1"));
        gate.apply(cluster(backend.port(), policy("other.test", trustTestCa)));
        QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, std::string("other.test 2"));
        gate.apply(cluster(backend.port(), policy("wrong.test", trustTestCa)));
        QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 503);
    }
    QCOMPARE(backend.requests.load(), 2);
}

void TstBackendTls::carriesLargeBodies()
{
    std::string body(5'000'000, ' ');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>('a' + i * 7 % 26 + i / 65536 % 3);
    TlsBackend backend(certificate({"back.test"}));
    Running gate(workers(1), cluster(backend.port(), policy("back.test", trustTestCa)));
    Wire client = gate.connect();
    for (int i = 0; i < 2; ++i) {
        const Answer answer = client.ask(
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        QVERIFY(answer.complete);
        QVERIFY(answer.body == body);
    }
    client.close();
    gate.engine.stop();
}

void TstBackendTls::neverFallsBackToPlainText_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("the backend speaks no TLS")
        << QByteArray::fromStdString(policy("back.test", trustTestCa)) << QByteArray("no TLS with");
    QTest::newRow("the authority's ConfigMap is missing")
        << QByteArray::fromStdString(
               policy("back.test", "caCertificateRefs: [{group: \"\", kind: ConfigMap, name: missing}]"))
        << QByteArray("has no CA certificate");
    QTest::newRow("the authority's ConfigMap holds no certificate")
        << QByteArray::fromStdString(
               policy("back.test", "caCertificateRefs: [{group: \"\", kind: ConfigMap, name: odd}]") +
               bundle("odd", "hello"))
        << QByteArray("has no CA certificate");
}

void TstBackendTls::neverFallsBackToPlainText()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, says);
    Backend backend([](Backend& script) {
        Wire wire = script.accept();
        if (!wire.open())
            return;
        wire.more();
        script.tell(wire.buffer().starts_with("GET") ? "plain" : "not plain");
        wire.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    Running gate(workers(1), cluster(backend.port(), more.toStdString()));
    const Answer answer = ask(gate);
    QCOMPARE(answer.status, 503);
    QVERIFY2(contains(answer.body, says.toStdString()), answer.body.c_str());
    QVERIFY(contains(answer.body, "[UF]"));
    if (says.startsWith("no TLS"))
        QCOMPARE(backend.told(), std::string("not plain"));
}

void TstBackendTls::givesUpOnSilentBackends()
{
    Listening silent;
    engine::EngineOptions options = workers(1);
    options.limits.connectTimeout = 150ms;
    Running gate(options, cluster(silent.port(), policy("back.test", trustTestCa)));
    const Answer answer = ask(gate);
    QCOMPARE(answer.status, 503);
    QVERIFY2(contains(answer.body, "took too long"), answer.body.c_str());
}

namespace {
/// A Deployment of the conformance suite's echo, with TLS on its port, and its Service.
std::string securePods(const std::string& volumes, const std::string& variables = "")
{
    return R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 1
  template:
    metadata: {labels: {app: app}}
    spec:
      containers:
      - name: main
        image: registry.example/x/echo-basic:v9
        env: [{name: TLS_SERVER_CERT, value: /certs/tls.crt}, {name: TLS_SERVER_PRIVKEY, value: /certs/tls.key})" +
           variables + R"(]
        ports: [{containerPort: 8443}]
)" + volumes +
           R"(---
apiVersion: v1
kind: Service
metadata: {name: app}
spec:
  selector: {app: app}
  ports: [{port: 80, targetPort: 8443}]
---)";
}
} // namespace

void TstBackendTls::echoShowsThePodsCertificate()
{
    const std::string pods = securePods("      volumes: [{name: certs, secret: {secretName: cert}}]\n");
    const std::string rest = route() + bundle("ca", authority().certificatePem) + policy("back.test", trustTestCa);
    Running gate(workers(2), {pods + secret("cert", certificate({"back.test"})) + rest});
    const Answer answer = ask(gate);
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY2(contains(answer.body, "\"serverName\": \"back.test\""), answer.body.c_str());
    QVERIFY(contains(answer.body, "\"version\": \"TLSv1.3\""));
    QVERIFY(contains(answer.body, "\"negotiatedProtocol\": \"http/1.1\""));
    QVERIFY(contains(answer.body, "\"cipherSuite\": \"TLS_"));
    // The certificate follows its Secret.
    gate.apply({pods + secret("cert", certificate({"other.test"})) + rest});
    QVERIFY2(contains(ask(gate).body, "hostname mismatch"), "the old certificate is shown");
    gate.apply({pods + secret("cert", certificate({"back.test"})) + rest});
    QCOMPARE(ask(gate).status, 200);
    gate.apply({securePods("") + rest});
    const Answer without = ask(gate);
    QCOMPARE(without.status, 503);
    QVERIFY2(contains(without.body, "mounts no Secret"), without.body.c_str());
}

void TstBackendTls::showsTheGatewaysCertificate()
{
    const auto showing = [](const std::string& name, std::uint16_t port, const std::string& secretName) {
        std::string text = test::gateway(port, name);
        const std::string spec = "  gatewayClassName: local\n";
        text.insert(text.find(spec), "  tls: {backend: {clientCertificateRef: {name: " + secretName + "}}}\n");
        return text;
    };
    const auto certificateOf = [](const std::string& body) {
        const std::size_t at = body.find("-----BEGIN CERTIFICATE-----");
        std::string pem = at == std::string::npos ? "" : body.substr(at, body.find('"', at) - at);
        for (std::size_t mark = pem.find("\\u000a"); mark != std::string::npos; mark = pem.find("\\u000a"))
            pem.replace(mark, 6, "\n");
        return pem;
    };
    // Signed by themselves: those of our authority are for servers alone.
    const engine::TlsIdentity one = rsaCertificate("one", "one.test"), two = rsaCertificate("two", "two.test"),
                              foreign = rsaCertificate("foreign", "foreign.test");
    const std::uint16_t second = freePort(), third = freePort();
    std::string shared = route();
    shared.replace(shared.find("{name: gate}"), 12, "{name: gate}, {name: other}, {name: stranger}");
    const std::string asking = securePods("      volumes:\n"
                                          "      - {name: certs, secret: {secretName: cert}}\n"
                                          "      - {name: clients, configMap: {name: clients}}\n",
                                          ", {name: TLS_CLIENT_CACERTS, value: /clients/ca.crt}");
    const std::string rest = secret("cert", certificate({"back.test"})) + secret("two", two) +
                             secret("foreign", foreign) + bundle("ca", authority().certificatePem) +
                             bundle("clients", one.certificatePem + two.certificatePem) +
                             policy("back.test", trustTestCa) + showing("other", second, "two") +
                             showing("stranger", third, "foreign") + shared;
    Running gate(workers(1), {asking + rest});
    // Every Gateway has an address of its own.
    const auto ask = [](std::uint16_t port, const char* address) {
        return Wire::connect(port, 0, address).ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    };
    for (int round = 0; round < 2; ++round) { // again over pooled connections: never another Gateway's
        const Answer none = ask(gate.port, "127.0.0.1");
        QVERIFY2(none.status == 200, none.body.c_str());
        QCOMPARE(certificateOf(none.body), std::string());
        const Answer shown = ask(second, "127.0.0.2");
        QVERIFY2(shown.status == 200, shown.body.c_str());
        QCOMPARE(certificateOf(shown.body), two.certificatePem);
        // One of another authority is refused by the backend, though it asks nobody for one.
        QVERIFY(ask(third, "127.0.0.3").status >= 500);
    }
    // The certificate follows its Secret.
    std::string changed = rest;
    changed.replace(changed.find(secret("two", two)), secret("two", two).size(), secret("two", one));
    gate.apply({asking + changed});
    QCOMPARE(certificateOf(ask(second, "127.0.0.2").body), one.certificatePem);
    // Without the variable nobody is asked.
    gate.apply({securePods("      volumes: [{name: certs, secret: {secretName: cert}}]\n") + changed});
    QCOMPARE(certificateOf(ask(second, "127.0.0.2").body), std::string());
    QCOMPARE(ask(third, "127.0.0.3").status, 200);
}

QTEST_APPLESS_MAIN(TstBackendTls)
#include "tst_backend_tls.moc"
