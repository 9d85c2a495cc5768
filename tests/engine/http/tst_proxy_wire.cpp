#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {
constexpr const char* plainGet = "GET /p HTTP/1.1\r\nHost: example.com\r\n\r\n";
constexpr const char* emptyOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}
} // namespace

class TstProxyWire : public QObject {
    Q_OBJECT

private slots:
    void forwardsHead();
    void answersAsTheBackendFramed_data();
    void answersAsTheBackendFramed();
    void reusesBackendConnection();
    void doesNotReuseAfter_data();
    void doesNotReuseAfter();
    void answersPipelinedRequestsInOrder();
    void forwardsChunkedRequestWithTrailers();
    void answersExpectationWhenBodyIsWanted();
    void swallowsSecondContinue();
    void forwardsInterimAnswers();
    void keepsInterimFromOldClients();
    void endsAFloodOfInterimAnswers_data();
    void endsAFloodOfInterimAnswers();
    void keepsWhatFiltersSetFromConnection();
    void datesAnswers();
    void refuses_data();
    void refuses();
    void keepsConnectionAfterUnwantedBody();
    void closesForOldClients();
};

void TstProxyWire::forwardsHead()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer answer =
        client.ask("GET /a%20b?c=d HTTP/1.1\r\nHost: Example.com:1\r\nConnection: keep-alive, X-Hop\r\n"
                   "X-Hop: 1\r\nX-End: 2\r\nTE: trailers, deflate\r\nKeep-Alive: timeout=5\r\n\r\n");
    QCOMPARE(answer.status, 200);
    const std::string head = backend.told();
    QVERIFY2(head.starts_with("get /a%20b?c=d http/1.1\r\nhost: example.com:1\r\n"), head.c_str());
    QVERIFY(contains(head, "\r\nx-end: 2\r\n"));
    QVERIFY(contains(head, "\r\nx-forwarded-for: 127.0.0.1\r\n"));
    QVERIFY(contains(head, "\r\nx-forwarded-proto: http\r\n"));
    QVERIFY2(!contains(head, "x-hop"), head.c_str());
    QVERIFY2(!contains(head, "keep-alive: timeout"), head.c_str());
    QVERIFY2(!contains(head, "content-length"), head.c_str());
    QVERIFY2(!contains(head, "transfer-encoding"), head.c_str());
}

void TstProxyWire::answersAsTheBackendFramed_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("backendCloses");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("has");
    QTest::addColumn<QByteArray>("hasNot");
    const QByteArray get = plainGet, head = "HEAD /p HTTP/1.1\r\nHost: a\r\n\r\n";
    QTest::newRow("content-length is kept")
        << get << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << false << 200 << QByteArray("hello")
        << QByteArray("content-length: 5") << QByteArray("transfer-encoding");
    QTest::newRow("chunks stay chunks")
        << get
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo"
                      "\r\n0\r\n\r\n")
        << false << 200 << QByteArray("hello") << QByteArray("transfer-encoding: chunked")
        << QByteArray("content-length");
    QTest::newRow("an end by close becomes chunks")
        << get << QByteArray("HTTP/1.0 200 OK\r\n\r\nhello") << true << 200 << QByteArray("hello")
        << QByteArray("transfer-encoding: chunked") << QByteArray("connection: close");
    QTest::newRow("HEAD shows the length without a body")
        << head << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << false << 200 << QByteArray()
        << QByteArray("content-length: 5") << QByteArray("transfer-encoding");
    QTest::newRow("204 has no body") << get << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << false << 204
                                     << QByteArray() << QByteArray("204 no content") << QByteArray("transfer-encoding");
    QTest::newRow("304 has no body but may show a length")
        << get << QByteArray("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"x\"\r\n\r\n") << false << 304
        << QByteArray() << QByteArray("etag: \"x\"") << QByteArray("transfer-encoding");
    QTest::newRow("an own reason is kept")
        << get << QByteArray("HTTP/1.1 299 Quite Fine\r\nContent-Length: 0\r\n\r\n") << false << 299 << QByteArray()
        << QByteArray("299 quite fine") << QByteArray("connection: close");
}

