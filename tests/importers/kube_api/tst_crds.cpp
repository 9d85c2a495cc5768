#include <QTest>

#include "documents.h"

#include <algorithm>

using namespace gatehouse;

namespace {

const std::vector<model::Value>& definitions()
{
    static const std::vector<model::Value> all = importers::customResourceDefinitions();
    return all;
}

QJsonObject definition(const QString& plural)
{
    for (const model::Value& each : definitions())
        if (const QJsonObject object = jsonOf(each); object["metadata"]["name"].toString().startsWith(plural + '.'))
            return object;
    return {};
}

QJsonObject schemaOf(const QJsonObject& crd, int version = 0)
{
    return crd["spec"]["versions"][version]["schema"]["openAPIV3Schema"].toObject();
}

/// A property by names and "[]" for items: "spec.listeners.[].port".
QJsonObject at(QJsonObject schema, const QString& path)
{
    for (const QString& step : path.split('.'))
        schema = (step == "[]" ? schema["items"] : schema["properties"][step]).toObject();
    return schema;
}

/// Every schema says its type or keeps everything; lists say how they are merged, and list map keys exist.
QString faultOf(const QJsonObject& schema, const QString& path)
{
    if (!schema.contains("type") && !schema.contains("x-kubernetes-preserve-unknown-fields") &&
        !schema.contains("x-kubernetes-int-or-string"))
        return path + ": no type";
    if (schema["type"] == "array") {
        const QJsonObject items = schema["items"].toObject();
        const bool isMap = schema["x-kubernetes-list-type"] == "map";
        for (const QJsonValue& key : schema["x-kubernetes-list-map-keys"].toArray())
            if (!isMap || !items["properties"].toObject().contains(key.toString()) ||
                !(items["required"].toArray().contains(key) ||
                  items["properties"][key.toString()].toObject().contains("default")))
                return path + ": list map key " + key.toString();
        return faultOf(items, path + "[]");
    }
    if (schema["additionalProperties"].isObject())
        return faultOf(schema["additionalProperties"].toObject(), path + "{}");
    const QJsonObject properties = schema["properties"].toObject();
    for (const QString& name : properties.keys()) {
        if (properties[name]["description"].toString().isEmpty())
            return path + '.' + name + ": no description";
        if (const QString fault = faultOf(properties[name].toObject(), path + '.' + name); !fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace

class TstCrds : public QObject {
    Q_OBJECT

private slots:
    void facts_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("versions"); ///< "*": stored
        QTest::addColumn<QString>("columns");  ///< "+": wide
        const auto row = [](const char* plural, const char* kind, const char* versions, const char* columns) {
            QTest::newRow(plural) << QString(kind) << QString(versions) << QString(columns);
        };
        row("backendtlspolicies", "BackendTLSPolicy", "v1* v1alpha3", "Age");
        row("gatewayclasses", "GatewayClass", "v1* v1beta1", "Controller Accepted Age Description+");
        row("gateways", "Gateway", "v1* v1beta1", "Class Address Programmed Age");
        row("grpcroutes", "GRPCRoute", "v1*", "Hostnames Age");
        row("httproutes", "HTTPRoute", "v1* v1beta1", "Hostnames Age");
        row("listenersets", "ListenerSet", "v1*", "Accepted Programmed Age");
        row("referencegrants", "ReferenceGrant", "v1 v1beta1*", "Age");
        row("tcproutes", "TCPRoute", "v1* v1alpha2", "Age");
        row("tlsroutes", "TLSRoute", "v1* v1alpha3 v1alpha2", "Age");
        row("udproutes", "UDPRoute", "v1* v1alpha2", "Age");
    }
    void facts()
    {
        QFETCH(QString, kind);
        QFETCH(QString, versions);
        QFETCH(QString, columns);
        const QJsonObject crd = definition(QTest::currentDataTag());
        QCOMPARE(crd["apiVersion"].toString(), "apiextensions.k8s.io/v1");
        QCOMPARE(crd["kind"].toString(), "CustomResourceDefinition");
        QCOMPARE(crd["spec"]["names"]["kind"].toString(), kind);
        QCOMPARE(crd["spec"]["names"]["listKind"].toString(), kind + "List");
        QCOMPARE(crd["spec"]["names"]["categories"][0].toString(), "gateway-api");
        QCOMPARE(crd["spec"]["scope"].toString(), kind == "GatewayClass" ? "Cluster" : "Namespaced");
        QCOMPARE(crd["status"]["acceptedNames"], crd["spec"]["names"]);

        QStringList listed;
        for (const QJsonValue& each : crd["spec"]["versions"].toArray()) {
            QVERIFY(each["served"].toBool());
            QCOMPARE(each["deprecated"].toBool(), each["name"].toString().contains("alpha"));
            QCOMPARE(each["subresources"].toObject().contains("status"), kind != "ReferenceGrant");
            listed << each["name"].toString() + (each["storage"].toBool() ? "*" : "");
            if (each["storage"].toBool())
                QCOMPARE(crd["status"]["storedVersions"].toArray(), QJsonArray{each["name"]});
            QStringList shown;
            for (const QJsonValue& column : each["additionalPrinterColumns"].toArray())
                shown << column["name"].toString() + (column["priority"].toInt() > 0 ? "+" : "");
            QCOMPARE(shown.join(' '), columns);
        }
        QCOMPARE(listed.join(' '), versions);
    }

    void everyDefinitionIsOfOneReleaseAndChannel()
    {
        QCOMPARE(definitions().size(), std::size_t(10));
        QStringList names;
        for (const model::Value& each : definitions()) {
            const QJsonObject crd = jsonOf(each);
            names << crd["metadata"]["name"].toString();
            const QJsonObject annotations = crd["metadata"]["annotations"].toObject();
            QCOMPARE(annotations["gateway.networking.k8s.io/bundle-version"].toString(), "v1.6.1");
            QCOMPARE(annotations["gateway.networking.k8s.io/channel"].toString(), "experimental");
            QStringList conditions;
            for (const QJsonValue& condition : crd["status"]["conditions"].toArray())
                conditions << condition["type"].toString() + '=' + condition["status"].toString();
            QCOMPARE(conditions.join(' '), "NamesAccepted=True Established=True");
        }
        QVERIFY(std::is_sorted(names.begin(), names.end()));
    }

    void thePolicyIsFoundByItsLabel()
    {
        const QJsonObject policy = definition("backendtlspolicies");
        QCOMPARE(policy["metadata"]["labels"]["gateway.networking.k8s.io/policy"].toString(), "Direct");
        const QJsonObject gateway = definition("gateways");
        QVERIFY(!gateway["metadata"].toObject().contains("labels"));
    }

    void schemasAreStructuralAndDescribed()
    {
        for (const model::Value& each : definitions()) {
            const QJsonObject crd = jsonOf(each);
            for (int i = 0; i < crd["spec"]["versions"].toArray().size(); ++i) {
                const QJsonObject schema = schemaOf(crd, i);
                QVERIFY(!schema["description"].toString().isEmpty());
                QCOMPARE(schema["required"].toArray(), QJsonArray{"spec"});
                const QString fault = faultOf(schema, crd["metadata"]["name"].toString());
                QVERIFY2(fault.isEmpty(), qPrintable(fault));
            }
        }
    }

    void schema_data()
    {
        QTest::addColumn<QString>("plural");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected"); ///< members that must be so
        const auto row = [](const char* claim, const char* plural, const char* path, const char* expected) {
            QTest::newRow(claim) << QString(plural) << QString(path) << QString(expected);
        };
        row("a port has its range", "gateways", "spec.listeners.[].port",
            R"({"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535})");
        row("listeners are told apart by name", "gateways", "spec.listeners",
            R"({"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "minItems": 1, "maxItems": 64})");
        row("an enum lists its values", "gateways", "spec.listeners.[].tls.mode",
            R"({"type": "string", "enum": ["Terminate", "Passthrough"], "default": "Terminate"})");
        row("a number may be an enum", "httproutes", "spec.rules.[].filters.[].requestRedirect.statusCode",
            R"({"type": "integer", "enum": [301, 302, 303, 307, 308], "default": 302})");
        row("a default may be an object", "httproutes", "spec.rules.[].matches.[].path",
            R"({"default": {"type": "PathPrefix", "value": "/"}})");
        row("a default may be a list", "httproutes", "spec.rules.[].matches",
            R"({"default": [{"path": {"type": "PathPrefix", "value": "/"}}], "x-kubernetes-list-type": "atomic"})");
        row("a map says what it holds", "gateways", "spec.infrastructure.annotations",
            R"({"type": "object", "maxProperties": 16})");
        row("a set has no item twice", "httproutes", "spec.rules.[].retry.codes",
            R"({"x-kubernetes-list-type": "set"})");
        row("an experimental field is marked", "httproutes", "spec.rules.[].retry",
            R"json({"description": "When a failed request is tried again. (Experimental channel.)"})json");
        row("statuses are described", "gateways", "status.listeners.[].conditions.[].status",
            R"({"enum": ["True", "False", "Unknown"]})");
        row("a route tells of its parents", "httproutes", "status.parents.[].parentRef.name", R"({"minLength": 1})");
        row("a policy tells of its ancestors", "backendtlspolicies", "status.ancestors.[].controllerName",
            R"({"type": "string"})");
        row("metadata is left to the server", "gateways", "metadata", R"({"type": "object"})");
    }
    void schema()
    {
        QFETCH(QString, plural);
        QFETCH(QString, path);
        QFETCH(QString, expected);
        const QJsonObject found = at(schemaOf(definition(plural)), path);
        const QJsonObject members = QJsonDocument::fromJson(expected.toUtf8()).object();
        QVERIFY(!members.isEmpty());
        for (const QString& name : members.keys())
            QCOMPARE(found[name], members[name]);
    }

    void theAlphaVersionIsLooser()
    {
        const QJsonObject crd = definition("tcproutes");
        QCOMPARE(at(schemaOf(crd, 0), "spec.rules")["maxItems"].toInt(), 1);
        QCOMPARE(at(schemaOf(crd, 1), "spec.rules")["maxItems"].toInt(), 16);
    }

    void aGrantHasNoStatus()
    {
        QVERIFY(!schemaOf(definition("referencegrants"))["properties"].toObject().contains("status"));
    }
};

QTEST_APPLESS_MAIN(TstCrds)
#include "tst_crds.moc"
