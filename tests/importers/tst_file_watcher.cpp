#include <QTemporaryDir>
#include <QTest>

#include "importers/files/change_source.h"
#include "importers/files/file_watcher.h"
#include "importers/files/manifest_files.h"

#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

using namespace gatehouse;
using importers::ChangeSource;
using importers::FileWatcher;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text)
{
    std::ofstream(path) << text;
}

/// What a test does to the directory `dir` between starting to watch and waiting.
struct Change {
    std::function<void(const fs::path& dir)> prepare;
    std::vector<std::string> watched; ///< below the directory; "" is the directory itself
    std::function<void(const fs::path& dir)> act;
};

/// Plays events back and records how long the watcher was ready to wait for each.
struct ScriptedSource : ChangeSource {
    Event next(std::optional<std::chrono::milliseconds> timeout, importers::Interrupt&) override
    {
        timeouts.push_back(timeout);
        const Event event = events.front();
        events.pop_front();
        return event;
    }

    std::deque<Event> events;
    std::vector<std::optional<std::chrono::milliseconds>> timeouts;
};

} // namespace

Q_DECLARE_METATYPE(Change)

class TstFileWatcher : public QObject {
    Q_OBJECT

private slots:
    void reports_data()
    {
        QTest::addColumn<Change>("change");
        const auto nothing = [](const fs::path&) {};
        const auto file = [](const fs::path& dir) { write(dir / "a.yaml", "a: 1\n"); };
        const auto tree = [](const fs::path& dir) {
            fs::create_directories(dir / "x" / "y");
            write(dir / "x" / "y" / "a.yaml", "a: 1\n");
        };
        QTest::newRow("a file that is written")
            << Change{file, {"a.yaml"}, [](const fs::path& dir) { write(dir / "a.yaml", "a: 22\n"); }};
        QTest::newRow("a file in a directory") << Change{nothing, {""}, file};
        QTest::newRow("a file that is replaced by rename")
            << Change{file, {"a.yaml"}, [](const fs::path& dir) {
                          write(dir / ".a.yaml.new", "a: 22\n");
                          fs::rename(dir / ".a.yaml.new", dir / "a.yaml");
                      }};
        QTest::newRow("a file that is removed")
            << Change{file, {"a.yaml"}, [](const fs::path& dir) { fs::remove(dir / "a.yaml"); }};
        QTest::newRow("a file that did not exist yet") << Change{nothing, {"a.yaml"}, file};
        QTest::newRow("a file below directories that did not exist yet") << Change{nothing, {"x/y/a.yaml"}, tree};
        QTest::newRow("a directory that did not exist yet") << Change{nothing, {"x"}, tree};
        QTest::newRow("a file deep in a new directory") << Change{nothing, {""}, tree};
        QTest::newRow("a file in a directory below")
            << Change{tree, {""}, [](const fs::path& dir) { write(dir / "x" / "y" / "b.json", "{}"); }};
        QTest::newRow("a directory that is removed")
            << Change{tree, {""}, [](const fs::path& dir) { fs::remove_all(dir / "x"); }};
        QTest::newRow("a directory that is moved away")
            << Change{tree, {"x/y"}, [](const fs::path& dir) { fs::rename(dir / "x", dir / "z"); }};
        QTest::newRow("a given directory that comes back with other files")
            << Change{tree, {"x"}, [](const fs::path& dir) {
                          fs::remove_all(dir / "x");
                          fs::create_directory(dir / "x");
                          write(dir / "x" / "b.yml", "b: 1\n");
                      }};
        QTest::newRow("the target of a symbolic link")
            << Change{[](const fs::path& dir) {
                          fs::create_directory(dir / "data");
                          write(dir / "data" / "real", "a: 1\n");
                          fs::create_symlink("data/real", dir / "a.yaml");
                      },
                      {"a.yaml"},
                      [](const fs::path& dir) { write(dir / "data" / "real", "a: 22\n"); }};
        QTest::newRow("a mounted ConfigMap, where a linked directory is swapped")
            << Change{[](const fs::path& dir) {
                          fs::create_directories(dir / "m" / "..1");
                          fs::create_directories(dir / "m" / "..2");
                          write(dir / "m" / "..1" / "a.yaml", "a: 1\n");
                          write(dir / "m" / "..2" / "a.yaml", "a: 22\n");
                          fs::create_directory_symlink("..1", dir / "m" / "..data");
                          fs::create_symlink("..data/a.yaml", dir / "m" / "a.yaml");
                      },
                      {"m"},
                      [](const fs::path& dir) {
                          fs::create_directory_symlink("..2", dir / "m" / "..new");
                          fs::rename(dir / "m" / "..new", dir / "m" / "..data");
                      }};
    }

    void reports()
    {
        QFETCH(Change, change);
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        change.prepare(dir);
        std::vector<std::string> paths;
        for (const std::string& path : change.watched)
            paths.push_back(path.empty() ? dir.string() : (dir / path).string());
        FileWatcher watcher(paths);
        std::thread actor([&] { change.act(dir); });
        const bool changed = watcher.wait(1ms);
        actor.join();
        QVERIFY(changed);
    }

