#include <QtTest>

#include "script.h"

#include "importers/importer.h"

using gatehouse::importers::ManifestImporter;
using gatehouse::model::Diagnostic;
using gatehouse::model::ResourceSet;
using gatehouse::model::Value;

namespace {

const std::string mergeType = "application/merge-patch+json";
const std::string route = paths::routes + "/web";

/// Imports one file of manifests, as the control loop does.
class Files {
public:
    const ResourceSet& read(const std::string& text)
    {
        result = importer.importTexts({{"site.yaml", text}});
        if (hasErrors(result.diagnostics))
            qFatal("%s", toString(result.diagnostics.front()).c_str());
        return *result.resources;
    }
    ManifestImporter importer;
    gatehouse::importers::ImportResult result;
};

std::string shopRoute(const std::string& more = {})
{
    return "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web, namespace: "
           "shop}\nspec: {parentRefs: [{name: gw}]" +
           more + "}\n";
}

} // namespace

/// What clients do not own: objects of files and those that Gatehouse makes; Namespaces; joining and restoring.
class TstKubeDefined : public QObject {
    Q_OBJECT

private slots:
    void filesAreShown();
    void filesWinOverWrites();
    void changedFilesGetANewGeneration();
    void filesThatAreReadAgainChangeNothing();
    void anAppliedObjectReturnsWhenTheFileIsGone();
    void joinWarnsOfWhatIsInBoth();
    void namespacesOfFilesAreAssumed();
    void derivedObjectsAreReadOnly();
    void derivedObjectsAreComparedByContent();
    void statusesAreWritten();
    void namespaces_data();
    void namespaces();
    void aNamespaceWaitsForFinalizers();
    void savesAndRestores();
    void restoreReportsWhatIsWrong();
    void manyObjectsAreCheap();
};

void TstKubeDefined::filesAreShown()
{
    ApiClient client;
    Files files;
    client.api.syncFiles(files.read(manifests::route("web", "  hostnames: [a.example]\n")));
    const Value shown = client.ask("GET", route);
    QCOMPARE(ApiClient::at(shown, "spec.hostnames[0]"), "a.example");
    QCOMPARE(ApiClient::at(shown, "metadata.generation"), "1");
    QCOMPARE(ApiClient::at(shown, "metadata.creationTimestamp"), "2026-01-02T03:04:05Z");
    QVERIFY(ApiClient::at(shown, "metadata.uid") != "-");
    client.api.syncFiles({});
    QCOMPARE(client.send("GET", route).status, std::uint16_t(404));
}

void TstKubeDefined::filesWinOverWrites()
{
    ApiClient client;
    Files files;
    client.api.syncFiles(files.read(manifests::route("web")));
    const QString warning = "HTTPRoute default/web is defined by site.yaml:1; the file wins";
    const ApiClient::Sent patch{R"({"spec":{"hostnames":["b.example"]}})", mergeType};
    const Script script{
        {"PATCH", route, patch, 200, {{"spec.hostnames", "-"}}, warning},
        {"PUT",
         route,
         {manifests::route("web", "  hostnames: [b.example]\n"), "application/yaml"},
         200,
         {{"spec.hostnames", "-"}},
         warning},
        {"POST", paths::routes, {manifests::route("web"), "application/yaml"}, 409, {{"reason", "AlreadyExists"}}, {}},
        {"DELETE",
         route,
         {},
         403,
         {{"reason", "Forbidden"},
          {"message",
           "httproutes.gateway.networking.k8s.io \"web\" is forbidden: it is defined by site.yaml:1; the file wins"}},
         {}},
        {"DELETE", paths::routes, {}, 200, {{"items", "[]"}}, {}},
        {"GET", route, {}, 200, {{"spec.hostnames", "-"}}, {}}};
    QVERIFY(runs(client, script));
    QVERIFY(!client.handle("PATCH", route, patch).changed);
}

void TstKubeDefined::changedFilesGetANewGeneration()
{
    ApiClient client;
    Files files;
    const auto watch = client.send("GET", paths::routes + "?watch=true");
    client.api.syncFiles(files.read(manifests::route("web")));
    const QString uid = client.get(route, "metadata.uid");
    client.api.syncFiles(files.read(manifests::route("web", "  hostnames: [a.example]\n")));
    QCOMPARE(client.get(route, "metadata.generation"), "2");
    QCOMPARE(client.get(route, "metadata.uid"), uid);
    QCOMPARE(client.events(*watch.watch), (QStringList{"ADDED web", "MODIFIED web"}));
    std::vector<Diagnostic> problems;
    const auto joined = client.api.join(*files.result.resources, problems);
    QCOMPARE(joined->httpRoutes.at({"default", "web"})->meta.generation, 2);
    QVERIFY(problems.empty());
}

