#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "cluster.h"

#include <fstream>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {
constexpr const char* plainGet = "GET /p HTTP/1.1\r\nHost: example.com\r\n\r\n";

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// The cluster of Running, but "app" sets a header, so that each snapshot shows in its answers.
ClusterText numbered(std::uint64_t version)
{
    ClusterText text{service() +
                     route("    filters:\n    - type: ResponseHeaderModifier\n      responseHeaderModifier:\n"
                           "        set: [{name: x-version, value: \"" +
                           std::to_string(version) + "\"}]")};
    text.version = version;
    return text;
}
} // namespace

class TstEngine : public QObject {
    Q_OBJECT

private slots:
    void echoesOverOneConnection();
    void echoTakesOrders_data();
    void echoTakesOrders();
    void answers404WithoutRule();
    void servesLocalHandler();
    void servesOnEveryWorker();
    void losesNothingInReloads();
    void nextRequestSeesTheNewSnapshot();
    void requestInFlightKeepsItsSnapshot();
    void removedListenerFinishesItsRequests();
    void movesListenerBetweenAddresses();
    void namesHolderOfThePort();
    void noticesSecondInstance_data();
    void noticesSecondInstance();
    void drainsRequestsInFlight();
    void drainGivesUpAtDeadline();
    void stopsWithRequestsInFlight();
    void logsRequests();
    void dropsAndCountsEvents();
    void probesTheHost();
};

void TstEngine::echoesOverOneConnection()
{
    Running gate;
    QVERIFY2(gate.report.listeners.at(0).bound, gate.report.listeners.at(0).error.c_str());
    Wire client = gate.connect();
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.ask("GET /hello?a=b HTTP/1.1\r\nHost: example.com\r\nx-test: 1\r\n\r\n");
        QVERIFY(answer.complete);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.field("content-type"), std::string("application/json"));
        QVERIFY(contains(answer.body, "\"path\": \"/hello?a=b\""));
        QVERIFY(contains(answer.body, "\"host\": \"example.com\""));
        QVERIFY(contains(answer.body, "\"service\": \"app\""));
        QVERIFY(contains(answer.body, "\"namespace\": \"default\""));
        QVERIFY(contains(answer.body, "\"X-Test\": [\n   \"1\"\n  ]"));
    }
    QCOMPARE(gate.engine.stats().requests, std::uint64_t(3));
    QCOMPARE(gate.engine.stats().status2xx, std::uint64_t(3));
}

void TstEngine::echoTakesOrders_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("has");
    QTest::newRow("a status") << QByteArray("/status/418") << QByteArray() << 418
                              << QByteArray("\"path\": \"/status/418\"");
    QTest::newRow("a bad status") << QByteArray("/status/99") << QByteArray() << 400 << QByteArray("200 to 599");
    QTest::newRow("health") << QByteArray("/health") << QByteArray() << 200 << QByteArray("OK");
    QTest::newRow("a delay") << QByteArray("/?delay=20ms") << QByteArray() << 200 << QByteArray("delay=20ms");
    QTest::newRow("a bad delay") << QByteArray("/?delay=soon") << QByteArray() << 400 << QByteArray("no duration");
    QTest::newRow("answer fields") << QByteArray("/") << QByteArray("X-Echo-Set-Header: A:1,B:2,A:3\r\n") << 200
                                   << QByteArray("\r\na: 1,3\r\nb: 2\r\n");
    QTest::newRow("a doubled slash") << QByteArray("//status//404") << QByteArray() << 404
                                     << QByteArray("\"path\": \"//status//404\"");
    QTest::newRow("retry without uuid") << QByteArray("/retry?succeedAfter=1") << QByteArray() << 400
                                        << QByteArray("required");
    QTest::newRow("a first try that fails")
        << QByteArray("/retry?uuid=1&succeedAfter=1&responseCode=500") << QByteArray() << 500 << QByteArray("failing");
    QTest::newRow("a first try that is reset")
        << QByteArray("/retry?uuid=2&succeedAfter=9") << QByteArray() << 502 << QByteArray("[UC]");
}

