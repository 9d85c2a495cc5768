#include <QTest>

#include "importers/json/json_reader.h"
#include "importers/text_document.h"
#include "importers/writers.h"
#include "importers/yaml/manifest_reader.h"

#include <cstdint>
#include <limits>
#include <random>

using namespace gatehouse;
using model::Value;

namespace {

Value object(std::initializer_list<std::pair<const char*, Value>> members)
{
    Value result = Value::object();
    for (const auto& [name, value] : members)
        result.set(name, value);
    return result;
}

Value list(std::initializer_list<Value> items)
{
    return Value(Value::Array(items));
}

const std::vector<std::string>& trickyStrings()
{
    using namespace std::string_literals;
    static const std::vector<std::string> strings{"",
                                                  " ",
                                                  "\n",
                                                  "\n\n",
                                                  "a\n",
                                                  "a\n\n",
                                                  "a\nb",
                                                  "a\nb\n",
                                                  "a\n\n\nb\n\n",
                                                  "\na",
                                                  " a\nb",
                                                  "\ta\nb",
                                                  "a \nb",
                                                  "a\n  b\n c\n",
                                                  "a\n\tb",
                                                  "a\r\nb",
                                                  "\r",
                                                  "\t",
                                                  "a\tb",
                                                  "true",
                                                  "True",
                                                  "no",
                                                  "on",
                                                  "y",
                                                  "N",
                                                  "null",
                                                  "~",
                                                  "1",
                                                  "-1",
                                                  "+1",
                                                  "0x1F",
                                                  "0o17",
                                                  "017",
                                                  "1_000",
                                                  "1.5",
                                                  ".5",
                                                  "5.",
                                                  "1e3",
                                                  ".inf",
                                                  "-.Inf",
                                                  ".nan",
                                                  "<<",
                                                  "=",
                                                  "-",
                                                  "- a",
                                                  "-a",
                                                  "--",
                                                  "---",
                                                  "--- a",
                                                  "...",
                                                  "?",
                                                  "? a",
                                                  "?a",
                                                  ":",
                                                  ": a",
                                                  ":a",
                                                  "a:",
                                                  "a: b",
                                                  "a:b",
                                                  "a #b",
                                                  "#a",
                                                  "a#b",
                                                  "*",
                                                  "*.example.com",
                                                  "&a",
                                                  "!a",
                                                  "!!str a",
                                                  "|",
                                                  ">",
                                                  "|-",
                                                  "'",
                                                  "''",
                                                  "'a'",
                                                  "\"",
                                                  "\"a\"",
                                                  "a'b",
                                                  "a\"b",
                                                  "\\",
                                                  "\\n",
                                                  "%",
                                                  "@a",
                                                  "`a",
                                                  "[",
                                                  "]",
                                                  "[a]",
                                                  "{",
                                                  "}",
                                                  "{a: b}",
                                                  ",",
                                                  "a, b",
                                                  "12:30",
                                                  "2024-01-31",
                                                  "2024-01-31T10:00:00Z",
                                                  "190:20:30",
                                                  "a b",
                                                  " a",
                                                  "a ",
                                                  "/healthz?x=1&y=2",
                                                  "ä",
                                                  "日本語",
                                                  "😀",
                                                  "\x01",
                                                  "\x7F",
                                                  "a\0b"s,
                                                  "\0"s,
                                                  "\xC2\x85",
                                                  "\xC2\xA0",
                                                  "\xE2\x80\xA8",
                                                  "\xEF\xBB\xBF",
                                                  "\xEF\xBF\xBD",
                                                  "#!/bin/sh\nset -e\necho \"a: b\"\n",
                                                  "line\n--- \nline\n",
                                                  "...\nb\n",
                                                  "a\n...\nb",
                                                  "-----BEGIN X-----\nabc=\n",
                                                  std::string(2000, 'x'),
                                                  std::string(500, ' '),
                                                  "0b11",
                                                  "0x",
                                                  "1e400",
                                                  "99999999999999999999",
                                                  "-0",
                                                  "0",
                                                  "00",
                                                  "Null",
                                                  "nUlL",
                                                  "_1",
                                                  "1_",
                                                  "1__0",
                                                  "e1",
                                                  "0.0.0.0",
                                                  "10.0.0.1",
                                                  "1.2.3",
                                                  "::1",
                                                  "a::b",
                                                  "a : b",
                                                  "a :b"};
    return strings;
}

Value readBackYaml(const std::string& text)
{
    std::vector<Value> documents;
    std::vector<model::Diagnostic> problems;
    importers::readYaml(text, std::make_shared<const std::string>("t"), {}, documents, problems);
    if (!problems.empty() || documents.size() != 1) {
        qWarning("%s", text.c_str());
        for (const auto& problem : problems)
            qWarning("%s", toString(problem).c_str());
        return Value("cannot be read back");
    }
    return documents[0];
}

Value readBackJson(const std::string& text)
{
    std::vector<Value> documents;
    std::vector<model::Diagnostic> diagnostics;
    importers::ProblemList problems(std::make_shared<const std::string>("t"), diagnostics);
    importers::readJson({text, 1, true}, {}, documents, problems);
    return diagnostics.empty() && documents.size() == 1 ? documents[0] : Value("cannot be read back");
}

/// A random tree of tricky strings and numbers.
Value randomValue(std::mt19937& random, int depth)
{
    const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    const auto& strings = trickyStrings();
    switch (pick(depth > 0 ? 8 : 6)) {
    case 0:
        return {};
    case 1:
        return pick(2) == 0;
    case 2:
        return static_cast<std::int64_t>(std::uint64_t{random()} << 32 | random());
    case 3:
        return std::ldexp(static_cast<double>(random()) - 2e9, static_cast<int>(pick(600)) - 300);
    case 6: {
        Value result = Value::array();
        for (std::size_t i = pick(5); i > 0; --i)
            result.push(randomValue(random, depth - 1));
        return result;
    }
    case 7: {
        Value result = Value::object();
        for (std::size_t i = pick(5); i > 0; --i)
            result.set(strings[pick(strings.size())], randomValue(random, depth - 1));
        return result;
    }
    default:
        return strings[pick(strings.size())];
    }
}

} // namespace