void TstKubeDefined::filesThatAreReadAgainChangeNothing()
{
    ApiClient client;
    Files files, others;
    client.api.syncFiles(files.read(manifests::route("web")));
    const auto version = client.api.version();
    client.api.syncFiles(*files.result.resources);
    client.api.syncFiles(others.read("# moved by a line\n" + manifests::route("web")));
    QCOMPARE(client.api.version(), version);
    // The place of the object is nevertheless the new one.
    client.send("PATCH", route, {"{}", mergeType});
    QCOMPARE(client.last.warnings,
             std::vector<std::string>{"HTTPRoute default/web is defined by site.yaml:2; the file wins"});
}

void TstKubeDefined::anAppliedObjectReturnsWhenTheFileIsGone()
{
    ApiClient client;
    Files files;
    client.create(paths::routes, manifests::route("web", "  hostnames: [applied.example]\n"));
    client.api.syncFiles(files.read(manifests::route("web", "  hostnames: [file.example]\n")));
    QCOMPARE(client.get(route, "spec.hostnames[0]"), "file.example");
    client.api.syncFiles({});
    QCOMPARE(client.get(route, "spec.hostnames[0]"), "applied.example");
    QCOMPARE(client.send("DELETE", route).status, std::uint16_t(200));
}

void TstKubeDefined::joinWarnsOfWhatIsInBoth()
{
    ApiClient client;
    Files files;
    client.create(paths::routes, manifests::route("web", "  hostnames: [applied.example]\n"));
    client.create(paths::routes, manifests::route("other"));
    for (const bool synced : {false, true}) {
        if (synced)
            client.api.syncFiles(files.read(manifests::route("web", "  hostnames: [file.example]\n")));
        else
            files.read(manifests::route("web", "  hostnames: [file.example]\n"));
        std::vector<Diagnostic> problems;
        const auto joined = client.api.join(*files.result.resources, problems);
        QCOMPARE(joined->httpRoutes.size(), std::size_t(2));
        QCOMPARE(joined->httpRoutes.at({"default", "web"})->document,
                 files.result.resources->httpRoutes.at({"default", "web"})->document);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(toString(problems[0])),
                 "<kube-api>: warning GH1310 HTTPRoute default/web: the object was applied, and is also defined at "
                 "site.yaml:1:1; the file "
                 "wins; delete one of the two");
    }
}

void TstKubeDefined::namespacesOfFilesAreAssumed()
{
    ApiClient client;
    Files files;
    QCOMPARE(client.get("/api/v1/namespaces/default", "status.phase"), "Active");
    QCOMPARE(client.get("/api/v1/namespaces/kube-system", "metadata.labels.'kubernetes.io/metadata.name'"),
             "kube-system");
    client.api.syncFiles(files.read(shopRoute()));
    QCOMPARE(client.get("/api/v1/namespaces/shop", "status.phase"), "Active");
    client.create("/api/v1/namespaces/shop/configmaps", manifests::configMap("c"));
    client.api.syncFiles({});
    QCOMPARE(client.send("GET", "/api/v1/namespaces/shop").status, std::uint16_t(200)); // the ConfigMap is in it
    client.send("DELETE", "/api/v1/namespaces/shop/configmaps/c");
    client.api.syncFiles({});
    QCOMPARE(client.send("GET", "/api/v1/namespaces/shop").status, std::uint16_t(404));
    // What is assumed is not what a client wrote, until one does.
    QCOMPARE(client.api.applied().size(), std::size_t(0));
    client.send("PATCH", "/api/v1/namespaces/default", {R"({"metadata":{"labels":{"a":"b"}}})", mergeType});
    std::vector<Diagnostic> problems;
    QCOMPARE(client.api.join({}, problems)->namespaces.at({"", "default"})->meta.labels.at("a"), std::string("b"));
}

