#include "engine/echo/echo_text.h"

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::engine;

class TstEchoText : public QObject {
    Q_OBJECT

private slots:
    void writesJson();
    void escapes_data();
    void escapes();
    void canonicalNames_data();
    void canonicalNames();
    void setsHeaders_data();
    void setsHeaders();
    void durations_data();
    void durations();
    void parameters_data();
    void parameters();
};

void TstEchoText::writesJson()
{
    routing::RequestHead head;
    head.method = "GET";
    head.authority = "example.com";
    head.path = "/a";
    head.query = "b=c";
    head.hasQuery = true;
    head.headers.add("host", "example.com");
    head.headers.add("x-many", "1");
    head.headers.add("accept", "*/*");
    head.headers.add("X-Many", "2");
    // No raw string of several lines here: moc 6.4 cannot read one inside a macro.
    const QByteArray expected = "{\n"
                                " \"path\": \"/a?b=c\",\n"
                                " \"host\": \"example.com\",\n"
                                " \"method\": \"GET\",\n"
                                " \"proto\": \"HTTP/1.1\",\n"
                                " \"headers\": {\n"
                                "  \"Accept\": [\n"
                                "   \"*/*\"\n"
                                "  ],\n"
                                "  \"X-Many\": [\n"
                                "   \"1\",\n"
                                "   \"2\"\n"
                                "  ]\n"
                                " },\n"
                                " \"httpPort\": \"3000\",\n"
                                " \"namespace\": \"shop\",\n"
                                " \"ingress\": \"\",\n"
                                " \"service\": \"cart\",\n"
                                " \"pod\": \"cart-0\"\n"
                                "}\n";
    QCOMPARE(QByteArray::fromStdString(echoJson({"shop", "cart", "cart-0", {}, {}, 3000}, head, "HTTP/1.1")), expected);
}

void TstEchoText::escapes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("quotes and backslashes") << QByteArray(R"(a"b\c)") << QByteArray(R"("a\"b\\c")");
    QTest::newRow("a tab") << QByteArray("a\tb") << QByteArray(R"("a\u0009b")");
    QTest::newRow("angle brackets, as Go does") << QByteArray("<b>&") << QByteArray(R"("\u003cb\u003e\u0026")");
    QTest::newRow("bytes beyond ASCII") << QByteArray("\xe9\xff") << QByteArray(R"("\u00e9\u00ff")");
}

void TstEchoText::escapes()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, json);
    routing::RequestHead head;
    const std::string text = value.toStdString();
    head.authority = text;
    const std::string out = echoJson({}, head, "HTTP/1.1");
    QVERIFY2(out.find("\"host\": " + json.toStdString() + ",") != std::string::npos, out.c_str());
}

void TstEchoText::canonicalNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("canonical");
    QTest::newRow("lower") << QByteArray("x-header-add") << QByteArray("X-Header-Add");
    QTest::newRow("upper") << QByteArray("ETAG") << QByteArray("Etag");
    QTest::newRow("digits") << QByteArray("x-b3-traceid") << QByteArray("X-B3-Traceid");
    QTest::newRow("a dash at the end") << QByteArray("a-") << QByteArray("A-");
}

void TstEchoText::canonicalNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, canonical);
    QCOMPARE(canonicalName(name.toStdString()), canonical.toStdString());
}

void TstEchoText::setsHeaders_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("two") << QByteArray("A:1,B:2") << QByteArray("A=1;B=2;");
    QTest::newRow("spaces around") << QByteArray(" A : 1 , B:2 ") << QByteArray("A=1;B=2;");
    QTest::newRow("repeats are joined") << QByteArray("A:1,a:2") << QByteArray("A=1,2;");
    QTest::newRow("an empty name is left out") << QByteArray(":1,B:2") << QByteArray("B=2;");
    QTest::newRow("an impossible name is left out") << QByteArray("a b:1,B:2") << QByteArray("B=2;");
    QTest::newRow("a value may hold colons") << QByteArray("L:http://a") << QByteArray("L=http://a;");
    QTest::newRow("no value") << QByteArray("A") << QByteArray("A=;");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("");
}

void TstEchoText::setsHeaders()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, headers);
    const std::string text = value.toStdString();
    routing::HeaderFields fields;
    fields.add("X-Echo-Set-Header", text);
    fields.add("other", "X:1");
    std::string out;
    for (const auto& [name, set] : requestedHeaders(fields))
        out += name + "=" + set + ";";
    QCOMPARE(out, headers.toStdString());
}

void TstEchoText::durations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("nanoseconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("2s") << qint64(2'000'000'000);
    QTest::newRow("milliseconds") << QByteArray("500ms") << qint64(500'000'000);
    QTest::newRow("a fraction") << QByteArray("1.5s") << qint64(1'500'000'000);
    QTest::newRow("several units") << QByteArray("1m30s") << qint64(90'000'000'000);
    QTest::newRow("microseconds") << QByteArray("7us") << qint64(7'000);
    QTest::newRow("bare zero") << QByteArray("0") << qint64(0);
    QTest::newRow("no unit") << QByteArray("5") << qint64(-1);
    QTest::newRow("no number") << QByteArray("s") << qint64(-1);
    QTest::newRow("unknown unit") << QByteArray("5d") << qint64(-1);
    QTest::newRow("negative") << QByteArray("-1s") << qint64(-1);
    QTest::newRow("empty") << QByteArray("") << qint64(-1);
    QTest::newRow("longer than a day") << QByteArray("25h") << qint64(-1);
    QTest::newRow("beyond any number") << QByteArray("1" + QByteArray(400, '0') + "s") << qint64(-1);
}

void TstEchoText::durations()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, nanoseconds);
    const auto parsed = parseGoDuration(text.toStdString());
    QCOMPARE(parsed ? parsed->count() : -1, nanoseconds);
}

void TstEchoText::parameters_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("value"); // "none": not there
    QTest::newRow("alone") << QByteArray("a=1") << QByteArray("1");
    QTest::newRow("among others") << QByteArray("b=2&a=1&c") << QByteArray("1");
    QTest::newRow("the first of two") << QByteArray("a=1&a=2") << QByteArray("1");
    QTest::newRow("without value") << QByteArray("a") << QByteArray("");
    QTest::newRow("decoded") << QByteArray("%61=x%20y+z") << QByteArray("x y z");
    QTest::newRow("a broken escape stays") << QByteArray("a=%zz%4") << QByteArray("%zz%4");
    QTest::newRow("not there") << QByteArray("ab=1") << QByteArray("none");
    QTest::newRow("empty") << QByteArray("") << QByteArray("none");
}

void TstEchoText::parameters()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, value);
    QCOMPARE(queryParameter(query.toStdString(), "a").value_or("none"), value.toStdString());
}

QTEST_APPLESS_MAIN(TstEchoText)
#include "tst_echo_text.moc"
