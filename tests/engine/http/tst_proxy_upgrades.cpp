#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* ask =
    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nX-Own: 1\r\n\r\n";
constexpr const char* switched =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-More: yes\r\n\r\n";
constexpr const char* emptyOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string pattern(std::size_t size)
{
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>(i * 31 % 251 + i / 65'536);
    return text;
}

} // namespace

/// Protocols that are switched to (RFC 9110 section 7.8), seen from both sides.
class TstProxyUpgrades : public QObject {
    Q_OBJECT

private slots:
    void tunnels();
    void endsWithTheBackend();
    void aClientThatHeardTheEndMayJustGo();
    void declinedOnesAreOrdinaryAnswers();
    void letsOnlySomeThrough_data();
    void letsOnlySomeThrough();
    void refusesAnotherProtocol();
    void carriesMuchBothWays();
    void slowReadersSlowWriters();
    void resetsGoThrough_data();
    void resetsGoThrough();
    void idleTunnelsEnd();
    void rulesTimeoutsEndWithTheSwitch();
    void outlivesAReload();
};

void TstProxyUpgrades::tunnels()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        wire.send(std::string(switched) + "early");
        self.tell(wire.readExactly(4));
        self.tell(wire.readToEnd() == Wire::Got::End ? "ended" : "broken"); // the client's half
        wire.send("late");
        wire.endSending();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer answer = client.ask(ask);
    QCOMPARE(answer.status, 101);
    QCOMPARE(lower(answer.field("connection")), std::string("upgrade"));
    QCOMPARE(answer.field("upgrade"), std::string("websocket"));
    QCOMPARE(answer.field("x-more"), std::string("yes"));
    const std::string head = backend.told();
    QVERIFY2(contains(head, "\r\nconnection: upgrade\r\n") && contains(head, "\r\nupgrade: websocket\r\n") &&
                 contains(head, "\r\nx-own: 1\r\n") && contains(head, "\r\nx-forwarded-for: 127.0.0.1\r\n"),
             head.c_str());
    QCOMPARE(client.readExactly(5), std::string("early"));
    client.send("data");
    QCOMPARE(backend.told(), std::string("data"));
    client.endSending();
    QCOMPARE(backend.told(), std::string("ended"));
    QCOMPARE(client.readExactly(4), std::string("late"));
    QVERIFY(client.readToEnd() == Wire::Got::End);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(int(event.status), 101);
    QCOMPARE(event.flags, std::string("-"));
    QCOMPARE(event.bytesReceived, std::uint64_t(4));
    QCOMPARE(event.bytesSent, std::uint64_t(9));
    QCOMPARE(gate.engine.stats().status1xx, std::uint64_t(1));
}

void TstProxyUpgrades::endsWithTheBackend()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(std::string(switched) + "bye");
        wire.endSending();
        self.tell(wire.readExactly(4));
        self.tell(wire.readToEnd() == Wire::Got::End ? "ended" : "broken");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    QCOMPARE(client.readExactly(3), std::string("bye"));
    QVERIFY(client.more() == Wire::Got::End);
    client.send("last"); // its own direction is still there
    QCOMPARE(backend.told(), std::string("last"));
    client.close();
    QCOMPARE(backend.told(), std::string("ended"));
    QCOMPARE(int(gate.nextEvent().status), 101);
}

void TstProxyUpgrades::aClientThatHeardTheEndMayJustGo()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(std::string(switched) + "bye");
        wire.endSending();
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "closed");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    QCOMPARE(client.readExactly(3), std::string("bye"));
    QVERIFY(client.more() == Wire::Got::End);
    client.reset();
    QCOMPARE(backend.told(), std::string("closed"));
    QCOMPARE(gate.nextEvent().flags, std::string("-"));
}

void TstProxyUpgrades::declinedOnesAreOrdinaryAnswers()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        for (const char* answer : {"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno", emptyOk}) {
            wire.readThrough("\r\n\r\n");
            wire.send(answer);
        }
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer declined = client.ask(ask);
    QCOMPARE(declined.status, 426);
    QCOMPARE(declined.body, std::string("no"));
    // Both connections serve on.
    QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    client.close();
    gate.engine.stop();
}

void TstProxyUpgrades::letsOnlySomeThrough_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("through");
    const auto row = [](const char* name, const QByteArray& fields, bool through) {
        QTest::newRow(name) << "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" << through;
    };
    row("websocket", "Connection: upgrade\r\nUpgrade: websocket\r\n", true);
    row("another case", "Connection: UPGRADE\r\nUpgrade: WebSocket\r\n", true);
    row("a protocol with a version", "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n", true);
    row("another HTTP", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n", false);
    row("another HTTP, by its long name", "Connection: Upgrade\r\nUpgrade: HTTP/2.0\r\n", false);
    row("TLS", "Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n", false);
    row("a list", "Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n", false);
    row("two fields", "Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n", false);
    row("no name", "Connection: Upgrade\r\nUpgrade: /1\r\n", false);
    row("no version", "Connection: Upgrade\r\nUpgrade: x/\r\n", false);
    row("Connection does not say so", "Upgrade: websocket\r\n", false);
    row("a body", "Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n\r\nx", false);
    QTest::newRow("HTTP/1.0") << QByteArray(
                                     "GET / HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                              << false;
}

void TstProxyUpgrades::letsOnlySomeThrough()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, through);
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        const std::string head = lower(wire.readThrough("\r\n\r\n"));
        self.tell(head);
        const auto at = head.find("\r\nupgrade: ");
        const std::string protocol =
            at == std::string::npos ? "websocket" : head.substr(at + 11, head.find('\r', at + 2) - at - 11);
        wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    const Answer answer = client.ask(request.toStdString());
    const std::string head = backend.told();
    QCOMPARE(contains(head, "upgrade"), through);
    QVERIFY(!contains(head, "http2-settings"));
    QCOMPARE(answer.status, through ? 101 : 502);
    client.close();
    gate.engine.stop();
}

