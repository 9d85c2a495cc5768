#include "model/schema/base64.h"
#include "model/schema/duration.h"
#include "model/schema/ip_address.h"
#include "model/schema/schema.h"
#include "model/schema/timestamp.h"

#include <QtTest>

using namespace gatehouse::model;

class TstSchemaFormats : public QObject {
    Q_OBJECT

private slots:
    void format_data();
    void format();
    void duration_data();
    void duration();
    void timestamp_data();
    void timestamp();
    void age_data();
    void age();
    void base64_data();
    void base64();
};

void TstSchemaFormats::format_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* name, Format format, const QString& text, bool valid) {
        QTest::newRow(name) << static_cast<int>(format) << text << valid;
    };
    row("no format takes anything", Format::None, "\t", true);
    row("hostname", Format::Hostname, "a.example.com", true);
    row("hostname with wildcard", Format::Hostname, "*.example.com", true);
    row("hostname in upper case", Format::Hostname, "Example.com", false);
    row("hostname as address", Format::Hostname, "10.0.0.1", false);
    row("hostname with trailing dot", Format::Hostname, "example.com.", false);
    row("precise hostname", Format::PreciseHostname, "example.com", true);
    row("precise hostname with wildcard", Format::PreciseHostname, "*.example.com", false);
    row("section name", Format::SectionName, "http.1", true);
    row("section name with underscore", Format::SectionName, "http_1", false);
    row("object name of any characters", Format::ObjectName, "A_b", true);
    row("object name that is empty", Format::ObjectName, "", false);
    row("namespace", Format::NamespaceName, "team-a", true);
    row("namespace with a dot", Format::NamespaceName, "team.a", false);
    row("kind", Format::KindName, "HTTPRoute", true);
    row("kind with a slash", Format::KindName, "a/B", false);
    row("core group", Format::GroupName, "", true);
    row("group", Format::GroupName, "gateway.networking.k8s.io", true);
    row("group with version", Format::GroupName, "apps/v1", false);
    row("header name", Format::HeaderName, "X-Trace_Id!", true);
    row("header name with colon", Format::HeaderName, ":authority", false);
    row("header value of words", Format::HeaderValue, "a b\tc", true);
    row("header value with two spaces", Format::HeaderValue, "a  b", false);
    row("header value with leading space", Format::HeaderValue, " a", false);
    row("header value beyond ASCII", Format::HeaderValue, QString::fromUtf8("gr\xc3\xbcn"), false);
    row("duration", Format::Duration, "1h30m", true);
    row("duration without unit", Format::Duration, "30", false);
    row("controller name", Format::ControllerName, "example.com/gateway-controller", true);
    row("controller name without path", Format::ControllerName, "example.com", false);
    row("absolute URI", Format::AbsoluteUri, "spiffe://mesh/ns/a", true);
    row("relative URI", Format::AbsoluteUri, "/a", false);
    row("every origin", Format::CorsOrigin, "*", true);
    row("origin", Format::CorsOrigin, "https://example.com:8443", true);
    row("origin with wildcard host", Format::CorsOrigin, "http://*.example.com", true);
    row("origin of any host", Format::CorsOrigin, "https://*", true);
    row("origin with path", Format::CorsOrigin, "https://example.com/", false);
    row("origin without scheme", Format::CorsOrigin, "example.com", false);
    row("origin with an empty label", Format::CorsOrigin, "https://a..b", false);
    row("DNS label", Format::DnsLabel, "a-1", true);
    row("DNS label ending in -", Format::DnsLabel, "a-", false);
    row("DNS subdomain", Format::DnsSubdomain, "a.b-c.d", true);
    row("DNS subdomain with empty label", Format::DnsSubdomain, "a..d", false);
    row("label key", Format::LabelKey, "app.kubernetes.io/Name", true);
    row("label key with two slashes", Format::LabelKey, "a/b/c", false);
    row("label value", Format::LabelValue, "v1.2_x", true);
    row("empty label value", Format::LabelValue, "", true);
    row("label value with space", Format::LabelValue, "a b", false);
    row("base64", Format::Base64, "aGk=", true);
    row("base64 that is cut off", Format::Base64, "aGk", false);
    row("time", Format::DateTime, "2026-01-02T03:04:05Z", true);
    row("date alone", Format::DateTime, "2026-01-02", false);
    row("port name", Format::PortOrName, "http-alt", true);
    row("port name without letter", Format::PortOrName, "8080", false);
    row("path", Format::PathValue, "/a/%2F;b=c", true);
    row("path with space", Format::PathValue, "/a b", false);
    row("path with half an escape", Format::PathValue, "/a%2", false);
    row("gRPC service", Format::GrpcService, "foo.Bar_1", true);
    row("gRPC service with leading dot", Format::GrpcService, ".foo.Bar", true);
    row("gRPC service with slash", Format::GrpcService, "foo/Bar", false);
    row("gRPC method", Format::GrpcMethod, "Get_1", true);
    row("gRPC method starting with digit", Format::GrpcMethod, "1Get", false);
    row("protocol", Format::Protocol, "HTTPS", true);
    row("protocol of an implementation", Format::Protocol, "example.com/bar", true);
    row("protocol with space", Format::Protocol, "HT TP", false);
    row("address type", Format::AddressType, "IPAddress", true);
    row("address type of an implementation", Format::AddressType, "example.com/pool", true);
    row("unknown address type", Format::AddressType, "Ip", false);
    row("IPv4", Format::IpAddress, "192.168.0.1", true);
    row("IPv4 out of range", Format::IpAddress, "192.168.0.256", false);
    row("IPv4 with leading zero", Format::IpAddress, "192.168.00.1", false);
    row("IPv4 of three parts", Format::IpAddress, "192.168.1", false);
    row("IPv6", Format::IpAddress, "2001:db8::1", true);
    row("IPv6 in full", Format::IpAddress, "1:2:3:4:5:6:7:8", true);
    row("IPv6 with IPv4", Format::IpAddress, "::ffff:10.0.0.1", true);
    row("IPv6 nothing but gap", Format::IpAddress, "::", true);
    row("IPv6 with two gaps", Format::IpAddress, "1::2::3", false);
    row("IPv6 of nine groups", Format::IpAddress, "1:2:3:4:5:6:7:8:9", false);
    row("IPv6 with trailing colon", Format::IpAddress, "1:2:3:4:5:6:7:", false);
    row("well-known CA", Format::WellKnownCA, "System", true);
    row("well-known CA of an implementation", Format::WellKnownCA, "example.com/roots", true);
    row("unknown well-known CA", Format::WellKnownCA, "Mozilla", false);
}