void TstEngine::echoTakesOrders()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    QFETCH(QByteArray, has);
    Running gate;
    Wire client = gate.connect();
    const Answer answer =
        client.ask("GET " + target.toStdString() + " HTTP/1.1\r\nHost: a\r\n" + fields.toStdString() + "\r\n");
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, status);
    const std::string whole = lower(answer.head) + answer.body;
    QVERIFY2(contains(whole, has.toStdString()), whole.c_str());
}

void TstEngine::answers404WithoutRule()
{
    Running gate(workers(1), {service()});
    Wire client = gate.connect();
    const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.field("content-type").starts_with("text/plain"));
    QVERIFY2(contains(answer.body, "[NR]"), answer.body.c_str());
}

void TstEngine::servesLocalHandler()
{
    engine::Engine engine(workers(2));
    const auto port = engine.serveLocal({}, [](const engine::LocalRequest& request, const auto& reply) {
        reply->send({201, "text/plain",
                     request.method + " " + request.target + " " + request.host + " " +
                         std::string(request.header("origin")) + " " + std::string(request.header("authorization")) +
                         " " + request.body});
    });
    QVERIFY(port.has_value());
    Wire client = Wire::connect(*port);
    const Answer answer = client.ask("POST /explain?x=1 HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://a\r\n"
                                     "Authorization: Bearer t\r\nContent-Length: 4\r\n\r\nbody");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.body, std::string("POST /explain?x=1 localhost:1 http://a Bearer t body"));
    QCOMPARE(engine.stats().requests, std::uint64_t(0)); // Gateways' only
    QVERIFY(!engine.serveLocal({"127.0.0.1", *port}, {}).has_value());
}

void TstEngine::servesOnEveryWorker()
{
    Running gate(workers(4));
    std::vector<Wire> clients;
    for (int i = 0; i < 64; ++i)
        clients.push_back(gate.connect());
    for (Wire& client : clients)
        QCOMPARE(client.ask(plainGet).status, 200);
    QCOMPARE(gate.engine.stats().activeConnections, std::uint64_t(64));
}

void TstEngine::losesNothingInReloads()
{
    Running gate(workers(2), numbered(1));
    std::atomic<bool> done{false};
    std::atomic<int> asked{0}, failed{0};
    const auto load = [&](bool keepAlive) {
        Wire client = gate.connect();
        while (!done) {
            if (!keepAlive)
                client = gate.connect();
            const Answer answer = client.ask(plainGet);
            ++asked;
            if (!answer.complete || answer.status != 200)
                ++failed;
        }
    };
    std::thread keeping(load, true), connecting(load, false);
    for (std::uint64_t version = 2; version < 40; ++version) {
        const int before = asked;
        gate.apply(numbered(version));
        while (asked < before + 4 && failed == 0)
            std::this_thread::yield();
    }
    done = true;
    keeping.join();
    connecting.join();
    QCOMPARE(failed.load(), 0);
    QVERIFY(asked > 100);
}

void TstEngine::nextRequestSeesTheNewSnapshot()
{
    Running gate(workers(2), numbered(1));
    Wire client = gate.connect();
    for (std::uint64_t version = 1; version < 5; ++version) {
        gate.apply(numbered(version));
        QCOMPARE(client.ask(plainGet).field("x-version"), std::to_string(version));
        QCOMPARE(gate.nextEvent().snapshotVersion, version);
    }
}

void TstEngine::requestInFlightKeepsItsSnapshot()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell("asked");
        self.ordered();
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        wire.readToEnd();
    });
    ClusterText before = numbered(1), after = numbered(2);
    before.backends = after.backends = {{"default/app:80", {"127.0.0.1", backend.port()}}};
    Running gate(workers(1), before);
    Wire client = gate.connect();
    client.send(plainGet);
    QCOMPARE(backend.told(), std::string("asked"));
    gate.apply(after);
    backend.order("answer");
    QCOMPARE(client.readAnswer().field("x-version"), std::string("1"));
}

