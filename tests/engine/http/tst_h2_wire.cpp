#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::string_literals;

/// Frames of a client of HTTP/2, octet by octet (RFC 9113), and what a backend of HTTP/1.1 gets of them. The whole
/// table is in tests/e2e/smuggling/h2_requests.py.
namespace {

const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
enum Kind : std::uint8_t { Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Goaway = 7 };
constexpr std::uint8_t endStream = 1, endHeaders = 4;
constexpr std::uint32_t protocolError = 1, enhanceYourCalm = 11;

std::string number32(std::uint32_t value)
{
    return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

std::string frame(Kind kind, std::uint8_t flags, std::uint32_t stream, const std::string& payload = {})
{
    return number32(static_cast<std::uint32_t>(payload.size())).substr(1) + char(kind) + char(flags) +
           number32(stream) + payload;
}

/// Literals without indexing (RFC 7541 6.2.2); short texts only.
std::string block(const std::vector<std::pair<std::string, std::string>>& fields)
{
    std::string out;
    for (const auto& [name, value] : fields)
        out += '\0' + (char(name.size()) + name) + char(value.size()) + value;
    return out;
}

std::string requestBlock(const std::string& method, const std::string& path = "/")
{
    return block({{":method", method}, {":scheme", "http"}, {":path", path}, {":authority", "a"}});
}

struct Frame {
    int kind = -1; // the connection ended
    std::uint32_t stream = 0;
    std::string payload;
};

Frame readFrame(Wire& wire)
{
    const std::string head = wire.readExactly(9);
    if (head.empty())
        return {};
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(head[i])}; };
    const std::size_t length = byte(0) << 16 | byte(1) << 8 | byte(2);
    return {static_cast<int>(byte(3)), byte(5) << 24 | byte(6) << 16 | byte(7) << 8 | byte(8),
            length == 0 ? "" : wire.readExactly(length)};
}

Frame readFrame(Wire& wire, Kind kind)
{
    Frame frame = readFrame(wire);
    while (frame.kind != -1 && frame.kind != kind)
        frame = readFrame(wire);
    return frame;
}

} // namespace

class TstH2Wire : public QObject {
    Q_OBJECT

private slots:
    void framesABodyThatCameWithItsHead();
    void refuses_data();
    void refuses();
    void endsAConnectionOfFaultyStreams();
    void silentStreamsLiveOn();
    void resetsAStreamThatIsNotRead();
};

/// By the time the head is looked at, all of the stream may be there; it is a body still, and the backend has to see
/// where it ends.
void TstH2Wire::framesABodyThatCameWithItsHead()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(lower(wire.readThrough("\r\n\r\n")));
        self.tell(wire.readThrough("0\r\n\r\n"));
        wire.send("HTTP/1.1 204 No Content\r\n\r\n");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(preface + frame(Settings, 0, 0) + frame(Headers, endHeaders, 1, requestBlock("POST")) +
                frame(Data, endStream, 1, "GET / HTTP/1.1\r\n\r\n"));
    const std::string head = backend.told();
    QVERIFY2(head.find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos, head.c_str());
    QCOMPARE(backend.told(), "12\r\nGET / HTTP/1.1\r\n\r\n\r\n0\r\n\r\n"s);
    QCOMPARE(readFrame(client, Headers).stream, 1u);
}

void TstH2Wire::refuses_data()
{
    QTest::addColumn<QByteArray>("fields");
    const auto add = [](const char* claim, const std::string& fields) {
        QTest::newRow(claim) << QByteArray(fields.data(), static_cast<int>(fields.size()));
    };
    const std::string get = requestBlock("GET");
    add("9113 8.3: a pseudo-field that is a colon", get + block({{":", "1"}}));
    add("9113 8.2.1: a line end in a value", get + block({{"x", "1\r\ny: 2"}}));
    add("9113 8.2.1: a name in capitals", get + block({{"X", "1"}}));
    add("9113 8.2.2: Transfer-Encoding", get + block({{"transfer-encoding", "chunked"}}));
    add("9113 8.3.1: Host beside another :authority", get + block({{"host", "b"}}));
    add("3986 7.3: NUL in the path", requestBlock("GET", "/%00"));
    add("9113 8.3.1: a line end in the path", requestBlock("GET", "/ HTTP/1.1\r\nx: y"));
}