void TstKubeDefined::derivedObjectsAreReadOnly()
{
    ApiClient client;
    const Value pod = ApiClient::yaml("apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: "
                                      "{containers: [{name: c}]}\nstatus: {phase: Running}\n");
    client.api.syncDerived({pod});
    const Script script{
        {"GET", paths::pods + "/p", {}, 200, {{"status.phase", "Running"}, {"metadata.generation", "1"}}, {}},
        {"PATCH",
         paths::pods + "/p",
         {R"({"metadata":{"labels":{"a":"b"}}})", mergeType},
         403,
         {{"reason", "Forbidden"}},
         {}},
        {"PATCH", paths::pods + "/p/status", {R"({"status":{"phase":"Failed"}})", mergeType}, 403, {}, {}},
        {"DELETE",
         paths::pods + "/p",
         {},
         403,
         {{"message",
           "pods \"p\" is forbidden: Gatehouse makes this object itself; delete the object that it is made for"}},
         {}}};
    QVERIFY(runs(client, script));
    std::vector<Diagnostic> problems;
    QVERIFY(client.api.join({}, problems)->pods.empty());
}

void TstKubeDefined::derivedObjectsAreComparedByContent()
{
    ApiClient client;
    const auto pod = [](const char* phase) {
        return ApiClient::yaml(std::string("apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: "
                                           "{containers: [{name: c}]}\nstatus: {phase: ") +
                               phase + "}\n");
    };
    const auto watch = client.send("GET", paths::pods + "?watch=true");
    client.api.syncDerived({pod("Pending")});
    const QString uid = client.get(paths::pods + "/p", "metadata.uid");
    const auto version = client.api.version();
    client.api.syncDerived({pod("Pending")});
    QCOMPARE(client.api.version(), version);
    client.api.syncDerived({pod("Running")});
    QCOMPARE(client.get(paths::pods + "/p", "metadata.uid"), uid);
    QCOMPARE(client.get(paths::pods + "/p", "metadata.generation"), "1");
    client.api.syncDerived({});
    QCOMPARE(client.events(*watch.watch), (QStringList{"ADDED p", "MODIFIED p", "DELETED p"}));
}

void TstKubeDefined::statusesAreWritten()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    const gatehouse::model::ObjectKey key{"gateway.networking.k8s.io", "HTTPRoute", {"default", "web"}};
    Value status = Value::object();
    status.set("parents", Value::array());
    gatehouse::model::Statuses statuses;
    const auto shared = std::make_shared<const Value>(status);
    statuses[key] = shared;
    statuses[{"gateway.networking.k8s.io", "HTTPRoute", {"default", "gone"}}] = shared;
    client.api.writeStatuses(statuses);
    QCOMPARE(client.get(route, "status.parents"), "[]");
    QCOMPARE(client.get(route, "metadata.generation"), "1");
    const auto version = client.api.version();
    statuses = {};
    statuses[key] = std::make_shared<const Value>(status);
    client.api.writeStatuses(statuses);
    QCOMPARE(client.api.version(), version);
    client.send("PATCH", route, {R"({"spec":{"hostnames":["a.example"]}})", mergeType});
    QCOMPARE(client.get(route, "status.parents"), "[]");
}

