#include "engine/echo/dns_echo.h"

#include <QtTest/QTest>

using namespace gatehouse::engine;
using gatehouse::routing::EchoIdentity;

namespace {

EchoIdentity identity()
{
    EchoIdentity echo;
    echo.namespace_ = "ns";
    echo.service = "dns";
    echo.pod = "pod-1";
    return echo;
}

/// A query as dig sends it but for EDNS: id 0x1234, recursion desired.
std::string query(const std::string& name, unsigned type, unsigned class_ = 1, const std::string& flags = "\x01\x00")
{
    std::string out =
        "\x12\x34" + (flags.size() == 2 ? flags : std::string("\x01\x00", 2)) + std::string("\0\x01\0\0\0\0\0\0", 8);
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t dot = name.find('.', at);
        out.push_back(static_cast<char>(dot - at));
        out += name.substr(at, dot - at);
        at = dot + 1;
    }
    out.push_back('\0');
    for (const unsigned number : {type, class_}) {
        out.push_back(static_cast<char>(number >> 8));
        out.push_back(static_cast<char>(number & 255));
    }
    return out;
}

unsigned byteAt(const std::string& message, std::size_t at)
{
    return static_cast<unsigned char>(message.at(at));
}
unsigned rcode(const std::string& message)
{
    return byteAt(message, 3) & 15;
}
unsigned answers(const std::string& message)
{
    return byteAt(message, 6) << 8 | byteAt(message, 7);
}

const std::string owner{"\xc0\x0c", 2};
const std::string inClass{"\0\x01", 2};
const std::string noTtl{"\0\0\0\0", 4};

} // namespace

class TstDnsEcho : public QObject {
    Q_OBJECT

private slots:
    void answersAddresses()
    {
        const std::string asked = query("foo.bar.com.", 1);
        const auto answer = answerDns(identity(), asked, mostDnsOverUdp);
        QVERIFY(answer);
        QCOMPARE(answer->name, std::string("foo.bar.com."));
        QCOMPARE(answer->type, std::uint16_t(1));
        // Same id and question; QR, AA and RD; one record.
        const std::string wanted = std::string("\x12\x34\x85\x00\0\x01\0\x01\0\0\0\0", 12) + asked.substr(12) + owner +
                                   inClass + inClass + noTtl + std::string("\0\x04\x7f\0\0\x01", 6);
        QCOMPARE(QByteArray::fromStdString(answer->message).toHex(), QByteArray::fromStdString(wanted).toHex());

        const std::string asked6 = query("foo.bar.com.", 28);
        const auto answer6 = answerDns(identity(), asked6, mostDnsOverUdp);
        const std::string wanted6 = std::string("\x12\x34\x85\x00\0\x01\0\x01\0\0\0\0", 12) + asked6.substr(12) +
                                    owner + std::string("\0\x1c", 2) + inClass + noTtl + std::string("\0\x10", 2) +
                                    std::string(15, '\0') + "\x01";
        QCOMPARE(QByteArray::fromStdString(answer6->message).toHex(), QByteArray::fromStdString(wanted6).toHex());
    }

    void saysWhoAnswers()
    {
        const std::string message = answerDns(identity(), query("x.", 16), mostDnsOverUdp)->message;
        QCOMPARE(answers(message), 1u);
        QVERIFY(message.ends_with("\x09pod=pod-1\x0cnamespace=ns\x0bservice=dns"));
    }