    void pollingReports_data() { reports_data(); }
    void pollingReports()
    {
        QFETCH(Change, change);
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        change.prepare(dir);
        std::vector<std::string> paths;
        for (const std::string& path : change.watched)
            paths.push_back(path.empty() ? dir.string() : (dir / path).string());
        importers::Interrupt interrupt;
        const auto source = importers::makePollingSource(paths);
        change.act(dir);
        QCOMPARE(source->next(std::nullopt, interrupt), ChangeSource::Event::Changed);
        QCOMPARE(source->next(0ms, interrupt), ChangeSource::Event::Quiet);
    }

    void doesNotReport_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {".a.yaml.swp", "a.yaml~", ".#a.yaml", "#a.yaml#", "4913", "notes.txt", ".hidden.yaml",
                                 "gatehouse.yaml", "a.yaml.tmp"})
            QTest::newRow(name) << QString(name);
    }

    /// The other file is written first; only the manifest written after it may end the wait, so the source must have
    /// passed the first one over.
    void doesNotReport()
    {
        QFETCH(QString, name);
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        write(dir / "b.yaml", "b: 1\n");
        for (auto* make : {&importers::makePollingSource, &importers::makeInotifySource}) {
            const auto source = make({dir.string()});
            if (!source)
                continue; // no inotify here: FileWatcher polls as well
            importers::Interrupt interrupt;
            fs::create_directories(dir / ".git");
            write(dir / ".git" / "c.yaml", "c: 1\n");
            write(dir / name.toStdString(), "a: 1\n");
            QCOMPARE(source->next(0ms, interrupt), ChangeSource::Event::Quiet);
            fs::remove(dir / name.toStdString());
            QCOMPARE(source->next(0ms, interrupt), ChangeSource::Event::Quiet);
        }
    }

    void aNeighbourOfAGivenFileIsNotReported()
    {
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        write(dir / "a.yaml", "a: 1\n");
        for (auto* make : {&importers::makePollingSource, &importers::makeInotifySource}) {
            const auto source = make({(dir / "a.yaml").string()});
            if (!source)
                continue;
            importers::Interrupt interrupt;
            write(dir / "b.yaml", "b: 1\n");
            QCOMPARE(source->next(0ms, interrupt), ChangeSource::Event::Quiet);
        }
    }

    void keepsWatchingAfterChanges()
    {
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        FileWatcher watcher({dir.string()});
        for (int i = 0; i < 5; ++i) {
            const fs::path sub = dir / ("d" + std::to_string(i));
            fs::create_directory(sub);
            write(sub / "a.yaml", "a: 1\n");
            QVERIFY(watcher.wait(1ms));
            write(sub / "a.yaml", std::string("a: ") + std::string(i + 2, '1'));
            QVERIFY(watcher.wait(1ms));
        }
    }

    void aBurstIsOneChange()
    {
        using Event = ChangeSource::Event;
        auto scripted = std::make_unique<ScriptedSource>();
        ScriptedSource& source = *scripted;
        source.events = {Event::Changed, Event::Changed, Event::Changed, Event::Quiet, Event::Changed, Event::Quiet};
        FileWatcher watcher(std::move(scripted));
        QVERIFY(watcher.wait(10s));
        QCOMPARE(source.events.size(), std::size_t(2));
        QCOMPARE(source.timeouts, (std::vector<std::optional<std::chrono::milliseconds>>{{}, 10s, 10s, 10s}));
        QVERIFY(watcher.wait(10s));
        QVERIFY(source.events.empty());
    }

    void stopEndsEveryWait()
    {
        QTemporaryDir temporary;
        FileWatcher watcher({temporary.path().toStdString()});
        std::thread stopper([&] { watcher.stop(); });
        QVERIFY(!watcher.wait());
        stopper.join();
        QVERIFY(!watcher.wait());
    }

    void wakeEndsOneWait()
    {
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        FileWatcher watcher({dir.string()});
        std::thread waker([&] { watcher.wake(); });
        QVERIFY(!watcher.wait());
        waker.join();
        write(dir / "a.yaml", "a: 1\n");
        QVERIFY(watcher.wait(1ms));
    }

    void aChangeIsNotLostByWake()
    {
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        FileWatcher watcher({dir.string()});
        write(dir / "a.yaml", "a: 1\n");
        watcher.wake();
        QVERIFY(!watcher.wait(1ms));
        QVERIFY(watcher.wait(1ms));
    }

    void manifestNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("read");
        for (const char* name : {"a.yaml", "a.yml", "a.json", "A.YAML", "a.b.yaml", "~a.yaml"})
            QTest::newRow(name) << QString(name) << true;
        for (const char* name : {"", ".yaml", ".a.yaml", "a.yaml~", ".#a.yaml", "#a.yaml#", ".a.yaml.swp", "a.txt",
                                 "yaml", "gatehouse.yaml", "a.yaml.bak"})
            QTest::newRow(*name ? name : "empty") << QString(name) << false;
    }

    void manifestNames()
    {
        QFETCH(QString, name);
        QFETCH(bool, read);
        QCOMPARE(importers::isManifestName(name.toStdString()), read);
    }
};

QTEST_APPLESS_MAIN(TstFileWatcher)
#include "tst_file_watcher.moc"
