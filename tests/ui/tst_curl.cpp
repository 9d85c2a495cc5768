#include "quiet.h"
#include "ui/document/curl.h"

using namespace gatehouse::ui;

class TstCurl : public QuietTest {
    Q_OBJECT
private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("request"); ///< "METHOD target", and headers as "; name: value"
        QTest::newRow("a URL") << "curl http://a.example.com/x"
                               << "GET http://a.example.com/x";
        QTest::newRow("without a scheme") << "curl a.example.com:8080/x"
                                          << "GET http://a.example.com:8080/x";
        QTest::newRow("a prompt copied along") << "$ curl a.example.com"
                                               << "GET http://a.example.com";
        QTest::newRow("by its path") << "/usr/bin/curl a.example.com"
                                     << "GET http://a.example.com";
        QTest::newRow("method apart") << "curl -X PUT http://a/"
                                      << "PUT http://a/";
        QTest::newRow("method attached") << "curl -XDELETE http://a/"
                                         << "DELETE http://a/";
        QTest::newRow("flags in one word") << "curl -sSkL -o /dev/null http://a/"
                                           << "GET http://a/";
        QTest::newRow("the last of such flags takes an argument") << "curl -sXPATCH http://a/"
                                                                  << "PATCH http://a/";
        QTest::newRow("headers") << "curl -H 'X-A: 1' --header \"X-B: two words\" http://a/"
                                 << "GET http://a/; X-A: 1; X-B: two words";
        QTest::newRow("data is a POST") << "curl -d a=b http://a/"
                                        << "POST http://a/; Content-Type: application/x-www-form-urlencoded";
        QTest::newRow("data with another method") << "curl -X PUT --data-raw '{}' -H 'Content-Type: text/x' http://a/"
                                                  << "PUT http://a/; Content-Type: text/x";
        QTest::newRow("json") << "curl --json '{}' http://a/"
                              << "POST http://a/; Content-Type: application/json; Accept: application/json";
        QTest::newRow("get with data") << "curl -G -d q=1 -d r=2 http://a/s?x=0"
                                       << "GET http://a/s?x=0&q=1&r=2";
        QTest::newRow("head") << "curl -I http://a/"
                              << "HEAD http://a/";
        QTest::newRow("user") << "curl -u me:secret http://a/"
                              << "GET http://a/; Authorization: Basic bWU6c2VjcmV0";
        QTest::newRow("agent, referer, cookie") << "curl -A me -e http://b/ -b a=1 http://a/"
                                                << "GET http://a/; User-Agent: me; Referer: http://b/; Cookie: a=1";
        QTest::newRow("lines that go on") << "curl \\\n  -X POST \\\n  http://a/b"
                                          << "POST http://a/b";
        QTest::newRow("a quote in a quote") << R"(curl -H 'X-A: it'\''s' http://a/)"
                                            << "GET http://a/; X-A: it's";
        QTest::newRow("escapes in double quotes") << R"(curl -H "X-A: \"q\" \x" http://a/)"
                                                  << R"(GET http://a/; X-A: "q" \x)";
        QTest::newRow("resolve") << "curl --resolve a.example.com:8080:127.0.0.2 http://a.example.com:8080/x"
                                 << "GET http://127.0.0.2:8080/x; Host: a.example.com:8080";
        QTest::newRow("resolve of another name") << "curl --resolve b:80:127.0.0.2 http://a/"
                                                 << "GET http://a/";
        QTest::newRow("resolve to IPv6") << "curl --resolve 'a:80:[::1]' http://a/"
                                         << "GET http://[::1]:80/; Host: a";
        QTest::newRow("url as an option") << "curl --url http://a/z"
                                          << "GET http://a/z";
    }

    void reads()
    {
        QFETCH(QString, command);
        QFETCH(QString, request);
        const auto parsed = parseCurl(command);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
        QString text = probeText(*parsed);
        for (const auto& [name, value] : parsed->headers)
            text += QStringLiteral("; ") + name + QStringLiteral(": ") + value;
        QCOMPARE(text, request);
    }

    void readsWhatIsSent()
    {
        const auto form =
            parseCurl(QStringLiteral("curl --data-urlencode 'q=a b&c' --data-urlencode '=x y' -d z http://a/"));
        QVERIFY(form);
        QCOMPARE(form->body, QStringLiteral("q=a%20b%26c&x%20y&z"));
        const auto json =
            parseCurl(QStringLiteral("curl --json '{\"a\":' --json '1}' --http2 --max-time 1.5 http://a/"));
        QVERIFY(json);
        QCOMPARE(json->body, QStringLiteral("{\"a\":1}"));
        QVERIFY(json->http2);
        QCOMPARE(json->timeoutMs, 1500);
        const auto query = parseCurl(QStringLiteral("curl -G -d q=1 http://a/"));
        QVERIFY(query);
        QCOMPARE(query->body, QString());
        const auto trusted = parseCurl(QStringLiteral("curl --cacert ca.crt https://a/"));
        QVERIFY(trusted);
        QVERIFY(trusted->trust == ProbeTrust::LocalCa);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("why");
        QTest::newRow("nothing") << ""
                                 << "begins with 'curl'";
        QTest::newRow("another program") << "wget http://a/"
                                         << "begins with 'curl'";
        QTest::newRow("no URL") << "curl -s"
                                << "no URL";
        QTest::newRow("two URLs") << "curl http://a/ http://b/"
                                  << "two URLs";
        QTest::newRow("an open quote") << "curl 'http://a/"
                                       << "quote";
        QTest::newRow("an open double quote") << "curl \"http://a/"
                                              << "quote";
        QTest::newRow("an unknown option") << "curl --upload-everything http://a/"
                                           << "--upload-everything";
        QTest::newRow("a missing argument") << "curl http://a/ -H"
                                            << "-H needs an argument";
        QTest::newRow("no header") << "curl -H nonsense http://a/"
                                   << "'nonsense' is no header";
        QTest::newRow("cookies of a file") << "curl -b jar.txt http://a/"
                                           << "jar.txt";
        QTest::newRow("a body of a file") << "curl -d @body.json http://a/"
                                          << "@body.json";
        QTest::newRow("an encoded file") << "curl --data-urlencode name@body.txt http://a/"
                                         << "name@body.txt";
        QTest::newRow("no host") << "curl http:///x"
                                 << "is no URL";
    }

    void refuses()
    {
        QFETCH(QString, command);
        QFETCH(QString, why);
        const auto parsed = parseCurl(command);
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().contains(why), qPrintable(parsed.error()));
    }

    void writes_data()
    {
        QTest::addColumn<QString>("command"); ///< read first
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("written");
        QTest::newRow("as it is") << "curl http://a.example.com/x"
                                  << ""
                                  << "curl -i http://a.example.com/x";
        QTest::newRow("to where a listener is") << "curl http://a.example.com/x?y=1"
                                                << "127.0.0.2:8080"
                                                << "curl -i --resolve a.example.com:8080:127.0.0.2 "
                                                   "'http://a.example.com:8080/x?y=1'";
        QTest::newRow("to an address there is nothing to resolve") << "curl http://127.0.0.1/"
                                                                   << "127.0.0.1:8080"
                                                                   << "curl -i http://127.0.0.1:8080/";
        QTest::newRow("IPv6") << "curl http://a/"
                              << "[::1]:8080"
                              << "curl -i --resolve 'a:8080:[::1]' http://a:8080/";
        QTest::newRow("method and headers") << "curl -X PUT -H \"X-A: it's\" http://a/"
                                            << ""
                                            << R"(curl -i -X PUT -H 'X-A: it'\''s' http://a/)";
        QTest::newRow("head") << "curl -I http://a/"
                              << ""
                              << "curl -i --head http://a/";
        QTest::newRow("a body") << "curl -d 'a=b c' -d d=e http://a/"
                                << ""
                                << "curl -i -X POST -H 'Content-Type: application/x-www-form-urlencoded' "
                                   "--data-raw 'a=b c&d=e' http://a/";
        QTest::newRow("a body that looks like a file")
            << "curl -H 'Content-Type: a/b' --data-raw @x http://a/"
            << ""
            << "curl -i -X POST -H 'Content-Type: a/b' --data-raw @x http://a/";
        QTest::newRow("over HTTP/2") << "curl --http2 -m 2 http://a/"
                                     << ""
                                     << "curl -i --http2-prior-knowledge --max-time 2 http://a/";
        QTest::newRow("without a look at the certificate") << "curl -k --http2 https://a/"
                                                           << ""
                                                           << "curl -i --http2 -k https://a/";
    }

    void writes()
    {
        QFETCH(QString, command);
        QFETCH(QString, address);
        QFETCH(QString, written);
        const auto parsed = parseCurl(command);
        QVERIFY(parsed);
        QCOMPARE(toCommand(*parsed, address), written);
        if (address.isEmpty())
            QVERIFY2(*parseCurl(written) == *parsed, "what is written is read as the same");
    }

    void grpcBecomesGrpcurl()
    {
        ProbeRequest request;
        request.kind = ProbeKind::Grpc;
        request.target = QStringLiteral("grpc.example.com:8080");
        request.call = QStringLiteral("/helloworld.Greeter/SayHello");
        QCOMPARE(toCommand(request, QStringLiteral("127.0.0.1:8080")),
                 QStringLiteral("grpcurl -plaintext -authority grpc.example.com:8080 127.0.0.1:8080 "
                                "helloworld.Greeter/SayHello"));
    }

    void sessionsHaveNoCommand()
    {
        ProbeRequest request;
        request.kind = ProbeKind::Tcp;
        request.target = QStringLiteral(":5432");
        QVERIFY(toCommand(request, {}).isEmpty());
    }

    void requestsSurviveASettingsFile()
    {
        ProbeRequest request;
        request.kind = ProbeKind::Grpc;
        request.target = QStringLiteral("h:1");
        request.call = QStringLiteral("a.B/C");
        request.headers = {{QStringLiteral("x"), QStringLiteral("\"y\"\n")}};
        request.gateway = QStringLiteral("infra/shared");
        QVERIFY(fromLine(toLine(request)) == request);
        QVERIFY(!fromLine(QStringLiteral("nonsense")));
        QVERIFY(!fromLine(QStringLiteral("{}")));
    }
};

QTEST_APPLESS_MAIN(TstCurl)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_curl.moc"
