#include "h1_dump.h"

#include <QTest>

using namespace gatehouse::engine;
using namespace gatehouse::engine::h1test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(std::string)

class TstH1Body : public QObject {
    Q_OBJECT

private slots:
    void decodesChunks_data();
    void decodesChunks();
    void dropsTrailers_data();
    void dropsTrailers();
    void decodesLength();
    void decodesUntilClose();
    void decodesNothing();
    void givesViewsIntoTheInput();
    void startsAnew();
    void closesEarly_data();
    void closesEarly();
};

void TstH1Body::decodesChunks_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* claim, const std::string& bytes, const std::string& expected) {
        QTest::newRow(claim) << bytes << expected;
    };
    const auto done = [&](const char* claim, const std::string& bytes, const std::string& rest) {
        add(claim, bytes, "done used " + std::to_string(bytes.size()) + ' ' + rest);
    };
    done("9112 7.1: chunks", "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", "\"Wikipedia\"");
    done("9112 7.1: no chunk but the last", "0\r\n\r\n", "\"\"");
    done("9112 7.1: sizes in either case", "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n",
         "\"01234567890123456789a\"");
    done("9112 7.1: leading zeros", "0000000000000003\r\nabc\r\n000\r\n\r\n", "\"abc\"");
    done("9112 7.1: data of CR and LF", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\"\r\n\r\n\"");
    done("9112 7.1.1: extensions are dropped", "3;a;b=c;d=\"e;f\"\r\nabc\r\n0;x\r\n\r\n", "\"abc\"");
    done("9112 7.1.1: bad whitespace before an extension", "3 \t;a = b\r\nabc\r\n0\r\n\r\n", "\"abc\"");
    done("9112 7.1.1: an extension as long as the limit", "3;" + std::string(4095, 'x') + "\r\nabc\r\n0\r\n\r\n",
         "\"abc\"");
    done("9112 7.1.2: trailers are kept", "0\r\nA: 1\r\nX-Sum:  2 \r\n\r\n", "\"\"\nA: \"1\"\nX-Sum: \"2\"");
    add("9112 7.1: what follows the body is left", "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n", "done used 11 \"a\"");
    add("9112 7.1: an unfinished chunk", "5\r\nabc", "need more used 6 \"abc\"");
    add("9112 7.1: the largest size", "ffffffffffffffff\r\nabc", "need more used 21 \"abc\"");
    add("9112 7.1: a size of 17 digits", "00000000000000003\r\nabc\r\n", "failed 400 chunk size too large");
    add("9112 7.1: a size beyond 64 bits", "10000000000000000\r\n", "failed 400 chunk size too large");
    add("9112 7.1: no size", "\r\nabc", "failed 400 chunk without a size");
    add("9112 7.1: an extension without a size", ";a\r\nabc", "failed 400 chunk without a size");
    add("9112 7.1: whitespace before the size", " 3\r\nabc\r\n", "failed 400 chunk without a size");
    add("9112 7.1: a negative size", "-3\r\nabc\r\n", "failed 400 chunk without a size");
    add("9112 7.1: 0x before the size", "0x3\r\nabc\r\n", "failed 400 malformed chunk size");
    add("9112 7.1: no digit in the size", "3g\r\nabc\r\n", "failed 400 malformed chunk size");
    add("9112 7.1: whitespace without an extension", "3 \r\nabc\r\n", "failed 400 malformed chunk size");
    add("9112 7.1: two sizes", "3 3\r\nabc\r\n", "failed 400 malformed chunk size");
    add("9112 2.2: bare LF after the size", "3\nabc\r\n", "failed 400 malformed chunk size");
    add("9112 2.2: bare CR after the size", "3\rabc\r\n", "failed 400 CR without LF");
    add("9112 7.1.1: bare LF in an extension", "3;a\nabc\r\n", "failed 400 control character in a chunk extension");
    add("9112 7.1.1: bare CR in an extension", "3;a\rb\r\nabc\r\n", "failed 400 CR without LF");
    add("9112 7.1.1: NUL in an extension", "3;\0\r\nabc\r\n"s, "failed 400 control character in a chunk extension");
    add("9112 7.1.1: an extension beyond the limit", "3;" + std::string(5000, 'x'),
        "failed 400 chunk extension too long");
    std::string heavy;
    for (int i = 0; i < 6; ++i)
        heavy += "1;" + std::string(3000, 'x') + "\r\na\r\n";
    add("9112 7.1.1: extensions that outweigh the body", heavy, "failed 400 chunk extensions outweigh the body");
    std::string paid;
    for (int i = 0; i < 100; ++i)
        paid += "1;a=1234567890123\r\na\r\n";
    done("9112 7.1.1: short extensions of many chunks", paid + "0\r\n\r\n", '"' + std::string(100, 'a') + '"');
    add("9112 7.1: data longer than its size", "3\r\nabcd\r\n", "failed 400 chunk longer than its size");
    add("9112 7.1: data shorter than its size", "3\r\nab\r\n0\r\n", "failed 400 chunk longer than its size");
    add("9112 2.2: bare LF after the data", "3\r\nabc\n0\r\n", "failed 400 chunk longer than its size");
    add("9112 2.2: bare CR after the data", "3\r\nabc\r0\r\n", "failed 400 CR without LF");
    add("9112 7.1.2: bare LF after a trailer", "0\r\nA: 1\n\r\n", "failed 400 line end without CR");
    add("9112 7.1.2: bare LF as the last line", "0\r\n\n", "failed 400 line end without CR");
    add("9112 7.1.2: a folded trailer", "0\r\nA: 1\r\n b\r\n\r\n", "failed 400 folded field line");
    add("9112 7.1.2: whitespace before a trailer's colon", "0\r\nA : 1\r\n\r\n",
        "failed 400 whitespace between a field name and its colon");
    add("9112 7.1.2: a trailer section beyond the limit", "0\r\nA: " + std::string(9000, 'x') + "\r\n\r\n",
        "failed 431 trailer section too large");
    std::string many = "0\r\n";
    for (int i = 0; i < 65; ++i)
        many += "A:\r\n";
    add("9112 7.1.2: more trailer fields than the limit", many + "\r\n", "failed 431 too many trailer fields");
}

