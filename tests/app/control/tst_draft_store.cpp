#include "app/control/draft_store.h"

#include <QtTest>

#include <sys/stat.h>

using gatehouse::control::DraftStore;

namespace {

unsigned modeOf(const QString& path)
{
    struct stat found {};
    return ::stat(path.toLocal8Bit().constData(), &found) == 0 ? found.st_mode & 07777u : 0u;
}

} // namespace

class TstDraftStore : public QObject {
    Q_OBJECT
private slots:
    void keepsWhatItWasGiven()
    {
        const QTemporaryDir folder;
        const std::string directory = folder.filePath(QStringLiteral("data/drafts")).toStdString();
        DraftStore store(directory);
        const std::string text = std::string("a: \xC3\xA4\r\n\n---\n") + '\0' + "end";
        QCOMPARE(store.keep("/x/a.yaml", text, "version"), std::string());
        const auto found = DraftStore(directory).find("/x/a.yaml"); // as another run would
        QVERIFY(found.has_value());
        QCOMPARE(found->text, text);
        QCOMPARE(found->base, std::string("version"));
        const auto age = std::chrono::system_clock::now() - found->keptAt;
        QVERIFY(age < std::chrono::hours(1) && age > -std::chrono::minutes(1));
        QVERIFY(!store.find("/x/b.yaml"));
    }

    void newestWinsAndIsForgotten()
    {
        const QTemporaryDir folder;
        DraftStore store(folder.path().toStdString());
        QCOMPARE(store.keep("/x/a.yaml", "one", "1"), std::string());
        QCOMPARE(store.keep("/x/a.yaml", "", "2"), std::string());
        QCOMPARE(store.find("/x/a.yaml")->text, std::string());
        QCOMPARE(store.find("/x/a.yaml")->base, std::string("2"));
        store.forget("/x/a.yaml");
        QVERIFY(!store.find("/x/a.yaml"));
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void nobodyElseMayRead()
    {
        const QTemporaryDir folder;
        const QString directory = folder.filePath(QStringLiteral("drafts"));
        DraftStore store(directory.toStdString());
        QCOMPARE(store.keep("/x/a.yaml", "secret", "1"), std::string());
        QCOMPARE(modeOf(directory), 0700u);
        const QStringList files = QDir(directory).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QCOMPARE(modeOf(directory + QLatin1Char('/') + files[0]), 0600u);
    }

    void oneFileHasOneDraftWhereverItIsNamedFrom()
    {
        const QTemporaryDir folder;
        DraftStore store(folder.path().toStdString());
        QCOMPARE(store.keep("some/../a.yaml", "text", "1"), std::string());
        QVERIFY(store.find((QDir::currentPath() + QStringLiteral("/a.yaml")).toStdString()).has_value());
    }

    void brokenDraftsAreNone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("something else") << QByteArray("hello\n");
        QTest::newRow("cut off") << QByteArray("gatehouse-draft 1 9 900\n/x/a.yaml");
        QTest::newRow("of another file") << QByteArray("gatehouse-draft 1 9 1\n/y/b.yaml1text");
        QTest::newRow("nonsense lengths") << QByteArray("gatehouse-draft 1 x y\n");
    }

    void brokenDraftsAreNone()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        DraftStore store(folder.path().toStdString());
        QCOMPARE(store.keep("/x/a.yaml", "text", "1"), std::string());
        QFile file(folder.filePath(QDir(folder.path()).entryList(QDir::Files).value(0)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.close();
        QVERIFY(!store.find("/x/a.yaml"));
    }

    void errorsAreTold()
    {
        DraftStore store("/proc/nowhere/drafts");
        QVERIFY(!store.keep("/x/a.yaml", "text", "1").empty());
        DraftStore none{""};
        QCOMPARE(none.keep("/x/a.yaml", "text", "1"), std::string()); // it was told to keep nothing
        QVERIFY(!none.find("/x/a.yaml"));
    }
};

QTEST_APPLESS_MAIN(TstDraftStore)
#include "tst_draft_store.moc"
