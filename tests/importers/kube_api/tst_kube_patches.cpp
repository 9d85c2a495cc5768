#include <QtTest>

#include "script.h"

#include "importers/kube_api/patches.h"

using gatehouse::importers::findApiKindOf;
using gatehouse::importers::MergeShape;
using gatehouse::model::Value;

namespace {

QString jsonOf(const Value& value)
{
    return QString::fromStdString(gatehouse::importers::toJson(value, 0));
}

const std::string strategic = "application/strategic-merge-patch+json";
const std::string jsonPatchType = "application/json-patch+json";
const std::string deployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, "
    "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: one}, {name: e, image: two}]}}}\n";

} // namespace

/// The forms of PATCH that change an object without a manager: JSON Patch, merge patch, strategic merge patch.
class TstKubePatches : public QObject {
    Q_OBJECT

private slots:
    void jsonPatch_data();
    void jsonPatch();
    void mergePatch_data();
    void mergePatch();
    void strategicMerge_data();
    void strategicMerge();
    void requests_data();
    void requests();
    void copiesAreLimited();
    void depthIsLimitedAtEveryStep();
};

/// A chain that doubles with every copy would be walked, copied and destroyed by recursion.
void TstKubePatches::depthIsLimitedAtEveryStep()
{
    std::string patch = "[", below = "/a";
    for (int i = 0; i < 20; ++i) {
        patch += std::string(i > 0 ? "," : "") + R"({"op":"copy","from":"/a","path":")" + below + R"(/a"})";
        std::string twice = below;
        for (int levels = 1 << i; levels > 0 && twice.size() < 4'000; --levels)
            twice += "/a";
        below = twice;
    }
    const auto patched =
        gatehouse::importers::jsonPatch(ApiClient::parse(R"({"a":{}})"), ApiClient::parse(patch + ']'));
    QVERIFY(!patched);
    QCOMPARE(patched.error().code, 422);
    QCOMPARE(patched.error().causes.at(0).message, std::string("what would be left is nested too deeply"));
    // As deep as an object may be is allowed: 62 levels below two.
    std::string value = "{}";
    for (int i = 0; i < 61; ++i)
        value = R"({"a":)" + value + '}';
    const auto copyBelow = [&](const std::string& target, const std::string& path) {
        const std::string add = R"([{"op":"add","path":"/a","value":)" + value + "},";
        return gatehouse::importers::jsonPatch(
            ApiClient::parse(target), ApiClient::parse(add + R"({"op":"copy","from":"/a","path":")" + path + R"("}])"));
    };
    QVERIFY(copyBelow(R"({"b":{}})", "/b/a"));
    QVERIFY(!copyBelow(R"({"b":{"b":{}}})", "/b/b/a"));
}

void TstKubePatches::jsonPatch_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result"); // "422" or "400" for errors

    // RFC 6902 appendix A.
    QTest::newRow("A.1 adding a member") << R"({"foo":"bar"})"
                                         << R"([{"op":"add","path":"/baz","value":"qux"}])"
                                         << R"({"foo":"bar","baz":"qux"})";
    QTest::newRow("A.2 adding an item") << R"({"foo":["bar","baz"]})"
                                        << R"([{"op":"add","path":"/foo/1","value":"qux"}])"
                                        << R"({"foo":["bar","qux","baz"]})";
    QTest::newRow("A.3 removing a member") << R"({"baz":"qux","foo":"bar"})"
                                           << R"([{"op":"remove","path":"/baz"}])"
                                           << R"({"foo":"bar"})";
    QTest::newRow("A.4 removing an item") << R"({"foo":["bar","qux","baz"]})"
                                          << R"([{"op":"remove","path":"/foo/1"}])"
                                          << R"({"foo":["bar","baz"]})";
    QTest::newRow("A.5 replacing a value") << R"({"baz":"qux","foo":"bar"})"
                                           << R"([{"op":"replace","path":"/baz","value":"boo"}])"
                                           << R"({"baz":"boo","foo":"bar"})";
    QTest::newRow("A.6 moving a value") << R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})"
                                        << R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])"
                                        << R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})";
    QTest::newRow("A.7 moving an item") << R"({"foo":["all","grass","cows","eat"]})"
                                        << R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])"
                                        << R"({"foo":["all","cows","eat","grass"]})";
    QTest::newRow("A.8 testing a value")
        << R"({"baz":"qux","foo":["a",2,"c"]})"
        << R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])"
        << R"({"baz":"qux","foo":["a",2,"c"]})";
    QTest::newRow("A.9 a test that fails") << R"({"baz":"qux"})"
                                           << R"([{"op":"test","path":"/baz","value":"bar"}])"
                                           << "422";
    QTest::newRow("A.10 adding an object") << R"({"foo":"bar"})"
                                           << R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])"
                                           << R"({"foo":"bar","child":{"grandchild":{}}})";
    QTest::newRow("A.11 unknown members are ignored") << R"({"foo":"bar"})"
                                                      << R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])"
                                                      << R"({"foo":"bar","baz":"qux"})";
    QTest::newRow("A.12 adding below what is not there") << R"({"foo":"bar"})"
                                                         << R"([{"op":"add","path":"/baz/bat","value":"qux"}])"
                                                         << "422";
    QTest::newRow("A.14 escapes") << R"({"/":9,"~1":10})"
                                  << R"([{"op":"test","path":"/~01","value":10}])"
                                  << R"({"/":9,"~1":10})";
    QTest::newRow("A.15 text is no number") << R"({"/":9,"~1":10})"
                                            << R"([{"op":"test","path":"/~01","value":"10"}])"
                                            << "422";
    QTest::newRow("A.16 adding behind the last") << R"({"foo":["bar"]})"
                                                 << R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])"
                                                 << R"({"foo":["bar",["abc","def"]]})";
    QTest::newRow("replacing what is not there") << R"({})"
                                                 << R"([{"op":"replace","path":"/a","value":1}])"
                                                 << "422";
    QTest::newRow("removing what is not there") << R"({})"
                                                << R"([{"op":"remove","path":"/a"}])"
                                                << "422";
    QTest::newRow("copying") << R"({"a":1})"
                             << R"([{"op":"copy","from":"/a","path":"/b"}])"
                             << R"({"a":1,"b":1})";
    QTest::newRow("moving into itself") << R"({"a":{}})"
                                        << R"([{"op":"move","from":"/a","path":"/a/b"}])"
                                        << "422";
    QTest::newRow("an index with a leading zero") << R"({"a":[1,2]})"
                                                  << R"([{"op":"remove","path":"/a/01"}])"
                                                  << "422";
    QTest::newRow("an index beyond the end") << R"({"a":[1,2]})"
                                             << R"([{"op":"add","path":"/a/3","value":1}])"
                                             << "422";
    QTest::newRow("a list where an object is") << R"({"a":"x"})"
                                               << R"([{"op":"add","path":"/a/b","value":1}])"
                                               << "422";
    QTest::newRow("a result that is no object") << R"({"a":"x"})"
                                                << R"([{"op":"replace","path":"","value":1}])"
                                                << "422";
    QTest::newRow("an unknown operation") << R"({})"
                                          << R"([{"op":"grow","path":"/a"}])"
                                          << "400";
    QTest::newRow("a path without its slash") << R"({})"
                                              << R"([{"op":"add","path":"a","value":1}])"
                                              << "400";
    QTest::newRow("a bad escape") << R"({})"
                                  << R"([{"op":"add","path":"/~2","value":1}])"
                                  << "400";
    QTest::newRow("an operation without its value") << R"({})"
                                                    << R"([{"op":"add","path":"/a"}])"
                                                    << "400";
    QTest::newRow("no list") << R"({})"
                             << R"({"op":"add"})"
                             << "400";
    QTest::newRow("an operation that is no object") << R"({})"
                                                    << R"([1])"
                                                    << "400";
}

