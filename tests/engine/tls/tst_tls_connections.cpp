#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "secure_gateway.h"

#include <thread>
#endif

#include <QtTest/QTest>

// Connections over TLS from their first byte to their last: what is no TLS, what comes slowly or in pieces, and how
// they end.
using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

class TstTlsConnections : public QObject {
    Q_OBJECT

private slots:
    void answersPlainHttp();
    void closesOnGarbage_data();
    void closesOnGarbage();
    void takesHelloInPieces();
    void closesSlowHandshakes();
    void carriesLargeBodies_data();
    void carriesLargeBodies();
    void endsWithCloseNotify();
    void cutAnswersHaveNoCloseNotify();
    void servesPipelinedRequests();
    void refusesRenegotiation();
    void servesLocalEndpoints();
    void refusesBadLocalIdentity();
};

void TstTlsConnections::answersPlainHttp()
{
    const auto gate = simple();
    Wire client = Wire::connect(gate->port);
    const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: app.test\r\n\r\n");
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 400);
    QVERIFY2(contains(answer.body, "https://"), answer.body.c_str());
    QVERIFY(client.readToEnd() == Wire::Got::End);
}

void TstTlsConnections::closesOnGarbage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no TLS at all") << QByteArray("hello, are you there? is this a text protocol?\r\n");
    QTest::newRow("zeros") << QByteArray(64, '\0');
    QTest::newRow("a record that is too long") << QByteArray("\x16\x03\x01\xff\xff") + QByteArray(100, 'x');
    QTest::newRow("a hello without content") << QByteArray("\x16\x03\x01\x00\x04\x01\x00\x00\x00", 9);
    QTest::newRow("data before a handshake") << QByteArray("\x17\x03\x03\x00\x01x", 6);
}

void TstTlsConnections::closesOnGarbage()
{
    QFETCH(QByteArray, bytes);
    const auto gate = simple();
    Wire client = Wire::connect(gate->port);
    QVERIFY(client.send(bytes.toStdString()));
    QVERIFY(client.readToEnd() != Wire::Got::Nothing);
    TlsClient other(gate->port);
    QCOMPARE(other.get("a").status, 200);
}

void TstTlsConnections::takesHelloInPieces()
{
    const auto gate = simple();
    // A proxy that passes the client's bytes on one by one.
    Listening front;
    std::thread proxy([&] {
        Wire client = front.accept(), server = Wire::connect(gate->port);
        for (int flight = 0; flight < 2; ++flight) {
            client.more();
            for (const char c : std::exchange(client.buffer(), {}))
                server.send({&c, 1});
            server.more();
            client.send(std::exchange(server.buffer(), {}));
        }
        while (client.more() == Wire::Got::Bytes) {
            server.send(std::exchange(client.buffer(), {}));
            server.more();
            client.send(std::exchange(server.buffer(), {}));
        }
    });
    {
        TlsClient client(front.port(), {"app.test", TLS1_2_VERSION, TLS1_2_VERSION, {}, {}});
        QVERIFY2(client.connected, client.error.c_str());
        QCOMPARE(client.get("app.test").status, 200);
    }
    proxy.join();
}

void TstTlsConnections::closesSlowHandshakes()
{
    engine::EngineOptions options = workers(1);
    options.limits.headTimeout = 150ms;
    const auto gate = simple(options);
    Wire silent = Wire::connect(gate->port), stops = Wire::connect(gate->port);
    stops.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8));
    QVERIFY(silent.readToEnd() != Wire::Got::Nothing);
    QVERIFY(stops.readToEnd() != Wire::Got::Nothing);
}

void TstTlsConnections::carriesLargeBodies_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("receiveBuffer");
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION << 0;
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << 0;
    QTest::newRow("a client with little room") << TLS1_3_VERSION << 4096;
}