void TstProxyUpgrades::refusesAnotherProtocol()
{
    for (const char* field : {"Upgrade: h2c\r\n", ""}) {
        Backend backend([field](Backend& self) {
            Wire wire = self.accept();
            wire.readThrough("\r\n\r\n");
            wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + std::string(field) + "\r\n");
            wire.readToEnd();
        });
        Running gate(workers(1), Running::backendAt(backend.port()));
        Wire client = gate.connect();
        QCOMPARE(client.ask(ask).status, 502);
        QCOMPARE(gate.nextEvent().flags, std::string("UPE"));
        client.close();
        gate.engine.stop();
    }
}

void TstProxyUpgrades::carriesMuchBothWays()
{
    const std::string up = pattern(10'000'000), down = pattern(12'000'000);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        std::thread sender([&] {
            wire.send(down);
            wire.endSending();
        });
        std::string received;
        while (wire.more() == Wire::Got::Bytes) {
            received += wire.buffer();
            wire.buffer().clear();
        }
        sender.join();
        self.tell(received == up ? "same" : "different");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    std::thread sender([&] {
        client.send(up);
        client.endSending();
    });
    std::string received = client.buffer();
    client.buffer().clear();
    while (client.more() == Wire::Got::Bytes) {
        received += client.buffer();
        client.buffer().clear();
    }
    sender.join();
    QVERIFY(received == down);
    QCOMPARE(backend.told(), std::string("same"));
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.bytesReceived, std::uint64_t(up.size()));
    QCOMPARE(event.bytesSent, std::uint64_t(down.size()));
}

void TstProxyUpgrades::slowReadersSlowWriters()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        // The client reads nothing: what fits is what the kernels and one buffer hold, and then nothing for a while.
        std::size_t sent = 0;
        const std::string piece(64 * 1024, 'x');
        while (wire.waitWritable(300)) {
            sent += wire.sendSome(piece);
            if (sent > 200'000'000)
                break;
        }
        self.tell(sent > 200'000'000 ? "no end" : "held up");
        self.ordered();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect(32 * 1024);
    client.send(ask);
    QCOMPARE(backend.told(), std::string("held up"));
    client.close();
    backend.order("go");
    gate.engine.stop();
}

void TstProxyUpgrades::resetsGoThrough_data()
{
    QTest::addColumn<bool>("clientResets");
    QTest::newRow("the client's") << true;
    QTest::newRow("the backend's") << false;
}

void TstProxyUpgrades::resetsGoThrough()
{
    QFETCH(bool, clientResets);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        self.ordered();
        if (!clientResets)
            wire.reset();
        else
            self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "closed");
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    if (clientResets)
        client.reset();
    backend.order("go");
    if (clientResets)
        QCOMPARE(backend.told(), std::string("closed"));
    else
        QVERIFY(client.readToEnd() == Wire::Got::Reset);
    QCOMPARE(gate.nextEvent().flags, std::string(clientResets ? "DC" : "UC"));
}

void TstProxyUpgrades::idleTunnelsEnd()
{
    engine::EngineOptions options = workers(1);
    options.limits.tunnelIdleTimeout = 200ms;
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        for (int i = 0; i < 6; ++i) { // bytes keep it open beyond the limit
            if (wire.more(100) == Wire::Got::End)
                break;
            wire.send("tick");
        }
        self.tell(wire.readToEnd() == Wire::Got::Nothing ? "open" : "closed");
    });
    Running gate(options, Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    QCOMPARE(client.readExactly(24), std::string("ticktickticktickticktick"));
    QVERIFY(client.more() != Wire::Got::Bytes);
    QCOMPARE(backend.told(), std::string("closed"));
    QCOMPARE(gate.nextEvent().flags, std::string("SI"));
}

void TstProxyUpgrades::rulesTimeoutsEndWithTheSwitch()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        wire.more(400); // longer than the timeouts
        wire.send("still here");
        wire.readToEnd();
    });
    Running gate(workers(1),
                 Running::backendAt(backend.port(), "    timeouts: {request: 150ms, backendRequest: 100ms}\n"));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    QCOMPARE(client.readExactly(10), std::string("still here"));
    client.close();
    gate.engine.stop();
}

void TstProxyUpgrades::outlivesAReload()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send(switched);
        self.tell(wire.readExactly(5));
        wire.send("there");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(ask).status, 101);
    gate.apply({service() + route()}); // the backend is none any more
    client.send("still");
    QCOMPARE(backend.told(), std::string("still"));
    QCOMPARE(client.readExactly(5), std::string("there"));
    client.close();
    gate.engine.stop();
}

QTEST_APPLESS_MAIN(TstProxyUpgrades)
#include "tst_proxy_upgrades.moc"
