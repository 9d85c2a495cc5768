#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/config.h"
#endif

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace gatehouse;

namespace {

std::string write(const QTemporaryDir& folder, const char* name, const char* text)
{
    const std::string file = folder.filePath(name).toStdString();
    std::ofstream(file) << text;
    return file;
}

} // namespace

class TstConfig : public QObject {
    Q_OBJECT

private slots:
    void everySettingIsRead();
    void problems_data();
    void problems();
    void isFoundBesideTheFirstPath();
    void explicitFileThatIsMissingIsAnError();
    void backendMapping_data();
    void backendMapping();
    void adminAddress_data();
    void adminAddress();
    void onlyAnAddressByHandLeavesLoopback();
    void valueNamesOrigins();
};

void TstConfig::everySettingIsRead()
{
    const QTemporaryDir folder;
    control::Config config;
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, write(folder, "settings.yaml", R"(
addresses: {shop/public: 127.0.0.7, edge: 127.0.0.8}
ports: {shop/public/http: 9080}
backends: {"shop/cart:80": "127.0.0.1:3000"}
proxyProtocol: {"shop/db:5432": v1, "mail:25": v2}
unmapped: error
controller: example.com/gateway
workers: 3
limits: {requestHeadBytes: 8192, connections: 7, headTimeout: 1m30s, connectTimeout: 250ms,
         streamIdleTimeout: 2h}
log: {format: json}
drainTimeout: 2s
lint: {severity: {GH2103: off, GH2105: warning}}
)"),
                            problems);
    QVERIFY2(problems.empty(), problems.empty() ? "" : toString(problems.front()).c_str());
    QCOMPARE(config.binds.addresses.at("shop/public"), std::string("127.0.0.7"));
    QVERIFY(config.lintLevels.at("GH2103") == control::LintLevel::Off);
    QVERIFY(config.lintLevels.at("GH2105") == control::LintLevel::Warning);
    QCOMPARE(config.binds.addresses.at("default/edge"), std::string("127.0.0.8"));
    QCOMPARE(config.binds.ports.at("shop/public/http"), 9080);
    QCOMPARE(config.backends.at("shop/cart:80").host, std::string("127.0.0.1"));
    QCOMPARE(config.backends.at("shop/cart:80").port, 3000);
    QVERIFY(config.proxyProtocol.at("shop/db:5432") == routing::ProxyProtocol::V1);
    QVERIFY(config.proxyProtocol.at("default/mail:25") == routing::ProxyProtocol::V2);
    QCOMPARE(config.echoUnmapped, false);
    QCOMPARE(config.controller, std::string("example.com/gateway"));
    QCOMPARE(config.workers, 3U);
    QCOMPARE(config.limits.requestHeadBytes, std::size_t{8192});
    QCOMPARE(config.limits.connections, std::size_t{7});
    QCOMPARE(config.limits.headTimeout.count(), 90'000);
    QCOMPARE(config.limits.connectTimeout.count(), 250);
    QCOMPARE(config.limits.streamIdleTimeout.count(), 7'200'000);
    QCOMPARE(config.logFormat, std::string("json"));
    QCOMPARE(config.drainTimeout.count(), 2'000);
    QCOMPARE(config.binds.allowNonLoopback, false);
}

void TstConfig::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");

    QTest::newRow("unknown key names the nearest") << "wrkers: 1\n"
                                                   << ":1:1"
                                                   << "GH3002"
                                                   << "did you mean 'workers'?";
    QTest::newRow("unknown limit") << "limits:\n  headTimout: 1s\n"
                                   << ":2:3"
                                   << "GH3002"
                                   << "'headTimeout'";
    QTest::newRow("far from every key") << "zzzzzzzz: 1\n"
                                        << ":1:1"
                                        << "GH3002"
                                        << "expected one of addresses";
    QTest::newRow("list where settings belong") << "- 1\n"
                                                << ":1:1"
                                                << "GH3003"
                                                << "is a list";
    QTest::newRow("number out of range") << "workers: -1\n"
                                         << ":1:10"
                                         << "GH3004"
                                         << "-1 is out of range";
    QTest::newRow("number as text") << "workers: many\n"
                                    << ":1:10"
                                    << "GH3004"
                                    << "is a string";
    QTest::newRow("duration without unit") << "drainTimeout: 20\n"
                                           << ":1:15"
                                           << "GH3004"
                                           << "is an integer";
    QTest::newRow("zero duration") << "drainTimeout: 0s\n"
                                   << ":1:15"
                                   << "GH3004"
                                   << "'0s' is no duration";
    QTest::newRow("no choice") << "unmapped: nothing\n"
                               << ":1:11"
                               << "GH3004"
                               << "one of echo, error";
    QTest::newRow("severity of no code") << "lint: {severity: {GHH2103: off}}\n"
                                         << ":1:19"
                                         << "GH3004"
                                         << "did you mean 'GH2103'?";
    QTest::newRow("severity that is none") << "lint: {severity: {GH2103: loud}}\n"
                                           << ":1:19"
                                           << "GH3004"
                                           << "expected error, warning, info or off";
    QTest::newRow("severity of an error of the input") << "lint: {severity: {GH1203: off}}\n"
                                                       << ":1:19"
                                                       << "GH3004"
                                                       << "cannot be changed";
    QTest::newRow("severity that is a number") << "lint: {severity: {GH2103: 1}}\n"
                                               << ":1:19"
                                               << "GH3004"
                                               << "the severity is an integer";
    QTest::newRow("address that is a name") << "addresses: {a/b: localhost}\n"
                                            << ":1:13"
                                            << "GH3004"
                                            << "no IP address";
    QTest::newRow("address of a listener") << "addresses: {a/b/c: 127.0.0.1}\n"
                                           << ":1:13"
                                           << "GH3004"
                                           << "no Gateway";
    QTest::newRow("port of a Gateway") << "ports: {gw: 80}\n"
                                       << ":1:9"
                                       << "GH3004"
                                       << "names no listener";
    QTest::newRow("port too large") << "ports: {a/b/c: 65536}\n"
                                    << ":1:9"
                                    << "GH3004"
                                    << "'65536' is no port";
    QTest::newRow("backend without port") << "backends: {a/b: 'x:1'}\n"
                                          << ":1:12"
                                          << "GH3004"
                                          << "namespace/service:port";
    QTest::newRow("PROXY protocol of no port") << "proxyProtocol: {a/b: v1}\n"
                                               << ":1:17"
                                               << "GH3004"
                                               << "namespace/service:port";
    QTest::newRow("PROXY protocol that is none") << "proxyProtocol: {'a/b:1': v3}\n"
                                                 << ":1:17"
                                                 << "GH3004"
                                                 << "the version \"v3\"; expected v1 or v2";
    QTest::newRow("broken YAML") << "workers: [1\n"
                                 << ":"
                                 << "GH1"
                                 << "";
    QTest::newRow("two documents") << "workers: 1\n---\nworkers: 2\n"
                                   << ":3:1"
                                   << "GH3001"
                                   << "more than one document";
}

