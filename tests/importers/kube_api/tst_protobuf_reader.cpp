#include <QTest>

#include "documents.h"
#include "protobuf_bytes.h"

#include "importers/kube_api/protobuf_messages.h"
#include "importers/kube_api/protobuf_reader.h"

#include <set>
#include <string>

using namespace gatehouse;
using importers::ProtobufField;
using importers::ProtobufMessage;
using importers::protobufMessages;
using importers::ProtobufType;
using importers::readProtobuf;

namespace {

/// A whole body: the magic, and the envelope around an object.
std::string body(const std::string& apiVersion, const std::string& kind, const std::string& object)
{
    return std::string("k8s\0", 4) + text(1, text(1, apiVersion) + text(2, kind)) + text(2, object) + text(3, "") +
           text(4, "");
}

QString shown(const std::string& bytes)
{
    const auto object = readProtobuf(bytes);
    return object ? QString::fromStdString(importers::toJson(*object, 0)) : QString::number(object.error().code);
}

} // namespace

class TstProtobufReader : public QObject {
    Q_OBJECT

private slots:
    void kubectlsBodies_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("json");
        const auto row = [](const char* command, const char* hex, const char* json) {
            QTest::newRow(command) << QByteArray(hex) << QString(json);
        };
        row("create namespace x",
            "6b3873000a0f0a02763112094e616d65737061636512190a110a017812001a0022002a0032003800420012001a020a001a002200",
            R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"x"}})");
        row("create secret generic s --from-literal=a=b",
            "6b3873000a0c0a0276311206536563726574121e0a120a017312001a016e22002a0032003800420012060a01611201621a001a0022"
            "00",
            R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n"},"data":{"a":"Yg=="}})");
        row("create service clusterip svc --tcp=80:8080",
            "6b3873000a0d0a027631120753657276696365126a0a200a0373766312001a016e22002a003200380042005a0a0a03617070120373"
            "76"
            "6312420a1b0a0738302d38303830120354435018502207080010903f1a002800120a0a0361707012037376631a002209436c757374"
            "65"
            "7249503a00420052005a00600068001a020a001a002200",
            R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"svc","namespace":"n","labels":{"app":"svc"}},)"
            R"("spec":{"ports":[{"name":"80-8080","protocol":"TCP","port":80,"targetPort":8080}],)"
            R"("selector":{"app":"svc"},"type":"ClusterIP"}})");
        row("create deployment d --image=img:1 --replicas=0 --port=3000",
            "6b3873000a150a07617070732f7631120a4465706c6f796d656e7412b0010a1c0a016412001a016e22002a003200380042005a080a"
            "03"
            "6170701201641281010800120a0a080a036170701201641a690a1a0a0012001a0022002a003200380042005a080a03617070120164"
            "12"
            "4b122d0a03696d671205696d673a312a00320b0a00100018b81722002a0042006a007200800100880100900100a201001a00320042"
            "00"
            "4a0052005800600068008201008a01009a0100c2010022020a00280038001a0c0800100018002000280038001a002200",
            R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","namespace":"n","labels":{"app":"d"}},)"
            R"("spec":{"replicas":0,"selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"}},)"
            R"("spec":{"containers":[{"name":"img","image":"img:1","ports":[{"containerPort":3000}]}]}}}})");
        row("create configmap c --from-literal=k=v",
            "6b3873000a0f0a0276311209436f6e6669674d6170121c0a120a016312001a016e22002a0032003800420012060a016b1201761a00"
            "22"
            "00",
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"n"},"data":{"k":"v"}})");
    }
    void kubectlsBodies()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, json);
        const std::string bytes = QByteArray::fromHex(hex).toStdString();
        QCOMPARE(shown(bytes), json);
        // Cut anywhere, it is an error or another object, never more than was sent.
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY(shown(bytes.substr(0, length)) != json || length >= bytes.size() - 4);
    }

    void values_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("json"); ///< without apiVersion and kind
        const auto row = [](const char* claim, const std::string& bytes, const char* json) {
            QTest::newRow(claim) << QByteArray::fromStdString(bytes) << QString(json);
        };
        const auto lease = [](const std::string& spec) {
            return body("coordination.k8s.io/v1", "Lease", text(2, spec));
        };
        const auto meta = [](const std::string& fields) { return body("v1", "ConfigMap", text(1, fields)); };
        const auto pod = [](const std::string& container) { return body("v1", "Pod", text(2, text(2, container))); };
        row("a zero that was meant stays", lease(number(2, 0)), R"("spec":{"leaseDurationSeconds":0})");
        row("a zero that was not meant goes", meta(number(7, 0) + text(1, "a")), R"("metadata":{"name":"a"})");
        row("an empty text that was meant stays", lease(text(1, "")), R"("spec":{"holderIdentity":""})");
        row("a negative number", lease(number(2, ~std::uint64_t{0})), R"("spec":{"leaseDurationSeconds":-1})");
        row("a time", meta(text(8, number(1, 1'700'000'000))),
            R"("metadata":{"creationTimestamp":"2023-11-14T22:13:20Z"})");
        row("a time with microseconds", lease(text(3, number(1, 1'700'000'000) + number(2, 1'234'567))),
            R"("spec":{"acquireTime":"2023-11-14T22:13:20.001234Z"})");
        row("a time that is not set", meta(text(8, "") + text(1, "a")), R"("metadata":{"name":"a"})");
        row("a map with an empty value", meta(text(11, text(1, "a") + text(2, ""))),
            R"("metadata":{"labels":{"a":""}})");
        row("a map without a value", meta(text(11, text(1, "a"))), R"("metadata":{"labels":{"a":""}})");
        row("a list of texts", meta(text(14, "a") + text(14, "b")), R"("metadata":{"finalizers":["a","b"]})");
        row("JSON inside", meta(text(17, text(1, "m") + text(7, text(1, R"({"f:data":{}})")))),
            R"("metadata":{"managedFields":[{"manager":"m","fieldsV1":{"f:data":{}}}]})");
        row("a quantity", pod(text(1, "c") + text(8, text(1, text(1, "cpu") + text(2, text(1, "500m"))))),
            R"("spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"500m"}}}]})");
        row("members that stand among the owner's",
            pod(text(7, text(1, "E") + text(3, text(3, text(1, text(1, "cm")) + text(2, "key"))))),
            R"("spec":{"containers":[{"env":[{"name":"E","valueFrom":{"configMapKeyRef":{"name":"cm","key":"key"}}}]}]})");
        row("a name for a number", pod(text(11, text(1, text(2, text(2, number(1, 1) + text(3, "http")))))),
            R"("spec":{"containers":[{"readinessProbe":{"httpGet":{"port":"http"}}}]})");
        row("an empty message that was meant stays",
            body("v1", "Pod", text(2, text(1, text(1, "v") + text(2, text(2, ""))))),
            R"("spec":{"volumes":[{"name":"v","emptyDir":{}}]})");
        row("numbers one after the other, packed",
            body("v1", "Pod", text(2, text(14, text(4, varint(1) + varint(300))))),
            R"("spec":{"securityContext":{"supplementalGroups":[1,300]}})");
        row("unknown members are passed over", meta(number(900, 1) + text(901, "x") + text(1, "a")),
            R"("metadata":{"name":"a"})");
    }
    void values()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, json);
        const QString whole = shown(bytes.toStdString());
        const int at = whole.indexOf(",\"", whole.indexOf("\"kind\""));
        QCOMPARE(at < 0 ? whole : whole.mid(at + 1).chopped(1), json);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* claim, const std::string& bytes, const char* code) {
            QTest::newRow(claim) << QByteArray::fromStdString(bytes) << QString(code);
        };
        const std::string name = text(1, text(1, "a"));
        row("nothing", "", "400");
        row("JSON", R"({"kind": "Secret"})", "400");
        row("the magic alone", std::string("k8s\0", 4), "415");
        row("a kind without a known form", body("gateway.networking.k8s.io/v1", "Gateway", name), "415");
        row("a kind of another group", body("apps/v1", "Secret", name), "415");
        row("a compressed object", body("v1", "Secret", name) + text(3, "gzip"), "415");
        row("JSON in the envelope", body("v1", "Secret", "{}") + text(4, "application/json"), "415");
        row("a length beyond the end", body("v1", "Secret", "\x0a\x7f"), "400");
        row("a number that does not end", body("v1", "Secret", std::string(12, '\xff')), "400");
        row("field number nought", body("v1", "Secret", std::string(2, '\0')), "400");
        row("a group, which nobody uses", body("v1", "Secret", "\x0b"), "400");
        row("a number where a message must be", body("v1", "Secret", number(1, 5)), "400");
        row("a text that is no UTF-8", body("v1", "Secret", text(1, text(1, "\xff"))), "400");
        row("a key that is no UTF-8", body("v1", "Secret", text(1, text(11, text(1, "\xc3") + text(2, "x")))), "400");
        row("a time beyond the year 9999", body("v1", "Secret", text(1, text(8, number(1, 300'000'000'000)))), "400");
        row("JSON inside that is none", body("v1", "Secret", text(1, text(17, text(7, text(1, "{"))))), "400");
        std::string many;
        for (int i = 0; i < 500'001; ++i)
            many += text(14, "");
        row("too many values", body("v1", "Secret", text(1, many)), "400");
    }
    void refusals()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        QCOMPARE(shown(bytes.toStdString()), code);
    }

    void theTableHoldsTogether()
    {
        QVERIFY(protobufMessages().size() > 100);
        std::set<std::string_view> names;
        for (const ProtobufMessage& message : protobufMessages()) {
            const std::string name(message.name);
            QVERIFY2(names.insert(message.name).second, name.c_str());
            std::uint32_t last = 0;
            for (const ProtobufField& field : message.fields) {
                QVERIFY2(field.number > last, name.c_str());
                last = field.number;
                QVERIFY2((field.type == ProtobufType::Message) == (field.message != nullptr), name.c_str());
                QVERIFY2(!field.name.empty() || field.message, name.c_str());
            }
        }
    }

    /// The reader calls itself for messages in messages, so none may hold itself.
    void noMessageHoldsItself()
    {
        for (const ProtobufMessage& message : protobufMessages())
            QVERIFY2(depthOf(message, 0) < 20, std::string(message.name).c_str());
    }

    void everyWritableBuiltInKindHasAForm()
    {
        for (const importers::ApiKind& kind : importers::apiKinds())
            if (!kind.custom && !kind.readOnly)
                QVERIFY2(importers::findProtobufMessage(kind.group, kind.kind), std::string(kind.kind).c_str());
        QVERIFY(importers::findProtobufMessage("apps", "DeleteOptions"));
    }

private:
    static int depthOf(const ProtobufMessage& message, int depth)
    {
        int deepest = depth;
        for (const ProtobufField& field : message.fields)
            if (field.message && depth < 20)
                deepest = std::max(deepest, depthOf(*field.message, depth + 1));
        return deepest;
    }
};

QTEST_APPLESS_MAIN(TstProtobufReader)
#include "tst_protobuf_reader.moc"
