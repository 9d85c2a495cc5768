#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "engine/http/ext_authz.h"
#include "engine/http/protobuf.h"
#endif

#include <QtTest/QTest>

#include <map>

using namespace gatehouse;
using namespace gatehouse::engine;

namespace {

using Path = std::vector<std::uint32_t>;

/// Fields of a message by number, from level to level: field 1 of field 4 is {4, 1}.
template <class Take>
void visit(std::string_view message, Path path, Take take)
{
    ProtobufReader reader(message);
    for (ProtobufField field; reader.next(field);) {
        if (field.number != path.front())
            continue;
        if (path.size() == 1)
            take(field);
        else
            visit(field.text, {path.begin() + 1, path.end()}, take);
    }
    QVERIFY(!reader.broken());
}

std::string textAt(std::string_view message, const Path& path)
{
    std::string text;
    visit(message, path, [&](const ProtobufField& field) { text = field.text; });
    return text;
}

std::int64_t numberAt(std::string_view message, const Path& path)
{
    std::int64_t number = 0;
    visit(message, path, [&](const ProtobufField& field) { number = static_cast<std::int64_t>(field.integer); });
    return number;
}

std::map<std::string, std::string> headersOf(std::string_view message)
{
    std::map<std::string, std::string> headers;
    visit(message, {1, 4, 2, 3},
          [&](const ProtobufField& entry) { headers[textAt(entry.text, {1})] = textAt(entry.text, {2}); });
    return headers;
}

const routing::BindKey gate{"127.0.0.2", 8443};
const std::vector<std::string> all;

/// A question about `head`; the message without what gRPC puts in front.
std::string asked(const routing::RequestHead& head, const std::vector<std::string>& allowed = all,
                  std::optional<std::string_view> body = std::nullopt)
{
    const std::string framed =
        checkRequest({head, allowed, "HTTP/2", "127.0.0.9", gate, "app.test",
                      std::chrono::system_clock::time_point(std::chrono::milliseconds(1500)), body});
    const std::size_t length = framed.size() - 5;
    return framed.substr(0, 5) == std::string({0, 0, 0, static_cast<char>(length >> 8), static_cast<char>(length)})
               ? framed.substr(5)
               : std::string();
}

routing::RequestHead post()
{
    routing::RequestHead head;
    head.method = "POST";
    head.scheme = "https";
    head.authority = "app.test:8443";
    head.path = "/p";
    head.query = "q=1";
    head.hasQuery = true;
    for (const auto& [name, value] : {std::pair{"X-One", "1"}, {"cookie", "a=1"}, {"x-one", "2"}, {"Cookie", "b=2"}})
        head.headers.add(name, value);
    return head;
}

std::string message(std::initializer_list<std::pair<std::uint32_t, std::string>> fields)
{
    ProtobufWriter out;
    for (const auto& [number, text] : fields)
        out.text(number, text);
    return out.bytes();
}

std::string number(std::uint32_t field, std::uint64_t value)
{
    ProtobufWriter out;
    out.integer(field, value);
    return out.bytes();
}

std::string header(const std::string& name, const std::string& value, const std::string& rest = "")
{
    return message({{1, message({{1, name}, {2, value}})}}) + rest;
}

/// A CheckResponse behind its length.
std::string framed(const std::string& bytes)
{
    std::string text(1, '\0');
    for (int shift = 24; shift >= 0; shift -= 8)
        text += static_cast<char>(bytes.size() >> shift & 0xFF);
    return text + bytes;
}

std::string allowing(const std::string& ok)
{
    return framed(message({{1, ""}, {3, ok}}));
}

std::string denying(const std::string& denied)
{
    return framed(message({{1, number(1, 7)}, {2, denied}}));
}

QString described(const std::vector<HeaderChange>& changes)
{
    static const char* const actions[] = {"set", "add", "add if absent", "set if present"};
    QStringList texts;
    for (const HeaderChange& change : changes)
        texts << QString("%1 %2: %3")
                     .arg(actions[static_cast<int>(change.action)], change.name.c_str(), change.value.c_str());
    return texts.join(", ");
}

} // namespace

/// Messages of Envoy's authorization service, by the field numbers of its .proto files.
class TstExtAuthz : public QObject {
    Q_OBJECT
private slots:
    void tellsOfTheRequest();
    void tellsOfAllowedHeadersOnly();
    void tellsOfTheBody_data();
    void tellsOfTheBody();
    void textIsUtf8();
    void allows();
    void denies_data();
    void denies();
    void actions_data();
    void actions();
    void refusesWhatItCannotFollow_data();
    void refusesWhatItCannotFollow();
    void everyCutIsAnError();
    void changesHeaders();
};

