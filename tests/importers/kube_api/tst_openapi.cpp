#include <QTest>

#include "documents.h"
#include "protobuf_bytes.h"

#include "importers/kube_api/openapi_protobuf.h"
#include "importers/kube_api/openapi_schema.h"

#include <QRegularExpression>
#include <QSet>

using namespace gatehouse;
using importers::ApiResponse;
using model::Format;

namespace {

const QString gatewayPath = "/openapi/v3/apis/gateway.networking.k8s.io/v1";
const QString routeSchema = "io.k8s.networking.gateway.v1.HTTPRoute";

const QJsonObject documentAt(const QString& path)
{
    return bodyOf(getDocument(path));
}

/// Every "$ref" below a value.
void collectReferences(const QJsonValue& value, QSet<QString>& references)
{
    for (const QJsonValue& each : value.toArray())
        collectReferences(each, references);
    const QJsonObject object = value.toObject();
    for (const QString& name : object.keys()) {
        if (name == "$ref")
            references.insert(object[name].toString());
        collectReferences(object[name], references);
    }
}

QStringList parameterNames(const QJsonObject& operation)
{
    QStringList names;
    for (const QJsonValue& each : operation["parameters"].toArray())
        names << each["name"].toString();
    return names;
}

} // namespace

class TstOpenapi : public QObject {
    Q_OBJECT

private slots:
    void theIndexNamesEveryGroupAndVersion()
    {
        const QJsonObject paths = documentAt("/openapi/v3")["paths"].toObject();
        for (const char* path : {"api/v1", "apis/apps/v1", "apis/gateway.networking.k8s.io/v1",
                                 "apis/gateway.networking.k8s.io/v1beta1", "apis/authorization.k8s.io/v1"})
            QVERIFY2(paths.contains(path), path);
        for (const QString& path : paths.keys()) {
            const QString url = paths[path].toObject()["serverRelativeURL"].toString();
            QCOMPARE(url.section("?hash=", 0, 0), "/openapi/v3/" + path);
            QCOMPARE(url.section("?hash=", 1).size(), 16);
            QCOMPARE(int(getDocument(url.section('?', 0, 0)).status), 200);
        }
    }

    void documentsDifferSoDoTheirHashes()
    {
        const QJsonObject paths = documentAt("/openapi/v3")["paths"].toObject();
        QSet<QString> hashes;
        for (const QString& path : paths.keys())
            hashes.insert(paths[path].toObject()["serverRelativeURL"].toString().section("?hash=", 1));
        QCOMPARE(hashes.size(), paths.size());
    }

