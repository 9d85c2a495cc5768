#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> settingCodes()
{
    return {
        {"GH3001", Severity::Error, "gatehouse.yaml cannot be read",
         "The file that --config names is missing, or is no YAML.", ExampleKind::Words,
         "gatehouse check --config nowhere",
         "gatehouse check, which looks for gatehouse.yaml beside the first path and here"},
        {"GH3002", Severity::Error, "an unknown setting",
         "Unknown keys are errors, so that a slip of the pen does not go unnoticed.", ExampleKind::Settings,
         "wokers: 2\n", "workers: 2\n"},
        {"GH3003", Severity::Error, "a setting of the wrong type", "The setting takes a text, number, list or map.",
         ExampleKind::Settings, "tracing: sometimes\n", "tracing: true\n"},
        {"GH3004", Severity::Error, "a setting with a value that is not possible",
         "The value is out of range, no choice, or names what does not exist.", ExampleKind::Settings, "workers: -1\n",
         "workers: 2\n"},
    };
}

std::vector<CodeInfo> engineCodes()
{
    const auto matching = [](std::string_view expression) {
        return httpRule("matches: [{path: {type: RegularExpression, value: \"" + std::string(expression) +
                        "\"}}]\n    backendRefs: [{name: web, port: 80}]");
    };
    const auto deployment = [](int replicas) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: " +
               std::to_string(replicas) + R"(
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
)";
    };
    const auto slice = [](std::string_view address) {
        return "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-1, labels: "
               "{kubernetes.io/service-name: web}}\naddressType: IPv4\nports: [{name: \"\", port: 8080, protocol: "
               "TCP}]\nendpoints: [{addresses: [" +
               std::string(address) + "]}]\n";
    };
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    return {
        {"GH4002", Severity::Warning, "a filter that this version does not execute where it stands",
         "Requests that it would handle are answered 500: a filter is never skipped.", ExampleKind::Words,
         "a filter of the Gateway API in a place where this version cannot run it", "the filter in the rule's filters"},
        {"GH4003", Severity::Warning, "an expression that never matches",
         "Expressions are RE2's: no look-around, no back references. One that RE2 refuses matches nothing.",
         ExampleKind::Manifests, matching("/(?=cart).*"), matching("/cart.*")},
        {"GH4004", Severity::Info, "endpoints that are not on this machine",
         "The addresses of the manifests are those of a cluster; the built-in echo answers, or what --backend names.",
         ExampleKind::Manifests, documents(slice("10.1.2.3"), good), documents(slice("127.0.0.1"), good)},
        {"GH4005", Severity::Error, "a backend that may not be spoken to",
         "Its BackendTLSPolicy is not valid, and without it nothing may be sent: requests are answered 503.",
         ExampleKind::Words, "a BackendTLSPolicy whose ConfigMap has no certificate in ca.crt",
         "a ConfigMap with the authority's certificate, or wellKnownCACertificates: System"},
        {"GH4006", Severity::Info, "fewer Pods than replicas",
         "The built-in echo plays some of a Deployment's Pods, as each listens on sockets of its own.",
         ExampleKind::Manifests, deployment(500), deployment(2)},
        {"GH4008", Severity::Warning, "a backend mapping that names no Service port",
         "--backend, or backends of gatehouse.yaml, is for a Service port that is not in the manifests.",
         ExampleKind::Words, "--backend default/wbe:80=localhost:3000", "--backend default/web:80=localhost:3000"},
        {"GH4009", Severity::Warning, "rules of a route that nothing tells apart",
         "Old versions of TCPRoute, UDPRoute and TLSRoute allowed several rules; the first takes all traffic.",
         ExampleKind::Words, "a TCPRoute of v1alpha2 with two rules", "one rule with two backendRefs, or two routes"},
        {"GH4101", Severity::Error, "a listener that does not serve",
         "Only while running: the port is in use, may not be bound, or no certificate can be shown.",
         ExampleKind::Words, "gatehouse run, with another program on the port",
         "--port NAMESPACE/GATEWAY/LISTENER=PORT with a free one"},
        {"GH4102", Severity::Warning, "a listener that shows a development certificate instead",
         "Only while running with --dev-certs: the certificate of the manifests could not be used.", ExampleKind::Words,
         "a Secret whose key belongs to another certificate", "a Secret whose certificate and key belong together"},
    };
}

} // namespace gatehouse::control
