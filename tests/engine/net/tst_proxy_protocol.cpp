#include "engine/net/proxy_protocol.h"

#include <QtTest/QTest>

#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

using namespace gatehouse;

namespace {

sockaddr_storage at(const QByteArray& address, std::uint16_t port)
{
    sockaddr_storage storage{};
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET, address.constData(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&storage, &v4, sizeof v4);
    } else if (::inet_pton(AF_INET6, address.constData(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&storage, &v6, sizeof v6);
    }
    return storage;
}

} // namespace

/// Headers of both versions, octet by octet, as the protocol's specification has them.
class TstProxyProtocol : public QObject {
    Q_OBJECT
private slots:
    void headers_data();
    void headers();
};

void TstProxyProtocol::headers_data()
{
    const QByteArray signature = QByteArray::fromHex("0d0a0d0a000d0a515549540a");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("gateway");
    QTest::addColumn<QByteArray>("version1");
    QTest::addColumn<QByteArray>("version2");
    QTest::newRow("IPv4") << QByteArray("127.0.0.9") << QByteArray("127.0.0.1")
                          << QByteArray("PROXY TCP4 127.0.0.9 127.0.0.1 40000 443\r\n")
                          << signature + QByteArray::fromHex("2111000c7f0000097f0000019c4001bb");
    QTest::newRow("IPv6") << QByteArray("2001:db8::9") << QByteArray("::1")
                          << QByteArray("PROXY TCP6 2001:db8::9 ::1 40000 443\r\n")
                          << signature + QByteArray::fromHex("2121002420010db8000000000000000000000009"
                                                             "000000000000000000000000000000019c4001bb");
    QTest::newRow("IPv4 inside of IPv6") << QByteArray("::ffff:127.0.0.9") << QByteArray("::ffff:127.0.0.1")
                                         << QByteArray("PROXY TCP4 127.0.0.9 127.0.0.1 40000 443\r\n")
                                         << signature + QByteArray::fromHex("2111000c7f0000097f0000019c4001bb");
    QTest::newRow("a client that is gone") << QByteArray() << QByteArray("127.0.0.1") << QByteArray("PROXY UNKNOWN\r\n")
                                           << signature + QByteArray::fromHex("21000000");
    QTest::newRow("two families") << QByteArray("::1") << QByteArray("127.0.0.1") << QByteArray("PROXY UNKNOWN\r\n")
                                  << signature + QByteArray::fromHex("21000000");
}

void TstProxyProtocol::headers()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, gateway);
    QFETCH(QByteArray, version1);
    QFETCH(QByteArray, version2);
    const sockaddr_storage from = at(client, 40000), to = at(gateway, 443);
    const auto header = [&](routing::ProxyProtocol version) {
        return QByteArray::fromStdString(engine::proxyHeader(version, from, to));
    };
    QCOMPARE(header(routing::ProxyProtocol::None), QByteArray());
    QCOMPARE(header(routing::ProxyProtocol::V1), version1);
    QCOMPARE(header(routing::ProxyProtocol::V2), version2);
}

QTEST_APPLESS_MAIN(TstProxyProtocol)
#include "tst_proxy_protocol.moc"
