#include "importers/files/unfinished_writes.h"

#include <QtTest/QTest>

using namespace gatehouse::importers;
using namespace std::chrono_literals;

namespace {

using FileTime = UnfinishedWrites::FileTime;
using Time = UnfinishedWrites::Clock::time_point;

const FileTime fileNow = FileTime::clock::now();
const Time now = Time(1h);

ManifestSnapshot files(std::initializer_list<std::pair<std::uintmax_t, std::chrono::milliseconds>> sizesAndAges)
{
    ManifestSnapshot snapshot;
    for (const auto& [size, age] : sizesAndAges)
        snapshot.files[std::to_string(snapshot.files.size())] = {size, fileNow - age};
    return snapshot;
}

} // namespace

class TstUnfinishedWrites : public QObject {
    Q_OBJECT
private slots:
    void ages_data();
    void ages();
    void aFileWithoutRestIsTakenAtLast();
    void patienceBeginsAnew();
};

void TstUnfinishedWrites::ages_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("age");
    QTest::addColumn<int>("again"); // -1: taken
    QTest::newRow("just written") << 10 << 0 << 50;
    QTest::newRow("a moment ago") << 10 << 40 << 10;
    QTest::newRow("at rest") << 10 << 50 << -1;
    QTest::newRow("stamped in the future") << 10 << -100 << -1;
    QTest::newRow("just emptied") << 0 << 0 << 50;
    QTest::newRow("emptied a second ago") << 0 << 1000 << 50;
    QTest::newRow("emptied, and nearly at rest") << 0 << 1990 << 10;
    QTest::newRow("empty for good") << 0 << 2000 << -1;
}

void TstUnfinishedWrites::ages()
{
    QFETCH(int, size);
    QFETCH(int, age);
    QFETCH(int, again);
    UnfinishedWrites writes;
    const auto at = writes.importAgainAt(
        files({{5, 1h}, {static_cast<std::uintmax_t>(size), std::chrono::milliseconds(age)}, {0, 1h}}), fileNow, now);
    QCOMPARE(at.has_value(), again >= 0);
    if (at)
        QCOMPARE(*at, now + std::chrono::milliseconds(again));
}

void TstUnfinishedWrites::aFileWithoutRestIsTakenAtLast()
{
    UnfinishedWrites writes;
    int putOff = 0;
    for (Time at = now; writes.importAgainAt(files({{10, 1ms}}), fileNow, at); at += 49ms)
        QVERIFY(++putOff < 1000);
    QVERIFY(putOff >= 2500 / 49);
    // Also after it was read.
    QVERIFY(!writes.importAgainAt(files({{10, 1ms}}), fileNow, now + putOff * 49ms + 5ms));
}

void TstUnfinishedWrites::patienceBeginsAnew()
{
    UnfinishedWrites writes;
    QVERIFY(writes.importAgainAt(files({{10, 1ms}}), fileNow, now));
    QVERIFY(!writes.importAgainAt(files({{10, 51ms}}), fileNow, now + 50ms));
    writes.taken();
    QVERIFY(writes.importAgainAt(files({{10, 1ms}}), fileNow, now + 1h));
}

QTEST_APPLESS_MAIN(TstUnfinishedWrites)
#include "tst_unfinished_writes.moc"
