#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"

#include <fstream>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

constexpr std::size_t mebi = 1024 * 1024;

/// Resident memory of this process in bytes, where the system says.
std::size_t residentBytes()
{
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t sumOf(std::string_view bytes, std::uint64_t sum)
{
    for (const char byte : bytes)
        sum = sum * 31 + static_cast<unsigned char>(byte);
    return sum;
}

/// A block whose bytes differ, so that a lost or doubled part is noticed.
std::string block()
{
    std::string text(mebi, '\0');
    for (std::size_t i = 0; i < text.size(); ++i)
        text[i] = static_cast<char>((i * 2654435761u) >> 13);
    return text;
}

} // namespace

class TstProxyBodies : public QObject {
    Q_OBJECT

private slots:
    void carriesLargeBodiesInBoundedMemory_data();
    void carriesLargeBodiesInBoundedMemory();
    void slowReaderHoldsTheBackend();
    void slowBackendHoldsTheClient();
    void passesEarlyAnswerOn();
    void carriesBothBodiesAtOnce();
    void passesPiecesOnAsTheyCome();
};

void TstProxyBodies::carriesLargeBodiesInBoundedMemory_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("content-length, 100 MiB each way") << false;
    QTest::newRow("chunked, 100 MiB each way") << true;
}

void TstProxyBodies::carriesLargeBodiesInBoundedMemory()
{
    QFETCH(bool, chunked);
    constexpr std::size_t blocks = 100;
    const std::string bytes = block();
    const std::string sized = "100000\r\n" + bytes + "\r\n"; // 1 MiB as a chunk
    const std::string framing =
        chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + std::to_string(blocks * mebi);
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < blocks; ++i)
        expected = sumOf(bytes, expected);

    // Sends the same amount back, and says what it got.
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        std::uint64_t sum = 0;
        if (chunked) {
            for (;;) {
                const std::size_t size = std::stoull(wire.readThrough("\r\n"), nullptr, 16);
                const std::string piece = wire.readExactly(size + 2);
                if (size == 0)
                    break;
                sum = sumOf(std::string_view(piece).substr(0, size), sum);
            }
        } else {
            for (std::size_t i = 0; i < blocks; ++i)
                sum = sumOf(wire.readExactly(mebi), sum);
        }
        self.tell(std::to_string(sum));
        wire.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
        for (std::size_t i = 0; i < blocks; ++i)
            wire.send(chunked ? sized : bytes);
        if (chunked)
            wire.send("0\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");
    const std::size_t before = residentBytes();
    for (std::size_t i = 0; i < blocks; ++i)
        QVERIFY(client.send(chunked ? sized : bytes));
    if (chunked)
        client.send("0\r\n\r\n");
    QCOMPARE(backend.told(), std::to_string(expected));
    QVERIFY(client.readThrough("\r\n\r\n").starts_with("HTTP/1.1 200"));
    std::uint64_t sum = 0;
    if (chunked) {
        for (;;) {
            const std::size_t size = std::stoull(client.readThrough("\r\n"), nullptr, 16);
            const std::string piece = client.readExactly(size + 2);
            if (size == 0)
                break;
            sum = sumOf(std::string_view(piece).substr(0, size), sum);
        }
    } else {
        for (std::size_t i = 0; i < blocks; ++i)
            sum = sumOf(client.readExactly(mebi), sum);
    }
    QCOMPARE(sum, expected);
    const std::size_t after = residentBytes();
    // AddressSanitizer keeps what was freed for a while: a quarter of a GiB unless told otherwise.
#if defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t quarantine = 256 * mebi;
#else
    constexpr std::size_t quarantine = 0;
#endif
    QVERIFY2(after < before + 24 * mebi + quarantine, std::to_string((after - before) / mebi).c_str());
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.bytesReceived, std::uint64_t(blocks * mebi));
    QCOMPARE(event.bytesSent, std::uint64_t(blocks * mebi));
}

void TstProxyBodies::slowReaderHoldsTheBackend()
{
    const std::string bytes = block();
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
        // Sends until nothing is taken for a while: what the kernel's and our buffers hold, and no more.
        std::size_t sent = 0;
        for (;;) {
            const std::size_t taken = wire.sendSome(bytes);
            sent += taken;
            if (taken > 0)
                continue;
            if (!wire.waitWritable(1000))
                break;
        }
        self.tell(std::to_string(sent));
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect(64 * 1024);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(!client.readThrough("\r\n\r\n").empty());
    const std::size_t sent = std::stoull(backend.told());
    QVERIFY2(sent < 32 * mebi, std::to_string(sent / mebi).c_str());
    // It goes on where it stopped.
    client.readExactly(4 * mebi);
    QVERIFY(client.buffer().size() < 1073741824);
}

void TstProxyBodies::slowBackendHoldsTheClient()
{
    const std::string bytes = block();
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.ordered(); // until the client has given up pushing
        wire.readExactly(std::stoull(self.ordered()) - wire.buffer().size());
        self.tell("read");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n");
    std::size_t sent = 0;
    for (;;) {
        const std::size_t taken = client.sendSome(bytes);
        sent += taken;
        if (taken == 0 && !client.waitWritable(1000))
            break;
    }
    QVERIFY2(sent < 32 * mebi, std::to_string(sent / mebi).c_str());
    backend.order("go");
    backend.order(std::to_string(mebi));
    QVERIFY(client.waitWritable(patienceMs));
}

void TstProxyBodies::passesEarlyAnswerOn()
{
    // The backend refuses the upload before it has read it, as a server does with 413.
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\nsome");
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 413);
    QCOMPARE(answer.body, std::string("no"));
    QCOMPARE(answer.field("connection"), std::string("close"));
    QVERIFY(client.readToEnd() == Wire::Got::End);
}

void TstProxyBodies::carriesBothBodiesAtOnce()
{
    // Each piece is answered before the next is sent: neither side may wait for the other to finish.
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 100; ++i) {
            const std::string piece = wire.readExactly(4);
            wire.send("4\r\n" + piece + "\r\n");
        }
        wire.send("0\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n");
    QVERIFY(!client.readThrough("\r\n\r\n").empty());
    for (int i = 1000; i < 1100; ++i) {
        client.send(std::to_string(i));
        QCOMPARE(client.readExactly(9), "4\r\n" + std::to_string(i) + "\r\n");
    }
    QCOMPARE(client.readExactly(5), std::string("0\r\n\r\n"));
}

void TstProxyBodies::passesPiecesOnAsTheyCome()
{
    // Server-sent events: each piece has to reach the client before the backend sends the next.
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        for (int i = 0; i < 3; ++i) {
            wire.send("data: " + std::to_string(i) + "\n\n");
            self.ordered();
        }
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!client.readThrough("data: " + std::to_string(i) + "\n\n").empty());
        backend.order("seen");
    }
    QVERIFY(!client.readThrough("0\r\n\r\n").empty());
}

QTEST_APPLESS_MAIN(TstProxyBodies)
#include "tst_proxy_bodies.moc"
