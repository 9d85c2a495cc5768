#include "quiet.h"
#include "ui/topology/layout_runner.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace gatehouse;
using ui::LayoutRunner;

namespace {

layout::Input chain(std::uint32_t boxes)
{
    layout::Input input;
    for (std::uint32_t i = 0; i < boxes; ++i) {
        layout::Box box;
        box.width = 100, box.height = 40;
        input.boxes.push_back(box);
        if (i > 0)
            input.edges.push_back({i - 1, i});
    }
    return input;
}

/// So many crossing edges that Graphviz works on it for minutes.
layout::Input endless()
{
    layout::Input input = chain(1400);
    for (std::uint32_t i = 0; i < 1400; ++i) {
        for (std::uint32_t step = 7; step < 700; step += 61)
            input.edges.push_back({i, (i * 31 + step) % 1400, -1, 40, 20});
    }
    return input;
}

} // namespace

class TstLayoutRunner : public QuietTest {
    Q_OBJECT
private slots:
    void layoutComesBySignal()
    {
        LayoutRunner runner;
        QSignalSpy finished(&runner, &LayoutRunner::finished);
        const auto generation = runner.request(chain(5));
        QVERIFY(runner.busy());
        QVERIFY(finished.wait());
        QCOMPARE(finished[0][0].value<std::uint64_t>(), generation);
        const auto output = finished[0][1].value<std::shared_ptr<const layout::Output>>();
        QCOMPARE(output->boxes.size(), std::size_t{5});
        QVERIFY(!runner.busy());
    }

    void oneProcessServesManyLayouts()
    {
        LayoutRunner runner;
        QSignalSpy finished(&runner, &LayoutRunner::finished);
        for (int i = 1; i <= 5; ++i) {
            runner.request(chain(static_cast<std::uint32_t>(i)));
            QVERIFY(finished.wait());
        }
        QCOMPARE(finished.size(), 5);
        QCOMPARE(runner.killed(), std::uint64_t{0});
    }

    void newerRequestKillsTheOneUnderWay()
    {
        LayoutRunner runner;
        QSignalSpy finished(&runner, &LayoutRunner::finished);
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        runner.request(endless());
        const auto newest = runner.request(chain(3));
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0][0].value<std::uint64_t>(), newest);
        QCOMPARE(runner.killed(), std::uint64_t{1});
        QVERIFY(failed.isEmpty());
    }

    void endWaitsForNoLayout()
    {
        QElapsedTimer timer;
        timer.start();
        {
            LayoutRunner runner;
            runner.request(endless());
        }
        QVERIFY2(timer.elapsed() < 10'000, "the run went on");
    }

    void missingProgramIsTold()
    {
        LayoutRunner runner(nullptr, QStringLiteral("/nowhere/gatehouse-layout"));
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        const auto generation = runner.request(chain(2));
        QVERIFY(failed.wait());
        QCOMPARE(failed[0][0].value<std::uint64_t>(), generation);
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("/nowhere/gatehouse-layout")));
        QVERIFY(!runner.busy());
    }

    void unknownProgramIsTold()
    {
        LayoutRunner runner(nullptr, QString());
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        runner.request(chain(2));
        QVERIFY(failed.wait());
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("gatehouse-layout")));
    }

    void programThatEndsIsTold()
    {
        LayoutRunner runner(nullptr, QStringLiteral("/bin/false"));
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        runner.request(chain(2));
        QTRY_COMPARE(failed.size(), 1);
    }

    void programThatSaysNonsenseIsTold()
    {
        LayoutRunner runner(nullptr, QStringLiteral("/bin/ls"));
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        runner.request(chain(2));
        QTRY_COMPARE(failed.size(), 1);
    }

    void brokenInputIsTold()
    {
        LayoutRunner runner;
        QSignalSpy failed(&runner, &LayoutRunner::failed);
        layout::Input input = chain(2);
        input.edges.push_back({0, 9});
        runner.request(input);
        QVERIFY(failed.wait());
        QVERIFY(!failed[0][1].toString().isEmpty());
        QSignalSpy finished(&runner, &LayoutRunner::finished);
        runner.request(chain(2));
        QVERIFY2(finished.wait(), "the next one is served all the same");
    }
};

QTEST_GUILESS_MAIN(TstLayoutRunner)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_layout_runner.moc"