void TstProxyWire::answersAsTheBackendFramed()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, sent);
    QFETCH(bool, backendCloses);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, has);
    QFETCH(QByteArray, hasNot);
    Backend backend([&](Backend& self) {
        // Twice, the second time cut into single bytes: where reads end must not matter.
        for (int round = 0; round < 2; ++round) {
            Wire wire = self.accept();
            wire.readThrough("\r\n\r\n");
            if (round == 0) {
                wire.send(sent.toStdString());
            } else {
                for (const char byte : sent)
                    wire.send(std::string_view(&byte, 1));
            }
            if (!backendCloses && round == 0) {
                wire.readThrough("\r\n\r\n");
                for (const char byte : sent)
                    wire.send(std::string_view(&byte, 1));
                wire.readToEnd();
                return;
            }
        }
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    for (int round = 0; round < 2; ++round) {
        const Answer answer = client.ask(request.toStdString());
        QVERIFY(answer.complete);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, body.toStdString());
        const std::string head = lower(answer.head);
        QVERIFY2(contains(head, has.toStdString()), head.c_str());
        QVERIFY2(!contains(head, hasNot.toStdString()), head.c_str());
    }
}

void TstProxyWire::reusesBackendConnection()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        for (int i = 0; i < 5; ++i) {
            if (wire.readThrough("\r\n\r\n").empty())
                return;
            wire.send(emptyOk);
        }
        self.tell("five over one");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    for (int i = 0; i < 5; ++i) {
        Wire client = gate.connect(); // even from different clients
        QCOMPARE(client.ask(plainGet).status, 200);
    }
    QCOMPARE(backend.told(), std::string("five over one"));
}

void TstProxyWire::doesNotReuseAfter_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("Connection: close") << QByteArray(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("bytes behind the answer")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n");
}

void TstProxyWire::doesNotReuseAfter()
{
    QFETCH(QByteArray, sent);
    Backend backend([&](Backend& self) {
        Wire first = self.accept();
        first.readThrough("\r\n\r\n");
        first.send(sent.toStdString());
        Wire second = self.accept();
        second.readThrough("\r\n\r\n");
        second.send(emptyOk);
        self.tell("second connection");
        second.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(backend.told(), std::string("second connection"));
}

void TstProxyWire::answersPipelinedRequestsInOrder()
{
    Running gate;
    Wire client = gate.connect();
    constexpr int count = 1000;
    std::thread sender([&] {
        std::string requests;
        for (int i = 0; i < count; ++i)
            requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        client.send(requests);
    });
    int inOrder = 0;
    for (int i = 0; i < count; ++i) {
        const Answer answer = client.readAnswer();
        if (answer.complete && contains(answer.body, "\"path\": \"/" + std::to_string(i) + "\""))
            ++inOrder;
    }
    sender.join();
    QCOMPARE(inOrder, count);
}

void TstProxyWire::forwardsChunkedRequestWithTrailers()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        const std::string head = lower(wire.readThrough("\r\n\r\n"));
        self.tell(contains(head, "transfer-encoding: chunked") && !contains(head, "content-length") ? "chunked" : head);
        std::string body;
        for (;;) {
            const std::string line = wire.readThrough("\r\n");
            const std::size_t size = std::stoull(line, nullptr, 16);
            if (size == 0)
                break;
            body += wire.readExactly(size + 2).substr(0, size);
        }
        self.tell(body);
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5;ext=1\r\nhello\r\n");
    client.send("6\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 200);
    QCOMPARE(backend.told(), std::string("chunked"));
    QCOMPARE(backend.told(), std::string("hello world"));
    QCOMPARE(backend.told(), std::string("x-sum: 11\r\n\r\n"));
}

void TstProxyWire::answersExpectationWhenBodyIsWanted()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        self.tell(wire.readExactly(4));
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 100);
    client.send("body");
    QCOMPARE(client.readAnswer().status, 200);
    QVERIFY(!contains(backend.told(), "expect"));
    QCOMPARE(backend.told(), std::string("body"));
}

void TstProxyWire::swallowsSecondContinue()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 100 Continue\r\n\r\n");
        wire.readExactly(4);
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 100);
    client.send("body");
    QCOMPARE(client.readAnswer().status, 200);
}

void TstProxyWire::forwardsInterimAnswers()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b>\r\n\r\n");
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer first = client.ask(plainGet);
    QCOMPARE(first.status, 103);
    QCOMPARE(first.field("link"), std::string("</a>"));
    QCOMPARE(client.readAnswer().field("link"), std::string("</b>"));
    QCOMPARE(client.readAnswer().status, 200);
}

void TstProxyWire::keepsInterimFromOldClients()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 103 Early Hints\r\n\r\n");
        wire.send(emptyOk);
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask("GET / HTTP/1.0\r\nHost: a\r\n\r\n").status, 200);
}

