#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

namespace {

std::string routeIn(std::string_view namespace_, std::string_view host)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop, namespace: " +
           std::string(namespace_) + "}\nspec:\n  parentRefs: [{name: gw, namespace: default}]\n  hostnames: [" +
           std::string(host) +
           "]\n  rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: www.example.org}}]}]\n";
}

std::string annotated(std::string_view codes)
{
    return "apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: {gatehouse.dev/lint-ignore: \"" +
           std::string(codes) + "\"}}\nspec: {ports: [{port: 80}]}\n";
}

std::string sliceOfWeb(std::string_view rest)
{
    return "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-1, labels: "
           "{kubernetes.io/service-name: web}}\naddressType: IPv4\nports: [{name: \"\", port: 8080, protocol: TCP}]\n" +
           std::string(rest) + "\n";
}

std::vector<CodeInfo> attachmentCodes()
{
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    const std::string open =
        gatewayOf("{name: http, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: All}}}");
    const std::string chosen = gatewayOf("{name: http, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: "
                                         "Selector, selector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
                                         "operator: In, values: [a, b]}]}}}}");
    const std::string teams = documents(routeIn("a", "a.example.com"), routeIn("b", "b.example.com"));
    return {
        {"GH2101", Severity::Warning, "a route without parentRefs", "It attaches nowhere and serves nothing.",
         ExampleKind::Manifests,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n"
         "  rules: [{backendRefs: [{name: web, port: 80}]}]\n",
         good},
        {"GH2102", Severity::Warning, "a hostname of a route that no listener serves",
         "The route is attached, and this one of its hostnames lies outside the hostname of every listener that it is "
         "attached to. The Gateway API ignores it without a word; requests for it get status 404.",
         ExampleKind::Manifests,
         documents(
             gatewayOf("{name: http, protocol: HTTP, port: 80, hostname: \"*.example.com\"}"),
             httpRouteWith("  hostnames: [www.example.com, example.com]\n  rules: [{backendRefs: [{name: web, port: "
                           "80}]}]")),
         documents(gatewayOf("{name: http, protocol: HTTP, port: 80, hostname: \"*.example.com\"}"),
                   httpRouteWith("  hostnames: [www.example.com]\n  rules: [{backendRefs: [{name: web, port: 80}]}]"))},
        {"GH2103", Severity::Warning, "a listener that no route uses",
         "Other listeners of the Gateway have routes and this one has none, so everything sent to it gets status 404 "
         "or is "
         "closed. Mostly a sectionName or a port is wrong.",
         ExampleKind::Manifests,
         documents(
             gatewayOf("{name: http, protocol: HTTP, port: 80}\n{name: other, protocol: HTTP, port: 8080}"),
             "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n"
             "  parentRefs: [{name: gw, sectionName: http}]\n  rules: [{backendRefs: [{name: web, port: 80}]}]\n"),
         documents(gatewayOf("{name: http, protocol: HTTP, port: 80}\n{name: other, protocol: HTTP, port: 8080}"),
                   good)},
        {"GH2104", Severity::Info, "a Gateway that no route uses",
         "Nothing is attached to it; its routes may be in another repository.", ExampleKind::Manifests,
         gatewayOf("{name: http, protocol: HTTP, port: 80}"),
         documents(gatewayOf("{name: http, protocol: HTTP, port: 80}"), good)},
        {"GH2105", Severity::Info, "a shared listener on which every namespace may take any host",
         "Several namespaces use the listener, allowedRoutes.namespaces.from is All, and the hostname is a wildcard or "
         "absent. Of two routes for one host the older wins: a new namespace can take what is left over, and an old "
         "one "
         "keeps what it should not have.",
         ExampleKind::Manifests, documents(open, teams), documents(chosen, teams)},
        {"GH2106", Severity::Info, "a kind that Kubernetes has deprecated",
         "Endpoints are deprecated since Kubernetes 1.33 in favour of EndpointSlices.", ExampleKind::Manifests,
         documents(core("Endpoints", "web", "subsets: [{addresses: [{ip: 127.0.0.1}], ports: [{port: 8080}]}]"), good),
         documents(sliceOfWeb("endpoints: [{addresses: [127.0.0.1]}]"), good)},
    };
}

std::string deploymentOf(std::string_view app)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: " +
           std::string(app) + "}}\n  template:\n    metadata: {labels: {app: " + std::string(app) +
           "}}\n    spec: {containers: [{name: web, image: web}]}\n";
}

