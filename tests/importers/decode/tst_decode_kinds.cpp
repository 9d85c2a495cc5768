#include "decode_text.h"

using namespace gatehouse::model;
using namespace std::chrono_literals;

class TstDecodeKinds : public QObject {
    Q_OBJECT

private slots:
    void metadata();
    void gatewayClass();
    void gateway();
    void listenerSet();
    void referenceGrant();
    void backendTlsPolicy();
    void namespaceLabel();
    void service();
    void endpoints();
    void endpointSlice();
    void secret();
    void configMap();
    void pod();
    void deployment();
    void otherKinds();
};

namespace {

bool at(Position position, std::uint32_t line, std::uint32_t column)
{
    return position == Position{line, column};
}

} // namespace

void TstDecodeKinds::metadata()
{
    const auto route = decodeText(R"(metadata:
  creationTimestamp: "2026-01-02T03:04:05.678Z"
  name: a
  labels: {app: web}
  annotations: {note: x}
  generation: 7
  uid: u-1
  resourceVersion: "42"
status: {parents: []}
kind: HTTPRoute
spec: {foo: 1}
apiVersion: gateway.networking.k8s.io/v1
)")
                           .only<HTTPRoute>();
    QVERIFY(route->key == (ObjectKey{"gateway.networking.k8s.io", "HTTPRoute", {"default", "a"}}));
    QCOMPARE(route->apiVersion, std::string("gateway.networking.k8s.io/v1"));
    QCOMPARE(route->meta.labels.at("app"), std::string("web"));
    QCOMPARE(route->meta.annotations.at("note"), std::string("x"));
    QCOMPARE(route->meta.generation, std::int64_t(7));
    QCOMPARE(route->meta.uid, std::string("u-1"));
    QCOMPARE(route->meta.resourceVersion, std::string("42"));
    QVERIFY(route->meta.creationTimestamp == std::chrono::sys_days(std::chrono::year(2026) / 1 / 2) + 3h + 4min + 5s);
    QCOMPARE(toString(route->source), std::string("test.yaml:1:1"));
    QStringList members;
    for (const Member& member : *route->document->asObject())
        members += QString::fromStdString(member.name);
    QCOMPARE(members, (QStringList{"apiVersion", "kind", "metadata", "spec"}));
    QCOMPARE(*route->document->find("metadata")->find("namespace")->asString(), std::string("default"));
    QVERIFY(!route->document->find("spec")->find("foo"));
}

void TstDecodeKinds::gatewayClass()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: c}
spec:
  controllerName: example.com/ctl
  description: hello
  parametersRef: {group: example.com, kind: Config, name: p, namespace: ns}
)")
                          .only<GatewayClass>();
    QVERIFY(made->key.name == (ObjectName{"", "c"}));
    QCOMPARE(made->controllerName, std::string("example.com/ctl"));
    QCOMPARE(made->description, std::string("hello"));
    QCOMPARE(made->parametersRef->kind, std::string("Config"));
    QCOMPARE(made->parametersRef->namespace_, std::optional<std::string>("ns"));
}

