#include <QtTest>

#include "script.h"

using gatehouse::model::Value;

namespace {

const std::string applyType = "application/apply-patch+yaml";
const std::string mergeType = "application/merge-patch+json";
const std::string configMap = paths::configMaps + "/c";
const std::string gateway = paths::gateways + "/gw";

std::string data(const std::string& members)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {" + members + "}\n";
}

std::string listeners(const std::string& items)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n  gatewayClassName: "
           "c\n  listeners: [" +
           items + "]\n";
}

Step apply(const std::string& target, const std::string& manager, const std::string& config, int status,
           std::vector<std::pair<std::string, QString>> expected = {})
{
    return {"PATCH",
            target + (target.find('?') == std::string::npos ? "?" : "&") + "fieldManager=" + manager,
            {config, applyType},
            status,
            std::move(expected),
            {}};
}

} // namespace

/// Server-side apply, and who owns which fields (metadata.managedFields).
class TstKubeApply : public QObject {
    Q_OBJECT

private slots:
    void applies_data();
    void applies();
    void applyingTheSameAgainChangesNothing();
    void ordinaryWritesAreRecorded();
    void conflictsNameManagerAndField();
};

void TstKubeApply::applies_data()
{
    QTest::addColumn<Script>("script");

    QTest::newRow("what is not there is created")
        << Script{apply(configMap, "a", data("x: \"1\""), 201,
                        {{"data.x", "1"},
                         {"metadata.managedFields[0].manager", "a"},
                         {"metadata.managedFields[0].operation", "Apply"},
                         {"metadata.managedFields[0].fieldsType", "FieldsV1"},
                         {"metadata.managedFields[0].fieldsV1", R"({"f:data":{"f:x":{}}})"}}),
                  {"GET", configMap, {}, 200, {{"data.x", "1"}}, {}}};
    QTest::newRow("a manager is required")
        << Script{{"PATCH",
                   configMap,
                   {data("x: \"1\""), applyType},
                   422,
                   {{"reason", "Invalid"}, {"details.causes[0].field", "fieldManager"}},
                   {}}};
    QTest::newRow("managers own their fields side by side")
        << Script{apply(configMap, "a", data("x: \"1\""), 201),
                  apply(configMap, "b", data("w: \"2\""), 200, {{"data.x", "1"}, {"data.w", "2"}}),
                  {"GET",
                   configMap,
                   {},
                   200,
                   {{"metadata.managedFields[0].fieldsV1", R"({"f:data":{"f:x":{}}})"},
                    {"metadata.managedFields[1].fieldsV1", R"({"f:data":{"f:w":{}}})"}},
                   {}}};
    QTest::newRow("what a manager applies no longer is gone")
        << Script{apply(configMap, "a", data("x: \"1\", z: \"3\""), 201),
                  apply(configMap, "a", data("z: \"3\""), 200, {{"data.x", "-"}, {"data.z", "3"}})};
    QTest::newRow("what another manager owns as well stays")
        << Script{apply(configMap, "a", data("x: \"1\""), 201), apply(configMap, "b", data("x: \"1\""), 200),
                  apply(configMap, "a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n", 200,
                        {{"data.x", "1"}, {"metadata.managedFields[0].manager", "b"}})};
    QTest::newRow("another value for what another manager owns is a Conflict")
        << Script{apply(configMap, "a", data("x: \"1\""), 201),
                  apply(configMap, "b", data("x: \"2\""), 409, {{"reason", "Conflict"}}),
                  {"GET", configMap, {}, 200, {{"data.x", "1"}}, {}}};
    QTest::newRow("force takes the field over")
        << Script{apply(configMap, "a", data("x: \"1\""), 201),
                  apply(configMap + "?force=true", "b", data("x: \"2\""), 200, {{"data.x", "2"}}),
                  {"GET",
                   configMap,
                   {},
                   200,
                   {{"metadata.managedFields[0].manager", "b"}, {"metadata.managedFields[1]", "-"}},
                   {}}};
    QTest::newRow("an ordinary update takes fields over without asking")
        << Script{apply(configMap, "a", data("x: \"1\", w: \"2\""), 201),
                  {"PATCH", configMap + "?fieldManager=edit", {R"({"data":{"x":"9"}})", mergeType}, 200, {}, {}},
                  {"GET",
                   configMap,
                   {},
                   200,
                   {{"metadata.managedFields[0].fieldsV1", R"({"f:data":{"f:w":{}}})"},
                    {"metadata.managedFields[1].manager", "edit"},
                    {"metadata.managedFields[1].operation", "Update"},
                    {"metadata.managedFields[1].fieldsV1", R"({"f:data":{"f:x":{}}})"}},
                   {}},
                  apply(configMap, "a", data("x: \"1\""), 409)};
    QTest::newRow("listeners are owned by name") << Script{
        apply(gateway, "a", listeners("{name: one, port: 80, protocol: HTTP}"), 201),
        apply(gateway, "b", listeners("{name: two, port: 81, protocol: HTTP}"), 200,
              {{"spec.listeners[0].name", "one"}, {"spec.listeners[1].name", "two"}}),
        apply(gateway, "b", listeners("{name: one, port: 88, protocol: HTTP}"), 409,
              {{"details.causes[0].field", ".spec.listeners[name=\"one\"].port"}}),
        apply(gateway, "b", listeners(""), 200, {{"spec.listeners[0].name", "one"}, {"spec.listeners[1]", "-"}})};
    QTest::newRow("a list without keys has one owner") << Script{
        apply(paths::routes + "/web", "a", manifests::route("web", "  hostnames: [a.example]\n"), 201),
        apply(paths::routes + "/web", "b", manifests::route("web", "  hostnames: [b.example]\n"), 409,
              {{"details.causes[0].field", ".spec.hostnames"}, {"details.causes[0].reason", "FieldManagerConflict"}})};
    QTest::newRow("what differs by defaults alone is no conflict")
        << Script{{"POST",
                   paths::routes,
                   {manifests::route("web"), "application/yaml"},
                   201,
                   {{"spec.parentRefs[0].kind", "Gateway"}},
                   {}},
                  apply(paths::routes + "/web", "b", manifests::route("web"), 200,
                        {{"spec.parentRefs[0].kind", "Gateway"}, {"metadata.generation", "1"}})};
    QTest::newRow("status is applied on its own")
        << Script{apply(paths::routes + "/web", "a", manifests::route("web"), 201),
                  apply(paths::routes + "/web/status", "c",
                        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web, labels: {no: "
                        "nono}}\nstatus: {parents: []}\n",
                        200, {{"status.parents", "[]"}, {"metadata.labels", "-"}, {"spec.parentRefs[0].name", "gw"}}),
                  {"GET", paths::routes + "/web", {}, 200, {{"metadata.managedFields[1].subresource", "status"}}, {}}};
    QTest::newRow("another name than the path's is refused")
        << Script{apply(paths::configMaps + "/d", "a", data("x: \"1\""), 400)};
    QTest::newRow("another kind than the path's is refused")
        << Script{apply(configMap, "a", "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n", 400)};
    QTest::newRow("an old resourceVersion is a Conflict") << Script{
        apply(configMap, "a", data("x: \"1\""), 201),
        apply(configMap, "a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, resourceVersion: \"1\"}\n", 409,
              {{"reason", "Conflict"}})};
    QTest::newRow("managedFields are not for clients to apply") << Script{
        apply(configMap, "a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, managedFields: [{manager: x}]}\n",
              400, {{"message", "metadata.managedFields must be nil"}})};
    QTest::newRow("a client may hand fields over to another manager") << Script{
        {"POST", paths::configMaps + "?fieldManager=client-side", {data("x: \"1\""), "application/yaml"}, 201, {}, {}},
        {"PATCH",
         configMap,
         {R"([{"op":"replace","path":"/metadata/managedFields/0/manager","value":"server-side"},)"
          R"({"op":"replace","path":"/metadata/managedFields/0/operation","value":"Apply"}])",
          "application/json-patch+json"},
         200,
         {{"metadata.managedFields[0].manager", "server-side"}, {"metadata.managedFields[0].operation", "Apply"}},
         {}},
        apply(configMap, "server-side", data("x: \"2\""), 200, {{"data.x", "2"}})};
    QTest::newRow("managedFields of one empty entry clear them")
        << Script{{"POST", paths::configMaps, {data("x: \"1\""), "application/yaml"}, 201, {}, {}},
                  {"PATCH",
                   configMap,
                   {R"({"metadata":{"managedFields":[{}]}})", mergeType},
                   200,
                   {{"metadata.managedFields", "[]"}},
                   {}}};
    QTest::newRow("dryRun keeps nothing")
        << Script{apply(configMap + "?dryRun=All", "a", data("x: \"1\""), 201, {{"data.x", "1"}}),
                  {"GET", configMap, {}, 404, {}, {}}};
    QTest::newRow("an applied Secret keeps its data when it is applied again") << Script{
        apply(paths::secrets + "/s", "a", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: hello}\n",
              201, {{"data.k", "aGVsbG8="}}),
        apply(paths::secrets + "/s", "a", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: hello}\n",
              200, {{"data.k", "aGVsbG8="}})};
}