void TstKubePatches::jsonPatch()
{
    QFETCH(QString, target);
    QFETCH(QString, patch);
    QFETCH(QString, result);
    const auto patched =
        gatehouse::importers::jsonPatch(ApiClient::parse(target.toStdString()), ApiClient::parse(patch.toStdString()));
    QCOMPARE(patched ? jsonOf(*patched) : QString::number(patched.error().code), result);
}

void TstKubePatches::mergePatch_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result");

    // RFC 7386 appendix A.
    QTest::newRow("replaces") << R"({"a":"b"})"
                              << R"({"a":"c"})"
                              << R"({"a":"c"})";
    QTest::newRow("adds") << R"({"a":"b"})"
                          << R"({"b":"c"})"
                          << R"({"a":"b","b":"c"})";
    QTest::newRow("removes") << R"({"a":"b","b":"c"})"
                             << R"({"a":null})"
                             << R"({"b":"c"})";
    QTest::newRow("a list becomes text") << R"({"a":["b"]})"
                                         << R"({"a":"c"})"
                                         << R"({"a":"c"})";
    QTest::newRow("text becomes a list") << R"({"a":"c"})"
                                         << R"({"a":["b"]})"
                                         << R"({"a":["b"]})";
    QTest::newRow("inside") << R"({"a":{"b":"c"}})"
                            << R"({"a":{"b":"d","c":null}})"
                            << R"({"a":{"b":"d"}})";
    QTest::newRow("lists are replaced") << R"({"a":[{"b":"c"}]})"
                                        << R"({"a":[1]})"
                                        << R"({"a":[1]})";
    QTest::newRow("a list for an object") << R"({"a":"foo"})"
                                          << R"(["c"])"
                                          << R"(["c"])";
    QTest::newRow("an object over a list") << R"([1,2])"
                                           << R"({"a":"b","c":null})"
                                           << R"({"a":"b"})";
    QTest::newRow("nulls below nothing") << R"({})"
                                         << R"({"a":{"bb":{"ccc":null}}})"
                                         << R"({"a":{"bb":{}}})";
}

