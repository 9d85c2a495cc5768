#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> objectCodes()
{
    const auto settings = [](std::string_view data) { return core("ConfigMap", "settings", data); };
    const std::string grant = R"(metadata: {name: grant}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: apps}]
  to: [{group: "", kind: Service}]
)";
    return {
        {"GH1301", Severity::Warning, "an old version of a kind",
         "The object is read as the version that replaced it. Newer CRDs do not serve the old one any more, and then "
         "the "
         "object cannot be applied.",
         ExampleKind::Manifests, "apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: ReferenceGrant\n" + grant,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\n" + grant},
        {"GH1302", Severity::Warning, "a field that has moved",
         "The field is read as the one that replaced it; an API server of today drops it.", ExampleKind::Manifests,
         gatewayWith("  backendTLS: {}\n  listeners: [{name: http, protocol: HTTP, port: 80}]"),
         gatewayWith("  tls: {backend: {}}\n  listeners: [{name: http, protocol: HTTP, port: 80}]")},
        {"GH1303", Severity::Error, "a version that the kind never had", "The object cannot be read.",
         ExampleKind::Manifests, "apiVersion: gateway.networking.k8s.io/v2\nkind: ReferenceGrant\n" + grant,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\n" + grant},
        {"GH1304", Severity::Error, "apiVersion is missing", "apiVersion and kind together say what the object is.",
         ExampleKind::Manifests, "kind: ConfigMap\nmetadata: {name: settings}\n", settings("data: {}")},
        {"GH1305", Severity::Error, "kind is missing", "apiVersion and kind together say what the object is.",
         ExampleKind::Manifests, "apiVersion: v1\nmetadata: {name: settings}\n", settings("data: {}")},
        {"GH1306", Severity::Error, "what is sent is no object",
         "The Kubernetes API endpoint takes one object a request: a mapping with apiVersion, kind and metadata. In "
         "files "
         "it is GH1012.",
         ExampleKind::Words, "a request whose body is a list", "a request whose body is the object"},
        {"GH1307", Severity::Error, "a kind that the API group does not have",
         "A cluster answers `no matches for kind`. Kinds are spelled with care for case.", ExampleKind::Manifests,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: HttpRoute\nmetadata: {name: shop}\n",
         httpRule("backendRefs: [{name: web, port: 80}]")},
        {"GH1308", Severity::Warning, "a namespace on an object that is in none",
         "Namespaces, GatewayClasses and other cluster-scoped objects have no namespace; it is left out.",
         ExampleKind::Manifests, "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, namespace: default}\n",
         "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"},
        {"GH1309", Severity::Error, "an object is defined twice",
         "Which of the two a cluster ends with depends on the order of files. Twice the very same is only an info: "
         "shared "
         "parts of several sets often repeat.",
         ExampleKind::Manifests, documents(settings("data: {colour: red}"), settings("data: {colour: blue}")),
         settings("data: {colour: red}")},
        {"GH1310", Severity::Warning, "an applied object that a file defines too",
         "With --kube-api, the file's object counts and the applied one is hidden as long as the file is there.",
         ExampleKind::Words, "kubectl apply of an object that stands in DIR of `gatehouse run DIR --kube-api`",
         "the object in one of the two places"},
        {"GH1311", Severity::Warning, "a saved object could not be restored",
         "With --save, applied objects are kept in files; this one is no longer valid.", ExampleKind::Words,
         "a saved file that was edited into something that is no object", "kubectl apply of the object again"},
        {"GH1401", Severity::Info, "a kind that is not read",
         "It plays no part in routing. Gateway API objects from before release 0.5 are not read either, which is a "
         "warning.",
         ExampleKind::Manifests,
         documents(settings("data: {}"), "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: "
                                         "nightly}\n"),
         settings("data: {}")},
        {"GH1402", Severity::Info, "a policy or route of an implementation",
         "The object is kept and drawn; what it asks for is not executed here.", ExampleKind::Manifests,
         "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: BackendTrafficPolicy\nmetadata: {name: limits}\n"
         "spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]}\n",
         httpRule("backendRefs: [{name: web, port: 80}]")},
    };
}

} // namespace gatehouse::control
