#include <QtTest>

#include "script.h"

using gatehouse::importers::ApiResponse;
using gatehouse::model::Value;

namespace {

const std::string mergePatch = "application/merge-patch+json";
const std::string yaml = "application/yaml";
const std::string json = "application/json";
const std::string route = paths::routes + "/web";

Step post(const std::string& target, const std::string& manifest, int status = 201)
{
    return {"POST", target, {manifest, yaml}, status, {}, {}};
}

Step postRoute()
{
    return post(paths::routes, manifests::route("web"));
}

/// {"data":{"k1":"v",...}}, the last first, so that nothing stands where it stood before.
std::string manyKeys(int count)
{
    std::string text = R"({"data":{)";
    for (int i = count; i > 0; --i)
        text += "\"k" + std::to_string(i) + "\":\"v\"" + (i > 1 ? "," : "");
    return text + "}}";
}

} // namespace

/// Create, read, replace, merge-patch and delete: what clients own.
class TstKubeWrites : public QObject {
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void createSetsWhatServersSet();
    void generationRisesWithTheSpecOnly();
    void aWriteThatChangesNothingKeepsTheVersion();
    void outcomeTellsWhetherTheDataPlaneIsConcerned();
    void finishShowsTheObjectAsItIsThen();
    void aSecretIsNeverQuoted();
};

