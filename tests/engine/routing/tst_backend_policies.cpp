#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

namespace {

constexpr const char* pem = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";

struct PolicyText {
    std::string name, hostname;
    std::string section = {}; ///< port name; "" for the whole Service
    int year = 0;             ///< of creation; 0: not known
    std::string configMap = "ca";
    std::string wellKnown = {};
};

void addPolicy(World& world, const PolicyText& text)
{
    auto policy = std::make_shared<BackendTLSPolicy>();
    World::stamp(*policy, "BackendTLSPolicy", text.name);
    if (text.year != 0)
        policy->meta.creationTimestamp = Timestamp(std::chrono::hours(24 * 365) * (text.year - 1970));
    policy->hostname = text.hostname;
    policy->wellKnownCACertificates = text.wellKnown;
    PolicyTargetReference target;
    target.kind = "Service";
    target.name = "s";
    if (!text.section.empty())
        target.sectionName = text.section;
    policy->targetRefs.push_back(target);
    if (!text.configMap.empty()) {
        ObjectReference ref;
        ref.kind = "ConfigMap";
        ref.name = text.configMap;
        policy->caCertificateRefs.push_back(ref);
    }
    world.set().backendTLSPolicies[policy->key.name] = policy;
}

void addConfigMap(World& world, const std::string& name, const std::string& text)
{
    auto configMap = std::make_shared<ConfigMap>();
    World::stamp(*configMap, "ConfigMap", name);
    configMap->data["ca.crt"] = text;
    world.set().configMaps[configMap->key.name] = configMap;
}

/// Service a/s with the ports 80 (named "web") and 81 ("more"), and a route to port 80.
void fill(World& world)
{
    World::listener(world.gateway("a/gw"), "http");
    Service& service = world.service("a/s");
    service.ports.front().name = "web";
    ServicePort more;
    more.name = "more";
    more.port = 81;
    service.ports.push_back(more);
    world.rule(world.route("a/r", "a/gw"), {prefix("/")}, {backend("s")});
    addConfigMap(world, "a/ca", pem);
    addConfigMap(world, "a/odd", "hello");
}

} // namespace

Q_DECLARE_METATYPE(std::vector<PolicyText>)

class TstBackendPolicies : public QObject {
    Q_OBJECT
private slots:
    void chooses_data();
    void chooses();
    void refusesWhatCannotBeChecked_data();
    void refusesWhatCannotBeChecked();
    void explains();
    void gatewaysShowTheirCertificates_data();
    void gatewaysShowTheirCertificates();
};

void TstBackendPolicies::chooses_data()
{
    QTest::addColumn<std::vector<PolicyText>>("policies");
    QTest::addColumn<QString>("hostname");
    using Policies = std::vector<PolicyText>;
    QTest::newRow("none: plain") << Policies{} << QString();
    QTest::newRow("one for the Service") << Policies{{"a/p", "one.test"}} << QString("one.test");
    QTest::newRow("one for the port") << Policies{{"a/p", "one.test", "web"}} << QString("one.test");
    QTest::newRow("one for another port: plain") << Policies{{"a/p", "one.test", "more"}} << QString();
    QTest::newRow("one in another namespace: plain") << Policies{{"b/p", "one.test"}} << QString();
    QTest::newRow("the port's beats the Service's, whatever their age")
        << Policies{{"a/old", "service.test", "", 2020}, {"a/young", "port.test", "web", 2024}} << QString("port.test");
    QTest::newRow("the older one") << Policies{{"a/a", "young.test", "", 2024}, {"a/b", "old.test", "", 2020}}
                                   << QString("old.test");
    QTest::newRow("the first by name among equals")
        << Policies{{"a/b", "b.test"}, {"a/a", "a.test"}} << QString("a.test");
}

void TstBackendPolicies::chooses()
{
    QFETCH(std::vector<PolicyText>, policies);
    QFETCH(QString, hostname);
    World world;
    fill(world);
    for (const PolicyText& policy : policies)
        addPolicy(world, policy);
    const auto snapshot = world.compile();
    const Cluster& cluster = snapshot->clusters.at(0);
    QVERIFY2(cluster.refusal.empty(), cluster.refusal.c_str());
    QCOMPARE(cluster.tls.has_value(), !hostname.isEmpty());
    if (!cluster.tls)
        return;
    QCOMPARE(QString::fromStdString(cluster.tls->hostname), hostname);
    QCOMPARE(cluster.tls->caCertificates.size(), std::size_t(1));
    QCOMPARE(*cluster.tls->caCertificates.front(), std::string(pem));
}

void TstBackendPolicies::refusesWhatCannotBeChecked_data()
{
    QTest::addColumn<QString>("configMap");
    QTest::addColumn<QString>("wellKnown");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("a ConfigMap that is missing") << "missing"
                                                 << ""
                                                 << "has no CA certificate";
    QTest::newRow("a ConfigMap without certificates") << "odd"
                                                      << ""
                                                      << "has no CA certificate";
    QTest::newRow("authorities that nobody knows") << ""
                                                   << "example.com/all"
                                                   << "not known: example.com/all";
    QTest::newRow("the system's are known") << ""
                                            << "System"
                                            << "";
}