void TstSchemaFormats::format()
{
    QFETCH(int, format);
    QFETCH(QString, text);
    QFETCH(bool, valid);
    const std::string fault = checkFormat(static_cast<Format>(format), text.toStdString());
    QVERIFY2(fault.empty() == valid, fault.c_str());
}

void TstSchemaFormats::duration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds"); // -1: no duration
    QTest::addColumn<QString>("canonical");
    QTest::newRow("zero") << "0s" << qint64(0) << "0s";
    QTest::newRow("seconds") << "10s" << qint64(10'000) << "10s";
    QTest::newRow("milliseconds are no minutes") << "500ms" << qint64(500) << "500ms";
    QTest::newRow("all units") << "1h2m3s4ms" << qint64(3'723'004) << "1h2m3s4ms";
    QTest::newRow("any order, and units may repeat") << "1s1h1s" << qint64(3'602'000) << "1h2s";
    QTest::newRow("seconds above a minute are carried") << "90s" << qint64(90'000) << "1m30s";
    QTest::newRow("a bare zero is none") << "0" << qint64(-1) << "";
    QTest::newRow("empty is none") << "" << qint64(-1) << "";
    QTest::newRow("no sign") << "-1s" << qint64(-1) << "";
    QTest::newRow("no fraction") << "1.5s" << qint64(-1) << "";
    QTest::newRow("at most four parts") << "1h1m1s1ms1ms" << qint64(-1) << "";
    QTest::newRow("at most five digits") << "100000s" << qint64(-1) << "";
    QTest::newRow("no other unit") << "1d" << qint64(-1) << "";
}

void TstSchemaFormats::duration()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    QFETCH(QString, canonical);
    const auto parsed = parseDuration(text.toStdString());
    QCOMPARE(parsed ? static_cast<qint64>(parsed->count()) : qint64(-1), milliseconds);
    if (parsed)
        QCOMPARE(QString::fromStdString(formatDuration(*parsed)), canonical);
}

