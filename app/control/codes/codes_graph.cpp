#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

namespace {

const std::string http = "{name: http, protocol: HTTP, port: 80}";

std::string parentRefs(std::string_view refs)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n  parentRefs: [" +
           std::string(refs) + "]\n  rules: [{backendRefs: [{name: web, port: 80}]}]\n";
}

std::vector<CodeInfo> referenceCodes()
{
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    const std::string named = gatewayWith("  listeners: [" + http + "]");
    const std::string className =
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: fast}\n"
        "spec: {controllerName: example.com/gateway}\n";
    const std::string fast = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n"
                             "  gatewayClassName: fast\n  listeners: [" +
                             http + "]\n";
    const std::string grant = R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: {name: from-default, namespace: shop}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}]
  to: [{group: "", kind: Service, name: web}]
)";
    const std::string abroad = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: "
                               "[{port: 80}]}\n---\n" +
                               httpRule("backendRefs: [{name: web, namespace: shop, port: 80}]");
    return {
        {"GH2001", Severity::Info, "a GatewayClass that no manifest defines",
         "It is assumed to exist and to be played here, as a cluster's administrator has usually made it.",
         ExampleKind::Manifests, fast, documents(className, fast)},
        {"GH2002", Severity::Info, "a Gateway that another controller plays",
         "With --controller, only GatewayClasses with that controllerName are played.", ExampleKind::Words,
         "gatehouse check --controller example.com/gateway DIR, with a GatewayClass of another controllerName",
         "gatehouse check DIR, which plays every GatewayClass"},
        {"GH2003", Severity::Warning, "a parent that does not exist",
         "The route, or ListenerSet, attaches to nothing by this reference. Its remedy names the namespace of a "
         "Gateway of "
         "that name, or a name that is near.",
         ExampleKind::Manifests, parentRefs("{name: gateway}"), good},
        {"GH2004", Severity::Info, "a parent of a kind that is not played",
         "Routes of a service mesh have Services as parents; there is no mesh here. A ListenerSet whose parent is no "
         "Gateway is warned of.",
         ExampleKind::Manifests, parentRefs("{group: \"\", kind: Service, name: web}, {name: gw}"), good},
        {"GH2005", Severity::Info, "a parent that another controller plays",
         "The Gateway exists, but --controller leaves its class to others.", ExampleKind::Words,
         "a route of a Gateway whose class has another controllerName than --controller names",
         "gatehouse check DIR, which plays every GatewayClass"},
        {"GH2006", Severity::Warning, "a reference into another namespace without a ReferenceGrant",
         "The owners of a namespace allow references into it by a ReferenceGrant there. The remedy is the smallest "
         "one, to "
         "be piped into kubectl apply -f -. Until then the reference counts as broken, and nothing is said of what "
         "exists "
         "there.",
         ExampleKind::Manifests, abroad, abroad + grant},
        {"GH2007", Severity::Warning, "a route that its parent refuses",
         "No listener of the parent takes the route by this parentRef: none has the name or port, or they take other "
         "kinds, namespaces or hosts. The remedy names the one field that would mend it, where one is enough.",
         ExampleKind::Manifests, parentRefs("{name: gw, sectionName: htpp}"),
         parentRefs("{name: gw, sectionName: http}")},
        {"GH2008", Severity::Warning, "a backend that does not exist",
         "The Service, or its port, is not in the manifests. Its share of the requests is answered 500.",
         ExampleKind::Manifests, httpRule("backendRefs: [{name: web, port: 8080}]"), good},
        {"GH2009", Severity::Warning, "a backend of a kind that cannot be one",
         "Only core Services are backends, and of these not those of type ExternalName.", ExampleKind::Manifests,
         httpRule("backendRefs: [{group: example.com, kind: Bucket, name: web}]"), good},
        {"GH2010", Severity::Warning, "a certificate that cannot be used",
         "The Secret or ConfigMap is missing, of the wrong type, or holds no PEM. A listener without any usable "
         "certificate does not open; --dev-certs lets one of the local CA stand in.",
         ExampleKind::Manifests,
         gatewayOf(http + "\n{name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}]}}"),
         named},
        {"GH2011", Severity::Warning, "listeners that cannot share a port",
         "Inside one Gateway both lose: nobody comes first. Between a Gateway and its ListenerSets the earlier keeps "
         "the "
         "port: the Gateway's own, then the older set, then by namespace and name.",
         ExampleKind::Manifests, gatewayOf("{name: a, protocol: HTTP, port: 80}\n{name: b, protocol: TCP, port: 80}"),
         named},
    };
}