void TstConfig::problems()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    QFETCH(QString, code);
    QFETCH(QString, words);
    const QTemporaryDir folder;
    const std::string file = write(folder, "gatehouse.yaml", text.toUtf8().constData());
    control::Config config;
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, file, problems);
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY(hasErrors(problems));
    const QString line = QString::fromStdString(toString(problems.front()));
    QVERIFY2(line.startsWith(QString::fromStdString(file) + place), qPrintable(line));
    QVERIFY2(line.contains(" error " + code), qPrintable(line));
    QVERIFY2(line.contains(words), qPrintable(line));
}

void TstConfig::isFoundBesideTheFirstPath()
{
    const QTemporaryDir folder;
    write(folder, "gatehouse.yaml", "workers: 5\n");
    const std::string manifest = write(folder, "manifest.yaml", "");
    for (const std::string& path : {manifest, folder.path().toStdString()}) {
        control::Config config;
        config.paths = {"-", path, "/elsewhere/x.yaml"};
        std::vector<model::Diagnostic> problems;
        control::readConfigFile(config, "", problems);
        QVERIFY(problems.empty());
        QCOMPARE(config.workers, 5U);
        QCOMPARE(config.configFile, folder.filePath("gatehouse.yaml").toStdString());
    }
}

void TstConfig::explicitFileThatIsMissingIsAnError()
{
    control::Config config;
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, "/nonexistent/gatehouse.yaml", problems);
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().code, std::string("GH3001"));
}