void TstKubePatches::mergePatch()
{
    QFETCH(QString, target);
    QFETCH(QString, patch);
    QFETCH(QString, result);
    Value value = ApiClient::parse(target.toStdString());
    gatehouse::importers::mergePatch(value, ApiClient::parse(patch.toStdString()));
    QCOMPARE(jsonOf(value), result);
}

void TstKubePatches::strategicMerge_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result");

    const auto row = [](const char* claim, const char* kind, const char* target, const char* patch,
                        const char* result) { QTest::newRow(claim) << kind << target << patch << result; };
    row("containers merge by name", "Pod",
        R"({"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}})",
        R"({"spec":{"containers":[{"name":"b","image":"3"}]}})",
        R"({"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"3"}]}})");
    row("a new container is appended", "Pod", R"({"spec":{"containers":[{"name":"a"}]}})",
        R"({"spec":{"containers":[{"name":"b"}]}})", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})");
    row("an item is deleted by $patch", "Pod", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"containers":[{"name":"a","$patch":"delete"}]}})", R"({"spec":{"containers":[{"name":"b"}]}})");
    row("an item is replaced by $patch", "Pod", R"({"spec":{"containers":[{"name":"a","image":"1","tty":true}]}})",
        R"({"spec":{"containers":[{"name":"a","image":"2","$patch":"replace"}]}})",
        R"({"spec":{"containers":[{"name":"a","image":"2"}]}})");
    row("a list is replaced by $patch", "Pod", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"containers":[{"$patch":"replace"},{"name":"c"}]}})", R"({"spec":{"containers":[{"name":"c"}]}})");
    row("container ports merge by containerPort", "Pod",
        R"({"spec":{"containers":[{"name":"a","ports":[{"containerPort":80}]}]}})",
        R"({"spec":{"containers":[{"name":"a","ports":[{"containerPort":80,"name":"http"}]}]}})",
        R"({"spec":{"containers":[{"name":"a","ports":[{"containerPort":80,"name":"http"}]}]}})");
    row("env merges by name, also in templates", "Deployment",
        R"({"spec":{"template":{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"}]}]}}}})",
        R"({"spec":{"template":{"spec":{"containers":[{"name":"a","env":[{"name":"Y","value":"2"}]}]}}}})",
        R"({"spec":{"template":{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}]}]}}}})");
    row("service ports merge by port", "Service", R"({"spec":{"ports":[{"port":80,"name":"a"},{"port":81}]}})",
        R"({"spec":{"ports":[{"port":80,"targetPort":8080}]}})",
        R"({"spec":{"ports":[{"port":80,"name":"a","targetPort":8080},{"port":81}]}})");
    row("a list without a key is replaced", "Pod", R"({"spec":{"containers":[{"name":"a","command":["x","y"]}]}})",
        R"({"spec":{"containers":[{"name":"a","command":["z"]}]}})",
        R"({"spec":{"containers":[{"name":"a","command":["z"]}]}})");
    row("finalizers merge as a set", "Pod", R"({"metadata":{"finalizers":["a"]}})",
        R"({"metadata":{"finalizers":["b","a"]}})", R"({"metadata":{"finalizers":["a","b"]}})");
    row("items of a set are deleted", "Pod", R"({"metadata":{"finalizers":["a","b"]}})",
        R"({"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}})", R"({"metadata":{"finalizers":["b"]}})");
    row("$setElementOrder orders", "Pod", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"b"},{"name":"a"}],"containers":[{"name":"c"}]}})",
        R"({"spec":{"containers":[{"name":"c"},{"name":"b"},{"name":"a"}]}})");
    row("$setElementOrder leaves what only the server knows in its place", "Pod",
        R"({"spec":{"containers":[{"name":"s"},{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"$setElementOrder/containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"containers":[{"name":"s"},{"name":"a"},{"name":"b"}]}})");
    row("$retainKeys drops the others", "Deployment",
        R"({"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}})",
        R"({"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}})",
        R"({"spec":{"strategy":{"type":"Recreate"}}})");
    row("an object is replaced by $patch", "ConfigMap", R"({"data":{"a":"1"}})",
        R"({"data":{"$patch":"replace","b":"2"}})", R"({"data":{"b":"2"}})");
    row("an object is deleted by $patch", "ConfigMap", R"({"data":{"a":"1"},"x":1})", R"({"data":{"$patch":"delete"}})",
        R"({"x":1})");
    row("null removes", "ConfigMap", R"({"data":{"a":"1","b":"2"}})", R"({"data":{"a":null}})",
        R"({"data":{"b":"2"}})");
    row("directives do not stay in what is new", "Pod", R"({})",
        R"({"spec":{"containers":[{"name":"a","env":[{"$patch":"delete","name":"X"}]}]}})",
        R"({"spec":{"containers":[{"name":"a","env":[]}]}})");
    row("an item needs its key", "Pod", R"({"spec":{"containers":[]}})", R"({"spec":{"containers":[{"image":"x"}]}})",
        "400");
    row("an unknown directive is refused", "ConfigMap", R"({"data":{}})", R"({"data":{"$patch":"grow"}})", "400");
    row("an item that is no object where one is", "Pod", R"({"spec":{"containers":["a"]}})",
        R"({"spec":{"containers":[{"name":"a"}]}})", R"({"spec":{"containers":["a",{"name":"a"}]}})");
}