    void answersByType_data()
    {
        QTest::addColumn<unsigned>("type");
        QTest::addColumn<unsigned>("class_");
        QTest::addColumn<unsigned>("records");
        QTest::newRow("ANY") << 255u << 1u << 3u;
        QTest::newRow("a type without records") << 15u << 1u << 0u;
        QTest::newRow("every class") << 1u << 255u << 1u;
        QTest::newRow("another class") << 1u << 3u << 0u;
    }
    void answersByType()
    {
        QFETCH(unsigned, type);
        QFETCH(unsigned, class_);
        QFETCH(unsigned, records);
        const auto answer = answerDns(identity(), query("x.y.", type, class_), mostDnsOverUdp);
        QCOMPARE(answers(answer->message), records);
        QCOMPARE(rcode(answer->message), 0u);
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("rcode"); // -1: silence
        const std::string good = query("x.", 1);
        const auto with = [&](std::size_t at, std::string bytes) {
            return QByteArray::fromStdString(std::string(good).replace(at, bytes.size(), bytes));
        };
        QTest::newRow("nothing") << QByteArray() << -1;
        QTest::newRow("half a header") << QByteArray::fromStdString(good.substr(0, 11)) << -1;
        QTest::newRow("an answer") << with(2, "\x81") << -1;
        QTest::newRow("no question") << with(4, std::string("\0\0", 2)) << 1;
        QTest::newRow("two questions") << with(4, std::string("\0\x02", 2)) << 1;
        QTest::newRow("a name without end") << QByteArray::fromStdString(good.substr(0, 14)) << 1;
        QTest::newRow("no type") << QByteArray::fromStdString(good.substr(0, good.size() - 4)) << 1;
        QTest::newRow("half a class") << QByteArray::fromStdString(good.substr(0, good.size() - 1)) << 1;
        QTest::newRow("a label longer than the message") << with(12, "\x3f") << 1;
        QTest::newRow("a compressed name") << with(12, "\xc0\x0c") << 1;
        QTest::newRow("a label of an unknown kind") << with(12, "\x40") << 1;
        QTest::newRow("an update") << with(2, "\x28") << 4;
        std::string longName;
        for (int i = 0; i < 5; ++i)
            longName += std::string(60, 'a') + '.';
        QTest::newRow("a name that is too long") << QByteArray::fromStdString(query(longName, 1)) << 1;
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(QByteArray, message);
        const auto answer = answerDns(identity(), message.toStdString(), mostDnsOverUdp);
        const int got = answer ? static_cast<int>(rcode(answer->message)) : -1;
        QTEST(got, "rcode");
        if (answer) {
            QCOMPARE(answer->message.size(), std::size_t(12));
            QCOMPARE(answer->message.substr(0, 2), std::string("\x12\x34"));
            QVERIFY(byteAt(answer->message, 2) & 0x80);
            QCOMPARE(answer->name, std::string());
        }
    }

    void takesEveryMessageWithoutHarm()
    {
        // Every prefix, and every byte replaced by some others: an answer is a whole message or none.
        const std::string good = query("a.example.com.", 255) + std::string("\0\0\x29\x10\0\0\0\0\0\0\0", 11);
        for (std::size_t length = 0; length <= good.size(); ++length)
            for (std::size_t at = 0; at < length; ++at)
                for (const char byte : {'\0', '\x01', '\x3f', '\x7f', '\xc0', '\xff'}) {
                    std::string message = good.substr(0, length);
                    message[at] = byte;
                    const auto answer = answerDns(identity(), message, mostDnsOverUdp);
                    QVERIFY(!answer || (answer->message.size() >= 12 && answer->message.size() <= mostDnsOverUdp));
                }
    }

    void theRootHasAName() { QCOMPARE(answerDns(identity(), query("", 1), mostDnsOverUdp)->name, std::string(".")); }

    void cutsWhatDoesNotFit()
    {
        EchoIdentity longNames = identity();
        longNames.pod.assign(300, 'p');
        longNames.namespace_.assign(63, 'n');
        std::string name;
        for (int i = 0; i < 4; ++i)
            name += std::string(60, 'a') + '.';
        const std::string cut = answerDns(longNames, query(name, 16), mostDnsOverUdp)->message;
        QVERIFY(byteAt(cut, 2) & 0x02);
        QCOMPARE(answers(cut), 0u);
        QVERIFY(cut.size() <= mostDnsOverUdp);
        QCOMPARE(answers(answerDns(longNames, query(name, 16), mostDnsOverTcp)->message), 1u);
    }

    void speaksOverStreams()
    {
        const EchoIdentity who = identity();
        const std::string asked = query("x.", 1);
        const auto framed = [](const std::string& message) {
            return std::string{static_cast<char>(message.size() >> 8), static_cast<char>(message.size())} + message;
        };
        const std::string both = framed(asked) + framed(query("y.", 28));
        const std::string wanted = framed(answerDns(who, asked, mostDnsOverTcp)->message) +
                                   framed(answerDns(who, query("y.", 28), mostDnsOverTcp)->message);
        for (std::size_t cut = 0; cut <= both.size(); ++cut) {
            DnsStream stream(who);
            std::string out;
            QVERIFY(stream.receive(both.substr(0, cut), out));
            QVERIFY(stream.receive(both.substr(cut), out));
            QVERIFY(out == wanted);
        }
        DnsStream stream(who);
        std::string out;
        QVERIFY(!stream.receive(framed("short"), out));
    }

    void logsOneLine()
    {
        DnsAnswer answer{{}, "a\nb.", 28};
        QCOMPARE(dnsLogLine(answer, "127.0.0.1:1"),
                 std::string("Answering DNS query AAAA \"a\\x0ab.\" of 127.0.0.1:1"));
        QCOMPARE(dnsLogLine({{}, "x.", 1234}, "c"), std::string("Answering DNS query TYPE1234 \"x.\" of c"));
        QCOMPARE(dnsLogLine({}, "c"), std::string("Refusing a DNS message of c"));
    }
};

QTEST_APPLESS_MAIN(TstDnsEcho)
#include "tst_dns_echo.moc"
