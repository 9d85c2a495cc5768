#include <QtTest>

#include "script.h"

#include "importers/importer.h"

#include <map>
#include <random>

using gatehouse::importers::ManifestImporter;
using gatehouse::model::Diagnostic;
using gatehouse::model::Resource;
using gatehouse::model::ResourceSet;
using gatehouse::model::Value;

namespace {

/// Everything in a set and what is said of it, as text.
std::string textOf(const ResourceSet& set, const std::vector<Diagnostic>& problems)
{
    std::string text;
    set.forEach([&](const Resource& resource) {
        text += toString(resource.key) + ' ' + std::to_string(resource.meta.generation) + ' ' +
                (resource.document ? gatehouse::importers::toJson(*resource.document, 0) : std::string()) + '\n';
    });
    for (const Diagnostic& problem : problems)
        text += toString(problem) + '\n';
    return text;
}

struct Kind {
    const char* collection;
    const char* head; ///< apiVersion and kind
    const char* spec; ///< with %1 for what changes
};
const std::vector<Kind> kinds = {
    {"/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes",
     "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n", "spec: {hostnames: [h%1.test]}\n"},
    {"/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways",
     "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n",
     "spec: {gatewayClassName: g, listeners: [{name: l, protocol: HTTP, port: 8%1}]}\n"},
    {"/api/v1/namespaces/default/services", "apiVersion: v1\nkind: Service\n", "spec: {ports: [{port: 8%1}]}\n"},
    {"/api/v1/namespaces/default/configmaps", "apiVersion: v1\nkind: ConfigMap\n", "data: {a: \"%1\"}\n"},
    {"/api/v1/namespaces/default/endpoints", "apiVersion: v1\nkind: Endpoints\n",
     "subsets: [{addresses: [{ip: 10.0.0.%1}], ports: [{port: 80}]}]\n"},
    {"/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
     "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n",
     "addressType: IPv4\nendpoints: [{addresses: [10.0.0.%1]}]\nports: [{port: 80}]\n"},
};

std::string manifest(const Kind& kind, const std::string& name, unsigned number)
{
    return std::string(kind.head) + "metadata: {name: " + name + ", namespace: default}\n" +
           QString::fromLatin1(kind.spec).arg(number).toStdString();
}

/// One random request to both.
void ask(ApiClient& a, ApiClient& b, std::mt19937& random)
{
    const Kind& kind = kinds[random() % kinds.size()];
    const std::string name = "o" + std::to_string(random() % 4);
    const std::string body = manifest(kind, name, 1 + random() % 9);
    const std::string object = std::string(kind.collection) + '/' + name;
    const unsigned verb = random() % 4;
    for (ApiClient* client : {&a, &b})
        switch (verb) {
        case 0:
            client->handle("DELETE", object);
            break;
        case 1:
            client->handle("PUT", object, {body, "application/yaml"});
            break;
        default:
            client->handle("POST", kind.collection, {body, "application/yaml"});
            break;
        }
}

} // namespace

/// What join() makes of the set before is what it makes from nothing.
class TstKubeJoins : public QObject {
    Q_OBJECT

private slots:
    void followsRandomWrites();
    void nothingChangedIsTheSameSet();
    void oneWriteSharesTheRest();
    void statusesAreNoChange();
};

void TstKubeJoins::followsRandomWrites()
{
    for (unsigned seed = 0; seed < 60; ++seed) {
        std::mt19937 random(seed);
        ManifestImporter importer;
        ApiClient steady, fresh; // one joins after every request, the other once, at the end
        ResourceSet files;
        std::shared_ptr<const ResourceSet> joined;
        std::vector<Diagnostic> problems;
        for (unsigned step = 0; step < 5 + seed; ++step) {
            ask(steady, fresh, random);
            if (random() % 12 == 0) {
                const Kind& kind = kinds[random() % kinds.size()];
                files = random() % 3 == 0
                            ? ResourceSet()
                            : *importer.importTexts({{"a.yaml", manifest(kind, "o1", 1 + random() % 9)}}).resources;
            }
            steady.api.syncFiles(files);
            fresh.api.syncFiles(files);
            problems.clear();
            joined = steady.api.join(files, problems);
        }
        std::vector<Diagnostic> freshProblems;
        const auto anew = fresh.api.join(files, freshProblems);
        QCOMPARE(QString::fromStdString(textOf(*joined, problems)),
                 QString::fromStdString(textOf(*anew, freshProblems)));
    }
}

void TstKubeJoins::nothingChangedIsTheSameSet()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    std::vector<Diagnostic> problems;
    const auto first = client.api.join({}, problems);
    QCOMPARE(first->httpRoutes.size(), std::size_t(1));
    QCOMPARE(client.api.join({}, problems), first);
}

void TstKubeJoins::oneWriteSharesTheRest()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    client.create(paths::gateways, manifests::gateway);
    std::vector<Diagnostic> problems;
    const auto first = client.api.join({}, problems);
    client.create(paths::routes, manifests::route("more"));
    const auto second = client.api.join({}, problems);
    QVERIFY(second->gateways.sharesAllWith(first->gateways));
    QCOMPARE(second->httpRoutes.size(), std::size_t(2));
    QCOMPARE(second->httpRoutes.at({"default", "web"}), first->httpRoutes.at({"default", "web"}));
    client.send("DELETE", paths::routes + "/web");
    QCOMPARE(client.api.join({}, problems)->httpRoutes.size(), std::size_t(1));
}

void TstKubeJoins::statusesAreNoChange()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    std::vector<Diagnostic> problems;
    const auto first = client.api.join({}, problems);
    Value status = Value::object();
    status.set("parents", Value::array());
    gatehouse::model::Statuses statuses;
    const gatehouse::model::ObjectKey key{"gateway.networking.k8s.io", "HTTPRoute", {"default", "web"}};
    statuses[key] = std::make_shared<const Value>(status);
    client.api.writeStatuses(statuses);
    QCOMPARE(client.api.join({}, problems), first);
    // A client overwrites the status: it is written again, though nobody sent another one.
    const auto version = client.api.version();
    client.api.writeStatuses(statuses);
    QCOMPARE(client.api.version(), version);
    client.send("PATCH", paths::routes + "/web/status",
                {R"({"status":{"parents":[{"parentRef":{"name":"x"},"controllerName":"a.b/c","conditions":[]}]}})",
                 "application/merge-patch+json"});
    QCOMPARE(client.last.status, std::uint16_t(200));
    QVERIFY(client.get(paths::routes + "/web", "status.parents") != "[]");
    client.api.writeStatuses(statuses);
    QCOMPARE(client.get(paths::routes + "/web", "status.parents"), "[]");
}

QTEST_APPLESS_MAIN(TstKubeJoins)
#include "tst_kube_joins.moc"
