#include <QTest>

#include "documents.h"
#include "importers/kube_api/printer_columns.h"

#include <string>

using namespace gatehouse;
using importers::findApiKindOf;
using model::Value;

namespace {

/// 2026-03-04T05:06:07Z.
const std::chrono::system_clock::time_point now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 4) +
                                                std::chrono::hours(5) + std::chrono::minutes(6) +
                                                std::chrono::seconds(7)};

QJsonObject tableOf(const std::string& group, const std::string& kind, const std::vector<Value>& objects,
                    const std::string& includeObject = "Metadata")
{
    importers::TableInput input;
    input.kind = findApiKindOf(group, kind);
    for (const Value& object : objects)
        input.objects.push_back(&object);
    input.includeObject = includeObject;
    input.now = now;
    input.listMetadata = valueOf(R"({"resourceVersion": "17"})");
    return jsonOf(importers::toTable(input));
}

Value pathsObject()
{
    return valueOf(R"({"a": 1, "b": {"c": 2}, "list": [{"t": "A", "v": "x"}, {"t": "B", "v": "y", "w": "z"}]})");
}

QString shown(const QJsonValue& cell)
{
    return cell.isNull() ? QString() : cell.isDouble() ? QString::number(cell.toInt()) : cell.toString();
}

} // namespace

class TstTable : public QObject {
    Q_OBJECT

private slots:
    void columns_data()
    {
        QTest::addColumn<QString>("columns"); ///< "+": wide
        const auto row = [](const char* kind, const char* columns) { QTest::newRow(kind) << QString(columns); };
        row("gateway.networking.k8s.io/Gateway", "Name Class Address Programmed Age");
        row("gateway.networking.k8s.io/GatewayClass", "Name Controller Accepted Age Description+");
        row("gateway.networking.k8s.io/HTTPRoute", "Name Hostnames Age");
        row("gateway.networking.k8s.io/TLSRoute", "Name Age");
        row("gateway.networking.k8s.io/ListenerSet", "Name Accepted Programmed Age");
        row("/Pod", "Name Ready Status Restarts Age IP+ Node+ Nominated_Node+ Readiness_Gates+");
        row("/Service", "Name Type Cluster-IP External-IP Port(s) Age Selector+");
        row("/ConfigMap", "Name Data Age");
        row("/Secret", "Name Type Data Age");
        row("/Namespace", "Name Status Age");
        row("/Endpoints", "Name Endpoints Age");
        row("/ServiceAccount", "Name Secrets Age");
        row("/Node", "Name Status Roles Age Version Internal-IP+ External-IP+ OS-Image+ Kernel-Version+ "
                     "Container-Runtime+");
        row("/Event", "Name Last_Seen Type Reason Object Subobject+ Source+ Message First_Seen+ Count+ Name+");
        row("events.k8s.io/Event",
            "Name Last_Seen Type Reason Object Subobject+ Source+ Message First_Seen+ Count+ Name+");
        row("apps/Deployment", "Name Ready Up-to-date Available Age Containers+ Images+ Selector+");
        row("apps/ReplicaSet", "Name Desired Current Ready Age Containers+ Images+ Selector+");
        row("discovery.k8s.io/EndpointSlice", "Name AddressType Ports Endpoints Age");
        row("coordination.k8s.io/Lease", "Name Holder Age");
        row("apiextensions.k8s.io/CustomResourceDefinition", "Name Created_At");
    }
    void columns()
    {
        QFETCH(QString, columns);
        const QString kind = QTest::currentDataTag();
        const QJsonObject table =
            tableOf(kind.section('/', 0, 0).toStdString(), kind.section('/', 1).toStdString(), {Value::object()});
        QStringList names;
        for (const QJsonValue& each : table["columnDefinitions"].toArray()) {
            names << each["name"].toString().replace(' ', '_') + (each["priority"].toInt() > 0 ? "+" : "");
            QVERIFY(!each["type"].toString().isEmpty());
        }
        QCOMPARE(names.join(' '), columns);
        // An object of which nothing is known has a cell for each column all the same.
        QCOMPARE(table["rows"][0]["cells"].toArray().size(), names.size());
    }

    void cells_data();
    void cells();

