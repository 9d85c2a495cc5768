#include "decode_text.h"

using namespace gatehouse::model;

class TstDecodeVersions : public QObject {
    Q_OBJECT

private slots:
    void version_data();
    void version();
    void document_data();
    void document();
    void backendTlsPolicyOfRelease1_0();
    void oldLayer4Routes();
    void movedGatewayFields();
    void allProblemsAtOnce();
};

void TstDecodeVersions::version_data()
{
    QTest::addColumn<QString>("apiVersion");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<bool>("warns");
    QTest::addColumn<QString>("readAs");
    const QString g = "gateway.networking.k8s.io/";
    const QString gateway = "{gatewayClassName: c, listeners: [{name: a, port: 80, protocol: HTTP}]}";
    const QString backends = "rules: [{backendRefs: [{name: s, port: 1}]}]";
    const QString grant = "{from: [{group: a.b, kind: C, namespace: d}], to: [{group: '', kind: Service}]}";
    const QString set = "{parentRef: {name: g}, listeners: [{name: a, port: 80, protocol: HTTP}]}";
    const auto rows = [&](const QString& kind, const QString& spec, const QStringList& old) {
        QTest::addRow("%s v1", qPrintable(kind)) << g + "v1" << kind << spec << false << kind;
        for (const QString& version : old)
            QTest::addRow("%s %s", qPrintable(kind), qPrintable(version))
                << g + version << kind << spec << true << kind;
    };
    rows("GatewayClass", "{controllerName: a.b/c}", {"v1beta1", "v1alpha2"});
    rows("Gateway", gateway, {"v1beta1", "v1alpha2"});
    rows("HTTPRoute", "{}", {"v1beta1", "v1alpha2"});
    rows("GRPCRoute", "{}", {"v1alpha2"});
    rows("TLSRoute", "{hostnames: [a.b], " + backends + "}", {"v1alpha3", "v1alpha2"});
    rows("TCPRoute", '{' + backends + '}', {"v1alpha2"});
    rows("UDPRoute", '{' + backends + '}', {"v1alpha2"});
    rows("ReferenceGrant", grant, {"v1beta1", "v1alpha2"});
    rows("BackendTLSPolicy",
         "{targetRefs: [{group: '', kind: Service, name: s}], validation: {hostname: a.b, wellKnownCACertificates: "
         "System}}",
         {"v1alpha3"});
    rows("ListenerSet", set, {});
    QTest::newRow("ReferencePolicy") << g + "v1alpha2"
                                     << "ReferencePolicy" << grant << true << "ReferenceGrant";
    QTest::newRow("XListenerSet") << "gateway.networking.x-k8s.io/v1alpha1"
                                  << "XListenerSet" << set << true << "ListenerSet";
    QTest::newRow("EndpointSlice v1beta1") << "discovery.k8s.io/v1beta1"
                                           << "EndpointSlice"
                                           << "{}" << true << "EndpointSlice";
}

void TstDecodeVersions::version()
{
    QFETCH(QString, apiVersion);
    QFETCH(QString, kind);
    QFETCH(QString, spec);
    QFETCH(bool, warns);
    QFETCH(QString, readAs);
    const QString yaml =
        "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\naddressType: IPv4\nspec: " + spec;
    DecodedText text =
        decodeText(qPrintable(kind == "EndpointSlice" ? yaml : QString(yaml).remove("addressType: IPv4\n")));
    const auto made = text.only<Resource>();
    QCOMPARE(text.summary(), warns ? QStringList{"warning GH1301 apiVersion"} : QStringList{});
    QCOMPARE(QString::fromStdString(made->key.kind), readAs);
    QVERIFY(made->apiVersion.ends_with("/v1"));
    QCOMPARE(*made->document->find("apiVersion")->asString(), made->apiVersion);
    QCOMPARE(QString::fromStdString(*made->document->find("kind")->asString()), readAs);
    if (warns) {
        QCOMPARE(toString(text.problems[0].location), std::string("test.yaml:1:13"));
        QVERIFY2(text.problems[0].remedy.find("apiVersion: " + made->apiVersion) != std::string::npos,
                 text.problems[0].remedy.c_str());
    }
}

