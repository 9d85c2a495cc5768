#include "streams.h"

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

/// TCP listeners over real sockets: semantics 11.2, 13 and 14.
class TstStreamRelay : public QObject {
    Q_OBJECT
private slots:
    void theServerMaySpeakFirst();
    void halvesCloseApart_data();
    void halvesCloseApart();
    void bytesArriveAsTheyWere_data();
    void bytesArriveAsTheyWere();
    void aSlowReaderSlowsTheWriter();
    void aResetIsPassedOn_data();
    void aResetIsPassedOn();
    void refusedConnectsTryTheNextEndpoint();
    void nobodyToConnectTo_data();
    void nobodyToConnectTo();
    void weightsHoldForConnections();
    void theOldestRouteHasTheTraffic();
    void aSessionIsOneEvent();
    void silenceEndsASession();
    void sessionsOutliveTheirListener();
    void drainWaitsForSessions();
    void severalWorkers();
};

namespace {

std::string oneRoute(std::uint16_t port, const std::vector<std::uint16_t>& backends)
{
    return gatewayOf({tcpListener(port)}) + serviceAt("app", backends) + streamRoute({});
}

/// Bytes that repeat nowhere near, so that a lost or doubled piece shows.
std::string pattern(std::size_t size, std::uint32_t seed)
{
    std::string text(size, '\0');
    for (char& c : text) {
        seed = seed * 1664525u + 1013904223u;
        c = static_cast<char>(seed >> 24);
    }
    return text;
}

} // namespace

void TstStreamRelay::theServerMaySpeakFirst()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.send("220 ready\r\n");
        self.tell(wire.readThrough("\n"));
    });
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {backend.port()}));
    QVERIFY(streams.report.listeners.at(0).bound);
    Wire client = Wire::connect(port);
    QCOMPARE(client.readThrough("\n"), std::string("220 ready\r\n")); // not a byte was sent
    client.send("HELO\n");
    QCOMPARE(backend.told(), std::string("HELO\n"));
}

void TstStreamRelay::halvesCloseApart_data()
{
    QTest::addColumn<bool>("clientFirst");
    QTest::newRow("the client ends, the server answers") << true;
    QTest::newRow("the server ends, the client goes on") << false;
}

void TstStreamRelay::halvesCloseApart()
{
    QFETCH(bool, clientFirst);
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port), server = listening.accept();
    Wire& first = clientFirst ? client : server;
    Wire& second = clientFirst ? server : client;
    first.send("all of it");
    first.endSending();
    QVERIFY(second.readToEnd() == Wire::Got::End);
    QCOMPARE(second.buffer(), std::string("all of it"));
    second.send("the answer");
    QCOMPARE(first.readExactly(10), std::string("the answer"));
    second.endSending();
    QVERIFY(first.readToEnd() == Wire::Got::End);
    const model::AccessEvent event = streams.nextEvent();
    QCOMPARE(event.flags, std::string("-"));
    QCOMPARE(event.bytesReceived, std::uint64_t(clientFirst ? 9 : 10));
    QCOMPARE(event.bytesSent, std::uint64_t(clientFirst ? 10 : 9));
}

void TstStreamRelay::bytesArriveAsTheyWere_data()
{
    QTest::addColumn<int>("toBackend");
    QTest::addColumn<int>("toClient");
    QTest::newRow("small") << 100 << 2000;
    QTest::newRow("exactly a buffer") << 65536 << 65536;
    QTest::newRow("large one way") << 48 * 1024 * 1024 << 10;
    QTest::newRow("large both ways") << 24 * 1024 * 1024 << 24 * 1024 * 1024 + 7;
}

void TstStreamRelay::bytesArriveAsTheyWere()
{
    QFETCH(int, toBackend);
    QFETCH(int, toClient);
    const std::string up = pattern(static_cast<std::size_t>(toBackend), 1);
    const std::string down = pattern(static_cast<std::size_t>(toClient), 2);
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port), server = listening.accept();
    // Both sides write and read at once, with pieces that are small and large by turns.
    const auto write = [](Wire& wire, const std::string& text) {
        std::size_t step = 1;
        for (std::size_t at = 0; at < text.size(); at += step) {
            step = step * 7 % 900'001 + 1;
            if (!wire.send(std::string_view(text).substr(at, step)))
                return;
        }
        wire.endSending();
    };
    std::thread clientWrites([&] { write(client, up); }), serverWrites([&] { write(server, down); });
    std::thread serverReads([&] { server.readToEnd(); });
    client.readToEnd();
    for (std::thread* each : {&clientWrites, &serverWrites, &serverReads})
        each->join();
    QVERIFY(server.buffer() == up);
    QVERIFY(client.buffer() == down);
    const model::AccessEvent event = streams.nextEvent();
    QCOMPARE(event.bytesReceived, std::uint64_t(up.size()));
    QCOMPARE(event.bytesSent, std::uint64_t(down.size()));
}

