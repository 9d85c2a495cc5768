#include "h1_dump.h"

#include <QTest>

using namespace gatehouse::engine;
using namespace gatehouse::engine::h1test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(std::string)

class TstH1Response : public QObject {
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void limits_data();
    void limits();
    void findsTheEndOfAnInterimHead();
};

void TstH1Response::parses_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("headRequest");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* claim, bool headRequest, const std::string& bytes, const std::string& expected) {
        QTest::newRow(claim) << bytes << headRequest << "done head " + std::to_string(bytes.size()) + '\n' + expected;
    };
    const auto refuse = [](const char* claim, const std::string& bytes, const std::string& message) {
        QTest::newRow(claim) << bytes << false << "failed 502 " + message;
    };

    // Status lines.
    const std::string tail = "\r\nContent-Length: 0\r\n\r\n";
    const std::string rest = " body length 0 announced 0 keep\nContent-Length: \"0\"";
    add("9112 4: a status line", false, "HTTP/1.1 200 OK" + tail, "200 \"OK\" 1.1" + rest);
    add("9112 4: a reason of several words and obs-text", false, "HTTP/1.1 404 N\xc3\xb8t\tfound " + tail,
        "404 \"N\xc3\xb8t\tfound \" 1.1" + rest);
    add("9112 4: an empty reason", false, "HTTP/1.1 200 " + tail, "200 \"\" 1.1" + rest);
    add("9112 4: no space after the code", false, "HTTP/1.1 200" + tail, "200 \"\" 1.1" + rest);
    add("9110 15: a code that nobody registered", false, "HTTP/1.1 799 x" + tail, "799 \"x\" 1.1" + rest);
    add("9110 2.5: a higher minor version is 1.1", false, "HTTP/1.9 200 OK" + tail, "200 \"OK\" 1.1" + rest);
    const std::string noStatusLine = "backend sent no HTTP/1 status line";
    refuse("9112 4: another protocol", "SSH-2.0-OpenSSH\r\n", noStatusLine);
    refuse("9112 4: HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n", noStatusLine);
    refuse("9112 4: a version in lower case", "http/1.1 200 OK\r\n\r\n", noStatusLine);
    refuse("9112 4: two spaces", "HTTP/1.1  200 OK\r\n\r\n", noStatusLine);
    refuse("9112 4: a code of two digits", "HTTP/1.1 20 OK\r\n\r\n", noStatusLine);
    refuse("9112 4: an empty line before it", "\r\nHTTP/1.1 200 OK\r\n\r\n", noStatusLine);
    refuse("9112 4: a code of four digits", "HTTP/1.1 2000 OK\r\n\r\n", "backend sent a malformed status line");
    refuse("9112 4: control character in the reason", "HTTP/1.1 200 O\x01K\r\n\r\n",
           "backend sent a malformed status line");
    refuse("9112 2.2: bare LF after the status line", "HTTP/1.1 200 OK\nA: b\r\n\r\n",
           "backend sent a malformed status line");
    refuse("9112 2.2: bare CR in the reason", "HTTP/1.1 200 O\rK\r\n\r\n", "CR without LF");
    refuse("9110 15: a code below 100", "HTTP/1.1 099 OK\r\n\r\n", "backend sent an invalid status code");

    // Where the message ends.
    add("9112 6.3: neither length nor chunked: until the connection closes", false, "HTTP/1.1 200 OK\r\nA: b\r\n\r\n",
        "200 \"OK\" 1.1 body until close close\nA: \"b\"");
    add("9112 6.3: a length", false, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n",
        "200 \"OK\" 1.1 body length 7 announced 7 keep\nContent-Length: \"7\"");
    add("9112 6.3: chunked", false, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "200 \"OK\" 1.1 body chunked keep\nTransfer-Encoding: \"chunked\"");
    add("9112 6.3: the answer to HEAD has no body but a length", true, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n",
        "200 \"OK\" 1.1 body none announced 7 keep\nContent-Length: \"7\"");
    add("9112 6.3: the answer to HEAD with chunked has no body", true,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "200 \"OK\" 1.1 body none keep\nTransfer-Encoding: \"chunked\"");
    add("9112 6.3: the answer to HEAD without either keeps the connection", true, "HTTP/1.1 200 OK\r\n\r\n",
        "200 \"OK\" 1.1 body none keep");
    add("9112 6.3: 304 has no body but a length", false, "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
        "304 \"Not Modified\" 1.1 body none announced 7 keep\nContent-Length: \"7\"");
    add("9112 6.3: 204 has no body", false, "HTTP/1.1 204 No Content\r\n\r\n", "204 \"No Content\" 1.1 body none keep");
    add("9110 8.6: 204 with a length of 0", false, "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "204 \"No Content\" 1.1 body none keep\nContent-Length: \"0\"");
    add("9110 8.6: after 204 with a length the connection cannot be trusted", false,
        "HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n",
        "204 \"No Content\" 1.1 body none close\nContent-Length: \"7\"");
    add("9112 6.1: after 204 with chunked the connection cannot be trusted", false,
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
        "204 \"No Content\" 1.1 body none close\nTransfer-Encoding: \"chunked\"");
    add("9112 6.3: 100 has no body", false, "HTTP/1.1 100 Continue\r\n\r\n", "100 \"Continue\" 1.1 body none keep");
    add("9112 6.3: 103 has no body", false, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
        "103 \"Early Hints\" 1.1 body none keep\nLink: \"x\"");
    add("9110 15.2.2: 101 has no body", false,
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: w\r\n\r\n",
        "101 \"Switching Protocols\" 1.1 body none keep\nConnection: \"upgrade\"\nUpgrade: \"w\"");

    // Persistence.
    add("9112 9.3: Connection: close", false, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "200 \"OK\" 1.1 body length 0 announced 0 close\nConnection: \"close\"\nContent-Length: \"0\"");
    add("9112 9.3: HTTP/1.0 closes", false, "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "200 \"OK\" 1.0 body length 0 announced 0 close\nContent-Length: \"0\"");
    add("9112 9.3: HTTP/1.0 with keep-alive", false,
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
        "200 \"OK\" 1.0 body length 0 announced 0 keep\nConnection: \"keep-alive\"\nContent-Length: \"0\"");

    // Field lines: the rules of requests.
    const auto with = [](const std::string& line) { return "HTTP/1.1 200 OK\r\nA: b\r\n" + line + "\r\n\r\n"; };
    refuse("9112 5.2: a folded line", with(" c"), "folded field line");
    refuse("9112 5.1: a space before the colon", with("X : 1"), "whitespace between a field name and its colon");
    refuse("9112 2.2: bare LF after a field", with("X: 1\nY: 2"), "line end without CR");
    refuse("9110 5.5: NUL in a value", with("X: \0"s), "control character in a field value");
    refuse("9110 5.1: no name", with(": 1"), "field line without a name");
    refuse("9112 6.3: both length and chunked", with("Content-Length: 5\r\nTransfer-Encoding: chunked"),
           "both Transfer-Encoding and Content-Length");
    refuse("9112 6.3: differing lengths", with("Content-Length: 5\r\nContent-Length: 6"),
           "more than one Content-Length");
    refuse("9110 8.6: a repeated length", with("Content-Length: 5\r\nContent-Length: 5"),
           "more than one Content-Length");
    refuse("9110 8.6: a list of lengths", with("Content-Length: 5, 5"), "invalid Content-Length");
    refuse("9110 8.6: a negative length", with("Content-Length: -1"), "invalid Content-Length");
    refuse("9112 6.1: a coding that we have not", with("Transfer-Encoding: gzip, chunked"),
           "transfer coding not implemented");
    refuse("9112 6.3: chunked not last", with("Transfer-Encoding: gzip"), "chunked is not the last transfer coding");
    refuse("9112 6.1: chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
           "Transfer-Encoding in HTTP/1.0");
}