void TstKubePatches::strategicMerge()
{
    QFETCH(QString, kind);
    QFETCH(QString, target);
    QFETCH(QString, patch);
    QFETCH(QString, result);
    const auto* apiKind = findApiKindOf(kind == "Deployment" ? "apps" : "", kind.toStdString());
    QVERIFY(apiKind);
    const auto patched = gatehouse::importers::strategicMergePatch(
        ApiClient::parse(target.toStdString()), ApiClient::parse(patch.toStdString()), MergeShape(*apiKind));
    QCOMPARE(patched ? jsonOf(*patched) : QString::number(patched.error().code), result);
}

void TstKubePatches::requests_data()
{
    QTest::addColumn<Script>("script");
    const Step made{"POST", paths::deployments, {deployment, "application/yaml"}, 201, {}, {}};
    const Step route{"POST", paths::routes, {manifests::route("web"), "application/yaml"}, 201, {}, {}};
    QTest::newRow("a strategic merge patch of a Deployment")
        << Script{made,
                  {"PATCH",
                   paths::deployments + "/d",
                   {R"({"spec":{"template":{"spec":{"containers":[{"name":"e","image":"three"}]}}}})", strategic},
                   200,
                   {{"spec.template.spec.containers[0].image", "one"},
                    {"spec.template.spec.containers[1].image", "three"},
                    {"metadata.generation", "2"}},
                   {}}};
    QTest::newRow("custom resources answer a strategic merge patch with 415") << Script{
        route,
        {"PATCH",
         paths::routes + "/web",
         {"{}", strategic},
         415,
         {{"reason", "UnsupportedMediaType"},
          {"message", "the body of the request was in an unknown format - accepted media types include: "
                      "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"}},
         {}}};
    QTest::newRow("a JSON patch of a route")
        << Script{route,
                  {"PATCH",
                   paths::routes + "/web",
                   {R"([{"op":"add","path":"/spec/hostnames","value":["a.example"]}])", jsonPatchType},
                   200,
                   {{"spec.hostnames[0]", "a.example"}},
                   {}}};
    QTest::newRow("a JSON patch whose test fails is Invalid")
        << Script{route,
                  {"PATCH",
                   paths::routes + "/web",
                   {R"([{"op":"test","path":"/metadata/name","value":"x"}])", jsonPatchType},
                   422,
                   {{"reason", "Invalid"}},
                   {}}};
    QTest::newRow("what a patch leaves is checked like any object")
        << Script{route,
                  {"PATCH",
                   paths::routes + "/web",
                   {R"([{"op":"replace","path":"/spec","value":"x"}])", jsonPatchType},
                   422,
                   {{"details.causes[0].field", "spec"}},
                   {}}};
    QTest::newRow("a patch cannot rename")
        << Script{route,
                  {"PATCH",
                   paths::routes + "/web",
                   {R"({"metadata":{"name":"other"}})", "application/merge-patch+json"},
                   400,
                   {},
                   {}}};
    QTest::newRow("a patch that is no object is BadRequest")
        << Script{route,
                  {"PATCH", paths::routes + "/web", {"[]", "application/merge-patch+json"}, 400, {}, {}},
                  {"PATCH", paths::routes + "/web", {"{", "application/merge-patch+json"}, 400, {}, {}}};
    QTest::newRow("a patch of what is not there is NotFound")
        << Script{{"PATCH", paths::routes + "/web", {"{}", "application/merge-patch+json"}, 404, {}, {}}};
    QTest::newRow("other patches are unknown") << Script{
        route,
        {"PATCH", paths::routes + "/web", {"{}", "application/json"}, 415, {}, {}},
        {"PATCH", paths::routes + "/web?fieldManager=m", {"\xA0", "application/apply-patch+cbor"}, 415, {}, {}}};
}

void TstKubePatches::requests()
{
    QFETCH(Script, script);
    ApiClient client;
    QVERIFY(runs(client, script));
}

/// Each copy doubles the object: twenty of them would make a gigabyte of it.
void TstKubePatches::copiesAreLimited()
{
    std::string patch = "[";
    for (int i = 0; i < 40; ++i)
        patch += std::string(i ? "," : "") + R"({"op":"copy","from":"","path":"/x)" + std::to_string(i) + "\"}";
    Value target = Value::object();
    target.set("text", std::string(1000, 'x'));
    const auto patched = gatehouse::importers::jsonPatch(std::move(target), ApiClient::parse(patch + "]"));
    QVERIFY(!patched);
    QVERIFY(patched.error().code == 413 || patched.error().code == 422);
}

QTEST_APPLESS_MAIN(TstKubePatches)
#include "tst_kube_patches.moc"