void TstTlsConnections::carriesLargeBodies()
{
    QFETCH(int, version);
    QFETCH(int, receiveBuffer);
    std::string body(6'000'000, ' ');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>('a' + i * 7 % 26 + i / 65536 % 3);
    Backend backend([&](Backend& script) {
        Wire wire = script.accept();
        const std::string head = wire.readThrough("\r\n\r\n");
        script.tell(wire.readExactly(body.size()) == body ? "whole" : "broken");
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        wire.more();
    });
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"cert"})));
    gate.backends = {{"default/app:80", {"127.0.0.1", backend.port()}}};
    gate.apply(secret("cert", certificate({"cert"})));
    TlsClient client(gate.port, {"app.test", version, version, {}, {}, nullptr, receiveBuffer});
    QVERIFY(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                        body));
    QCOMPARE(backend.told(), std::string("whole"));
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QVERIFY(answer.body == body);
}

void TstTlsConnections::endsWithCloseNotify()
{
    const auto gate = simple();
    TlsClient client(gate->port);
    QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status, 200);
    QVERIFY(client.more() == TlsClient::Got::CloseNotify);
    // A client that says goodbye first, between requests, is answered in kind.
    TlsClient polite(gate->port);
    QCOMPARE(polite.get("a").status, 200);
    QCOMPARE(SSL_shutdown(polite.ssl()), 0);
    QVERIFY(polite.more() == TlsClient::Got::CloseNotify);
}

void TstTlsConnections::cutAnswersHaveNoCloseNotify()
{
    Backend backend([](Backend& script) {
        Wire wire = script.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
    });
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"cert"})));
    gate.backends = {{"default/app:80", {"127.0.0.1", backend.port()}}};
    gate.apply(secret("cert", certificate({"cert"})));
    TlsClient client(gate.port);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QVERIFY(client.readToEnd() == TlsClient::Got::Failed);
}

void TstTlsConnections::servesPipelinedRequests()
{
    const auto gate = simple();
    TlsClient client(gate->port);
    std::string requests;
    for (int i = 0; i < 200; ++i)
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    std::thread sender([&] { client.send(requests.substr(0, requests.size() / 2)); });
    sender.join();
    client.send(requests.substr(requests.size() / 2));
    for (int i = 0; i < 200; ++i) {
        const Answer answer = client.readAnswer();
        QVERIFY(answer.complete);
        QVERIFY(contains(answer.body, "\"path\": \"/" + std::to_string(i) + "\""));
    }
}

void TstTlsConnections::refusesRenegotiation()
{
    const auto gate = simple();
    TlsClient client(gate->port, {"app.test", TLS1_2_VERSION, TLS1_2_VERSION, {}, {}});
    QCOMPARE(client.get("a").status, 200);
    SSL_renegotiate(client.ssl());
    QVERIFY(SSL_do_handshake(client.ssl()) != 1 || client.more() == TlsClient::Got::Failed);
    TlsClient other(gate->port);
    QCOMPARE(other.get("a").status, 200);
}

void TstTlsConnections::servesLocalEndpoints()
{
    engine::Engine engine(workers(1));
    engine::LocalEndpointOptions options;
    options.tls = certificate({"localhost", "127.0.0.1"});
    const auto port =
        engine.serveLocal(options, [](engine::LocalRequest request, std::shared_ptr<engine::LocalReply> reply) {
            if (request.target == "/watch") {
                reply->begin({});
                reply->write("one");
                reply->write("two");
                reply->end();
            } else {
                reply->send({200, "text/plain", std::string(3'000'000, 'x')});
            }
        });
    QVERIFY2(port.has_value(), port ? "" : port.error().c_str());
    TlsClient client(*port);
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.commonName(), std::string("localhost"));
    QCOMPARE(client.get("localhost").body.size(), std::size_t(3'000'000));
    QVERIFY(client.send("GET /watch HTTP/1.0\r\nHost: a\r\n\r\n"));
    QVERIFY(client.readToEnd() == TlsClient::Got::CloseNotify);
}

void TstTlsConnections::refusesBadLocalIdentity()
{
    engine::Engine engine(workers(1));
    engine::LocalEndpointOptions options;
    options.tls = certificate({"localhost"});
    options.tls->keyPem = certificate({"localhost"}).keyPem;
    const auto port = engine.serveLocal(options, {});
    QVERIFY(!port.has_value());
    QVERIFY2(contains(port.error(), "does not belong"), port.error().c_str());
}

QTEST_APPLESS_MAIN(TstTlsConnections)
#include "tst_tls_connections.moc"
