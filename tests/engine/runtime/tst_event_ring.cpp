#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "engine/observe/event_ring.h"

#include <thread>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using engine::EventRing;

namespace {
/// Writes one event; true when the reader has to be woken.
bool write(EventRing& ring, std::uint64_t number)
{
    model::AccessEvent* event = ring.claim();
    if (!event)
        return false;
    event->durationMicros = number;
    event->path.assign("/" + std::to_string(number));
    return ring.publish();
}
} // namespace

class TstEventRing : public QObject {
    Q_OBJECT

private slots:
    void keepsOrder();
    void dropsWhenFull();
    void wakesOnceUntilTheReaderFoundNothing();
    void losesNoWakeUp();
};

void TstEventRing::keepsOrder()
{
    EventRing ring(3);
    std::vector<model::AccessEvent> events;
    std::uint64_t written = 0;
    for (int round = 0; round < 5; ++round) {
        write(ring, written++);
        write(ring, written++);
        ring.take(events);
    }
    QCOMPARE(events.size(), std::size_t(10));
    for (std::uint64_t i = 0; i < 10; ++i) {
        QCOMPARE(events[i].durationMicros, i);
        QCOMPARE(events[i].path, "/" + std::to_string(i));
    }
}

void TstEventRing::dropsWhenFull()
{
    EventRing ring(2);
    for (std::uint64_t i = 0; i < 5; ++i)
        write(ring, i);
    QCOMPARE(ring.dropped(), std::uint64_t(3));
    std::vector<model::AccessEvent> events;
    ring.take(events);
    QCOMPARE(events.size(), std::size_t(2));
    QCOMPARE(events[1].durationMicros, std::uint64_t(1)); // the old are kept, the new are dropped
    write(ring, 9);
    ring.take(events);
    QCOMPARE(events.back().durationMicros, std::uint64_t(9));
}

void TstEventRing::wakesOnceUntilTheReaderFoundNothing()
{
    EventRing ring(8);
    QVERIFY(write(ring, 0));
    QVERIFY(!write(ring, 1));
    std::vector<model::AccessEvent> events;
    ring.take(events);
    QVERIFY(!write(ring, 2)); // the reader is awake: it looks again before it sleeps
    ring.take(events);
    ring.take(events);
    QCOMPARE(events.size(), std::size_t(3));
    QVERIFY(write(ring, 3));
}

void TstEventRing::losesNoWakeUp()
{
    // A reader that sleeps whenever it found nothing gets every event that was not dropped.
    constexpr std::uint64_t count = 200'000;
    EventRing ring(64);
    std::atomic<std::uint64_t> wakeUps{0};
    std::atomic<bool> done{false};
    std::uint64_t read = 0, last = 0;
    bool ordered = true;
    std::thread reader([&] {
        std::vector<model::AccessEvent> events;
        std::uint64_t seen = 0;
        for (;;) {
            const bool finished = done;
            const std::uint64_t woken = wakeUps;
            if (woken == seen && !finished) {
                wakeUps.wait(seen);
                continue;
            }
            seen = woken;
            do {
                events.clear();
                ring.take(events);
                for (const model::AccessEvent& event : events) {
                    ordered = ordered && (read == 0 || event.durationMicros > last);
                    last = event.durationMicros;
                    ++read;
                }
            } while (!events.empty());
            if (finished)
                return;
        }
    });
    for (std::uint64_t i = 1; i <= count; ++i) {
        if (write(ring, i)) {
            ++wakeUps;
            wakeUps.notify_one();
        }
    }
    done = true;
    ++wakeUps;
    wakeUps.notify_one();
    reader.join();
    QVERIFY(ordered);
    QCOMPARE(read + ring.dropped(), count);
    QVERIFY(read > 0);
}

QTEST_APPLESS_MAIN(TstEventRing)
#include "tst_event_ring.moc"