void TstProxyWire::endsAFloodOfInterimAnswers_data()
{
    QTest::addColumn<QByteArray>("interim");
    QTest::newRow("100, which goes no further") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    QTest::newRow("103, which goes on") << QByteArray("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
}

void TstProxyWire::endsAFloodOfInterimAnswers()
{
    QFETCH(QByteArray, interim);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        std::string flood;
        for (int i = 0; i < 17; ++i)
            flood += interim.toStdString();
        wire.send(flood);
        wire.readToEnd(); // the gateway ends the connection
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    Answer answer = client.ask(plainGet);
    for (int i = 0; i < 16 && answer.status == 103; ++i)
        answer = client.readAnswer();
    QCOMPARE(answer.status, 502);
    QVERIFY2(contains(answer.body, "[UPE]"), answer.body.c_str());
}

/// A client that names a field in Connection removes its own, not what a route sets; and a backend likewise.
void TstProxyWire::keepsWhatFiltersSetFromConnection()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        wire.send("HTTP/1.1 200 OK\r\nConnection: X-Back\r\nX-Back: own\r\nContent-Length: 0\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1),
                 Running::backendAt(backend.port(),
                                    "    filters:\n"
                                    "    - type: RequestHeaderModifier\n"
                                    "      requestHeaderModifier: {set: [{name: X-Who, value: route}]}\n"
                                    "    - type: ResponseHeaderModifier\n"
                                    "      responseHeaderModifier: {set: [{name: X-Back, value: route}]}\n"));
    Wire client = gate.connect();
    const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: X-Who, X-Mine\r\nX-Who: client\r\n"
                                     "X-Mine: 1\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QVERIFY2(contains(lower(answer.head), "\r\nx-back: route\r\n"), answer.head.c_str());
    const std::string head = backend.told();
    QVERIFY2(contains(head, "\r\nx-who: route\r\n"), head.c_str());
    QVERIFY2(!contains(head, "x-mine"), head.c_str());
    QVERIFY2(!contains(head, "client"), head.c_str());
}

/// RFC 9110 6.6.1: a date that the backend gave stays; an answer without one gets one.
void TstProxyWire::datesAnswers()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(emptyOk);
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nDATE: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const std::string dated = client.ask(plainGet).field("date");
    QVERIFY2(dated.ends_with(" GMT") && dated.size() == 29, dated.c_str());
    const Answer own = client.ask(plainGet);
    QCOMPARE(own.fields.count("date"), std::size_t(1));
    QCOMPARE(own.field("date"), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
}

void TstProxyWire::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("CONNECT") << QByteArray("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n") << 501;
    QTest::newRow("a head that is none") << QByteArray("HELLO\r\n\r\n") << 400;
    QTest::newRow("no Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("both lengths")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc")
        << 400;
    QTest::newRow("HTTP/2.0 in the request line") << QByteArray("GET / HTTP/2.0\r\nHost: a\r\n\r\n") << 505;
    QTest::newRow("a long request line") << QByteArray("GET /" + QByteArray(70'000, 'a') +
                                                       " HTTP/1.1\r\nHost: a\r\n\r\n")
                                         << 414;
    QTest::newRow("a long head") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(70'000, 'a') +
                                               "\r\n\r\n")
                                 << 431;
    QByteArray many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 300; ++i)
        many += "X: 1\r\n";
    QTest::newRow("many fields") << QByteArray(many + "\r\n") << 431;
    QTest::newRow("an unknown expectation")
        << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n") << 417;
    QTest::newRow("a broken chunk") << QByteArray(
                                           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
                                    << 400;
}

void TstProxyWire::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Running gate;
    Wire client = gate.connect();
    QVERIFY(client.send(request.toStdString()));
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.field("content-type").starts_with("text/plain"));
    QVERIFY(!answer.body.empty());
    QCOMPARE(int(gate.nextEvent().status), status);
    if (answer.field("connection") == "close")
        QVERIFY(client.readToEnd() == Wire::Got::End); // and no reset that could eat the answer
}

void TstProxyWire::keepsConnectionAfterUnwantedBody()
{
    Running gate(workers(1), {service()});
    Wire client = gate.connect();
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        QCOMPARE(answer.status, 404);
    }
}

void TstProxyWire::closesForOldClients()
{
    Running gate;
    Wire client = gate.connect();
    const Answer answer = client.ask("GET / HTTP/1.0\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QVERIFY(client.readToEnd() == Wire::Got::End);
    Wire keeping = gate.connect();
    QCOMPARE(keeping.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").field("connection"),
             std::string("keep-alive"));
    QCOMPARE(keeping.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
}

QTEST_APPLESS_MAIN(TstProxyWire)
#include "tst_proxy_wire.moc"
