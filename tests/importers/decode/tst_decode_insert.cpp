#include "decode_text.h"

#include <algorithm>

using namespace gatehouse::model;
using gatehouse::importers::insert;

class TstDecodeInsert : public QObject {
    Q_OBJECT

private slots:
    void everyKindHasItsMap();
    void duplicate();
    void duplicateThatIsAlike();
    void endpointsAndSlices_data();
    void endpointsAndSlices();
    void duplicateEndpoints();
    void otherGroupsMayReuseNames();
};

namespace {

const char* everyKind = R"(
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: a}, spec: {controllerName: a.b/c}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: a}, spec: {gatewayClassName: a, listeners: [{name: a, port: 80, protocol: HTTP}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, metadata: {name: a}, spec: {parentRef: {name: a}, listeners: [{name: a, port: 80, protocol: HTTP}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, metadata: {name: a}, spec: {}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: TLSRoute, metadata: {name: a}, spec: {hostnames: [a.b], rules: [{backendRefs: [{name: a, port: 1}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: {name: a}, spec: {rules: [{backendRefs: [{name: a, port: 1}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: UDPRoute, metadata: {name: a}, spec: {rules: [{backendRefs: [{name: a, port: 1}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: ReferenceGrant, metadata: {name: a}, spec: {from: [{group: a, kind: B, namespace: c}], to: [{group: a, kind: B}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: a}, spec: {targetRefs: [{group: '', kind: Service, name: a}], validation: {hostname: a.b, wellKnownCACertificates: System}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: a}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4}
---
{apiVersion: v1, kind: Secret, metadata: {name: a}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a}]}}}}
---
{apiVersion: example.com/v1, kind: FooRoute, metadata: {name: a}}
)";

std::vector<Diagnostic> insertAll(ResourceSet& set, const DecodedText& text)
{
    std::vector<Diagnostic> problems;
    for (const auto& resource : text.resources)
        insert(set, resource, problems);
    return problems;
}

} // namespace

void TstDecodeInsert::everyKindHasItsMap()
{
    const DecodedText text = decodeText(everyKind);
    QCOMPARE(text.summary(), QStringList{"info GH1402"});
    ResourceSet set;
    QVERIFY(insertAll(set, text).empty());
    QStringList kinds;
    set.forEach([&](const Resource& resource) { kinds += QString::fromStdString(resource.key.kind); });
    QCOMPARE(kinds, (QStringList{"GatewayClass", "Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute",
                                 "TCPRoute", "UDPRoute", "ReferenceGrant", "BackendTLSPolicy", "Namespace", "Service",
                                 "EndpointSlice", "Secret", "ConfigMap", "Pod", "Deployment", "FooRoute"}));
}

void TstDecodeInsert::duplicate()
{
    ResourceSet set;
    const auto problems = insertAll(set, decodeText(R"(apiVersion: v1
kind: Service
metadata: {name: a}
---
apiVersion: v1
kind: Service
metadata: {name: a, namespace: default, labels: {second: "yes"}}
)"));
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems[0].code, std::string("GH1309"));
    QVERIFY(problems[0].severity == Severity::Error);
    QCOMPARE(toString(problems[0].location), std::string("test.yaml:5:1"));
    QVERIFY(problems[0].message.find("test.yaml:1:1") != std::string::npos);
    QVERIFY(set.services.at({"default", "a"})->meta.labels.empty());
}

void TstDecodeInsert::duplicateThatIsAlike()
{
    ResourceSet set;
    const auto problems = insertAll(set, decodeText(R"(apiVersion: v1
kind: Service
metadata: {name: a}
---
apiVersion: v1
kind: Service
metadata:
  name: a
)"));
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems[0].code, std::string("GH1309"));
    QVERIFY(problems[0].severity == Severity::Info);
    QCOMPARE(set.services.size(), std::size_t(1));
}

void TstDecodeInsert::endpointsAndSlices_data()
{
    QTest::addColumn<bool>("reversed");
    QTest::newRow("Endpoints first") << false;
    QTest::newRow("slices first") << true;
}

/// Whatever the order, the slice has its name and nothing is lost.
void TstDecodeInsert::endpointsAndSlices()
{
    QFETCH(bool, reversed);
    DecodedText text = decodeText(R"(
{apiVersion: v1, kind: Endpoints, metadata: {name: web}, subsets: [{addresses: [{ip: 127.0.0.1}]}, {addresses: [{ip: 127.0.0.2}]}]}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web}, addressType: IPv4}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1}, addressType: IPv4}
)");
    if (reversed)
        std::reverse(text.resources.begin(), text.resources.end());
    ResourceSet set;
    QVERIFY(insertAll(set, text).empty());
    QStringList names;
    for (const auto& [name, slice] : set.endpointSlices)
        names += QString::fromStdString(name.name + '=' + slice->key.kind);
    QCOMPARE(names, (QStringList{"web=EndpointSlice", "web-1=EndpointSlice", "web-1-endpoints=Endpoints",
                                 "web-endpoints=Endpoints"}));
}

void TstDecodeInsert::duplicateEndpoints()
{
    ResourceSet set;
    const auto problems = insertAll(set, decodeText(R"(
{apiVersion: v1, kind: Endpoints, metadata: {name: web}, subsets: [{addresses: [{ip: 127.0.0.1}]}]}
---
{apiVersion: v1, kind: Endpoints, metadata: {name: web}, subsets: [{addresses: [{ip: 127.0.0.1}]}, {addresses: [{ip: 127.0.0.2}]}]}
)"));
    QCOMPARE(problems.size(), std::size_t(1)); // once for the object, not for each subset
    QCOMPARE(set.endpointSlices.size(), std::size_t(1));
}

void TstDecodeInsert::otherGroupsMayReuseNames()
{
    ResourceSet set;
    const auto problems = insertAll(set, decodeText(R"(
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {}}
---
{apiVersion: example.com/v1, kind: HTTPRoute, metadata: {name: a}, spec: {}}
)"));
    QVERIFY(problems.empty());
    QCOMPARE(set.httpRoutes.size(), std::size_t(1));
    QCOMPARE(set.others.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(TstDecodeInsert)
#include "tst_decode_insert.moc"
