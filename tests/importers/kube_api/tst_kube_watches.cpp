#include <QtTest>

#include "script.h"

using gatehouse::model::Value;

namespace {

const std::string mergeType = "application/merge-patch+json";

std::string watchOf(const std::string& target, const std::string& more = {})
{
    return target + "?watch=true" + more;
}

std::string labelled(const std::string& name, const std::string& label)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", labels: {app: " + label + "}}\n";
}

} // namespace

/// Watches: what they send first, what follows, and when they end.
class TstKubeWatches : public QObject {
    Q_OBJECT

private slots:
    void sendsWhatIsThereAndThenWhatChanges();
    void continuesFromAVersion();
    void streamsListsWithABookmarkAtTheEnd();
    void refusals_data();
    void refusals();
    void followsASelector();
    void followsOneObject();
    void staysInItsNamespace();
    void aVersionThatIsForgottenIsExpired();
    void aSlowWatchIsToldThatItIsExpired();
    void endsWhenItsTimeIsUp();
    void bookmarksForThoseWhoAsked();
    void showsTablesAndMetadata();
    void tooManyAreRefused();
    void onlyWatchesOfTheKindAreWoken();
    void aRemovedObjectCarriesTheVersionOfItsRemoval();
    void showsTheVersionOfTheApiAskedFor();
};

void TstKubeWatches::sendsWhatIsThereAndThenWhatChanges()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    const auto first = client.send("GET", watchOf(paths::configMaps));
    QCOMPARE(first.status, std::uint16_t(200));
    QVERIFY(first.watch.has_value());
    QCOMPARE(ApiClient::summary(first.body), QStringList{"ADDED a"});
    QCOMPARE(client.events(*first.watch), QStringList());
    client.create(paths::configMaps, manifests::configMap("b"));
    client.send("PATCH", paths::configMaps + "/a", {R"({"data":{"a":"2"}})", mergeType});
    client.send("DELETE", paths::configMaps + "/b");
    QCOMPARE(client.events(*first.watch), (QStringList{"ADDED b", "MODIFIED a", "DELETED b"}));
    QCOMPARE(client.events(*first.watch), QStringList());
    client.api.closeWatch(*first.watch);
    QVERIFY(client.api.nextEvents(*first.watch).ended);
}

void TstKubeWatches::continuesFromAVersion()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    const std::string version = client.get(paths::configMaps, "metadata.resourceVersion").toStdString();
    client.create(paths::configMaps, manifests::configMap("b"));
    const auto watch = client.send("GET", watchOf(paths::configMaps, "&resourceVersion=" + version));
    QCOMPARE(ApiClient::summary(watch.body), QStringList{"ADDED b"});
}

void TstKubeWatches::streamsListsWithABookmarkAtTheEnd()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    const auto watch =
        client.send("GET", watchOf(paths::configMaps, "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&"
                                                      "allowWatchBookmarks=true&resourceVersion="));
    const QStringList lines = QString::fromStdString(watch.body).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    const Value bookmark = ApiClient::parse(lines[1].toStdString());
    QCOMPARE(ApiClient::at(bookmark, "type"), "BOOKMARK");
    QCOMPARE(ApiClient::at(bookmark, "object.kind"), "ConfigMap");
    QCOMPARE(ApiClient::at(bookmark, "object.apiVersion"), "v1");
    QCOMPARE(ApiClient::at(bookmark, "object.metadata.resourceVersion"), QString::number(client.api.version()));
    QCOMPARE(ApiClient::at(bookmark, "object.metadata.annotations.'k8s.io/initial-events-end'"), "true");

    const auto without =
        client.send("GET", watchOf(paths::configMaps, "&sendInitialEvents=false&resourceVersionMatch=NotOlderThan"));
    QCOMPARE(without.status, std::uint16_t(200));
    QCOMPARE(without.body, std::string());
}

void TstKubeWatches::refusals_data()
{
    QTest::addColumn<Script>("script");
    const std::string target = paths::configMaps + "?watch=1";
    QTest::newRow("a streamed list says how old it may be")
        << Script{{"GET",
                   target + "&sendInitialEvents=true",
                   {},
                   422,
                   {{"reason", "Invalid"}, {"details.causes[0].field", "resourceVersionMatch"}},
                   {}}};
    QTest::newRow("how old is for streamed lists alone")
        << Script{{"GET", target + "&resourceVersionMatch=NotOlderThan", {}, 422, {}, {}}};
    QTest::newRow("a version of the future is another server's")
        << Script{{"GET", target + "&resourceVersion=9999999999999999", {}, 410, {{"reason", "Expired"}}, {}}};
    QTest::newRow("a version from before the start is over")
        << Script{{"GET", target + "&resourceVersion=1", {}, 410, {{"reason", "Expired"}}, {}}};
    QTest::newRow("a version is a number") << Script{{"GET", target + "&resourceVersion=x", {}, 400, {}, {}}};
    QTest::newRow("a bad selector") << Script{{"GET", target + "&labelSelector=%3D", {}, 400, {}, {}}};
}

