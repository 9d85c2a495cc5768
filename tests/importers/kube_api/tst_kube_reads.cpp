#include <QtTest>

#include "script.h"

#include <set>

using gatehouse::model::Value;

namespace {

std::string configMap(const std::string& name, const std::string& labels)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n";
}

QStringList names(const Value& list)
{
    QStringList all;
    for (int i = 0; ApiClient::at(list, "items[" + std::to_string(i) + "]") != "-"; ++i)
        all += ApiClient::at(list, "items[" + std::to_string(i) + "].metadata.name");
    return all;
}

} // namespace

/// Lists, selectors, paging, the forms of answers, logs and reviews.
class TstKubeReads : public QObject {
    Q_OBJECT

private slots:
    void targets_data();
    void targets();
    void accepts_data();
    void accepts();
    void labelSelectors_data();
    void labelSelectors();
    void answers_data();
    void answers();
    void pagesShowEverythingOnce();
    void formsOfAnswers();
    void logQueries();
};

void TstKubeReads::targets_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("read"); // segments joined by " / ", then name=value; "bad"

    QTest::newRow("segments") << "/api/v1/pods"
                              << "api / v1 / pods";
    QTest::newRow("slashes at the end and twice are nothing") << "/api//v1/pods/"
                                                              << "api / v1 / pods";
    QTest::newRow("the root") << "/"
                              << "";
    QTest::newRow("escapes") << "/api/a%20b"
                             << "api / a b";
    QTest::newRow("a query in order, with repeats") << "/api?a=1&b=x%3Dy&a=2&c"
                                                    << "api a=1 b=x=y a=2 c=";
    QTest::newRow("a plus in a query is a space") << "/api?l=a+in+(b)"
                                                  << "api l=a in (b)";
    QTest::newRow("a plus in a path is a plus") << "/a+b"
                                                << "a+b";
    QTest::newRow("no slash in front") << "api"
                                       << "bad";
    QTest::newRow("a broken escape") << "/api/%2"
                                     << "bad";
    QTest::newRow("an escape that is none") << "/api/%zz"
                                            << "bad";
    QTest::newRow("a broken escape in the query") << "/api?a=%"
                                                  << "bad";
    QTest::newRow("a slash in a segment") << "/api/a%2Fb"
                                          << "bad";
    QTest::newRow("a NUL in a segment") << "/api/a%00b"
                                        << "bad";
    QTest::newRow("dot segments") << "/api/../v1"
                                  << "bad";
    QTest::newRow("dot segments in escapes") << "/api/%2e%2E/v1"
                                             << "bad";
    QTest::newRow("a single dot") << "/api/./v1"
                                  << "bad";
}

void TstKubeReads::targets()
{
    QFETCH(QString, target);
    QFETCH(QString, read);
    gatehouse::importers::ApiRequest request;
    QStringList segments, all;
    const bool good = gatehouse::importers::splitTarget(target.toStdString(), request);
    for (const std::string& segment : request.path)
        segments += QString::fromStdString(segment);
    if (!segments.isEmpty())
        all += segments.join(" / ");
    for (const auto& [name, value] : request.query)
        all += QString::fromStdString(name + '=' + value);
    QCOMPARE(good ? all.join(' ') : QString("bad"), read);
}

void TstKubeReads::accepts_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("read");

    QTest::newRow("none means JSON") << ""
                                     << "application/json";
    QTest::newRow("order stays among equals") << "application/yaml, application/json"
                                              << "application/yaml application/json";
    QTest::newRow("quality orders") << "application/json;q=0.5, application/yaml"
                                    << "application/yaml application/json";
    QTest::newRow("quality 0 refuses") << "application/json;q=0, */*"
                                       << "*/*";
    QTest::newRow("parameters") << "application/json; as=Table; v=\"v1\";g=meta.k8s.io"
                                << "application/json;as=Table;g=meta.k8s.io;v=v1";
    QTest::newRow("case does not count") << "Application/JSON;AS=Table"
                                         << "application/json;as=Table";
    QTest::newRow("rubbish is passed over") << ",;,application/json;;x"
                                            << "application/json";
}

void TstKubeReads::accepts()
{
    QFETCH(QString, header);
    QFETCH(QString, read);
    QStringList all;
    for (const auto& type : gatehouse::importers::acceptedTypes(header.toStdString())) {
        QString one = QString::fromStdString(type.type);
        for (const auto& [name, value] : type.parameters)
            one += QString::fromStdString(';' + name + '=' + value);
        all += one;
    }
    QCOMPARE(all.join(' '), read);
}