void TstH1Body::decodesChunks()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    QCOMPARE(decodeBody(bytes, {}, BodyKind::Chunked), expected);
    // All cuts of the long ones would say nothing more.
    const std::size_t stride = bytes.size() > 1000 ? 97 : 1;
    for (std::size_t cut = 0; cut < bytes.size(); cut += stride)
        QCOMPARE(decodeBody(bytes, {cut}, BodyKind::Chunked), expected);
    QCOMPARE(decodeBody(bytes, everyByte(bytes.size()), BodyKind::Chunked), expected);
}

void TstH1Body::dropsTrailers_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("kept");
    for (const char* name : {"Transfer-Encoding",
                             "Content-Length",
                             "content-type",
                             "Content-Encoding",
                             "Content-Range",
                             "Host",
                             "Connection",
                             "TE",
                             "Trailer",
                             "Upgrade",
                             "Authorization",
                             "Set-Cookie",
                             "Cookie",
                             "If-Match",
                             "Cache-Control",
                             "Expect",
                             "Max-Forwards",
                             "Range",
                             "Date",
                             "X-Forwarded-For"})
        QTest::newRow((std::string("9110 6.5.1: drops ") + name).c_str()) << std::string(name) << false;
    for (const char* name : {"grpc-status", "Digest", "X-Checksum", "Contents", "Iffy", "Server-Timing"})
        QTest::newRow((std::string("9110 6.5.1: keeps ") + name).c_str()) << std::string(name) << true;
}

void TstH1Body::dropsTrailers()
{
    QFETCH(std::string, name);
    QFETCH(bool, kept);
    const std::string bytes = "0\r\n" + name + ": 1\r\nA: 2\r\n\r\n";
    const std::string expected = (kept ? '\n' + name + ": \"1\"" : "") + "\nA: \"2\"";
    QCOMPARE(decodeBody(bytes, {}, BodyKind::Chunked),
             "done used " + std::to_string(bytes.size()) + " \"\"" + expected);
}

void TstH1Body::decodesLength()
{
    QCOMPARE(decodeBody("", {}, BodyKind::Length, 0), "done used 0 \"\""s);
    QCOMPARE(decodeBody("abcGET /", {}, BodyKind::Length, 3), "done used 3 \"abc\""s);
    QCOMPARE(decodeBody("ab", {}, BodyKind::Length, 3), "need more used 2 \"ab\""s);
    for (std::size_t cut = 0; cut < 5; ++cut)
        QCOMPARE(decodeBody("abcdeX", {cut}, BodyKind::Length, 5), "done used 5 \"abcde\""s);
    QCOMPARE(decodeBody("abcdeX", everyByte(6), BodyKind::Length, 5), "done used 5 \"abcde\""s);

    BodyDecoder decoder;
    decoder.start(BodyKind::Length, 5);
    BodyDecoder::Piece piece;
    QCOMPARE(decoder.decode("abc", piece), ParseState::NeedMore);
    QCOMPARE(decoder.remaining(), 2u);
    QVERIFY(!decoder.finished());
    QCOMPARE(decoder.decode("de", piece), ParseState::Done);
    QCOMPARE(decoder.remaining(), 0u);
    QVERIFY(decoder.finished());
}

