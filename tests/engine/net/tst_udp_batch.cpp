#include "engine/net/descriptors.h"
#include "engine/net/udp_batch.h"

#include <QtTest/QTest>

#include <cerrno>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <unistd.h>

using namespace gatehouse::engine;

namespace {

/// A bound UDP socket of 127.0.0.1.
class Socket {
public:
    explicit Socket(bool tuned = true) : fd(openDatagramSocket(AF_INET))
    {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        ::inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
        ::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at);
        const int room = 4 << 20; // some tests send much before anything is read
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        if (tuned)
            tuneUdpSocket(fd, room);
        socklen_t length = sizeof at;
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &length);
        address = UdpAddress(reinterpret_cast<const sockaddr*>(&at), length);
    }
    ~Socket() { ::close(fd); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    void connect(const Socket& to) const { ::connect(fd, to.address.data(), to.address.size()); }

    const int fd;
    UdpAddress address;
};

Datagrams single(std::string& bytes)
{
    const auto size = static_cast<std::uint32_t>(bytes.size());
    return {bytes.data(), size, size, {}, {}};
}

/// Everything that a socket has, one text a datagram.
std::vector<std::string> receiveAll(UdpBatch& batch, const Socket& socket, bool from = false)
{
    std::vector<std::string> all;
    for (;;) {
        batch.clear();
        const UdpBatch::Received received = batch.receive(socket.fd, from);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            std::string_view rest = batch[i].bytes();
            do {
                all.emplace_back(rest.substr(0, batch[i].segment));
                rest.remove_prefix(all.back().size());
            } while (!rest.empty());
        }
        if (received.count == 0)
            return all;
    }
}

std::vector<std::string> texts(const std::vector<std::size_t>& sizes)
{
    std::vector<std::string> made;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        made.emplace_back(sizes[i], static_cast<char>('a' + i % 26));
    return made;
}

} // namespace

