#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "cluster.h"
#include "engine/runtime/rule_counters.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

namespace {

/// A snapshot with one rule a name; only names and places matter here.
routing::Snapshot named(const std::vector<std::string>& routes)
{
    routing::Snapshot snapshot;
    for (const std::string& route : routes) {
        routing::CompiledRule rule;
        rule.origin.routeName = route;
        snapshot.rules.push_back(std::move(rule));
    }
    return snapshot;
}

engine::EngineOptions counting(unsigned count)
{
    engine::EngineOptions options = workers(count);
    options.ruleMetrics = true;
    return options;
}

std::uint64_t totalOf(const std::vector<engine::RuleStats>& all, const std::string& route)
{
    std::uint64_t total = 0;
    for (const engine::RuleStats& stats : all)
        if (stats.route == route)
            for (const std::uint64_t each : stats.status)
                total += each;
    return total;
}

} // namespace

class TstRuleCounters : public QObject {
    Q_OBJECT

private slots:
    void countsByStatusFlagAndDuration();
    void addsWorkersUp();
    void namesSurviveReloads();
    void forgetsWhatIsGoneFirst();
    void boundsItsRows();
    void oldTablesOutliveTheirRows();
    void anEngineCountsItsRequests();
    void offUnlessAskedFor();
};

void TstRuleCounters::countsByStatusFlagAndDuration()
{
    engine::RuleMetrics metrics(1);
    const auto table = metrics.follow(named({"a"}));
    engine::RuleCounters& counters = table->rows[0]->byWorker[0];
    counters.count(200, "-", 1ms);
    counters.count(204, "", 1001us);
    counters.count(0, "DC", 3s);
    counters.count(503, "UH", 0us);
    counters.count(599, "ODD", 1h);
    const auto stats = metrics.read();
    QCOMPARE(stats.size(), std::size_t{1});
    QCOMPARE(stats[0].status, (std::array<std::uint64_t, 6>{1, 0, 2, 0, 0, 2}));
    QCOMPARE(stats[0].duration, (std::array<std::uint64_t, 8>{2, 1, 0, 0, 0, 0, 1, 1}));
    QCOMPARE(stats[0].durationMicros, std::uint64_t{1000 + 1001 + 3'000'000 + 3'600'000'000});
    using Flags = std::vector<std::pair<std::string_view, std::uint64_t>>;
    QCOMPARE(stats[0].flags, (Flags{{"UH", 1}, {"DC", 1}, {"other", 1}}));
}

void TstRuleCounters::addsWorkersUp()
{
    engine::RuleMetrics metrics(3);
    const auto table = metrics.follow(named({"a", "b"}));
    for (unsigned worker = 0; worker < 3; ++worker)
        for (unsigned n = 0; n <= worker; ++n)
            table->rows[1]->byWorker[worker].count(200, "-", 1ms);
    const auto stats = metrics.read();
    QCOMPARE(stats.size(), std::size_t{1}); // what had no request is left out
    QCOMPARE(totalOf(stats, "b"), std::uint64_t{6});
}

void TstRuleCounters::namesSurviveReloads()
{
    engine::RuleMetrics metrics(1);
    metrics.follow(named({"a", "b"}))->rows[1]->byWorker[0].count(200, "-", 1ms);
    metrics.follow(named({"b"}))->rows[0]->byWorker[0].count(200, "-", 1ms);
    static_cast<void>(metrics.follow(named({})));
    metrics.follow(named({"c", "b"}))->rows[1]->byWorker[0].count(200, "-", 1ms);
    QCOMPARE(totalOf(metrics.read(), "b"), std::uint64_t{3});
}

void TstRuleCounters::forgetsWhatIsGoneFirst()
{
    engine::RuleMetrics metrics(1, 2);
    metrics.follow(named({"a", "b"}))->rows[0]->byWorker[0].count(200, "-", 1ms);
    const auto table = metrics.follow(named({"b", "c"}));
    table->rows[0]->byWorker[0].count(200, "-", 1ms);
    table->rows[1]->byWorker[0].count(200, "-", 1ms);
    const auto stats = metrics.read();
    QCOMPARE(totalOf(stats, "a"), std::uint64_t{0});
    QCOMPARE(totalOf(stats, "b"), std::uint64_t{1});
    QCOMPARE(totalOf(stats, "c"), std::uint64_t{1});
}

void TstRuleCounters::boundsItsRows()
{
    engine::RuleMetrics metrics(1, 2);
    const auto table = metrics.follow(named({"a", "b", "c", "d"}));
    for (const auto& row : table->rows)
        row->byWorker[0].count(200, "-", 1ms);
    const auto stats = metrics.read();
    QCOMPARE(stats.size(), std::size_t{3});
    QCOMPARE(totalOf(stats, ""), std::uint64_t{2});
    QCOMPARE(totalOf(stats, "b"), std::uint64_t{1});
}

void TstRuleCounters::oldTablesOutliveTheirRows()
{
    engine::RuleMetrics metrics(1, 1);
    const auto old = metrics.follow(named({"a"}));
    static_cast<void>(metrics.follow(named({"b"})));
    old->rows[0]->byWorker[0].count(200, "-", 1ms); // a request that began before
    QCOMPARE(metrics.read().size(), std::size_t{0});
}

void TstRuleCounters::anEngineCountsItsRequests()
{
    Running gate(counting(2));
    for (int i = 0; i < 6; ++i) {
        Wire client = gate.connect();
        client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    QTRY_COMPARE_WITH_TIMEOUT(totalOf(gate.engine.ruleStats(), "HTTPRoute/default/all"), std::uint64_t{6}, patienceMs);
    gate.apply({service() + route("    timeouts: {request: 10s}")});
    Wire client = gate.connect();
    client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(totalOf(gate.engine.ruleStats(), "HTTPRoute/default/all"), std::uint64_t{7}, patienceMs);
    gate.apply(Running::backendAt(freePort()));
    Wire failing = gate.connect();
    failing.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(gate.engine.ruleStats()[0].flags.size(), std::size_t{1}, patienceMs);
    QCOMPARE(gate.engine.ruleStats()[0].flags[0].first, std::string_view("UF"));
}

void TstRuleCounters::offUnlessAskedFor()
{
    Running gate;
    Wire client = gate.connect();
    client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(int(gate.nextEvent().status), 200);
    QVERIFY(gate.engine.ruleStats().empty());
}

QTEST_APPLESS_MAIN(TstRuleCounters)
#include "tst_rule_counters.moc"