void TstExtAuthz::tellsOfTheRequest()
{
    const std::string question = asked(post());
    QVERIFY(!question.empty());
    QCOMPARE(textAt(question, {1, 1, 1, 1, 2}), std::string("127.0.0.9"));
    QCOMPARE(textAt(question, {1, 2, 1, 1, 2}), std::string("127.0.0.2"));
    QCOMPARE(numberAt(question, {1, 2, 1, 1, 3}), std::int64_t{8443});
    QCOMPARE(numberAt(question, {1, 4, 1, 1}), std::int64_t{1});
    QCOMPARE(numberAt(question, {1, 4, 1, 2}), std::int64_t{500'000'000});
    const Path http{1, 4, 2};
    const auto at = [&](std::uint32_t field) { return textAt(question, {1, 4, 2, field}); };
    QCOMPARE(at(2), std::string("POST"));
    QCOMPARE(at(4), std::string("/p?q=1"));
    QCOMPARE(at(5), std::string("app.test:8443"));
    QCOMPARE(at(6), std::string("https"));
    QCOMPARE(at(10), std::string("HTTP/2"));
    QCOMPARE(numberAt(question, {1, 4, 2, 9}), std::int64_t{-1});
    QCOMPARE(textAt(question, {1, 12, 1}), std::string("app.test"));
    const std::map<std::string, std::string> headers{
        {":authority", "app.test:8443"}, {":method", "POST"}, {":path", "/p?q=1"}, {":scheme", "https"},
        {"cookie", "a=1; b=2"},          {"x-one", "1,2"}};
    QVERIFY(headersOf(question) == headers);
}

void TstExtAuthz::tellsOfAllowedHeadersOnly()
{
    const std::map<std::string, std::string> headers{{"x-one", "1,2"}};
    QVERIFY(headersOf(asked(post(), {"x-one", "x-absent"})) == headers);
}

void TstExtAuthz::tellsOfTheBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("asText");
    QTest::addColumn<QByteArray>("asBytes");
    QTest::newRow("none") << QByteArray("") << QByteArray() << QByteArray();
    QTest::newRow("text") << QByteArray("h\xc3\xa4") << QByteArray("h\xc3\xa4") << QByteArray();
    QTest::newRow("bytes") << QByteArray("h\xff") << QByteArray() << QByteArray("h\xff");
}

void TstExtAuthz::tellsOfTheBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, asText);
    QFETCH(QByteArray, asBytes);
    const std::string bytes = body.toStdString();
    const std::string question = asked(post(), all, bytes);
    QCOMPARE(textAt(question, {1, 4, 2, 11}), asText.toStdString());
    QCOMPARE(textAt(question, {1, 4, 2, 12}), asBytes.toStdString());
    QCOMPARE(numberAt(question, {1, 4, 2, 9}), std::int64_t{body.size()});
}

void TstExtAuthz::textIsUtf8()
{
    routing::RequestHead head = post();
    head.headers.add("x-odd", "a\xff\xc3\xa4");
    head.headers.add("x-even", "\xc3\xa4");
    const auto headers = headersOf(asked(head));
    QCOMPARE(headers.at("x-odd"), std::string("a!!!"));
    QCOMPARE(headers.at("x-even"), std::string("\xc3\xa4"));
}

void TstExtAuthz::allows()
{
    for (const std::string& bytes : {framed(""), framed(message({{1, ""}})), allowing("")}) {
        const CheckVerdict verdict = readVerdict(bytes);
        QCOMPARE(verdict.error, std::string());
        QVERIFY(verdict.allowed);
    }
    const CheckVerdict verdict = readVerdict(allowing(
        message({{2, header("X-User", "me")}, {5, "X-Secret"}, {6, header("x-note", "seen")}, {99, "of the future"}})));
    QCOMPARE(verdict.error, std::string());
    QCOMPARE(described(verdict.headers), QString("set x-user: me"));
    QCOMPARE(described(verdict.answerHeaders), QString("set x-note: seen"));
    QCOMPARE(verdict.removedHeaders, std::vector<std::string>{"x-secret"});
}

void TstExtAuthz::denies_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("headers");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, const std::string& bytes) -> QTestData& {
        return QTest::newRow(name) << QByteArray::fromStdString(bytes);
    };
    row("without a word", framed(message({{1, number(1, 16)}}))) << 403 << "" << QByteArray();
    row("with nothing in it", denying("")) << 403 << "" << QByteArray();
    row("with all", denying(message({{1, number(1, 401)}, {2, header("WWW-Authenticate", "Basic")}, {3, "log in"}})))
        << 401 << "set www-authenticate: Basic" << QByteArray("log in");
    row("an error of the server's", framed(message({{1, number(1, 13)}, {5, message({{1, number(1, 503)}})}})))
        << 503 << "" << QByteArray();
    row("allowed and denied at once", framed(message({{1, number(1, 7)}, {3, message({{2, header("a", "b")}})}})))
        << 403 << "" << QByteArray();
}

