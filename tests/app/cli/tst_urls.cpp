#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/cli/run/urls.h"
#endif

#include <QtTest>

using namespace gatehouse;

class TstUrls : public QObject {
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void urlsOfListeners();
};

void TstUrls::names_data()
{
    QTest::addColumn<QStringList>("listeners"); // namespace/gateway/listener
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("Gateway and listener in upper case")
        << QStringList{"ns/gw/http"} << QStringList{"GATEHOUSE_URL_GW_HTTP"};
    QTest::newRow("everything else becomes _")
        << QStringList{"ns/my-gw.2/web-1"} << QStringList{"GATEHOUSE_URL_MY_GW_2_WEB_1"};
    QTest::newRow("only ambiguous names get the namespace")
        << QStringList{"a/gw/http", "b/gw/http", "b/gw/admin"}
        << QStringList{"GATEHOUSE_URL_A_GW_HTTP", "GATEHOUSE_URL_B_GW_HTTP", "GATEHOUSE_URL_GW_ADMIN"};
    QTest::newRow("names that become equal are ambiguous")
        << QStringList{"a/x-y/z", "b/x/y-z"} << QStringList{"GATEHOUSE_URL_A_X_Y_Z", "GATEHOUSE_URL_B_X_Y_Z"};
}

void TstUrls::names()
{
    QFETCH(QStringList, listeners);
    QFETCH(QStringList, expected);
    std::vector<cli::ListenerName> names;
    for (const QString& text : listeners) {
        const QStringList parts = text.split('/');
        names.push_back({parts[0].toStdString(), parts[1].toStdString(), parts[2].toStdString()});
    }
    QStringList found;
    for (const std::string& name : cli::urlVariableNames(names))
        found.append(QString::fromStdString(name));
    QCOMPARE(found, expected);
}

void TstUrls::urlsOfListeners()
{
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 0};
    const auto state = control::deriveState(importer.importTexts({{"test.yaml", R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: t}
spec:
  gatewayClassName: c
  listeners:
  - {name: eighty, protocol: HTTP, port: 80}
  - {name: other, protocol: HTTP, port: 8080}
  - {name: broken, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: missing}]}}
)"}}),
                                            config);
    QCOMPARE(cli::listenerUrl(*state, 0), std::string("http://127.0.0.1"));
    QCOMPARE(cli::listenerUrl(*state, 1), std::string("http://127.0.0.1:8080"));
    QCOMPARE(cli::listenerUrl(*state, 2), std::string());
    const auto variables = cli::urlVariables(*state);
    QCOMPARE(variables.size(), std::size_t{2});
    QCOMPARE(variables[1].first, std::string("GATEHOUSE_URL_GW_OTHER"));
    QCOMPARE(variables[1].second, std::string("http://127.0.0.1:8080"));
}

QTEST_APPLESS_MAIN(TstUrls)
#include "tst_urls.moc"
