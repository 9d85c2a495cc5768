#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "engine/runtime/session_counters.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::engine;

namespace {

/// One TCP port with one listener for each name, each with a rule of its own.
routing::Snapshot tcp(const std::vector<std::string>& listeners)
{
    routing::Snapshot snapshot;
    for (const std::string& name : listeners) {
        routing::CompiledRule rule;
        rule.origin.routeName = "TCPRoute/t/" + name;
        routing::ListenerTable listener;
        listener.gatewayName = "t/gw";
        listener.listenerName = name;
        listener.protocol = model::Protocol::TCP;
        listener.streamRule.value = static_cast<std::uint32_t>(snapshot.rules.size());
        snapshot.rules.push_back(std::move(rule));
        routing::PortTable port;
        port.carrier = routing::Carrier::Tcp;
        port.listeners.push_back(std::move(listener));
        snapshot.ports.push_back(std::move(port));
    }
    return snapshot;
}

SessionCounters& counted(const SessionCounterTable& table, const routing::Snapshot& snapshot, std::size_t port,
                         bool ruled = true, std::size_t worker = 0)
{
    return table.find(&snapshot.ports[port].listeners[0], ruled ? &snapshot.rules[port] : nullptr).byWorker[worker];
}

const SessionStats* statsOf(const std::vector<SessionStats>& all, const std::string& listener, const std::string& route)
{
    for (const SessionStats& stats : all)
        if (stats.listener == listener && stats.route == route)
            return &stats;
    return nullptr;
}

} // namespace

class TstSessionCounters : public QObject {
    Q_OBJECT
private slots:
    void countsByPlace();
    void placesLastThroughReloads();
    void boundsItsRows();
};

void TstSessionCounters::countsByPlace()
{
    SessionMetrics metrics(2);
    const routing::Snapshot snapshot = tcp({"a", "b"});
    const auto table = metrics.follow(snapshot);
    counted(*table, snapshot, 0).began();
    counted(*table, snapshot, 0).ended("", 10, 20);
    counted(*table, snapshot, 0, true, 1).began();
    counted(*table, snapshot, 0, true, 1).ended("UC", 1, 2);
    counted(*table, snapshot, 0, true, 1).began();
    counted(*table, snapshot, 1, false).began();
    counted(*table, snapshot, 1, false).ended("NR", 0, 0);
    table->find(nullptr, nullptr).byWorker[0].began();
    table->find(nullptr, nullptr).byWorker[0].ended("ODD", 0, 0);

    const std::vector<SessionStats> all = metrics.read();
    QCOMPARE(all.size(), std::size_t{3}); // what had no session is left out
    using Flags = std::vector<std::pair<std::string_view, std::uint64_t>>;
    const SessionStats* const served = statsOf(all, "a", "TCPRoute/t/a");
    QVERIFY(served);
    QCOMPARE(served->gateway, std::string("t/gw"));
    QCOMPARE(served->rule, 0);
    QCOMPARE(served->sessions, std::uint64_t{3});
    QCOMPARE(served->active, std::uint64_t{1});
    QCOMPARE(served->bytesReceived, std::uint64_t{11});
    QCOMPARE(served->bytesSent, std::uint64_t{22});
    QCOMPARE(served->flags, (Flags{{"UC", 1}}));
    const SessionStats* const refused = statsOf(all, "b", "");
    QVERIFY(refused);
    QCOMPARE(refused->rule, -1);
    QCOMPARE(refused->flags, (Flags{{"NR", 1}}));
    const SessionStats* const nowhere = statsOf(all, "", "");
    QVERIFY(nowhere);
    QCOMPARE(nowhere->flags, (Flags{{"other", 1}}));
}

void TstSessionCounters::placesLastThroughReloads()
{
    SessionMetrics metrics(1);
    const routing::Snapshot first = tcp({"a", "b"}), none = tcp({}), last = tcp({"b"});
    const auto old = metrics.follow(first);
    counted(*old, first, 1).began();
    static_cast<void>(metrics.follow(none));
    const auto table = metrics.follow(last);
    counted(*table, last, 0).began();
    counted(*old, first, 1).ended("", 5, 0); // began with the first snapshot
    const auto all = metrics.read();
    const SessionStats* const stats = statsOf(all, "b", "TCPRoute/t/b");
    QVERIFY(stats);
    QCOMPARE(stats->sessions, std::uint64_t{2});
    QCOMPARE(stats->active, std::uint64_t{1});
    QCOMPARE(stats->bytesReceived, std::uint64_t{5});
}

void TstSessionCounters::boundsItsRows()
{
    SessionMetrics metrics(1, 4);
    const routing::Snapshot first = tcp({"a", "b"}), second = tcp({"c", "d", "e"});
    const auto old = metrics.follow(first);
    counted(*old, first, 0).began();
    const auto table = metrics.follow(second); // what is gone is forgotten, then places share a row
    for (std::size_t port = 0; port < 3; ++port)
        counted(*table, second, port).began();
    counted(*old, first, 0).ended("", 1, 1); // its row is still there for it
    std::uint64_t sessions = 0;
    const auto all = metrics.read();
    for (const SessionStats& stats : all)
        sessions += stats.sessions;
    QCOMPARE(sessions, std::uint64_t{3});
    QVERIFY(!statsOf(all, "a", "TCPRoute/t/a"));
    QVERIFY(statsOf(all, "", ""));
}

QTEST_APPLESS_MAIN(TstSessionCounters)
#include "tst_session_counters.moc"
