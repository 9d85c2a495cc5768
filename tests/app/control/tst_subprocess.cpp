#include <QtTest>

#include "app/control/subprocess.h"

#include <QTemporaryDir>

#include <filesystem>
#include <future>
#include <unistd.h>

using namespace gatehouse::control;
using namespace std::chrono_literals;

class TstSubprocess : public QObject {
    Q_OBJECT

private slots:
    void bothOutputsAndTheExitCode()
    {
        const ProcessResult result = runProcess({"sh", "-c", "echo out; echo err >&2; exit 3"});
        QCOMPARE(result.exitCode, 3);
        QCOMPARE(result.out, std::string("out\n"));
        QCOMPARE(result.err, std::string("err\n"));
        QVERIFY(result.failure.empty());
    }

    void wordsAreNoShellText()
    {
        QCOMPARE(runProcess({"printf", "%s", "a b $(id) 'c'"}).out, std::string("a b $(id) 'c'"));
    }

    void muchOfBoth()
    {
        const ProcessResult result =
            runProcess({"sh", "-c", "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; echo end"});
        QCOMPARE(result.out.size(), std::size_t(3000004));
        QCOMPARE(result.err.size(), std::size_t(3000000));
    }

    void noTerminalNoInput()
    {
        if (isatty(0))
            QSKIP("standard input is a terminal");
        QCOMPARE(runProcess({"cat"}).exitCode, 0);
    }

    void missingProgram()
    {
        const ProcessResult result = runProcess({"/nonexistent/program"});
        QVERIFY(result.notFound);
        QVERIFY(!result.failure.empty());
    }

    void timeout()
    {
        QElapsedTimer timer;
        timer.start();
        const ProcessResult result = runProcess({"sleep", "60"}, {200ms, 1000});
        QVERIFY(timer.elapsed() < 30'000);
        QCOMPARE(result.exitCode, 128 + 9);
        QVERIFY(result.failure.find("did not end within") != std::string::npos);
    }

    void stopped()
    {
        std::stop_source quitting;
        QTemporaryDir folder;
        const std::string begun = folder.filePath("begun").toStdString();
        auto later = std::async(std::launch::async, [&] {
            return runProcess({"sh", "-c", "touch '" + begun + "'; exec sleep 600"}, {.stop = quitting.get_token()});
        });
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(begun), 30'000);
        QElapsedTimer timer;
        timer.start();
        quitting.request_stop();
        const ProcessResult result = later.get();
        QVERIFY(timer.elapsed() < 30'000);
        QCOMPARE(result.failure, std::string("was stopped"));
        QCOMPARE(result.exitCode, 128 + 9);
        // What is asked for later does not begin.
        std::filesystem::remove(begun);
        QCOMPARE(runProcess({"touch", begun}, {.stop = quitting.get_token()}).failure, std::string("was stopped"));
        QVERIFY(!std::filesystem::exists(begun));
    }

    void tooMuch()
    {
        const ProcessResult result = runProcess({"cat", "/dev/zero"}, {60s, 100'000});
        QVERIFY(result.failure.find("printed more than 100000 bytes") != std::string::npos);
    }

    void endedByASignal()
    {
        const ProcessResult result = runProcess({"sh", "-c", "kill -TERM $$"});
        QCOMPARE(result.exitCode, 128 + 15);
        QVERIFY(result.failure.empty());
    }
};

QTEST_APPLESS_MAIN(TstSubprocess)
#include "tst_subprocess.moc"