    void everyKindStandsAnyObject()
    {
        const Value odd = valueOf(R"({"metadata": 1, "spec": [1], "status": {"conditions": {"a": 1}, "phase": 3},
            "subsets": [1, {"addresses": {}}], "ports": [[]], "data": []})");
        for (const importers::ApiKind& kind : importers::apiKinds())
            for (const Value& object : {Value(), Value("text"), odd})
                QCOMPARE(tableOf(std::string(kind.group), std::string(kind.kind), {object})["rows"].toArray().size(),
                         1);
    }

    void includedObject_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::newRow("None") << "";
        QTest::newRow("Metadata") << "PartialObjectMetadata";
        QTest::newRow("Object") << "ConfigMap";
    }
    void includedObject()
    {
        QFETCH(QString, expected);
        const Value object = valueOf(R"({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"},
            "data": {"x": "y"}})");
        const QJsonObject table = tableOf("", "ConfigMap", {object}, QTest::currentDataTag());
        const QJsonObject row = table["rows"][0].toObject();
        QCOMPARE(row["object"]["kind"].toString(), expected);
        QCOMPARE(row["object"].toObject().contains("data"), expected == "ConfigMap");
        QCOMPARE(table["kind"].toString(), "Table");
        QCOMPARE(table["apiVersion"].toString(), "meta.k8s.io/v1");
        QCOMPARE(table["metadata"]["resourceVersion"].toString(), "17");
    }

    void rowsKeepTheirOrder()
    {
        const std::vector<Value> objects = {valueOf(R"({"metadata": {"name": "b"}})"),
                                            valueOf(R"({"metadata": {"name": "a"}})")};
        const QJsonArray rows = tableOf("", "Secret", objects)["rows"].toArray();
        QCOMPARE(rows[0]["cells"][0].toString() + rows[1]["cells"][0].toString(), "ba");
    }

    void anEmptyListHasItsColumns()
    {
        const QJsonObject table = tableOf("", "Pod", {});
        QCOMPARE(table["rows"].toArray().size(), 0);
        QCOMPARE(table["columnDefinitions"].toArray().size(), 9);
    }

    void partialMetadataIsMetadataAlone()
    {
        const QJsonObject partial = jsonOf(importers::partialMetadata(
            valueOf(R"({"kind": "Pod", "metadata": {"name": "a", "labels": {"b": "c"}}, "spec": {}})")));
        const QJsonObject expected{{"kind", "PartialObjectMetadata"},
                                   {"apiVersion", "meta.k8s.io/v1"},
                                   {"metadata", QJsonObject{{"name", "a"}, {"labels", QJsonObject{{"b", "c"}}}}}};
        QCOMPARE(partial, expected);
    }

    void paths_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a member") << ".a"
                                  << "1";
        QTest::newRow("a member of a member") << ".b.c"
                                              << "2";
        QTest::newRow("the first of a list") << ".list[*].v"
                                             << "\"x\"";
        QTest::newRow("the first that has the member") << ".list[*].w"
                                                       << "\"z\"";
        QTest::newRow("the item that a filter finds") << ".list[?(@.t==\"B\")].v"
                                                      << "\"y\"";
        QTest::newRow("a filter that finds none") << ".list[?(@.t==\"C\")].v"
                                                  << "";
        QTest::newRow("no such member") << ".no.such"
                                        << "";
        QTest::newRow("a list that is none") << ".a[*].b"
                                             << "";
        QTest::newRow("the whole object") << "" << QString::fromStdString(importers::toJson(pathsObject(), 0));
        QTest::newRow("a broken path") << ".list[0]"
                                       << "";
        QTest::newRow("a filter that does not end") << ".list[?(@.t==\"A"
                                                    << "";
        QTest::newRow("a path without a dot") << "a"
                                              << "";
        QTest::newRow("two dots") << "..a"
                                  << "";
    }
    void paths()
    {
        QFETCH(QString, path);
        QFETCH(QString, expected);
        const Value object = pathsObject();
        const Value* found = importers::firstAtPath(object, path.toStdString());
        QCOMPARE(found ? QString::fromStdString(importers::toJson(*found, 0)) : QString(), expected);
    }

    void ages_data()
    {
        QTest::addColumn<QString>("timestamp");
        QTest::addColumn<QString>("expected");
        QTest::newRow("now") << "2026-03-04T05:06:07Z"
                             << "0s";
        QTest::newRow("seconds") << "2026-03-04T05:05:00Z"
                                 << "67s";
        QTest::newRow("minutes and seconds") << "2026-03-04T05:02:00Z"
                                             << "4m7s";
        QTest::newRow("hours") << "2026-03-03T05:06:07Z"
                               << "24h";
        QTest::newRow("with an offset") << "2026-03-04T06:06:07+01:00"
                                        << "0s";
        QTest::newRow("a second ahead is now") << "2026-03-04T05:06:08Z"
                                               << "0s";
        QTest::newRow("the future") << "2026-03-05T05:06:07Z"
                                    << "<invalid>";
        QTest::newRow("no time") << "yesterday"
                                 << "<invalid>";
        QTest::newRow("none") << ""
                              << "<unknown>";
    }
    void ages()
    {
        QFETCH(QString, timestamp);
        QFETCH(QString, expected);
        const Value value(timestamp.toStdString());
        QCOMPARE(QString::fromStdString(importers::ageOf(&value, now)), expected);
        QCOMPARE(QString::fromStdString(importers::ageOf(nullptr, now)), "<unknown>");
    }
};