void TstKubeReads::labelSelectors_data()
{
    QTest::addColumn<QString>("selector"); // of a (app=x tier=one), b (app=y), c (no label)
    QTest::addColumn<QString>("found");

    QTest::newRow("=") << "app=x"
                       << "a";
    QTest::newRow("==") << "app==x"
                        << "a";
    QTest::newRow("!= also finds what lacks the label") << "app!=x"
                                                        << "b c";
    QTest::newRow("in") << "app in (x, y)"
                        << "a b";
    QTest::newRow("notin also finds what lacks the label") << "app notin (x)"
                                                           << "b c";
    QTest::newRow("exists") << "app"
                            << "a b";
    QTest::newRow("does not exist") << "!app"
                                    << "c";
    QTest::newRow("all terms must hold") << "app in (x,y),tier=one"
                                         << "a";
    QTest::newRow("an empty value") << "app="
                                    << "";
    QTest::newRow("nothing is everything") << ""
                                           << "a b c";
    QTest::newRow("no key") << "=x"
                            << "400";
    QTest::newRow("a bad operator") << "app within (x)"
                                    << "400";
    QTest::newRow("an open parenthesis") << "app in (x"
                                         << "400";
    QTest::newRow("a bad key") << "a/b/c=x"
                               << "400";
}

void TstKubeReads::labelSelectors()
{
    QFETCH(QString, selector);
    QFETCH(QString, found);
    ApiClient client;
    client.create(paths::configMaps, configMap("a", "app: x, tier: one"));
    client.create(paths::configMaps, configMap("b", "app: \"y\""));
    client.create(paths::configMaps, configMap("c", ""));
    const Value list =
        client.ask("GET", paths::configMaps + "?labelSelector=" + QUrl::toPercentEncoding(selector).toStdString());
    QCOMPARE(client.last.status == 200 ? names(list).join(' ') : QString::number(client.last.status), found);
}