void TstH1Response::parses()
{
    QFETCH(std::string, bytes);
    QFETCH(bool, headRequest);
    QFETCH(std::string, expected);
    QCOMPARE(parseResponse(bytes, {}, headRequest), expected);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        QCOMPARE(parseResponse(bytes, {cut}, headRequest), expected);
    QCOMPARE(parseResponse(bytes, everyByte(bytes.size()), headRequest), expected);
}

void TstH1Response::limits_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    const std::string start = "HTTP/1.1 200 OK\r\nX: ";
    QTest::newRow("a head as long as the limit") << start + std::string(100 - start.size() - 4, 'x') + "\r\n\r\n"
                                                 << "done head 100"s;
    QTest::newRow("one byte more") << start + std::string(100 - start.size() - 3, 'x') + "\r\n\r\n"
                                   << "failed 502 response head too large"s;
    QTest::newRow("a reason without an end")
        << "HTTP/1.1 200 " + std::string(200, 'x') << "failed 502 response head too large"s;
    QTest::newRow("a field more than allowed") << "HTTP/1.1 200 OK\r\nA:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n"s
                                               << "failed 502 too many header fields in a response"s;
}

void TstH1Response::limits()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    const auto outcome = [&](const std::vector<std::size_t>& cuts) {
        const std::string all = parseResponse(bytes, cuts, false, {100, 4});
        return all.substr(0, all.find('\n'));
    };
    QCOMPARE(outcome({}), expected);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        QCOMPARE(outcome({cut}), expected);
    QCOMPARE(outcome(everyByte(bytes.size())), expected);
}

void TstH1Response::findsTheEndOfAnInterimHead()
{
    const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::string both = interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    H1ResponseParser parser;
    QCOMPARE(parser.parse(both, {}, false), ParseState::Done);
    QCOMPARE(parser.response().status, 100);
    QCOMPARE(parser.headBytes(), interim.size());
    const std::string_view rest = std::string_view(both).substr(interim.size());
    parser.reset();
    QCOMPARE(parser.parse(rest, {}, false), ParseState::Done);
    QCOMPARE(parser.response().status, 200);
    QCOMPARE(rest.substr(parser.headBytes()), "hi");
}

QTEST_APPLESS_MAIN(TstH1Response)
#include "tst_h1_response.moc"