void TstStreamRelay::aSlowReaderSlowsTheWriter()
{
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port, 64 * 1024), server = listening.accept();
    const std::string piece = pattern(256 * 1024, 3);
    std::size_t sent = 0;
    while (server.waitWritable(500) && sent < 256u * 1024 * 1024)
        sent += server.sendSome(piece);
    // Socket buffers and one pipe, and then nothing more is taken.
    QVERIFY2(sent < 64u * 1024 * 1024, qPrintable(QString::number(sent)));
    // It goes on as soon as somebody reads.
    std::size_t got = 0;
    std::thread rest([&] { server.endSending(); });
    while (client.more() == Wire::Got::Bytes) {
        got += client.buffer().size();
        client.buffer().clear();
    }
    rest.join();
    QCOMPARE(got, sent);
}

void TstStreamRelay::aResetIsPassedOn_data()
{
    QTest::addColumn<bool>("byClient");
    QTest::addColumn<QString>("flags");
    QTest::newRow("the client's") << true << "DC";
    QTest::newRow("the backend's") << false << "UC";
}

void TstStreamRelay::aResetIsPassedOn()
{
    QFETCH(bool, byClient);
    QFETCH(QString, flags);
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port), server = listening.accept();
    client.send("x");
    QCOMPARE(server.readExactly(1), std::string("x"));
    (byClient ? client : server).reset();
    QVERIFY((byClient ? server : client).readToEnd() == Wire::Got::Reset);
    QCOMPARE(streams.nextEvent().flags, flags.toStdString());
}

void TstStreamRelay::refusedConnectsTryTheNextEndpoint()
{
    Listening alive;
    std::thread echo([&] {
        for (int i = 0; i < 4; ++i)
            alive.accept().send("alive\n");
    });
    const std::uint16_t port = freePort();
    const std::uint16_t dead = freePort(), dead2 = freePort();
    Streams streams(oneRoute(port, {dead, alive.port(), dead2}));
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(Wire::connect(port).readThrough("\n"), std::string("alive\n"));
        const model::AccessEvent event = streams.nextEvent();
        QCOMPARE(event.flags, std::string("-"));
        QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(alive.port()));
    }
    echo.join();
}

void TstStreamRelay::nobodyToConnectTo_data()
{
    QTest::addColumn<QString>("services");
    QTest::addColumn<QString>("backends"); // "": no route
    QTest::addColumn<QString>("flags");
    const auto row = [](const char* name, const std::string& services, const char* backends, const char* flags) {
        QTest::newRow(name) << QString::fromStdString(services) << backends << flags;
    };
    row("no route", "", "", "NR");
    row("no such Service", "", "{name: app, port: 80}", "NC");
    row("all weights are 0", serviceAt("app", {freePort()}), "{name: app, port: 80, weight: 0}", "NC");
    row("no endpoint", serviceAt("app", {}), "{name: app, port: 80}", "UH");
    row("every endpoint refuses", serviceAt("app", {freePort(), freePort()}), "{name: app, port: 80}", "UF");
}

void TstStreamRelay::nobodyToConnectTo()
{
    QFETCH(QString, services);
    QFETCH(QString, backends);
    QFETCH(QString, flags);
    const std::uint16_t port = freePort();
    std::string yaml = gatewayOf({tcpListener(port)}) + services.toStdString();
    if (!backends.isEmpty())
        yaml += streamRoute({.backends = backends.toStdString()});
    Streams streams(yaml);
    for (const bool speaks : {false, true}) {
        Wire client = Wire::connect(port);
        if (speaks)
            client.send("hello\n");
        const Wire::Got end = client.readToEnd();
        QVERIFY(end == Wire::Got::End || end == Wire::Got::Reset);
        QVERIFY(client.buffer().empty());
        const model::AccessEvent event = streams.nextEvent();
        QCOMPARE(event.flags, flags.toStdString());
        QCOMPARE(event.protocol, std::string("TCP"));
        QCOMPARE(event.bytesSent, std::uint64_t(0));
    }
}

void TstStreamRelay::weightsHoldForConnections()
{
    Backend seventy([](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept())
            wire.send("70\n");
    });
    Backend thirty([](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept())
            wire.send("30\n");
    });
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tcpListener(port)}) + serviceAt("a", {seventy.port()}) +
                    serviceAt("b", {thirty.port()}) +
                    streamRoute({.backends = "{name: a, port: 80, weight: 60}, {name: b, port: 80, weight: 30}, "
                                             "{name: gone, port: 80, weight: 10}, {name: a, port: 80, weight: 0}"}));
    std::map<std::string, int> counts;
    for (int i = 0; i < 100; ++i)
        ++counts[Wire::connect(port).readThrough("\n")];
    QCOMPARE(counts["70\n"], 60);
    QCOMPARE(counts["30\n"], 30);
    QCOMPARE(counts[""], 10); // the bad reference costs its share
}

