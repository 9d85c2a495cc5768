// What becomes of each thing that an Ingress can say. Where requests go is tested by
// engine/routing/tst_ingress_routing.

#include <QtTest>

#include "importers/ingress/ingress.h"
#include "importers/writers.h"

#include <sstream>

using namespace gatehouse;
using importers::IngressOptions;
using model::Severity;

namespace {

/// One Ingress with a host and a path; `annotations` and `spec` are YAML to put in.
struct Written {
    std::string name = "web", annotations = {}, spec = {}, host = "a.test", path = "/x", pathType = "Prefix";
    std::string backend = "{service: {name: web, port: {number: 80}}}";
};

std::string ingress(const Written& w)
{
    std::string text = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: " + w.name +
                       "\n  namespace: shop\n  annotations:\n    kubernetes.io/description: x\n" + w.annotations +
                       "spec:\n  ingressClassName: nginx\n" + w.spec + "  rules:\n  - ";
    if (!w.host.empty())
        text += "host: \"" + w.host + "\"\n    ";
    return text + "http:\n      paths:\n      - path: \"" + w.path + "\"\n        pathType: " + w.pathType +
           "\n        backend: " + w.backend + "\n---\n";
}

std::string nginx(const std::string& name, const std::string& value)
{
    return "    nginx.ingress.kubernetes.io/" + name + ": \"" + value + "\"\n";
}

constexpr const char* services = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n"
                                 "spec: {ports: [{name: http, port: 8080}]}\n---\n";

importers::IngressConversion convert(const std::string& text, const IngressOptions& options = {})
{
    const importers::ReadObjects read = importers::readObjects({}, nullptr, {{"in.yaml", text}});
    if (!read.diagnostics.empty())
        qFatal("%s", toString(read.diagnostics.front()).c_str());
    return importers::convertIngress(read.objects, options);
}

/// One line a document, no spaces and single quotes, so that a part can be looked for.
QString made(const importers::IngressConversion& conversion)
{
    std::string text;
    for (const model::Value& object : conversion.objects)
        text += importers::toJson(object, 0) + '\n';
    return QString::fromStdString(text).remove(' ').replace('"', '\'');
}

QString said(const importers::IngressConversion& conversion, Severity least = Severity::Warning)
{
    QStringList list;
    for (const model::Diagnostic& problem : conversion.diagnostics)
        if (problem.severity <= least)
            list << QString::fromStdString(toString(problem));
    return list.join('\n');
}

} // namespace

