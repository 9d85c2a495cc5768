#include <QRegularExpression>
#include <QtTest/QTest>

#include "model/workloads/workloads.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include <set>

using namespace gatehouse::model;

namespace {

/// A few resources by hand.
struct Input {
    ResourceSet set;

    Deployment& deployment(const std::string& name, std::int32_t replicas = 2)
    {
        auto made = std::make_shared<Deployment>();
        made->key = {"apps", "Deployment", {"a", name}};
        made->apiVersion = "apps/v1";
        made->replicas = replicas;
        made->podLabels = {{"app", name}};
        Container container;
        container.name = name;
        container.image = "registry.example/echo:1";
        container.ports = {{"http", 3000, "TCP"}, {"dns", 53, "UDP"}};
        container.env = {{"MODE", "x"}};
        container.envFields = {{"POD_NAME", "metadata.name"},
                               {"NAMESPACE", "metadata.namespace"},
                               {"APP", "metadata.labels['app']"},
                               {"IP", "status.podIP"},
                               {"UNKNOWN", "spec.something"}};
        made->containers = {container};
        set.deployments[made->key.name] = made;
        return *made;
    }

    Pod& pod(const std::string& name, const std::map<std::string, std::string>& labels)
    {
        auto made = std::make_shared<Pod>();
        made->key = {"", "Pod", {"a", name}};
        made->apiVersion = "v1";
        made->meta.labels = labels;
        made->containers = {Container{"main", "img", {}, {}, {}}};
        set.pods[made->key.name] = made;
        return *made;
    }

    Service& service(const std::string& name, const std::map<std::string, std::string>& selector,
                     const std::string& namespace_ = "a")
    {
        auto made = std::make_shared<Service>();
        made->key = {"", "Service", {namespace_, name}};
        made->apiVersion = "v1";
        made->selector = selector;
        ServicePort port;
        port.port = 80;
        port.targetPort.number = 3000;
        made->ports = {port};
        set.services[made->key.name] = made;
        return *made;
    }

    void secret(const std::string& name)
    {
        auto made = std::make_shared<Secret>();
        made->key = {"", "Secret", {"a", name}};
        set.secrets[made->key.name] = made;
    }

    [[nodiscard]] std::shared_ptr<const Workloads>
    derive(const std::shared_ptr<const Workloads>& previous = nullptr) const
    {
        return deriveWorkloads(std::make_shared<const ResourceSet>(set), previous);
    }
};

/// Names and addresses of the Pods, in order.
QStringList podsOf(const Workloads& workloads)
{
    QStringList all;
    for (const auto& [name, pod] : workloads.resources->pods)
        all << QString::fromStdString(toString(name) + ' ' + pod->podIP);
    return all;
}

/// "port=number,...: pod pod!" of every slice of a Service; "!" behind what is not ready.
QStringList slicesOf(const Workloads& workloads, const std::string& service)
{
    QStringList all;
    for (const auto& [name, slice] : workloads.resources->endpointSlices) {
        if (slice->serviceName != service)
            continue;
        QStringList ports, pods;
        for (const EndpointPort& port : slice->ports)
            ports << QString::fromStdString(port.name) + '=' + QString::number(port.port.value_or(0));
        for (const Endpoint& endpoint : slice->endpoints)
            pods << QString::fromStdString(endpoint.targetPod).section('-', 0, 0) + (endpoint.ready ? "" : "!");
        all << ports.join(',') + ": " + pods.join(' ');
    }
    all.sort();
    return all;
}

const Value* at(const Value& value, const std::vector<std::string>& path)
{
    const Value* found = &value;
    for (const std::string& step : path) {
        if (const auto* list = found->asArray())
            found = std::stoul(step) < list->size() ? &list->at(std::stoul(step)) : nullptr;
        else
            found = found->find(step);
        if (!found)
            return nullptr;
    }
    return found;
}

QString textAt(const Value& value, const std::vector<std::string>& path)
{
    const Value* found = at(value, path);
    const std::string* text = found ? found->asString() : nullptr;
    return text ? QString::fromStdString(*text) : QString();
}

const Value* find(const std::vector<Value>& objects, const QString& kind)
{
    for (const Value& object : objects)
        if (textAt(object, {"kind"}) == kind)
            return &object;
    return nullptr;
}

} // namespace

