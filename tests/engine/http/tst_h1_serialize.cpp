#include "h1_dump.h"

#include <QTest>

#include <functional>

using namespace gatehouse::engine;
using namespace gatehouse::engine::h1test;
using namespace std::string_literals;
using gatehouse::routing::HeaderFields;
using gatehouse::routing::RequestHead;

Q_DECLARE_METATYPE(std::string)

namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

RequestHead makeHead(std::string_view method, std::string_view path, const Fields& fields)
{
    RequestHead head;
    head.method = method;
    head.authority = "a.test:8080";
    head.path = path;
    for (const auto& [name, value] : fields)
        head.headers.add(name, value);
    return head;
}

void addRequest(const char* claim, const RequestHead& head, const RequestForwarding& how, const std::string& expected)
{
    std::string out;
    serializeRequest(out, head, how);
    QTest::newRow(claim) << out << expected;
}

struct Answer {
    std::uint16_t status = 200;
    std::string_view reason = "OK";
    Fields fields;
};

void addResponse(const char* claim, const Answer& answer, const ResponseForwarding& how, const std::string& expected)
{
    HeaderFields headers;
    for (const auto& [name, value] : answer.fields)
        headers.add(name, value);
    std::string out;
    serializeResponse(out, answer.status, answer.reason, headers, how);
    QTest::newRow(claim) << out << expected;
}

} // namespace

class TstH1Serialize : public QObject {
    Q_OBJECT

private slots:
    void request_data();
    void request();
    void response_data();
    void response();
    void chunks();
    void appends();
    void reasons();

private:
    void targetRows();
    void connectionRows();
    void forwardedRows();
};

void TstH1Serialize::targetRows()
{
    const std::string host = " HTTP/1.1\r\nHost: a.test:8080\r\n";
    addRequest("9112 3.2.1: origin-form, and Host first",
               makeHead("GET", "/a", {{"X", "1"}, {"hOst", "b"}, {"y", "2"}}), {},
               "GET /a" + host + "X: 1\r\ny: 2\r\n\r\n");
    RequestHead query = makeHead("GET", "/a", {});
    query.hasQuery = true;
    addRequest("9112 3.2.1: an empty query", query, {}, "GET /a?" + host + "\r\n");
    query.query = "x=1?2";
    addRequest("9112 3.2.1: a query", query, {}, "GET /a?x=1?2" + host + "\r\n");
    addRequest("9112 3.2.1: an empty path is '/'", makeHead("GET", "", {}), {}, "GET /" + host + "\r\n");
    addRequest("9112 3.2.1: a path without a slash gets one", makeHead("GET", "a", {}), {}, "GET /a" + host + "\r\n");
    addRequest("9112 3.2.4: asterisk-form", makeHead("OPTIONS", "*", {}), {}, "OPTIONS *" + host + "\r\n");
    addRequest("9112 11.1: CR LF in a path is encoded", makeHead("GET", "/a\r\nX: 1\r\n", {}), {},
               "GET /a%0D%0AX:%201%0D%0A" + host + "\r\n");
    addRequest("9112 3.2: '?', '#' and non-ASCII in a path are encoded", makeHead("GET", "/a?b#\xc3\xa9", {}), {},
               "GET /a%3Fb%23%C3%A9" + host + "\r\n");
    query.query = " #\x7f";
    addRequest("9112 3.2: odd characters in a query are encoded", query, {}, "GET /a?%20%23%7F" + host + "\r\n");
    RequestHead authority = makeHead("G\r\nET", "/", {});
    authority.authority = "a\r\nX: 1";
    addRequest("9112 11.1: CR LF in a method or authority is dropped", authority, {},
               "GET / HTTP/1.1\r\nHost: aX:1\r\n\r\n");
}

