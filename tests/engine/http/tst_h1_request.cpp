#include "h1_dump.h"

#include <QTest>

using namespace gatehouse::engine;
using namespace gatehouse::engine::h1test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(std::string)

namespace {

/// A GET that is fine but for `line`.
std::string with(const std::string& line)
{
    return "GET / HTTP/1.1\r\nHost: a.test\r\n" + line + "\r\n\r\n";
}

void accept(const char* claim, const std::string& bytes, const std::string& expected)
{
    QTest::newRow(claim) << bytes << "done head " + std::to_string(bytes.size()) + '\n' + expected;
}

void refuse(const char* claim, const std::string& bytes, int status, const std::string& message)
{
    QTest::newRow(claim) << bytes << "failed " + std::to_string(status) + ' ' + message;
}

} // namespace

class TstH1Request : public QObject {
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void limits_data();
    void limits();
    void findsTheEndOfPipelinedHeads();
    void failsBeforeTheLineEnds();
    void keepsItsStorage();

private:
    void requestLineRows();
    void targetRows();
    void hostRows();
    void fieldLineRows();
    void framingRows();
    void connectionRows();
};

void TstH1Request::requestLineRows()
{
    const std::string get = "GET \"a.test\" \"/\" 1.1 body none keep\nHost: \"a.test\"";
    accept("9112 3: a request line", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", get);
    accept("9110 9.1: any token is a method", "p!#$%&'*+-.^_`|~0A / HTTP/1.1\r\nHost: a\r\n\r\n",
           "p!#$%&'*+-.^_`|~0A \"a\" \"/\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 2.2: four empty lines before it are skipped", "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
           get);
    accept("9110 2.5: a higher minor version is 1.1", "GET / HTTP/1.7\r\nHost: a.test\r\n\r\n", get);
    accept("9112 9.3: HTTP/1.0 closes", "GET / HTTP/1.0\r\n\r\n", "GET \"\" \"/\" 1.0 body none close");
    refuse("9112 2.2: a fifth empty line", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n", 400,
           "too many empty lines before a request");
    refuse("9112 2.2: an empty line of bare LF", "\nGET / HTTP/1.1\r\n", 400, "line end without CR");
    refuse("9112 2.2: an empty line of bare CR", "\rGET / HTTP/1.1\r\n", 400, "CR without LF");
    refuse("9112 2.2: bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400,
           "malformed request line");
    refuse("9112 2.2: bare CR in the request line", "GET /\rHTTP/1.1\r\n", 400, "malformed request line");
    refuse("9112 2.2: whitespace before the first line", " GET / HTTP/1.1\r\n", 400,
           "no method at the start of a request");
    refuse("9110 9.1: a separator in the method", "GE(T / HTTP/1.1\r\n", 400, "invalid character in the method");
    refuse("9110 9.1: NUL in the method", "G\0T / HTTP/1.1\r\n"s, 400, "invalid character in the method");
    refuse("9110 9.1: an octet above 127 in the method", "G\xc3T / HTTP/1.1\r\n", 400,
           "invalid character in the method");
    refuse("9112 3: a TLS ClientHello", "\x16\x03\x01\x02", 400, "no method at the start of a request");
    refuse("9112 3: HTAB instead of SP", "GET\t/ HTTP/1.1\r\n", 400, "invalid character in the method");
    refuse("9112 3: two spaces before the target", "GET  / HTTP/1.1\r\n", 400, "malformed request line");
    refuse("9112 3: two spaces before the version", "GET /  HTTP/1.1\r\n", 400, "malformed request line");
    refuse("9112 3: a space after the version", "GET / HTTP/1.1 \r\n", 400, "malformed request line");
    refuse("9112 3: HTTP/0.9", "GET /\r\n", 400, "malformed request line");
    refuse("9112 3: a third word", "GET / x HTTP/1.1\r\n", 400, "malformed request line");
    refuse("9112 2.3: a version in lower case", "GET / http/1.1\r\n", 400, "malformed request line");
    refuse("9112 2.3: a minor version of two digits", "GET / HTTP/1.10\r\n", 400, "malformed request line");
    refuse("9112 2.3: no minor version", "GET / HTTP/1\r\n", 400, "malformed request line");
    refuse("9110 15.6.6: HTTP/0.9 by name", "GET / HTTP/0.9\r\n", 505, "HTTP version not supported");
    refuse("9110 15.6.6: HTTP/2.0", "GET / HTTP/2.0\r\n", 505, "HTTP version not supported");
    refuse("9113 3.4: the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP version not supported");
}

void TstH1Request::targetRows()
{
    accept("9112 3.2.1: a query", "GET /a/b?x=1&y HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"/a/b\" ?\"x=1&y\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 3.2.1: an empty query is a query", "GET /? HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"/\" ?\"\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 3.2.1: the first '?' starts the query", "GET /?a?b HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"/\" ?\"a?b\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 3.2.1: characters that browsers send unencoded", "GET /{a}|\"<>\\^`?[] HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"/{a}|\"<>\\^`\" ?\"[]\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 3.2.1: two slashes are a path", "GET //evil/x HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"//evil/x\" 1.1 body none keep\nHost: \"a\"");
    accept("9112 3.2.2: absolute-form names the authority",
           "GET http://b.test:81/p?q HTTP/1.1\r\nHost: b.test:81\r\n\r\n",
           "GET \"b.test:81\" \"/p\" ?\"q\" 1.1 body none keep\nHost: \"b.test:81\"");
    accept("9112 3.2.2: absolute-form wins over Host", "GET HTTPS://b.test/p HTTP/1.1\r\nHost: a.test\r\nX: 1\r\n\r\n",
           "GET \"b.test\" \"/p\" 1.1 body none keep\nHost: \"b.test\"\nX: \"1\"");
    accept("9112 3.2.2: absolute-form in HTTP/1.0 needs no Host", "GET http://b/ HTTP/1.0\r\n\r\n",
           "GET \"b\" \"/\" 1.0 body none close\nHost: \"b\"");
    accept("9112 3.2.2: absolute-form with an empty Host", "GET http://b/ HTTP/1.1\r\nHost:\r\n\r\n",
           "GET \"b\" \"/\" 1.1 body none keep\nHost: \"b\"");
    accept("9112 3.2.1: absolute-form without a path", "GET http://b HTTP/1.1\r\nHost: b\r\n\r\n",
           "GET \"b\" \"/\" 1.1 body none keep\nHost: \"b\"");
    accept("9112 3.2.1: absolute-form with a query only", "GET http://b?q HTTP/1.1\r\nHost: b\r\n\r\n",
           "GET \"b\" \"/\" ?\"q\" 1.1 body none keep\nHost: \"b\"");
    accept("9112 3.2.4: absolute-form of OPTIONS without a path is '*'",
           "OPTIONS http://b:80 HTTP/1.1\r\nHost: b:80\r\n\r\n",
           "OPTIONS \"b:80\" \"*\" 1.1 body none keep\nHost: \"b:80\"");
    accept("9112 3.2.4: asterisk-form of OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n",
           "OPTIONS \"b\" \"*\" 1.1 body none keep\nHost: \"b\"");
    accept("9112 3.2.3: CONNECT has an authority, no path and no body",
           "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\nContent-Length: 3\r\n\r\n",
           "CONNECT \"b:443\" \"\" 1.1 body none close\nHost: \"b:443\"\nContent-Length: \"3\"");
    const std::string invalid = "invalid request target";
    refuse("9112 3.2.4: asterisk-form of GET", "GET * HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.4: more than an asterisk", "OPTIONS *a HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.3: CONNECT without a port", "CONNECT b HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.3: CONNECT with an empty port", "CONNECT b: HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.3: CONNECT with a path", "CONNECT /a:1 HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.3: authority-form of GET", "GET b:80 HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.1: a path without a slash", "GET a/b HTTP/1.1\r\n", 400, invalid);
    refuse("9112 3.2.2: another scheme", "GET ftp://b/ HTTP/1.1\r\n", 400, invalid);
    refuse("9110 4.2.1: no host in absolute-form", "GET http:///a HTTP/1.1\r\n", 400, invalid);
    refuse("9110 4.2.4: user information in absolute-form", "GET http://u:p@b/ HTTP/1.1\r\n", 400, invalid);
    for (const char* target : {"/%00", "/a%00b?c", "http://b/%00"}) {
        const std::string claim = std::string("3986 7.3: NUL in a path: ") + target;
        refuse(claim.c_str(), std::string("GET ") + target + " HTTP/1.1\r\n", 400, "NUL in the request target");
    }
    accept("3986 7.3: NUL in a query is not ours to judge", "GET /?%00 HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET \"a\" \"/\" ?\"%00\" 1.1 body none keep\nHost: \"a\"");
    refuse("9112 3.2: a fragment", "GET /a#b HTTP/1.1\r\n", 400, "fragment in the request target");
    const std::string character = "invalid character in the request target";
    refuse("9112 3.2: NUL in the target", "GET /\0 HTTP/1.1\r\n"s, 400, character);
    refuse("9112 3.2: HTAB in the target", "GET /\ta HTTP/1.1\r\n", 400, character);
    refuse("9112 3.2: DEL in the target", "GET /\x7f HTTP/1.1\r\n", 400, character);
    refuse("9112 3.2: an octet above 127 in the target", "GET /\xc3\xa9 HTTP/1.1\r\n", 400, character);
}

void TstH1Request::hostRows()
{
    const auto host = [](const std::string& value) { return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n"; };
    const auto accepted = [&](const char* claim, const std::string& value) {
        accept(claim, host(value), "GET \"" + value + "\" \"/\" 1.1 body none keep\nHost: \"" + value + '"');
    };
    accepted("9110 7.2: a host with a port", "a.test:8080");
    accepted("9110 7.2: an empty port", "a.test:");
    accepted("9110 7.2: an IPv6 literal", "[::1]:80");
    accepted("3986 3.2.2: a percent-encoded host", "a%20b");
    accepted("3986 3.2.2: an upper case host is left as it is", "A.Test");
    accept("9112 3.2: HTTP/1.0 may name a host", "GET / HTTP/1.0\r\nhOsT: a\r\n\r\n",
           "GET \"a\" \"/\" 1.0 body none close\nhOsT: \"a\"");
    refuse("9112 3.2: no Host", "GET / HTTP/1.1\r\n\r\n", 400, "no Host in an HTTP/1.1 request");
    refuse("9112 3.2: absolute-form without Host", "GET http://a/ HTTP/1.1\r\n\r\n", 400,
           "no Host in an HTTP/1.1 request");
    refuse("9112 3.2: two Host fields", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, "more than one Host");
    refuse("9112 3.2: two Host fields in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", 400,
           "more than one Host");
    refuse("9110 4.2.1: an empty Host", host(""), 400, "empty Host");
    for (const char* value : {"a b", "a/b", "u@a", "a:x", "a:65536", "a:1:2", "::1", "[::1", "[::1]x", "[]", "[a_b::]",
                              ":80", "a%2", "a%zz", "a\xc3", "a?b", "a, b"}) {
        const std::string claim = std::string("9112 3.2: Host: ") + value;
        refuse(claim.c_str(), host(value), 400, "invalid Host");
    }
}

void TstH1Request::fieldLineRows()
{
    const std::string head = "GET \"a.test\" \"/\" 1.1 body none keep\nHost: \"a.test\"\n";
    accept("9112 5: whitespace around a value is no part of it", with("X: \t a b \t "), head + "X: \"a b\"");
    accept("9110 5.5: an empty value", with("X:"), head + "X: \"\"");
    accept("9110 5.5: a value of whitespace is empty", with("X:  \t "), head + "X: \"\"");
    accept("9110 5.5: obs-text and HTAB in a value", with("X: a\tb\xc3\xa9"), head + "X: \"a\tb\xc3\xa9\"");
    accept("9110 5.5: colons in a value", with("X::a:b"), head + "X: \":a:b\"");
    accept("9110 5.6.2: every token character in a name", with("!#$%&'*+-.^_`|~09azAZ: 1"),
           head + "!#$%&'*+-.^_`|~09azAZ: \"1\"");
    accept("9110 5.3: repeated fields keep their order", with("X: 1\r\nY: 2\r\nx: 3"),
           head + "X: \"1\"\nY: \"2\"\nx: \"3\"");
    refuse("9112 5.1: a space before the colon", with("X : 1"), 400, "whitespace between a field name and its colon");
    refuse("9112 5.1: HTAB before the colon", with("X\t: 1"), 400, "whitespace between a field name and its colon");
    refuse("9112 5.2: a folded line", with("X: 1\r\n 2"), 400, "folded field line");
    refuse("9112 5.2: a line folded by HTAB", with("X: 1\r\n\t2"), 400, "folded field line");
    refuse("9112 2.2: whitespace after the request line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400,
           "folded field line");
    refuse("9112 2.2: bare LF after a field", with("X: 1\nY: 2"), 400, "line end without CR");
    refuse("9112 2.2: bare LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "line end without CR");
    refuse("9112 2.2: bare CR in a value", with("X: 1\r2"), 400, "CR without LF");
    refuse("9112 2.2: CR CR LF", with("X: 1\r"), 400, "CR without LF");
    refuse("9112 2.2: bare CR for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\rX\r\n\r\n", 400, "CR without LF");
    refuse("9110 5.5: NUL in a value", with("X: a\0b"s), 400, "control character in a field value");
    refuse("9110 5.5: ESC in a value", with("X: \x1b[0m"), 400, "control character in a field value");
    refuse("9110 5.5: DEL in a value", with("X: longer than eight\x7f"), 400, "control character in a field value");
    refuse("9110 5.1: no name", with(": 1"), 400, "field line without a name");
    refuse("9110 5.1: no colon", with("Xy"), 400, "invalid character in a field name");
    refuse("9110 5.1: a separator in a name", with("X(y): 1"), 400, "invalid character in a field name");
    refuse("9110 5.1: NUL in a name", with("X\0: 1"s), 400, "invalid character in a field name");
    refuse("9110 5.1: an octet above 127 in a name", with("X\xc3: 1"), 400, "invalid character in a field name");
    refuse("9110 5.1: bare LF in a name", with("X\n: 1"), 400, "invalid character in a field name");
}

void TstH1Request::framingRows()
{
    const auto post = [](const std::string& lines) { return "POST / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n"; };
    const auto body = [](const std::string& kind) {
        return "POST \"a\" \"/\" 1.1 body " + kind + " keep\nHost: \"a\"\n";
    };
    accept("9112 6.3: Content-Length", post("content-length: 5"), body("length 5") + "content-length: \"5\"");
    accept("9112 6.3: Content-Length: 0 is a body of no bytes", post("Content-Length: 0"),
           body("length 0") + "Content-Length: \"0\"");
    accept("9110 8.6: the largest Content-Length", post("Content-Length: 18446744073709551615"),
           body("length 18446744073709551615") + "Content-Length: \"18446744073709551615\"");
    accept("9110 8.6: leading zeros", post("Content-Length: 007"), body("length 7") + "Content-Length: \"007\"");
    accept("9112 7.1: chunked", post("Transfer-Encoding: Chunked"), body("chunked") + "Transfer-Encoding: \"Chunked\"");
    for (const char* value :
         {"", "5, 5", "5,6", "+5", "-5", "0x5", "5 5", "5;", "18446744073709551616", "100000000000000000000", "\xb2"}) {
        const std::string claim = std::string("9110 8.6: Content-Length: ") + value;
        refuse(claim.c_str(), post(std::string("Content-Length: ") + value), 400, "invalid Content-Length");
    }
    refuse("9112 6.3: differing lengths", post("Content-Length: 5\r\nContent-Length: 6"), 400,
           "more than one Content-Length");
    refuse("9110 8.6: a repeated length", post("Content-Length: 5\r\nContent-Length: 5"), 400,
           "more than one Content-Length");
    refuse("9112 6.3: length, then chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400,
           "both Transfer-Encoding and Content-Length");
    refuse("9112 6.3: chunked, then length", post("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400,
           "both Transfer-Encoding and Content-Length");
    refuse("9112 6.1: Transfer-Encoding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
           "Transfer-Encoding in HTTP/1.0");
    refuse("9112 6.1: chunked twice", post("Transfer-Encoding: chunked, chunked"), 400, "chunked applied twice");
    refuse("9112 6.1: chunked twice, in two fields", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
           400, "chunked applied twice");
    refuse("9112 6.3: chunked not last", post("Transfer-Encoding: chunked, gzip"), 400,
           "chunked is not the last transfer coding");
    refuse("9112 6.3: no chunked", post("Transfer-Encoding: gzip"), 400, "chunked is not the last transfer coding");
    refuse("9112 6.3: identity", post("Transfer-Encoding: identity"), 400, "chunked is not the last transfer coding");
    refuse("9112 6.3: chunked, then identity in a second field",
           post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), 400,
           "chunked is not the last transfer coding");
    refuse("9112 6.1: a coding that we have not", post("Transfer-Encoding: gzip, chunked"), 501,
           "transfer coding not implemented");
    refuse("9112 6.1: a coding with a parameter", post("Transfer-Encoding: x;q=1, chunked"), 501,
           "transfer coding not implemented");
    refuse("9112 6.1: a coding that we have not, in a field of its own",
           post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked"), 501, "transfer coding not implemented");
    for (const char* value : {"", ",chunked", "chunked,", "chunked;q=1", "\"chunked\"", "chunked chunked", "chu nked",
                              "=chunked", "chunked\xc3"}) {
        const std::string claim = std::string("9112 6.1: Transfer-Encoding: ") + value;
        refuse(claim.c_str(), post(std::string("Transfer-Encoding: ") + value), 400, "malformed Transfer-Encoding");
    }
}

void TstH1Request::connectionRows()
{
    const auto flags = [](const char* claim, const std::string& version, const std::string& lines,
                          const std::string& flags) {
        const std::string bytes = "GET / HTTP/" + version + "\r\nHost: a\r\n" + lines + "\r\n\r\n";
        std::string fields;
        for (std::size_t at = 0; at < lines.size();) {
            const std::size_t colon = lines.find(": ", at);
            const std::size_t end = std::min(lines.find("\r\n", at), lines.size());
            fields += '\n' + lines.substr(at, colon - at) + ": \"" + lines.substr(colon + 2, end - colon - 2) + '"';
            at = end + 2;
        }
        accept(claim, bytes, "GET \"a\" \"/\" " + version + " body none " + flags + "\nHost: \"a\"" + fields);
    };
    flags("9112 9.3: Connection: close", "1.1", "Connection: close", "close");
    flags("9112 9.3: close among other options", "1.1", "Connection: foo, Close ,bar", "close");
    flags("9112 9.3: close in a second field", "1.1", "Connection: foo\r\nConnection: close", "close");
    flags("9112 9.3: a word that begins with close", "1.1", "Connection: closed", "keep");
    flags("9112 9.3: keep-alive in HTTP/1.0", "1.0", "Connection: Keep-Alive", "keep");
    flags("9112 9.3: close beats keep-alive", "1.0", "Connection: keep-alive, close", "close");
    flags("9110 7.8: an upgrade", "1.1", "Connection: Upgrade\r\nUpgrade: websocket", "keep upgrade");
    flags("9110 7.8: Upgrade that Connection does not name", "1.1", "Upgrade: websocket", "keep");
    flags("9110 7.8: Connection names an Upgrade that is not there", "1.1", "Connection: upgrade", "keep");
    flags("9110 7.8: no upgrade in HTTP/1.0", "1.0", "Connection: upgrade, keep-alive\r\nUpgrade: websocket", "keep");
    flags("9110 10.1.1: 100-continue", "1.1", "Expect: 100-Continue", "keep continue");
    flags("9110 10.1.1: another expectation", "1.1", "Expect: 200-ok", "keep unknown-expectation");
    flags("9110 10.1.1: 100-continue and another", "1.1", "Expect: 100-continue\r\nExpect: x",
          "keep unknown-expectation");
    flags("9110 10.1.1: no expectation in HTTP/1.0", "1.0", "Expect: 100-continue", "close");
}

void TstH1Request::parses_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    requestLineRows();
    targetRows();
    hostRows();
    fieldLineRows();
    framingRows();
    connectionRows();
}

/// Every message whole, cut in two at every byte, and byte by byte.
void TstH1Request::parses()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    QCOMPARE(parseRequest(bytes, {}), expected);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        QCOMPARE(parseRequest(bytes, {cut}), expected);
    QCOMPARE(parseRequest(bytes, everyByte(bytes.size())), expected);
}

void TstH1Request::limits_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    const std::string fits = start + std::string(100 - start.size() - 4, 'x') + "\r\n\r\n";
    QTest::newRow("a head as long as the limit") << fits << "done head 100"s;
    QTest::newRow("9110 5.4: one byte more") << start + std::string(100 - start.size() - 3, 'x') + "\r\n\r\n"
                                             << "failed 431 header section too large"s;
    QTest::newRow("9110 5.4: a value without an end")
        << start + std::string(200, 'x') << "failed 431 header section too large"s;
    QTest::newRow("9112 3: a target without an end")
        << "GET /" + std::string(200, 'x') << "failed 414 request line too long"s;
    QTest::newRow("9112 3: a method without an end") << std::string(200, 'x') << "failed 414 request line too long"s;
    QTest::newRow("9112 3: a request line that ends beyond the limit")
        << "GET /" + std::string(90, 'x') + " HTTP/1.1\r\n"
        << "failed 414 request line too long"s;
    QTest::newRow("an error beyond the limit is not looked at")
        << start + std::string(200, 'x') + '\0' << "failed 431 header section too large"s;
    QTest::newRow("as many fields as allowed") << "GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\nC:\r\n\r\n"s
                                               << "done head 39"s;
    QTest::newRow("9110 5.4: a field more than allowed") << "GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n"s
                                                         << "failed 431 too many header fields"s;
}

void TstH1Request::limits()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    const HeadLimits limits{100, 4};
    const auto outcome = [&](const std::vector<std::size_t>& cuts) {
        const std::string all = parseRequest(bytes, cuts, limits);
        return all.substr(0, all.find('\n'));
    };
    QCOMPARE(outcome({}), expected);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        QCOMPARE(outcome({cut}), expected);
    QCOMPARE(outcome(everyByte(bytes.size())), expected);
}

void TstH1Request::findsTheEndOfPipelinedHeads()
{
    const std::string first = "\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string second = "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n";
    const std::string both = first + second + "hi";
    H1RequestParser parser;
    QCOMPARE(parser.parse(both, {}), ParseState::Done);
    QCOMPARE(parser.headBytes(), first.size());
    QCOMPARE(parser.request().head.path, "/1");
    const std::string_view rest = std::string_view(both).substr(first.size());
    parser.reset();
    QCOMPARE(parser.parse(rest, {}), ParseState::Done);
    QCOMPARE(parser.headBytes(), second.size());
    QCOMPARE(parser.request().head.path, "/2");
    QCOMPARE(parser.request().contentLength, 2u);
    QCOMPARE(rest.substr(parser.headBytes()), "hi");
}

void TstH1Request::failsBeforeTheLineEnds()
{
    H1RequestParser parser;
    QCOMPARE(parser.parse("\x16", {}), ParseState::Failed);
    parser.reset();
    QCOMPARE(parser.parse("GET /\x01", {}), ParseState::Failed);
    parser.reset();
    QCOMPARE(parser.parse("GET / HTTP/1.1\r\nHost: a\r\nX ", {}), ParseState::Failed);
}

void TstH1Request::keepsItsStorage()
{
    const std::string large = with("A: 1\r\nB: 2\r\nC: 3\r\nD: 4");
    H1RequestParser parser;
    QCOMPARE(parser.parse(large, {}), ParseState::Done);
    const void* const storage = &*parser.request().head.headers.begin();
    for (int i = 0; i < 3; ++i) {
        parser.reset();
        QCOMPARE(parser.request().head.headers.size(), 0u);
        QCOMPARE(parser.parse(large, {}), ParseState::Done);
        QCOMPARE(static_cast<const void*>(&*parser.request().head.headers.begin()), storage);
    }
}

QTEST_APPLESS_MAIN(TstH1Request)
#include "tst_h1_request.moc"
