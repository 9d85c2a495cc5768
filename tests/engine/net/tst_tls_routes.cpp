#include "../tls/certificates.h"
#include "../tls/tls_backend.h"
#include "../tls/tls_client.h"
#include "streams.h"

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

/// TLS listeners over real sockets: who is chosen by SNI, and what of the bytes is touched (semantics 12.5, 14).
class TstTlsRoutes : public QObject {
    Q_OBJECT
private slots:
    void passthroughLeavesTlsAlone_data();
    void passthroughLeavesTlsAlone();
    void aHelloInPieces_data();
    void aHelloInPieces();
    void terminateTakesTlsOff();
    void terminateAgreesOnNoProtocol();
    void terminateMayEncryptAgain_data();
    void terminateMayEncryptAgain();
    void threeKindsOfListenersOnAPort();
    void nobodysConnectionGetsNoAlert_data();
    void nobodysConnectionGetsNoAlert();
    void whatIsNoHello_data();
    void whatIsNoHello();
    void aSlowHelloEnds();
    void sessionsAreLogged();
};

namespace {

const char* const passthrough = "{mode: Passthrough}";
std::string terminate(const std::string& secretName)
{
    return "{mode: Terminate, certificateRefs: [{name: " + secretName + "}]}";
}

/// A ClientHello as OpenSSL sends it.
std::string clientHello(const std::string& serverName)
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
    if (!serverName.empty())
        SSL_set_tlsext_host_name(ssl.get(), serverName.c_str());
    SSL_connect(ssl.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    return {data, static_cast<std::size_t>(size)};
}

/// The same message in records of `size` bytes.
std::string inRecords(const std::string& hello, std::size_t size)
{
    std::string all;
    const std::string message = hello.substr(5);
    for (std::size_t at = 0; at < message.size(); at += size) {
        const std::string piece = message.substr(at, size);
        all += std::string("\x16\x03\x01", 3) + static_cast<char>(piece.size() >> 8) +
               static_cast<char>(piece.size() & 0xFF) + piece;
    }
    return all;
}

/// A plain backend that says what it is and repeats a line.
void greet(Backend& self)
{
    for (Wire wire = self.accept(); wire.open(); wire = self.accept()) {
        wire.send("plain\n");
        wire.send(wire.readThrough("\n"));
        wire.close();
    }
}

std::string line(TlsClient& client)
{
    std::string text;
    char byte = 0;
    while (SSL_read(client.ssl(), &byte, 1) == 1 && byte != '\n')
        text += byte;
    return text;
}

} // namespace

void TstTlsRoutes::passthroughLeavesTlsAlone_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TstTlsRoutes::passthroughLeavesTlsAlone()
{
    QFETCH(int, version);
    TlsBackend backend(certificate({"own.test"})), other(certificate({"other.test"}));
    const std::uint16_t port = freePort();
    Streams streams(
        gatewayOf({tlsListener(port, "tls", "*.test", passthrough)}) + serviceAt("app", {backend.port()}) +
        serviceAt("other", {other.port()}) + streamRoute({.kind = "TLSRoute", .hostnames = "a.test, own.test"}) +
        streamRoute(
            {.kind = "TLSRoute", .name = "other", .hostnames = "'*.test'", .backends = "{name: other, port: 80}"}));
    QVERIFY(streams.report.listeners.at(0).bound); // without any certificate of its own
    TlsClient client(port, {.serverName = "a.test", .minVersion = version, .maxVersion = version});
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.commonName(), std::string("own.test"));
    QCOMPARE(client.get("x").body, std::string("a.test 1"));
    TlsClient wild(port, {.serverName = "b.test", .minVersion = version, .maxVersion = version});
    QCOMPARE(wild.commonName(), std::string("other.test"));
    const std::string body(3'000'000, 'b');
    QCOMPARE(wild.ask("POST /echo HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + body).body.size(), body.size());
}

void TstTlsRoutes::aHelloInPieces_data()
{
    QTest::addColumn<int>("record"); // bytes; 0: as OpenSSL made it
    QTest::addColumn<int>("segment");
    QTest::newRow("a byte a segment") << 0 << 1;
    QTest::newRow("two segments") << 0 << 100;
    QTest::newRow("records of 50 bytes") << 50 << 100000;
    QTest::newRow("records and segments") << 33 << 7;
}

void TstTlsRoutes::aHelloInPieces()
{
    QFETCH(int, record);
    QFETCH(int, segment);
    std::string hello = clientHello("pieces.test");
    if (record > 0)
        hello = inRecords(hello, static_cast<std::size_t>(record));
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", passthrough)}) + serviceAt("app", {listening.port()}) +
                    streamRoute({.kind = "TLSRoute", .hostnames = "pieces.test"}));
    Wire client = Wire::connect(port);
    for (std::size_t at = 0; at < hello.size(); at += static_cast<std::size_t>(segment))
        QVERIFY(client.send(hello.substr(at, static_cast<std::size_t>(segment))));
    Wire server = listening.accept();
    QCOMPARE(server.readExactly(hello.size()), hello); // byte for byte
    server.send("answer");
    QCOMPARE(client.readExactly(6), std::string("answer"));
    client.send("more");
    QCOMPARE(server.readExactly(4), std::string("more"));
}