void TstKubeWatches::refusals()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

/// Leaving the selection looks like a removal, entering it like a creation.
void TstKubeWatches::followsASelector()
{
    ApiClient client;
    client.create(paths::configMaps, labelled("a", "x"));
    client.create(paths::configMaps, labelled("b", "z"));
    const auto watch = client.send("GET", watchOf(paths::configMaps, "&labelSelector=app%3Dx"));
    QCOMPARE(ApiClient::summary(watch.body), QStringList{"ADDED a"});
    const auto label = [&](const char* name, const char* value) {
        client.send("PATCH", paths::configMaps + '/' + name,
                    {std::string(R"({"metadata":{"labels":{"app":")") + value + "\"}}}", mergeType});
    };
    label("b", "x");
    label("a", "z");
    label("a", "q");
    client.send("DELETE", paths::configMaps + "/a");
    client.send("DELETE", paths::configMaps + "/b");
    QCOMPARE(client.events(*watch.watch), (QStringList{"ADDED b", "DELETED a", "DELETED b"}));
}

void TstKubeWatches::followsOneObject()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    client.create(paths::configMaps, manifests::configMap("b"));
    const auto byField = client.send("GET", watchOf(paths::configMaps, "&fieldSelector=metadata.name%3Db"));
    const auto byName = client.send("GET", watchOf(paths::configMaps + "/b"));
    QCOMPARE(ApiClient::summary(byField.body), QStringList{"ADDED b"});
    QCOMPARE(ApiClient::summary(byName.body), QStringList{"ADDED b"});
    client.send("DELETE", paths::configMaps + "/a");
    client.send("DELETE", paths::configMaps + "/b");
    QCOMPARE(client.events(*byField.watch), QStringList{"DELETED b"});
    QCOMPARE(client.events(*byName.watch), QStringList{"DELETED b"});
}