std::vector<CodeInfo> supportCodes()
{
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    const auto service = [](std::string_view port) {
        return core("Service", "web", "spec: {ports: [{port: 80, " + std::string(port) + "}]}") + "---\n";
    };
    const std::string named = gatewayWith("  listeners: [" + http + "]");
    return {
        {"GH2012", Severity::Warning, "a listener whose protocol is not supported",
         "HTTP, HTTPS, TLS, TCP and UDP are served; what an implementation adds is not.", ExampleKind::Manifests,
         gatewayOf(http + "\n{name: quic, protocol: example.com/quic, port: 443}"), named},
        {"GH2013", Severity::Warning, "a ListenerSet that its Gateway does not allow",
         "spec.allowedListeners of the Gateway selects the namespaces of ListenerSets; by default none.",
         ExampleKind::Manifests, listenerSetWith("{name: more, protocol: HTTP, port: 8080}"),
         documents(gatewayWith("  allowedListeners: {namespaces: {from: Same}}\n  listeners: [" + http + "]"),
                   listenerSetWith("{name: more, protocol: HTTP, port: 8080}"))},
        {"GH2014", Severity::Warning, "a filter that is not executed",
         "An unknown filter is never skipped: the requests of its rule are answered 500, as the Gateway API demands.",
         ExampleKind::Manifests, httpRule(R"(filters:
    - {type: ExtensionRef, extensionRef: {group: example.com, kind: Answer, name: hello}}
    backendRefs: [{name: web, port: 80}])"),
         good},
        {"GH2015", Severity::Warning, "parameters that cannot be used",
         "parametersRef names something that is no ConfigMap, or one that does not exist.", ExampleKind::Manifests,
         gatewayWith("  infrastructure: {parametersRef: {group: \"\", kind: ConfigMap, name: missing}}\n"
                     "  listeners: [" +
                     http + "]"),
         named},
        {"GH2016", Severity::Warning, "an address of a type that is not supported",
         "A Gateway listens on IP addresses; a name, or an address of an implementation, cannot be bound.",
         ExampleKind::Manifests,
         gatewayWith("  addresses: [{type: Hostname, value: gw.example.com}]\n  listeners: [" + http + "]"),
         gatewayWith("  addresses: [{type: IPAddress, value: 127.0.0.7}]\n  listeners: [" + http + "]")},
        {"GH2017", Severity::Info, "an object that is drawn and not executed",
         "Routes and policies of implementations do not change what Gatehouse does.", ExampleKind::Manifests,
         "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: BackendTrafficPolicy\nmetadata: {name: limits}\n"
         "spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]}\n",
         good},
        {"GH2018", Severity::Warning, "a BackendTLSPolicy that does not take effect",
         "Its target is missing, no Service, or covered by an older policy; or nothing usable says whom to trust.",
         ExampleKind::Manifests,
         policyWith("  targetRefs: [{group: \"\", kind: Service, name: wbe}]\n"
                    "  validation: {hostname: web.example.com, wellKnownCACertificates: System}"),
         policyWith("  targetRefs: [{group: \"\", kind: Service, name: web}]\n"
                    "  validation: {hostname: web.example.com, wellKnownCACertificates: System}")},
        {"GH2019", Severity::Warning, "route kinds that the listener's protocol does not take",
         "allowedRoutes.kinds names a kind that is unknown, or of another protocol.", ExampleKind::Manifests,
         gatewayOf("{name: http, protocol: HTTP, port: 80, allowedRoutes: {kinds: [{kind: HTTPRoute}, {kind: "
                   "TCPRoute}]}}"),
         gatewayOf("{name: http, protocol: HTTP, port: 80, allowedRoutes: {kinds: [{kind: HTTPRoute}]}}")},
        {"GH2020", Severity::Warning, "a backend whose application protocol the route cannot speak",
         "appProtocol of the Service port says WebSocket to a GRPCRoute, or WebSocket over TLS without a "
         "BackendTLSPolicy.",
         ExampleKind::Manifests, service("appProtocol: kubernetes.io/wss") + good,
         service("appProtocol: kubernetes.io/ws") + good},
        {"GH2021", Severity::Warning, "a backend whose transport is another",
         "The Service port is UDP and the route speaks TCP, or the reverse.", ExampleKind::Manifests,
         service("protocol: UDP") + good, service("protocol: TCP") + good},
        {"GH2022", Severity::Warning, "a rule that is dropped",
         "The rule contradicts itself, so it takes no part in routing while the rest of the route does: "
         "PartiallyInvalid.",
         ExampleKind::Manifests, httpRouteWith(R"(  rules:
  - matches: [{path: {value: /a}}]
    filters:
    - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-a, value: b}], remove: [X-A]}}
    backendRefs: [{name: web, port: 80}]
  - backendRefs: [{name: web, port: 80}])"),
         httpRouteWith(R"(  rules:
  - matches: [{path: {value: /a}}]
    filters:
    - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-a, value: b}]}}
    backendRefs: [{name: web, port: 80}]
  - backendRefs: [{name: web, port: 80}])")},
        {"GH2023", Severity::Info, "parameters that are not read",
         "They are meant for the implementation that runs in a cluster.", ExampleKind::Manifests,
         documents(core("ConfigMap", "settings", "data: {}"),
                   gatewayWith("  infrastructure: {parametersRef: {group: \"\", kind: ConfigMap, name: settings}}\n"
                               "  listeners: [" +
                               http + "]")),
         named},
        {"GH2024", Severity::Info, "a development certificate stands in",
         "With --dev-certs, a listener without a usable certificate shows one of the local CA. In a cluster it would "
         "not "
         "open.",
         ExampleKind::Words, "gatehouse check --dev-certs DIR, with an HTTPS listener whose Secret is missing",
         "the Secret, of type kubernetes.io/tls, among the manifests"},
    };
}

} // namespace

std::vector<CodeInfo> graphCodes()
{
    std::vector<CodeInfo> all = referenceCodes();
    for (CodeInfo& row : supportCodes())
        all.push_back(std::move(row));
    return all;
}

} // namespace gatehouse::control
