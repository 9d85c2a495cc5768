#include <QtTest>

#include "script.h"

namespace {

const std::string yaml = "application/yaml";
const std::string json = "application/json";

} // namespace

/// What is refused before it is an object: bodies, their types and sizes, and methods.
class TstKubeBodies : public QObject {
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
};

void TstKubeBodies::answers_data()
{
    QTest::addColumn<Script>("script");

    QTest::newRow("a body that is no JSON is BadRequest")
        << Script{{"POST", paths::configMaps, {"{\"a\":", json}, 400, {{"reason", "BadRequest"}}, {}},
                  {"POST", paths::configMaps, {"[]", json}, 400, {{"message", "the body holds no object"}}, {}},
                  {"POST", paths::configMaps, {"", json}, 400, {{"reason", "BadRequest"}}, {}}};
    QTest::newRow("a body nested too deeply is BadRequest")
        << Script{{"POST", paths::configMaps, {std::string(200, '['), json}, 400, {{"reason", "BadRequest"}}, {}}};
    QTest::newRow("a body beyond 3 MiB is RequestEntityTooLarge") << Script{{"POST",
                                                                             paths::configMaps,
                                                                             {std::string((3 << 20) + 1, ' '), json},
                                                                             413,
                                                                             {{"reason", "RequestEntityTooLarge"}},
                                                                             {}}};
    QTest::newRow("protobuf that is none is BadRequest")
        << Script{{"POST",
                   paths::configMaps,
                   {"k8s", "application/vnd.kubernetes.protobuf"},
                   400,
                   {{"reason", "BadRequest"}, {"message", "the body is no object in Kubernetes' protobuf form"}},
                   {}}};
    QTest::newRow("CBOR is refused with advice") << Script{
        {"POST",
         paths::configMaps,
         {"x", "application/cbor"},
         415,
         {{"reason", "UnsupportedMediaType"},
          {"message",
           "the body of the request was in an unknown format - accepted media types include: application/json, "
           "application/yaml (Gatehouse reads JSON and YAML: set the client's content type to application/json)"}},
         {}}};
    QTest::newRow("a method that a path does not have is MethodNotAllowed")
        << Script{{"POST", paths::configMaps + "/c", {"{}", json}, 405, {{"reason", "MethodNotAllowed"}}, {}},
                  {"PUT", paths::configMaps, {"{}", json}, 405, {}, {}},
                  {"DELETE", "/api/v1/configmaps", {}, 405, {}, {}},
                  {"POST", "/api/v1/configmaps", {manifests::configMap("c"), yaml}, 405, {}, {}},
                  {"POST", "/api/v1/nodes", {"{}", json}, 405, {}, {}}};
}

void TstKubeBodies::answers()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

QTEST_APPLESS_MAIN(TstKubeBodies)
#include "tst_kube_bodies.moc"
