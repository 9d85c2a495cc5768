#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> gatewayRuleCodes()
{
    const std::string http = gatewayOf("{name: http, protocol: HTTP, port: 80}");
    const std::string passthrough = gatewayOf("{name: tls, protocol: TLS, port: 443, tls: {mode: Passthrough}}");
    const std::string from = "allowedRoutes: {namespaces: {from: Selector, selector: {matchExpressions: [";
    const auto withAddresses = [](std::string_view addresses) {
        return gatewayWith("  addresses: [" + std::string(addresses) +
                           "]\n  listeners: [{name: http, protocol: HTTP, port: 80}]");
    };
    return {
        {"GH1201", Severity::Error, "tls on a listener whose protocol has none",
         "HTTP, TCP and UDP listeners end no TLS; an API server refuses tls there.", ExampleKind::Manifests,
         gatewayOf("{name: http, protocol: HTTP, port: 443, tls: {certificateRefs: [{name: cert}]}}"), http},
        {"GH1202", Severity::Error, "an HTTPS listener that passes TLS through",
         "Requests can be routed only where TLS ends. What is passed through is routed by a TLSRoute on a TLS "
         "listener.",
         ExampleKind::Manifests, gatewayOf("{name: tls, protocol: HTTPS, port: 443, tls: {mode: Passthrough}}"),
         passthrough},
        {"GH1203", Severity::Error, "a TLS listener without tls.mode",
         "A TLS listener either ends TLS or passes it through, and has to say which.", ExampleKind::Manifests,
         gatewayOf("{name: tls, protocol: TLS, port: 443}"), passthrough},
        {"GH1204", Severity::Error, "a hostname on a TCP or UDP listener",
         "Neither carries a name that could be compared.", ExampleKind::Manifests,
         gatewayOf("{name: dns, protocol: UDP, port: 53, hostname: dns.example.com}"),
         gatewayOf("{name: dns, protocol: UDP, port: 53}")},
        {"GH1205", Severity::Error, "two listeners with the same port, protocol and hostname",
         "Nothing would tell their traffic apart.", ExampleKind::Manifests,
         gatewayOf("{name: a, protocol: HTTP, port: 80}\n{name: b, protocol: HTTP, port: 80}"),
         gatewayOf("{name: a, protocol: HTTP, port: 80, hostname: a.example.com}\n{name: b, protocol: HTTP, port: 80, "
                   "hostname: b.example.com}")},
        {"GH1206", Severity::Error, "TLS that ends at a listener without a certificate",
         "tls with mode Terminate, the default, needs certificateRefs or options of an implementation.",
         ExampleKind::Manifests, gatewayOf("{name: https, protocol: HTTPS, port: 443, tls: {mode: Terminate}}"),
         gatewayOf("{name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}]}}")},
        {"GH1207", Severity::Error, "the same address twice", "Addresses of one type are unique.",
         ExampleKind::Manifests, withAddresses("{value: 127.0.0.7}, {value: 127.0.0.7}"),
         withAddresses("{value: 127.0.0.7}, {value: 127.0.0.8}")},
        {"GH1208", Severity::Error, "an address that is none",
         "An IPAddress is an IPv4 or IPv6 literal, a Hostname a DNS name.", ExampleKind::Manifests,
         withAddresses("{value: gateway.example.com}"), withAddresses("{value: 127.0.0.7}")},
        {"GH1209", Severity::Error, "a label selector with the wrong operator or values",
         "In and NotIn compare with values; Exists and DoesNotExist have none.", ExampleKind::Manifests,
         gatewayOf("{name: http, protocol: HTTP, port: 80, " + from + "{key: team, operator: In}]}}}}"),
         gatewayOf("{name: http, protocol: HTTP, port: 80, " + from + "{key: team, operator: Exists}]}}}}")},
        {"GH1210", Severity::Error, "references to one parent that cannot be told apart",
         "Several parentRefs to one Gateway all need a sectionName, or all a port: else one of them covers the other.",
         ExampleKind::Manifests,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\n"
         "spec: {parentRefs: [{name: gw}, {name: gw, sectionName: http}]}\n",
         httpRule("backendRefs: [{name: web, port: 80}]")},
        {"GH1211", Severity::Error, "the same parentRef twice", "Status has one entry a parentRef.",
         ExampleKind::Manifests,
         "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\n"
         "spec: {parentRefs: [{name: gw, sectionName: http}, {name: gw, sectionName: http}]}\n",
         httpRule("backendRefs: [{name: web, port: 80}]")},
    };
}

std::vector<CodeInfo> policyRuleCodes()
{
    const auto targets = [](std::string_view list) {
        return policyWith("  targetRefs:\n" + std::string(list) +
                          "\n  validation: {hostname: web.example.com, wellKnownCACertificates: System}");
    };
    const auto validation = [](std::string_view fields) {
        return policyWith("  targetRefs: [{group: \"\", kind: Service, name: web}]\n  validation: {hostname: "
                          "web.example.com, " +
                          std::string(fields) + "}");
    };
    const std::string whole = "  - {group: \"\", kind: Service, name: web}";
    return {
        {"GH1260", Severity::Error, "a BackendTLSPolicy that says nothing, or two things, about whom to trust",
         "Either caCertificateRefs or wellKnownCACertificates, and one of them.", ExampleKind::Manifests,
         validation("caCertificateRefs: []"), validation("wellKnownCACertificates: System")},
        {"GH1261", Severity::Error, "targetRefs of one Service that cannot be told apart",
         "Several targetRefs to one Service all need a sectionName: else one covers the other.", ExampleKind::Manifests,
         targets(whole + "\n  - {group: \"\", kind: Service, name: web, sectionName: https}"), targets(whole)},
        {"GH1262", Severity::Error, "the same targetRef twice", "A policy covers each part of a target once.",
         ExampleKind::Manifests,
         targets("  - {group: \"\", kind: Service, name: web, sectionName: https}\n  - {group: \"\", kind: Service, "
                 "name: web, sectionName: https}"),
         targets(whole)},
        {"GH1263", Severity::Error, "a subjectAltName whose value does not fit its type",
         "Type Hostname has hostname, type URI has uri, and neither has both.", ExampleKind::Manifests,
         validation("wellKnownCACertificates: System, subjectAltNames: [{type: Hostname, uri: \"spiffe://web\"}]"),
         validation("wellKnownCACertificates: System, subjectAltNames: [{type: URI, uri: \"spiffe://web\"}]")},
    };
}

} // namespace gatehouse::control