void TstKubeReads::answers_data()
{
    QTest::addColumn<Script>("script");
    const std::string yaml = "application/yaml";
    const auto pod = [&](const std::string& name, const std::string& node) {
        return Step{"POST",
                    paths::pods,
                    {"apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec: {nodeName: " + node +
                         ", containers: [{name: c}]}\n",
                     yaml},
                    201,
                    {},
                    {}};
    };
    const Step cm{"POST", paths::configMaps, {manifests::configMap("a"), yaml}, 201, {}, {}};
    const auto accept = [](const char* types) { return ApiClient::Sent{"", "", types}; };

    QTest::newRow("an empty list is a list") << Script{
        {"GET", paths::configMaps, {}, 200, {{"kind", "ConfigMapList"}, {"apiVersion", "v1"}, {"items", "[]"}}, {}}};
    QTest::newRow("items carry kind and apiVersion") << Script{
        cm,
        {"GET", "/api/v1/configmaps", {}, 200, {{"items[0].kind", "ConfigMap"}, {"items[0].apiVersion", "v1"}}, {}}};
    QTest::newRow("a list of one namespace leaves others out")
        << Script{{"POST",
                   "/api/v1/namespaces",
                   {"apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", yaml},
                   201,
                   {},
                   {}},
                  cm,
                  {"GET", "/api/v1/namespaces/shop/configmaps", {}, 200, {{"items", "[]"}}, {}}};
    QTest::newRow("fields select by name") << Script{
        cm,
        {"GET", paths::configMaps + "?fieldSelector=metadata.name%3Dz", {}, 200, {{"items", "[]"}}, {}},
        {"GET", paths::configMaps + "?fieldSelector=metadata.name=a", {}, 200, {{"items[0].metadata.name", "a"}}, {}}};
    QTest::newRow("fields select Pods by node and by what is not")
        << Script{pod("p", "one"),
                  pod("q", "two"),
                  {"GET",
                   paths::pods + "?fieldSelector=spec.nodeName=two",
                   {},
                   200,
                   {{"items[0].metadata.name", "q"}, {"items[1]", "-"}},
                   {}},
                  {"GET",
                   paths::pods + "?fieldSelector=spec.nodeName!=two",
                   {},
                   200,
                   {{"items[0].metadata.name", "p"}, {"items[1]", "-"}},
                   {}}};
    QTest::newRow("fields select Events by what they are about") << Script{
        {"POST",
         "/api/v1/namespaces/default/events",
         {R"({"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p"},"reason":"R"})", "application/json"},
         201,
         {},
         {}},
        {"GET",
         "/api/v1/events?fieldSelector=involvedObject.name=p,involvedObject.kind=Pod",
         {},
         200,
         {{"items[0].metadata.name", "e"}},
         {}},
        {"GET", "/api/v1/events?fieldSelector=involvedObject.name=q", {}, 200, {{"items", "[]"}}, {}}};
    QTest::newRow("a field that the kind does not offer is BadRequest")
        << Script{{"GET",
                   paths::configMaps + "?fieldSelector=data.a=1",
                   {},
                   400,
                   {{"message", "field label not supported: data.a"}},
                   {}}};
    QTest::newRow("a field selector that is none is BadRequest")
        << Script{{"GET", paths::configMaps + "?fieldSelector=abc", {}, 400, {}, {}}};
    QTest::newRow("nothing acceptable is NotAcceptable")
        << Script{{"GET", paths::configMaps, accept("image/png"), 406, {{"reason", "NotAcceptable"}}, {}}};
    QTest::newRow("protobuf with JSON as second choice gives JSON")
        << Script{{"GET",
                   paths::configMaps,
                   accept("application/vnd.kubernetes.protobuf,application/json"),
                   200,
                   {{"kind", "ConfigMapList"}},
                   {}}};
    QTest::newRow("anything is JSON") << Script{
        {"GET", paths::configMaps, accept("*/*"), 200, {{"kind", "ConfigMapList"}}, {}}};
    QTest::newRow("a Table where one is asked for")
        << Script{cm,
                  {"GET",
                   paths::configMaps,
                   accept("application/json;as=Table;v=v1;g=meta.k8s.io,application/json"),
                   200,
                   {{"kind", "Table"}, {"apiVersion", "meta.k8s.io/v1"}, {"rows[0].cells[0]", "a"}},
                   {}},
                  {"GET",
                   paths::configMaps + "/a",
                   accept("application/json;as=Table;v=v1;g=meta.k8s.io"),
                   200,
                   {{"kind", "Table"}},
                   {}}};
    QTest::newRow("metadata alone where it is asked for")
        << Script{cm,
                  {"GET",
                   paths::configMaps,
                   accept("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"),
                   200,
                   {{"kind", "PartialObjectMetadataList"},
                    {"apiVersion", "meta.k8s.io/v1"},
                    {"items[0].kind", "PartialObjectMetadata"},
                    {"items[0].metadata.name", "a"},
                    {"items[0].data", "-"}},
                   {}},
                  {"GET",
                   paths::configMaps + "/a",
                   accept("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"),
                   200,
                   {{"kind", "PartialObjectMetadata"}, {"data", "-"}},
                   {}}};
    QTest::newRow("a list of an exact version that is over is Expired")
        << Script{cm,
                  {"GET",
                   paths::configMaps + "?resourceVersion=1&resourceVersionMatch=Exact",
                   {},
                   410,
                   {{"reason", "Expired"}},
                   {}}};
    QTest::newRow("a list not older than a past version is the present one")
        << Script{cm,
                  {"GET",
                   paths::configMaps + "?resourceVersion=1&resourceVersionMatch=NotOlderThan",
                   {},
                   200,
                   {{"items[0].metadata.name", "a"}},
                   {}}};
    QTest::newRow("a version of the future is a Timeout") << Script{
        {"GET", paths::configMaps + "?resourceVersion=9999999999999999", {}, 504, {{"reason", "Timeout"}}, {}}};
    QTest::newRow("a version that is none is BadRequest")
        << Script{{"GET", paths::configMaps + "?resourceVersion=x", {}, 400, {}, {}}};
    QTest::newRow("a bad continue is BadRequest")
        << Script{{"GET", paths::configMaps + "?limit=1&continue=x", {}, 400, {}, {}},
                  {"GET", paths::configMaps + "?limit=x", {}, 400, {}, {}}};
    QTest::newRow("whoever asks may do everything") << Script{
        {"POST",
         "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
         {R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{"resourceAttributes":{"verb":"get"}}})",
          "application/json"},
         201,
         {{"status.allowed", "true"}, {"spec.resourceAttributes.verb", "get"}, {"kind", "SelfSubjectAccessReview"}},
         {}},
        {"POST",
         "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
         {"{}", "application/json"},
         201,
         {{"status.resourceRules[0].verbs[0]", "*"}},
         {}},
        {"POST",
         "/apis/authentication.k8s.io/v1/selfsubjectreviews",
         {"{}", "application/json"},
         201,
         {{"status.userInfo.groups[0]", "system:masters"}},
         {}},
        {"GET", "/apis/authentication.k8s.io/v1/selfsubjectreviews", {}, 405, {}, {}}};
    QTest::newRow("the log of a Pod that is not there is NotFound")
        << Script{{"GET", paths::pods + "/p/log", {}, 404, {}, {}}};
    QTest::newRow("a container that the Pod does not have is BadRequest") << Script{
        pod("p", "one"),
        {"GET", paths::pods + "/p/log?container=z", {}, 400, {{"message", "container z is not valid for pod p"}}, {}},
        {"GET", paths::pods + "/p/log?sinceTime=yesterday", {}, 400, {}, {}},
        {"GET", paths::pods + "/p/log?tailLines=-1", {}, 400, {}, {}}};
}