void TstTlsRoutes::terminateTakesTlsOff()
{
    Backend backend(greet);
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", terminate("cert"))}) +
                    secret("cert", certificate({"term.test"})) + serviceAt("app", {backend.port()}) +
                    streamRoute({.kind = "TLSRoute", .hostnames = "term.test"}));
    QVERIFY2(streams.report.listeners.at(0).bound, streams.report.listeners.at(0).error.c_str());
    TlsClient client(port, {.serverName = "term.test"});
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.commonName(), std::string("term.test"));
    QCOMPARE(line(client), std::string("plain")); // the backend speaks first
    client.send("through\n");
    QCOMPARE(line(client), std::string("through"));
    QVERIFY(client.readToEnd() == TlsClient::Got::CloseNotify); // the backend's end is told in TLS
}

void TstTlsRoutes::terminateAgreesOnNoProtocol()
{
    Backend backend(greet);
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", terminate("cert"))}) +
                    secret("cert", certificate({"term.test"})) + serviceAt("app", {backend.port()}) +
                    streamRoute({.kind = "TCPRoute"}));
    TlsClient client(port, {.serverName = "term.test", .alpn = "\x0apostgresql"});
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.alpn(), std::string());
    QCOMPARE(line(client), std::string("plain"));
}

void TstTlsRoutes::terminateMayEncryptAgain_data()
{
    QTest::addColumn<QString>("name"); // in the backend's certificate
    QTest::addColumn<bool>("reached");
    QTest::newRow("the name that the policy asks for") << "inside.test" << true;
    QTest::newRow("another name") << "wrong.test" << false;
}

void TstTlsRoutes::terminateMayEncryptAgain()
{
    QFETCH(QString, name);
    QFETCH(bool, reached);
    TlsBackend backend(certificate({name.toStdString()}));
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", terminate("cert"))}) +
                    secret("cert", certificate({"term.test"})) + serviceAt("app", {backend.port()}) +
                    bundle("ca", authority().certificatePem) + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: policy}
spec:
  targetRefs: [{group: "", kind: Service, name: app}]
  validation: {hostname: inside.test, caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}
---)" + streamRoute({.kind = "TLSRoute", .hostnames = "term.test"}));
    TlsClient client(port, {.serverName = "term.test"});
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.commonName(), std::string("term.test"));
    QCOMPARE(client.get("x").body, std::string(reached ? "inside.test 1" : ""));
    if (!reached)
        QCOMPARE(streams.nextEvent().flags, std::string("UF"));
}

