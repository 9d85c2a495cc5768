#include "app/control/explain_request.h"
#include "app/desktop/local_targets.h"
#include "app/desktop/probe.h"

#include <QTest>

using namespace gatehouse;
using desktop::explainProbe;

namespace {

constexpr const char* manifests = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shared, namespace: infra}
spec:
  gatewayClassName: gatehouse
  addresses: [{type: IPAddress, value: 127.0.0.1}]
  listeners:
  - {name: http, protocol: HTTP, port: 8080, allowedRoutes: {namespaces: {from: All}}}
  - {name: db, protocol: TCP, port: 5432, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: team-a}
spec:
  parentRefs: [{name: shared, namespace: infra}]
  hostnames: [shop.example.com]
  rules:
  - matches: [{path: {type: PathPrefix, value: /cart}}]
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-cart, value: new}]}}]
    backendRefs: [{name: cart, port: 80}]
  - backendRefs: [{name: shop, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: greeter, namespace: team-a}
spec:
  parentRefs: [{name: shared, namespace: infra, sectionName: http}]
  hostnames: [grpc.example.com]
  rules:
  - matches: [{method: {service: hello.Greeter}}]
    backendRefs: [{name: shop, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: db, namespace: team-a}
spec:
  parentRefs: [{name: shared, namespace: infra, sectionName: db}]
  rules: [{backendRefs: [{name: db, port: 5432}]}]
---
{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: team-a}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: team-a}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: team-a}, spec: {ports: [{port: 5432}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, namespace: team-a, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
endpoints: [{addresses: [127.0.0.1], conditions: {ready: true}}, {addresses: [127.0.0.9], conditions: {ready: true}}]
ports: [{port: 7777}]
)";

std::shared_ptr<const control::State> state()
{
    control::Config config;
    config.backends["team-a/cart:80"] = {"localhost", 3000};
    importers::ManifestImporter importer;
    return control::deriveState(importer.importTexts({{"shop.yaml", manifests}}), config);
}

ui::ProbeRequest http(const char* url)
{
    ui::ProbeRequest request;
    request.target = QLatin1String(url);
    return request;
}

} // namespace

class TstProbe : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        state_ = state();
        for (const model::Diagnostic& problem : state_->diagnostics)
            QVERIFY2(problem.severity != model::Severity::Error, model::toString(problem).c_str());
    }

    void saysWhatTheCommandSays_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("a rule") << "http://shop.example.com:8080/cart/1";
        QTest::newRow("another rule") << "http://shop.example.com:8080/";
        QTest::newRow("no route") << "http://nobody.example.com:8080/";
        QTest::newRow("no listener") << "http://shop.example.com:9999/";
    }

    void saysWhatTheCommandSays()
    {
        QFETCH(QString, url);
        control::RequestText text;
        text.url = url.toStdString();
        const auto command = control::explain(*state_->snapshot, text);
        const ui::ProbeResult probe = explainProbe(*state_->snapshot, http(qPrintable(url)));
        if (!command) {
            QCOMPARE(probe.fault.toStdString(), command.error());
            return;
        }
        QCOMPARE(probe.summary.toStdString(), command->summary);
        QCOMPARE(probe.losers.size(), command->losers.size());
        QCOMPARE(probe.listeners.size(), command->listeners.size());
        QCOMPARE(probe.outsiders.size(), command->outsiders.size());
    }

    void namesTheWinnerByKey()
    {
        const ui::ProbeResult result = explainProbe(*state_->snapshot, http("http://shop.example.com:8080/cart/1"));
        QVERIFY(result.served);
        QCOMPARE(QString::fromStdString(model::toString(*result.gateway)), QStringLiteral("Gateway infra/shared"));
        QCOMPARE(QString::fromStdString(model::toString(*result.route)), QStringLiteral("HTTPRoute team-a/shop"));
        QCOMPARE(QString::fromStdString(model::toString(*result.backends.at(0).key)),
                 QStringLiteral("Service team-a/cart"));
        QCOMPARE(result.backends.at(0).target, QStringLiteral("localhost:3000"));
        QCOMPARE(result.address, QStringLiteral("127.0.0.1:8080"));
        QCOMPARE(result.filters.size(), 1);
        QVERIFY(result.location.position.known());
        QVERIFY(!result.losers.empty());
        QVERIFY(result.losers[0].key);
        QVERIFY(!result.losers[0].why.isEmpty());
    }

    void everyProtocolIsExplained_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("call");
        QTest::addColumn<bool>("served");
        QTest::newRow("gRPC") << int(ui::ProbeKind::Grpc) << "grpc.example.com:8080"
                              << "hello.Greeter/Hi" << true;
        QTest::newRow("gRPC nobody serves") << int(ui::ProbeKind::Grpc) << "grpc.example.com:8080"
                                            << "other.S/M" << false;
        QTest::newRow("TCP") << int(ui::ProbeKind::Tcp) << ":5432"
                             << "" << true;
        QTest::newRow("TLS on no TLS port") << int(ui::ProbeKind::Tls) << "a.example.com:5432"
                                            << "" << false;
        QTest::newRow("UDP on no UDP port") << int(ui::ProbeKind::Udp) << ":5432"
                                            << "" << false;
    }

    void everyProtocolIsExplained()
    {
        QFETCH(int, kind);
        QFETCH(QString, target);
        QFETCH(QString, call);
        ui::ProbeRequest request;
        request.kind = static_cast<ui::ProbeKind>(kind);
        request.target = target;
        request.call = call;
        const ui::ProbeResult result = explainProbe(*state_->snapshot, request);
        QTEST(result.served && result.fault.isEmpty(), "served");
        QVERIFY2(!result.summary.isEmpty() || !result.fault.isEmpty(), "it says why");
    }

    void faultsOfTheRequestAreTold_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("no URL") << "http://";
        QTest::newRow("another scheme") << "ftp://shop.example.com/";
    }

    void faultsOfTheRequestAreTold()
    {
        QFETCH(QString, target);
        QVERIFY(!explainProbe(*state_->snapshot, http(qPrintable(target))).fault.isEmpty());
    }

    void backendsSayWhereTheyAre()
    {
        control::Config config;
        config.backends["team-a/cart:80"] = {"localhost", 3000};
        const ui::LocalTargets targets = desktop::localTargets(*state_->snapshot, config.backends);
        const auto of = [&](const char* name) { return targets.at({"", "Service", {"team-a", name}}); };
        QVERIFY(of("cart") == (ui::LocalTarget{ui::TargetKind::Mapping, QStringLiteral("localhost:3000")}));
        QVERIFY(of("shop") == (ui::LocalTarget{ui::TargetKind::Echo, QStringLiteral("built-in echo")}));
        QVERIFY(of("db") == (ui::LocalTarget{ui::TargetKind::Endpoints, QStringLiteral("127.0.0.1:7777 and 1 more")}));
    }

private:
    std::shared_ptr<const control::State> state_;
};

QTEST_APPLESS_MAIN(TstProbe)
#include "tst_probe.moc"
