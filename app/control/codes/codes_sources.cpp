#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> ingressCodes()
{
    return {
        {"GH1501", Severity::Error, "not a valid Ingress",
         "What gatehouse ingress reads is held to the shape that an API server asks for.", ExampleKind::Words,
         "spec.rules[0].http.paths[0] without pathType", "the same with pathType: Prefix"},
        {"GH1502", Severity::Error, "an Ingress of a version that is no longer served",
         "extensions/v1beta1 and networking.k8s.io/v1beta1 went with Kubernetes 1.22.", ExampleKind::Words,
         "apiVersion: extensions/v1beta1", "apiVersion: networking.k8s.io/v1"},
        {"GH1503", Severity::Info, "an annotation of an Ingress that was not carried over",
         "It has no equal in the Gateway API and changes nothing about where requests go.", ExampleKind::Words,
         "nginx.ingress.kubernetes.io/proxy-buffering: \"on\"",
         "the setting of the controller that serves the Gateway"},
        {"GH1504", Severity::Warning, "an annotation of an Ingress that was not carried over, and matters",
         "Requests fare otherwise without it. Nothing is approximated in silence: write by hand what the message "
         "names.",
         ExampleKind::Words, "nginx.ingress.kubernetes.io/configuration-snippet", "filters of the HTTPRoute"},
        {"GH1505", Severity::Warning, "a host and path that an older Ingress has already",
         "Only one can have them; the Ingress that was made first does, as controllers decide.", ExampleKind::Words,
         "two Ingresses with host a.example.com and path /", "one of them with another path"},
        {"GH1506", Severity::Warning, "a backend of an Ingress that cannot be named",
         "A resource backend, or a port by name whose Service is not among the manifests.", ExampleKind::Words,
         "port: {name: http}, without the Service", "port: {number: 80}, or the Service among the files"},
        {"GH1507", Severity::Warning, "TLS of an Ingress without a certificate that can be named",
         "An entry of spec.tls without secretName uses a default of the controller's.", ExampleKind::Words,
         "tls: [{hosts: [a.example.com]}]", "tls: [{hosts: [a.example.com], secretName: a-tls}]"},
        {"GH1508", Severity::Warning, "a path of an Ingress that means something else now",
         "ImplementationSpecific is whatever a controller makes of it; here it becomes a prefix.", ExampleKind::Words,
         "pathType: ImplementationSpecific", "pathType: Prefix, or Exact"},
        {"GH1509", Severity::Warning, "a wildcard host that takes deeper names now",
         "In an Ingress *.example.com covers one label, in a Gateway any number of them.", ExampleKind::Words,
         "host: \"*.example.com\"", "hosts by name, where deeper ones must not be served"},
        {"GH1510", Severity::Warning, "an IngressClass that is not known, or has parameters",
         "What the class means to its controller is not carried over.", ExampleKind::Words, "ingressClassName: gone",
         "the IngressClass among the files"},
        {"GH1511", Severity::Info, "where the Gateway of an Ingress was put",
         "An Ingress has no Gateway; the one that was made for it lies where the message says.", ExampleKind::Words,
         "an Ingress in namespace shop", "a Gateway and an HTTPRoute in namespace shop"},
    };
}

std::vector<CodeInfo> testFileCodes()
{
    return {
        {"GH3101", Severity::Error, "an unknown key in a test file",
         "Unknown keys are errors, so that an expectation with a slip of the pen does not pass unasked.",
         ExampleKind::Words, "expect: {statsu: 200}", "expect: {status: 200}"},
        {"GH3102", Severity::Error, "a value of the wrong type in a test file",
         "The key takes a text, number, list or map.", ExampleKind::Words, "expect: {status: fine}",
         "expect: {status: 200}"},
        {"GH3103", Severity::Error, "a value in a test file that is not possible",
         "It is out of range, no choice, or cannot be read.", ExampleKind::Words, "request: GET http://a.test:99999/",
         "request: GET http://a.test:8080/"},
        {"GH3104", Severity::Error, "a test without something that it needs",
         "A test has a name, one of request, grpc, tls, tcp and udp, and what is expected.", ExampleKind::Words,
         "- name: the front page", "- {name: the front page, request: GET http://a.test/, expect: {status: 200}}"},
        {"GH3105", Severity::Error, "a file without tests", "gatehouse test was given a file that is no test file.",
         ExampleKind::Words, "gatehouse test gateway.yaml", "gatehouse test tests.yaml -f gateway.yaml"},
    };
}

std::vector<CodeInfo> clusterCodes()
{
    return {
        {"GH3201", Severity::Error, "a cluster that cannot be read",
         "--from-cluster goes through your kubectl; its own words are in the message.", ExampleKind::Words,
         "gatehouse status --from-cluster, without a kubeconfig",
         "kubectl get gateways -A works; then so does --from-cluster"},
        {"GH3202", Severity::Warning, "a part of a cluster that cannot be read",
         "You may not read it, mostly Secrets; all else is used, and what names them counts as missing.",
         ExampleKind::Words, "a user without leave to get secrets", "kubectl auth can-i get secrets -A says yes"},
    };
}

} // namespace gatehouse::control