void TstTable::cells_data()
{
    QTest::addColumn<QString>("object");
    QTest::addColumn<QString>("expected"); ///< of the columns behind the name
    const auto row = [](const char* kindAndClaim, const char* object, const char* expected) {
        QTest::newRow(kindAndClaim) << QString(object) << QString(expected);
    };
    const auto* const at = R"("creationTimestamp": "2026-03-04T05:06:00Z")";
    const auto with = [at](QString object) { return object.replace("$at", at).toUtf8(); };

    row("gateway.networking.k8s.io/Gateway: programmed",
        with(R"({"metadata": {"name": "g", $at}, "spec": {"gatewayClassName": "c"}, "status": {
            "addresses": [{"value": "127.0.0.2"}, {"value": "127.0.0.3"}],
            "conditions": [{"type": "Accepted", "status": "True"}, {"type": "Programmed", "status": "False"}]}})"),
        "c|127.0.0.2|False|7s");
    row("gateway.networking.k8s.io/Gateway: nobody looked at it yet",
        with(R"({"metadata": {"name": "g", $at}, "spec": {"gatewayClassName": "c"}})"), "c|||7s");
    row("gateway.networking.k8s.io/HTTPRoute: hostnames are a JSON list",
        with(R"({"metadata": {"name": "r", $at}, "spec": {"hostnames": ["a.example", "b.example"]}})"),
        R"(["a.example","b.example"]|7s)");
    row("gateway.networking.k8s.io/HTTPRoute: without hostnames",
        with(R"({"metadata": {"name": "r", $at}, "spec": {}})"), "|7s");
    row("gateway.networking.k8s.io/GatewayClass: description is wide",
        with(R"({"metadata": {"name": "c", $at}, "spec": {"controllerName": "a.example/b", "description": "Mine"},
            "status": {"conditions": [{"type": "Accepted", "status": "True"}]}})"),
        "a.example/b|True|7s|Mine");

    row("/Pod: runs", with(R"({"metadata": {"name": "p", $at}, "spec": {"containers": [{}, {}], "nodeName": "n"},
            "status": {"phase": "Running", "podIP": "10.0.0.1", "containerStatuses": [
                {"ready": true, "restartCount": 0, "state": {"running": {}}}, {"ready": false}]}})"),
        "1/2|Running|0|7s|10.0.0.1|n|<none>|<none>");
    row("/Pod: a container's trouble beats the phase",
        with(R"({"metadata": {"name": "p", $at}, "spec": {"containers": [{}]}, "status": {"phase": "Pending",
            "containerStatuses": [{"ready": false, "restartCount": 3,
                "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                "lastState": {"terminated": {"finishedAt": "2026-03-04T05:04:07Z"}}}]}})"),
        "0/1|CrashLoopBackOff|3 (2m ago)|7s|<none>|<none>|<none>|<none>");
    row("/Pod: ended with a code", with(R"({"metadata": {"name": "p", $at}, "spec": {"containers": [{}]}, "status": {
            "phase": "Failed", "containerStatuses": [{"state": {"terminated": {"exitCode": 3}}}]}})"),
        "0/1|ExitCode:3|0|7s|<none>|<none>|<none>|<none>");
    row("/Pod: waits for its init containers",
        with(R"({"metadata": {"name": "p", $at}, "spec": {"containers": [{}], "initContainers": [{}, {}]},
            "status": {"phase": "Pending", "initContainerStatuses": [
                {"state": {"terminated": {"exitCode": 0}}}, {"state": {"running": {}}}]}})"),
        "0/1|Init:1/2|0|7s|<none>|<none>|<none>|<none>");
    row("/Pod: goes", with(R"({"metadata": {"name": "p", $at, "deletionTimestamp": "2026-03-04T05:06:07Z"},
            "spec": {"containers": [{}]}, "status": {"phase": "Running"}})"),
        "0/1|Terminating|0|7s|<none>|<none>|<none>|<none>");

    row("/Service: in the cluster", with(R"({"metadata": {"name": "s", $at}, "spec": {"type": "ClusterIP",
            "clusterIP": "10.1.2.3", "selector": {"tier": "web", "app": "a"},
            "ports": [{"port": 80, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]}})"),
        "ClusterIP|10.1.2.3|<none>|80/TCP,53/UDP|7s|app=a,tier=web");
    row("/Service: headless", with(R"({"metadata": {"name": "s", $at}, "spec": {"clusterIP": "None"}})"),
        "ClusterIP|None|<none>|<none>|7s|<none>");
    row("/Service: on the nodes", with(R"({"metadata": {"name": "s", $at}, "spec": {"type": "NodePort",
            "clusterIPs": ["10.1.2.3"], "ports": [{"port": 80, "nodePort": 30080}]}})"),
        "NodePort|10.1.2.3|<none>|80:30080/TCP|7s|<none>");
    row("/Service: waits for a balancer",
        with(R"({"metadata": {"name": "s", $at}, "spec": {"type": "LoadBalancer", "clusterIP": "10.1.2.3"}})"),
        "LoadBalancer|10.1.2.3|<pending>|<none>|7s|<none>");
    row("/Service: has a balancer", with(R"({"metadata": {"name": "s", $at}, "spec": {"type": "LoadBalancer",
            "externalIPs": ["192.0.2.9"]}, "status": {"loadBalancer": {"ingress": [{"ip": "127.0.0.5"},
            {"hostname": "lb.example"}]}}})"),
        "LoadBalancer|<none>|127.0.0.5,lb.example,192.0.2.9|<none>|7s|<none>");
    row("/Service: a name elsewhere", with(R"({"metadata": {"name": "s", $at}, "spec": {"type": "ExternalName",
            "externalName": "db.example"}})"),
        "ExternalName|<none>|db.example|<none>|7s|<none>");

    row("/Endpoints: each address with each port, three at most",
        with(R"({"metadata": {"name": "e", $at}, "subsets": [{"addresses": [{"ip": "10.0.0.1"}, {"ip": "::1"}],
            "ports": [{"port": 80}, {"port": 443}]}, {"addresses": [{"ip": "10.0.0.2"}]}]})"),
        "10.0.0.1:80,10.0.0.1:443,[::1]:80 + 2 more...|7s");
    row("/Endpoints: none", with(R"({"metadata": {"name": "e", $at}})"), "<none>|7s");
    row("discovery.k8s.io/EndpointSlice: ports and addresses",
        with(R"({"metadata": {"name": "e", $at}, "addressType": "IPv4", "ports": [{"port": 3000}, {"name": "any"}],
            "endpoints": [{"addresses": ["10.0.0.1"]}, {"addresses": ["10.0.0.2"]}]})"),
        "IPv4|3000,any|10.0.0.1,10.0.0.2|7s");
    row("discovery.k8s.io/EndpointSlice: empty", with(R"({"metadata": {"name": "e", $at}, "addressType": "IPv6"})"),
        "IPv6|<unset>|<unset>|7s");

    row("apps/Deployment: counts", with(R"({"metadata": {"name": "d", $at}, "spec": {"replicas": 3,
            "selector": {"matchLabels": {"app": "a"}, "matchExpressions": [
                {"key": "env", "operator": "In", "values": ["x", "y"]}, {"key": "old", "operator": "DoesNotExist"}]},
            "template": {"spec": {"containers": [{"name": "one", "image": "i:1"}, {"name": "two", "image": "j:2"}]}}},
            "status": {"readyReplicas": 2, "updatedReplicas": 3, "availableReplicas": 1}})"),
        "2/3|3|1|7s|one,two|i:1,j:2|app=a,env in (x,y),!old");
    row("apps/ReplicaSet: counts", with(R"({"metadata": {"name": "d", $at}, "spec": {"replicas": 2},
            "status": {"replicas": 2, "readyReplicas": 1}})"),
        "2|2|1|7s|||<none>");

    row("/ConfigMap: texts and bytes",
        with(R"({"metadata": {"name": "c", $at}, "data": {"a": "1", "b": "2"}, "binaryData": {"c": "AA=="}})"), "3|7s");
    row("/Secret: never its contents",
        with(R"({"metadata": {"name": "s", $at}, "type": "kubernetes.io/tls", "data": {"tls.key": "AA=="}})"),
        "kubernetes.io/tls|1|7s");
    row("/Namespace: its phase", with(R"({"metadata": {"name": "n", $at}, "status": {"phase": "Active"}})"),
        "Active|7s");
    row("/ServiceAccount: its secrets", with(R"({"metadata": {"name": "s", $at}})"), "0|7s");
    row("coordination.k8s.io/Lease: who holds it",
        with(R"({"metadata": {"name": "l", $at}, "spec": {"holderIdentity": "me"}})"), "me|7s");
    row("apiextensions.k8s.io/CustomResourceDefinition: when it came", with(R"({"metadata": {"name": "c", $at}})"),
        "2026-03-04T05:06:00Z");
    row("/Node: ready",
        with(R"({"metadata": {"name": "n", $at, "labels": {"node-role.kubernetes.io/control-plane": ""}},
            "spec": {"unschedulable": true}, "status": {"conditions": [{"type": "Ready", "status": "True"}],
            "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}], "nodeInfo": {"kubeletVersion": "v1.34.0",
            "osImage": "Debian", "kernelVersion": "6.1", "containerRuntimeVersion": "gatehouse://1"}}})"),
        "Ready,SchedulingDisabled|control-plane|7s|v1.34.0|127.0.0.1|<none>|Debian|6.1|gatehouse://1");
    row("/Event: came again", with(R"({"metadata": {"name": "e", $at}, "type": "Warning", "reason": "Failed",
            "involvedObject": {"kind": "HTTPRoute", "name": "r", "fieldPath": "spec"}, "message": "no",
            "source": {"component": "gatehouse", "host": "here"}, "count": 4,
            "firstTimestamp": "2026-03-04T05:01:07Z", "lastTimestamp": "2026-03-04T05:06:00Z"})"),
        "7s (x4 over 5m)|Warning|Failed|httproute/r|spec|gatehouse, here|no|5m|4|e");
    row("events.k8s.io/Event: the newer spelling",
        with(R"({"metadata": {"name": "e", $at}, "type": "Normal", "reason": "Done",
            "regarding": {"kind": "Pod", "name": "p"}, "note": "yes", "reportingController": "c",
            "eventTime": "2026-03-04T05:06:06Z"})"),
        "1s|Normal|Done|pod/p||c|yes|1s|1|e");
}

void TstTable::cells()
{
    QFETCH(QString, object);
    QFETCH(QString, expected);
    const QString kind = QString(QTest::currentDataTag()).section(':', 0, 0);
    const Value value = valueOf(object.toStdString());
    QVERIFY(!value.isNull());
    const QJsonObject table =
        tableOf(kind.section('/', 0, 0).toStdString(), kind.section('/', 1).toStdString(), {value});
    QStringList cells;
    for (const QJsonValue& cell : table["rows"][0]["cells"].toArray())
        cells << shown(cell);
    QCOMPARE(cells.takeFirst(), QString::fromStdString(*value.find("metadata")->find("name")->asString()));
    QCOMPARE(cells.join('|'), expected);
}

QTEST_APPLESS_MAIN(TstTable)
#include "tst_table.moc"