void TstDecodeVersions::document_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QStringList>("problems");
    QTest::addColumn<bool>("skipped");
    QTest::newRow("no apiVersion") << "kind: Service\nmetadata: {name: a}\n"
                                   << QStringList{"error GH1304 apiVersion"} << false;
    QTest::newRow("no kind") << "apiVersion: v1\nmetadata: {name: a}\n" << QStringList{"error GH1305 kind"} << false;
    QTest::newRow("neither") << "foo: bar\n" << QStringList{"error GH1304 apiVersion", "error GH1305 kind"} << false;
    QTest::newRow("apiVersion is a number") << "apiVersion: 1\nkind: Service\n"
                                            << QStringList{"error GH1304 apiVersion"} << false;
    QTest::newRow("no object") << "- 1\n" << QStringList{"error GH1306"} << false;
    QTest::newRow("two slashes") << "apiVersion: a/b/c\nkind: D\n" << QStringList{"error GH1303 apiVersion"} << false;
    QTest::newRow("no version") << "apiVersion: a/\nkind: D\n" << QStringList{"error GH1303 apiVersion"} << false;
    QTest::newRow("a version that never was")
        << "apiVersion: gateway.networking.k8s.io/v2\nkind: HTTPRoute\nmetadata: {name: a}\n"
        << QStringList{"error GH1303 apiVersion"} << false;
    QTest::newRow("a version that another kind had")
        << "apiVersion: gateway.networking.k8s.io/v1alpha3\nkind: HTTPRoute\nmetadata: {name: a}\n"
        << QStringList{"error GH1303 apiVersion"} << false;
    QTest::newRow("ListenerSet had no alpha version of its own name")
        << "apiVersion: gateway.networking.k8s.io/v1alpha1\nkind: ListenerSet\nmetadata: {name: a}\n"
        << QStringList{"error GH1303 apiVersion"} << false;
    QTest::newRow("a misspelled kind of the Gateway API")
        << "apiVersion: gateway.networking.k8s.io/v1\nkind: HttpRoute\n"
        << QStringList{"error GH1307 kind"} << false;
    QTest::newRow("a core kind in wrong case") << "apiVersion: v1\nkind: service\n"
                                               << QStringList{"error GH1307 kind"} << false;
    QTest::newRow("a core kind that we do not read") << "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n"
                                                     << QStringList{"info GH1401"} << true;
    QTest::newRow("a policy of Kubernetes")
        << "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {}\n"
        << QStringList{"info GH1401"} << true;
    QTest::newRow("a policy without target")
        << "apiVersion: example.com/v1\nkind: FooPolicy\nmetadata: {name: a}\nspec: {}\n"
        << QStringList{"info GH1401"} << true;
    QTest::newRow("a release before 0.5")
        << "apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata: {name: a}\n"
        << QStringList{"warning GH1401 apiVersion"} << true;
    QTest::newRow("an object without name") << "apiVersion: v1\nkind: Service\nmetadata: {generateName: a}\n"
                                            << QStringList{"error GH1102 metadata.name"} << false;
    QTest::newRow("an object without metadata") << "apiVersion: v1\nkind: Service\n"
                                                << QStringList{"error GH1102 metadata"} << false;
    QTest::newRow("another route without name") << "apiVersion: example.com/v1\nkind: FooRoute\nmetadata: {}\n"
                                                << QStringList{"info GH1402", "error GH1102 metadata.name"} << false;
}

void TstDecodeVersions::document()
{
    QFETCH(QString, yaml);
    QFETCH(QStringList, problems);
    QFETCH(bool, skipped);
    const DecodedText text = decodeText(qPrintable(yaml));
    QCOMPARE(text.summary(), problems);
    QCOMPARE(text.skipped, skipped ? 1 : 0);
    QVERIFY(text.resources.empty());
}

void TstDecodeVersions::backendTlsPolicyOfRelease1_0()
{
    const DecodedText text = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendTLSPolicy
metadata: {name: p, namespace: ns}
spec:
  targetRef: {group: "", kind: Service, name: web, namespace: ns, sectionName: https}
  tls:
    hostname: web.example.com
    caCertRefs: [{group: "", kind: ConfigMap, name: ca}]
)");
    const auto made = text.only<BackendTLSPolicy>();
    QCOMPARE(text.summary(), QStringList{"warning GH1301 apiVersion"});
    QCOMPARE(made->targetRefs.at(0).name, std::string("web"));
    QCOMPARE(made->targetRefs.at(0).position.line, 5u);
    QCOMPARE(made->caCertificateRefs.at(0).name, std::string("ca"));
    QCOMPARE(made->hostname, std::string("web.example.com"));
    QVERIFY(made->document->find("spec")->find("validation"));

    const DecodedText wellKnown = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendTLSPolicy
