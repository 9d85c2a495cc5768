#include "engine/echo/echo_json.h"
#include "engine/echo/line_echo.h"

#include <QtTest/QTest>

#include <algorithm>
#include <vector>

using namespace gatehouse::engine;
using gatehouse::routing::EchoIdentity;
using gatehouse::routing::EchoMode;

namespace {

EchoIdentity identity()
{
    EchoIdentity echo;
    echo.namespace_ = "ns";
    echo.service = "svc";
    echo.pod = "pod-1";
    echo.ingress = "edge";
    echo.port = 3000;
    echo.mode = EchoMode::Tcp;
    return echo;
}

/// moc 6.4 does not read raw strings with quotes in them.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const std::string plainTest =
    quoted("{'namespace':'ns','ingress':'edge','service':'svc','pod':'pod-1','tcpport':'3000','isTLS':false}\n");

} // namespace

class TstLineEcho : public QObject {
    Q_OBJECT

private slots:
    void answersLines_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answered");
        QTest::newRow("TEST") << QByteArray("TEST\n") << QByteArray::fromStdString(plainTest);
        QTest::newRow("IS_TLS and PING") << QByteArray("IS_TLS\nPING\n") << QByteArray("false\nPONG\n");
        QTest::newRow("a carriage return is no part of the line") << QByteArray("PING\r\n") << QByteArray("PONG\n");
        QTest::newRow("other lines get no answer") << QByteArray("ping\n\nPING \nPING\n") << QByteArray("PONG\n");
        QTest::newRow("the last line may lack its end") << QByteArray("x\nPING") << QByteArray("PONG\n");
    }
    void answersLines()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answered);
        // However the bytes are cut.
        for (qsizetype cut = 0; cut <= sent.size(); ++cut) {
            LineEcho echo(identity(), std::nullopt);
            std::string out;
            QVERIFY(echo.receive(sent.left(cut).toStdString(), out));
            QVERIFY(echo.receive(sent.mid(cut).toStdString(), out));
            echo.end(out);
            QCOMPARE(QByteArray::fromStdString(out), answered);
        }
    }

    void tellsOfTls()
    {
        LineEcho echo(identity(), LineEchoTls{"TLS 1.3", "abc.example.com", "", "X25519", "TLS_AES_128_GCM_SHA256"});
        std::string out;
        QVERIFY(echo.receive("IS_TLS\nTEST\n", out));
        QCOMPARE(out, quoted("true\n"
                             "{'namespace':'ns','ingress':'edge','service':'svc','pod':'pod-1','tcpport':'',"
                             "'tlsport':'3000','isTLS':true,'tls':{'version':'TLS 1.3',"
                             "'serverName':'abc.example.com','curves':'X25519',"
                             "'cipherSuite':'TLS_AES_128_GCM_SHA256'}}\n"));
    }

    void tellsOfCommands()
    {
        LineEcho echo(identity(), std::nullopt);
        std::vector<std::string> heard;
        echo.onCommand([&](std::string_view line) { heard.emplace_back(line); });
        std::string out;
        QVERIFY(echo.receive("TEST\nnothing\nPING\n", out));
        QCOMPARE(heard, (std::vector<std::string>{"TEST", "PING"}));
    }

    void endsAtALineThatIsTooLong()
    {
        std::string out;
        const std::string longest(LineEcho::lineBytes, 'x');
        LineEcho fine(identity(), std::nullopt);
        QVERIFY(fine.receive(longest, out));
        QVERIFY(fine.receive("\nPING\n", out));
        QCOMPARE(out, std::string("PONG\n"));
        LineEcho whole(identity(), std::nullopt), pieces(identity(), std::nullopt);
        QVERIFY(!whole.receive(longest + "x", out));
        QVERIFY(pieces.receive(longest, out));
        QVERIFY(!pieces.receive("x", out));
    }

    void writesJsonAsGoDoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("plain") << QByteArray("a b") << QByteArray("\"a b\"");
        QTest::newRow("escapes") << QByteArray("\"\\\n\r\t\x01<&>")
                                 << QByteArray::fromStdString(quoted("'\\'\\\\\\n\\r\\t\\u0001\\u003c\\u0026\\u003e'"));
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray::fromStdString(quoted("'a\\u0000b'"));
        QTest::newRow("UTF-8") << QByteArray("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80")
                               << QByteArray("\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"");
        QTest::newRow("no UTF-8") << QByteArray("\xff"
                                                "a\x80")
                                  << QByteArray::fromStdString(quoted("'\\ufffda\\ufffd'"));
        QTest::newRow("overlong") << QByteArray("\xc0\x80\xe0\x80\x80")
                                  << QByteArray::fromStdString(quoted("'\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd'"));
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80")
                                   << QByteArray::fromStdString(quoted("'\\ufffd\\ufffd\\ufffd'"));
        QTest::newRow("cut") << QByteArray("\xe2\x82") << QByteArray::fromStdString(quoted("'\\ufffd\\ufffd'"));
    }
    void writesJsonAsGoDoes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        std::string out;
        appendJsonText(out, text.toStdString());
        QCOMPARE(QByteArray::fromStdString(out), json);
    }

    void logsNoControlCharacters()
    {
        QCOMPARE(printable("a\nb\\\xff"), std::string("a\\x0ab\\x5c\\xff"));
        QCOMPARE(printable("abcdef", 3), std::string("abc..."));
        QCOMPARE(printable("abc", 3), std::string("abc"));
    }
};

QTEST_APPLESS_MAIN(TstLineEcho)
#include "tst_line_echo.moc"
