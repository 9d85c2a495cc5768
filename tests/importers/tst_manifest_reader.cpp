#include <QTest>

#include "importers/json/json_reader.h"
#include "importers/writers.h"
#include "importers/yaml/manifest_reader.h"

using namespace gatehouse;
using importers::ImportLimits;
using model::Value;

namespace {

struct Read {
    std::vector<Value> documents;
    std::vector<model::Diagnostic> problems;

    /// Documents as one line of JSON each, then the problems without their remedies.
    [[nodiscard]] QByteArray text() const
    {
        std::string result;
        for (const Value& document : documents)
            result += importers::toJson(document, 0) + '\n';
        for (model::Diagnostic problem : problems) {
            problem.remedy.clear();
            result += toString(problem) + '\n';
        }
        return QByteArray::fromStdString(result);
    }
};

Read read(std::string_view text, const ImportLimits& limits = {})
{
    Read result;
    importers::readYaml(text, std::make_shared<const std::string>("f"), limits, result.documents, result.problems);
    return result;
}

/// "&l0 [x, x, ...]" and so on, each level holding ten aliases of the one before.
std::string billionLaughs()
{
    std::string text = "l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int level = 1; level < 10; ++level) {
        const std::string alias = "*l" + std::to_string(level - 1);
        text += "l" + std::to_string(level) + ": &l" + std::to_string(level) + " [";
        for (int i = 0; i < 10; ++i)
            text += (i > 0 ? ", " : "") + alias;
        text += "]\n";
    }
    return text;
}

std::string repeated(std::string_view text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += text;
    return result;
}

} // namespace