void TstDecodeKinds::gateway()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: infra}
spec:
  gatewayClassName: c
  addresses:
  - value: 127.0.0.2
  infrastructure:
    labels: {a: b}
    annotations: {c: d}
    parametersRef: {group: x.y, kind: K, name: ns}
  allowedListeners:
    namespaces: {from: All}
  tls:
    backend: {clientCertificateRef: {name: client}}
    frontend:
      default:
        validation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}
      perPort:
      - port: 8443
        tls:
          validation: {mode: AllowInsecureFallback, caCertificateRefs: [{group: "", kind: ConfigMap, name: ca2}]}
  listeners:
  - name: http
    hostname: "*.example.com"
    port: 80
    protocol: HTTP
  - name: https
    port: 443
    protocol: HTTPS
    tls:
      certificateRefs: [{name: cert, namespace: certs}]
      options: {o: p}
    allowedRoutes:
      kinds: [{kind: GRPCRoute}]
      namespaces:
        from: Selector
        selector:
          matchLabels: {team: a}
          matchExpressions: [{key: env, operator: NotIn, values: [prod]}]
  - name: other
    port: 99
    protocol: example.com/x
)")
                          .only<Gateway>();
    QCOMPARE(made->gatewayClassName, std::string("c"));
    QCOMPARE(made->addresses.at(0).type, std::string("IPAddress"));
    QCOMPARE(made->addresses.at(0).value, std::string("127.0.0.2"));
    QVERIFY(at(made->addresses.at(0).position, 7, 5));
    QCOMPARE(made->infrastructureLabels.at("a"), std::string("b"));
    QCOMPARE(made->infrastructureAnnotations.at("c"), std::string("d"));
    QCOMPARE(made->parametersRef->name, std::string("ns"));
    QVERIFY(made->allowedListeners.from == FromNamespaces::All);
    QCOMPARE(made->backendClientCertificateRef->kind, std::string("Secret"));
    QCOMPARE(made->frontendDefault->caCertificateRefs.at(0).name, std::string("ca"));
    QVERIFY(made->frontendDefault->mode == ClientValidationMode::AllowValidOnly);
    QCOMPARE(made->frontendPerPort.at(0).port, std::uint16_t(8443));
    QVERIFY(made->frontendPerPort.at(0).validation->mode == ClientValidationMode::AllowInsecureFallback);
    QCOMPARE(made->listeners.size(), std::size_t(3));
    const Listener& http = made->listeners[0];
    QCOMPARE(http.hostname->text(), std::string("*.example.com"));
    QCOMPARE(http.port, std::uint16_t(80));
    QVERIFY(http.protocol == Protocol::HTTP);
    QVERIFY(!http.tls);
    QVERIFY(http.allowedNamespaces.from == FromNamespaces::Same);
    QVERIFY(http.allowedKinds.empty());
    QVERIFY(at(http.position, 24, 5));
    const Listener& https = made->listeners[1];
    QVERIFY(https.tls->mode == TlsMode::Terminate);
    QCOMPARE(https.tls->certificateRefs.at(0).namespace_, std::optional<std::string>("certs"));
    QCOMPARE(https.tls->options.at("o"), std::string("p"));
    QVERIFY(at(https.tls->position, 32, 7));
    QCOMPARE(https.allowedKinds.at(0).group, std::string(gatewayGroup));
    QVERIFY(at(https.allowedKinds.at(0).position, 35, 15));
    QVERIFY(https.allowedNamespaces.from == FromNamespaces::Selector);
    QVERIFY(https.allowedNamespaces.selector->matches({{"team", "a"}, {"env", "dev"}}));
    QVERIFY(!https.allowedNamespaces.selector->matches({{"team", "a"}, {"env", "prod"}}));
    QVERIFY(made->listeners[2].protocol == Protocol::Other);
    QCOMPARE(made->listeners[2].protocolText, std::string("example.com/x"));
}

void TstDecodeKinds::listenerSet()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: s}
spec:
  parentRef: {name: g, namespace: infra}
  listeners: [{name: a, port: 81, protocol: HTTP}]
)")
                          .only<ListenerSet>();
    QCOMPARE(made->parentRef.kind, std::string("Gateway"));
    QCOMPARE(made->parentRef.namespace_, std::optional<std::string>("infra"));
    QVERIFY(at(made->parentRef.position, 5, 14));
    QCOMPARE(made->listeners.at(0).port, std::uint16_t(81));
}

void TstDecodeKinds::referenceGrant()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: {name: g}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: apps}]
  to: [{group: "", kind: Service, name: web}, {group: "", kind: Secret}]
)")
                          .only<ReferenceGrant>();
    QCOMPARE(made->from.at(0).kind, std::string("HTTPRoute"));
    QCOMPARE(made->from.at(0).namespace_, std::string("apps"));
    QCOMPARE(made->to.at(0).name, std::optional<std::string>("web"));
    QVERIFY(!made->to.at(1).name);
}

void TstDecodeKinds::backendTlsPolicy()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: p}
spec:
  targetRefs:
  - {group: "", kind: Service, name: web, sectionName: https}
  options: {a: b}
  validation:
    hostname: web.example.com
    caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]
    subjectAltNames: [{type: URI, uri: "spiffe://x/y"}, {type: Hostname, hostname: alt.example.com}]
)")
                          .only<BackendTLSPolicy>();
    QCOMPARE(made->targetRefs.at(0).name, std::string("web"));
    QCOMPARE(made->targetRefs.at(0).sectionName, std::optional<std::string>("https"));
    QVERIFY(at(made->targetRefs.at(0).position, 6, 5));
    QCOMPARE(made->options.at("a"), std::string("b"));
    QCOMPARE(made->hostname, std::string("web.example.com"));
    QCOMPARE(made->caCertificateRefs.at(0).kind, std::string("ConfigMap"));
    QVERIFY(made->subjectAltNames.at(0).isUri);
    QCOMPARE(made->subjectAltNames.at(1).value, std::string("alt.example.com"));
}

void TstDecodeKinds::namespaceLabel()
{
    const DecodedText text = decodeText("apiVersion: v1\nkind: Namespace\nmetadata: {name: apps, namespace: x}\n");
    const auto made = text.only<Namespace>();
    QVERIFY(made->key == (ObjectKey{"", "Namespace", {"", "apps"}}));
    QCOMPARE(made->meta.labels.at("kubernetes.io/metadata.name"), std::string("apps"));
    QCOMPARE(text.summary(), QStringList{"warning GH1308 metadata.namespace"});
}