class TstWriters : public QObject {
    Q_OBJECT

private slots:
    void yaml_data()
    {
        QTest::addColumn<Value>("value");
        QTest::addColumn<QByteArray>("yaml");
        QTest::newRow("an empty object") << Value::object() << QByteArray("{}\n");
        QTest::newRow("a scalar") << Value(1) << QByteArray("1\n");
        QTest::newRow("members keep their order") << object({{"b", 1}, {"a", 2}}) << QByteArray("b: 1\na: 2\n");
        QTest::newRow("lists are not indented below their key")
            << object({{"a", list({"x", object({{"b", 1}, {"c", 2}})})}}) << QByteArray("a:\n- x\n- b: 1\n  c: 2\n");
        QTest::newRow("objects are indented by two")
            << object({{"a", object({{"b", object({{"c", true}})}})}}) << QByteArray("a:\n  b:\n    c: true\n");
        QTest::newRow("lists in lists") << list({list({1, 2}), list({3})}) << QByteArray("- - 1\n  - 2\n- - 3\n");
        QTest::newRow("a list in an object in a list")
            << list({object({{"a", list({1})}, {"b", Value::array()}})}) << QByteArray("- a:\n  - 1\n  b: []\n");
        QTest::newRow("null is written") << object({{"a", nullptr}}) << QByteArray("a: null\n");
        QTest::newRow("text that reads as a type is in double quotes")
            << list({"true", "1", "null", "yes", ""})
            << QByteArray("- \"true\"\n- \"1\"\n- \"null\"\n- \"yes\"\n- \"\"\n");
        QTest::newRow("text that starts specially is in single quotes")
            << list({"*.example.com", "a: b", "@x", "it's: "})
            << QByteArray("- '*.example.com'\n- 'a: b'\n- '@x'\n- 'it''s: '\n");
        QTest::newRow("ordinary text is plain")
            << list({"a.example.com", "/api/v1?x=y", "10.0.0.1", "-x", "a b", "http://a:80"})
            << QByteArray("- a.example.com\n- /api/v1?x=y\n- 10.0.0.1\n- -x\n- a b\n- http://a:80\n");
        QTest::newRow("dates and base-60 numbers are quoted for other readers")
            << list({"2024-01-31", "12:30"}) << QByteArray("- \"2024-01-31\"\n- \"12:30\"\n");
        QTest::newRow("several lines are a literal block")
            << object({{"a", "x\ny\n"}, {"b", "x\n\ny"}, {"c", "x\n\n"}, {"d", 1}})
            << QByteArray("a: |\n  x\n  y\nb: |-\n  x\n\n  y\nc: |+\n  x\n\nd: 1\n");
        QTest::newRow("a literal block in a list") << list({"x\ny\n", 1}) << QByteArray("- |\n  x\n  y\n- 1\n");
        QTest::newRow("control characters are escaped")
            << object({{"a", "\x01\xE2\x80\xA8"}}) << QByteArray("a: \"\\x01\\u2028\"\n");
        QTest::newRow("a float stays a float") << list({1.0, 1.5, 1e100}) << QByteArray("- 1.0\n- 1.5\n- 1e+100\n");
    }