void TstKubeDefined::namespaces_data()
{
    QTest::addColumn<Script>("script");
    const std::string shop = "/api/v1/namespaces/shop";
    const Step made{"POST",
                    "/api/v1/namespaces",
                    {"apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "application/yaml"},
                    201,
                    {{"status.phase", "Active"},
                     {"metadata.labels.'kubernetes.io/metadata.name'", "shop"},
                     {"spec.finalizers[0]", "kubernetes"}},
                    {}};
    const Step content{"POST",
                       shop + "/configmaps",
                       {manifests::configMap("c"), "application/yaml"},
                       201,
                       {{"metadata.namespace", "shop"}},
                       {}};
    QTest::newRow("a namespace is needed and then there")
        << Script{made, content, {"GET", shop + "/configmaps/c", {}, 200, {}, {}}};
    QTest::newRow("deleting it removes what is in it") << Script{made,
                                                                 content,
                                                                 {"DELETE", shop, {}, 200, {{"status", "Success"}}, {}},
                                                                 {"GET", shop, {}, 404, {}, {}},
                                                                 {"GET", shop + "/configmaps/c", {}, 404, {}, {}}};
    QTest::newRow("default stays") << Script{
        {"DELETE",
         "/api/v1/namespaces/default",
         {},
         403,
         {{"message", "namespaces \"default\" is forbidden: this namespace may not be deleted"}},
         {}}};
    QTest::newRow("its label cannot be taken away")
        << Script{made,
                  {"PATCH",
                   shop,
                   {R"({"metadata":{"labels":null}})", mergeType},
                   200,
                   {{"metadata.labels.'kubernetes.io/metadata.name'", "shop"}},
                   {}}};
    QTest::newRow("its name is a label") << Script{
        {"POST", "/api/v1/namespaces", {R"({"metadata":{"name":"a.b"}})", "application/json"}, 422, {}, {}}};
}

void TstKubeDefined::namespaces()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

void TstKubeDefined::aNamespaceWaitsForFinalizers()
{
    ApiClient client;
    client.create("/api/v1/namespaces", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    const std::string configMaps = "/api/v1/namespaces/shop/configmaps";
    client.create(configMaps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, finalizers: [example.com/f]}\n");
    QCOMPARE(ApiClient::at(client.ask("DELETE", "/api/v1/namespaces/shop"), "status.phase"), "Terminating");
    QVERIFY(client.get(configMaps + "/c", "metadata.deletionTimestamp") != "-");
    client.send("POST", configMaps, {manifests::configMap("d"), "application/yaml"});
    QCOMPARE(client.last.status, std::uint16_t(403));
    client.send("PATCH", configMaps + "/c", {R"({"metadata":{"finalizers":[]}})", mergeType});
    QCOMPARE(client.send("GET", "/api/v1/namespaces/shop").status, std::uint16_t(404));
}

void TstKubeDefined::savesAndRestores()
{
    ApiClient client, second;
    client.create("/api/v1/namespaces", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {a: b}}\n");
    client.create("/api/v1/namespaces/shop/configmaps", manifests::configMap("c"));
    client.create(paths::gateways, manifests::gateway);
    const std::vector<Value> saved = client.api.applied();
    QCOMPARE(saved.size(), std::size_t(3));
    for (const Value& object : saved) {
        QCOMPARE(ApiClient::at(object, "status"), "-");
        QCOMPARE(ApiClient::at(object, "metadata.uid"), "-");
        QCOMPARE(ApiClient::at(object, "metadata.managedFields"), "-");
    }
    std::vector<Diagnostic> problems;
    second.api.restore({saved.rbegin(), saved.rend()}, problems);
    QVERIFY(problems.empty());
    QVERIFY(second.api.applied() == saved);
    QCOMPARE(second.get("/api/v1/namespaces/shop", "metadata.labels.a"), "b");
}

void TstKubeDefined::restoreReportsWhatIsWrong()
{
    ApiClient client;
    std::vector<Diagnostic> problems;
    client.api.restore({ApiClient::yaml("apiVersion: example.com/v1\nkind: Wonder\nmetadata: {name: w}\n"),
                        ApiClient::yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name}\n"),
                        ApiClient::yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n")},
                       problems);
    QCOMPARE(problems.size(), std::size_t(2));
    QCOMPARE(problems[0].code, std::string("GH1311"));
    QCOMPARE(client.api.applied().size(), std::size_t(1));
}

/// A write among thousands of objects costs what it costs among ten.
void TstKubeDefined::manyObjectsAreCheap()
{
    ApiClient few, many;
    for (int i = 0; i < 10; ++i)
        few.create(paths::routes, manifests::route("r" + std::to_string(i)));
    for (int i = 0; i < 2000; ++i)
        many.create(paths::routes, manifests::route("r" + std::to_string(i)));
    for (int i = 0; i < 1000; ++i)
        many.send("GET", paths::secrets + "?watch=true");
    int patches = 0;
    const auto costOf = [&patches](ApiClient& client) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            client.handle("PATCH", paths::routes + "/r1",
                          {R"({"spec":{"hostnames":["h)" + std::to_string(++patches) + R"(.example"]}})", mergeType});
        return timer.nsecsElapsed() / 20;
    };
    // The best of many turns: others use the machine as well.
    auto small = costOf(few), large = costOf(many);
    for (int turn = 0; turn < 10; ++turn) {
        small = std::min(small, costOf(few));
        large = std::min(large, costOf(many));
    }
    qInfo("a patch: %lld us among 10 objects, %lld us among 2,000 with 1,000 watches of another kind",
          static_cast<long long>(small / 1000), static_cast<long long>(large / 1000));
    QVERIFY(large < 5 * small); // a scan of the objects would make it many times slower
}

QTEST_APPLESS_MAIN(TstKubeDefined)
#include "tst_kube_defined.moc"