metadata: {name: p}
spec:
  targetRef: {group: "", kind: Service, name: web, namespace: elsewhere}
  tls: {hostname: a.b, wellKnownCACerts: System}
)");
    QCOMPARE(wellKnown.summary(),
             (QStringList{"warning GH1301 apiVersion", "warning GH1103 spec.targetRefs[0].namespace"}));
    QCOMPARE(wellKnown.only<BackendTLSPolicy>()->wellKnownCACertificates, std::string("System"));
}

/// v1 wants exactly one rule, and hostnames in a TLSRoute; v1alpha2 did not.
void TstDecodeVersions::oldLayer4Routes()
{
    const DecodedText old = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: {name: r}
spec: {rules: [{backendRefs: [{name: s, port: 1}]}, {backendRefs: [{name: s, port: 2}]}]}
)");
    QCOMPARE(old.summary(), QStringList{"warning GH1301 apiVersion"});
    QCOMPARE(old.only<L4Route>()->ruleCount(), std::size_t(2));
    const DecodedText fresh = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: r}
spec: {rules: [{backendRefs: [{name: s, port: 1}]}, {backendRefs: [{name: s, port: 2}]}]}
)");
    QCOMPARE(fresh.summary(), (QStringList{"error GH1102 spec.hostnames", "error GH1108 spec.rules"}));
}

void TstDecodeVersions::movedGatewayFields()
{
    const DecodedText text = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g}
spec:
  gatewayClassName: c
  backendTLS: {clientCertificateRef: {name: client}}
  listeners:
  - name: https
    port: 443
    protocol: HTTPS
    tls:
      certificateRefs: [{name: cert}]
      frontendValidation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}
)");
    const auto made = text.only<Gateway>();
    QCOMPARE(text.summary(), (QStringList{"warning GH1302 spec.backendTLS",
                                          "warning GH1302 spec.listeners[0].tls.frontendValidation"}));
    QCOMPARE(made->backendClientCertificateRef->name, std::string("client"));
    QVERIFY(!made->frontendDefault);
    QCOMPARE(made->frontendPerPort.at(0).port, std::uint16_t(443));
    QCOMPARE(made->frontendPerPort.at(0).validation->caCertificateRefs.at(0).name, std::string("ca"));
}

void TstDecodeVersions::allProblemsAtOnce()
{
    const DecodedText text = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1beta1
kind: HTTPRoute
metadata: {name: r, namespace: ns}
spec:
  hostname: a.b
  hostnames: [A.B]
  rules:
  - matches:
    - path: {value: a}
      headers: [{name: x, value: on}]
    backendRefs:
    - name: s
      port: "80"
    - name: t
)");
    QCOMPARE(text.summary(),
             (QStringList{"warning GH1301 apiVersion", "warning GH1103 spec.hostname", "error GH1105 spec.hostnames[0]",
                          "error GH1101 spec.rules[0].matches[0].headers[0].value",
                          "error GH1101 spec.rules[0].backendRefs[0].port",
                          "error GH1220 spec.rules[0].matches[0].path.value",
                          "error GH1240 spec.rules[0].backendRefs[1].port"}));
    QVERIFY(text.resources.empty());
    for (const Diagnostic& problem : text.problems) {
        QVERIFY(problem.object == (ObjectKey{"gateway.networking.k8s.io", "HTTPRoute", {"ns", "r"}}));
        QVERIFY(problem.location.known() && problem.location.position.known());
    }
    QCOMPARE(toString(text.problems[4]),
             std::string(
                 "test.yaml:13:13: error GH1101 HTTPRoute ns/r spec.rules[0].backendRefs[0].port: \"80\" is a string; "
                 "expected an integer; write it without quotes: 80"));
}

QTEST_APPLESS_MAIN(TstDecodeVersions)
#include "tst_decode_versions.moc"
