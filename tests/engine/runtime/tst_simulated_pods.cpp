#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "cluster.h"

#include <regex>
#include <set>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

std::string deployment(const std::string& more = "")
{
    return R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: app}}
    spec:
      containers:
      - name: main
        image: registry.example/x/echo-basic:v9
        env:
        - {name: SERVICE_NAME, value: named-by-env}
        - {name: INGRESS_NAME, value: edge}
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        ports: [{containerPort: 3000}]
)" + more + "---";
}

const std::string podService = R"(
apiVersion: v1
kind: Service
metadata: {name: app}
spec:
  selector: {app: app}
  ports: [{port: 80, targetPort: 3000}]
---)";

std::string member(const std::string& json, const std::string& name)
{
    std::smatch found;
    return std::regex_search(json, found, std::regex('"' + name + "\": \"([^\"]*)\"")) ? found[1].str() : "";
}

Answer get(Running& gate, const std::string& path)
{
    Wire client = gate.connect();
    return client.ask("GET " + path + " HTTP/1.1\r\nHost: example.com\r\n\r\n");
}

} // namespace

class TstSimulatedPods : public QObject {
    Q_OBJECT

private slots:
    void everyPodAnswersAsItself()
    {
        Running gate(workers(2), {podService + deployment() + route()});
        std::set<std::string> pods;
        for (int i = 0; i < 8; ++i) {
            const Answer answer = get(gate, "/x");
            QCOMPARE(answer.status, 200);
            QCOMPARE(member(answer.body, "service"), std::string("named-by-env"));
            QCOMPARE(member(answer.body, "ingress"), std::string("edge"));
            QCOMPARE(member(answer.body, "namespace"), std::string("default"));
            QCOMPARE(member(answer.body, "httpPort"), std::string("3000"));
            pods.insert(member(answer.body, "pod"));
        }
        QCOMPARE(pods.size(), std::size_t(2));
        for (const std::string& pod : pods)
            QVERIFY2(std::regex_match(pod, std::regex("app-[a-z0-9]{9}-[a-z0-9]{5}")), pod.c_str());
    }

    void aMissingVolumeMeansNoEndpoint()
    {
        const std::string pods = deployment("      volumes: [{name: v, secret: {secretName: cert}}]\n");
        Running gate(workers(1), {podService + pods + route()});
        const Answer before = get(gate, "/");
        QCOMPARE(before.status, 503);
        QVERIFY(before.body.find("[UH]") != std::string::npos);
        gate.apply({podService + pods + route() + "\napiVersion: v1\nkind: Secret\nmetadata: {name: cert}\n", {}, 2});
        QCOMPARE(get(gate, "/").status, 200);
        gate.apply({podService + pods + route(), {}, 3});
        QCOMPARE(get(gate, "/").status, 503);
    }

    void slicesByHandReachPods()
    {
        const auto addressOf = [](const ClusterText& text) {
            const auto snapshot = snapshotOf({gateway(1) + text.yaml});
            return snapshot->graph->resources->pods.begin()->second->podIP;
        };
        const std::string address = addressOf({podService + deployment() + route()});
        const std::string manual = R"(
apiVersion: v1
kind: Service
metadata: {name: app}
spec: {clusterIP: None, ports: [{port: 80, name: p}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: by-hand, labels: {kubernetes.io/service-name: app}}
addressType: IPv4
ports: [{port: 3000, name: p}]
endpoints: [{addresses: [)" + address +
                                   "]}]\n---";
        Running gate(workers(1), {manual + deployment() + route()});
        const Answer answer = get(gate, "/");
        QCOMPARE(answer.status, 200);
        QVERIFY(member(answer.body, "pod").starts_with("app-"));
    }

    void logsWhatItEchoes()
    {
        Running gate(workers(1), {podService + deployment() + route()});
        const std::string pod = member(get(gate, "/a?b=c").body, "pod");
        QVERIFY(!pod.empty());
        // One endpoint after the other: every second request comes to this Pod.
        for (const char* path : {"/none", "/health", "/none", "/status/404", "/none", "/retry/?uuid=1&succeedAfter=0"})
            get(gate, path);
        const auto log = gate.engine.podLog({"default", pod, "main"}, {});
        QVERIFY(log);
        QCOMPARE(*log,
                 std::string("Echoing back request made to /a?b=c to client (127.0.0.1)\n"
                             "Echoing back request made to /retry/?uuid=1&succeedAfter=0 to client (127.0.0.1)\n"));
        QVERIFY(!gate.engine.podLog({"default", pod, "other"}, {}));
        QVERIFY(!gate.engine.podLog({"default", "nobody", "main"}, {}));
        // A log stays while its Pod does, routed to or not.
        gate.apply({podService + deployment(), {}, 2});
        QVERIFY(gate.engine.podLog({"default", pod, "main"}, {}));
        gate.apply({podService + route(), {}, 3});
        QVERIFY(!gate.engine.podLog({"default", pod, "main"}, {}));
    }
};

QTEST_APPLESS_MAIN(TstSimulatedPods)
#include "tst_simulated_pods.moc"