void TstDecodeKinds::service()
{
    const auto made = decodeText(R"(apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  clusterIP: None
  selector: {app: web}
  ports:
  - {name: http, port: 80, targetPort: 8080, appProtocol: kubernetes.io/h2c}
  - {name: named, port: 81, targetPort: web}
  - {name: same, port: 82, protocol: UDP}
)")
                          .only<Service>();
    QCOMPARE(made->type, std::string("ClusterIP"));
    QCOMPARE(made->clusterIP, std::string("None"));
    QCOMPARE(made->selector.at("app"), std::string("web"));
    QCOMPARE(made->ports.at(0).targetPort.number, std::optional<std::uint16_t>(8080));
    QCOMPARE(made->ports.at(0).appProtocol, std::string("kubernetes.io/h2c"));
    QCOMPARE(made->ports.at(0).protocol, std::string("TCP"));
    QVERIFY(at(made->ports.at(0).position, 8, 5));
    QCOMPARE(made->ports.at(1).targetPort.name, std::string("web"));
    QVERIFY(!made->ports.at(1).targetPort.number);
    QCOMPARE(made->ports.at(2).targetPort.number, std::optional<std::uint16_t>(82));
    QCOMPARE(made->ports.at(2).protocol, std::string("UDP"));
}

void TstDecodeKinds::endpoints()
{
    const DecodedText text = decodeText(R"(apiVersion: v1
kind: Endpoints
metadata: {name: web}
subsets:
- addresses:
  - {ip: 127.0.0.1, targetRef: {kind: Pod, name: p}}
  notReadyAddresses: [{ip: 127.0.0.2}]
  ports: [{name: http, port: 8080}]
- addresses: [{ip: 127.0.0.3}]
  ports: [{port: 9090, protocol: UDP}]
)");
    QCOMPARE(text.resources.size(), std::size_t(2));
    const auto first = std::static_pointer_cast<const EndpointSlice>(text.resources[0]);
    const auto second = std::static_pointer_cast<const EndpointSlice>(text.resources[1]);
    QCOMPARE(first->name(), std::string("web"));
    QCOMPARE(second->name(), std::string("web-1"));
    QCOMPARE(second->serviceName, std::string("web"));
    QCOMPARE(first->endpoints.size(), std::size_t(2));
    QCOMPARE(first->endpoints[0].addresses, std::vector<std::string>{"127.0.0.1"});
    QCOMPARE(first->endpoints[0].targetPod, std::string("p"));
    QVERIFY(first->endpoints[0].ready && !first->endpoints[1].ready);
    QVERIFY(at(first->endpoints[0].position, 6, 5));
    QCOMPARE(first->ports.at(0).port, std::optional<std::uint16_t>(8080));
    QCOMPARE(second->ports.at(0).protocol, std::string("UDP"));

    const auto none = decodeText("apiVersion: v1\nkind: Endpoints\nmetadata: {name: web}\n").only<EndpointSlice>();
    QVERIFY(none->endpoints.empty());
    QCOMPARE(none->serviceName, std::string("web"));
}

void TstDecodeKinds::endpointSlice()
{
    const auto made = decodeText(R"(apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-abc, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}, {name: any}]
endpoints:
- {addresses: [127.0.0.1]}
- {addresses: [127.0.0.2], conditions: {ready: false}, targetRef: {kind: Pod, name: p}}
)")
                          .only<EndpointSlice>();
    QCOMPARE(made->serviceName, std::string("web"));
    QVERIFY(made->endpoints.at(0).ready);
    QVERIFY(!made->endpoints.at(1).ready);
    QCOMPARE(made->endpoints.at(1).targetPod, std::string("p"));
    QVERIFY(at(made->endpoints.at(1).position, 8, 3));
    QCOMPARE(made->ports.at(0).name, std::string("http"));
    QVERIFY(!made->ports.at(1).port);
}

void TstDecodeKinds::secret()
{
    const auto made = decodeText(R"(apiVersion: v1
kind: Secret
metadata: {name: s}
type: kubernetes.io/tls
data:
  tls.crt: |
    YWJj
    ZGVm
  both: b25l
stringData: {both: two, text: plain}
)")
                          .only<Secret>();
    QCOMPARE(made->type, std::string("kubernetes.io/tls"));
    QCOMPARE(made->data.at("tls.crt"), std::string("abcdef"));
    QCOMPARE(made->data.at("both"), std::string("two"));
    QCOMPARE(made->data.at("text"), std::string("plain"));

    const DecodedText bad = decodeText("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: hush}\nfoo: 1\n");
    QCOMPARE(bad.resources.size(), std::size_t(1)); // "hush" happens to be base64
    const DecodedText worse = decodeText("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: hush!}\n");
    QCOMPARE(worse.summary(), QStringList{"error GH1105 data[a]"});
    QVERIFY(worse.resources.empty());
}