void TstKubeWrites::answers_data()
{
    QTest::addColumn<Script>("script");

    QTest::newRow("a created object is read back")
        << Script{postRoute(),
                  {"GET",
                   route,
                   {},
                   200,
                   {{"kind", "HTTPRoute"}, {"metadata.name", "web"}, {"spec.parentRefs[0].name", "gw"}},
                   {}}};
    QTest::newRow("what nobody made is NotFound, in kubectl's words")
        << Script{{"GET",
                   route,
                   {},
                   404,
                   {{"reason", "NotFound"},
                    {"code", "404"},
                    {"status", "Failure"},
                    {"kind", "Status"},
                    {"message", "httproutes.gateway.networking.k8s.io \"web\" not found"},
                    {"details.name", "web"},
                    {"details.group", "gateway.networking.k8s.io"},
                    {"details.kind", "httproutes"}},
                   {}}};
    QTest::newRow("a core object is named without a group")
        << Script{{"GET", paths::pods + "/x", {}, 404, {{"message", "pods \"x\" not found"}}, {}}};
    QTest::newRow("an unknown resource is NotFound")
        << Script{{"GET",
                   "/apis/gateway.networking.k8s.io/v1/wonders",
                   {},
                   404,
                   {{"message", "the server could not find the requested resource"}},
                   {}}};
    QTest::newRow("a namespaced object without its namespace is no path")
        << Script{{"GET", "/api/v1/pods/x", {}, 404, {{"reason", "NotFound"}}, {}}};
    QTest::newRow("creating twice is AlreadyExists") << Script{
        postRoute(),
        {"POST",
         paths::routes,
         {manifests::route("web"), yaml},
         409,
         {{"reason", "AlreadyExists"}, {"message", "httproutes.gateway.networking.k8s.io \"web\" already exists"}},
         {}}};
    QTest::newRow("creating in a namespace that is not there is NotFound")
        << Script{{"POST",
                   "/api/v1/namespaces/shop/configmaps",
                   {manifests::configMap("c"), yaml},
                   404,
                   {{"message", "namespaces \"shop\" not found"}},
                   {}}};
    QTest::newRow("the namespace in the body must be the path's") << Script{
        {"POST",
         paths::configMaps,
         {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: other}\n", yaml},
         400,
         {{"reason", "BadRequest"},
          {"message", "the namespace of the provided object does not match the namespace sent on the request"}},
         {}}};
    QTest::newRow("the apiVersion in the body must be the path's")
        << Script{{"POST",
                   paths::routes,
                   {"apiVersion: v1\nkind: HTTPRoute\nmetadata: {name: c}\n", yaml},
                   400,
                   {{"message", "the API version in the data (v1) does not match the expected API version "
                                "(gateway.networking.k8s.io/v1)"}},
                   {}}};
    QTest::newRow("the kind in the body must be the path's")
        << Script{{"POST",
                   paths::configMaps,
                   {"apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n", yaml},
                   400,
                   {{"reason", "BadRequest"}},
                   {}}};
    QTest::newRow("a name is needed") << Script{{"POST",
                                                 paths::configMaps,
                                                 {"apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", yaml},
                                                 422,
                                                 {{"reason", "Invalid"}, {"details.causes[0].field", "metadata.name"}},
                                                 {}}};
    QTest::newRow("a bad name is Invalid")
        << Script{{"POST",
                   paths::configMaps,
                   {manifests::configMap("Bad_Name"), yaml},
                   422,
                   {{"reason", "Invalid"}, {"details.causes[0].field", "metadata.name"}, {"details.kind", "ConfigMap"}},
                   {}}};
    QTest::newRow("a schema error is Invalid, with its cause") << Script{
        {"POST",
         paths::gateways,
         {"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {gatewayClassName: c, "
          "listeners: [{name: a, port: 70000, protocol: HTTP}]}\n",
          yaml},
         422,
         {{"reason", "Invalid"},
          {"details.name", "gw"},
          {"details.kind", "Gateway"},
          {"details.causes[0].reason", "FieldValueInvalid"},
          {"details.causes[0].field", "spec.listeners[0].port"}},
         {}}};
    QTest::newRow("a rule between fields is checked as well") << Script{
        {"POST",
         paths::gateways,
         {"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {gatewayClassName: c, "
          "listeners: [{name: a, port: 80, protocol: HTTP, tls: {mode: Terminate}}]}\n",
          yaml},
         422,
         {{"details.causes[0].field", "spec.listeners[0].tls"}},
         {}}};
    QTest::newRow("a missing field is FieldValueRequired")
        << Script{{"POST",
                   paths::gateways,
                   {"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: "
                    "{gatewayClassName: c}\n",
                    yaml},
                   422,
                   {{"details.causes[0].reason", "FieldValueRequired"}, {"details.causes[0].field", "spec.listeners"}},
                   {}}};
    QTest::newRow("defaults are filled in") << Script{
        post(paths::gateways, manifests::gateway),
        {"GET", paths::gateways + "/gw", {}, 200, {{"spec.listeners[0].allowedRoutes.namespaces.from", "Same"}}, {}}};
    QTest::newRow("an unknown field is pruned with a warning")
        << Script{{"POST",
                   paths::routes,
                   {manifests::route("web", "  hostnme: x\n"), yaml},
                   201,
                   {{"spec.hostnme", "-"}},
                   "unknown field \"spec.hostnme\""}};
    QTest::newRow("an unknown field is pruned in silence under Ignore")
        << Script{{"POST",
                   paths::routes + "?fieldValidation=Ignore",
                   {manifests::route("web", "  hostnme: x\n"), yaml},
                   201,
                   {{"spec.hostnme", "-"}},
                   {}}};
    QTest::newRow("an unknown field is refused under Strict, in kubectl's words")
        << Script{{"POST",
                   paths::routes + "?fieldValidation=Strict",
                   {manifests::route("web", "  hostnme: x\n"), yaml},
                   400,
                   {{"reason", "BadRequest"},
                    {"message", "HTTPRoute in version \"v1\" cannot be handled as a HTTPRoute: strict decoding error: "
                                "unknown field \"spec.hostnme\""}},
                   {}},
                  {"GET", route, {}, 404, {}, {}}};
    QTest::newRow("a status that is sent with a create is not taken; the CRD's default is")
        << Script{post(paths::gateways, manifests::gateway + "status: {addresses: [{value: 1.2.3.4}]}\n"),
                  {"GET",
                   paths::gateways + "/gw",
                   {},
                   200,
                   {{"status.addresses", "-"},
                    {"status.conditions[0].type", "Accepted"},
                    {"status.conditions[0].status", "Unknown"},
                    {"status.conditions[0].reason", "Pending"},
                    {"status.conditions[0].lastTransitionTime", "1970-01-01T00:00:00Z"},
                    {"status.conditions[1].type", "Programmed"}},
                   {}}};
    QTest::newRow("a GatewayClass begins with Accepted alone")
        << Script{post(paths::classes, "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: "
                                       "c}\nspec: {controllerName: example.com/c}\n"),
                  {"GET",
                   paths::classes + "/c",
                   {},
                   200,
                   {{"status.conditions[0].type", "Accepted"}, {"status.conditions[1]", "-"}},
                   {}}};
    QTest::newRow("an immutable field may not change")
        << Script{post(paths::classes, "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: "
                                       "c}\nspec: {controllerName: example.com/c}\n"),
                  {"PATCH",
                   paths::classes + "/c",
                   {R"({"spec":{"controllerName":"example.com/d"}})", mergePatch},
                   422,
                   {{"reason", "Invalid"}, {"details.causes[0].field", "spec.controllerName"}},
                   {}},
                  {"PATCH",
                   paths::classes + "/c",
                   {R"({"spec":{"description":"x"}})", mergePatch},
                   200,
                   {{"metadata.generation", "2"}},
                   {}}};
    QTest::newRow("generateName makes a name")
        << Script{{"POST",
                   paths::configMaps,
                   {"apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: made-}\n", yaml},
                   201,
                   {{"metadata.generateName", "made-"}},
                   {}}};
    QTest::newRow("a merge patch merges objects, replaces lists and removes by null") << Script{
        post(paths::configMaps,
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, labels: {x: z}}\ndata: {a: \"1\", b: \"2\"}\n"),
        {"PATCH",
         paths::configMaps + "/c",
         {R"({"data":{"a":null,"c":"3"}})", mergePatch},
         200,
         {{"data.a", "-"}, {"data.b", "2"}, {"data.c", "3"}, {"metadata.labels.x", "z"}},
         {}}};
    QTest::newRow("replacing takes the whole object")
        << Script{post(paths::configMaps, manifests::configMap("c")),
                  {"PUT",
                   paths::configMaps + "/c",
                   {R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"z":"9"}})", json},
                   200,
                   {{"data.a", "-"}, {"data.z", "9"}},
                   {}}};
    QTest::newRow("replacing what is not there is NotFound")
        << Script{{"PUT", paths::configMaps + "/c", {manifests::configMap("c"), yaml}, 404, {}, {}}};
    QTest::newRow("replacing by another name is refused")
        << Script{post(paths::configMaps, manifests::configMap("c")),
                  {"PUT",
                   paths::configMaps + "/c",
                   {manifests::configMap("d"), yaml},
                   400,
                   {{"message", "the name of the object (d) does not match the name on the URL (c)"}},
                   {}}};
    QTest::newRow("an old resourceVersion is a Conflict") << Script{
        post(paths::configMaps, manifests::configMap("c")),
        {"PATCH",
         paths::configMaps + "/c",
         {R"({"metadata":{"resourceVersion":"1"},"data":{"a":"2"}})", mergePatch},
         409,
         {{"reason", "Conflict"},
          {"message",
           "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your "
           "changes to the latest version and try again"}},
         {}}};
    QTest::newRow("another uid is a Conflict") << Script{post(paths::configMaps, manifests::configMap("c")),
                                                         {"PATCH",
                                                          paths::configMaps + "/c",
                                                          {R"({"metadata":{"uid":"other"}})", mergePatch},
                                                          409,
                                                          {{"reason", "Conflict"}},
                                                          {}}};
    QTest::newRow("a delete says Success with the object's uid")
        << Script{post(paths::configMaps, manifests::configMap("c")),
                  {"DELETE",
                   paths::configMaps + "/c",
                   {},
                   200,
                   {{"kind", "Status"}, {"status", "Success"}, {"details.name", "c"}, {"details.kind", "configmaps"}},
                   {}},
                  {"GET", paths::configMaps + "/c", {}, 404, {}, {}}};
    QTest::newRow("definitions are built in: applying them changes nothing")
        << Script{{"GET",
                   "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io",
                   {},
                   200,
                   {{"spec.names.kind", "Gateway"}},
                   {}},
                  {"PATCH",
                   "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io",
                   {R"({"spec":{"names":{"kind":"Other"}}})", mergePatch},
                   200,
                   {{"spec.names.kind", "Gateway"}},
                   "CustomResourceDefinition gateways.gateway.networking.k8s.io is built in; it stays as it is"},
                  {"DELETE",
                   "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io",
                   {},
                   403,
                   {},
                   {}},
                  {"POST",
                   "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                   {R"({"metadata":{"name":"gateways.gateway.networking.k8s.io"}})", json},
                   409,
                   {{"reason", "AlreadyExists"}},
                   {}},
                  {"POST",
                   "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                   {R"({"metadata":{"name":"wonders.example.com"}})", json},
                   403,
                   {{"reason", "Forbidden"}},
                   {}}};
    QTest::newRow("a ConfigMap of many keys is compared and merged in reasonable time")
        << Script{post(paths::configMaps, manifests::configMap("c")),
                  {"PATCH", paths::configMaps + "/c", {manyKeys(20'000), mergePatch}, 200, {{"data.k20000", "v"}}, {}},
                  {"PATCH", paths::configMaps + "/c", {manyKeys(19'999), mergePatch}, 200, {}, {}}};
    QTest::newRow("a delete of what is not there is NotFound")
        << Script{{"DELETE", paths::configMaps + "/c", {}, 404, {}, {}}};
    QTest::newRow("a delete with another uid is a Conflict")
        << Script{post(paths::configMaps, manifests::configMap("c")),
                  {"DELETE",
                   paths::configMaps + "/c",
                   {R"({"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"x"}})", json},
                   409,
                   {{"reason", "Conflict"}},
                   {}},
                  {"DELETE",
                   paths::configMaps + "/c",
                   {R"({"propagationPolicy":"Background","gracePeriodSeconds":0})", json},
                   200,
                   {},
                   {}}};
    QTest::newRow("finalizers keep an object until they are gone") << Script{
        post(paths::configMaps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, finalizers: [example.com/f]}\n"),
        {"DELETE", paths::configMaps + "/c", {}, 200, {{"metadata.deletionTimestamp", "2026-01-02T03:04:05Z"}}, {}},
        {"GET", paths::configMaps + "/c", {}, 200, {{"metadata.finalizers[0]", "example.com/f"}}, {}},
        {"PATCH", paths::configMaps + "/c", {R"({"metadata":{"finalizers":null}})", mergePatch}, 200, {}, {}},
        {"GET", paths::configMaps + "/c", {}, 404, {}, {}}};
    QTest::newRow("deletecollection takes what the selector names")
        << Script{post(paths::configMaps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {app: x}}\n"),
                  post(paths::configMaps, manifests::configMap("b")),
                  {"DELETE",
                   paths::configMaps + "?labelSelector=app%3Dx",
                   {},
                   200,
                   {{"items[0].metadata.name", "a"}, {"items[1]", "-"}},
                   {}},
                  {"GET", paths::configMaps, {}, 200, {{"items[0].metadata.name", "b"}, {"items[1]", "-"}}, {}}};
    QTest::newRow("dryRun=All answers and keeps nothing")
        << Script{{"POST",
                   paths::configMaps + "?dryRun=All",
                   {manifests::configMap("c"), yaml},
                   201,
                   {{"metadata.name", "c"}},
                   {}},
                  {"GET", paths::configMaps + "/c", {}, 404, {}, {}},
                  post(paths::configMaps, manifests::configMap("c")),
                  {"PATCH",
                   paths::configMaps + "/c?dryRun=All",
                   {R"({"data":{"a":"2"}})", mergePatch},
                   200,
                   {{"data.a", "2"}},
                   {}},
                  {"DELETE", paths::configMaps + "/c?dryRun=All", {}, 200, {{"status", "Success"}}, {}},
                  {"GET", paths::configMaps + "/c", {}, 200, {{"data.a", "1"}}, {}}};
    QTest::newRow("dryRun knows All alone") << Script{{"POST",
                                                       paths::configMaps + "?dryRun=Some",
                                                       {manifests::configMap("c"), yaml},
                                                       400,
                                                       {{"reason", "BadRequest"}},
                                                       {}}};
    QTest::newRow("the status subresource changes status alone")
        << Script{postRoute(),
                  {"PATCH",
                   route + "/status",
                   {R"({"spec":{"hostnames":["a.example"]},"status":{"parents":[]}})", mergePatch},
                   200,
                   {{"status.parents", "[]"}, {"spec.hostnames", "-"}, {"metadata.generation", "1"}},
                   {}},
                  {"PATCH",
                   route,
                   {R"({"spec":{"hostnames":["a.example"]},"status":{"parents":[{}]}})", mergePatch},
                   200,
                   {{"status.parents", "[]"}, {"spec.hostnames[0]", "a.example"}, {"metadata.generation", "2"}},
                   {}},
                  {"GET", route + "/status", {}, 200, {{"status.parents", "[]"}}, {}}};
    QTest::newRow("a kind without status has no such subresource") << Script{
        post(paths::configMaps, manifests::configMap("c")), {"GET", paths::configMaps + "/c/status", {}, 404, {}, {}}};
    QTest::newRow("an object is there in every served version")
        << Script{postRoute(),
                  {"GET",
                   "/apis/gateway.networking.k8s.io/v1beta1/namespaces/default/httproutes/web",
                   {},
                   200,
                   {{"apiVersion", "gateway.networking.k8s.io/v1beta1"}},
                   {}},
                  {"PATCH",
                   "/apis/gateway.networking.k8s.io/v1beta1/namespaces/default/httproutes/web",
                   {R"({"spec":{"hostnames":["a.example"]}})", mergePatch},
                   200,
                   {{"apiVersion", "gateway.networking.k8s.io/v1beta1"}},
                   "HTTPRoute of gateway.networking.k8s.io/v1beta1 is an old version; it is read as "
                   "gateway.networking.k8s.io/v1; "
                   "write apiVersion: gateway.networking.k8s.io/v1"},
                  {"GET",
                   route,
                   {},
                   200,
                   {{"apiVersion", "gateway.networking.k8s.io/v1"}, {"spec.hostnames[0]", "a.example"}},
                   {}}};
    QTest::newRow("a Secret's stringData moves into data")
        << Script{{"POST",
                   paths::secrets,
                   {"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: hello}\n", yaml},
                   201,
                   {{"data.k", "aGVsbG8="}, {"stringData", "-"}, {"type", "Opaque"}},
                   {}}};
    QTest::newRow("an immutable ConfigMap keeps its data") << Script{
        post(paths::configMaps, manifests::configMap("c", "immutable: true\n")),
        {"PATCH",
         paths::configMaps + "/c",
         {R"({"data":{"a":"2"}})", mergePatch},
         422,
         {{"details.causes[0].field", "data"}},
         {}},
        {"PATCH", paths::configMaps + "/c", {R"({"metadata":{"labels":{"x":"y"}}})", mergePatch}, 200, {}, {}}};
    QTest::newRow("a Deployment has a Scale") << Script{
        post(paths::deployments,
             "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, "
             "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c}]}}}\n"),
        {"GET",
         paths::deployments + "/d/scale",
         {},
         200,
         {{"kind", "Scale"}, {"spec.replicas", "1"}, {"status.selector", "a=b"}},
         {}},
        {"PATCH",
         paths::deployments + "/d/scale",
         {R"({"spec":{"replicas":3}})", mergePatch},
         200,
         {{"kind", "Scale"}, {"spec.replicas", "3"}},
         {}},
        {"GET", paths::deployments + "/d", {}, 200, {{"spec.replicas", "3"}, {"metadata.generation", "2"}}, {}},
        {"PUT",
         paths::deployments + "/d/scale",
         {R"({"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"d"},"spec":{"replicas":-1}})", json},
         422,
         {},
         {}}};
    QTest::newRow("kinds without a schema are kept as they are") << Script{
        {"POST",
         "/apis/coordination.k8s.io/v1/namespaces/default/leases",
         {R"({"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"},"spec":{"holderIdentity":"me"}})",
          json},
         201,
         {{"spec.holderIdentity", "me"}},
         {}},
        {"PATCH",
         "/apis/coordination.k8s.io/v1/namespaces/default/leases/l",
         {R"({"spec":{"holderIdentity":"you"}})", mergePatch},
         200,
         {{"spec.holderIdentity", "you"}},
         {}}};
}

void TstKubeWrites::answers()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

void TstKubeWrites::createSetsWhatServersSet()
{
    ApiClient client;
    const Value made = client.create(paths::routes, manifests::route("web", "  hostnames: [a.example]\n"));
    const QString uid = ApiClient::at(made, "metadata.uid");
    QVERIFY(uid.startsWith("00000000-0000-4000-8000-"));
    QCOMPARE(ApiClient::at(made, "metadata.creationTimestamp"), "2026-01-02T03:04:05Z");
    QCOMPARE(ApiClient::at(made, "metadata.generation"), "1");
    QCOMPARE(ApiClient::at(made, "metadata.namespace"), "default");
    QCOMPARE(ApiClient::at(made, "metadata.resourceVersion"), QString::number(client.api.version()));

    std::vector<gatehouse::model::Diagnostic> problems;
    const auto joined = client.api.join({}, problems);
    QVERIFY(problems.empty());
    const auto& route = joined->httpRoutes.at({"default", "web"});
    QCOMPARE(route->meta.uid, uid.toStdString());
    QVERIFY(route->meta.creationTimestamp.has_value());
    QCOMPARE(route->meta.generation, 1);
}

void TstKubeWrites::generationRisesWithTheSpecOnly()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    const auto patched = [&](const char* patch) {
        return ApiClient::at(client.ask("PATCH", route, {patch, mergePatch}), "metadata.generation");
    };
    QCOMPARE(patched(R"({"metadata":{"labels":{"a":"b"}}})"), "1");
    QCOMPARE(patched(R"({"spec":{"hostnames":["a.example"]}})"), "2");
    QCOMPARE(patched(R"({"metadata":{"annotations":{"a":"b"}},"spec":{"hostnames":["b.example"]}})"), "3");
    QCOMPARE(patched(R"({"metadata":{"generation":9}})"), "3");

    std::vector<gatehouse::model::Diagnostic> problems;
    const auto joined = client.api.join({}, problems);
    const auto& resource = joined->httpRoutes.at({"default", "web"});
    QCOMPARE(resource->meta.generation, 3);
    QCOMPARE(resource->meta.labels.at("a"), std::string("b"));
}

void TstKubeWrites::aWriteThatChangesNothingKeepsTheVersion()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    const auto before = client.api.version();
    const auto outcome = client.handle("PATCH", route, {R"({"spec":{"parentRefs":[{"name":"gw"}]}})", mergePatch});
    QCOMPARE(outcome.response.status, std::uint16_t(200));
    QVERIFY(!outcome.changed);
    QCOMPARE(client.api.version(), before);
}

