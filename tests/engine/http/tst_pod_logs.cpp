#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "engine/echo/pod_logs.h"

#include <thread>
#include <vector>
#endif

#include <QtTest/QTest>

using namespace gatehouse::engine;
using namespace std::chrono_literals;

namespace {
const PodLog::Clock::time_point start{std::chrono::seconds(1'700'000'000)};

/// "0" to "9", a second apart.
void fill(PodLog& log)
{
    for (int i = 0; i < 10; ++i)
        log.add(std::to_string(i), start + std::chrono::seconds(i));
}
} // namespace

class TstPodLogs : public QObject {
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<int>("since"); // seconds after the start; -1: not asked
        QTest::addColumn<int>("tail");  // -1: not asked
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("everything") << -1 << -1 << QByteArray("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        QTest::newRow("the last") << -1 << 2 << QByteArray("8\n9\n");
        QTest::newRow("none") << -1 << 0 << QByteArray();
        QTest::newRow("more than there are") << -1 << 100 << QByteArray("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        QTest::newRow("at or after a time") << 7 << -1 << QByteArray("7\n8\n9\n");
        QTest::newRow("the last after a time") << 7 << 1 << QByteArray("9\n");
        QTest::newRow("a time to come") << 11 << -1 << QByteArray();
    }

    void reads()
    {
        QFETCH(int, since);
        QFETCH(int, tail);
        QFETCH(QByteArray, text);
        PodLog log;
        fill(log);
        PodLog::Query query;
        if (since >= 0)
            query.since = start + std::chrono::seconds(since);
        if (tail >= 0)
            query.tailLines = static_cast<std::size_t>(tail);
        QCOMPARE(QByteArray::fromStdString(log.read(query)), text);
    }

    void writesTimes()
    {
        PodLog log;
        log.add("hello", start + 1500ms);
        PodLog::Query query;
        query.timestamps = true;
        QCOMPARE(log.read(query), std::string("2023-11-14T22:13:21.500000000Z hello\n"));
    }

    void keepsTheNewest()
    {
        PodLog log;
        for (std::size_t i = 0; i < PodLog::keptLines + 5; ++i)
            log.add(std::to_string(i), start);
        const std::string text = log.read({});
        QCOMPARE(std::size_t(std::count(text.begin(), text.end(), '\n')), PodLog::keptLines);
        QVERIFY(text.starts_with("5\n"));
        PodLog longLine;
        longLine.add(std::string(PodLog::lineBytes * 2, 'x'), start);
        QCOMPARE(longLine.read({}).size(), PodLog::lineBytes + 1);
    }

    void logsLiveAsLongAsTheirPods()
    {
        PodLogs logs;
        logs.open({"a", "stays", "c"})->add("line");
        logs.open({"a", "goes", "c"})->add("line");
        QCOMPARE(logs.open({"a", "stays", "c"})->read({}), std::string("line\n"));
        logs.keep([](const std::string&, const std::string& pod) { return pod == "stays"; });
        QVERIFY(logs.find({"a", "stays", "c"}));
        QVERIFY(!logs.find({"a", "goes", "c"}));
        QVERIFY(!logs.find({"a", "stays", "other"}));
    }

    void isWrittenAndReadAtOnce()
    {
        PodLog log;
        std::vector<std::thread> writers;
        for (int w = 0; w < 2; ++w)
            writers.emplace_back([&] {
                for (int i = 0; i < 1'000; ++i)
                    log.add("line");
            });
        for (int i = 0; i < 100; ++i)
            QVERIFY(log.read({}).size() % 5 == 0);
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(log.read({}).size(), std::size_t(10'000));
    }
};

QTEST_APPLESS_MAIN(TstPodLogs)
#include "tst_pod_logs.moc"
