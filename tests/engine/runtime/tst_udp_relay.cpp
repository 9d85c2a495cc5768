#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "cluster.h"
#include "datagram_socket.h"

#include <algorithm>
#include <map>
#include <set>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

/// The Gateway "udp" gets the second address: Gateway "gate" of Running is before it.
constexpr const char* udpAddress = "127.0.0.2";

std::string udpGateway(std::uint16_t port)
{
    return "\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: udp}\nspec:\n"
           "  gatewayClassName: local\n  listeners: [{name: dns, protocol: UDP, port: " +
           std::to_string(port) + "}]\n---";
}

std::string udpService(const std::string& name)
{
    return "\napiVersion: v1\nkind: Service\nmetadata: {name: " + name +
           "}\nspec: {ports: [{port: 53, protocol: UDP}]}\n---";
}

/// A route to Services by weight.
std::string udpRoute(const std::vector<std::pair<std::string, int>>& backends)
{
    std::string text = "\napiVersion: gateway.networking.k8s.io/v1\nkind: UDPRoute\nmetadata: {name: route}\n"
                       "spec:\n  parentRefs: [{name: udp}]\n  rules:\n  - backendRefs:\n";
    for (const auto& [name, weight] : backends)
        text += "    - {name: " + name + ", port: 53, weight: " + std::to_string(weight) + "}\n";
    return text + "---";
}

/// An engine with a UDP listener; `text.yaml` has its routes and Services.
class Udp {
public:
    explicit Udp(ClusterText text, engine::EngineOptions options = workers(1))
        : port(freeDatagramPort()), gate(options, withGateway(std::move(text)))
    {
    }
    void apply(ClusterText text) { gate.apply(withGateway(std::move(text))); }
    [[nodiscard]] DatagramSocket client() const { return DatagramSocket::of(udpAddress, port); }

    const std::uint16_t port;
    Running gate;

private:
    static std::uint16_t freeDatagramPort() { return DatagramSocket().port(); }
    ClusterText withGateway(ClusterText text) const
    {
        text.yaml = udpGateway(port) + text.yaml;
        return text;
    }
};

/// To one backend.
ClusterText toBackend(std::uint16_t port, std::uint64_t version = 1)
{
    return {udpService("a") + udpRoute({{"a", 1}}), {{"default/a:53", {"127.0.0.1", port}}}, version};
}

engine::EngineOptions withLimits(std::function<void(engine::EngineLimits&)> change, unsigned count = 1)
{
    engine::EngineOptions options = workers(count);
    change(options.limits);
    return options;
}

} // namespace

class TstUdpRelay : public QObject {
    Q_OBJECT

private slots:
    void relaysBothWays_data()
    {
        QTest::addColumn<unsigned>("workerCount");
        QTest::newRow("one worker") << 1u;
        QTest::newRow("several workers") << 3u;
    }
    void relaysBothWays()
    {
        QFETCH(unsigned, workerCount);
        DatagramEcho backend("a");
        Udp udp(toBackend(backend.port()), workers(workerCount));
        // Clients of a connected socket hear only the listener's own address.
        for (int i = 0; i < 20; ++i) {
            const DatagramSocket client = udp.client();
            QCOMPARE(client.ask("one"), std::string("a:one"));
            QCOMPARE(client.ask("two"), std::string("a:two"));
        }
        const engine::EngineStats stats = udp.gate.engine.stats();
        QCOMPARE(stats.activeSessions, std::uint64_t(20));
        QCOMPARE(stats.udpReceived, std::uint64_t(40));
        QCOMPARE(stats.udpDropped, std::uint64_t(0));
    }

    void keepsClientsApart()
    {
        DatagramSocket backend;
        Udp udp(toBackend(backend.port()));
        const DatagramSocket one = udp.client(), two = udp.client();
        sockaddr_in fromOne{}, fromTwo{};
        QVERIFY(one.send("1"));
        QCOMPARE(backend.receive(patienceMs, &fromOne).value_or(""), std::string("1"));
        QVERIFY(two.send("2"));
        QCOMPARE(backend.receive(patienceMs, &fromTwo).value_or(""), std::string("2"));
        QVERIFY(fromOne.sin_port != fromTwo.sin_port);
        // Answers in the other order, and one that nobody asked for.
        backend.sendTo(fromTwo, "for two");
        backend.sendTo(fromOne, "for one");
        backend.sendTo(fromOne, "more");
        QCOMPARE(one.receive().value_or(""), std::string("for one"));
        QCOMPARE(one.receive().value_or(""), std::string("more"));
        QCOMPARE(two.receive().value_or(""), std::string("for two"));
        // A client's datagrams come from one port.
        sockaddr_in again{};
        QVERIFY(one.send("3"));
        backend.receive(patienceMs, &again);
        QCOMPARE(again.sin_port, fromOne.sin_port);
    }

