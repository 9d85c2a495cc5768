#include <QtTest/QTest>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include "app/kube_api/saved_objects.h"

using namespace gatehouse;
using model::Value;

namespace {

Value object(const char* kind, const char* ns, const char* name, const char* note)
{
    Value metadata = Value::object();
    metadata.set("name", name);
    if (*ns)
        metadata.set("namespace", ns);
    Value made = Value::object();
    made.set("apiVersion", "v1");
    made.set("kind", kind);
    made.set("metadata", std::move(metadata));
    made.set("note", note);
    return made;
}

} // namespace

class TstSavedObjects : public QObject {
    Q_OBJECT

private slots:
    void init() { directory_ = std::make_unique<QTemporaryDir>(); }
    void comesBackAsItWas();
    void removesWhatIsGone();
    void leavesOtherFilesAlone();
    void missingDirectoryIsMade();
    void brokenFileIsNamed();
    void unwritableDirectoryIsAnError();

private:
    [[nodiscard]] std::string root() const { return directory_->filePath("kept").toStdString(); }
    [[nodiscard]] bool exists(const char* name) const { return QFile::exists(directory_->filePath(name)); }

    std::unique_ptr<QTemporaryDir> directory_;
};

void TstSavedObjects::comesBackAsItWas()
{
    const std::vector<Value> objects = {object("Namespace", "", "a", "x"), object("Service", "a", "s", "y")};
    std::vector<model::Diagnostic> problems;
    kube::SavedObjects first(root());
    QCOMPARE(first.save(objects), std::string());
    QVERIFY(exists("kept/_cluster/namespace.a.yaml"));
    QVERIFY(exists("kept/a/service.s.yaml"));
    kube::SavedObjects second(root());
    const std::vector<Value> loaded = second.load(problems);
    QVERIFY(problems.empty());
    QVERIFY(loaded.size() == 2);
    QVERIFY(loaded[0] == objects[0]);
    QVERIFY(loaded[1] == objects[1]);
}

void TstSavedObjects::removesWhatIsGone()
{
    kube::SavedObjects first(root());
    QCOMPARE(first.save({object("Service", "a", "s", "1"), object("Service", "a", "t", "1")}), std::string());
    // Also what an earlier run saved.
    kube::SavedObjects second(root());
    std::vector<model::Diagnostic> problems;
    (void)second.load(problems);
    QCOMPARE(second.save({object("Service", "a", "t", "2")}), std::string());
    QVERIFY(!exists("kept/a/service.s.yaml"));
    QFile file(directory_->filePath("kept/a/service.t.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("note: \"2\"\n"));
}

void TstSavedObjects::leavesOtherFilesAlone()
{
    kube::SavedObjects saved(root());
    QCOMPARE(saved.save({object("Service", "a", "s", "1")}), std::string());
    QFile note(directory_->filePath("kept/README.md"));
    QVERIFY(note.open(QIODevice::WriteOnly));
    QCOMPARE(saved.save({}), std::string());
    QVERIFY(exists("kept/README.md"));
    QCOMPARE(QDir(directory_->filePath("kept/a")).entryList(QDir::Files | QDir::Hidden).size(), 0);
}

void TstSavedObjects::missingDirectoryIsMade()
{
    kube::SavedObjects saved(root());
    std::vector<model::Diagnostic> problems;
    QVERIFY(saved.load(problems).empty());
    QVERIFY(problems.empty());
    QCOMPARE(saved.save({object("Service", "a", "s", "1")}), std::string());
    QVERIFY(exists("kept/a/service.s.yaml"));
}

void TstSavedObjects::brokenFileIsNamed()
{
    QVERIFY(QDir().mkpath(directory_->filePath("kept/a")));
    QFile file(directory_->filePath("kept/a/service.s.yaml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a: [1\n");
    file.close();
    kube::SavedObjects saved(root());
    std::vector<model::Diagnostic> problems;
    QVERIFY(saved.load(problems).empty());
    QVERIFY(problems.size() == 1);
    QVERIFY(QString::fromStdString(toString(problems[0])).contains("service.s.yaml:"));
}

void TstSavedObjects::unwritableDirectoryIsAnError()
{
    QFile blocker(directory_->filePath("kept"));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    kube::SavedObjects saved(root());
    QVERIFY(!saved.save({object("Service", "a", "s", "1")}).empty());
}

QTEST_APPLESS_MAIN(TstSavedObjects)
#include "tst_saved_objects.moc"