class TstUdpBatch : public QObject {
    Q_OBJECT

private slots:
    void carriesEveryMixOfSizes_data()
    {
        QTest::addColumn<QList<qulonglong>>("sizes");
        QTest::newRow("one") << QList<qulonglong>{5};
        QTest::newRow("of one size") << QList<qulonglong>(20, 100);
        QTest::newRow("the last is shorter") << QList<qulonglong>{100, 100, 100, 7};
        QTest::newRow("a shorter one in between") << QList<qulonglong>{100, 7, 100, 100};
        QTest::newRow("growing") << QList<qulonglong>{1, 2, 3, 4, 5};
        QTest::newRow("without bytes") << QList<qulonglong>{100, 0, 0, 100};
        QTest::newRow("only without bytes") << QList<qulonglong>{0};
        QTest::newRow("the largest") << QList<qulonglong>{65'507, 65'507, 1};
        QTest::newRow("more bytes than one message holds") << QList<qulonglong>(64, 1'400);
        QTest::newRow("as many as there is room for") << QList<qulonglong>(64, 1);
    }
    void carriesEveryMixOfSizes()
    {
        QFETCH(QList<qulonglong>, sizes);
        std::vector<std::string> sent = texts({sizes.begin(), sizes.end()});
        UdpBatch batch;
        UdpSender sender;
        for (const bool joinedReception : {true, false}) {
            const Socket from, to(joinedReception);
            from.connect(to);
            for (std::string& text : sent)
                QVERIFY(sender.add(single(text), nullptr));
            const UdpSender::Sent result = sender.flush(from.fd);
            QCOMPARE(result.datagrams, sent.size());
            QCOMPARE(result.dropped, std::size_t(0));
            QCOMPARE(result.error, 0);
            QVERIFY(sender.empty());
            QVERIFY(receiveAll(batch, to) == sent);
        }
    }

    void sendsToSeveralPeers()
    {
        const Socket from, one, two;
        std::vector<std::string> sent = texts({10, 10, 10, 10});
        UdpSender sender;
        QVERIFY(sender.add(single(sent[0]), &one.address));
        QVERIFY(sender.add(single(sent[1]), &one.address));
        QVERIFY(sender.add(single(sent[2]), &two.address));
        QVERIFY(sender.add(single(sent[3]), &one.address));
        QCOMPARE(sender.flush(from.fd).datagrams, std::size_t(4));
        UdpBatch batch;
        QVERIFY(receiveAll(batch, one) == (std::vector<std::string>{sent[0], sent[1], sent[3]}));
        QVERIFY(receiveAll(batch, two) == (std::vector<std::string>{sent[2]}));
    }

    void saysWhoSent()
    {
        const Socket from, other, to;
        std::string text = "x";
        UdpSender sender;
        for (const Socket* each : {&from, &other}) {
            QVERIFY(sender.add(single(text), &to.address));
            sender.flush(each->fd);
        }
        UdpBatch batch;
        QCOMPARE(batch.receive(to.fd, true).count, std::size_t(2));
        QVERIFY(batch[0].from == from.address);
        QVERIFY(batch[1].from == other.address);
    }

    void receivesBehindWhatItHolds()
    {
        const Socket from, to;
        from.connect(to);
        std::vector<std::string> sent = texts({3, 4});
        UdpSender sender;
        UdpBatch batch;
        for (std::string& text : sent) {
            QVERIFY(sender.add(single(text), nullptr));
            sender.flush(from.fd);
            const UdpBatch::Received received = batch.receive(to.fd, false);
            QCOMPARE(received.count, std::size_t(1));
            QVERIFY(!received.more);
        }
        QCOMPARE(batch.size(), std::size_t(2));
        QCOMPARE(std::string(batch[0].bytes()), sent[0]);
        QCOMPARE(std::string(batch[1].bytes()), sent[1]);
    }

    void saysThatThereIsMore()
    {
        const Socket from(false), to(false);
        from.connect(to);
        std::string text = "x", another = "yy";
        for (std::size_t i = 0; i < UdpBatch::capacity + 1; ++i)
            ::send(from.fd, text.data(), 1, 0);
        UdpBatch batch;
        QVERIFY(batch.receive(to.fd, false).more);
        QCOMPARE(batch.free(), std::size_t(0));
        const UdpBatch::Received full = batch.receive(to.fd, false);
        QVERIFY(full.more && full.count == 0 && full.error == 0);
        batch.clear();
        const UdpBatch::Received rest = batch.receive(to.fd, false);
        QCOMPARE(rest.count, std::size_t(1));
        QVERIFY(!rest.more);
        // Room in the sender ends as well.
        UdpSender sender;
        for (std::size_t i = 0; i < UdpBatch::capacity; ++i)
            QVERIFY(sender.add(single(i % 2 == 0 ? text : another), nullptr));
        QVERIFY(!sender.add(single(text), nullptr));
    }

    void passesJoinedOnesOnAsTheyCame()
    {
        // Datagrams that arrive in one piece leave in one piece, and are what they were.
        const Socket client, middleIn, middleOut, server(false);
        client.connect(middleIn);
        middleOut.connect(server);
        std::vector<std::string> sent = texts(std::vector<std::size_t>(30, 1'200));
        sent.push_back("end");
        UdpSender sender;
        for (std::string& text : sent)
            QVERIFY(sender.add(single(text), nullptr));
        QCOMPARE(sender.flush(client.fd).dropped, std::size_t(0));
        UdpBatch batch;
        QVERIFY(batch.receive(middleIn.fd, true).count > 0);
        for (std::size_t i = 0; i < batch.size(); ++i)
            QVERIFY(sender.add(batch[i], nullptr));
        QCOMPARE(sender.flush(middleOut.fd).datagrams, sent.size());
        UdpBatch last;
        QVERIFY(receiveAll(last, server) == sent);
    }

    void tellsThatNobodyIsThere()
    {
        const Socket from;
        {
            const Socket gone;
            from.connect(gone);
        }
        std::string text = "x";
        UdpSender sender;
        QVERIFY(sender.add(single(text), nullptr));
        QCOMPARE(sender.flush(from.fd).error, 0); // the refusal comes after it
        UdpBatch batch;
        const UdpBatch::Received received = batch.receive(from.fd, false);
        QCOMPARE(received.error, ECONNREFUSED);
        QVERIFY(received.more);
        QCOMPARE(batch.receive(from.fd, false).error, 0);
        // The same, found by the next datagram.
        QVERIFY(sender.add(single(text), nullptr));
        sender.flush(from.fd);
        QVERIFY(sender.add(single(text), nullptr));
        const UdpSender::Sent sent = sender.flush(from.fd);
        QCOMPARE(sent.error, ECONNREFUSED);
        QCOMPARE(sent.dropped, std::size_t(1));
    }

    void tooLargeOnesAreDropped()
    {
        const Socket from, to;
        from.connect(to);
        std::string large(65'508, 'x'), small = "y";
        UdpSender sender;
        QVERIFY(sender.add(single(large), nullptr));
        QVERIFY(sender.add(single(small), nullptr));
        const UdpSender::Sent sent = sender.flush(from.fd);
        QCOMPARE(sent.error, EMSGSIZE);
        QCOMPARE(sent.dropped, std::size_t(1));
        QCOMPARE(sent.datagrams, std::size_t(1));
        UdpBatch batch;
        QVERIFY(receiveAll(batch, to) == std::vector<std::string>{"y"});
    }
};

QTEST_APPLESS_MAIN(TstUdpBatch)
#include "tst_udp_batch.moc"
