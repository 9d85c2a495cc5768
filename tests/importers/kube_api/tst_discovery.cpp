#include <QTest>

#include "documents.h"
#include "importers/kube_api/served_resources.h"

using namespace gatehouse;
using importers::ApiResponse;

namespace {

const QString aggregatedV2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const QString aggregatedV2beta1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

QString words(const QJsonValue& list)
{
    QStringList all;
    for (const QJsonValue& each : list.toArray())
        all << each.toString();
    return all.join(' ');
}

QJsonObject named(const QJsonValue& list, const QString& member, const QString& name)
{
    for (const QJsonValue& each : list.toArray())
        if (each[member].toString() == name)
            return each.toObject();
    return {};
}

/// "plural scope verbs; plural/sub verbs" of one version, from either form.
QStringList plainLines(const QJsonObject& list)
{
    QStringList lines;
    for (const QJsonValue& each : list["resources"].toArray())
        lines << QStringList{each["name"].toString(),
                             each["kind"].toString(),
                             each["namespaced"].toBool() ? "Namespaced" : "Cluster",
                             each["singularName"].toString(),
                             words(each["verbs"]),
                             words(each["shortNames"]),
                             words(each["categories"])}
                     .join('|');
    return lines;
}

QStringList aggregatedLines(const QJsonObject& version)
{
    QStringList lines;
    for (const QJsonValue& each : version["resources"].toArray()) {
        lines << QStringList{each["resource"].toString(), each["responseKind"]["kind"].toString(),
                             each["scope"].toString(),    each["singularResource"].toString(),
                             words(each["verbs"]),        words(each["shortNames"]),
                             words(each["categories"])}
                     .join('|');
        for (const QJsonValue& below : each["subresources"].toArray())
            lines << QStringList{each["resource"].toString() + '/' + below["subresource"].toString(),
                                 below["responseKind"]["kind"].toString(),
                                 each["scope"].toString(),
                                 QString(),
                                 words(below["verbs"]),
                                 QString(),
                                 QString()}
                         .join('|');
    }
    return lines;
}

} // namespace

