#include "app/desktop/code_pages.h"
#include "app/desktop/details.h"

#include <QTest>

using namespace gatehouse;
using desktop::Insight;

namespace {

constexpr const char* manifests = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shared, namespace: infra}
spec:
  gatewayClassName: gatehouse
  addresses: [{type: IPAddress, value: 127.0.0.1}]
  listeners:
  - {name: http, protocol: HTTP, port: 8080, allowedRoutes: {namespaces: {from: All}}}
  - {name: other, protocol: HTTP, port: 8081, allowedRoutes: {namespaces: {from: All}}}
  - {name: db, protocol: TCP, port: 5432, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: team-a, creationTimestamp: 2020-01-01T00:00:00Z}
spec:
  parentRefs: [{name: shared, namespace: infra}]
  hostnames: [shop.example.com]
  rules:
  - backendRefs: [{name: shop, port: 80}]
  - matches: [{path: {type: PathPrefix, value: /cart}}]
    backendRefs: [{name: cart, namespace: team-b, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: younger, namespace: team-b, creationTimestamp: 2024-01-01T00:00:00Z}
spec:
  parentRefs: [{name: shared, namespace: infra}]
  hostnames: [shop.example.com]
  rules:
  - matches: [{path: {type: PathPrefix, value: /cart}}]
    backendRefs: [{name: cart, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: lonely, namespace: team-a}
spec:
  parentRefs: [{name: nobody}]
  rules: [{backendRefs: [{name: shop, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: db, namespace: team-a, creationTimestamp: 2020-01-01T00:00:00Z}
spec:
  parentRefs: [{name: shared, namespace: infra, sectionName: db}]
  rules: [{backendRefs: [{name: db, port: 5432}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: late-db, namespace: team-a, creationTimestamp: 2024-01-01T00:00:00Z}
spec:
  parentRefs: [{name: shared, namespace: infra, sectionName: db}]
  rules: [{backendRefs: [{name: db, port: 5432}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: {name: let-shop, namespace: team-b}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}]
  to: [{group: "", kind: Service}]
---
{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: team-a}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: team-b}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: team-a}, spec: {ports: [{port: 5432}]}}
)";

model::ObjectKey key(const char* kind, const char* ns, const char* name)
{
    return {QLatin1String(kind) == QLatin1String("Service") ? "" : "gateway.networking.k8s.io", kind, {ns, name}};
}

/// "/cart and below by HTTPRoute team-a/shop Rule 2", with "!" before what is shadowed.
QStringList lines(const ui::EffectiveTable& table)
{
    QStringList list;
    for (const ui::EffectiveRule& rule : table.rules)
        list << (rule.shadow ? QStringLiteral("!") : QString()) + rule.match + QStringLiteral(" by ") +
                    QString::fromStdString(model::toString(rule.route)) + QLatin1Char(' ') + rule.rule;
    return list;
}

} // namespace

class TstDetails : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        importers::ManifestImporter importer;
        insight_ = std::make_unique<Insight>(
            control::deriveState(importer.importTexts({{"shop.yaml", manifests}}), control::Config()));
        for (const model::Diagnostic& problem : insight_->state().diagnostics)
            QVERIFY2(problem.severity != model::Severity::Error, model::toString(problem).c_str());
    }

    void rulesOfARouteAmongTheOthers()
    {
        const auto tables = describe(*insight_, key("HTTPRoute", "team-b", "younger")).effective;
        QCOMPARE(tables.size(), std::size_t{1});
        QCOMPARE(tables[0].hostname, QStringLiteral("shop.example.com"));
        // Both listeners do the same: one table.
        QCOMPARE(tables[0].listeners.size(), 2);
        QCOMPARE(tables[0].rules[0].index, 1u);
        QCOMPARE(lines(tables[0]), (QStringList{"/cart and below by HTTPRoute team-a/shop Rule 2",
                                                "!/cart and below by HTTPRoute team-b/younger Rule 1",
                                                "any path by HTTPRoute team-a/shop Rule 1"}));
        const auto& shadow = tables[0].rules[1].shadow;
        QVERIFY(shadow->key == key("HTTPRoute", "team-a", "shop"));
        QVERIFY2(shadow->by.contains(QStringLiteral("rule 2")), qPrintable(shadow->by));
        QVERIFY(!shadow->why.isEmpty());
        QVERIFY(shadow->location.position.known());
    }

    void rulesOfAGatewayAreAllOfItsListeners()
    {
        const auto tables = describe(*insight_, key("Gateway", "infra", "shared")).effective;
        QCOMPARE(tables.size(), std::size_t{2});
        const auto tcp = std::find_if(tables.begin(), tables.end(),
                                      [](const auto& table) { return table.listeners.front().endsWith("db"); });
        QVERIFY(tcp != tables.end());
        QCOMPARE(lines(*tcp), (QStringList{"every connection by TCPRoute team-a/db Rule 1",
                                           "!every connection by TCPRoute team-a/late-db Rule 1"}));
        QVERIFY(tcp->rules[1].shadow->key == key("TCPRoute", "team-a", "db"));
    }

    void routeThatIsAttachedNowhereHasWrittenRulesAlone()
    {
        const auto details = describe(*insight_, key("HTTPRoute", "team-a", "lonely"));
        QVERIFY(details.effective.empty());
        QCOMPARE(details.rules.size(), std::size_t{1});
    }

    void shadowsAgreeWithCheck()
    {
        std::set<std::string> byCheck, byDetails;
        for (const model::Diagnostic& problem : routing::reachabilityProblems(*insight_->state().snapshot))
            byCheck.insert(model::toString(*problem.object));
        for (const auto& [name, route] : insight_->state().import.resources->httpRoutes)
            for (const auto& table : describe(*insight_, route->key).effective)
                for (const auto& rule : table.rules)
                    if (rule.shadow)
                        byDetails.insert(model::toString(rule.route));
        QVERIFY(!byDetails.empty());
        for (const std::string& route : byDetails)
            QVERIFY2(byCheck.contains(route), route.c_str());
    }

    void referencesBothWaysWithTheirGrant()
    {
        const auto shop = describe(*insight_, key("HTTPRoute", "team-a", "shop"));
        QCOMPARE(shop.to.size(), std::size_t{3});
        const auto cart = std::find_if(shop.to.begin(), shop.to.end(),
                                       [](const auto& reference) { return reference.to.name.name == "cart"; });
        QVERIFY(cart != shop.to.end());
        QVERIFY(cart->grant == key("ReferenceGrant", "team-b", "let-shop"));
        const auto service = describe(*insight_, key("Service", "team-b", "cart"));
        QCOMPARE(service.from.size(), std::size_t{2});
        const auto grant = describe(*insight_, key("ReferenceGrant", "team-b", "let-shop"));
        QVERIFY(grant.known);
        QCOMPARE(grant.grantsAllowed.size(), std::size_t{1});
        QVERIFY(grant.grantsAllowed[0].from == key("HTTPRoute", "team-a", "shop"));
        QVERIFY2(grant.yaml.contains(QStringLiteral("ReferenceGrant")), qPrintable(grant.yaml));
    }

    void whatIsMissingIsNotKnownButUsed()
    {
        const auto nobody = describe(*insight_, key("Gateway", "team-a", "nobody"));
        QVERIFY(!nobody.known);
        QCOMPARE(nobody.from.size(), std::size_t{1});
    }

    void codePagesAreThoseOfTheCommand()
    {
        const ui::CodePage page = desktop::codePage(QStringLiteral("GH2502"));
        QVERIFY(page.known);
        QVERIFY(!page.meaning.isEmpty() && !page.wrong.isEmpty() && !page.right.isEmpty());
        QVERIFY(page.suppression.contains(QStringLiteral("lint-ignore")));
        QVERIFY(!desktop::codePage(QStringLiteral("NotAllowedByListeners")).known);
    }

private:
    std::unique_ptr<Insight> insight_;
};

QTEST_GUILESS_MAIN(TstDetails)
#include "tst_details.moc"