void TstEngine::removedListenerFinishesItsRequests()
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("\r\n\r\n");
        self.tell("asked");
        self.ordered();
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire used = gate.connect(), busy = gate.connect();
    QCOMPARE(used.ask("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n").status, 501);
    busy.send(plainGet);
    QCOMPARE(backend.told(), std::string("asked"));
    ClusterText other{service() + route()};
    const std::uint16_t otherPort = freePort();
    ClusterText moved = other;
    moved.yaml = gateway(otherPort) + other.yaml;
    const auto report = gate.engine.apply(snapshotOf(moved));
    QVERIFY(report.listeners.at(0).bound);
    QVERIFY(used.more() == Wire::Got::End);    // idle: closed
    QVERIFY(!Wire::connect(gate.port).open()); // nobody listens any more
    QCOMPARE(Wire::connect(otherPort).ask(plainGet).status, 200);
    backend.order("answer");
    const Answer answer = busy.readAnswer(); // in flight: served by what it began with
    QCOMPARE(answer.body, std::string("ok"));
    QCOMPARE(answer.field("connection"), std::string("close"));
    QVERIFY(busy.more() == Wire::Got::End);
}

void TstEngine::movesListenerBetweenAddresses()
{
    // The port of a Gateway that takes another address is in our own hands: no "in use".
    Running gate;
    const auto at = [&](const std::string& address) {
        std::string yaml = gateway(gate.port);
        yaml.replace(yaml.find("spec:"), 5, "spec:\n  addresses: [{type: IPAddress, value: " + address + "}]");
        return gate.engine.apply(snapshotOf({yaml + service() + route()}));
    };
    for (const char* address : {"127.0.0.2", "127.0.0.3", "127.0.0.2"}) {
        const auto report = at(address);
        QVERIFY2(report.listeners.at(0).bound, report.listeners.at(0).error.c_str());
        QCOMPARE(Wire::connect(gate.port, 0, address).ask(plainGet).status, 200);
    }
}

void TstEngine::namesHolderOfThePort()
{
    const Listening other;
    engine::Engine engine(workers(2));
    const std::uint16_t fine = freePort();
    const auto snapshot =
        snapshotOf({gateway(other.port(), "blocked") + gateway(fine, "fine") + service() + route("", "fine")});
    const auto report = engine.apply(snapshot);
    int blocked = 0;
    for (std::size_t i = 0; i < report.listeners.size(); ++i) {
        const auto& listener = report.listeners[i];
        if (listener.port != other.port()) {
            QVERIFY2(listener.bound, listener.error.c_str());
            continue;
        }
        ++blocked;
        QVERIFY(!listener.bound);
        const std::string expected = ":" + std::to_string(other.port()) + " is in use";
        QVERIFY2(contains(listener.error, expected), listener.error.c_str());
        const model::Programming programming = engine::programmingOf(*snapshot, report);
        QVERIFY(!programming.listeners.at(i).programmed);
        QCOMPARE(programming.listeners.at(i).reason, std::string("PortUnavailable"));
        QCOMPARE(programming.listeners.at(i).message, listener.error);
    }
    QCOMPARE(blocked, 1);
}

void TstEngine::noticesSecondInstance_data()
{
    QTest::addColumn<unsigned>("workersOfEach");
    QTest::newRow("one worker") << 1u;
    QTest::newRow("sockets that share the port") << 2u;
}

void TstEngine::noticesSecondInstance()
{
    QFETCH(unsigned, workersOfEach);
    Running first{workers(workersOfEach)};
    engine::Engine second(workers(workersOfEach));
    const auto report = second.apply(snapshotOf({gateway(first.port) + service() + route()}));
    QVERIFY(!report.listeners.at(0).bound);
    const std::string& error = report.listeners.at(0).error;
#ifdef GATEHOUSE_PORTABLE
    QVERIFY2(error.ends_with(" is in use"), error.c_str()); // who holds it is read in /proc
#else
    std::string own;
    std::getline(std::ifstream("/proc/self/comm"), own);
    QVERIFY2(contains(error, " is in use by " + own + " (pid " + std::to_string(::getpid()) + ")"), error.c_str());
#endif
    QCOMPARE(first.connect().ask(plainGet).status, 200);
}

