#include <QtTest/QTest>

#include "engine/echo/web_socket.h"
#include "engine/http/utf8.h"
#include "engine/http/web_socket_handshake.h"

using namespace gatehouse::engine;

namespace {

constexpr int text = 1, binary = 2, closing = 8, ping = 9, pong = 10;

struct Frame {
    int opcode = text;
    std::string payload;
    bool final = true;
    bool masked = true;
    int reserved = 0;
};

std::string lengthOf(std::uint64_t length, int mask)
{
    std::string out;
    const int bytes = length < 126 ? 0 : length <= 0xFFFF ? 2 : 8;
    out.push_back(static_cast<char>(mask | static_cast<int>(bytes == 0 ? length : bytes == 2 ? 126 : 127)));
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(length >> shift & 0xFF));
    return out;
}

/// As a client sends it.
std::string sent(const Frame& frame)
{
    constexpr char mask[] = {0x12, static_cast<char>(0xA5), 0x00, static_cast<char>(0xFF)};
    std::string out(1, static_cast<char>((frame.final ? 0x80 : 0) | frame.reserved << 4 | frame.opcode));
    out += lengthOf(frame.payload.size(), frame.masked ? 0x80 : 0);
    if (frame.masked)
        out.append(mask, sizeof mask);
    for (std::size_t i = 0; i < frame.payload.size(); ++i)
        out.push_back(static_cast<char>(frame.payload[i] ^ (frame.masked ? mask[i % 4] : 0)));
    return out;
}

/// As the server sends it.
std::string got(int opcode, const std::string& payload)
{
    return std::string(1, static_cast<char>(0x80 | opcode)) + lengthOf(payload.size(), 0) + payload;
}

std::string code(unsigned number)
{
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

/// The echo's WebSocket (RFC 6455), frame by frame.
class TstWebSocket : public QObject {
    Q_OBJECT
private slots:
    void echoes_data();
    void echoes();
    void limitsMessages();
    void accepts_data();
    void accepts();
    void knowsUtf8_data();
    void knowsUtf8();
};

void TstWebSocket::echoes_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<bool>("open");
    const auto row = [](const char* name, const std::string& in, const std::string& out, bool open = true) {
        QTest::newRow(name) << bytes(in) << bytes(out) << open;
    };
    const auto refused = [&](const char* name, const std::string& in, unsigned with, const std::string& before = "") {
        row(name, in + sent({text, "never read"}), before + got(closing, code(with)), false);
    };
    row("text", sent({text, "hello"}), got(text, "hello"));
    row("binary", sent({binary, std::string("\0\xFF\x80", 3)}), got(binary, std::string("\0\xFF\x80", 3)));
    row("an empty message", sent({text, ""}), got(text, ""));
    for (const std::size_t size : {125u, 126u, 127u, 65535u, 65536u}) {
        const std::string name = std::to_string(size) + " bytes";
        row(name.c_str(), sent({binary, std::string(size, 'x')}), got(binary, std::string(size, 'x')));
    }
    row("two messages", sent({text, "a"}) + sent({text, "b"}), got(text, "a") + got(text, "b"));
    row("fragments become one message",
        sent({text, "a", false}) + sent({0, "", false}) + sent({0, "b", false}) + sent({0, "c", true}),
        got(text, "abc"));
    row("control frames may come inside a message",
        sent({text, "a", false}) + sent({ping, "p"}) + sent({pong, "?"}) + sent({0, "b"}),
        got(pong, "p") + got(text, "ab"));
    row("a ping is answered with its payload", sent({ping, std::string(125, 'p')}), got(pong, std::string(125, 'p')));
    row("an empty ping", sent({ping, ""}), got(pong, ""));
    row("a pong that nobody asked for", sent({pong, "x"}), "");
    row("text whose characters are cut by fragments", sent({text, "\xE2\x82", false}) + sent({0, "\xAC"}),
        got(text, "\xE2\x82\xAC"));

    refused("a Close with a code is answered with it", sent({closing, code(1000) + "bye"}), 1000);
    refused("a Close with a code of an application", sent({closing, code(4999)}), 4999);
    row("a Close without a code", sent({closing, ""}) + sent({text, "never read"}), got(closing, ""), false);
    refused("a Close with half a code", sent({closing, "x"}), 1002);
    refused("a Close with a code that may not be sent", sent({closing, code(1005)}), 1002);
    refused("a Close with a code below all", sent({closing, code(999)}), 1002);
    refused("a Close with a code that nobody registered", sent({closing, code(2999)}), 1002);
    refused("a Close whose reason is no UTF-8", sent({closing, code(1000) + "\xFF"}), 1007);
    refused("a frame without a mask", sent({text, "x", true, false}), 1002);
    refused("a reserved bit", sent({text, "x", true, true, 4}), 1002);
    refused("a reserved opcode", sent({3, "x"}), 1002);
    refused("a reserved control opcode", sent({11, ""}), 1002);
    refused("a continuation of nothing", sent({0, "x"}), 1002);
    refused("a continuation after the end", sent({text, "a"}) + sent({0, "x"}), 1002, got(text, "a"));
    refused("a message inside a message", sent({text, "a", false}) + sent({text, "b"}), 1002);
    refused("a ping in fragments", sent({ping, "x", false}), 1002);
    refused("a long ping", sent({ping, std::string(126, 'x')}), 1002);
    refused("a long Close", sent({closing, code(1000) + std::string(124, 'x')}), 1002);
    refused("text that is no UTF-8", sent({text, "\xC0\xAF"}), 1007);
    refused("text that ends inside a character", sent({text, "\xE2\x82"}), 1007);
    refused("a length with its highest bit set", std::string("\x82\xFF\x80\0\0\0\0\0\0\0\0\0\0\0", 14), 1002);
    refused("a length beyond the limit", std::string("\x82\xFF\0\0\0\0\0\x10\0\x01\0\0\0\0", 14), 1009);
}