void TstStreamRelay::theOldestRouteHasTheTraffic()
{
    Backend older([](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept())
            wire.send("older\n");
    });
    const std::uint16_t port = freePort();
    Streams streams(gatewayOf({tcpListener(port)}) + serviceAt("a", {older.port()}) +
                    streamRoute({.name = "one", .backends = "{name: a, port: 80}"}) +
                    streamRoute({.name = "two", .backends = "{name: gone, port: 80}"}));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(Wire::connect(port).readThrough("\n"), std::string("older\n"));
}

void TstStreamRelay::aSessionIsOneEvent()
{
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port), server = listening.accept();
    client.send("12345");
    QCOMPARE(server.readExactly(5), std::string("12345"));
    QCOMPARE(streams.engine.stats().activeSessions, std::uint64_t(1));
    server.send("123");
    QCOMPARE(client.readExactly(3), std::string("123"));
    client.close();
    server.close();
    const model::AccessEvent event = streams.nextEvent();
    QVERIFY(event.isSession());
    QCOMPARE(event.protocol, std::string("TCP"));
    QCOMPARE(int(event.status), 0);
    QCOMPARE(event.bytesReceived, std::uint64_t(5));
    QCOMPARE(event.bytesSent, std::uint64_t(3));
    QCOMPARE(event.gateway, std::string("default/gate"));
    QCOMPARE(event.listener, std::string("tcp"));
    QCOMPARE(event.route, std::string("TCPRoute/default/r"));
    QCOMPARE(event.rule, 0);
    QCOMPARE(event.backend, std::string("default/app:80"));
    QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(listening.port()));
    QCOMPARE(event.clientAddress, std::string("127.0.0.1"));
    QVERIFY(event.method.empty() && event.path.empty() && event.authority.empty());
    const engine::EngineStats stats = streams.engine.stats();
    QCOMPARE(stats.sessions, std::uint64_t(1));
    QCOMPARE(stats.activeSessions, std::uint64_t(0));
    QCOMPARE(stats.requests, std::uint64_t(0));
}

void TstStreamRelay::silenceEndsASession()
{
    engine::EngineOptions options = workers(1);
    options.limits.streamIdleTimeout = std::chrono::milliseconds(100);
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}), options);
    Wire client = Wire::connect(port), server = listening.accept();
    QVERIFY(client.readToEnd() == Wire::Got::End);
    QVERIFY(server.readToEnd() == Wire::Got::End);
    QCOMPARE(streams.nextEvent().flags, std::string("SI"));
}

void TstStreamRelay::sessionsOutliveTheirListener()
{
    Listening listening, other;
    const std::uint16_t port = freePort(), kept = freePort();
    const std::string listener = tcpListener(kept, "kept");
    const auto yaml = [&](const std::vector<std::string>& listeners, std::uint16_t backend) {
        return gatewayOf(listeners) + serviceAt("app", {backend}) + streamRoute({});
    };
    Streams streams(yaml({tcpListener(port), listener}, listening.port()));
    Wire client = Wire::connect(port), server = listening.accept();
    streams.apply(yaml({listener}, other.port()));
    QVERIFY(!Wire::connect(port).open());
    // The session goes on with the backend that it began with; new ones have the new backend.
    client.send("still");
    QCOMPARE(server.readExactly(5), std::string("still"));
    server.send("here");
    QCOMPARE(client.readExactly(4), std::string("here"));
    Wire fresh = Wire::connect(kept), freshServer = other.accept();
    QVERIFY(fresh.open() && freshServer.open());
}

void TstStreamRelay::drainWaitsForSessions()
{
    Listening listening;
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {listening.port()}));
    Wire client = Wire::connect(port), server = listening.accept();
    QVERIFY(!streams.engine.drain(std::chrono::milliseconds(100)));
    client.close();
    server.close();
    QVERIFY(streams.engine.drain(std::chrono::seconds(20)));
}

void TstStreamRelay::severalWorkers()
{
    Backend backend([](Backend& self) {
        for (Wire wire = self.accept(); wire.open(); wire = self.accept())
            wire.send(wire.readThrough("\n"));
    });
    const std::uint16_t port = freePort();
    Streams streams(oneRoute(port, {backend.port()}), workers(3));
    for (int i = 0; i < 50; ++i) {
        Wire client = Wire::connect(port);
        client.send(std::to_string(i) + '\n');
        QCOMPARE(client.readThrough("\n"), std::to_string(i) + '\n');
    }
}

QTEST_APPLESS_MAIN(TstStreamRelay)
#include "tst_stream_relay.moc"