void TstEngine::drainsRequestsInFlight()
{
    Running gate(workers(2));
    Wire idle = gate.connect(), busy = gate.connect();
    QCOMPARE(idle.ask(plainGet).status, 200);
    busy.send("GET /?delay=300ms HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().activeRequests, std::uint64_t(1), patienceMs);
    QVERIFY(gate.engine.drain(20s));
    QCOMPARE(gate.engine.stats().activeConnections, std::uint64_t(0));
    const Answer answer = busy.readAnswer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("connection"), std::string("close"));
    QVERIFY(idle.more() == Wire::Got::End);
    QVERIFY(!gate.connect().open());
}

void TstEngine::drainGivesUpAtDeadline()
{
    Running gate;
    Wire busy = gate.connect();
    busy.send("GET /?delay=1h HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().activeRequests, std::uint64_t(1), patienceMs);
    QVERIFY(!gate.engine.drain(100ms));
    gate.engine.stop();
}

void TstEngine::stopsWithRequestsInFlight()
{
    Running gate(workers(2));
    std::vector<Wire> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(gate.connect());
        clients.back().send("GET /?delay=1h HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().activeRequests, std::uint64_t(20), patienceMs);
    gate.engine.stop();
    QVERIFY(!gate.engine.apply(snapshotOf({gateway(gate.port)})).listeners.size());
}

void TstEngine::logsRequests()
{
    Running gate(workers(1), numbered(7));
    Wire client = gate.connect();
    const auto before = std::chrono::system_clock::now();
    client.ask("POST /a?b=c HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n"
               "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\nhello");
    const model::AccessEvent event = gate.nextEvent();
    QVERIFY(event.start >= before && event.start <= std::chrono::system_clock::now());
    QCOMPARE(event.method, std::string("POST"));
    QCOMPARE(event.authority, std::string("example.com"));
    QCOMPARE(event.path, std::string("/a?b=c"));
    QCOMPARE(event.protocol, std::string("HTTP/1.1"));
    QCOMPARE(int(event.status), 200);
    QCOMPARE(event.flags, std::string("-"));
    QCOMPARE(event.bytesReceived, std::uint64_t(5));
    QVERIFY(event.bytesSent > 100);
    QVERIFY(event.durationMicros > 0);
    QCOMPARE(event.gateway, std::string("default/gate"));
    QCOMPARE(event.listener, std::string("http"));
    QCOMPARE(event.route, std::string("HTTPRoute/default/all"));
    QCOMPARE(event.rule, 0);
    QCOMPARE(event.backend, std::string("default/app:80"));
    QVERIFY(event.upstreamAddress.starts_with("127.0.0.1:"));
    QCOMPARE(event.clientAddress, std::string("127.0.0.1"));
    QCOMPARE(event.traceId, std::string("0af7651916cd43dd8448eb211c80319c"));
    QCOMPARE(event.snapshotVersion, std::uint64_t(7));
}

void TstEngine::dropsAndCountsEvents()
{
    engine::EngineOptions options = workers(1);
    options.eventCapacity = 4;
    Running gate(options);
    Wire client = gate.connect();
    for (int i = 0; i < 10; ++i)
        client.ask(plainGet);
    // The last answer is on its way before its event is written.
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.stats().droppedEvents, std::uint64_t(6), patienceMs);
    std::vector<model::AccessEvent> events;
    gate.engine.takeEvents(events);
    QCOMPARE(events.size(), std::size_t(4));
    client.ask(plainGet);
    QCOMPARE(int(gate.nextEvent().status), 200);
}

void TstEngine::probesTheHost()
{
    const routing::HostFacts facts = engine::probeHost();
#ifdef GATEHOUSE_PORTABLE
    QVERIFY(!facts.manyLoopbackAddresses);
    QCOMPARE(facts.firstUnprivilegedPort, 1024);
#else
    const Listening second(0, "127.0.0.2");
    QCOMPARE(facts.manyLoopbackAddresses, second.ok());
    const Listening privileged(1);
    QCOMPARE(facts.firstUnprivilegedPort <= 1, privileged.ok());
#endif
}

QTEST_APPLESS_MAIN(TstEngine)
#include "tst_engine.moc"