void TstH1Body::decodesUntilClose()
{
    BodyDecoder decoder;
    decoder.start(BodyKind::UntilClose, 0);
    BodyDecoder::Piece piece;
    QCOMPARE(decoder.decode("abc", piece), ParseState::NeedMore);
    QCOMPARE(piece.data, "abc");
    QCOMPARE(piece.consumed, 3u);
    QCOMPARE(decoder.decode("", piece), ParseState::NeedMore);
    QCOMPARE(piece.consumed, 0u);
    QCOMPARE(decoder.remaining(), 0u);
    QVERIFY(!decoder.finished());
    QCOMPARE(decoder.closed(), ParseState::Done);
    QVERIFY(decoder.finished());
}

void TstH1Body::decodesNothing()
{
    BodyDecoder decoder;
    decoder.start(BodyKind::None, 0);
    QVERIFY(decoder.finished());
    BodyDecoder::Piece piece;
    QCOMPARE(decoder.decode("GET /", piece), ParseState::Done);
    QCOMPARE(piece.consumed, 0u);
    QCOMPARE(decoder.closed(), ParseState::Done);
}

void TstH1Body::givesViewsIntoTheInput()
{
    const std::string input = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    BodyDecoder decoder;
    decoder.start(BodyKind::Chunked, 0);
    BodyDecoder::Piece piece;
    QCOMPARE(decoder.decode(input, piece), ParseState::NeedMore);
    QCOMPARE(static_cast<const void*>(piece.data.data()), static_cast<const void*>(input.data() + 3));
    QCOMPARE(piece.data, "abc");
    const std::string_view rest = std::string_view(input).substr(piece.consumed);
    QCOMPARE(decoder.decode(rest, piece), ParseState::Done);
    QCOMPARE(piece.data, "de");
    QCOMPARE(piece.consumed, rest.size());
}

void TstH1Body::startsAnew()
{
    BodyDecoder decoder;
    BodyDecoder::Piece piece;
    decoder.start(BodyKind::Chunked, 0);
    QCOMPARE(decoder.decode("0\r\nA: 1\r\n\r\n", piece), ParseState::Done);
    QCOMPARE(decoder.trailers().size(), 1u);
    decoder.start(BodyKind::Chunked, 0);
    QCOMPARE(decoder.trailers().size(), 0u);
    QCOMPARE(decoder.decode("x", piece), ParseState::Failed);
    QCOMPARE(decoder.decode("0\r\n\r\n", piece), ParseState::Failed);
    QCOMPARE(decoder.failure().status, 400);
    decoder.start(BodyKind::Chunked, 0);
    QCOMPARE(decoder.failure().status, 0);
    QCOMPARE(decoder.decode("0\r\n\r\n", piece), ParseState::Done);
}

void TstH1Body::closesEarly_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<bool>("complete");
    QTest::newRow("9112 8: before a length is reached") << "ab"s << false << false;
    QTest::newRow("9112 8: at the length") << "abc"s << false << true;
    QTest::newRow("9112 8: before the first chunk") << ""s << true << false;
    QTest::newRow("9112 8: in a chunk") << "3\r\nab"s << true << false;
    QTest::newRow("9112 8: after a chunk") << "1\r\na\r\n"s << true << false;
    QTest::newRow("9112 8: before the empty line") << "0\r\n"s << true << false;
    QTest::newRow("9112 8: after the last chunk") << "0\r\n\r\n"s << true << true;
    QTest::newRow("9112 8: after an error") << "x"s << true << false;
}

void TstH1Body::closesEarly()
{
    QFETCH(std::string, bytes);
    QFETCH(bool, chunked);
    QFETCH(bool, complete);
    BodyDecoder decoder;
    decoder.start(chunked ? BodyKind::Chunked : BodyKind::Length, 3);
    BodyDecoder::Piece piece;
    decoder.decode(bytes, piece);
    QCOMPARE(decoder.closed(), complete ? ParseState::Done : ParseState::Failed);
    QCOMPARE(decoder.finished(), complete);
    QCOMPARE(decoder.failure().message.empty(), complete);
}

QTEST_APPLESS_MAIN(TstH1Body)
#include "tst_h1_body.moc"
