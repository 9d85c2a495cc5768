#include "builders.h"

#include "model/graph/references.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

/// One line a reference, in order.
QStringList lines(const World& world)
{
    QStringList list;
    for (const Reference& reference : references(world.resources()))
        list << QString::fromStdString(
            std::to_string(static_cast<int>(reference.role)) + ' ' + toString(reference.from) + " -> " +
            toString(reference.to) + " at " + reference.fieldPath + (reference.exists ? "" : ", missing") +
            (reference.needsGrant ? reference.grant ? ", by " + toString(*reference.grant) : ", not granted" : ""));
    return list;
}

QString role(ReferenceRole role)
{
    return QString::number(static_cast<int>(role));
}

} // namespace

class TstReferences : public QObject {
    Q_OBJECT

private slots:
    void ofARoute()
    {
        World world;
        HTTPRoute route =
            httpRoute("apps", "web", {parentTo("gw", "infra")}, {}, {backend("web"), backend("db", 80, "data")});
        RequestMirror mirror;
        mirror.backendRef = {"", "Service", std::nullopt, "copy", 80, {}};
        route.rules[0].filters = {mirror};
        world.add(gateway("infra", "gw", {listener("http", "HTTP", 80)})).add(service("apps", "web")).add(route);
        world.add(service("data", "db"));
        QCOMPARE(
            lines(world),
            (QStringList{role(ReferenceRole::Class) +
                             " Gateway infra/gw -> GatewayClass gc at spec.gatewayClassName, missing",
                         role(ReferenceRole::Parent) + " HTTPRoute apps/web -> Gateway infra/gw at spec.parentRefs[0]",
                         role(ReferenceRole::Mirror) + " HTTPRoute apps/web -> Service apps/copy at "
                                                       "spec.rules[0].filters[0].requestMirror.backendRef, missing",
                         role(ReferenceRole::Backend) +
                             " HTTPRoute apps/web -> Service apps/web at spec.rules[0].backendRefs[0]",
                         role(ReferenceRole::Backend) + " HTTPRoute apps/web -> Service data/db at "
                                                        "spec.rules[0].backendRefs[1], not granted"}));
    }

    void grantIsNamed()
    {
        World world;
        world.add(service("data", "db"));
        world.add(httpRoute("apps", "web", {}, {}, {backend("db", 80, "data")}));
        const auto allow =
            grant("data", {std::string(gatewayGroup), "HTTPRoute", "apps"}, {"", "Service", std::nullopt});
        world.add(allow);
        const auto found = references(world.resources());
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].needsGrant);
        QVERIFY(found[0].grant == allow.key);
    }

    void ofListenersAndPolicies()
    {
        World world;
        world.add(gateway("infra", "gw", {listener("https", "HTTPS", 443)}));
        world.add(tlsPolicy("apps", "tls", "web")).add(service("apps", "web"));
        const QStringList found = lines(world);
        QVERIFY2(found.contains(role(ReferenceRole::Certificate) + " Gateway infra/gw -> Secret infra/cert at "
                                                                   "spec.listeners[0].tls.certificateRefs[0], missing"),
                 qPrintable(found.join(QLatin1Char('\n'))));
        QVERIFY2(found.contains(role(ReferenceRole::Target) +
                                " BackendTLSPolicy apps/tls -> Service apps/web at spec.targetRefs[0]"),
                 qPrintable(found.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(TstReferences)
#include "tst_references.moc"
