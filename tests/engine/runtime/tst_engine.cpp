#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "cluster.h"
#include "sockets.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

class TstEngine : public QObject {
    Q_OBJECT

private slots:
    void echoesOverOneConnection();
    void answers404WithoutRule();
    void servesLocalHandler();
};

void TstEngine::echoesOverOneConnection()
{
    Running gate(workers(1));
    QVERIFY2(gate.report.listeners.at(0).bound, gate.report.listeners.at(0).error.c_str());
    Wire client = gate.connect();
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.ask("GET /hello?a=b HTTP/1.1\r\nHost: example.com\r\nx-test: 1\r\n\r\n");
        QVERIFY(answer.complete);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.field("content-type"), std::string("application/json"));
        QVERIFY(answer.body.find("\"path\": \"/hello?a=b\"") != std::string::npos);
        QVERIFY(answer.body.find("\"service\": \"app\"") != std::string::npos);
        QVERIFY(answer.body.find("\"X-Test\": [\n   \"1\"\n  ]") != std::string::npos);
    }
    QCOMPARE(gate.engine.stats().requests, std::uint64_t(3));
    QCOMPARE(gate.engine.stats().status2xx, std::uint64_t(3));
}

void TstEngine::answers404WithoutRule()
{
    Running gate(workers(1), {service()});
    Wire client = gate.connect();
    const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.field("content-type").starts_with("text/plain"));
    QVERIFY2(answer.body.find("[NR]") != std::string::npos, answer.body.c_str());
}

void TstEngine::servesLocalHandler()
{
    engine::Engine engine(workers(2));
    const auto port = engine.serveLocal("127.0.0.1", 0, [](const engine::LocalRequest& request) {
        return engine::LocalResponse{201, "text/plain",
                                     request.method + " " + request.target + " " + request.host + " " + request.origin +
                                         " " + request.authorization + " " + request.body};
    });
    QVERIFY(port.has_value());
    Wire client = Wire::connect(*port);
    const Answer answer = client.ask("POST /explain?x=1 HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://a\r\n"
                                     "Authorization: Bearer t\r\nContent-Length: 4\r\n\r\nbody");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.body, std::string("POST /explain?x=1 localhost:1 http://a Bearer t body"));
}

QTEST_APPLESS_MAIN(TstEngine)
#include "tst_engine.moc"
