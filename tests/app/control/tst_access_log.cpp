#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/access_log.h"
#endif

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace gatehouse;

namespace {

model::AccessEvent sample()
{
    model::AccessEvent e;
    e.start = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'767'323'045'678));
    e.method = "GET";
    e.authority = "app.test:8080";
    e.path = "/x?y=1";
    e.protocol = "HTTP/1.1";
    e.status = 200;
    e.flags = "-";
    e.bytesReceived = 3;
    e.bytesSent = 512;
    e.durationMicros = 1'042;
    e.gateway = "infra/gw";
    e.listener = "http";
    e.route = "HTTPRoute/shop/cart";
    e.rule = 1;
    e.backend = "shop/cart:80";
    e.upstreamAddress = "127.0.0.1:9000";
    e.clientAddress = "127.0.0.1:41000";
    e.traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    return e;
}

std::string text(const model::AccessEvent& e)
{
    std::string line;
    control::appendText(line, e);
    return line;
}

QJsonObject json(const model::AccessEvent& e)
{
    std::string line;
    control::appendJson(line, e);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error);
    if (error.error != QJsonParseError::NoError || !line.ends_with("}\n") || line.find('\n') + 1 != line.size())
        qFatal("no JSON line: %s", line.c_str());
    return document.object();
}

} // namespace

class TstAccessLog : public QObject {
    Q_OBJECT

private slots:
    void textLine();
    void grpcCallsHaveTheirStatus();
    void unknownFieldsAreDashes();
    void clientTextCannotForgeALine();
    void jsonLine();
    void jsonNulls();
    void jsonStrings_data();
    void jsonStrings();
};

void TstAccessLog::textLine()
{
    QCOMPARE(text(sample()),
             std::string("[2026-01-02T03:04:05.678Z] \"GET /x?y=1 HTTP/1.1\" 200 - 3 512 1.042 \"app.test:8080\" "
                         "infra/gw/http HTTPRoute/shop/cart#1 shop/cart:80 127.0.0.1:9000 "
                         "\"4bf92f3577b34da6a3ce929d0e0e4736\"\n"));
}

void TstAccessLog::grpcCallsHaveTheirStatus()
{
    model::AccessEvent e = sample();
    e.grpcStatus = 12;
    QVERIFY(text(e).ends_with("\"4bf92f3577b34da6a3ce929d0e0e4736\" grpc-status=12\n"));
    QCOMPARE(json(e)["grpc_status"].toInt(-1), 12);
    e.grpcStatus = 0;
    QCOMPARE(json(e)["grpc_status"].toInt(-1), 0);
}

void TstAccessLog::unknownFieldsAreDashes()
{
    model::AccessEvent e;
    e.method = "GET";
    e.path = "/";
    e.protocol = "HTTP/1.1";
    e.status = 404;
    e.flags = "NR";
    QCOMPARE(text(e),
             std::string("[1970-01-01T00:00:00.000Z] \"GET / HTTP/1.1\" 404 NR 0 0 0.000 \"-\" -/- - - - \"-\"\n"));
}

void TstAccessLog::clientTextCannotForgeALine()
{
    model::AccessEvent e = sample();
    e.path = "/a\" 200\n[forged] \\ \x1b[31m \x7f \xc3\xa4 \xc2\x9b \x80\xff";
    const std::string line = text(e);
    QCOMPARE(std::count(line.begin(), line.end(), '\n'), 1);
    QVERIFY(line.find("/a\\x22 200\\x0a[forged] \\x5c \\x1b[31m \\x7f \xc3\xa4 \\xc2\\x9b \\x80\\xff HTTP/1.1\"") !=
            std::string::npos);
}

void TstAccessLog::jsonLine()
{
    const QJsonObject o = json(sample());
    QCOMPARE(o["time"].toString(), QString("2026-01-02T03:04:05.678Z"));
    QCOMPARE(o["method"].toString(), QString("GET"));
    QCOMPARE(o["authority"].toString(), QString("app.test:8080"));
    QCOMPARE(o["path"].toString(), QString("/x?y=1"));
    QCOMPARE(o["status"].toInt(), 200);
    QCOMPARE(o["bytes_sent"].toInt(), 512);
    QCOMPARE(o["duration_ms"].toDouble(), 1.042);
    QCOMPARE(o["route"].toString(), QString("HTTPRoute/shop/cart"));
    QCOMPARE(o["rule"].toInt(), 1);
    QCOMPARE(o["upstream_address"].toString(), QString("127.0.0.1:9000"));
    QVERIFY(o["flags"].isNull());
}

void TstAccessLog::jsonNulls()
{
    const QJsonObject o = json({});
    for (const char* key : {"authority", "flags", "route", "rule", "backend", "upstream_address", "trace_id",
                            "tls_version", "server_name", "grpc_status"}) {
        QVERIFY2(o.contains(key), key);
        QVERIFY2(o[key].isNull(), key);
    }
    QCOMPARE(o["status"].toInt(-1), 0);
}

void TstAccessLog::jsonStrings_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("expected");

    QTest::newRow("quotes and backslashes") << QByteArray("/\"\\") << QString("/\"\\");
    QTest::newRow("control characters") << QByteArray("/\n\t\x01\x7f") << QString("/\n\t\x01\x7f");
    QTest::newRow("UTF-8 stays") << QByteArray("/\xc3\xa4\xf0\x9f\x98\x80")
                                 << QString::fromUtf8("/\xc3\xa4\xf0\x9f\x98\x80");
    QTest::newRow("a lone continuation byte is replaced") << QByteArray("/\xa4") << QString(QChar('/')) + QChar(0xfffd);
    QTest::newRow("a cut sequence is replaced")
        << QByteArray("/\xe2\x82") << QString("/") + QChar(0xfffd) + QChar(0xfffd);
    QTest::newRow("an overlong form is replaced") << QByteArray("\xc0\xaf") << QString(2, QChar(0xfffd));
    QTest::newRow("a surrogate is replaced") << QByteArray("\xed\xa0\x80") << QString(3, QChar(0xfffd));
}

void TstAccessLog::jsonStrings()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, expected);
    model::AccessEvent e = sample();
    e.path = path.toStdString();
    QCOMPARE(json(e)["path"].toString(), expected);
}

QTEST_APPLESS_MAIN(TstAccessLog)
#include "tst_access_log.moc"