class TstWorkloads : public QObject {
    Q_OBJECT

private slots:
    void namesAndAddressesAreStable()
    {
        Input input;
        input.deployment("web", 3);
        input.deployment("api", 1);
        const auto first = input.derive();
        QCOMPARE(first->resources->pods.size(), std::size_t(4));
        const QRegularExpression pattern("^a/(web|api)-[a-z0-9]{9}-[a-z0-9]{5} 10\\.244\\.[0-9]+\\.[0-9]+$");
        for (const QString& pod : podsOf(*first))
            QVERIFY2(pod.contains(pattern), qPrintable(pod));
        QCOMPARE(podsOf(*input.derive()), podsOf(*first));
        // Another Deployment moves nobody, and neither does its end.
        input.deployment("more", 5);
        const auto second = input.derive(first);
        input.set.deployments.erase({"a", "more"});
        QCOMPARE(podsOf(*input.derive(second)), podsOf(*first));
        // More replicas keep those that are there.
        input.deployment("web", 5);
        const QStringList third = podsOf(*input.derive(second));
        for (const QString& pod : podsOf(*first))
            QVERIFY2(third.contains(pod), qPrintable(pod));
    }

    void aPodHasItsTemplate()
    {
        Input input;
        input.deployment("web", 1).podAnnotations = {{"note", "x"}};
        const auto workloads = input.derive();
        const Pod& pod = *workloads->resources->pods.begin()->second;
        QVERIFY(pod.ready);
        QCOMPARE(pod.meta.labels.at("app"), std::string("web"));
        QVERIFY(pod.meta.labels.contains("pod-template-hash"));
        QCOMPARE(pod.meta.annotations.at("note"), std::string("x"));
        const std::map<std::string, std::string> env = {
            {"APP", "web"}, {"IP", pod.podIP}, {"MODE", "x"}, {"NAMESPACE", "a"}, {"POD_NAME", pod.name()}};
        QCOMPARE(pod.containers.at(0).env, env);
    }

    void replicasAreLimited_data()
    {
        QTest::addColumn<int>("replicas");
        QTest::addColumn<int>("pods");
        QTest::newRow("none") << 0 << 0;
        QTest::newRow("as many as wanted") << 50 << 50;
        QTest::newRow("no more than the limit") << 2'000'000'000 << 50;
    }

    void replicasAreLimited()
    {
        QFETCH(int, replicas);
        QFETCH(int, pods);
        Input input;
        // A name so long that generated names have to be cut.
        input.deployment(std::string(200, 'n'), replicas);
        const auto workloads = input.derive();
        QCOMPARE(int(workloads->resources->pods.size()), pods);
        for (const auto& [key, pod] : workloads->resources->pods)
            QVERIFY(key.name.size() <= 63);
        const Value status = workloadStatuses(*workloads).begin()->second;
        QCOMPARE(at(status, {"availableReplicas"})->asInt().value_or(-1), std::int64_t(pods));
        QCOMPARE(textAt(status, {"conditions", "0", "status"}), QString("True"));
    }