class TstManifestReader : public QObject {
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* claim, const char* text, const char* expected) {
            QTest::newRow(claim) << QByteArray(text) << QByteArray(expected);
        };
        row("nothing", "", "");
        row("comments only", "# a\n\n# b\n", "");
        row("one document without a marker", "a: 1\n", "{\"a\":1}\n");
        row("no line end at the end", "a: 1", "{\"a\":1}\n");
        row("several documents", "a: 1\n---\nb: 2\n--- \nc: 3\n", "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n");
        row("empty documents are left out", "---\n---\n# x\n---\na: 1\n---\n", "{\"a\":1}\n");
        row("a comment behind the marker", "--- # comment\na: 1\n", "{\"a\":1}\n");
        row("content behind the marker", "--- {a: 1}\n--- [b]\n", "{\"a\":1}\n[\"b\"]\n");
        row("an end marker", "a: 1\n...\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}\n");
        row("dashes that are no marker", "a: |\n  ---\nb: ---x\n", "{\"a\":\"---\\n\",\"b\":\"---x\"}\n");
        row("a byte order mark",
            "\xEF\xBB\xBF"
            "a: 1\n",
            "{\"a\":1}\n");
        row("carriage returns", "a: 1\r\nb:\r\n- x\r\n---\r\nc: |\r\n  x\r\n",
            "{\"a\":1,\"b\":[\"x\"]}\n{\"c\":\"x\\n\"}\n");
        row("directives belong to the next document", "%YAML 1.2\n---\na: 1\n", "{\"a\":1}\n");
        row("null", "[~, null, Null, NULL, , '', \"null\"]", "[null,null,null,null,null,\"\",\"null\"]\n");
        row("booleans of YAML 1.1", "[true, False, yes, No, on, OFF, y, N, tRue, 'yes']",
            "[true,false,true,false,true,false,true,false,\"tRue\",\"yes\"]\n");
        row("integers", "[0, -1, +2, 0x1F, 0o17, 017, 0b11, 1_000, '1', !!str 1, 0x, 08]",
            "[0,-1,2,31,15,15,3,1000,\"1\",\"1\",\"0x\",8.0]\n");
        row("floats", "[1.5, .5, 1., 1e3, -2.5E-1, !!float 1, 1.2.3, 1e]",
            "[1.5,0.5,1.0,1000.0,-0.25,1.0,\"1.2.3\",\"1e\"]\n");
        row("huge integers become floats",
            "[9223372036854775807, -9223372036854775808, 9223372036854775808, 0xFFFFFFFFFFFFFFFF]",
            "[9223372036854775807,-9223372036854775808,9223372036854776000.0,18446744073709553000.0]\n");
        row("dates and addresses stay text", "[2024-01-31, 10.0.0.1, 12:30, ::1]",
            "[\"2024-01-31\",\"10.0.0.1\",\"12:30\",\"::1\"]\n");
        row("keys that are no text", "1: a\ntrue: b\n1.5: c\n0x10: d\n",
            "{\"1\":\"a\",\"true\":\"b\",\"1.5\":\"c\",\"16\":\"d\"}\n");
        row("aliases", "a: &x {b: [1]}\nc: *x\nd: &y t\ne: *y\n*y : k\n",
            "{\"a\":{\"b\":[1]},\"c\":{\"b\":[1]},\"d\":\"t\",\"e\":\"t\",\"t\":\"k\"}\n");
        row("an anchor may be set again", "[&a 1, *a, &a 2, *a]", "[1,1,2,2]\n");
        row("a merge key", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
            "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"c\":3,\"b\":1}}\n");
        row("merged mappings, the first wins", "- &x {a: 1}\n- &y {a: 2, b: 2}\n- <<: [*x, *y]\n",
            "[{\"a\":1},{\"a\":2,\"b\":2},{\"a\":1,\"b\":2}]\n");
        row("a quoted << is a key", "\"<<\": {a: 1}\n", "{\"<<\":{\"a\":1}}\n");
        row("block texts", "a: |-\n  x\n  y\nb: >\n  x\n  y\nc: |+\n  x\n\n",
            "{\"a\":\"x\\ny\",\"b\":\"x y\\n\",\"c\":\"x\\n\\n\"}\n");
        row("escapes", "a: \"\\u00e4\\n\\x41\"\n", "{\"a\":\"\xC3\xA4\\nA\"}\n");

        row("a broken document does not hide the others", "a: 1\n---\na: [1\n---\nb: 2\n---\nc: }\n",
            "{\"a\":1}\n{\"b\":2}\nf:3:4: error GH1004: a [ is not closed, or a comma is missing\n"
            "f:7:4: error GH1004: a ] or } without its opening bracket\n");
        row("duplicate keys name both places", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n",
            "f:5:3: error GH1006: the key \"c\" stands twice in one object, first at line 3, column 3\n"
            "f:6:1: error GH1006: the key \"a\" stands twice in one object, first at line 1, column 1\n");
        row("keys that become the same text", "1: a\n\"1\": b\n",
            "f:2:1: error GH1006: the key \"1\" stands twice in one object, first at line 1, column 1\n");
        row("a tab as indentation", "a:\n\tb: 1\n", "f:2:1: error GH1004: a tab in the indentation\n");
        row("an unclosed quote is shown where it opens", "a: 1\nb: \"x\nc: 2\n",
            "f:2:4: error GH1004: a quoted text is not closed\n");
        row("an unclosed quote ends with its document", "b: 'x\n---\nc: 2\n",
            "{\"c\":2}\nf:1:4: error GH1004: a quoted text is not closed\n");
        row("a wildcard without quotes", "host: *.example.com\n",
            "f:1:7: error GH1004: an alias (*) names an anchor (&) that is not defined above it in this document\n");
        row("a mapping in a value", "a: b: c\n", "f:1:5: error GH1004: a mapping is not possible here\n");
        row("deeper than the key above", "a: b\n  c: d\n", "f:2:4: error GH1004: a mapping is not possible here\n");
        row("text behind a document", "{a: b} c\n", "f:1:8: error GH1004: text behind the end of the document\n");
        row("a template", "a: {{ x }}\n",
            "f:1:5: error GH1007: a mapping or list cannot be a key, or its bracket is not closed\n");
        row("a null key", "~: 1\n", "f:1:1: error GH1007: a key is missing or null\n");
        row("an alias to itself", "a: &x [1, *x]\n",
            "f:1:11: error GH1008: this alias stands inside the node that it refers to\n");
        row("a merge of a scalar", "a:\n  <<: 1\n",
            "f:2:7: error GH1008: only a mapping, or a list of mappings, can be merged with <<\n");
        row("two merge keys", "- &x {a: 1}\n- <<: *x\n  <<: *x\n",
            "f:3:3: error GH1006: the merge key << stands twice in one mapping\n");
        row("infinity", "a: .inf\n", "f:1:4: error GH1009: this number is not finite, or too large\n");
        row("a tag that does not fit", "a: !!int x\n", "f:1:4: error GH1009: this text cannot be read as !!int\n");
        row("an unknown tag is ignored with a warning", "a: !foo 1\n",
            "{\"a\":1}\nf:1:4: warning GH1011: the tag !foo is ignored\n");
        row("bad UTF-8", "a: x\nb: \xC3\xA4\xFF\n", "f:2:5: error GH1003: the byte 0xFF is not valid UTF-8\n");
        row("an overlong form", "a: \xC0\x80\n", "f:1:4: error GH1003: the byte 0xC0 is not valid UTF-8\n");
        row("a surrogate", "a: \xED\xA0\x80\n", "f:1:4: error GH1003: the byte 0xED is not valid UTF-8\n");
        QTest::newRow("NUL") << QByteArray("abcdefghi: \0x\n", 14)
                             << QByteArray("f:1:12: error GH1003: the control character 0x00 may not stand in a "
                                           "manifest\n");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                              "a\0:\0 \0",
                                              8)
                                << QByteArray("f:1:1: error GH1003: the text seems to be UTF-16\n");
        row("columns count characters", "\xC3\xA4\xC3\xB6: [\xC3\xBC, *x]\n",
            "f:1:9: error GH1004: an alias (*) names an anchor (&) that is not defined above it in this document\n");
    }

    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(read(text.toStdString()).text(), expected);
    }

    void positions()
    {
        const Read result = read("# c\n---\na: 1\nb:\n- x\n- c: \"\xC3\xA4\"\n  d: {e: f}\n");
        QCOMPARE(result.documents.size(), std::size_t(1));
        const Value& root = result.documents[0];
        using model::Position;
        QCOMPARE(root.position(), (Position{3, 1}));
        QCOMPARE(root.find("a")->position(), (Position{3, 4}));
        QCOMPARE(root.asObject()->at(1).namePosition, (Position{4, 1}));
        const Value::Array& items = *root.find("b")->asArray();
        QCOMPARE(root.find("b")->position(), (Position{5, 1}));
        QCOMPARE(items[0].position(), (Position{5, 3}));
        QCOMPARE(items[1].position(), (Position{6, 3}));
        QCOMPARE(items[1].find("d")->find("e")->position(), (Position{7, 10}));
    }

    void limits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* claim, const std::string& text, const char* message) {
            QTest::newRow(claim) << QByteArray::fromStdString(text) << QByteArray(message);
        };
        const char* const depth = "nested deeper than 64 levels, the limit of one document";
        row("billion laughs", billionLaughs(),
            "more than 2000000 nodes with aliases expanded, the limit of one document");
        row("a long text used often", "a: &a " + std::string(1 << 20, 'x') + "\nb: [" + repeated("*a, ", 100) + "]\n",
            "more than 33554432 bytes of text with aliases expanded, the limit of one document");
        row("many aliases", "a: &a 1\nb: [" + repeated("*a, ", 1001) + "]\n",
            "more than 1000 aliases, the limit of one document");
        row("deep lists", std::string(100'000, '[') + std::string(100'000, ']'), depth);
        row("deep mappings", repeated("{a: ", 1000) + repeated("}", 1000), depth);
        row("deep block lists", repeated("- ", 1000), depth);
        row("deep through aliases",
            "a: &a " + std::string(40, '[') + std::string(40, ']') + "\nb: " + std::string(40, '[') + "*a" +
                std::string(40, ']') + "\n",
            depth);
    }

    void limits()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const Read result = read(text.toStdString());
        QVERIFY(result.documents.empty());
        QCOMPARE(result.problems.size(), std::size_t(1));
        QCOMPARE(result.problems[0].code, std::string("GH1010"));
        QCOMPARE(QByteArray::fromStdString(result.problems[0].message), message);
    }

    void theDepthLimitItselfIsAllowed()
    {
        ImportLimits limits;
        limits.depth = 3;
        QVERIFY(read("[[[1]]]", limits).problems.empty());
        QVERIFY(!read("[[[[1]]]]", limits).problems.empty());
    }

    void manyDuplicatesEnd()
    {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += "a: 1\n";
        const Read result = read(text);
        QVERIFY(result.problems.size() < 200);
        QVERIFY(result.documents.empty());
    }

    void manyKeysInOneObject()
    {
        std::string text;
        for (int i = 0; i < 50'000; ++i)
            text += "k" + std::to_string(i) + ": 1\n";
        QVERIFY(read(text).problems.empty());
        const Read twice = read(text + "k7: 2\n");
        QCOMPARE(twice.problems.size(), std::size_t(1));
        QCOMPARE(twice.problems[0].location.position.line, 50'001u);
    }

    void splits()
    {
        const std::string_view text = "%YAML 1.2\n---\na\n---\n\n# c\n...\n\n# only a comment\n---\nb";
        const auto documents = importers::splitDocuments(text);
        QCOMPARE(documents.size(), std::size_t(3));
        QCOMPARE(documents[0], (importers::TextDocument{"%YAML 1.2\n---\na\n", 1}));
        QCOMPARE(documents[1], (importers::TextDocument{"---\n\n# c\n...\n", 4}));
        QCOMPARE(documents[2], (importers::TextDocument{"---\nb", 10}));
    }
};

QTEST_APPLESS_MAIN(TstManifestReader)
#include "tst_manifest_reader.moc"