void TstTlsRoutes::threeKindsOfListenersOnAPort()
{
    Backend plain(greet);
    TlsBackend secure(certificate({"inner.test"}));
    Backend web([](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept())
            while (!wire.readThrough("\r\n\r\n").empty())
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhttp");
    });
    const std::uint16_t port = freePort();
    const std::string at = std::to_string(port);
    Streams streams(
        gatewayOf(
            {tlsListener(port, "pass", "pass.test", passthrough),
             tlsListener(port, "term", "term.test", terminate("cert")),
             "{name: web, protocol: HTTPS, port: " + at + ", hostname: web.test, tls: " + terminate("cert") + "}"}) +
        secret("cert", certificate({"term.test", "web.test"})) + serviceAt("secure", {secure.port()}) +
        serviceAt("app", {plain.port()}) + serviceAt("web", {web.port()}) +
        streamRoute(
            {.kind = "TLSRoute", .name = "p", .hostnames = "pass.test", .backends = "{name: secure, port: 80}"}) +
        streamRoute({.kind = "TLSRoute", .name = "t", .hostnames = "term.test"}) + R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: gate, sectionName: web}]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---)");
    for (const engine::ListenerReport& listener : streams.report.listeners)
        QVERIFY2(listener.bound, listener.error.c_str());
    for (int round = 0; round < 3; ++round) {
        TlsClient pass(port, {.serverName = "pass.test"});
        QCOMPARE(pass.commonName(), std::string("inner.test"));
        QVERIFY(pass.get("x").body.starts_with("pass.test "));
        TlsClient term(port, {.serverName = "term.test"});
        QCOMPARE(term.commonName(), std::string("term.test"));
        QCOMPARE(line(term), std::string("plain"));
        term.send("on\n");
        TlsClient https(port, {.serverName = "web.test", .alpn = "\x08http/1.1"});
        QCOMPARE(https.alpn(), std::string("http/1.1"));
        QCOMPARE(https.get("web.test").body, std::string("http"));
        // A request for a host of another listener than the connection's (12.3): there is no HTTPS listener for it.
        QCOMPARE(https.get("pass.test").status, 404);
    }
    // Plain HTTP is told what to do, as on a port of HTTPS alone.
    QCOMPARE(Wire::connect(port).ask("GET / HTTP/1.1\r\nHost: web.test\r\n\r\n").status, 400);
}

void TstTlsRoutes::nobodysConnectionGetsNoAlert_data()
{
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("flags");
    QTest::newRow("a name of no listener") << "x.example"
                                           << "NR";
    QTest::newRow("no name") << ""
                             << "NR";
    QTest::newRow("no route of a passthrough listener") << "free.pass.test"
                                                        << "NR";
    QTest::newRow("no route of a terminating listener") << "free.term.test"
                                                        << "NR";
    QTest::newRow("a bad backend behind passthrough") << "bad.pass.test"
                                                      << "NC";
    QTest::newRow("a bad backend behind termination") << "bad.term.test"
                                                      << "NC";
    QTest::newRow("no endpoint behind termination") << "none.term.test"
                                                    << "UH";
    QTest::newRow("a refusing backend behind passthrough") << "dead.pass.test"
                                                           << "UF";
}

void TstTlsRoutes::nobodysConnectionGetsNoAlert()
{
    QFETCH(QString, serverName);
    QFETCH(QString, flags);
    const std::uint16_t port = freePort();
    Streams streams(
        gatewayOf({tlsListener(port, "pass", "*.pass.test", passthrough),
                   tlsListener(port, "term", "*.term.test", terminate("cert"))}) +
        secret("cert", certificate({"*.term.test"})) + serviceAt("none", {}) + serviceAt("dead", {freePort()}) +
        streamRoute({.kind = "TLSRoute", .name = "bad", .hostnames = "bad.pass.test, bad.term.test"}) +
        streamRoute(
            {.kind = "TLSRoute", .name = "none", .hostnames = "none.term.test", .backends = "{name: none, port: 80}"}) +
        streamRoute(
            {.kind = "TLSRoute", .name = "dead", .hostnames = "dead.pass.test", .backends = "{name: dead, port: 80}"}));
    Wire client = Wire::connect(port);
    QVERIFY(client.open()); // refusing the connection is no answer either
    client.send(clientHello(serverName.toStdString()));
    const Wire::Got end = client.readToEnd();
    QVERIFY(end == Wire::Got::End || end == Wire::Got::Reset);
    QCOMPARE(client.buffer(), std::string());
    const model::AccessEvent event = streams.nextEvent();
    QCOMPARE(event.protocol, std::string("TLS"));
    QCOMPARE(event.flags, flags.toStdString());
    QCOMPARE(event.serverName, serverName.toStdString());
}

