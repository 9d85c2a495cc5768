#include <QTemporaryDir>
#include <QTest>

#include "importers/importer.h"
#include "importers/object_list.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace gatehouse;
using importers::ImportLimits;
using importers::ImportResult;
using importers::ManifestImporter;
namespace fs = std::filesystem;

namespace {

std::string service(const std::string& name)
{
    return "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\nspec:\n  ports:\n  - port: 80\n";
}

std::string services(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "---\n" + service("s" + std::to_string(i));
    return text;
}

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

QByteArrayList names(const ImportResult& result)
{
    QByteArrayList list;
    for (const auto& [name, resource] : result.resources->services)
        list.append(QByteArray::fromStdString(name.name));
    return list;
}

QByteArrayList messages(const ImportResult& result, model::Severity most = model::Severity::Error)
{
    QByteArrayList list;
    for (const model::Diagnostic& problem : result.diagnostics)
        if (problem.severity <= most)
            list.append(QByteArray::fromStdString(toString(problem)));
    return list;
}

ImportResult importText(const std::string& text, const ImportLimits& limits = {})
{
    return ManifestImporter(limits).importTexts({{"f.yaml", text}});
}

} // namespace

class TstManifestImporter : public QObject {
    Q_OBJECT

private slots:
    void readsWhatDirectoriesHold()
    {
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        for (const char* name : {"a.yaml", "b.yml", "sub/c.YAML", "sub/deep/d.yaml"})
            write(dir / name, service(fs::path(name).stem().string()));
        write(dir / "e.json", R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"e"},)"
                              R"("spec":{"ports":[{"port":80}]}})");
        for (const char* name : {".hidden.yaml", ".git/x.yaml", "a.yaml~", ".#a.yaml", "#a.yaml#", ".a.yaml.swp",
                                 "notes.txt", "gatehouse.yaml", "sub/gatehouse.yaml"})
            write(dir / name, "this: is: broken\n");
        fs::create_directory_symlink(dir, dir / "sub" / "loop");
        fs::create_symlink(dir / "a.yaml", dir / "again.yaml");

        ManifestImporter importer;
        const ImportResult result = importer.import({dir.string(), (dir / "a.yaml").string(), dir.string()});
        QCOMPARE(messages(result, model::Severity::Warning), QByteArrayList());
        QCOMPARE(names(result), (QByteArrayList{"a", "b", "c", "d", "e"}));
        QCOMPARE(result.objects, std::size_t(5));
        QCOMPARE(result.files.size(), std::size_t(5));
        QCOMPARE(result.files[0], (dir / "a.yaml").string());
        QVERIFY(!result.unreadable);
    }

    void aGivenFileIsReadWhateverItsName()
    {
        QTemporaryDir temporary;
        const fs::path file = fs::path(temporary.path().toStdString()) / ".hidden";
        write(file, service("a"));
        QCOMPARE(names(ManifestImporter().import({file.string()})), QByteArrayList{"a"});
    }

    void cannotRead_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("unreadable");
        QTest::newRow("a path that does not exist") << "nothing" << true;
        QTest::newRow("a dangling link") << "dangling.yaml" << true;
        QTest::newRow("a dangling link in a directory") << "dir" << false;
        QTest::newRow("a link to itself") << "self.yaml" << true;
    }

    void cannotRead()
    {
        QFETCH(QString, path);
        QFETCH(bool, unreadable);
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        fs::create_symlink("gone.yaml", dir / "dangling.yaml");
        fs::create_symlink("self.yaml", dir / "self.yaml");
        fs::create_directory(dir / "dir");
        fs::create_symlink("gone.yaml", dir / "dir" / "x.yaml");
        write(dir / "ok.yaml", service("ok"));
        const std::string given = (dir / path.toStdString()).string();
        const ImportResult result = ManifestImporter().import({given, (dir / "ok.yaml").string()});
        QCOMPARE(messages(result).size(), 1);
        QVERIFY2(messages(result)[0].contains("cannot read " + QByteArray::fromStdString(given)), messages(result)[0]);
        QCOMPARE(result.unreadable, unreadable);
        QCOMPARE(names(result), QByteArrayList{"ok"});
    }

    void anEmptyDirectoryIsAWarning()
    {
        QTemporaryDir temporary;
        const ImportResult result = ManifestImporter().import({temporary.path().toStdString()});
        QCOMPARE(result.diagnostics.size(), std::size_t(1));
        QVERIFY(result.diagnostics[0].severity == model::Severity::Warning);
        QVERIFY(!result.unreadable);
    }

    void readsStandardInputOnce()
    {
        std::istringstream input(service("a") + "---\n" + service("b"));
        const ImportResult result = ManifestImporter().import({"-", "-"}, &input);
        QCOMPARE(names(result), (QByteArrayList{"a", "b"}));
        const ImportResult without = ManifestImporter().import({"-"});
        QVERIFY(without.unreadable);
        QCOMPARE(messages(without).size(), 1);
    }

    void limits_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("one file") << QByteArray("file") << QByteArray("larger than 10 bytes, the limit of one file");
        QTest::newRow("all files") << QByteArray("total")
                                   << QByteArray("more than 100 bytes in all, the limit of one import");
        QTest::newRow("their number") << QByteArray("files")
                                      << QByteArray("more than 1 files, the limit of one import");
        QTest::newRow("standard input") << QByteArray("input")
                                        << QByteArray("larger than 10 bytes, the limit of one file");
    }

    void limits()
    {
        QFETCH(QByteArray, limit);
        QFETCH(QByteArray, message);
        QTemporaryDir temporary;
        const fs::path dir = temporary.path().toStdString();
        write(dir / "a.yaml", service("a"));
        if (limit != "file")
            write(dir / "b.yaml", service("b"));
        ImportLimits limits;
        if (limit == "file" || limit == "input")
            limits.fileBytes = 10;
        if (limit == "total")
            limits.totalBytes = 100;
        if (limit == "files")
            limits.files = 1;
        std::istringstream input(service("c"));
        const ImportResult result =
            ManifestImporter(limits).import({limit == "input" ? std::string("-") : dir.string()}, &input);
        QCOMPARE(messages(result).size(), 1);
        QVERIFY2(messages(result)[0].contains(message), messages(result)[0]);
    }

    void lists_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("found");
        QTest::addColumn<QByteArrayList>("errors");
        const QByteArray item = "apiVersion: v1, kind: Service, spec: {ports: [{port: 80}]}, metadata: ";
        QTest::newRow("a List") << "apiVersion: v1\nkind: List\nitems:\n- {" + item + "{name: a}}\n- {" + item +
                                       "{name: b}}\n"
                                << QByteArrayList{"a", "b"} << QByteArrayList();
        QTest::newRow("Lists in Lists")
            << "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: [{" + item + "{name: a}}]}\n"
            << QByteArrayList{"a"} << QByteArrayList();
        QTest::newRow("items of a ServiceList need not repeat their kind")
            << QByteArray("apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n  spec: {ports: [{port: "
                          "80}]}\n")
            << QByteArrayList{"a"} << QByteArrayList();
        QTest::newRow("an empty List") << QByteArray("apiVersion: v1\nkind: List\nitems: []\n") << QByteArrayList()
                                       << QByteArrayList();
        QTest::newRow("a List without items")
            << QByteArray("apiVersion: v1\nkind: List\n") << QByteArrayList() << QByteArrayList();
        QTest::newRow("items that are no list")
            << QByteArray("kind: List\nitems: {}\n") << QByteArrayList()
            << QByteArrayList{"f.yaml:2:8: error GH1013 items: the items of a List are a object; expected a list of "
                              "objects"};
        QTest::newRow("an item that is no object")
            << "kind: List\nitems:\n- x\n- {" + item + "{name: a}}\n"
            << QByteArrayList{"a"}
            << QByteArrayList{"f.yaml:3:3: error GH1012: this is a string, not an object; expected an object with "
                              "apiVersion, kind and metadata"};
        QTest::newRow("a document that is no object")
            << QByteArray("just text\n---\n---\nnull\n") << QByteArrayList()
            << QByteArrayList{"f.yaml:1:1: error GH1012: this is a string, not an object; expected an object with "
                              "apiVersion, kind and metadata"};
    }

    void lists()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, found);
        QFETCH(QByteArrayList, errors);
        const ImportResult result = importText(text.toStdString());
        QCOMPARE(messages(result), errors);
        QCOMPARE(names(result), found);
    }

    void itemsKeepTheirPlace()
    {
        const ImportResult result = importText("kind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n"
                                               "    name: a\n  spec:\n    ports:\n    - port: 80\n");
        QCOMPARE(result.resources->services.size(), std::size_t(1));
        QCOMPARE(result.resources->services.begin()->second->source.position, (model::Position{3, 3}));
    }

    void otherKindsAreCounted()
    {
        const ImportResult result =
            importText("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n---\n" + service("b"));
        QCOMPARE(result.skippedKinds, std::size_t(1));
        QCOMPARE(result.objects, std::size_t(1));
        QCOMPARE(messages(result, model::Severity::Warning), QByteArrayList());
        QCOMPARE(messages(result, model::Severity::Info).size(), 1);
    }

    void theSameObjectTwiceIsAnErrorEveryTime()
    {
        ManifestImporter importer;
        for (int i = 0; i < 2; ++i) {
            const ImportResult result =
                importer.importTexts({{"a.yaml", service("a")}, {"b.yaml", service("a") + "    name: other\n"}});
            QCOMPARE(messages(result).size(), 1);
            QVERIFY(messages(result)[0].contains("a.yaml:1"));
            QVERIFY(messages(result)[0].contains("b.yaml:1"));
            QCOMPARE(result.objects, std::size_t(1));
        }
    }

    void problemsAreSortedByPlace()
    {
        const ImportResult result =
            ManifestImporter().importTexts({{"b.yaml", "x: [\n---\ny: ]\n"}, {"a.yaml", service("a") + "---\nz: }\n"}});
        QCOMPARE(result.diagnostics.size(), std::size_t(3));
        QVERIFY(toString(result.diagnostics[0]).starts_with("a.yaml:9:"));
        QVERIFY(toString(result.diagnostics[1]).starts_with("b.yaml:1:"));
        QVERIFY(toString(result.diagnostics[2]).starts_with("b.yaml:3:"));
    }

    void oneFileOrFiftyIsTheSame()
    {
        std::vector<std::pair<std::string, std::string>> texts;
        for (int i = 49; i >= 0; --i)
            texts.emplace_back("f" + std::to_string(i) + ".yaml", service("s" + std::to_string(i)));
        const ImportResult many = ManifestImporter().importTexts(texts);
        const ImportResult one = importText(services(50));
        QCOMPARE(names(many), names(one));
        QCOMPARE(one.objects, std::size_t(50));
    }

    /// Large texts are shared among the machine's cores. What comes out is what each document gives alone, in the order
    /// of the text: broken ones, kinds of nobody's, and the second of a name among them.
    void manyDocumentsAreReadAsEachAlone()
    {
        std::string text;
        QByteArrayList expected;
        std::map<model::ObjectName, std::uint32_t> lines;
        std::uint32_t line = 1;
        for (int i = 0; i < 4'000; ++i) {
            std::string name = "s" + std::to_string(i % 3'990), document = "---\n";
            if (i % 100 == 7)
                document += "broken: [" + std::to_string(i) + "\n";
            else if (i % 100 == 8)
                document += "apiVersion: example.com/v1\nkind: Widget" + std::to_string(i) + "\nmetadata: {name: w}\n";
            else
                document += service(name);
            if (i % 100 == 7 || i % 100 == 8)
                expected += messages(importText(std::string(line - 1, '\n') + document), model::Severity::Info);
            else
                lines.try_emplace({"default", name}, line + 1);
            line += static_cast<std::uint32_t>(std::count(document.begin(), document.end(), '\n'));
            text += document;
        }
        const ImportResult together = importText(text);
        const QByteArrayList found = messages(together, model::Severity::Info);
        QCOMPARE(found.mid(0, expected.size()), expected);
        QCOMPARE(found.size(), expected.size() + 8); // of s0 to s9, two were none before
        for (const QByteArray& twice : found.mid(expected.size()))
            QVERIFY2(twice.contains("the object is defined twice"), twice);
        QCOMPARE(together.resources->services.size(), lines.size());
        for (const auto& [name, resource] : together.resources->services)
            QCOMPARE(resource->source.position.line, lines.at(name));
    }

    void stoppedImportsEndEarly()
    {
        std::stop_source stopping;
        ManifestImporter importer({}, stopping.get_token());
        QCOMPARE(importer.importTexts({{"f.yaml", services(3)}}).objects, std::size_t(3));
        stopping.request_stop();
        const ImportResult stopped = importer.importTexts({{"f.yaml", services(2'000)}, {"g.yaml", service("g")}});
        QCOMPARE(stopped.objects, std::size_t(0));
        QCOMPARE(stopped.files.size(), std::size_t(1));
    }

    void whatLiesBeneathGivesWay()
    {
        ManifestImporter importer;
        const std::string old = "apiVersion: gateway.networking.k8s.io/v1beta1\nkind: HTTPRoute\n"
                                "metadata: {name: r}\nspec: {hostnames: [old.test]}\n";
        const std::string fresh = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n"
                                  "metadata: {name: r}\nspec: {hostnames: [new.test]}\n---\n";
        const importers::NamedTexts cluster{{"cluster", service("a") + "---\n" + service("b") + "---\n" + old}};
        const ImportResult alone = importer.importTexts({}, cluster);
        QCOMPARE(alone.objects, std::size_t(3));
        QCOMPARE(alone.diagnostics.size(), std::size_t(1)); // of the old version
        const ImportResult both =
            importer.importTexts({{"f.yaml", fresh + service("b") + "---\n" + service("c")}}, cluster);
        QCOMPARE(names(both), (QByteArrayList{"a", "b", "c"}));
        QCOMPARE(both.objects, std::size_t(4));
        QVERIFY2(both.diagnostics.empty(), "what is hidden is nobody's problem");
        QCOMPARE(both.resources->httpRoutes.at({"default", "r"})->hostnames.at(0).text(), std::string("new.test"));
        // What is twice on one level is an error there, too.
        const std::string same = service("d") + "  type: ClusterIP\n---\n" + service("d");
        const ImportResult twice = importer.importTexts({{"f.yaml", service("c")}}, {{"cluster", same}});
        QCOMPARE(twice.diagnostics.size(), std::size_t(1));
    }

    /// Resources that are the very same objects were not decoded again.
    void onlyWhatChangedIsReadAgain()
    {
        std::string text = services(100);
        ManifestImporter importer;
        const ImportResult first = importer.importTexts({{"f.yaml", text}});
        text.replace(text.find("port: 80"), 8, "port: 81");
        const ImportResult second = importer.importTexts({{"f.yaml", text}});
        QCOMPARE(second.objects, std::size_t(100));
        int same = 0;
        for (const auto& [name, resource] : second.resources->services)
            same += first.resources->services.at(name) == resource ? 1 : 0;
        QCOMPARE(same, 99);
    }

    void movedDocumentsGetTheirNewPlace()
    {
        ManifestImporter importer;
        importer.importTexts({{"f.yaml", services(2)}});
        const ImportResult moved = importer.importTexts({{"f.yaml", "# one more line\n" + services(2)}});
        const model::ObjectName name{"default", "s1"};
        QCOMPARE(moved.resources->services.at(name)->source.position, (model::Position{11, 1}));
        const ImportResult renamed = importer.importTexts({{"g.yaml", services(2)}});
        QCOMPARE(*renamed.resources->services.at(name)->source.file, std::string("g.yaml"));
    }

    void problemsOfUnchangedDocumentsAreReportedAgain()
    {
        ManifestImporter importer;
        const std::string text = "a: [\n---\n" + service("b");
        const ImportResult first = importer.importTexts({{"f.yaml", text}});
        const ImportResult second = importer.importTexts({{"f.yaml", text}});
        QCOMPARE(messages(first).size(), 1);
        QCOMPARE(messages(second), messages(first));
    }

    void textsTakeThePlaceOfFiles()
    {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        write(root / "a.yaml", service("a"));
        write(root / "b.yaml", service("b"));
        const std::string a = (root / "a.yaml").string(), gone = (root / "c.yaml").string();
        ManifestImporter importer;
        const ImportResult plain = importer.import({root.string()});
        const ImportResult overlaid =
            importer.import({root.string()}, nullptr, {}, {{a, service("other")}, {gone, service("c")}});
        QCOMPARE(names(overlaid), (QByteArrayList{"b", "c", "other"}));
        QCOMPARE(overlaid.files, (std::vector<std::string>{a, (root / "b.yaml").string(), gone}));
        // What did not change is not parsed again.
        const model::ObjectName b{"default", "b"};
        QVERIFY(plain.resources->services.at(b) == overlaid.resources->services.at(b));
        QCOMPARE(names(importer.import({root.string()})), (QByteArrayList{"a", "b"}));
    }
};

QTEST_APPLESS_MAIN(TstManifestImporter)
#include "tst_manifest_importer.moc"