void TstExtAuthz::denies()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QString, headers);
    QFETCH(QByteArray, body);
    const CheckVerdict verdict = readVerdict(answer.toStdString());
    QCOMPARE(verdict.error, std::string());
    QVERIFY(!verdict.allowed);
    QCOMPARE(int(verdict.status), status);
    QCOMPARE(described(verdict.headers), headers);
    QCOMPARE(verdict.body, body.toStdString());
}

void TstExtAuthz::actions_data()
{
    QTest::addColumn<QByteArray>("option");
    QTest::addColumn<QString>("change");
    const auto row = [](const char* name, const std::string& option, const QString& change) {
        QTest::newRow(name) << QByteArray::fromStdString(option) << change;
    };
    const std::string yes = message({{2, number(1, 1)}}), no = message({{2, ""}});
    row("nothing said", header("a", "b"), "set a: b");
    row("append", header("a", "b", yes), "add a: b");
    row("no append", header("a", "b", no), "set a: b");
    row("add if absent", header("a", "b", number(3, 1)), "add if absent a: b");
    row("overwrite or add", header("a", "b", number(3, 2)), "set a: b");
    row("overwrite if there", header("a", "b", number(3, 3)), "set if present a: b");
    row("append wins over an action", header("a", "b", yes + number(3, 3)), "add a: b");
    row("an empty value", header("a", ""), "");
    row("an empty value that is meant", header("a", "", number(4, 1)), "set a: ");
    row("bytes", message({{1, message({{1, "a"}, {3, "\xff"}})}}), QString("set a: ") + QString::fromUtf8("\xff"));
}

void TstExtAuthz::actions()
{
    QFETCH(QByteArray, option);
    QFETCH(QString, change);
    const CheckVerdict verdict = readVerdict(allowing(message({{2, option.toStdString()}})));
    QCOMPARE(verdict.error, std::string());
    QCOMPARE(described(verdict.headers), change);
}

void TstExtAuthz::refusesWhatItCannotFollow_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const std::string& bytes, const QString& words) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << words;
    };
    const auto setting = [](const std::string& option) { return allowing(message({{2, option}})); };
    row("nothing", "", "not one message");
    row("two messages", framed("") + framed(""), "not one message");
    row("compressed", std::string("\1\0\0\0\0", 5), "compressed");
    row("no message", framed("\xff"), "no CheckResponse");
    row("a broken ok_response", allowing("\xff"), "ok_response cannot be read");
    row("a broken denied_response", denying("\xff"), "denied_response cannot be read");
    row("a broken header", setting("\xff"), "a header of it cannot be read");
    row("a status that is none", denying(message({{1, number(1, 100)}})), "HTTP status 100");
    row("the path", setting(header(":path", "/x")), "header \":path\"");
    row("the host", setting(header("Host", "x")), "changes the host");
    row("a name that is none", setting(header("a b", "x")), "header \"a b\"");
    row("a line end", setting(header("a", "x\r\nb: y")), "control characters");
    row("the query", allowing(message({{7, message({{1, "a"}})}})), "changes the query");
    row("the query, less", allowing(message({{8, "a"}})), "changes the query");
}

void TstExtAuthz::refusesWhatItCannotFollow()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, words);
    const CheckVerdict verdict = readVerdict(answer.toStdString());
    QVERIFY2(verdict.error.find(words.toStdString()) != std::string::npos, verdict.error.c_str());
}

void TstExtAuthz::everyCutIsAnError()
{
    const std::string whole = allowing(message({{2, header("x-user", "me")}, {6, header("x-note", "seen")}}));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        QVERIFY2(!readVerdict(whole.substr(0, size)).error.empty(), std::to_string(size).c_str());
        // And inside of a message whose length says that it is whole. Cut between fields it is a shorter one.
        if (size > 5 && readVerdict(framed(whole.substr(5, size - 5))).error.empty())
            QVERIFY(readVerdict(framed(whole.substr(5, size - 5))).headers.empty());
    }
}

void TstExtAuthz::changesHeaders()
{
    using Action = HeaderChange::Action;
    routing::TextArena arena;
    routing::HeaderFields headers;
    headers.add("a", "1");
    applyChanges({{"a", "2", Action::Add},
                  {"a", "3", Action::AddIfAbsent},
                  {"b", "1", Action::SetIfPresent},
                  {"b", "2", Action::AddIfAbsent},
                  {"c", "1", Action::Set},
                  {"c", "2", Action::Set}},
                 headers, arena);
    std::string all;
    for (const routing::HeaderField& field : headers)
        all += std::string(field.name) + '=' + std::string(field.value) + ' ';
    QCOMPARE(all, std::string("a=1 a=2 b=2 c=2 "));
}

QTEST_APPLESS_MAIN(TstExtAuthz)
#include "tst_ext_authz.moc"
