#include <QTest>

#include "importers/document_reader.h"
#include "importers/json/json_reader.h"
#include "importers/text_check.h"
#include "importers/writers.h"

using namespace gatehouse;
using importers::ImportLimits;
using importers::TextDocument;
using model::Value;

namespace {

QByteArray print(const std::vector<Value>& values, std::vector<model::Diagnostic> problems)
{
    std::string result;
    for (const Value& value : values)
        result += importers::toYaml(value);
    for (model::Diagnostic& problem : problems) {
        problem.remedy.clear();
        result += toString(problem) + '\n';
    }
    return QByteArray::fromStdString(result);
}

} // namespace

class TstJsonReader : public QObject {
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* claim, const char* text, const char* expected) {
            QTest::newRow(claim) << QByteArray(text) << QByteArray(expected);
        };
        row("nothing", " \n", "");
        row("an object", R"({"a": 1, "b": [true, null, "x", 1.5]})", "a: 1\nb:\n- true\n- null\n- x\n- 1.5\n");
        row("several values behind each other", "{\"a\":1}{\"b\":2}\n[3]", "a: 1\nb: 2\n- 3\n");
        row("numbers", "[9223372036854775807, -9223372036854775808, 18446744073709551615, 1.0, 1e3]",
            "- 9223372036854775807\n- -9223372036854775808\n- 18446744073709551616.0\n- 1.0\n- 1000.0\n");
        row("many zeros", "[0.0000000000000000000000000000000000000000000, -0]", "- 0.0\n- 0\n");
        row("escapes", R"(["\u00e4\n\ud83d\ude00\u0000"])", "- \"\xC3\xA4\\n\xF0\x9F\x98\x80\\x00\"\n");
        row("a text that looks like a boolean stays text", R"(["yes"])", "- \"yes\"\n");

        row("duplicate keys name both places", "{\"a\": 1,\n \"a\": 2}",
            "f:4:2: error GH1006: the key \"a\" stands twice in one object, first at line 3, column 2\n");
        row("a value after duplicates is read", "{\"a\":1,\"a\":2} {\"b\":1}",
            "b: 1\nf:3:8: error GH1006: the key \"a\" stands twice in one object, first at line 3, column 2\n");
        row("a comma too many", "{\"a\": 1,}", "f:3:9: error GH1005: a key in double quotes is missing here\n");
        row("a comma too many in a list", "[1,]",
            "f:3:4: error GH1005: a value is missing, or is none that JSON knows\n");
        row("a missing comma", "{\"a\": 1\n\"b\": 2}", "f:4:1: error GH1005: a comma or } is missing here\n");
        row("a missing colon", "{\"a\" 1}", "f:3:6: error GH1005: a colon is missing after the key\n");
        row("an unclosed list", "[1, 2", "f:3:6: error GH1005: a comma or ] is missing here\n");
        row("an unclosed text", "[\"a", "f:3:2: error GH1005: a text is not closed\n");
        row("a bad escape", R"(["\q"])", "f:3:3: error GH1005: an escape that JSON does not know\n");
        row("a lone surrogate", R"(["\ud800"])", "f:3:3: error GH1005: an escape that JSON does not know\n");
        row("a number too large", "[1e400]", "f:3:2: error GH1005: this number is too large\n");
        row("a word", "nothing", "f:3:2: error GH1005: a value is missing, or is none that JSON knows\n");
        row("columns count characters", "{\"\xC3\xA4\": x}",
            "f:3:7: error GH1005: a value is missing, or is none that JSON knows\n");
    }

    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const std::string copy = text.toStdString();
        std::vector<Value> values;
        std::vector<model::Diagnostic> diagnostics;
        importers::ProblemList problems(std::make_shared<const std::string>("f"), diagnostics);
        const bool fine = importers::readJson({copy, 3, true}, {}, values, problems);
        QCOMPARE(print(values, diagnostics), expected);
        QCOMPARE(fine, diagnostics.empty());
    }

    void positions()
    {
        std::vector<Value> values;
        std::vector<model::Diagnostic> diagnostics;
        importers::ProblemList problems(std::make_shared<const std::string>("f"), diagnostics);
        QVERIFY(importers::readJson({"{\n  \"a\" : [ 1,\n {\"\xC3\xA4\":\"x\"}]}", 1, true}, {}, values, problems));
        using model::Position;
        const Value& root = values.at(0);
        QCOMPARE(root.position(), (Position{1, 1}));
        QCOMPARE(root.asObject()->at(0).namePosition, (Position{2, 3}));
        const Value& list = *root.find("a");
        QCOMPARE(list.position(), (Position{2, 9}));
        QCOMPARE(list.asArray()->at(0).position(), (Position{2, 11}));
        QCOMPARE(list.asArray()->at(1).position(), (Position{3, 2}));
        QCOMPARE(list.asArray()->at(1).asObject()->at(0).value.position(), (Position{3, 7}));
    }

    void deepNestingEnds()
    {
        for (const char* bracket : {"[", "{\"a\":"}) {
            std::string text;
            for (int i = 0; i < 200'000; ++i)
                text += bracket;
            std::vector<Value> values;
            std::vector<model::Diagnostic> diagnostics;
            importers::ProblemList problems(std::make_shared<const std::string>("f"), diagnostics);
            QVERIFY(!importers::readJson({text, 1, true}, {}, values, problems));
            QCOMPARE(diagnostics.size(), std::size_t(1));
            QCOMPARE(diagnostics[0].code, std::string("GH1010"));
        }
    }

    void choosesTheFormat_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("JSON in a YAML file, tabs and all")
            << "a.yaml" << QByteArray("{\n\t\"a\": 1\n}\n{\"b\": 2}") << QByteArray("a: 1\nb: 2\n");
        QTest::newRow("JSON behind a marker")
            << "a.yaml" << QByteArray("---\n{\"a\": 1}\n---\nb: 2\n") << QByteArray("a: 1\nb: 2\n");
        QTest::newRow("YAML in flow style")
            << "a.yaml" << QByteArray("{a: 1, b: [x]}\n") << QByteArray("a: 1\nb:\n- x\n");
        QTest::newRow("YAML with quoted keys and a comma too many")
            << "a.yaml" << QByteArray("{\"a\": 1,}\n") << QByteArray("a: 1\n");
        QTest::newRow("a JSON file is JSON only")
            << "a.json" << QByteArray("{\"a\": 1,}\n")
            << QByteArray("f:1:9: error GH1005: a key in double quotes is missing here\n");
        QTest::newRow("broken JSON is reported as JSON")
            << "a.yaml" << QByteArray("{\"a\": 1 \"b\": 2}\n")
            << QByteArray("f:1:9: error GH1005: a comma or } is missing here\n");
        QTest::newRow("a broken template is reported as YAML")
            << "a.yaml" << QByteArray("{{ x }}\n")
            << QByteArray("f:1:2: error GH1007: a mapping or list cannot be a key, or its bracket is not closed\n");
    }

    void choosesTheFormat()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const std::string copy = text.toStdString();
        std::vector<Value> values;
        std::vector<model::Diagnostic> diagnostics;
        importers::ProblemList problems(std::make_shared<const std::string>("f"), diagnostics);
        for (const TextDocument& document : importers::documentsOf(file.toStdString(), copy))
            importers::readDocument(document, {}, values, problems);
        QCOMPARE(print(values, diagnostics), expected);
    }

    void tracksPositions()
    {
        const std::string_view text = "a\xC3\xA4z\n\nxy";
        importers::PositionTracker tracker(text, 5);
        using model::Position;
        QCOMPARE(tracker.at(3), (Position{5, 3}));
        QCOMPARE(tracker.at(7), (Position{7, 2}));
        QCOMPARE(tracker.at(6), (Position{7, 1}));
        QCOMPARE(tracker.at(1), (Position{5, 2}));
        QCOMPARE(tracker.at(5), (Position{6, 1}));
        QCOMPARE(tracker.at(100), (Position{7, 3}));
    }
};

QTEST_APPLESS_MAIN(TstJsonReader)
#include "tst_json_reader.moc"