void TstKubeApply::applies()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

void TstKubeApply::applyingTheSameAgainChangesNothing()
{
    ApiClient client;
    const auto target = gateway + "?fieldManager=a";
    const ApiClient::Sent sent{listeners("{name: one, port: 80, protocol: HTTP}"), applyType};
    client.send("PATCH", target, sent);
    const auto version = client.api.version();
    client.now += std::chrono::hours(1);
    const auto outcome = client.handle("PATCH", target, sent);
    QVERIFY(!outcome.changed);
    QCOMPARE(client.api.version(), version);
}

void TstKubeApply::ordinaryWritesAreRecorded()
{
    ApiClient client;
    client.send("POST", paths::configMaps,
                {data("x: \"1\""), "application/yaml", "application/json", "kubectl/v1.36.0 (linux/amd64)"});
    const Value made = client.ask("GET", configMap);
    QCOMPARE(ApiClient::at(made, "metadata.managedFields[0].manager"), "kubectl");
    QCOMPARE(ApiClient::at(made, "metadata.managedFields[0].operation"), "Update");
    QCOMPARE(ApiClient::at(made, "metadata.managedFields[0].apiVersion"), "v1");
    QCOMPARE(ApiClient::at(made, "metadata.managedFields[0].time"), "2026-01-02T03:04:05Z");
    QCOMPARE(ApiClient::at(made, "metadata.managedFields[0].fieldsV1"), R"({"f:data":{"f:x":{}}})");
    client.ask("PATCH", configMap + "?fieldManager=edit", {R"({"data":null})", mergeType});
    QCOMPARE(client.get(configMap, "metadata.managedFields"), "[]");
}

void TstKubeApply::conflictsNameManagerAndField()
{
    ApiClient client;
    client.send("PATCH", configMap + "?fieldManager=a", {data("x: \"1\", w: \"1\""), applyType});
    const auto refused = client.ask("PATCH", configMap + "?fieldManager=b", {data("x: \"2\", w: \"2\""), applyType});
    QCOMPARE(ApiClient::at(refused, "message"),
             "Apply failed with 2 conflicts: conflicts with \"a\" using v1:\n- .data.w\n- .data.x");
    QCOMPARE(ApiClient::at(refused, "details.causes[0].message"), "conflict with \"a\" using v1");
    const auto one = client.ask("PATCH", configMap + "?fieldManager=b", {data("x: \"2\""), applyType});
    QCOMPARE(ApiClient::at(one, "message"), "Apply failed with 1 conflict: conflict with \"a\" using v1: .data.x");
}

QTEST_APPLESS_MAIN(TstKubeApply)
#include "tst_kube_apply.moc"