void TstDecodeKinds::configMap()
{
    const auto made = decodeText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {ca.crt: pem}\n"
                                 "binaryData: {b: YWJj}\n")
                          .only<ConfigMap>();
    QCOMPARE(made->data.at("ca.crt"), std::string("pem"));
    QCOMPARE(made->binaryData.at("b"), std::string("abc"));
}

void TstDecodeKinds::pod()
{
    const auto made = decodeText(R"(apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: web}}
spec:
  nodeName: ns
  containers:
  - name: c
    image: img
    ports: [{name: http, containerPort: 8080}]
    env: [{name: A, value: b}, {name: C, valueFrom: {}}, {name: D, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
  volumes:
  - {name: v1, secret: {secretName: s}}
  - {name: v2, configMap: {name: c}}
  - {name: v3, secret: {secretName: o, optional: true}}
  - {name: v4, projected: {sources: [{secret: {name: p}}, {configMap: {name: q, optional: true}}]}}
  - {name: v5, emptyDir: {}}
status:
  podIP: 10.0.0.1
  conditions: [{type: Ready, status: "False"}]
)")
                          .only<Pod>();
    QCOMPARE(made->containers.at(0).image, std::string("img"));
    QCOMPARE(made->containers.at(0).ports.at(0).containerPort, std::uint16_t(8080));
    QCOMPARE(made->containers.at(0).env, (std::map<std::string, std::string>{{"A", "b"}}));
    QCOMPARE(made->containers.at(0).envFields, (std::map<std::string, std::string>{{"D", "metadata.name"}}));
    QCOMPARE(made->mounts.size(), std::size_t(3));
    QCOMPARE(made->mounts[0].name + made->mounts[1].name + made->mounts[2].name, std::string("scp"));
    QVERIFY(made->mounts[1].kind == MountedObject::Kind::ConfigMap);
    QCOMPARE(made->podIP, std::string("10.0.0.1"));
    QVERIFY(!made->ready);
    QVERIFY(!made->document->find("status"));
    QVERIFY(made->document->find("spec")->find("nodeName"));
}

void TstDecodeKinds::deployment()
{
    const auto made = decodeText(R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {note: x}}
    spec:
      containers: [{name: c, image: i, ports: [{containerPort: 80}]}]
      volumes: [{name: v, secret: {secretName: s}}]
)")
                          .only<Deployment>();
    QCOMPARE(made->replicas, 3);
    QCOMPARE(made->podLabels.at("app"), std::string("web"));
    QCOMPARE(made->podAnnotations.at("note"), std::string("x"));
    QCOMPARE(made->mounts.at(0).name, std::string("s"));
    QCOMPARE(made->containers.at(0).ports.at(0).protocol, std::string("TCP"));
}

void TstDecodeKinds::otherKinds()
{
    const DecodedText text = decodeText(R"(apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: a}
spec: {parentRefs: [{name: g}, 7]}
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: {name: b, namespace: ns}
spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r, sectionName: s}]}
---
apiVersion: example.com/v1
kind: RateFilter
metadata: {name: c}
spec: {targetRef: {group: "", kind: Service, name: s}}
)");
    QCOMPARE(text.summary(), (QStringList{"info GH1402", "info GH1402", "info GH1402"}));
    QCOMPARE(text.resources.size(), std::size_t(3));
    const auto other = [&](std::size_t i) { return std::static_pointer_cast<const OtherResource>(text.resources[i]); };
    QVERIFY(other(0)->isRoute);
    QVERIFY(other(0)->key == (ObjectKey{"traefik.io", "IngressRoute", {"default", "a"}}));
    QCOMPARE(other(0)->apiVersion, std::string("traefik.io/v1alpha1"));
    QCOMPARE(other(0)->parentRefs.size(), std::size_t(1));
    QCOMPARE(other(0)->parentRefs[0].kind, std::string("Gateway"));
    QVERIFY(at(other(0)->parentRefs[0].position, 4, 21));
    QVERIFY(!other(1)->isRoute);
    QCOMPARE(other(1)->targetRefs.at(0).sectionName, std::optional<std::string>("s"));
    QCOMPARE(other(2)->targetRefs.at(0).kind, std::string("Service"));
}

QTEST_APPLESS_MAIN(TstDecodeKinds)
#include "tst_decode_kinds.moc"