    void aMissingVolumeHoldsAPodUp()
    {
        Input input;
        input.deployment("web", 1).mounts = {{MountedObject::Kind::Secret, "cert"}};
        input.service("web", {{"app", "web"}});
        const auto before = input.derive();
        QVERIFY(!before->resources->pods.begin()->second->ready);
        QCOMPARE(before->resources->pods.begin()->second->podIP, std::string());
        QCOMPARE(slicesOf(*before, "web"), QStringList{": "});
        const auto waiting = derivedObjects(*before);
        QCOMPARE(textAt(*find(waiting, "Pod"), {"status", "phase"}), QString("Pending"));
        QCOMPARE(textAt(*find(waiting, "Pod"), {"status", "conditions", "3", "status"}), QString("False"));
        QCOMPARE(textAt(*find(waiting, "Pod"), {"status", "conditions", "3", "message"}),
                 QString("a volume waits for Secret a/cert"));
        QCOMPARE(textAt(*find(waiting, "Pod"), {"status", "containerStatuses", "0", "state", "waiting", "reason"}),
                 QString("ContainerCreating"));
        QCOMPARE(textAt(workloadStatuses(*before).begin()->second, {"conditions", "0", "status"}), QString("False"));

        // Created later, deleted again: the name stays.
        input.secret("cert");
        const auto after = input.derive(before);
        QVERIFY(after->resources->pods.begin()->second->ready);
        QVERIFY(after->resources->pods.begin()->first == before->resources->pods.begin()->first);
        QCOMPARE(slicesOf(*after, "web"), QStringList{"=3000: web"});
        const auto running = derivedObjects(*after);
        QCOMPARE(textAt(*find(running, "Pod"), {"status", "phase"}), QString("Running"));
        input.set.secrets.clear();
        QCOMPARE(slicesOf(*input.derive(after), "web"), QStringList{": "});
    }