/// 400 or a reset stream, as RFC 9113 8.1.1 allows; the backend is not asked.
void TstH2Wire::refuses()
{
    QFETCH(QByteArray, fields);
    Running gate(workers(1), Running::backendAt(freePort()));
    Wire client = gate.connect();
    client.send(preface + frame(Settings, 0, 0) + frame(Headers, endHeaders | endStream, 1, fields.toStdString()));
    Frame frame = readFrame(client);
    while (frame.kind != -1 && frame.stream != 1)
        frame = readFrame(client);
    constexpr char status400 = '\x8c'; // of the static table, RFC 7541 appendix A
    if (frame.kind == Headers)
        QCOMPARE(frame.payload.substr(0, 1), std::string(1, status400));
    else
        QCOMPARE(frame.payload, number32(protocolError));
    QVERIFY(frame.kind == Headers || frame.kind == ResetStream);
}

/// Each of them is a stream error, and no work for a backend; a client that makes a thousand is told to go.
void TstH2Wire::endsAConnectionOfFaultyStreams()
{
    Running gate(workers(1), Running::backendAt(freePort()));
    Wire client = gate.connect();
    std::string faulty = preface + frame(Settings, 0, 0);
    for (std::uint32_t stream = 1; stream < 2 * 1100; stream += 2)
        faulty += frame(Headers, endHeaders | endStream, stream, requestBlock("GET") + block({{"X", "1"}}));
    client.send(faulty);
    const Frame goaway = readFrame(client, Goaway);
    QCOMPARE(goaway.kind, static_cast<int>(Goaway));
    QCOMPARE(goaway.payload.substr(4, 4), number32(enhanceYourCalm));
    QCOMPARE(readFrame(client, Goaway).kind, -1);
}

/// Server-sent events: silent for ten times as long as a body may stall, until the rule's own timeout.
void TstH2Wire::silentStreamsLiveOn()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        wire.readToEnd();
    });
    engine::EngineOptions options = workers(1);
    options.limits.bodyTimeout = std::chrono::milliseconds(30);
    Running gate(options, Running::backendAt(backend.port(), "    timeouts: {request: 300ms}"));
    Wire client = gate.connect();
    client.send(preface + frame(Settings, 0, 0) + frame(Headers, endHeaders | endStream, 1, requestBlock("GET")));
    QCOMPARE(readFrame(client, Data).payload, "data: 1\n\n"s);
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, "UT"s);
    QVERIFY2(event.durationMicros >= 300'000, std::to_string(event.durationMicros).c_str());
}

/// The client takes what its window has room for and opens it no more: whatever comes after, and after whatever
/// silence, waits for the client, not for the backend.
void TstH2Wire::resetsAStreamThatIsNotRead()
{
    constexpr std::size_t window = 65'535; // RFC 9113 6.9.2
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\n\r\n" + std::string(window, 'x'));
        self.ordered();
        wire.send("y");
        wire.readToEnd();
    });
    engine::EngineOptions options = workers(1);
    options.limits.bodyTimeout = std::chrono::milliseconds(100);
    Running gate(options, Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(preface + frame(Settings, 0, 0) + frame(Headers, endHeaders | endStream, 1, requestBlock("GET")));
    std::size_t taken = 0;
    while (taken < window) {
        const Frame data = readFrame(client, Data);
        QCOMPARE(data.kind, static_cast<int>(Data));
        taken += data.payload.size();
    }
    backend.order("more");
    QCOMPARE(readFrame(client, ResetStream).stream, 1u);
    QCOMPARE(gate.nextEvent().flags, "SI"s);
}

QTEST_APPLESS_MAIN(TstH2Wire)
#include "tst_h2_wire.moc"