class TstIngress : public QObject {
    Q_OBJECT

private slots:
    // What has an equal: its text in the output, and nothing to complain about.
    void carriedOver_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* claim, const std::string& input, const char* part) {
            QTest::newRow(claim) << QString::fromStdString(input) << QString(part).remove(' ');
        };
        const auto with = [](const std::string& annotations, const std::string& path = "/x",
                             const std::string& type = "Prefix") {
            return ingress({"web", annotations, {}, "a.test", path, type});
        };
        row("Prefix", with({}), "{'path':{'type':'PathPrefix','value':'/x'}}");
        row("Exact", with({}, "/x", "Exact"), "{'path':{'type':'Exact','value':'/x'}}");
        row("ImplementationSpecific / is a prefix", with({}, "/", "ImplementationSpecific"),
            "{'path':{'type':'PathPrefix','value':'/'}}");
        row("a wanted rewrite of nothing", with(nginx("rewrite-target", "/x")),
            "'backendRefs':[{'name':'web','port':80}]");
        row("the documented way to cut a prefix off",
            with(nginx("rewrite-target", "/$2"), "/x(/|$)(.*)", "ImplementationSpecific"),
            "'matches':[{'path':{'type':'PathPrefix','value':'/"
            "x'}}],'filters':[{'type':'URLRewrite','urlRewrite':{'path':{'type':'ReplacePrefixMatch','"
            "replacePrefixMatch':'/'}}}]");
        row("a prefix before everything", with(nginx("rewrite-target", "/app/$1"), "/(.*)", "ImplementationSpecific"),
            "'value':'/"
            "'}}],'filters':[{'type':'URLRewrite','urlRewrite':{'path':{'type':'ReplacePrefixMatch','"
            "replacePrefixMatch':'/app'}}}]");
        row("app-root", with(nginx("app-root", "/start")),
            "'matches':[{'path':{'type':'Exact','value':'/"
            "'}}],'filters':[{'type':'RequestRedirect','requestRedirect':{'path':{'type':'ReplaceFullPath','"
            "replaceFullPath':'/start'},'statusCode':302}}]");
        row("a redirect that keeps the path", with(nginx("permanent-redirect", "https://b.test$request_uri")),
            "'requestRedirect':{'scheme':'https','hostname':'b.test','statusCode':301}");
        row("a redirect with port, path and status",
            with(nginx("permanent-redirect", "http://b.test:8080/new") + nginx("permanent-redirect-code", "308")),
            "'requestRedirect':{'scheme':'http','hostname':'b.test','path':{'type':'ReplaceFullPath','replaceFullPath':"
            "'/new'},'port':8080,'statusCode':308}");
        row("the temporal one comes first",
            with(nginx("permanent-redirect", "http://b.test/") + nginx("temporal-redirect", "http://c.test/")),
            "'hostname':'c.test'");
        row("upstream-vhost", with(nginx("upstream-vhost", "inner.test")), "'urlRewrite':{'hostname':'inner.test'}");
        row("x-forwarded-prefix with a rewrite",
            with(nginx("rewrite-target", "/$2") + nginx("x-forwarded-prefix", "/x"), "/x(/|$)(.*)", "Prefix"),
            "'set':[{'name':'X-Forwarded-Prefix','value':'/x'}]");
        row("CORS with its own lists",
            with(nginx("enable-cors", "true") + nginx("cors-allow-origin", "https://a.test, https://*.b.test") +
                 nginx("cors-allow-methods", "GET") + nginx("cors-allow-headers", "X-A") +
                 nginx("cors-expose-headers", "X-B") + nginx("cors-max-age", "60")),
            "'cors':{'allowOrigins':['https://a.test','https://"
            "*.b.test'],'allowCredentials':true,'allowMethods':['GET'],'allowHeaders':['X-A'],'exposeHeaders':['X-B'],'"
            "maxAge':60}");
        row("CORS of everybody comes without credentials", with(nginx("enable-cors", "true")),
            "'allowOrigins':['*'],'allowMethods'");
        row("CORS settings alone mean nothing", with(nginx("cors-max-age", "60")),
            "'backendRefs':[{'name':'web','port':80}]");
        row("a timeout of the whole answer", with("    projectcontour.io/response-timeout: 30s\n"),
            "'timeouts':{'request':'30s'}");
        row("no timeout", with("    projectcontour.io/response-timeout: infinity\n"), "'timeouts':{'request':'0s'}");
        row("a port by its name",
            std::string(services) +
                ingress({"web", {}, {}, "a.test", "/x", "Prefix", "{service: {name: web, port: {name: http}}}"}),
            "'backendRefs':[{'name':'web','port':8080}]");
        row("TLS redirects", ingress({"web", {}, "  tls: [{hosts: [a.test], secretName: cert}]\n"}),
            "'requestRedirect':{'scheme':'https','statusCode':308}");
        row("TLS is a listener", ingress({"web", {}, "  tls: [{hosts: [a.test], secretName: cert}]\n"}),
            "'protocol':'HTTPS','port':443,'hostname':'a.test','tls':{'mode':'Terminate','certificateRefs':[{'name':'"
            "cert'}]}");
        row("TLS by a wildcard", ingress({"web", {}, "  tls: [{hosts: ['*.test'], secretName: cert}]\n"}),
            "'port':443,'hostname':'a.test'");
        row("TLS of all hosts", ingress({"web", {}, "  tls: [{secretName: cert}]\n", ""}),
            "'name':'https','protocol':'HTTPS','port':443,'tls'");
        row("TLS of a host without rules serves those of every host",
            ingress({"web", {}, "  tls: [{hosts: [b.test], secretName: cert}]\n", ""}), "'sectionName':'https-b-test'");
        row("ssl-redirect: false serves both",
            ingress({"web", nginx("ssl-redirect", "false"), "  tls: [{hosts: [a.test], secretName: cert}]\n"}),
            "'parentRefs':[{'name':'nginx','sectionName':'http-a-test'},{'name':'nginx','sectionName':'https-a-test'}"
            "]");
        row("no plain HTTP",
            ingress({"web", "    kubernetes.io/ingress.allow-http: \"false\"\n",
                     "  tls: [{hosts: [a.test], secretName: cert}]\n"}),
            "'parentRefs':[{'name':'nginx','sectionName':'https-a-test'}]");
        const std::string canary = nginx("canary", "true");
        const auto both = [&](const std::string& more) {
            return with({}) + ingress({"web-canary",
                                       canary + more,
                                       {},
                                       "a.test",
                                       "/x",
                                       "Prefix",
                                       "{service: {name: next, port: {number: 80}}}"});
        };
        row("a canary by weight", both(nginx("canary-weight", "30")),
            "'backendRefs':[{'name':'web','port':80,'weight':70},{'name':'next','port':80,'weight':30}]");
        row("a canary of another total", both(nginx("canary-weight", "1") + nginx("canary-weight-total", "1000")),
            "'weight':999");
        row("a canary without weight gets nothing", both({}), "'backendRefs':[{'name':'web','port':80}]}");
        row("a canary by a header's value",
            both(nginx("canary-by-header", "X-Who") + nginx("canary-by-header-value", "me")),
            "'headers':[{'name':'X-Who','value':'me'}]}],'backendRefs':[{'name':'next','port':80}]");
        row("a canary by a header: never", both(nginx("canary-by-header", "X-Who") + nginx("canary-weight", "30")),
            "'headers':[{'name':'X-Who','value':'never'}]}],'backendRefs':[{'name':'web','port':80}]");
        row("gRPC of everything", with(nginx("backend-protocol", "GRPC"), "/"), "'kind':'GRPCRoute'");
        row("gRPC of a service", with(nginx("backend-protocol", "GRPC"), "/shop.Cart"),
            "'matches':[{'method':{'service':'shop.Cart'}}]");
        row("gRPC of a method", with(nginx("backend-protocol", "GRPC"), "/shop.Cart/Add", "Exact"),
            "'matches':[{'method':{'service':'shop.Cart','method':'Add'}}]");
    }

    void carriedOver()
    {
        QFETCH(QString, input);
        QFETCH(QString, part);
        const auto conversion = convert(input.toStdString());
        QVERIFY2(made(conversion).contains(part), qPrintable(made(conversion)));
        QCOMPARE(said(conversion), QString());
    }

    // What has none is said by its name, with the severity that its loss deserves.
    void reported_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* claim, const std::string& input, const char* words) {
            QTest::newRow(claim) << QString::fromStdString(input) << words;
        };
        const auto with = [](const std::string& name, const std::string& value, const std::string& path = "/x",
                             const std::string& type = "Prefix") {
            return ingress({"web", nginx(name, value), {}, "a.test", path, type});
        };
        row("who is let in", with("auth-url", "https://x"),
            "in.yaml:8:5: error GH1504 Ingress shop/web metadata.annotations[nginx.ingress.kubernetes.io/auth-url]: "
            "nginx.ingress.kubernetes.io/auth-url was not carried over: whoever it kept out gets in");
        row("client certificates", with("auth-tls-secret", "a/b"),
            "set spec.tls.frontend.default.validation of the Gateway");
        row("addresses", with("whitelist-source-range", "10.0.0.0/8"), "error GH1504");
        row("snippets", with("configuration-snippet", "x"),
            "configuration-snippet was not carried over: what it told nginx is not done");
        row("idle timeouts", with("proxy-read-timeout", "60"),
            "warning GH1503 Ingress shop/web metadata.annotations[nginx.ingress.kubernetes.io/proxy-read-timeout]");
        row("any other of ingress-nginx", with("load-balance", "ewma"),
            "nginx.ingress.kubernetes.io/load-balance was not carried over");
        row("of another controller", ingress({"web", "    haproxy.org/timeout-server: 5s\n"}),
            "haproxy.org/timeout-server was not carried over");
        row("TLS to backends", with("backend-protocol", "HTTPS"), "write a BackendTLSPolicy");
        row("a protocol without equal", with("backend-protocol", "FCGI"), "'FCGI' is no protocol");
        row("a flag that is none", with("ssl-redirect", "yes"), "'yes' is neither true nor false");
        row("groups of a path", with("rewrite-target", "/$1/$2", "/(a)/(b)", "ImplementationSpecific"),
            "HTTPRoute rewrites a whole path or a prefix, not groups");
        row("a rewrite that is no path", with("rewrite-target", "x"), "it is no path");
        row("a rewrite makes a host's paths expressions", with("rewrite-target", "/y"),
            "path /x matches as its pathType says");
        row("a rewrite to a prefix ends differently", with("rewrite-target", "/y/$2", "/x(/|$)(.*)", "Prefix"),
            "the prefix alone becomes the new one without a '/' behind it");
        row("expressions", with("use-regex", "true", "/a[0-9]+", "ImplementationSpecific"),
            "path /a[0-9]+ is a RegularExpression");
        row("a redirect with variables", with("permanent-redirect", "https://$host/x"),
            "is no target that a RequestRedirect can name");
        row("a status without equal",
            ingress({"web", nginx("permanent-redirect", "http://b.test/") + nginx("permanent-redirect-code", "410")}),
            "'410' is no status");
        row("a forced redirect without TLS", with("force-ssl-redirect", "true"),
            "redirects by what a load balancer in front says");
        row("a free path", with("x", "y", "/x", "ImplementationSpecific"),
            "path /x of type ImplementationSpecific is a PathPrefix now");
        row("a free path with a star", ingress({"web", {}, {}, "a.test", "/x/*", "ImplementationSpecific"}),
            "is PathPrefix /x now, which takes the prefix alone as well");
        row("characters of a path", ingress({"web", {}, {}, "a.test", "/a b"}), "HTTPRoute allows no such characters");
        row("a wildcard host", ingress({"web", {}, {}, "*.test"}), "warning GH1509");
        row("a resource", ingress({"web", {}, {}, "a.test", "/x", "Prefix", "{resource: {kind: Bucket, name: b}}"}),
            "the backend is Bucket b, no Service");
        row("a named port without its Service",
            ingress({"web", {}, {}, "a.test", "/x", "Prefix", "{service: {name: web, port: {name: http}}}"}),
            "add the Service to the input, or write service.port.number");
        row("a named port that is none",
            std::string(services) +
                ingress({"web", {}, {}, "a.test", "/x", "Prefix", "{service: {name: web, port: {name: htp}}}"}),
            "did you mean 'http'?");
        row("a certificate of the controller", ingress({"web", {}, "  tls: [{hosts: [a.test]}]\n"}), "error GH1507");
        row("a certificate of no rule", ingress({"web", {}, "  tls: [{hosts: [b.test], secretName: cert}]\n"}),
            "the Ingress has no rule for that host");
        row("the same path twice", ingress({}) + ingress({"web2"}),
            "host a.test has this path already, of Ingress shop/web, which is older or comes first by name");
        row("a canary of nothing", ingress({"web", nginx("canary", "true")}), "there is nothing that the canary is of");
        row("a canary by cookie",
            ingress({}) + ingress({"web2", nginx("canary", "true") + nginx("canary-by-cookie", "c")}),
            "canary-by-cookie was not carried over");
        row("a weight that is none",
            ingress({}) + ingress({"web2", nginx("canary", "true") + nginx("canary-weight", "200")}),
            "'200' is no weight");
        row("gRPC beside HTTP",
            ingress({"web", nginx("backend-protocol", "GRPC")}) + ingress({"web2", {}, {}, "a.test", "/y"}),
            "set appProtocol: kubernetes.io/h2c at port 80 of Service shop/web");
        row("an origin that is none",
            ingress({"web", nginx("enable-cors", "true") + nginx("cors-allow-origin", "a.test")}),
            "what was made of the Ingresses is not valid");
        row("an old version", "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: old}\nspec: {}\n",
            "Ingress of extensions/v1beta1 is not read");
        row("a path without a type",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  rules:\n  - http:\n      "
            "paths: [{path: /, backend: {service: {name: a, port: {number: 1}}}}]\n",
            "a path needs a pathType");
        row("a host that is none", ingress({"web", {}, {}, "10.0.0.1"}), "spec.rules[0].host: '10.0.0.1' is no host");
        row("neither rules nor default",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {}\n",
            "an Ingress needs rules or a defaultBackend");
        row("no class",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {defaultBackend: {service: "
            "{name: a, port: {number: 1}}}}\n",
            "it names no class");
        row("parameters of a class",
            ingress({}) + "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\nspec: "
                          "{controller: k8s.io/ingress-nginx, parameters: {kind: X, name: x}}\n",
            "the class's parameters were not carried over");
    }

    void reported()
    {
        QFETCH(QString, input);
        QFETCH(QString, words);
        const auto conversion = convert(input.toStdString());
        QVERIFY2(said(conversion).contains(words), qPrintable(said(conversion)));
    }

    void aBackendThatIsNotThereKeepsItsPath()
    {
        const QString text = made(
            convert(ingress({"web", {}, {}, "a.test", "/x", "Prefix", "{service: {name: web, port: {name: http}}}"})));
        QVERIFY2(text.contains("'rules':[{'matches':[{'path':{'type':'PathPrefix','value':'/x'}}]}]"),
                 qPrintable(text));
    }

    void annotationsOfToolsAreNoConcern()
    {
        QCOMPARE(said(convert(ingress({"web", "    kubectl.kubernetes.io/last-applied-configuration: x\n"
                                              "    meta.helm.sh/release-name: x\n"})),
                      Severity::Info),
                 QString());
    }

    void anotherControllersClassLeavesNginxAside()
    {
        const auto conversion =
            convert("apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\n"
                    "spec: {controller: example.com/other}\n---\n" +
                    ingress({"web", nginx("app-root", "/y"), "  tls: [{hosts: [a.test], secretName: cert}]\n"}));
        QVERIFY(said(conversion).contains("app-root was not carried over"));
        QVERIFY2(!made(conversion).contains("requestRedirect"), "only ingress-nginx redirects by itself");
    }

    void theDefaultClassServesWhatNamesNone()
    {
        const auto conversion = convert(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: main\n  annotations:\n"
            "    ingressclass.kubernetes.io/is-default-class: \"true\"\nspec: {controller: example.com/x}\n---\n"
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n"
            "spec: {defaultBackend: {service: {name: a, port: {number: 1}}}}\n");
        QVERIFY2(made(conversion).contains("'gatewayClassName':'main'"), qPrintable(made(conversion)));
        QCOMPARE(said(conversion), QString());
    }

    void options()
    {
        const std::string input = ingress({"web", {}, "  tls: [{hosts: [a.test], secretName: cert}]\n"});
        const QString text = made(convert(input, {"infra", "envoy", {}}));
        QVERIFY(text.contains("'metadata':{'name':'nginx','namespace':'infra'},'spec':{'gatewayClassName':'envoy'"));
        QVERIFY2(text.contains("'kind':'ReferenceGrant','metadata':{'name':'nginx-certificates','namespace':'shop'}"),
                 qPrintable(text));
        QVERIFY(text.contains("'values':['shop']"));
        QCOMPARE(convert(input, {{}, {}, {"other"}}).ingresses, std::size_t(0));
    }

    void manyHostsNeedListenerSets()
    {
        std::string input;
        for (int i = 0; i < 70; ++i)
            input += ingress({"web" + std::to_string(i), {}, {}, "h" + std::to_string(i) + ".test"});
        const auto conversion = convert(input);
        const QString text = made(conversion);
        QCOMPARE(said(conversion), QString());
        QCOMPARE(text.count("'protocol':'HTTP'"), 70);
        QVERIFY(text.contains("'kind':'ListenerSet','metadata':{'name':'nginx-2','namespace':'shop'}"));
        QVERIFY(text.contains("'kind':'ListenerSet','name':'nginx-2','sectionName'"));
    }

    void manyPathsNeedSeveralRoutes()
    {
        std::string input = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n"
                            "  ingressClassName: nginx\n  rules:\n  - host: a.test\n    http:\n      paths:\n";
        for (int i = 0; i < 40; ++i)
            input += "      - {path: /p" + std::to_string(i) + ", pathType: Exact, backend: {service: {name: s" +
                     std::to_string(i) + ", port: {number: 80}}}}\n";
        const auto conversion = convert(input);
        QCOMPARE(said(conversion), QString());
        QCOMPARE(made(conversion).count("'kind':'HTTPRoute'"), 3);
        QVERIFY(made(conversion).contains("'name':'web-a-test-3'"));
    }

    void sameInputSameBytes()
    {
        const std::string a = ingress({}), b = ingress({"web2", {}, {}, "b.test"});
        QCOMPARE(made(convert(a + b)), made(convert(b + a)));
    }
};

QTEST_APPLESS_MAIN(TstIngress)
#include "tst_ingress.moc"