std::vector<CodeInfo> backendCodes()
{
    const std::string selecting = core("Service", "web", "spec: {selector: {app: web}, ports: [{port: 80}]}");
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    const auto mirrored = [](std::string_view to) {
        return httpRule("filters:\n    - {type: RequestMirror, requestMirror: {backendRef: {name: " + std::string(to) +
                        ", port: 80}}}\n    backendRefs: [{name: web, port: 80}]");
    };
    const auto timed = [](std::string_view retry, std::string_view timeouts) {
        return httpRule("retry: {" + std::string(retry) + "}\n    timeouts: {" + std::string(timeouts) +
                        "}\n    backendRefs: [{name: web, port: 80}]");
    };
    const auto redirected = [](std::string_view to) {
        return httpRule("filters:\n    - {type: RequestRedirect, requestRedirect: {" + std::string(to) + "}}");
    };
    return {
        {"GH2110", Severity::Warning, "a Service port without a ready endpoint",
         "Endpoints are known, of the manifests or of Deployments that would make them, and none of them serves the "
         "port: "
         "requests get status 503.",
         ExampleKind::Manifests,
         documents(sliceOfWeb("endpoints: [{addresses: [127.0.0.1], conditions: {ready: false}}]"), good),
         documents(sliceOfWeb("endpoints: [{addresses: [127.0.0.1]}]"), good)},
        {"GH2111", Severity::Info, "a Service that nothing in the manifests stands behind",
         "Other workloads of its namespace are among the manifests, but neither endpoints nor a Deployment or Pod with "
         "the "
         "labels of its selector. Here the built-in echo answers; in a cluster it may be what another repository "
         "brings.",
         ExampleKind::Manifests, documents(deploymentOf("wbe"), documents(selecting, good)),
         documents(deploymentOf("web"), documents(selecting, good))},
        {"GH2112", Severity::Warning, "all weights of a rule are 0",
         "Nothing is ever forwarded: requests get status 500, connections are closed.", ExampleKind::Manifests,
         httpRule("backendRefs: [{name: web, port: 80, weight: 0}, {name: api, port: 80, weight: 0}]"),
         httpRule("backendRefs: [{name: web, port: 80, weight: 1}, {name: api, port: 80, weight: 0}]")},
        {"GH2113", Severity::Warning, "a rule without backends",
         "No filter answers in their place, so requests get status 500.", ExampleKind::Manifests,
         httpRule("matches: [{path: {value: /cart}}]"),
         httpRule("matches: [{path: {value: /cart}}]\n    backendRefs: [{name: web, port: 80}]")},
        {"GH2114", Severity::Warning, "a mirror to the backend itself",
         "The backend gets each request twice, and does twice what it does.", ExampleKind::Manifests, mirrored("web"),
         mirrored("api")},
        {"GH2115", Severity::Warning, "retries for which there is no time",
         "The waits between tries alone use up timeouts.request, so some of the retries, or all, never begin.",
         ExampleKind::Manifests, timed("attempts: 3, backoff: 1s", "request: 2s"),
         timed("attempts: 3, backoff: 100ms", "request: 2s")},
        {"GH2116", Severity::Info, "no retry after a try that timed out",
         "timeouts.backendRequest is as long as timeouts.request, so a try that runs into it leaves no time for "
         "another. "
         "Tries that fail sooner are retried.",
         ExampleKind::Manifests, timed("attempts: 2", "request: 2s, backendRequest: 2s"),
         timed("attempts: 2", "request: 2s, backendRequest: 500ms")},
        {"GH2117", Severity::Warning, "a redirect that leads back to itself",
         "Straight, or by way of other rules of the Gateway: clients give up after some twenty. The usual case is a "
         "redirect to https that is attached to the HTTPS listener too. Each is found by following a request, so it is "
         "certain.",
         ExampleKind::Manifests, redirected("path: {type: ReplaceFullPath, replaceFullPath: /home}"),
         redirected("hostname: www.example.org")},
    };
}

} // namespace

std::vector<CodeInfo> lintCodes()
{
    std::vector<CodeInfo> all = attachmentCodes();
    for (CodeInfo& row : backendCodes())
        all.push_back(std::move(row));
    all.push_back({"GH2190", Severity::Warning, "an unknown code in gatehouse.dev/lint-ignore",
                   "The annotation suppresses nothing by it.", ExampleKind::Manifests, annotated("GH2199"),
                   annotated("GH2111")});
    all.push_back({"GH2191", Severity::Warning, "a code in gatehouse.dev/lint-ignore that cannot be ignored",
                   "Errors of the input keep an object from being read at all.", ExampleKind::Manifests,
                   annotated("GH1102"), annotated("GH2111")});
    return all;
}

std::vector<CodeInfo> certificateCodes()
{
    const std::string fresh = "the Secret holds a valid certificate and its key";
    return {
        {"GH2201", Severity::Warning, "a certificate or key that cannot be read",
         "The PEM is whole, and what it holds is no certificate, or no private key that is known.", ExampleKind::Words,
         "tls.crt of the Secret was cut and put together by hand", fresh},
        {"GH2202", Severity::Warning, "an expired certificate",
         "Clients refuse it. Of a CA bundle it is said when every certificate in it has expired.", ExampleKind::Words,
         "the certificate of the Secret ended last month", fresh},
        {"GH2203", Severity::Warning, "a certificate that is not valid yet", "Clients refuse it until then.",
         ExampleKind::Words, "the certificate of the Secret begins next month", fresh},
        {"GH2204", Severity::Warning, "a certificate that expires soon",
         "Within 14 days, or a tenth of its lifetime where that is less.", ExampleKind::Words,
         "a certificate of a year with a week to go", fresh},
        {"GH2205", Severity::Warning, "a private key that is another certificate's",
         "No handshake succeeds, so the listener cannot serve with it.", ExampleKind::Words,
         "tls.crt was renewed and tls.key was not", fresh},
        {"GH2206", Severity::Warning, "a host for which a listener has no certificate",
         "None of the listener's certificates has the name in subjectAltName (the common name counts for nothing), so "
         "clients refuse the connection. Hosts are those of the routes on the listener, else its own hostname.",
         ExampleKind::Words, "a certificate for www.example.com and a route for shop.example.com",
         "a certificate for both, or for *.example.com"},
    };
}

} // namespace gatehouse::control
