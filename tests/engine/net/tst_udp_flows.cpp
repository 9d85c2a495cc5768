#include "engine/net/udp_flows.h"

#include <QtTest/QTest>

#include <deque>
#include <random>
#include <vector>

#include <arpa/inet.h>

using namespace gatehouse::engine;
using namespace std::chrono_literals;

namespace {

const TimePoint start{1h};

UdpAddress v4(const char* address, std::uint16_t port)
{
    sockaddr_in of{};
    of.sin_family = AF_INET;
    of.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &of.sin_addr);
    return {reinterpret_cast<const sockaddr*>(&of), sizeof of};
}

UdpAddress v6(const char* address, std::uint16_t port, std::uint32_t flow = 0)
{
    sockaddr_in6 of{};
    of.sin6_family = AF_INET6;
    of.sin6_port = htons(port);
    of.sin6_flowinfo = flow;
    ::inet_pton(AF_INET6, address, &of.sin6_addr);
    return {reinterpret_cast<const sockaddr*>(&of), sizeof of};
}

UdpFlow flowOf(const UdpAddress& client, const void* server)
{
    UdpFlow flow;
    flow.client = client;
    flow.server = server;
    return flow;
}

} // namespace

class TstUdpFlows : public QObject {
    Q_OBJECT

private slots:
    void addressesAreTold()
    {
        QCOMPARE(v4("127.0.0.1", 53).text(), std::string("127.0.0.1:53"));
        QCOMPARE(v6("::1", 53).text(), std::string("[::1]:53"));
        QCOMPARE(v6("::1", 53).addressText(), std::string("::1"));
        QVERIFY(v4("127.0.0.1", 53) == v4("127.0.0.1", 53));
        QVERIFY(!(v4("127.0.0.1", 53) == v4("127.0.0.1", 54)));
        QVERIFY(!(v4("127.0.0.1", 53) == v4("127.0.0.2", 53)));
        QVERIFY(!(v4("0.0.0.0", 53) == v6("::", 53)));
        // A flow label is of a packet, not of a peer.
        QVERIFY(v6("::1", 53, 7) == v6("::1", 53));
        QCOMPARE(v6("::1", 53, 7).hash(1), v6("::1", 53).hash(1));
    }

    void tellsClientsAndServersApart()
    {
        UdpFlows flows({60s, 2s}, 1);
        const int one = 0, two = 0;
        UdpFlow a = flowOf(v4("127.0.0.1", 1000), &one), b = flowOf(v4("127.0.0.1", 1001), &one),
                c = flowOf(v4("127.0.0.1", 1000), &two), d = flowOf(v6("::1", 1000), &one);
        for (UdpFlow* each : {&a, &b, &c, &d})
            flows.insert(*each, start);
        for (UdpFlow* each : {&a, &b, &c, &d})
            QCOMPARE(flows.find(each->server, each->client), each);
        QVERIFY(!flows.find(&two, b.client));
        flows.remove(b);
        QVERIFY(!flows.find(&one, b.client));
        QCOMPARE(flows.find(&one, a.client), &a);
        QCOMPARE(flows.size(), std::size_t(3));
    }

    void expiresTheSilent()
    {
        UdpFlows flows({60s, 2s}, 1);
        QCOMPARE(flows.nextExpiry(), never);
        QVERIFY(!flows.expired(start + 1h));
        UdpFlow a = flowOf(v4("127.0.0.1", 1), nullptr), b = flowOf(v4("127.0.0.1", 2), nullptr);
        flows.insert(a, start);
        flows.insert(b, start + 1s);
        QCOMPARE(flows.nextExpiry(), start + 60s);
        flows.touch(a, start + 30s);
        QCOMPARE(flows.nextExpiry(), start + 61s);
        QVERIFY(!flows.expired(start + 60s));
        QCOMPARE(flows.expired(start + 61s), &b);
        flows.remove(b);
        QVERIFY(!flows.expired(start + 61s));
        QCOMPARE(flows.expired(start + 90s), &a);
        flows.remove(a);
        QCOMPARE(flows.size(), std::size_t(0));
        QCOMPARE(flows.nextExpiry(), never);
    }

    void evictsTheLongestSilentAndNoOtherInUse()
    {
        UdpFlows flows({60s, 2s}, 1);
        UdpFlow a = flowOf(v4("127.0.0.1", 1), nullptr), b = flowOf(v4("127.0.0.1", 2), nullptr);
        flows.insert(a, start);
        flows.insert(b, start + 1s);
        QVERIFY(!flows.evictable(start + 2s));
        QCOMPARE(flows.evictable(start + 2001ms), &a);
        flows.touch(a, start + 2s);
        QVERIFY(!flows.evictable(start + 2500ms));
        QCOMPARE(flows.evictable(start + 3100ms), &b);
    }

    void walksFromTheLongestSilentOn()
    {
        UdpFlows flows({60s, 2s}, 1);
        std::deque<UdpFlow> all;
        for (std::uint16_t port = 1; port <= 4; ++port)
            flows.insert(all.emplace_back(flowOf(v4("127.0.0.1", port), nullptr)), start);
        flows.touch(all[0], start + 1s);
        flows.touch(all[3], start + 2s); // the newest but one
        flows.touch(all[3], start + 3s);
        std::vector<unsigned> ports;
        for (UdpFlow* each = flows.oldest(); each; each = UdpFlows::newer(*each))
            ports.push_back(each->client.port());
        QCOMPARE(ports, (std::vector<unsigned>{2, 3, 1, 4}));
    }

    void agreesWithAPlainList()
    {
        // Many flows, in and out at random, against a list that is searched from end to end.
        UdpFlows flows({60s, 2s}, 99);
        std::mt19937 random(7);
        std::deque<UdpFlow> storage;
        std::vector<UdpFlow*> order; // longest silent first
        TimePoint now = start;
        const auto port = [](int number) { return v4("127.0.0.1", static_cast<std::uint16_t>(number)); };
        for (int step = 0; step < 20'000; ++step) {
            now += 1ms;
            const UdpAddress client = port(1 + static_cast<int>(random() % 700));
            UdpFlow* const found = flows.find(&flows, client);
            const auto listed =
                std::find_if(order.begin(), order.end(), [&](const UdpFlow* each) { return each->client == client; });
            QCOMPARE(found, listed == order.end() ? nullptr : *listed);
            if (!found) {
                UdpFlow& made = storage.emplace_back(flowOf(client, &flows));
                flows.insert(made, now);
                order.push_back(&made);
            } else if (random() % 3 == 0) {
                flows.remove(*found);
                order.erase(listed);
            } else {
                flows.touch(*found, now);
                order.erase(listed);
                order.push_back(found);
            }
            QCOMPARE(flows.size(), order.size());
            QCOMPARE(flows.oldest(), order.empty() ? nullptr : order.front());
        }
        QVERIFY(flows.size() > 100);
    }
};

QTEST_APPLESS_MAIN(TstUdpFlows)
#include "tst_udp_flows.moc"