    void nobodyElseAnswersForTheBackend()
    {
        DatagramSocket backend, stranger;
        Udp udp(toBackend(backend.port()));
        const DatagramSocket client = udp.client();
        sockaddr_in from{};
        QVERIFY(client.send("x"));
        QVERIFY(backend.receive(patienceMs, &from));
        QVERIFY(stranger.sendTo(from, "false"));
        QVERIFY(backend.sendTo(from, "true"));
        QCOMPARE(client.receive().value_or(""), std::string("true"));
    }

    void carriesDatagramsOfEverySize()
    {
        DatagramEcho backend("");
        Udp udp(toBackend(backend.port()));
        const DatagramSocket client = udp.client();
        for (const std::size_t size : {0u, 1u, 1'472u, 1'473u, 9'000u, 65'506u, 65'507u}) {
            const std::string sent(size, 'x');
            QVERIFY(client.send(sent));
            const auto got = client.receive();
            QVERIFY(got);
            QCOMPARE(got->size(), size);
            QVERIFY(*got == sent);
        }
    }

    void keepsOrderAndSizesOfMany()
    {
        DatagramEcho backend("");
        Udp udp(toBackend(backend.port()));
        const DatagramSocket client = udp.client();
        std::vector<std::string> sent;
        for (std::size_t i = 0; i < 400; ++i)
            sent.push_back(std::string(i % 7 == 0 ? 40 : 100, static_cast<char>('a' + i % 26)));
        for (const std::string& each : sent)
            QVERIFY(client.send(each));
        for (const std::string& each : sent)
            QCOMPARE(client.receive().value_or("none"), each);
    }

    void weighsSessions()
    {
        DatagramEcho a("a"), b("b"), c("c");
        Udp udp({udpService("a") + udpService("b") + udpService("c") +
                     udpRoute({{"a", 6}, {"b", 3}, {"c", 0}, {"missing", 1}}),
                 {{"default/a:53", {"127.0.0.1", a.port()}},
                  {"default/b:53", {"127.0.0.1", b.port()}},
                  {"default/c:53", {"127.0.0.1", c.port()}}}});
        std::vector<DatagramSocket> clients;
        for (int i = 0; i < 40; ++i) {
            clients.push_back(udp.client());
            QVERIFY(clients.back().send("x"));
            QVERIFY(clients.back().send("x")); // of the same session
        }
        std::map<std::string, int> answers;
        for (const DatagramSocket& client : clients) {
            const std::string first = client.receive(1'000).value_or("none");
            ++answers[first];
            if (first != "none")
                QCOMPARE(client.receive().value_or("none"), first);
        }
        QCOMPARE(answers, (std::map<std::string, int>{{"a:x", 24}, {"b:x", 12}, {"none", 4}}));
    }

    void logsOneEventASession()
    {
        DatagramEcho backend("a");
        Udp udp(toBackend(backend.port(), 7), withLimits([](auto& limits) { limits.udpIdleTimeout = 50ms; }));
        const DatagramSocket client = udp.client();
        client.ask("one");
        client.ask("three");
        const model::AccessEvent event = udp.gate.nextEvent();
        QCOMPARE(event.protocol, std::string("UDP"));
        QCOMPARE(event.flags, std::string("-"));
        QCOMPARE(event.bytesReceived, std::uint64_t(8));
        QCOMPARE(event.bytesSent, std::uint64_t(12));
        QCOMPARE(event.gateway, std::string("default/udp"));
        QCOMPARE(event.listener, std::string("dns"));
        QCOMPARE(event.route, std::string("UDPRoute/default/route"));
        QCOMPARE(event.rule, 0);
        QCOMPARE(event.backend, std::string("default/a:53"));
        QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(backend.port()));
        QCOMPARE(event.clientAddress, std::string("127.0.0.1"));
        QCOMPARE(event.snapshotVersion, std::uint64_t(7));
        QVERIFY(event.durationMicros >= 50'000);
        QCOMPARE(udp.gate.engine.stats().activeSessions, std::uint64_t(0));
        // The next datagram begins anew.
        QCOMPARE(client.ask("x"), std::string("a:x"));
    }

    void aBackendThatIsDownEndsTheSession()
    {
        const std::uint16_t port = DatagramSocket().port();
        Udp udp(toBackend(port));
        const DatagramSocket client = udp.client();
        QVERIFY(client.send("x"));
        const model::AccessEvent event = udp.gate.nextEvent();
        QCOMPARE(event.flags, std::string("UF"));
        QCOMPARE(event.upstreamAddress, "127.0.0.1:" + std::to_string(port));
        QCOMPARE(event.bytesReceived, std::uint64_t(1));
        // Once it is there, the same client is heard.
        DatagramEcho backend("late", port);
        QCOMPARE(client.ask("y"), std::string("late:y"));
    }

    void choosesAnewAfterARefusal()
    {
        DatagramEcho up("up");
        const std::uint16_t down = DatagramSocket().port();
        Udp udp({udpService("a") + udpService("b") + udpRoute({{"a", 1}, {"b", 1}}),
                 {{"default/a:53", {"127.0.0.1", down}}, {"default/b:53", {"127.0.0.1", up.port()}}}});
        const DatagramSocket client = udp.client();
        QVERIFY(client.send("lost"));
        QCOMPARE(udp.gate.nextEvent().flags, std::string("UF"));
        QCOMPARE(client.ask("x"), std::string("up:x"));
    }

    void isSilentWithoutARouteAndHeardAfterAReload()
    {
        DatagramEcho backend("a");
        Udp udp({udpService("a"), {}});
        const DatagramSocket client = udp.client();
        for (int i = 0; i < 3; ++i)
            QVERIFY(client.send("x"));
        const model::AccessEvent event = udp.gate.nextEvent();
        QCOMPARE(event.flags, std::string("NR"));
        QCOMPARE(event.gateway, std::string("default/udp"));
        QVERIFY(!client.receive(50));
        udp.apply(toBackend(backend.port(), 2));
        QCOMPARE(client.ask("y"), std::string("a:y"));
        udp.gate.engine.drain(10s);
        // One event for the silence, one for the session.
        QCOMPARE(udp.gate.nextEvent().flags, std::string("-"));
    }

    void isSilentForBadReferences_data()
    {
        QTest::addColumn<QString>("services");
        QTest::addColumn<QString>("flags");
        QTest::newRow("no such Service") << ""
                                         << "NC";
        QTest::newRow("no ready endpoint")
            << "\napiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}, ports: [{port: 53, "
               "protocol: UDP}]}\n---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a, "
               "labels: "
               "{kubernetes.io/service-name: a}}\naddressType: IPv4\nports: [{port: 53, protocol: UDP}]\nendpoints: "
               "[{addresses: [127.0.0.1], conditions: {ready: false}}]\n---"
            << "UH";
    }
    void isSilentForBadReferences()
    {
        QFETCH(QString, services);
        QFETCH(QString, flags);
        Udp udp({services.toStdString() + udpRoute({{"a", 1}}), {}});
        const DatagramSocket client = udp.client();
        QVERIFY(client.send("x"));
        QCOMPARE(udp.gate.nextEvent().flags, flags.toStdString());
        QVERIFY(!client.receive(50));
    }

    void aFullTableEndsTheLongestSilent()
    {
        DatagramEcho backend("a");
        Udp udp(toBackend(backend.port()), withLimits([](auto& limits) {
                    limits.udpSessions = 2;
                    limits.udpEvictableAfter = 0ms;
                }));
        const DatagramSocket one = udp.client(), two = udp.client(), three = udp.client();
        one.ask("first");
        two.ask("second");
        one.ask("again");
        QCOMPARE(three.ask("x"), std::string("a:x"));
        const model::AccessEvent event = udp.gate.nextEvent();
        QCOMPARE(event.flags, std::string("OM"));
        QCOMPARE(event.bytesReceived, std::uint64_t(6)); // of the second
        QCOMPARE(udp.gate.engine.stats().activeSessions, std::uint64_t(2));
        QCOMPARE(one.ask("y"), std::string("a:y"));
    }

    void aFullTableHarmsNoneInUse()
    {
        DatagramEcho backend("a");
        Udp udp(toBackend(backend.port()), withLimits([](auto& limits) {
                    limits.udpSessions = 1;
                    limits.udpEvictableAfter = 60s;
                }));
        const DatagramSocket one = udp.client(), two = udp.client();
        QCOMPARE(one.ask("x"), std::string("a:x"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(two.send("y"));
        QVERIFY(!two.receive(50));
        QCOMPARE(one.ask("z"), std::string("a:z"));
        QCOMPARE(udp.gate.engine.stats().udpDropped, std::uint64_t(3));
        // Told once, not for each datagram.
        const model::AccessEvent full = udp.gate.nextEvent();
        QCOMPARE(full.flags, std::string("UO"));
        QCOMPARE(full.listener, std::string("dns"));
        udp.gate.engine.drain(10s);
        QCOMPARE(udp.gate.nextEvent().flags, std::string("-"));
    }

    void aReloadKeepsSessions()
    {
        DatagramEcho old("old"), fresh("new");
        Udp udp(toBackend(old.port()));
        const DatagramSocket before = udp.client();
        QCOMPARE(before.ask("x"), std::string("old:x"));
        udp.apply(toBackend(fresh.port(), 2));
        QCOMPARE(before.ask("y"), std::string("old:y"));
        QCOMPARE(udp.client().ask("z"), std::string("new:z"));
    }

    void aRemovedListenerEndsItsSessions()
    {
        DatagramEcho backend("a");
        Udp udp(toBackend(backend.port()), workers(2));
        const DatagramSocket client = udp.client();
        QCOMPARE(client.ask("x"), std::string("a:x"));
        udp.gate.apply({service() + route(), {}, 2});
        QCOMPARE(udp.gate.nextEvent().protocol, std::string("UDP"));
        QCOMPARE(udp.gate.engine.stats().activeSessions, std::uint64_t(0));
        QVERIFY(client.send("x"));
        QVERIFY(!client.receive()); // refused: nobody is bound
        udp.apply(toBackend(backend.port(), 3));
        QCOMPARE(client.ask("y"), std::string("a:y"));
    }

    void aPortInUseNamesItsHolder()
    {
        const DatagramSocket holder;
        const std::string yaml = udpGateway(holder.port()) + udpService("a") + udpRoute({{"a", 1}});
        // The only Gateway has the address that is taken.
        engine::Engine engine(workers(2));
        const engine::ApplyReport report = engine.apply(snapshotOf({yaml}));
        QCOMPARE(report.listeners.size(), std::size_t(1));
        QVERIFY(!report.listeners[0].bound);
        const std::string wanted = "127.0.0.1:" + std::to_string(holder.port()) + " is in use";
        QVERIFY2(report.listeners[0].error.starts_with(wanted), report.listeners[0].error.c_str());
#ifndef GATEHOUSE_PORTABLE // it is read in /proc
        QVERIFY2(report.listeners[0].error.find(" by ") != std::string::npos &&
                     report.listeners[0].error.find("(pid " + std::to_string(::getpid()) + ")") != std::string::npos,
                 report.listeners[0].error.c_str());
#endif
    }

    void answersLeaveFromTheAddressThatWasAsked()
    {
        // A listener that was given all addresses by hand.
        DatagramEcho backend("a");
        const std::uint16_t port = DatagramSocket().port();
        ClusterText text = toBackend(backend.port());
        text.yaml = udpGateway(port) + text.yaml;
        text.addresses = {{"default/udp", "0.0.0.0"}};
        engine::Engine engine(workers(2));
        const engine::ApplyReport report = engine.apply(snapshotOf(text));
        QVERIFY2(report.listeners.at(0).bound, report.listeners.at(0).error.c_str());
        std::vector<const char*> addresses{"127.0.0.1"};
#ifndef GATEHOUSE_PORTABLE // else the one loopback address is the one that the kernel takes
        addresses.insert(addresses.end(), {"127.0.0.7", "127.3.2.1"});
#endif
        for (const char* address : addresses) {
            const DatagramSocket client = DatagramSocket::of(address, port);
            QCOMPARE(client.ask("x"), std::string("a:x"));
            QCOMPARE(client.ask("y"), std::string("a:y"));
        }
    }

    void aDrainWaitsForAnswersAndNoLonger()
    {
        DatagramSocket backend;
        Udp udp(toBackend(backend.port()));
        const DatagramSocket asking = udp.client(), idle = udp.client(), late = udp.client();
        sockaddr_in from{};
        QVERIFY(idle.send("x"));
        QVERIFY(backend.receive(patienceMs, &from));
        backend.sendTo(from, "y");
        QVERIFY(idle.receive());
        QVERIFY(asking.send("question"));
        QVERIFY(backend.receive(patienceMs, &from));
        std::thread draining([&] { QVERIFY(udp.gate.engine.drain(10s)); });
        QCOMPARE(udp.gate.nextEvent().bytesReceived, std::uint64_t(1)); // the idle one ended, so it drains
        QVERIFY(late.send("z"));
        QVERIFY(!backend.receive(50));
        backend.sendTo(from, "answer");
        QCOMPARE(asking.receive().value_or(""), std::string("answer"));
        draining.join();
        QCOMPARE(udp.gate.nextEvent().bytesSent, std::uint64_t(6));
    }

    void aDrainGivesUpOnASilentBackend()
    {
        DatagramSocket backend;
        Udp udp(toBackend(backend.port()));
        const DatagramSocket client = udp.client();
        QVERIFY(client.send("x"));
        QVERIFY(backend.receive());
        QVERIFY(udp.gate.engine.drain(10s));
        QCOMPARE(udp.gate.nextEvent().bytesSent, std::uint64_t(0));
    }
};

QTEST_APPLESS_MAIN(TstUdpRelay)
#include "tst_udp_relay.moc"