    void slices_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("slices");
        const auto row = [](const char* claim, const char* what, const QStringList& slices) {
            QTest::newRow(claim) << what << slices;
        };
        row("selected Pods become endpoints", "plain", {"=3000: web web"});
        row("a target port by name", "named", {"=3000: web web"});
        row("a name that no container has", "unnamed", {": web web"});
        row("a name of another protocol", "protocol", {": web web"});
        row("several ports", "ports", {"=3000,dns=53: web web"});
        row("several Deployments and Pods", "several", {"=3000: other web web"});
        row("different ports make slices of their own", "different", {": other", "=3000: web web"});
        row("a Pod that is not ready is an endpoint that is not", "unready", {"=3000: other! web web"});
        row("no replicas: known to have no endpoints", "none", {": "});
        row("nothing selected: no slice", "nobody", {});
        row("all labels have to fit", "two", {});
        row("no selector: no slice", "manual", {});
        row("another namespace", "elsewhere", {});
        row("ExternalName has no endpoints", "external", {});
        row("slices of its own are all there is", "own", {": "});
    }

    void slices()
    {
        QFETCH(QString, what);
        QFETCH(QStringList, slices);
        Input input;
        Deployment& web = input.deployment("web");
        Service& service = input.service("s", {{"app", "web"}}, what == "elsewhere" ? "b" : "a");
        if (what == "named" || what == "different")
            service.ports[0].targetPort = {{}, "http"};
        if (what == "unnamed")
            service.ports[0].targetPort = {{}, "https"};
        if (what == "protocol")
            service.ports[0].targetPort = {{}, "dns"};
        if (what == "ports") {
            ServicePort dns;
            dns.name = "dns";
            dns.protocol = "UDP";
            dns.port = 53;
            dns.targetPort.name = "dns";
            service.ports.push_back(dns);
        }
        if (what == "several" || what == "different")
            input.pod("other", {{"app", "web"}, {"more", "x"}});
        if (what == "unready")
            input.pod("other", {{"app", "web"}}).ready = false;
        if (what == "none")
            web.replicas = 0;
        if (what == "nobody")
            service.selector = {{"app", "nobody"}};
        if (what == "two")
            service.selector["tier"] = "front";
        if (what == "manual")
            service.selector.clear();
        if (what == "external")
            service.type = "ExternalName";
        if (what == "own") {
            auto slice = std::make_shared<EndpointSlice>();
            slice->key = {"discovery.k8s.io", "EndpointSlice", {"a", "mine"}};
            slice->serviceName = "s";
            input.set.endpointSlices[slice->key.name] = slice;
        }
        QCOMPARE(slicesOf(*input.derive(), "s"), slices);
    }

    void podsOfAClusterAreNotMadeTwice()
    {
        Input input;
        input.deployment("web", 3);
        input.pod("web-77d-1", {{"app", "web"}, {"pod-template-hash", "77d"}}).podIP = "10.1.2.3";
        const auto workloads = input.derive();
        QCOMPARE(podsOf(*workloads), QStringList{"a/web-77d-1 10.1.2.3"});
    }

    void aWrittenPodRuns()
    {
        Input input;
        input.pod("p", {{"app", "p"}});
        const auto workloads = input.derive();
        const Pod& pod = *workloads->resources->pods.begin()->second;
        QVERIFY(!pod.podIP.empty());
        const auto statuses = workloadStatuses(*workloads);
        QCOMPARE(statuses.size(), std::size_t(1));
        QCOMPARE(textAt(statuses.begin()->second, {"podIP"}), QString::fromStdString(pod.podIP));
        QVERIFY(!find(derivedObjects(*workloads), "Pod")); // it is the user's, not ours
    }

    void twoPodsNeverShareAnAddress()
    {
        Input input;
        for (int i = 0; i < 100; ++i)
            input.deployment("d" + std::to_string(i), 50);
        const auto workloads = input.derive();
        std::set<std::string> addresses;
        for (const auto& [name, pod] : workloads->resources->pods)
            addresses.insert(pod->podIP);
        QCOMPARE(addresses.size(), std::size_t(5000));
        // Neither does one that brings its address along.
        input.pod("taken", {}).podIP = *addresses.begin();
        const auto again = input.derive();
        addresses.clear();
        for (const auto& [name, pod] : again->resources->pods)
            addresses.insert(pod->podIP);
        QCOMPARE(addresses.size(), std::size_t(5001));
    }

    void whatDidNotChangeIsShared()
    {
        Input input;
        input.deployment("web");
        input.deployment("api");
        input.service("web", {{"app", "web"}});
        input.service("api", {{"app", "api"}});
        const auto first = input.derive();
        QCOMPARE(deriveWorkloads(first->input, first), first);
        // A set that differs elsewhere, as after an edit of a route.
        input.secret("unrelated");
        const auto second = input.derive(first);
        QVERIFY(second->groups == first->groups);
        QVERIFY(second->slices == first->slices);
        // One Deployment is edited: the other's Pods and slices are those that were.
        input.deployment("api", 1);
        const auto third = input.derive(second);
        QVERIFY(third->slices.at({"a", "web"}) == first->slices.at({"a", "web"}));
        QVERIFY(third->slices.at({"a", "api"}) != first->slices.at({"a", "api"}));
        QCOMPARE(third->resources->pods.size(), std::size_t(3));
    }

    void withoutPodsTheSetIsTheInput()
    {
        Input input;
        input.service("s", {{"app", "s"}});
        const auto workloads = input.derive();
        QCOMPARE(workloads->resources, workloads->input);
    }

    void objectsAreComplete()
    {
        Input input;
        Deployment& deployment = input.deployment("web", 1);
        deployment.meta.uid = "uid-of-deployment";
        deployment.meta.creationTimestamp = Timestamp(std::chrono::seconds(1'700'000'000));
        Service& service = input.service("web", {{"app", "web"}});
        service.ports[0].appProtocol = "kubernetes.io/h2c";
        const auto workloads = input.derive();
        const auto objects = derivedObjects(*workloads);
        QCOMPARE(objects.size(), std::size_t(4));
        const Value& pod = *find(objects, "Pod");
        const Value& replicaSet = *find(objects, "ReplicaSet");
        const Value& slice = *find(objects, "EndpointSlice");
        const Value& node = *find(objects, "Node");
        QCOMPARE(textAt(pod, {"apiVersion"}), QString("v1"));
        QCOMPARE(textAt(pod, {"metadata", "namespace"}), QString("a"));
        QCOMPARE(textAt(pod, {"metadata", "creationTimestamp"}), QString("2023-11-14T22:13:20Z"));
        QCOMPARE(textAt(pod, {"metadata", "ownerReferences", "0", "kind"}), QString("ReplicaSet"));
        QCOMPARE(textAt(pod, {"metadata", "ownerReferences", "0", "uid"}), textAt(replicaSet, {"metadata", "uid"}));
        QCOMPARE(textAt(pod, {"spec", "nodeName"}), textAt(node, {"metadata", "name"}));
        QCOMPARE(textAt(pod, {"status", "podIPs", "0", "ip"}), textAt(pod, {"status", "podIP"}));
        QCOMPARE(at(pod, {"status", "containerStatuses", "0", "ready"})->asBool(), std::optional(true));
        QCOMPARE(textAt(replicaSet, {"apiVersion"}), QString("apps/v1"));
        QCOMPARE(textAt(replicaSet, {"metadata", "ownerReferences", "0", "uid"}), QString("uid-of-deployment"));
        QCOMPARE(textAt(slice, {"metadata", "labels", "kubernetes.io/service-name"}), QString("web"));
        QCOMPARE(textAt(slice, {"endpoints", "0", "addresses", "0"}), textAt(pod, {"status", "podIP"}));
        QCOMPARE(textAt(slice, {"endpoints", "0", "targetRef", "uid"}), textAt(pod, {"metadata", "uid"}));
        QCOMPARE(textAt(slice, {"ports", "0", "appProtocol"}), QString("kubernetes.io/h2c"));
        QCOMPARE(at(slice, {"ports", "0", "port"})->asInt(), std::optional(std::int64_t(3000)));
        QVERIFY(derivedObjects(*input.derive()) == objects);
    }

    void aGatewayHasAServiceAccount_data()
    {
        QTest::addColumn<QString>("controller");
        QTest::addColumn<bool>("there");
        QTest::newRow("of any controller") << "" << true;
        QTest::newRow("of ours") << "ours.example/c" << true;
        QTest::newRow("of another") << "theirs.example/c" << false;
    }

    void aGatewayHasAServiceAccount()
    {
        QFETCH(QString, controller);
        QFETCH(bool, there);
        Input input;
        auto gatewayClass = std::make_shared<GatewayClass>();
        gatewayClass->key = {std::string(gatewayGroup), "GatewayClass", {"", "local"}};
        gatewayClass->controllerName = "ours.example/c";
        input.set.gatewayClasses[gatewayClass->key.name] = gatewayClass;
        auto gateway = std::make_shared<Gateway>();
        gateway->key = {std::string(gatewayGroup), "Gateway", {"a", std::string(100, 'g')}};
        gateway->gatewayClassName = "local";
        gateway->infrastructureLabels = {{"team", "x"}};
        gateway->infrastructureAnnotations = {{"note", "y"}};
        input.set.gateways[gateway->key.name] = gateway;
        const auto objects = derivedObjects(*input.derive(), controller.toStdString());
        const Value* account = find(objects, "ServiceAccount");
        QCOMPARE(account != nullptr, there);
        if (!account)
            return;
        const std::string gatewayLabel = "gateway.networking.k8s.io/gateway-name";
        const std::string classLabel = "gateway.networking.k8s.io/gateway-class-name";
        QCOMPARE(textAt(*account, {"metadata", "labels", classLabel}), QString("local"));
        // A label value has 63 characters at most; a name may have more.
        QCOMPARE(textAt(*account, {"metadata", "labels", gatewayLabel}).size(), 63);
        QCOMPARE(textAt(*account, {"metadata", "labels", "team"}), QString("x"));
        QCOMPARE(textAt(*account, {"metadata", "annotations", "note"}), QString("y"));
    }
};

QTEST_APPLESS_MAIN(TstWorkloads)
#include "tst_workloads.moc"