void TstKubeWatches::staysInItsNamespace()
{
    ApiClient client;
    client.create("/api/v1/namespaces", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    const auto inShop = client.send("GET", watchOf("/api/v1/namespaces/shop/configmaps"));
    const auto everywhere = client.send("GET", watchOf("/api/v1/configmaps"));
    client.create(paths::configMaps, manifests::configMap("a"));
    client.create("/api/v1/namespaces/shop/configmaps", manifests::configMap("s"));
    QCOMPARE(client.events(*inShop.watch), QStringList{"ADDED s"});
    QCOMPARE(client.events(*everywhere.watch), (QStringList{"ADDED a", "ADDED s"}));
}

void TstKubeWatches::aVersionThatIsForgottenIsExpired()
{
    ApiClient client(4);
    client.create(paths::configMaps, manifests::configMap("a"));
    const std::string version = client.get(paths::configMaps, "metadata.resourceVersion").toStdString();
    for (int i = 0; i < 5; ++i)
        client.create(paths::configMaps, manifests::configMap("b" + std::to_string(i)));
    const Value answer = client.ask("GET", watchOf(paths::configMaps, "&resourceVersion=" + version));
    QCOMPARE(client.last.status, std::uint16_t(410));
    QCOMPARE(ApiClient::at(answer, "reason"), "Expired");
    // Another kind's history is its own.
    QCOMPARE(client.send("GET", watchOf(paths::secrets, "&resourceVersion=" + version)).status, std::uint16_t(200));
}

void TstKubeWatches::aSlowWatchIsToldThatItIsExpired()
{
    ApiClient client(4);
    const auto watch = client.send("GET", watchOf(paths::configMaps));
    for (int i = 0; i < 6; ++i)
        client.create(paths::configMaps, manifests::configMap("b" + std::to_string(i)));
    const auto piece = client.api.nextEvents(*watch.watch);
    QVERIFY(piece.ended);
    const Value event = ApiClient::parse(piece.text);
    QCOMPARE(ApiClient::at(event, "type"), "ERROR");
    QCOMPARE(ApiClient::at(event, "object.kind"), "Status");
    QCOMPARE(ApiClient::at(event, "object.code"), "410");
}

void TstKubeWatches::endsWhenItsTimeIsUp()
{
    ApiClient client;
    const auto watch = client.send("GET", watchOf(paths::configMaps, "&timeoutSeconds=30"));
    client.now += std::chrono::seconds(29);
    QVERIFY(!client.api.nextEvents(*watch.watch).ended);
    client.create(paths::configMaps, manifests::configMap("a"));
    client.now += std::chrono::seconds(1);
    const auto piece = client.api.nextEvents(*watch.watch);
    QVERIFY(piece.ended);
    QCOMPARE(ApiClient::summary(piece.text), QStringList{"ADDED a"});
}

void TstKubeWatches::bookmarksForThoseWhoAsked()
{
    ApiClient client;
    const auto asked = client.send("GET", watchOf(paths::configMaps, "&allowWatchBookmarks=true"));
    const auto silent = client.send("GET", watchOf(paths::configMaps));
    client.create(paths::secrets, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
    QCOMPARE(client.api.bookmark(*silent.watch), std::string());
    (void)client.api.nextEvents(*asked.watch);
    const Value event = ApiClient::parse(client.api.bookmark(*asked.watch));
    QCOMPARE(ApiClient::at(event, "type"), "BOOKMARK");
    QCOMPARE(ApiClient::at(event, "object.metadata.resourceVersion"), QString::number(client.api.version()));
    // What was not sent yet is not behind the bookmark.
    client.create(paths::configMaps, manifests::configMap("a"));
    QVERIFY(ApiClient::at(ApiClient::parse(client.api.bookmark(*asked.watch)), "object.metadata.resourceVersion") !=
            QString::number(client.api.version()));
}

void TstKubeWatches::showsTablesAndMetadata()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    const Value table =
        client.ask("GET", watchOf(paths::configMaps), {"", "", "application/json;as=Table;v=v1;g=meta.k8s.io"});
    QCOMPARE(ApiClient::at(table, "object.kind"), "Table");
    QCOMPARE(ApiClient::at(table, "object.rows[0].cells[0]"), "a");
    const Value metadata = client.ask("GET", watchOf(paths::configMaps),
                                      {"", "", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"});
    QCOMPARE(ApiClient::at(metadata, "object.kind"), "PartialObjectMetadata");
    QCOMPARE(ApiClient::at(metadata, "object.data"), "-");
}

void TstKubeWatches::tooManyAreRefused()
{
    ApiClient client(16, 2);
    const auto first = client.send("GET", watchOf(paths::configMaps));
    client.send("GET", watchOf(paths::configMaps));
    const Value refused = client.ask("GET", watchOf(paths::configMaps));
    QCOMPARE(client.last.status, std::uint16_t(429));
    QCOMPARE(ApiClient::at(refused, "reason"), "TooManyRequests");
    client.api.closeWatch(*first.watch);
    QCOMPARE(client.send("GET", watchOf(paths::configMaps)).status, std::uint16_t(200));
}

void TstKubeWatches::onlyWatchesOfTheKindAreWoken()
{
    ApiClient client;
    const auto configMaps = client.send("GET", watchOf(paths::configMaps)),
               secrets = client.send("GET", watchOf(paths::secrets));
    QVERIFY(client.api.takeWoken().empty());
    client.create(paths::secrets, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
    QCOMPARE(client.api.takeWoken(), std::vector<std::uint64_t>{*secrets.watch});
    QVERIFY(client.api.takeWoken().empty());
    client.create(paths::configMaps, manifests::configMap("a"));
    QCOMPARE(client.api.takeWoken(), std::vector<std::uint64_t>{*configMaps.watch});
}

void TstKubeWatches::aRemovedObjectCarriesTheVersionOfItsRemoval()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    const auto watch = client.send("GET", watchOf(paths::configMaps));
    client.send("DELETE", paths::configMaps + "/a");
    const Value event = ApiClient::parse(client.api.nextEvents(*watch.watch).text);
    QCOMPARE(ApiClient::at(event, "object.metadata.resourceVersion"), QString::number(client.api.version()));
    QCOMPARE(ApiClient::at(event, "object.data.a"), "1");
}

void TstKubeWatches::showsTheVersionOfTheApiAskedFor()
{
    ApiClient client;
    client.create(paths::routes, manifests::route("web"));
    const Value event = client.ask("GET", "/apis/gateway.networking.k8s.io/v1beta1/httproutes?watch=true");
    QCOMPARE(ApiClient::at(event, "object.apiVersion"), "gateway.networking.k8s.io/v1beta1");
}

QTEST_APPLESS_MAIN(TstKubeWatches)
#include "tst_kube_watches.moc"