void TstSchemaFormats::timestamp_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical"); // "": no time
    QTest::newRow("UTC") << "2026-02-28T23:59:59Z"
                         << "2026-02-28T23:59:59Z";
    QTest::newRow("offset") << "2026-01-01T01:00:00+02:00"
                            << "2025-12-31T23:00:00Z";
    QTest::newRow("fractions are cut off") << "2026-01-01T00:00:00.999Z"
                                           << "2026-01-01T00:00:00Z";
    QTest::newRow("leap day") << "2024-02-29T00:00:00Z"
                              << "2024-02-29T00:00:00Z";
    QTest::newRow("no such day") << "2026-02-29T00:00:00Z"
                                 << "";
    QTest::newRow("no such hour") << "2026-02-01T24:00:00Z"
                                  << "";
    QTest::newRow("no offset") << "2026-02-01T00:00:00"
                               << "";
    QTest::newRow("more text") << "2026-02-01T00:00:00Zx"
                               << "";
}

void TstSchemaFormats::timestamp()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto parsed = parseTimestamp(text.toStdString());
    QCOMPARE(parsed ? QString::fromStdString(formatTimestamp(*parsed)) : QString(), canonical);
}

void TstSchemaFormats::age_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    constexpr qint64 hour = 3'600, day = 24 * hour, year = 365 * day;
    QTest::newRow("now") << qint64{0} << "0s";
    QTest::newRow("two minutes less a second are seconds") << qint64{119} << "119s";
    QTest::newRow("below ten minutes seconds still tell") << qint64{599} << "9m59s";
    QTest::newRow("a whole minute has no seconds") << qint64{180} << "3m";
    QTest::newRow("three hours less a minute are minutes") << 179 * qint64{60} << "179m";
    QTest::newRow("below eight hours minutes still tell") << 3 * hour + 60 << "3h1m";
    QTest::newRow("two days less an hour are hours") << 47 * hour << "47h";
    QTest::newRow("below eight days hours still tell") << 2 * day + hour << "2d1h";
    QTest::newRow("two years less a day are days") << 2 * year - day << "729d";
    QTest::newRow("below eight years days still tell") << 2 * year + 3 * day << "2y3d";
    QTest::newRow("years") << 8 * year + 3 * day << "8y";
}

void TstSchemaFormats::age()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(formatAge(std::chrono::seconds(seconds))), text);
}

void TstSchemaFormats::base64_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray() << true << QByteArray();
    QTest::newRow("one byte") << QByteArray("YQ==") << true << QByteArray("a");
    QTest::newRow("two bytes") << QByteArray("YWI=") << true << QByteArray("ab");
    QTest::newRow("three bytes") << QByteArray("YWJj") << true << QByteArray("abc");
    QTest::newRow("zero bytes inside") << QByteArray("AAD/") << true << QByteArray("\0\0\xff", 3);
    QTest::newRow("line breaks") << QByteArray("YW\n Jj\n") << true << QByteArray("abc");
    QTest::newRow("text after padding") << QByteArray("YQ==YQ==") << false << QByteArray();
    QTest::newRow("URL alphabet") << QByteArray("-_-_") << false << QByteArray();
}

void TstSchemaFormats::base64()
{
    QFETCH(QByteArray, encoded);
    QFETCH(bool, valid);
    QFETCH(QByteArray, bytes);
    const auto decoded = decodeBase64(encoded.toStdString());
    QCOMPARE(decoded.has_value(), valid);
    if (!decoded)
        return;
    QCOMPARE(QByteArray::fromStdString(*decoded), bytes);
    QByteArray unbroken = encoded;
    unbroken.replace("\n", "").replace(" ", "");
    QCOMPARE(QByteArray::fromStdString(encodeBase64(*decoded)), unbroken);
}

QTEST_APPLESS_MAIN(TstSchemaFormats)
#include "tst_schema_formats.moc"
