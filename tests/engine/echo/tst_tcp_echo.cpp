#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "../tls/certificates.h"
#include "../tls/tls_client.h"

#include <algorithm>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

const std::string greeting = "Gateway API Test TCP Server\n";

/// moc 6.4 does not read raw strings with quotes in them.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// A Pod of the suite's image as a TCP server, with its Service and a route that makes the engine open its sockets.
std::string tcpPod(int port, const std::string& mounts = "")
{
    return R"(
apiVersion: v1
kind: Service
metadata: {name: app}
spec: {selector: {app: app}, ports: [{port: 80, targetPort: )" +
           std::to_string(port) + R"(}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  template:
    metadata: {labels: {app: app}}
    spec:
      containers:
      - name: main
        image: registry.example/x/echo-basic:v9
        env: [{name: TCP_ECHO_SERVER, value: "1"}, {name: SERVICE_NAME, value: svc}]
)" + mounts +
           "---" + route();
}

const std::string certificateMount = "      volumes: [{name: v, secret: {secretName: cert}}]\n";

/// Where the echo listens: the gateway's log says to whom it forwarded an HTTP request, which the echo does not answer.
std::uint16_t echoPort(Running& gate)
{
    Wire client = gate.connect();
    client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string address = gate.nextEvent().upstreamAddress;
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

} // namespace

class TstTcpEcho : public QObject {
    Q_OBJECT

private slots:
    void speaksFirstAndAnswersLines()
    {
        Running gate(workers(2), {tcpPod(3000)});
        Wire client = Wire::connect(echoPort(gate));
        QCOMPARE(client.readThrough("\n"), greeting);
        QVERIFY(client.send("IS_TLS\r\nPING\nwhat\n"));
        QCOMPARE(client.readThrough("PONG\n"), std::string("false\nPONG\n"));
        QVERIFY(client.send("TEST\n"));
        const std::string json = client.readThrough("\n");
        QVERIFY2(json.find(quoted("'service':'svc'")) != std::string::npos, json.c_str());
        QVERIFY2(json.find(quoted("'namespace':'default'")) != std::string::npos, json.c_str());
        QVERIFY2(json.find(quoted("'tcpport':'3000','isTLS':false}")) != std::string::npos, json.c_str());
        const std::size_t at = json.find(quoted("'pod':'app-"));
        QVERIFY2(at != std::string::npos, json.c_str());

        const std::string pod = json.substr(at + 7, json.find('"', at + 7) - at - 7);
        QCOMPARE(*gate.engine.podLog({"default", pod, "main"}, {}),
                 std::string("Answering IS_TLS to client (127.0.0.1)\nAnswering PING to client (127.0.0.1)\n"
                             "Answering TEST to client (127.0.0.1)\n"));
    }

    void answersWhoEndedItsSending()
    {
        Running gate(workers(1), {tcpPod(3000)});
        Wire client = Wire::connect(echoPort(gate));
        QVERIFY(client.send("PING\nIS_TLS"));
        client.endSending();
        QCOMPARE(client.readToEnd(), Wire::Got::End);
        QCOMPARE(client.buffer(), greeting + "PONG\nfalse\n");
    }

    void holdsLittleForWhoDoesNotRead()
    {
        Running gate(workers(1), {tcpPod(3000)});
        Wire client = Wire::connect(echoPort(gate), 4096);
        std::string asked;
        for (int i = 0; i < 20'000; ++i)
            asked += "TEST\n";
        // More comes back than buffers hold, so that the echo stops to read; then everything is answered in order.
        std::size_t sent = 0, answers = 0;
        while (answers < 20'000) {
            sent += client.sendSome(std::string_view(asked).substr(sent));
            QCOMPARE(client.more(), Wire::Got::Bytes);
            const std::string& buffer = client.buffer();
            answers += static_cast<std::size_t>(std::count(buffer.begin(), buffer.end(), '}'));
            client.buffer().clear();
        }
        QCOMPARE(answers, std::size_t(20'000));
    }

    void endsAtALineThatIsTooLong()
    {
        Running gate(workers(1), {tcpPod(3000)});
        Wire client = Wire::connect(echoPort(gate));
        client.send(std::string(100'000, 'x'));
        const Wire::Got end = client.readToEnd();
        QVERIFY(end == Wire::Got::End || end == Wire::Got::Reset);
    }

    void goesWithItsPod()
    {
        Running gate(workers(1), {tcpPod(3000)});
        Wire client = Wire::connect(echoPort(gate));
        QCOMPARE(client.readThrough("\n"), greeting);
        gate.apply({service("other"), {}, 2});
        QCOMPARE(client.readToEnd(), Wire::Got::End);
    }

    void speaksTls()
    {
        Running gate(workers(1), {tcpPod(8443, certificateMount) + secret("cert", certificate({"app.test"}))});
        const std::uint16_t port = echoPort(gate);
        TlsClientOptions options;
        options.serverName = "App.test";
        TlsClient client(port, options);
        QVERIFY2(client.connected, client.error.c_str());
        QCOMPARE(client.commonName(), std::string("app.test"));
        QVERIFY(client.send("IS_TLS\nTEST\n"));
        std::string text;
        while (text.find("}\n") == std::string::npos) {
            char bytes[4096];
            const int got = SSL_read(client.ssl(), bytes, sizeof bytes);
            QVERIFY(got > 0);
            text.append(bytes, static_cast<std::size_t>(got));
        }
        QVERIFY2(text.starts_with(greeting + "true\n{"), text.c_str());
        for (const std::string& part :
             {quoted("'tlsport':'8443','isTLS':true"), quoted("'version':'TLS 1.3'"), quoted("'serverName':'app.test'"),
              quoted("'curves':'X25519'"), quoted("'cipherSuite':'TLS_")})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    }

    void saysThatItHasNoCertificate()
    {
        Running gate(workers(1), {tcpPod(8443)});
        Wire client = gate.connect();
        const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(answer.status, 503);
        QVERIFY2(answer.body.find("has no certificate") != std::string::npos, answer.body.c_str());
    }
};

QTEST_APPLESS_MAIN(TstTcpEcho)
#include "tst_tcp_echo.moc"