void TstConfig::backendMapping_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");

    QTest::newRow("whole") << "shop/cart:80=127.0.0.1:3000"
                           << "shop/cart:80"
                           << "127.0.0.1" << 3000;
    QTest::newRow("name means default namespace") << "cart:80=localhost:3000"
                                                  << "default/cart:80"
                                                  << "localhost" << 3000;
    QTest::newRow("IPv6 in brackets") << "a/b:1=[::1]:9"
                                      << "a/b:1"
                                      << "::1" << 9;
    QTest::newRow("no equals sign") << "shop/cart:80"
                                    << ""
                                    << "" << 0;
    QTest::newRow("no service port") << "shop/cart=127.0.0.1:3000"
                                     << ""
                                     << "" << 0;
    QTest::newRow("no target port") << "shop/cart:80=127.0.0.1"
                                    << ""
                                    << "" << 0;
    QTest::newRow("target port 0") << "shop/cart:80=127.0.0.1:0"
                                   << ""
                                   << "" << 0;
    QTest::newRow("port too large") << "shop/cart:80=127.0.0.1:65536"
                                    << ""
                                    << "" << 0;
    QTest::newRow("IPv6 without brackets") << "a/b:1=::1:9"
                                           << ""
                                           << "" << 0;
    QTest::newRow("URL as target") << "a/b:1=http://127.0.0.1:9"
                                   << ""
                                   << "" << 0;
    QTest::newRow("three parts") << "x/shop/cart:80=h:1"
                                 << ""
                                 << "" << 0;
    QTest::newRow("empty") << ""
                           << ""
                           << "" << 0;
}

void TstConfig::backendMapping()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto mapping = control::parseBackendMapping(text.toStdString());
    QCOMPARE(mapping.has_value(), !key.isEmpty());
    if (!mapping) {
        QVERIFY(mapping.error().find("expected") != std::string::npos);
        return;
    }
    QCOMPARE(QString::fromStdString(mapping->first), key);
    QCOMPARE(QString::fromStdString(mapping->second.host), host);
    QCOMPARE(int{mapping->second.port}, port);
}

void TstConfig::adminAddress_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");

    QTest::newRow("whole") << "127.0.0.1:9901"
                           << "127.0.0.1" << 9901;
    QTest::newRow("port alone") << ":9901"
                                << "127.0.0.1" << 9901;
    QTest::newRow("localhost") << "localhost:1"
                               << "127.0.0.1" << 1;
    QTest::newRow("any port") << "127.0.0.1:0"
                              << "127.0.0.1" << 0;
    QTest::newRow("IPv6") << "[::1]:9901"
                          << "::1" << 9901;
    QTest::newRow("not loopback") << "0.0.0.0:9901"
                                  << "" << 0;
    QTest::newRow("another machine") << "192.168.1.1:9901"
                                     << "" << 0;
    QTest::newRow("a name") << "example.com:9901"
                            << "" << 0;
    QTest::newRow("no port") << "127.0.0.1"
                             << "" << 0;
}

void TstConfig::adminAddress()
{
    QFETCH(QString, text);
    QFETCH(QString, address);
    QFETCH(int, port);
    const auto parsed = control::parseAdminAddress(text.toStdString());
    QCOMPARE(parsed.has_value(), !address.isEmpty());
    if (parsed) {
        QCOMPARE(QString::fromStdString(parsed->address), address);
        QCOMPARE(int{parsed->port}, port);
    }
}

void TstConfig::onlyAnAddressByHandLeavesLoopback()
{
    control::Config config;
    QCOMPARE(control::addAddressWish(config, "gw", "127.9.9.9"), std::string());
    QCOMPARE(control::addAddressWish(config, "six", "::1"), std::string());
    QCOMPARE(config.binds.allowNonLoopback, false);
    QCOMPARE(control::addAddressWish(config, "gw", "192.168.1.5"), std::string());
    QCOMPARE(config.binds.allowNonLoopback, true);
}

void TstConfig::valueNamesOrigins()
{
    const QTemporaryDir folder;
    const std::string file = write(folder, "gatehouse.yaml", "unmapped: error\n\nworkers: 2\n");
    control::Config config;
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, file, problems);
    const model::Value value = toValue(config);
    std::map<std::string, std::string> origins;
    for (const model::Value& row : *value.find("settings")->asArray())
        origins[*row.find("key")->asString()] = *row.find("origin")->asString();
    QCOMPARE(origins.at("unmapped"), file + ":1:1");
    QCOMPARE(origins.at("workers"), file + ":3:1");
    QCOMPARE(origins.at("log.format"), std::string("default"));
}

QTEST_APPLESS_MAIN(TstConfig)
#include "tst_config.moc"