void TstKubeReads::answers()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

void TstKubeReads::pagesShowEverythingOnce()
{
    ApiClient client;
    for (int i = 0; i < 25; ++i)
        client.create(paths::configMaps, manifests::configMap("c" + std::to_string(100 + i)));
    std::set<QString> seen;
    std::string token;
    QString version;
    int pages = 0;
    do {
        const Value page = client.ask(
            "GET",
            paths::configMaps + "?limit=10" +
                (token.empty() ? ""
                               : "&continue=" + QUrl::toPercentEncoding(QString::fromStdString(token)).toStdString()));
        for (const QString& name : names(page))
            QVERIFY(seen.insert(name).second);
        if (pages == 0) {
            version = ApiClient::at(page, "metadata.resourceVersion");
            QCOMPARE(ApiClient::at(page, "metadata.remainingItemCount"), "15");
            client.create(paths::configMaps,
                          manifests::configMap("c000")); // behind us: a watch from `version` tells of it
        }
        QCOMPARE(ApiClient::at(page, "metadata.resourceVersion"), version);
        const QString next = ApiClient::at(page, "metadata.continue");
        token = next == "-" ? std::string() : next.toStdString();
        ++pages;
    } while (!token.empty());
    QCOMPARE(pages, 3);
    QCOMPARE(seen.size(), std::size_t(25));
}

void TstKubeReads::formsOfAnswers()
{
    ApiClient client;
    client.create(paths::configMaps, manifests::configMap("a"));
    client.send("GET", paths::configMaps + "/a", {"", "", "application/yaml"});
    QCOMPARE(client.last.contentType, std::string("application/yaml"));
    QCOMPARE(ApiClient::at(ApiClient::yaml(client.last.body), "data.a"), "1");
    client.send("GET", paths::configMaps, {"", "", "application/yaml"});
    QCOMPARE(ApiClient::at(ApiClient::yaml(client.last.body), "items[0].data.a"), "1");
}

void TstKubeReads::logQueries()
{
    ApiClient client;
    client.create(paths::pods,
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}, {name: d}]}\n");
    client.send("GET", paths::pods + "/p/log");
    QCOMPARE(client.last.status, std::uint16_t(400)); // which of the two?
    client.send("GET",
                paths::pods +
                    "/p/log?container=d&sinceTime=2026-01-02T03:00:00.5Z&tailLines=7&limitBytes=900&timestamps=true",
                {"", "", "application/json, */*"});
    QCOMPARE(client.last.status, std::uint16_t(200));
    QCOMPARE(client.last.contentType, std::string("text/plain"));
    QCOMPARE(client.last.body, std::string("a line\n"));
    QCOMPARE(client.logQuery.container, std::string("d"));
    QCOMPARE(*client.logQuery.tailLines, std::size_t(7));
    QCOMPARE(*client.logQuery.limitBytes, std::size_t(900));
    QVERIFY(client.logQuery.timestamps);
    QCOMPARE(client.now - *client.logQuery.since, std::chrono::system_clock::duration(std::chrono::seconds(245)));
    client.send("GET", paths::pods + "/p/log?container=c&sinceSeconds=60");
    QCOMPARE(client.now - *client.logQuery.since, std::chrono::system_clock::duration(std::chrono::seconds(60)));
}

QTEST_APPLESS_MAIN(TstKubeReads)
#include "tst_kube_reads.moc"