void TstBackendPolicies::refusesWhatCannotBeChecked()
{
    QFETCH(QString, configMap);
    QFETCH(QString, wellKnown);
    QFETCH(QString, refusal);
    World world;
    fill(world);
    addPolicy(world, {"a/p", "one.test", "", 0, configMap.toStdString(), wellKnown.toStdString()});
    const auto snapshot = world.compile();
    const Cluster& cluster = snapshot->clusters.at(0);
    QVERIFY(cluster.tls.has_value());
    QCOMPARE(cluster.refusal.empty(), refusal.isEmpty());
    QVERIFY2(QString::fromStdString(cluster.refusal).contains(refusal), cluster.refusal.c_str());
    const auto reported = std::count_if(world.problems.begin(), world.problems.end(), [](const Diagnostic& problem) {
        return problem.code == "GH4005" && problem.severity == Severity::Error;
    });
    QCOMPARE(int(reported), refusal.isEmpty() ? 0 : 1);
}

void TstBackendPolicies::explains()
{
    World world;
    fill(world);
    addPolicy(world, {"a/p", "one.test"});
    ExplainRequest request;
    request.authority = "x.test";
    Explanation explanation = explain(*world.compile(), request);
    QCOMPARE(int{explanation.status}, 0);
    QVERIFY2(explanation.backends.at(0).target.ends_with("over TLS as one.test"),
             explanation.backends.at(0).target.c_str());
    addPolicy(world, {"a/p", "one.test", "", 0, "missing"});
    explanation = explain(*world.compile(), request);
    QCOMPARE(int{explanation.status}, 503);
    QVERIFY2(explanation.backends.at(0).target.starts_with("503: BackendTLSPolicy a/p has no CA certificate"),
             explanation.backends.at(0).target.c_str());
}

namespace {

constexpr const char* key = "-----BEGIN PRIVATE KEY-----\nMAMCAQE=\n-----END PRIVATE KEY-----\n";

/// A Gateway that shows a Secret of that name to backends; "" none, "missing" one that is not there.
void addGateway(World& world, const std::string& name, const std::string& certificate, const std::string& hostname)
{
    Gateway& gateway = world.gateway(name);
    World::listener(gateway, "http", 80, hostname);
    if (certificate.empty())
        return;
    ObjectReference ref;
    ref.kind = "Secret";
    ref.name = certificate;
    gateway.backendClientCertificateRef = ref;
    if (certificate == "missing")
        return;
    auto secret = std::make_shared<Secret>();
    World::stamp(*secret, "Secret", "a/" + certificate);
    secret->type = "kubernetes.io/tls";
    secret->data = {{"tls.crt", pem}, {"tls.key", key}};
    world.set().secrets[secret->key.name] = secret;
}

/// Service and certificate of every cluster, and which one a request through each Gateway goes to.
std::string dump(const Snapshot& snapshot)
{
    std::string text;
    for (const Cluster& cluster : snapshot.clusters)
        text += (text.empty() ? "" : " ") + (!cluster.tls                     ? "plain"
                                             : cluster.tls->clientCertificate ? cluster.tls->clientCertificate->name()
                                                                              : "tls");
    for (const char* host : {"one.test", "two.test"}) {
        const Request request{.host = host};
        const RequestHead head = headOf(request);
        for (const PortTable& port : snapshot.ports) {
            const RouteDecision decision = routing::match(snapshot, port, head);
            if (decision.rule)
                text += ", " + std::string(host) + " to " + std::to_string(decision.rule->backends[0].cluster.value);
        }
    }
    return text;
}

} // namespace

void TstBackendPolicies::gatewaysShowTheirCertificates_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("two");
    QTest::addColumn<bool>("policy");
    QTest::addColumn<QString>("clusters");
    QTest::addColumn<int>("rules");
    const auto row = [](const char* name, const char* one, const char* two, bool policy, const char* clusters,
                        int rules) { QTest::newRow(name) << one << two << policy << clusters << rules; };
    row("none", "", "", true, "tls, one.test to 0, two.test to 0", 1);
    row("the same", "k", "k", true, "k, one.test to 0, two.test to 0", 1);
    row("one of two", "k", "", true, "k tls, one.test to 0, two.test to 1", 2);
    row("two", "k", "m", true, "k m, one.test to 0, two.test to 1", 2);
    row("plain backends are shown none", "k", "m", false, "plain, one.test to 0, two.test to 0", 2);
    row("a reference that is no good counts as none", "missing", "", true, "tls, one.test to 0, two.test to 0", 1);
}

void TstBackendPolicies::gatewaysShowTheirCertificates()
{
    QFETCH(QString, one);
    QFETCH(QString, two);
    QFETCH(bool, policy);
    QFETCH(QString, clusters);
    QFETCH(int, rules);
    World world;
    addGateway(world, "a/one", one.toStdString(), "one.test");
    addGateway(world, "a/two", two.toStdString(), "two.test");
    world.service("a/s");
    addConfigMap(world, "a/ca", pem);
    HTTPRoute& route = world.route("a/r", "a/one");
    ParentReference second;
    second.name = "two";
    route.parentRefs.push_back(second);
    // A problem of the route is reported once, however often its rules are compiled.
    world.rule(route, {prefix("/"), expression("(")}, {backend("s")});
    if (policy)
        addPolicy(world, {"a/p", "one.test"});
    const auto snapshot = world.compile();
    QCOMPARE(dump(*snapshot), clusters.toStdString());
    QCOMPARE(int(snapshot->rules.size()), rules);
    QCOMPARE(int(world.problems.size()), 1);

    ExplainRequest request;
    request.authority = "one.test";
    const std::string target = explain(*snapshot, request).backends.at(0).target;
    QVERIFY2(target.ends_with("showing Secret a/k") == (one == "k" && policy), target.c_str());
}

QTEST_APPLESS_MAIN(TstBackendPolicies)
#include "tst_backend_policies.moc"
