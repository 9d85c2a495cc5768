#include "engine/runtime/deadlines.h"

#include <QtTest/QTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace gatehouse::engine;
using namespace std::chrono_literals;

namespace {

/// Time is a number here: no test waits.
TimePoint at(int milliseconds)
{
    return TimePoint(std::chrono::milliseconds(milliseconds));
}

struct Probe final : Deadline {
    explicit Probe(std::vector<std::string>& log, std::string name = "late") : log(log), name(std::move(name)) {}
    void onDeadline() override
    {
        log.push_back(name);
        if (victim)
            victim->reset();
        if (again)
            owner->set(*this, *again);
    }
    std::vector<std::string>& log;
    std::string name;
    std::unique_ptr<Probe>* victim = nullptr;
    Deadlines* owner = nullptr;
    std::optional<TimePoint> again;
};

} // namespace

class TstDeadlines : public QObject {
    Q_OBJECT

private slots:
    void findsTheLateOnly();
    void callsOnce();
    void isDueAtTheEarliest();
    void isNotDueWhenNothingWaits();
    void mayBeSetAnewWhileSwept();
    void mayDestroyOthersWhileSwept_data();
    void mayDestroyOthersWhileSwept();
    void sweepsNoMoreOftenThanItsResolution();
    void outlivedByWhatItWatched();
};

void TstDeadlines::findsTheLateOnly()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    Probe early(log, "early"), exact(log, "exact"), later(log, "later"), free(log, "free");
    for (Probe* each : {&early, &exact, &later, &free})
        deadlines.watch(*each);
    deadlines.set(early, at(50));
    deadlines.set(exact, at(100));
    deadlines.set(later, at(101));
    deadlines.sweep(at(100));
    QCOMPARE(log, (std::vector<std::string>{"exact", "early"}));
    QCOMPARE(deadlines.due(), at(110)); // "later", but not so soon after this sweep
    deadlines.sweep(at(110));
    QCOMPARE(log.back(), std::string("later"));
    QCOMPARE(log.size(), std::size_t(3));
}

void TstDeadlines::callsOnce()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    Probe probe(log);
    deadlines.watch(probe);
    deadlines.set(probe, at(10));
    deadlines.sweep(at(10));
    deadlines.sweep(at(1000));
    QCOMPARE(log.size(), std::size_t(1));
    QVERIFY(probe.deadline() == never);
}

void TstDeadlines::isDueAtTheEarliest()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    Probe first(log), second(log);
    deadlines.watch(first);
    deadlines.watch(second);
    deadlines.set(first, at(500));
    deadlines.set(second, at(300));
    QCOMPARE(deadlines.due(), at(300));
    deadlines.set(second, never); // taken back: a sweep finds that nothing is late, and the next time
    deadlines.sweep(at(300));
    QVERIFY(log.empty());
    QCOMPARE(deadlines.due(), at(500));
}

void TstDeadlines::isNotDueWhenNothingWaits()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    QVERIFY(deadlines.due() == never);
    Probe probe(log);
    deadlines.watch(probe);
    QVERIFY(deadlines.due() == never);
    deadlines.set(probe, at(10));
    deadlines.sweep(at(10));
    QVERIFY(deadlines.due() == never);
}

void TstDeadlines::mayBeSetAnewWhileSwept()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    Probe probe(log);
    deadlines.watch(probe);
    probe.owner = &deadlines;
    probe.again = at(200);
    deadlines.set(probe, at(100));
    deadlines.sweep(at(100));
    QCOMPARE(deadlines.due(), at(200));
    probe.again.reset();
    deadlines.sweep(at(200));
    QCOMPARE(log.size(), std::size_t(2));
}

void TstDeadlines::mayDestroyOthersWhileSwept_data()
{
    QTest::addColumn<int>("killer");
    QTest::addColumn<int>("victim");
    for (int killer = 0; killer < 4; ++killer) {
        for (int victim = 0; victim < 4; ++victim) {
            if (killer != victim)
                QTest::addRow("%d ends %d of 4", killer, victim) << killer << victim;
        }
    }
}

void TstDeadlines::mayDestroyOthersWhileSwept()
{
    QFETCH(int, killer);
    QFETCH(int, victim);
    std::vector<std::string> log;
    Deadlines deadlines;
    std::vector<std::unique_ptr<Probe>> probes;
    for (int i = 0; i < 4; ++i) {
        probes.push_back(std::make_unique<Probe>(log, std::to_string(i)));
        deadlines.watch(*probes.back());
        deadlines.set(*probes.back(), at(10));
    }
    probes[static_cast<std::size_t>(killer)]->victim = &probes[static_cast<std::size_t>(victim)];
    deadlines.sweep(at(10));
    // The newest is swept first; a victim that came before its killer had been called already.
    QCOMPARE(log.size(), std::size_t(victim > killer ? 4 : 3));
}

void TstDeadlines::sweepsNoMoreOftenThanItsResolution()
{
    std::vector<std::string> log;
    Deadlines deadlines;
    Probe first(log), second(log);
    deadlines.watch(first);
    deadlines.watch(second);
    deadlines.set(first, at(100));
    deadlines.sweep(at(100));
    deadlines.set(second, at(101));
    deadlines.sweep(at(105));
    QCOMPARE(log.size(), std::size_t(1));
    QCOMPARE(deadlines.due(), at(110));
    deadlines.sweep(at(110));
    QCOMPARE(log.size(), std::size_t(2));
}

void TstDeadlines::outlivedByWhatItWatched()
{
    std::vector<std::string> log;
    Probe probe(log);
    {
        Deadlines deadlines;
        deadlines.watch(probe);
        QVERIFY(probe.watched());
    }
    QVERIFY(!probe.watched());
}

QTEST_APPLESS_MAIN(TstDeadlines)
#include "tst_deadlines.moc"