void TstH1Serialize::connectionRows()
{
    const std::string start = "POST / HTTP/1.1\r\nHost: a.test:8080\r\n";
    const auto post = [](const Fields& fields) { return makeHead("POST", "/", fields); };
    addRequest("9110 7.6.1: fields of the connection are dropped",
               post({{"Connection", "close"},
                     {"Keep-Alive", "timeout=5"},
                     {"Proxy-Connection", "close"},
                     {"TE", "gzip"},
                     {"Transfer-Encoding", "chunked"},
                     {"Upgrade", "h2c"},
                     {"content-length", "9"},
                     {"A", "1"}}),
               {}, start + "A: 1\r\n\r\n");
    addRequest("9110 7.6.1: fields that Connection names are dropped",
               post({{"A", "1"}, {"x-b", "2"}, {"Connection", "close, X-B"}, {"C", "3"}, {"connection", "c"}}), {},
               start + "A: 1\r\n\r\n");
    addRequest("9110 7.6.1: Host is written though Connection names it", post({{"Connection", "Host"}}), {},
               start + "\r\n");
    addRequest("9110 7.6.1: X-Forwarded-* cannot be named away",
               post({{"X-Forwarded-For", "1.2.3.4"}, {"Connection", "x-forwarded-for"}}), {},
               start + "X-Forwarded-For: 1.2.3.4\r\n\r\n");
    addRequest("9110 10.1.4: TE: trailers is passed on", post({{"TE", "gzip, Trailers"}}), {},
               start + "TE: trailers\r\nConnection: TE\r\n\r\n");
    RequestForwarding upgrade;
    upgrade.upgrade = "websocket";
    addRequest("9110 7.8: an upgrade that is asked for",
               post({{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"A", "1"}}), upgrade,
               start + "A: 1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    addRequest("9110 7.8: an upgrade and trailers", post({{"TE", "trailers"}}), upgrade,
               start + "TE: trailers\r\nUpgrade: websocket\r\nConnection: Upgrade, TE\r\n\r\n");
    addRequest("9112 6.2: a length", post({}), {BodyKind::Length, 18446744073709551615u, {}, {}, {}},
               start + "Content-Length: 18446744073709551615\r\n\r\n");
    addRequest("9112 6.2: a length of 0", post({}), {BodyKind::Length, 0, {}, {}, {}},
               start + "Content-Length: 0\r\n\r\n");
    addRequest("9112 7.1: chunked", post({}), {BodyKind::Chunked, 0, {}, {}, {}},
               start + "Transfer-Encoding: chunked\r\n\r\n");
    addRequest("9112 11.1: control characters in a value become spaces",
               post({{"A", "1\r\nB: 2\r\n\r\n"}, {"C", "x\0\x7f\ty"s}}), {},
               start + "A: 1  B: 2    \r\nC: x  \ty\r\n\r\n");
    addRequest("9112 11.1: a field with an impossible name is left out",
               post({{"A: 1\r\nB", "2"}, {"", "3"}, {"C ", "4"}, {"D", "5"}}), {}, start + "D: 5\r\n\r\n");
}

void TstH1Serialize::forwardedRows()
{
    const std::string start = "GET / HTTP/1.1\r\nHost: a.test:8080\r\n";
    const RequestForwarding how{BodyKind::None, 0, "127.0.0.9", "https", {}};
    addRequest("X-Forwarded-*: new ones", makeHead("GET", "/", {{"A", "1"}}), how,
               start + "A: 1\r\nX-Forwarded-For: 127.0.0.9\r\nX-Forwarded-Proto: https\r\n\r\n");
    addRequest(
        "X-Forwarded-For: the client joins the list, over all its lines",
        makeHead("GET", "/", {{"x-forwarded-for", "1.1.1.1, 2.2.2.2"}, {"A", "1"}, {"X-Forwarded-For", "3.3.3.3"}}),
        how,
        start + "A: 1\r\nX-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 127.0.0.9\r\nX-Forwarded-Proto: https\r\n\r\n");
    addRequest("X-Forwarded-Proto: ours replaces a claimed one", makeHead("GET", "/", {{"X-Forwarded-Proto", "http"}}),
               {BodyKind::None, 0, {}, "https", {}}, start + "X-Forwarded-Proto: https\r\n\r\n");
    addRequest("X-Forwarded-*: left alone without a wish",
               makeHead("GET", "/", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "http"}}), {},
               start + "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: http\r\n\r\n");
}

void TstH1Serialize::request_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    targetRows();
    connectionRows();
    forwardedRows();
}

void TstH1Serialize::request()
{
    QFETCH(std::string, actual);
    QFETCH(std::string, expected);
    QCOMPARE(actual, expected);
    QVERIFY2(parseRequest(actual, {}).starts_with("done head " + std::to_string(actual.size())),
             "what we write, we accept");
}

