#include "engine/net/sni_peek.h"

#include <QtTest/QTest>

#include <string>

using namespace gatehouse::engine;

/// ClientHellos that are well formed, odd, broken and hostile, each cut at every byte.
class TstSniPeek : public QObject {
    Q_OBJECT
private slots:
    void hellos_data();
    void hellos();
    void aLongHelloIsRefused();
    void longNamesAndManyRecords();
};

namespace {

std::string u8(std::size_t n)
{
    return {static_cast<char>(n)};
}
std::string u16(std::size_t n)
{
    return u8(n >> 8 & 0xFF) + u8(n & 0xFF);
}
std::string u24(std::size_t n)
{
    return u8(n >> 16 & 0xFF) + u16(n);
}
std::string bytes(std::initializer_list<int> values)
{
    std::string text;
    for (const int value : values)
        text += static_cast<char>(value);
    return text;
}

std::string extension(std::size_t type, const std::string& value)
{
    return u16(type) + u16(value.size()) + value;
}
std::string nameEntry(const std::string& name, int type = 0)
{
    return u8(static_cast<std::size_t>(type)) + u16(name.size()) + name;
}
std::string serverName(const std::string& entries)
{
    return extension(0, u16(entries.size()) + entries);
}
std::string sni(const std::string& name)
{
    return serverName(nameEntry(name));
}

/// A ClientHello message with these extensions; nullptr: without the field, as before TLS 1.2.
std::string message(const std::string* extensions, const std::string& sessionId = std::string(32, 's'),
                    const std::string& suites = bytes({0x0a, 0x0a, 0x13, 0x01}))
{
    std::string body = bytes({3, 3}) + std::string(32, 'r') + u8(sessionId.size()) + sessionId + u16(suites.size()) +
                       suites + u8(1) + u8(0);
    if (extensions)
        body += u16(extensions->size()) + *extensions;
    return u8(1) + u24(body.size()) + body;
}
std::string record(const std::string& payload, int type = 22, int major = 3)
{
    return bytes({type, major, 1}) + u16(payload.size()) + payload;
}
std::string hello(const std::string& extensions)
{
    return record(message(&extensions));
}
/// The same message in records of `size` bytes.
std::string inRecords(const std::string& text, std::size_t size)
{
    std::string all;
    for (std::size_t at = 0; at < text.size(); at += size)
        all += record(text.substr(at, size));
    return all;
}

const std::string grease = extension(0x0a0a, "");
const std::string greaseValue = extension(0xfafa, u8(0));
const std::string alpn = extension(16, u16(3) + u8(2) + "h2");
const std::string ech = extension(0xfe0d, bytes({0, 0, 1, 0, 1, 7}) + std::string(200, 'e'));

} // namespace