void TstKubeWrites::outcomeTellsWhetherTheDataPlaneIsConcerned()
{
    ApiClient client;
    const ApiClient::Sent body{manifests::route("web"), yaml};
    QVERIFY(!client.handle("POST", paths::routes + "?dryRun=All", body).changed);
    const auto created = client.handle("POST", paths::routes, body);
    QVERIFY(created.changed);
    QVERIFY(created.written.has_value());
    QCOMPARE(created.written->resource, std::string("httproutes"));
    QCOMPARE(created.written->name, std::string("web"));
    QVERIFY(!client.handle("GET", route).changed);
    QVERIFY(!client.handle("PATCH", route + "/status", {R"({"status":{"parents":[]}})", mergePatch}).changed);
    QVERIFY(!client
                 .handle("POST", "/api/v1/namespaces/default/events",
                         {R"({"metadata":{"name":"e"},"reason":"Tested"})", json})
                 .changed);
    QVERIFY(client.handle("DELETE", route).changed);
}

void TstKubeWrites::finishShowsTheObjectAsItIsThen()
{
    ApiClient client;
    auto outcome = client.handle("POST", paths::gateways, {manifests::gateway, yaml});
    Value status = Value::object();
    status.set("phase", "Told");
    gatehouse::model::Statuses statuses;
    statuses[{"gateway.networking.k8s.io", "Gateway", {"default", "gw"}}] = std::make_shared<const Value>(status);
    client.api.writeStatuses(statuses);
    const ApiResponse response = client.api.finish(std::move(outcome));
    QCOMPARE(response.status, std::uint16_t(201));
    const Value shown = ApiClient::parse(response.body);
    QCOMPARE(ApiClient::at(shown, "status.phase"), "Told");
    QCOMPARE(ApiClient::at(shown, "metadata.resourceVersion"), QString::number(client.api.version()));
}

void TstKubeWrites::aSecretIsNeverQuoted()
{
    ApiClient client;
    client.send("POST", paths::secrets, {R"({"metadata":{"name":"s"},"data":{"k":"hunter2!"}})", json});
    QCOMPARE(client.last.status, std::uint16_t(422));
    QVERIFY(client.last.body.find("hunter2") == std::string::npos);
    client.send("POST", paths::secrets, {R"({"metadata":{"name":"s"},"data":"hunter2","type":{"hunter2":"x"}})", json});
    QCOMPARE(client.last.status, std::uint16_t(422));
    QVERIFY(client.last.body.find("\"hunter2") == std::string::npos);
}

QTEST_APPLESS_MAIN(TstKubeWrites)
#include "tst_kube_writes.moc"