    void unknownPaths_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"/openapi", "/openapi/v4", "/openapi/v3/apis", "/openapi/v3/apis/no.such/v1",
                                 "/openapi/v3/api/v2", "/openapi/v2/more"})
            QTest::newRow(path) << path;
    }
    void unknownPaths()
    {
        QFETCH(QString, path);
        QCOMPARE(int(getDocument(path).status), 404);
    }

    void accept_data()
    {
        QTest::addColumn<QString>("accept");
        QTest::addColumn<int>("status");
        QTest::newRow("JSON") << "application/json" << 200;
        QTest::newRow("anything") << "*/*" << 200;
        QTest::newRow("nothing said") << "" << 200;
        QTest::newRow("protobuf, or else JSON")
            << "application/com.github.proto-openapi.spec.v3@v1.0+protobuf,application/json" << 200;
        QTest::newRow("protobuf of the other version alone")
            << "application/com.github.proto-openapi.spec.v1@v1.0+protobuf" << 406;
    }
    void accept()
    {
        QFETCH(QString, accept);
        QFETCH(int, status);
        for (const char* path : {"/openapi/v2", "/openapi/v3", "/openapi/v3/api/v1"})
            QCOMPARE(int(getDocument(path, accept).status), status);
    }

    void theOldFormHasProtobufToo()
    {
        for (const char* type : {"application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
                                 "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"}) {
            const ApiResponse response = getDocument("/openapi/v2", type);
            QCOMPARE(int(response.status), 200);
            QCOMPARE(response.contentType, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
            // Document.swagger is field 1.
            QCOMPARE(response.body.substr(0, 5), std::string("\x0a\x03"
                                                             "2.0",
                                                             5));
        }
    }

    void protobufOfADocument()
    {
        const std::string document = R"({"swagger": "2.0", "info": {"title": "t", "version": "v"}, "paths": {"/p": {
            "get": {"operationId": "o", "parameters": [{"name": "q", "in": "query", "type": "string"}],
                    "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/A"}}},
                    "x-k": {"a": 1}},
            "parameters": [{"name": "n", "in": "path", "required": true, "type": "string"}]}},
            "definitions": {"A": {"type": "object", "required": ["b"], "properties": {"b": {"type": "array",
                "items": {"type": "string"}}}, "additionalProperties": {"type": "boolean"}}}})";
        // The numbers are those of gnostic's OpenAPIv2.proto.
        const std::string query = text(2, "query") + text(4, "q") + text(6, "string");
        const std::string response = text(1, "d") + text(2, text(1, text(1, "#/definitions/A")));
        const std::string get = text(5, "o") + text(8, text(1, text(2, text(3, query)))) +
                                text(9, text(1, text(1, "200") + text(2, text(1, response)))) +
                                text(13, text(1, "x-k") + text(2, text(2, R"({"a":1})")));
        const std::string inPath = number(1, 1) + text(2, "path") + text(4, "n") + text(5, "string");
        const std::string item = text(2, get) + text(9, text(1, text(2, text(4, inPath))));
        const auto type = [](const char* name) { return text(22, text(1, name)); };
        const std::string list = type("array") + text(23, text(1, type("string")));
        const std::string schema = text(19, "b") + text(21, text(1, type("boolean"))) + type("object") +
                                   text(25, text(1, text(1, "b") + text(2, list)));
        const std::string expected = text(1, "2.0") + text(2, text(1, "t") + text(2, "v")) +
                                     text(8, text(2, text(1, "/p") + text(2, item))) +
                                     text(9, text(1, text(1, "A") + text(2, schema)));
        const std::string bytes = importers::openApiProtobuf(valueOf(document));
        QCOMPARE(QByteArray::fromStdString(bytes).toHex(), QByteArray::fromStdString(expected).toHex());
    }

    void everyReferenceLeadsSomewhere()
    {
        QStringList paths{"/openapi/v2"};
        for (const QString& path : documentAt("/openapi/v3")["paths"].toObject().keys())
            paths << "/openapi/v3/" + path;
        for (const QString& path : paths) {
            const QJsonObject document = documentAt(path);
            const bool old = path.endsWith("v2") && document.contains("swagger");
            const QString prefix = old ? "#/definitions/" : "#/components/schemas/";
            const QJsonObject schemas =
                old ? document["definitions"].toObject() : document["components"]["schemas"].toObject();
            QSet<QString> references;
            collectReferences(document, references);
            QVERIFY(!references.isEmpty());
            for (const QString& reference : references) {
                QVERIFY2(reference.startsWith(prefix), qPrintable(path + ' ' + reference));
                QVERIFY2(schemas.contains(reference.mid(prefix.size())), qPrintable(path + ' ' + reference));
            }
        }
    }

    void operationsAreUniqueAndSayTheirKind()
    {
        for (const QString& path : documentAt("/openapi/v3")["paths"].toObject().keys()) {
            const QJsonObject paths = documentAt("/openapi/v3/" + path)["paths"].toObject();
            QSet<QString> ids;
            for (const QString& each : paths.keys()) {
                const QJsonObject item = paths[each].toObject();
                for (const char* method : {"get", "put", "post", "patch", "delete"}) {
                    const QJsonObject operation = item[QLatin1String(method)].toObject();
                    if (operation.isEmpty())
                        continue;
                    const QString id = operation["operationId"].toString();
                    QVERIFY2(!id.isEmpty() && !ids.contains(id), qPrintable(each + ' ' + id));
                    ids.insert(id);
                    QVERIFY(!operation["x-kubernetes-group-version-kind"]["kind"].toString().isEmpty());
                    QVERIFY(!operation["responses"].toObject().isEmpty());
                }
            }
        }
    }

    void methods_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("methods");
        const auto row = [](const char* path, const QString& document, const char* methods) {
            QTest::newRow(path) << document << QString(methods);
        };
        row("/apis/gateway.networking.k8s.io/v1/httproutes", gatewayPath, "get");
        row("/apis/gateway.networking.k8s.io/v1/namespaces/{namespace}/httproutes", gatewayPath, "delete get post");
        row("/apis/gateway.networking.k8s.io/v1/namespaces/{namespace}/httproutes/{name}", gatewayPath,
            "delete get patch put");
        row("/apis/gateway.networking.k8s.io/v1/namespaces/{namespace}/httproutes/{name}/status", gatewayPath,
            "get patch put");
        row("/apis/gateway.networking.k8s.io/v1/gatewayclasses", gatewayPath, "delete get post");
        row("/apis/gateway.networking.k8s.io/v1/gatewayclasses/{name}", gatewayPath, "delete get patch put");
        row("/api/v1/namespaces/{name}", "/openapi/v3/api/v1", "delete get patch put");
        row("/api/v1/namespaces/{namespace}/pods/{name}/log", "/openapi/v3/api/v1", "get");
        row("/api/v1/nodes/{name}", "/openapi/v3/api/v1", "get");
        row("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}",
            "/openapi/v3/apis/apiextensions.k8s.io/v1", "get patch put");
        row("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale", "/openapi/v3/apis/apps/v1",
            "get patch put");
        row("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "/openapi/v3/apis/authorization.k8s.io/v1",
            "post");
    }
    void methods()
    {
        QFETCH(QString, document);
        QFETCH(QString, methods);
        QStringList all = documentAt(document)["paths"][QTest::currentDataTag()].toObject().keys();
        QVERIFY(all.removeOne("parameters"));
        QCOMPARE(all.join(' '), methods);
    }

    void writesSayWhatClientsLookFor()
    {
        const QJsonObject item = documentAt(gatewayPath)["paths"]["/apis/gateway.networking.k8s.io/v1/namespaces/"
                                                                  "{namespace}/httproutes/{name}"]
                                     .toObject();
        const QJsonObject patch = item["patch"].toObject();
        const QJsonObject kind{{"group", "gateway.networking.k8s.io"}, {"version", "v1"}, {"kind", "HTTPRoute"}};
        QCOMPARE(patch["x-kubernetes-group-version-kind"].toObject(), kind);
        QCOMPARE(item["get"]["x-kubernetes-group-version-kind"].toObject(), kind);
        for (const char* name : {"dryRun", "fieldManager", "fieldValidation", "force"})
            QVERIFY2(parameterNames(patch).contains(name), name);
        QCOMPARE(patch["requestBody"]["content"].toObject().keys().join(' '),
                 "application/apply-patch+yaml application/json-patch+json application/merge-patch+json");
        QCOMPARE(parameterNames(item).join(' '), "namespace name");
    }

    void schemasAreFoundByKind()
    {
        const QJsonObject schemas = documentAt(gatewayPath)["components"]["schemas"].toObject();
        const QJsonObject kind{{"group", "gateway.networking.k8s.io"}, {"version", "v1"}, {"kind", "HTTPRoute"}};
        const QJsonObject route = schemas[routeSchema].toObject();
        QCOMPARE(route["x-kubernetes-group-version-kind"].toArray(), QJsonArray{kind});
        QCOMPARE(route["properties"]["metadata"]["allOf"][0]["$ref"].toString(),
                 "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        QCOMPARE(schemas[routeSchema + "List"]["properties"]["items"]["items"]["$ref"].toString(),
                 "#/components/schemas/" + routeSchema);
        const QJsonObject hostnames = route["properties"]["spec"]["properties"]["hostnames"].toObject();
        QCOMPARE(hostnames["type"].toString(), "array");
        QVERIFY(!hostnames["description"].toString().isEmpty());
    }

    void everyKindIsDescribed()
    {
        for (const importers::ApiKind& kind : importers::apiKinds())
            QVERIFY2(!importers::kindDescription(kind.group, kind.kind).empty(), std::string(kind.kind).c_str());
    }

    void kindsWithoutASchemaKeepWhatIsWritten()
    {
        const QJsonObject lease =
            documentAt(
                "/openapi/v3/apis/coordination.k8s.io/v1")["components"]["schemas"]["io.k8s.api.coordination.v1.Lease"]
                .toObject();
        QVERIFY(lease["x-kubernetes-preserve-unknown-fields"].toBool());
        QVERIFY(lease["properties"].toObject().contains("metadata"));
        QVERIFY(!lease.contains("required"));
    }

    void theOldFormHasDefinitions()
    {
        const QJsonObject document = documentAt("/openapi/v2");
        QCOMPARE(document["swagger"].toString(), "2.0");
        const QJsonObject route = document["definitions"][routeSchema].toObject();
        QCOMPARE(route["properties"]["metadata"]["$ref"].toString(),
                 "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        QVERIFY(document["paths"].toObject().contains("/api/v1/namespaces/{namespace}/services/{name}"));
        const QJsonObject put = document["paths"]["/api/v1/namespaces/{namespace}/services/{name}"]["put"].toObject();
        QVERIFY(parameterNames(put).contains("body"));
        QVERIFY(!put.contains("requestBody"));
    }

    void metadataIsDescribedWhole()
    {
        const QJsonObject meta = jsonOf(importers::objectMetaSchema());
        for (const char* name : {"name", "namespace", "labels", "annotations", "uid", "generateName"})
            QVERIFY2(meta["properties"].toObject().contains(name), name);
        QVERIFY(!meta.contains("required"));
    }

    void patterns_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("text");
        const auto rows = [](const char* name, Format format, const QStringList& texts) {
            for (const QString& text : texts)
                QTest::addRow("%s '%s'", name, qPrintable(text)) << int(format) << text;
        };
        rows("Hostname", Format::Hostname,
             {"a.example", "*.example.com", "*", "A.example", "a..b", "-a", "a-", "a.*.b", "a"});
        rows("PreciseHostname", Format::PreciseHostname, {"a.example", "*.example.com", "a_b"});
        rows("SectionName", Format::SectionName, {"http", "a.b", "a-", "UP", ".", ""});
        rows("NamespaceName", Format::NamespaceName, {"team-a", "a.b", "-a", ""});
        rows("KindName", Format::KindName, {"Service", "1Service", "S-", "S"});
        rows("GroupName", Format::GroupName, {"", "gateway.networking.k8s.io", "A", "a..b"});
        rows("HeaderName", Format::HeaderName, {"X-Header", "x header", "a`b", "", "a:b"});
        rows("Duration", Format::Duration, {"10s", "1h30m", "500ms", "100000s", "1.5s", "s", "", "1h1m1s1ms1h", "-1s"});
    }
    void patterns()
    {
        QFETCH(int, format);
        QFETCH(QString, text);
        const std::string_view pattern = importers::formatPattern(Format(format));
        QVERIFY(!pattern.empty());
        const QRegularExpression expression(QString::fromUtf8(pattern.data(), qsizetype(pattern.size())));
        QVERIFY(expression.isValid());
        const bool valid = model::checkFormat(Format(format), text.toStdString()).empty();
        QCOMPARE(expression.match(text).hasMatch(), valid);
    }
};

QTEST_APPLESS_MAIN(TstOpenapi)
#include "tst_openapi.moc"