void TstSniPeek::hellos_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("state");
    QTest::addColumn<QByteArray>("name");
    using State = HelloPeek::State;
    const auto row = [](const char* claim, const std::string& text, State state, const char* name = "") {
        QTest::newRow(claim) << QByteArray::fromStdString(text) << static_cast<int>(state) << QByteArray(name);
    };
    const std::string plain = grease + sni("a.test") + alpn + greaseValue;
    row("a name amid GREASE", hello(plain), State::Complete, "a.test");
    row("a name in capitals", hello(sni("A.Test")), State::Complete, "a.test");
    row("no extensions at all", record(message(nullptr)), State::Complete);
    row("an empty list of extensions", hello(""), State::Complete);
    row("no server name", hello(alpn + grease), State::Complete);
    row("ECH shows its outer name", hello(ech + sni("outer.test")), State::Complete, "outer.test");
    row("another type of name before it", hello(serverName(nameEntry("x", 9) + nameEntry("b.test"))), State::Complete,
        "b.test");
    row("a record a byte", inRecords(message(&plain), 1), State::Complete, "a.test");
    row("records of seven bytes", inRecords(message(&plain), 7), State::Complete, "a.test");
    row("data behind it", hello(plain) + record("x", 23), State::Complete, "a.test");
    row("two messages in a record", record(message(&plain) + "more"), State::Complete, "a.test");
    row("TLS 1.0 in the record", bytes({22, 3, 0}) + hello(plain).substr(3), State::Complete, "a.test");

    row("HTTP", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", State::NotTls);
    row("SSL 2", bytes({0x80, 0x2e, 1, 3, 1}) + std::string(41, 'x'), State::NotTls);
    row("no version 3", record(message(&plain), 22, 2), State::NotTls);
    row("an alert first", record(bytes({2, 40}), 21), State::NotTls);
    row("a ServerHello", record(u8(2) + message(&plain).substr(1)), State::Malformed);
    row("an alert amid the hello", inRecords(message(&plain).substr(0, 20), 20) + record(bytes({2, 40}), 21),
        State::Malformed);
    row("an empty record", record(""), State::Malformed);
    row("a record that is too long", bytes({22, 3, 1, 0x40, 1}) + std::string(100, 'x'), State::Malformed);
    row("two server names in the list", hello(serverName(nameEntry("a.test") + nameEntry("b.test"))), State::Malformed);
    row("the extension twice", hello(sni("a.test") + sni("b.test")), State::Malformed);
    row("an empty name", hello(sni("")), State::Malformed);
    row("a name list that is cut", hello(extension(0, u16(9) + u8(0) + u16(6) + "abc")), State::Malformed);
    row("bytes behind the name list", hello(extension(0, u16(4) + nameEntry("a") + "z")), State::Malformed);
    row("an extension that is cut", hello(u16(16) + u16(50) + "x"), State::Malformed);
    row("a session id that is too long", record(message(&plain, std::string(33, 's'))), State::Malformed);
    row("an odd list of ciphers", record(message(&plain, "", bytes({1, 2, 3}))), State::Malformed);
    row("no ciphers", record(message(&plain, "", "")), State::Malformed);
    row("a message that ends early", record(u8(1) + u24(10) + std::string(10, 'x')), State::Malformed);
    row("a length beyond the limit", record(u8(1) + u24(0xFFFFFF) + std::string(10, 'x')), State::Malformed);
}

void TstSniPeek::hellos()
{
    QFETCH(QByteArray, text);
    QFETCH(int, state);
    QFETCH(QByteArray, name);
    const std::string whole = text.toStdString();
    const HelloPeek peek = peekHello(whole);
    QCOMPARE(static_cast<int>(peek.state), state);
    QCOMPARE(peek.serverName, name.toStdString());
    // Every shorter piece is either not enough or says the same: no cut may make another name of it.
    bool decided = false;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const HelloPeek part = peekHello(std::string_view(whole).substr(0, length));
        if (part.state == HelloPeek::State::Incomplete) {
            QVERIFY2(!decided, qPrintable(QString("undecided again at byte %1").arg(length)));
            continue;
        }
        decided = true;
        QCOMPARE(static_cast<int>(part.state), state);
        QCOMPARE(part.serverName, name.toStdString());
    }
    QVERIFY(decided);
}

void TstSniPeek::aLongHelloIsRefused()
{
    const std::string padding = extension(21, std::string(15'000, '\0')) + sni("a.test");
    QCOMPARE(static_cast<int>(peekHello(hello(padding)).state), static_cast<int>(HelloPeek::State::Complete));
    // Tiny records may hold a hello that is short enough, in more bytes than are read.
    const std::string text = inRecords(message(&padding), 1).substr(0, helloLimit);
    QCOMPARE(static_cast<int>(peekHello(text).state), static_cast<int>(HelloPeek::State::Malformed));
    const std::string longer = extension(21, std::string(17'000, '\0'));
    QCOMPARE(static_cast<int>(peekHello(inRecords(message(&longer), 16'000)).state),
             static_cast<int>(HelloPeek::State::Malformed));
}

void TstSniPeek::longNamesAndManyRecords()
{
    const std::string name = std::string(63, 'a') + '.' + std::string(63, 'b') + ".test";
    const std::string extensions = sni(name);
    for (const std::size_t size : {1u, 5u, 64u, 4096u})
        QCOMPARE(peekHello(inRecords(message(&extensions), size)).serverName, name);
}

QTEST_APPLESS_MAIN(TstSniPeek)
#include "tst_sni_peek.moc"