class TstDiscovery : public QObject {
    Q_OBJECT

private slots:
    void paths_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* path, int status, const char* kind) {
            QTest::newRow(path) << status << QString(kind);
        };
        row("/", 200, "");
        row("/version", 200, "");
        row("/api", 200, "APIVersions");
        row("/api/v1", 200, "APIResourceList");
        row("/api/v2", 404, "Status");
        row("/api/v1/pods", 0, "");
        row("/apis", 200, "APIGroupList");
        row("/apis/apps", 200, "APIGroup");
        row("/apis/apps/v1", 200, "APIResourceList");
        row("/apis/gateway.networking.k8s.io", 200, "APIGroup");
        row("/apis/gateway.networking.k8s.io/v1beta1", 200, "APIResourceList");
        row("/apis/gateway.networking.k8s.io/v1alpha2", 200, "APIResourceList");
        row("/apis/gateway.networking.k8s.io/v2", 404, "Status");
        row("/apis/no.such.group", 404, "Status");
        row("/apis/no.such.group/v1", 404, "Status");
        row("/apis/apps/v1/deployments", 0, "");
        row("/elsewhere", 0, "");
        row("/version/more", 0, "");
    }
    void paths()
    {
        QFETCH(int, status);
        QFETCH(QString, kind);
        const ApiResponse response = getDocument(QTest::currentDataTag());
        QCOMPARE(int(response.status), status);
        QCOMPARE(bodyOf(response)["kind"].toString(), kind);
    }

    void health_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"/healthz", "/livez", "/readyz"})
            QTest::newRow(path) << path;
    }
    void health()
    {
        QFETCH(QString, path);
        const ApiResponse response = getDocument(path);
        QCOMPARE(int(response.status), 200);
        QCOMPARE(response.body, "ok");
        QVERIFY(response.contentType.starts_with("text/plain"));
    }

    void theVersionSaysKubernetesAndGatehouse()
    {
        const QJsonObject version = bodyOf(getDocument("/version"));
        QCOMPARE(version["major"].toString(), "1");
        QCOMPARE(version["minor"].toString(), "34");
        QCOMPARE(version["gitVersion"].toString(), "v1.34.0+gatehouse");
    }

    void theRootNamesEveryPath()
    {
        const QString paths = words(bodyOf(getDocument("/"))["paths"]);
        for (const char* path : {"/api/v1", "/apis/apps", "/apis/gateway.networking.k8s.io/v1", "/version", "/readyz"})
            QVERIFY2(paths.split(' ').contains(path), path);
    }

    void forms_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("accept");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("contentType");
        const QString plain = "application/json";
        QTest::newRow("nothing asked: plain") << "/apis" << QString() << 200 << plain;
        QTest::newRow("plain asked") << "/apis" << plain << 200 << plain;
        QTest::newRow("anything asked: plain") << "/apis"
                                               << "*/*" << 200 << plain;
        QTest::newRow("v2 asked") << "/apis" << aggregatedV2 << 200 << aggregatedV2;
        QTest::newRow("v2beta1 asked") << "/apis" << aggregatedV2beta1 << 200 << aggregatedV2beta1;
        QTest::newRow("core has it too") << "/api" << aggregatedV2 << 200 << aggregatedV2;
        QTest::newRow("the first that is served wins, as client-go lists them")
            << "/api" << aggregatedV2 + ',' + aggregatedV2beta1 + ",application/json" << 200 << aggregatedV2;
        QTest::newRow("an unknown version is passed over")
            << "/apis"
            << "application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList,application/json" << 200 << plain;
        QTest::newRow("one group has no aggregated form")
            << "/apis/apps" << aggregatedV2 + ",application/json" << 200 << plain;
        QTest::newRow("protobuf is passed over")
            << "/apis"
            << "application/vnd.kubernetes.protobuf,application/json" << 200 << plain;
        QTest::newRow("protobuf alone is refused") << "/apis"
                                                   << "application/vnd.kubernetes.protobuf" << 406 << plain;
    }
    void forms()
    {
        QFETCH(QString, path);
        QFETCH(QString, accept);
        QFETCH(int, status);
        QFETCH(QString, contentType);
        const ApiResponse response = getDocument(path, accept);
        QCOMPARE(int(response.status), status);
        QCOMPARE(QString::fromStdString(response.contentType), contentType);
        if (contentType.contains("as="))
            QCOMPARE(bodyOf(response)["kind"].toString(), "APIGroupDiscoveryList");
    }

    void onlyReadingIsAllowed()
    {
        importers::ApiRequest request;
        request.method = "POST";
        request.path = {"apis"};
        QCOMPARE(int(serveApiDocument(request)->status), 405);
    }

    void groupsPreferTheStableVersion_data()
    {
        QTest::addColumn<QString>("versions");
        QTest::newRow("gateway.networking.k8s.io") << "v1 v1beta1 v1alpha3 v1alpha2";
        QTest::newRow("apps") << "v1";
        QTest::newRow("discovery.k8s.io") << "v1";
        QTest::newRow("apiextensions.k8s.io") << "v1";
        QTest::newRow("authorization.k8s.io") << "v1";
        QTest::newRow("authentication.k8s.io") << "v1";
        QTest::newRow("coordination.k8s.io") << "v1";
        QTest::newRow("events.k8s.io") << "v1";
    }
    void groupsPreferTheStableVersion()
    {
        QFETCH(QString, versions);
        const QJsonObject group = named(bodyOf(getDocument("/apis"))["groups"], "name", QTest::currentDataTag());
        QStringList listed;
        for (const QJsonValue& each : group["versions"].toArray()) {
            listed << each["version"].toString();
            QCOMPARE(each["groupVersion"].toString(), QString(QTest::currentDataTag()) + '/' + listed.last());
        }
        QCOMPARE(listed.join(' '), versions);
        QCOMPARE(group["preferredVersion"]["version"].toString(), versions.section(' ', 0, 0));
    }

    void bothFormsSayTheSame()
    {
        for (const char* root : {"/api", "/apis"}) {
            for (const QJsonValue& group : bodyOf(getDocument(root, aggregatedV2))["items"].toArray()) {
                const QString name = group["metadata"]["name"].toString();
                QVERIFY(!group["versions"].toArray().isEmpty());
                for (const QJsonValue& version : group["versions"].toArray()) {
                    const QString path =
                        (name.isEmpty() ? "/api/" : "/apis/" + name + '/') + version["version"].toString();
                    QCOMPARE(aggregatedLines(version.toObject()), plainLines(bodyOf(getDocument(path))));
                }
            }
        }
    }

    void resources_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        const QString gateway = "/apis/gateway.networking.k8s.io/v1";
        const QString every = "create delete deletecollection get list patch update watch";
        QTest::newRow("Gateway") << gateway << "gateways|Gateway|Namespaced|gateway|" + every + "|gtw|gateway-api";
        QTest::newRow("GatewayClass") << gateway
                                      << "gatewayclasses|GatewayClass|Cluster|gatewayclass|" + every +
                                             "|gc|gateway-api";
        QTest::newRow("HTTPRoute") << gateway << "httproutes|HTTPRoute|Namespaced|httproute|" + every + "||gateway-api";
        QTest::newRow("status") << gateway << "httproutes/status|HTTPRoute|Namespaced||get patch update||";
        QTest::newRow("Pod") << "/api/v1"
                             << "pods|Pod|Namespaced|pod|" + every + "|po|all";
        QTest::newRow("log") << "/api/v1"
                             << "pods/log|Pod|Namespaced||get||";
        QTest::newRow("scale") << "/apis/apps/v1"
                               << "deployments/scale|Scale|Namespaced||get patch update||";
        QTest::newRow("what Gatehouse makes is read only")
            << "/apis/apps/v1"
            << "replicasets|ReplicaSet|Namespaced|replicaset|get list watch|rs|all";
        QTest::newRow("CRDs") << "/apis/apiextensions.k8s.io/v1"
                              << "customresourcedefinitions|CustomResourceDefinition|Cluster|customresourcedefinition|"
                                 "create get list patch update watch|crd crds|api-extensions";
        QTest::newRow("a review is only asked")
            << "/apis/authorization.k8s.io/v1"
            << "selfsubjectaccessreviews|SelfSubjectAccessReview|Cluster|selfsubjectaccessreview|create||";
        QTest::newRow("who am I") << "/apis/authentication.k8s.io/v1"
                                  << "selfsubjectreviews|SelfSubjectReview|Cluster|selfsubjectreview|create||";
    }
    void resources()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        const QStringList lines = plainLines(bodyOf(getDocument(path)));
        QVERIFY2(lines.contains(line), qPrintable(lines.join('\n')));
    }

    void anAlphaVersionHasItsKindsOnly()
    {
        QStringList names;
        for (const QString& line : plainLines(bodyOf(getDocument("/apis/gateway.networking.k8s.io/v1alpha2"))))
            names << line.section('|', 0, 0);
        QCOMPARE(names.join(' '), "tcproutes tcproutes/status tlsroutes tlsroutes/status udproutes udproutes/status");
    }

    void versionOrder_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::newRow("stable before beta") << "v1"
                                            << "v2beta1";
        QTest::newRow("beta before alpha") << "v1beta1"
                                           << "v1alpha9";
        QTest::newRow("newer before older") << "v2"
                                            << "v1";
        QTest::newRow("by number, not by letter") << "v10"
                                                  << "v9";
        QTest::newRow("newer alpha before older alpha") << "v1alpha3"
                                                        << "v1alpha2";
    }
    void versionOrder()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QVERIFY(importers::versionComesFirst(first.toStdString(), second.toStdString()));
        QVERIFY(!importers::versionComesFirst(second.toStdString(), first.toStdString()));
        QVERIFY(!importers::versionComesFirst(first.toStdString(), first.toStdString()));
    }
};

QTEST_APPLESS_MAIN(TstDiscovery)
#include "tst_discovery.moc"