void TstWebSocket::echoes()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, out);
    QFETCH(bool, open);
    for (const std::size_t step : {std::size_t(1), std::size_t(3), std::size_t(in.size())}) {
        if (step < std::size_t(in.size()) && in.size() > 10'000 && step == 1)
            continue;
        WebSocketEcho echo;
        std::string answered;
        bool isOpen = true;
        for (std::size_t at = 0; at < std::size_t(in.size()) && isOpen; at += step)
            isOpen = echo.take(std::string_view(in.constData(), std::size_t(in.size())).substr(at, step), answered);
        QCOMPARE(bytes(answered), out);
        QCOMPARE(isOpen, open);
        // Over is over.
        if (!open)
            QVERIFY(!echo.take(sent({text, "more"}), answered) && bytes(answered) == out);
    }
}

void TstWebSocket::limitsMessages()
{
    // The limit is that of the message, however it comes; control frames are not counted.
    WebSocketEcho echo;
    std::string out;
    const std::string part(WebSocketEcho::messageBytes / 4, 'x');
    QVERIFY(echo.take(sent({binary, part, false}), out));
    for (int i = 0; i < 2; ++i)
        QVERIFY(echo.take(sent({0, part, false}), out));
    QVERIFY(echo.take(sent({0, part, false}), out));
    QVERIFY(echo.take(sent({ping, std::string(125, 'p')}), out));
    QVERIFY(out == got(pong, std::string(125, 'p')));
    WebSocketEcho same = echo;
    std::string rest;
    QVERIFY(same.take(sent({0, ""}), rest));
    QVERIFY(rest == got(binary, std::string(WebSocketEcho::messageBytes, 'x')));
    rest.clear();
    QVERIFY(!echo.take(sent({0, std::string(126, 'x'), false}), rest));
    QVERIFY(rest == got(closing, code(1009)));
}

void TstWebSocket::accepts_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("accept");
    QTest::newRow("RFC 6455's own") << QByteArray("dGhlIHNhbXBsZSBub25jZQ==")
                                    << QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    QTest::newRow("too short") << QByteArray("dGhlIHNhbXBsZQ==") << QByteArray();
    QTest::newRow("no base64") << QByteArray("dGhlIHNhbXBsZSBub25j!!==") << QByteArray();
    QTest::newRow("18 bytes") << QByteArray("dGhlIHNhbXBsZSBub25jZWFi") << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void TstWebSocket::accepts()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, accept);
    const auto made = webSocketAccept(key.toStdString());
    QCOMPARE(made.has_value(), !accept.isEmpty());
    if (made)
        QCOMPARE(bytes(*made), accept);
}

void TstWebSocket::knowsUtf8_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* name, const char* text, bool good) {
        QTest::newRow(name) << QByteArray(text) << good;
    };
    row("empty", "", true);
    row("ASCII", "abc~", true);
    row("two bytes, least", "\xC2\x80", true);
    row("two bytes, overlong", "\xC1\xBF", false);
    row("three bytes, least", "\xE0\xA0\x80", true);
    row("three bytes, overlong", "\xE0\x9F\xBF", false);
    row("before the surrogates", "\xED\x9F\xBF", true);
    row("a surrogate", "\xED\xA0\x80", false);
    row("behind the surrogates", "\xEE\x80\x80", true);
    row("four bytes, least", "\xF0\x90\x80\x80", true);
    row("four bytes, overlong", "\xF0\x8F\xBF\xBF", false);
    row("the last", "\xF4\x8F\xBF\xBF", true);
    row("behind the last", "\xF4\x90\x80\x80", false);
    row("five bytes", "\xF8\x88\x80\x80\x80", false);
    row("a lone continuation", "a\x80", false);
    row("cut", "a\xE2\x82", false);
    row("a letter instead of a continuation", "\xE2\x82g", false);
}

void TstWebSocket::knowsUtf8()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(isUtf8(text.toStdString()), good);
}

QTEST_APPLESS_MAIN(TstWebSocket)
#include "tst_web_socket.moc"