void TstH1Serialize::response_data()
{
    QTest::addColumn<std::string>("actual");
    QTest::addColumn<std::string>("expected");
    const auto length = [](std::uint64_t bytes, unsigned minor = 1, bool keep = true) {
        return ResponseForwarding{BodyKind::Length, bytes, true, minor, keep, {}};
    };
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    addResponse("9112 4: names as received", {200, "OK", {{"sErver", "x"}, {"A", "1"}}}, length(5),
                ok + "sErver: x\r\nA: 1\r\nContent-Length: 5\r\n\r\n");
    addResponse("9112 4: a missing reason is filled in", {404, "", {}}, length(0),
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    addResponse("9112 4: an unknown code without a reason", {799, "", {}}, length(0),
                "HTTP/1.1 799 \r\nContent-Length: 0\r\n\r\n");
    addResponse("9112 11.1: CR LF in a reason", {200, "OK\r\nX: 1", {}}, length(0),
                "HTTP/1.1 200 OK  X: 1\r\nContent-Length: 0\r\n\r\n");
    addResponse("9112 11.1: CR LF in a value", {200, "OK", {{"A", "1\r\n\r\n<html>"}}}, length(0),
                ok + "A: 1    <html>\r\nContent-Length: 0\r\n\r\n");
    addResponse("9110 7.6.1: fields of the connection are dropped",
                {200,
                 "OK",
                 {{"Connection", "close, X-B"},
                  {"Keep-Alive", "x"},
                  {"X-B", "2"},
                  {"Transfer-Encoding", "chunked"},
                  {"Upgrade", "h2"},
                  {"Content-Length", "7"},
                  {"Proxy-Connection", "x"}}},
                length(5), ok + "Content-Length: 5\r\n\r\n");
    addResponse("9110 5.3: Set-Cookie lines stay apart", {200, "OK", {{"Set-Cookie", "a"}, {"Set-Cookie", "b"}}},
                length(0), ok + "Set-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n");
    addResponse("9112 7.1: chunked", {}, {BodyKind::Chunked, 0, false, 1, true, {}},
                ok + "Transfer-Encoding: chunked\r\n\r\n");
    addResponse("9112 9.6: close", {}, length(0, 1, false), ok + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    addResponse("9112 9.6: until close says so", {}, {BodyKind::UntilClose, 0, false, 1, true, {}},
                ok + "Connection: close\r\n\r\n");
    addResponse("9112 9.3: keep-alive to HTTP/1.0", {}, length(0, 0),
                ok + "Content-Length: 0\r\nConnection: keep-alive\r\n\r\n");
    addResponse("9112 9.3: close to HTTP/1.0", {}, length(0, 0, false),
                ok + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    addResponse("9112 6.1: HTTP/1.0 never sees chunked", {}, {BodyKind::Chunked, 0, false, 0, true, {}},
                ok + "Connection: close\r\n\r\n");
    addResponse("9110 9.3.2: the answer to HEAD keeps its length", {}, {BodyKind::None, 7, true, 1, true, {}},
                ok + "Content-Length: 7\r\n\r\n");
    addResponse("9110 9.3.2: the answer to HEAD without a length", {}, {BodyKind::None, 0, false, 1, true, {}},
                ok + "\r\n");
    addResponse("9110 15.4.5: 304 keeps its length", {304, "", {}}, {BodyKind::None, 7, true, 1, true, {}},
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
    addResponse("9110 8.6: 204 has no length", {204, "", {}}, length(0), "HTTP/1.1 204 No Content\r\n\r\n");
    addResponse("9112 6.1: 204 is not chunked", {204, "", {}}, {BodyKind::Chunked, 0, false, 1, true, {}},
                "HTTP/1.1 204 No Content\r\n\r\n");
    addResponse("9110 15.2: an interim answer says nothing of length or connection", {103, "", {{"Link", "x"}}},
                length(0, 1, false), "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    addResponse("9110 15.2.2: 101 names its upgrade",
                {101, "", {{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", "k"}}},
                {BodyKind::None, 0, false, 1, true, "websocket"},
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: k\r\nConnection: Upgrade\r\nUpgrade: "
                "websocket\r\n\r\n");
}

void TstH1Serialize::response()
{
    QFETCH(std::string, actual);
    QFETCH(std::string, expected);
    QCOMPARE(actual, expected);
    QVERIFY2(parseResponse(actual, {}, false).starts_with("done head " + std::to_string(actual.size())),
             "what we write, we accept");
}

void TstH1Serialize::chunks()
{
    std::string out;
    serializeChunk(out, "");
    QCOMPARE(out, ""s);
    serializeChunk(out, "abc");
    serializeChunk(out, std::string(26, 'x'));
    serializeLastChunk(out, nullptr);
    QCOMPARE(out, "3\r\nabc\r\n1a\r\n" + std::string(26, 'x') + "\r\n0\r\n\r\n");
    QCOMPARE(decodeBody(out, {}, BodyKind::Chunked),
             "done used " + std::to_string(out.size()) + " \"abc" + std::string(26, 'x') + '"');

    HeaderFields trailers;
    trailers.add("grpc-status", "0");
    trailers.add("bad name", "x");
    trailers.add("X", "1\r\nHost: evil");
    out.clear();
    serializeLastChunk(out, &trailers);
    QCOMPARE(out, "0\r\ngrpc-status: 0\r\nX: 1  Host: evil\r\n\r\n"s);
}

void TstH1Serialize::appends()
{
    std::string out = "before ";
    serializeResponse(out, 200, "OK", {}, {BodyKind::Length, 0, true, 1, true, {}});
    QVERIFY(out.starts_with("before HTTP/1.1 200 OK\r\n"));
}

void TstH1Serialize::reasons()
{
    QCOMPARE(reasonPhrase(404), "Not Found");
    QCOMPARE(reasonPhrase(200), "OK");
    QCOMPARE(reasonPhrase(101), "Switching Protocols");
    QCOMPARE(reasonPhrase(505), "HTTP Version Not Supported");
    QCOMPARE(reasonPhrase(299), "");
    QCOMPARE(reasonPhrase(0), "");
}

QTEST_APPLESS_MAIN(TstH1Serialize)
#include "tst_h1_serialize.moc"