void TstTlsRoutes::whatIsNoHello_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("ends");
    const std::string hello = clientHello("a.test");
    QTest::newRow("text") << QByteArray("hello?\n") << false;
    QTest::newRow("HTTP, where nothing speaks it") << QByteArray("GET / HTTP/1.1\r\n\r\n") << false;
    QTest::newRow("a hello that ends early") << QByteArray::fromStdString(hello.substr(0, 100)) << true;
    QTest::newRow("an end at once") << QByteArray() << true;
    QTest::newRow("a record that is too long") << QByteArray("\x16\x03\x01\xff\xff rest") << false;
}

void TstTlsRoutes::whatIsNoHello()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, ends);
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", passthrough)}) + serviceAt("app", {freePort()}) +
                    streamRoute({.kind = "TLSRoute", .hostnames = "a.test"}));
    Wire client = Wire::connect(port);
    client.send(bytes.toStdString());
    if (ends)
        client.endSending();
    const Wire::Got end = client.readToEnd();
    QVERIFY(end == Wire::Got::End || end == Wire::Got::Reset);
    QCOMPARE(client.buffer(), std::string());
}

void TstTlsRoutes::aSlowHelloEnds()
{
    engine::EngineOptions options = workers(1);
    options.limits.headTimeout = std::chrono::milliseconds(200);
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tlsListener(port, "tls", "", passthrough)}) + serviceAt("app", {freePort()}) +
                        streamRoute({.kind = "TLSRoute", .hostnames = "a.test"}),
                    options);
    Wire silent = Wire::connect(port), half = Wire::connect(port);
    half.send(clientHello("a.test").substr(0, 50));
    QVERIFY(silent.readToEnd() == Wire::Got::End);
    QVERIFY(half.readToEnd() != Wire::Got::Nothing);
}

void TstTlsRoutes::sessionsAreLogged()
{
    Backend plain(greet);
    TlsBackend secure(certificate({"inner.test"}));
    const std::uint16_t port = freePort();
    Streams streams(
        gatewayOf({tlsListener(port, "pass", "pass.test", passthrough),
                   tlsListener(port, "term", "term.test", terminate("cert"))}) +
        secret("cert", certificate({"term.test"})) + serviceAt("secure", {secure.port()}) +
        serviceAt("app", {plain.port()}) +
        streamRoute(
            {.kind = "TLSRoute", .name = "p", .hostnames = "pass.test", .backends = "{name: secure, port: 80}"}) +
        streamRoute({.kind = "TLSRoute", .name = "t", .hostnames = "term.test"}));
    {
        TlsClient term(port, {.serverName = "Term.Test"});
        QCOMPARE(line(term), std::string("plain"));
        term.send("abc\n");
        QCOMPARE(line(term), std::string("abc"));
        QVERIFY(term.readToEnd() == TlsClient::Got::CloseNotify);
        SSL_shutdown(term.ssl());
    }
    const model::AccessEvent term = streams.nextEvent();
    QCOMPARE(term.protocol, std::string("TLS"));
    QCOMPARE(term.serverName, std::string("term.test"));
    QCOMPARE(term.tlsVersion, std::string("TLSv1.3"));
    QCOMPARE(term.route, std::string("TLSRoute/default/t"));
    QCOMPARE(term.bytesReceived, std::uint64_t(4)); // outside of TLS
    QCOMPARE(term.bytesSent, std::uint64_t(10));
    {
        TlsClient pass(port, {.serverName = "pass.test"});
        QVERIFY(pass.get("x").complete);
    }
    const model::AccessEvent pass = streams.nextEvent();
    QCOMPARE(pass.serverName, std::string("pass.test"));
    QCOMPARE(pass.tlsVersion, std::string()); // nobody here knows
    QCOMPARE(pass.route, std::string("TLSRoute/default/p"));
    QCOMPARE(pass.listener, std::string("pass"));
    QVERIFY(pass.bytesSent > 200);
}

QTEST_APPLESS_MAIN(TstTlsRoutes)
#include "tst_tls_routes.moc"