    void yaml()
    {
        QFETCH(Value, value);
        QFETCH(QByteArray, yaml);
        QCOMPARE(QByteArray::fromStdString(importers::toYaml(value)), yaml);
        QVERIFY(readBackYaml(importers::toYaml(value)) == value);
    }

    void trickyStringsSurvive()
    {
        for (const std::string& text : trickyStrings()) {
            for (const Value& value : {list({Value(text), 1}), list({list({Value(text)}), 1})}) {
                QVERIFY2(readBackYaml(importers::toYaml(value)) == value, importers::toYaml(value).c_str());
                QVERIFY2(readBackJson(importers::toJson(value)) == value, text.c_str());
            }
            Value asKey = Value::object();
            asKey.set(text, list({Value(text)}));
            asKey.set("other", Value(text));
            QVERIFY2(readBackYaml(importers::toYaml(asKey)) == asKey, importers::toYaml(asKey).c_str());
            QVERIFY2(readBackJson(importers::toJson(asKey, 0)) == asKey, text.c_str());
        }
    }

    void randomTreesSurvive()
    {
        std::mt19937 random(7); // a fixed seed: the same trees on every run
        for (int i = 0; i < 2000; ++i) {
            const Value value = object({{"value", randomValue(random, 4)}});
            QVERIFY2(readBackYaml(importers::toYaml(value)) == value, importers::toYaml(value).c_str());
            QVERIFY2(readBackJson(importers::toJson(value)) == value, importers::toJson(value).c_str());
        }
    }

    void json_data()
    {
        QTest::addColumn<Value>("value");
        QTest::addColumn<int>("indent");
        QTest::addColumn<QByteArray>("json");
        const Value value = object({{"a", list({1, "x\n"})}, {"b", nullptr}, {"c", Value::object()}, {"d", 1.0}});
        QTest::newRow("indent 0 is one line without a line end")
            << value << 0 << QByteArray(R"({"a":[1,"x\n"],"b":null,"c":{},"d":1.0})");
        QTest::newRow("indented by four") << value << 4
                                          << QByteArray("{\n    \"a\": [\n        1,\n        \"x\\n\"\n    ],\n"
                                                        "    \"b\": null,\n    \"c\": {},\n    \"d\": 1.0\n}\n");
        QTest::newRow("infinity has no JSON")
            << Value(std::numeric_limits<double>::infinity()) << 0 << QByteArray("null");
    }

    void json()
    {
        QFETCH(Value, value);
        QFETCH(int, indent);
        QFETCH(QByteArray, json);
        QCOMPARE(QByteArray::fromStdString(importers::toJson(value, indent)), json);
    }
};

QTEST_APPLESS_MAIN(TstWriters)
#include "tst_writers.moc"
