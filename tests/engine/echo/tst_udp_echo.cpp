#include "engine/echo/udp_echo.h"

#include <QtTest/QTest>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <arpa/inet.h>

using namespace gatehouse::engine;
using gatehouse::routing::EchoIdentity;

namespace {

EchoIdentity identity()
{
    EchoIdentity echo;
    echo.namespace_ = "ns";
    echo.service = "svc";
    echo.pod = "pod-1";
    echo.ingress = "edge";
    return echo;
}

UdpAddress client()
{
    sockaddr_in of{};
    of.sin_family = AF_INET;
    of.sin_port = htons(4711);
    ::inet_pton(AF_INET, "127.0.0.1", &of.sin_addr);
    return {reinterpret_cast<const sockaddr*>(&of), sizeof of};
}

QJsonObject parsed(const std::string& reply)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(reply)).object();
}

} // namespace

class TstUdpEcho : public QObject {
    Q_OBJECT

private slots:
    void saysWhatCameAndWhoAnswers()
    {
        const auto log = std::make_shared<PodLog>();
        UdpEcho echo(identity(), log);
        std::string reply;
        QVERIFY(echo.answer("a \"b\"\n", client(), reply));
        const QJsonObject json = parsed(reply);
        QCOMPARE(json.keys(), (QStringList{"ingress", "namespace", "pod", "request", "service"}));
        QCOMPARE(json["request"].toString(), QString("a \"b\"\n"));
        QCOMPARE(json["namespace"].toString(), QString("ns"));
        QCOMPARE(json["ingress"].toString(), QString("edge"));
        QCOMPARE(json["service"].toString(), QString("svc"));
        QCOMPARE(json["pod"].toString(), QString("pod-1"));
        QCOMPARE(log->read({}), std::string("Received UDP a \"b\"\\x0a from 127.0.0.1:4711\n"));
    }

    void answersAnEmptyDatagram()
    {
        UdpEcho echo(identity(), nullptr);
        std::string reply;
        QVERIFY(echo.answer("", client(), reply));
        QCOMPARE(parsed(reply)["request"].toString(), QString());
        QVERIFY(!parsed(reply).isEmpty());
    }

    void saysAsMuchAsAnAnswerHolds_data()
    {
        QTest::addColumn<QByteArray>("datagram");
        QTest::newRow("plain") << QByteArray(65'507, 'x');
        QTest::newRow("escapes, six characters a byte") << QByteArray(65'507, '\x01');
        QTest::newRow("no UTF-8") << QByteArray(20'000, '\xff');
        QTest::newRow("escapes at the end alone") << QByteArray(60'000, 'x') + QByteArray(5'000, '\x01');
    }
    void saysAsMuchAsAnAnswerHolds()
    {
        QFETCH(QByteArray, datagram);
        UdpEcho echo(identity(), nullptr);
        std::string reply;
        QVERIFY(echo.answer(datagram.toStdString(), client(), reply));
        QVERIFY(reply.size() <= mostDatagramBytes);
        QVERIFY(reply.size() > mostDatagramBytes - 8);
        const QString request = parsed(reply)["request"].toString();
        QVERIFY(!request.isEmpty());
        QCOMPARE(request, QString::fromUtf8(datagram).left(request.size()));
    }

    void dnsIsSilentWhereSilenceIsDue()
    {
        const auto log = std::make_shared<PodLog>();
        DnsEcho echo(identity(), log);
        std::string reply;
        QVERIFY(!echo.answer("short", client(), reply));
        QVERIFY(reply.empty());
        const std::string query("\x12\x34\x01\x00\0\x01\0\0\0\0\0\0\x01x\0\0\x01\0\x01", 19);
        QVERIFY(echo.answer(query, client(), reply));
        QVERIFY(reply.starts_with("\x12\x34"));
        QCOMPARE(log->read({}), std::string("Answering DNS query A \"x.\" of 127.0.0.1:4711\n"));
    }
};

QTEST_APPLESS_MAIN(TstUdpEcho)
#include "tst_udp_echo.moc"
