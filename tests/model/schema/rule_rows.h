#pragma once

#include "value_text.h"

#include <string>
#include <vector>

/// A manifest for every rule between fields, broken and good; the table of model/schema/RULES.md is made of them.
namespace gatehouse::model::test {

/// `broken` gives exactly the `faults` (code and field path), `good` gives none.
struct RuleRow {
    std::string rule;
    std::string claim;
    std::string kind;
    std::string broken; ///< the object's spec, as `objectWith()` reads it
    QStringList faults;
    std::string good;
};

#define LISTENERS(text) "{gatewayClassName: 'c', listeners: [" text "]}"
#define ROUTE_RULE(text) "{rules: [{" text "}]}"
#define FILTER(text) "{rules: [{matches: [{}], filters: [" text "]}]}"
#define BACKENDS "backendRefs: [{name: 'a', port: 1}]"
#define L4_PARENTS(text) "{parentRefs: [" text "], rules: [{" BACKENDS "}]}"
#define TLS_POLICY(text)                                                                                               \
    "{targetRefs: [{group: '', kind: 'Service', name: 'a'}], validation: {hostname: 'a.b', " text "}}"
#define TARGETS(text) "{targetRefs: [" text "], validation: {hostname: 'a.b', wellKnownCACertificates: 'System'}}"

inline std::vector<RuleRow> writtenRows()
{
    return {
        {"listener-without-tls",
         "tls on HTTP",
         "Gateway",
         LISTENERS("{name: 'a', port: 80, protocol: 'HTTP', tls: {certificateRefs: [{name: 's'}]}}"),
         {"GH1201 spec.listeners[0].tls"},
         LISTENERS("{name: 'a', port: 443, protocol: 'HTTPS', tls: {certificateRefs: [{name: 's'}]}}")},
        {"listener-without-tls",
         "tls on TCP of a ListenerSet",
         "ListenerSet",
         "{parentRef: {name: 'g'}, listeners: [{name: 'a', port: 80, protocol: 'TCP', tls: {mode: 'Passthrough'}}]}",
         {"GH1201 spec.listeners[0].tls"},
         "{parentRef: {name: 'g'}, listeners: [{name: 'a', port: 80, protocol: 'TCP'}]}"},
        {"https-terminates",
         "HTTPS that passes through",
         "Gateway",
         LISTENERS("{name: 'a', port: 443, protocol: 'HTTPS', tls: {mode: 'Passthrough'}}"),
         {"GH1202 spec.listeners[0].tls.mode"},
         LISTENERS("{name: 'a', port: 443, protocol: 'TLS', tls: {mode: 'Passthrough'}}")},
        {"tls-needs-mode",
         "TLS without tls",
         "Gateway",
         LISTENERS("{name: 'a', port: 443, protocol: 'TLS'}"),
         {"GH1203 spec.listeners[0].tls"},
         LISTENERS("{name: 'a', port: 443, protocol: 'HTTPS'}")},
        {"listener-without-hostname",
         "hostname on UDP",
         "Gateway",
         LISTENERS("{name: 'a', port: 53, protocol: 'UDP', hostname: 'a.b'}"),
         {"GH1204 spec.listeners[0].hostname"},
         LISTENERS("{name: 'a', port: 80, protocol: 'HTTP', hostname: 'a.b'}")},
        {"listeners-distinct",
         "the same port, protocol and hostname",
         "Gateway",
         LISTENERS("{name: 'a', port: 80, protocol: 'HTTP', hostname: 'a.b'}, {name: 'b', port: 80, protocol: 'HTTP', "
                   "hostname: 'a.b'}"),
         {"GH1205 spec.listeners[1]"},
         LISTENERS(
             "{name: 'a', port: 80, protocol: 'HTTP', hostname: 'a.b'}, {name: 'b', port: 80, protocol: 'HTTP'}")},
        {"listeners-distinct",
         "absent hostnames are equal",
         "Gateway",
         LISTENERS(
             "{name: 'a', port: 80, protocol: 'HTTP'}, {name: 'b', port: 80, protocol: 'HTTP'}, {name: 'c', port: 80, "
             "protocol: 'HTTP'}"),
         {"GH1205 spec.listeners[1]", "GH1205 spec.listeners[2]"},
         LISTENERS("{name: 'a', port: 53, protocol: 'TCP'}, {name: 'b', port: 53, protocol: 'UDP'}")},
        {"terminate-needs-certificate",
         "tls without certificates",
         "Gateway",
         LISTENERS("{name: 'a', port: 443, protocol: 'HTTPS', tls: {}}"),
         {"GH1206 spec.listeners[0].tls"},
         LISTENERS("{name: 'a', port: 443, protocol: 'HTTPS', tls: {options: {a: 'b'}}}")},
        {"addresses-unique",
         "the same address twice",
         "Gateway",
         "{addresses: [{value: '1.2.3.4'}, {value: '1.2.3.4'}], gatewayClassName: 'c', listeners: [{name: 'a', port: "
         "80, "
         "protocol: 'HTTP'}]}",
         {"GH1207 spec.addresses[1]"},
         "{addresses: [{value: '1.2.3.4'}, {value: '1.2.3.5'}, {}, {}], gatewayClassName: 'c', listeners: [{name: 'a', "
         "port: "
         "80, protocol: 'HTTP'}]}"},
        {"addresses-unique",
         "the same name twice",
         "Gateway",
         "{addresses: [{type: 'Hostname', value: 'a.b'}, {type: 'Hostname', value: 'a.b'}], gatewayClassName: 'c', "
         "listeners: [{name: 'a', port: 80, protocol: 'HTTP'}]}",
         {"GH1207 spec.addresses[1]"},
         "{addresses: [{type: 'Hostname', value: 'a.b'}, {type: 'Hostname', value: 'a.c'}], gatewayClassName: 'c', "
         "listeners: [{name: 'a', port: 80, protocol: 'HTTP'}]}"},
        {"address-value",
         "no address",
         "Gateway",
         "{addresses: [{value: 'a.b'}], gatewayClassName: 'c', listeners: [{name: 'a', port: 80, protocol: 'HTTP'}]}",
         {"GH1208 spec.addresses[0].value"},
         "{addresses: [{value: 'a.b', type: 'Hostname'}, {value: '::1'}, {value: 'x', type: 'a.b/c'}], "
         "gatewayClassName: "
         "'c', listeners: [{name: 'a', port: 80, protocol: 'HTTP'}]}"},
        {"address-value",
         "no hostname",
         "Gateway",
         "{addresses: [{value: 'A', type: 'Hostname'}], gatewayClassName: 'c', listeners: [{name: 'a', port: 80, "
         "protocol: "
         "'HTTP'}]}",
         {"GH1208 spec.addresses[0].value"},
         "{addresses: [{value: '', type: 'Hostname'}], gatewayClassName: 'c', listeners: [{name: 'a', port: 80, "
         "protocol: "
         "'HTTP'}]}"},
        {"label-selector-operators",
         "wrong use of operators",
         "Gateway",
         LISTENERS(
             "{name: 'a', port: 80, protocol: 'HTTP', allowedRoutes: {namespaces: {from: 'Selector', selector: "
             "{matchExpressions: [{key: 'a', operator: 'In'}, {key: 'a', operator: 'Exists', values: ['b']}, {key: "
             "'a', operator: 'Like', values: ['b']}]}}}}"),
         {"GH1209 spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[0].values",
          "GH1209 spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[1].values",
          "GH1209 spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[2].operator"},
         "{gatewayClassName: 'c', listeners: [{name: 'a', port: 80, protocol: 'HTTP'}], allowedListeners: {namespaces: "
         "{from: "
         "'Selector', selector: {matchExpressions: [{key: 'a', operator: 'NotIn', values: ['b']}, {key: 'a', operator: "
         "'DoesNotExist'}]}}}}"},
        {"parent-refs-tell-apart",
         "one with and one without sectionName",
         "TCPRoute",
         L4_PARENTS("{name: 'g'}, {name: 'g', sectionName: 'a'}"),
         {"GH1210 spec.parentRefs[1]"},
         L4_PARENTS("{name: 'g', sectionName: 'b'}, {name: 'g', sectionName: 'a'}")},
        {"parent-refs-tell-apart",
         "one with sectionName and one with port",
         "HTTPRoute",
         "{parentRefs: [{name: 'g', port: 1}, {name: 'g', sectionName: 'a'}]}",
         {"GH1210 spec.parentRefs[1]"},
         "{parentRefs: [{name: 'g', port: 1}, {name: 'g', port: 2}, {name: 'h'}, {name: 'h', namespace: 'n'}]}"},
        {"parent-refs-unique",
         "the same parent twice",
         "UDPRoute",
         L4_PARENTS("{name: 'g'}, {name: 'h'}, {name: 'g'}"),
         {"GH1211 spec.parentRefs[2]"},
         L4_PARENTS("{name: 'g'}, {name: 'g', namespace: 'default'}")},
        {"parent-refs-unique",
         "the same section twice",
         "GRPCRoute",
         "{parentRefs: [{name: 'g', sectionName: 'a'}, {name: 'g', sectionName: 'a'}]}",
         {"GH1211 spec.parentRefs[1]"},
         "{parentRefs: [{name: 'g', sectionName: 'a', port: 1}, {name: 'g', sectionName: 'a', port: 2}]}"},
        {"path-value",
         "a relative path",
         "HTTPRoute",
         ROUTE_RULE("matches: [{path: {value: 'a'}}]"),
         {"GH1220 spec.rules[0].matches[0].path.value"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}]")},
        {"path-value",
         "all that a path must not contain",
         "HTTPRoute",
         ROUTE_RULE(
             "matches: [{path: {value: '//'}}, {path: {value: '/./a'}}, {path: {value: '/../a'}}, {path: {value: "
             "'/%2f'}}, {path: {value: '/%2F'}}, {path: {value: '/#'}}, {path: {value: '/a/..'}}, {path: {value: "
             "'/a/.'}}, {path: {value: '/a b'}}]"),
         {"GH1220 spec.rules[0].matches[0].path.value", "GH1220 spec.rules[0].matches[1].path.value",
          "GH1220 spec.rules[0].matches[2].path.value", "GH1220 spec.rules[0].matches[3].path.value",
          "GH1220 spec.rules[0].matches[4].path.value", "GH1220 spec.rules[0].matches[5].path.value",
          "GH1220 spec.rules[0].matches[6].path.value", "GH1220 spec.rules[0].matches[7].path.value",
          "GH1220 spec.rules[0].matches[8].path.value"},
         ROUTE_RULE("matches: [{path: {value: '/a.b/..c/%20'}}, {path: {type: 'RegularExpression', value: '//.*#'}}]")},
        {"path-value",
         "an empty path",
         "HTTPRoute",
         ROUTE_RULE("matches: [{path: {value: ''}}]"),
         {"GH1220 spec.rules[0].matches[0].path.value"},
         ROUTE_RULE("matches: [{path: {}}]")},
        {"rule-names-unique",
         "the same name twice",
         "HTTPRoute",
         "{rules: [{name: 'a'}, {name: 'b'}, {name: 'a'}]}",
         {"GH1222 spec.rules[2].name"},
         "{rules: [{name: 'a'}, {}, {}]}"},
        {"redirect-without-backends",
         "a redirect with backendRefs",
         "HTTPRoute",
         ROUTE_RULE("filters: [{type: 'RequestRedirect', requestRedirect: {}}], " BACKENDS),
         {"GH1223 spec.rules[0].filters[0]"},
         ROUTE_RULE("filters: [{type: 'RequestRedirect', requestRedirect: {}}], backendRefs: []")},
        {"prefix-replacement-needs-prefix",
         "an Exact match",
         "HTTPRoute",
         ROUTE_RULE(
             "matches: [{path: {type: 'Exact', value: '/a'}}], filters: [{type: 'URLRewrite', urlRewrite: {path: "
             "{type: 'ReplacePrefixMatch', replacePrefixMatch: '/b'}}}]"),
         {"GH1224 spec.rules[0].filters[0]"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}], filters: [{type: 'URLRewrite', urlRewrite: {path: "
                    "{type: 'ReplacePrefixMatch', replacePrefixMatch: '/b'}}}]")},
        {"prefix-replacement-needs-prefix",
         "two matches, in a filter of a backend",
         "HTTPRoute",
         ROUTE_RULE(
             "matches: [{path: {value: '/a'}}, {path: {value: '/b'}}], backendRefs: [{name: 'a', port: 1, filters: "
             "[{type: 'RequestRedirect', requestRedirect: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: "
             "'/b'}}}]}]"),
         {"GH1224 spec.rules[0].backendRefs[0].filters[0]"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}, {path: {value: '/b'}}], filters: [{type: 'RequestRedirect', "
                    "requestRedirect: {path: {type: 'ReplaceFullPath', replaceFullPath: '/b'}}}]")},
        {"prefix-replacement-needs-prefix",
         "a redirect of a regular expression",
         "HTTPRoute",
         ROUTE_RULE("matches: [{path: {type: 'RegularExpression', value: '/a.*'}}], filters: [{type: "
                    "'RequestRedirect', requestRedirect: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: "
                    "'/b'}}}]"),
         {"GH1224 spec.rules[0].filters[0]"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}], filters: [{type: 'RequestRedirect', requestRedirect: {path: "
                    "{type: 'ReplacePrefixMatch', replacePrefixMatch: '/b'}}}]")},
        {"prefix-replacement-needs-prefix",
         "no match, in a rewrite of a backend",
         "HTTPRoute",
         ROUTE_RULE("matches: [{method: 'GET'}, {method: 'PUT'}], backendRefs: [{name: 'a', port: 1, filters: [{type: "
                    "'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: '/b'}}}]}]"),
         {"GH1224 spec.rules[0].backendRefs[0].filters[0]"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}], backendRefs: [{name: 'a', port: 1, filters: [{type: "
                    "'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: '/b'}}}]}]")},
        {"timeout-order",
         "a try longer than the request",
         "HTTPRoute",
         ROUTE_RULE("timeouts: {request: '1s', backendRequest: '1001ms'}"),
         {"GH1225 spec.rules[0].timeouts.backendRequest"},
         ROUTE_RULE("timeouts: {request: '0s', backendRequest: '1h'}")},
        {"session-persistence-settings",
         "a Permanent cookie without end",
         "HTTPRoute",
         ROUTE_RULE("sessionPersistence: {cookieConfig: {lifetimeType: 'Permanent'}}"),
         {"GH1226 spec.rules[0].sessionPersistence.absoluteTimeout"},
         ROUTE_RULE("sessionPersistence: {cookieConfig: {lifetimeType: 'Permanent'}, absoluteTimeout: '1h'}")},
        {"session-persistence-settings",
         "a cookie of a header",
         "GRPCRoute",
         ROUTE_RULE("sessionPersistence: {type: 'Header', cookieConfig: {}}"),
         {"GH1226 spec.rules[0].sessionPersistence.cookieConfig"},
         ROUTE_RULE("sessionPersistence: {type: 'Header'}")},
        {"filter-union",
         "no member for the type",
         "HTTPRoute",
         FILTER("{type: 'CORS'}"),
         {"GH1230 spec.rules[0].filters[0].cors"},
         FILTER("{type: 'CORS', cors: {}}")},
        {"filter-union",
         "the member of another type",
         "GRPCRoute",
         FILTER("{type: 'RequestHeaderModifier', requestHeaderModifier: {}, responseHeaderModifier: {}}"),
         {"GH1230 spec.rules[0].filters[0].responseHeaderModifier"},
         FILTER("{type: 'RequestHeaderModifier', requestHeaderModifier: {}}, {type: 'ResponseHeaderModifier', "
                "responseHeaderModifier: {}}")},
        {"filter-union",
         "in a filter of a backend",
         "HTTPRoute",
         ROUTE_RULE("backendRefs: [{name: 'a', port: 1, filters: [{type: 'ExtensionRef'}]}]"),
         {"GH1230 spec.rules[0].backendRefs[0].filters[0].extensionRef"},
         ROUTE_RULE(
             "backendRefs: [{name: 'a', port: 1, filters: [{type: 'ExtensionRef', extensionRef: {group: 'a.b', kind: "
             "'C', name: 'd'}}]}]")},
        {"filters-not-repeated",
         "URLRewrite twice",
         "HTTPRoute",
         FILTER("{type: 'URLRewrite', urlRewrite: {}}, {type: 'URLRewrite', urlRewrite: {}}"),
         {"GH1231 spec.rules[0].filters[1]"},
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}}}, {type: 'RequestMirror', "
                "requestMirror: {backendRef: {name: 'b', port: 1}}}")},
        {"redirect-or-rewrite",
         "both",
         "HTTPRoute",
         FILTER("{type: 'URLRewrite', urlRewrite: {}}, {type: 'RequestRedirect', requestRedirect: {}}"),
         {"GH1232 spec.rules[0].filters[0]"},
         FILTER("{type: 'CORS', cors: {}}, {type: 'RequestRedirect', requestRedirect: {}}")},
        {"path-modifier-union",
         "no member for the type",
         "HTTPRoute",
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplaceFullPath'}}}"),
         {"GH1233 spec.rules[0].filters[0].urlRewrite.path.replaceFullPath"},
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplaceFullPath', replaceFullPath: '/'}}}")},
        {"path-modifier-union",
         "no prefix for the type",
         "HTTPRoute",
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch'}}}"),
         {"GH1233 spec.rules[0].filters[0].urlRewrite.path.replacePrefixMatch"},
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: '/'}}}")},
        {"path-modifier-union",
         "a full path beside a prefix",
         "HTTPRoute",
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: '/', "
                "replaceFullPath: '/'}}}"),
         {"GH1233 spec.rules[0].filters[0].urlRewrite.path.replaceFullPath"},
         FILTER("{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: '/'}}}")},
        {"path-modifier-union",
         "the member of the other type",
         "HTTPRoute",
         FILTER("{type: 'RequestRedirect', requestRedirect: {path: {type: 'ReplaceFullPath', replaceFullPath: '/', "
                "replacePrefixMatch: '/'}}}"),
         {"GH1233 spec.rules[0].filters[0].requestRedirect.path.replacePrefixMatch"},
         FILTER("{type: 'RequestRedirect', requestRedirect: {path: {type: 'ReplacePrefixMatch', replacePrefixMatch: "
                "'/'}}}")},
        {"mirror-share",
         "percent and fraction",
         "HTTPRoute",
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}, percent: 1, fraction: "
                "{numerator: "
                "1}}}"),
         {"GH1234 spec.rules[0].filters[0].requestMirror.fraction"},
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}, percent: 0}}")},
        {"mirror-share",
         "more than all",
         "GRPCRoute",
         FILTER(
             "{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}, fraction: {numerator: 101}}}"),
         {"GH1234 spec.rules[0].filters[0].requestMirror.fraction.numerator"},
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}, fraction: {numerator: 7, "
                "denominator: 7}}}")},
        {"cors-wildcard-alone",
         "* among others",
         "HTTPRoute",
         FILTER("{type: 'CORS', cors: {allowOrigins: ['*', 'https://a.b'], allowMethods: ['GET', '*'], allowHeaders: "
                "['*', "
                "'a']}}"),
         {"GH1235 spec.rules[0].filters[0].cors.allowOrigins", "GH1235 spec.rules[0].filters[0].cors.allowMethods",
          "GH1235 spec.rules[0].filters[0].cors.allowHeaders"},
         FILTER(
             "{type: 'CORS', cors: {allowOrigins: ['*'], allowMethods: ['GET', 'PUT'], exposeHeaders: ['*', 'a']}}")},
        {"external-auth-protocol",
         "settings of the other protocol",
         "HTTPRoute",
         FILTER("{type: 'ExternalAuth', externalAuth: {protocol: 'GRPC', backendRef: {name: 'a', port: 1}, http: {}}}"),
         {"GH1236 spec.rules[0].filters[0].externalAuth.grpc", "GH1236 spec.rules[0].filters[0].externalAuth.http"},
         FILTER(
             "{type: 'ExternalAuth', externalAuth: {protocol: 'GRPC', backendRef: {name: 'a', port: 1}, grpc: {}}}")},
        {"external-auth-protocol",
         "HTTP with the settings of gRPC",
         "HTTPRoute",
         FILTER("{type: 'ExternalAuth', externalAuth: {protocol: 'HTTP', backendRef: {name: 'a', port: 1}, grpc: {}}}"),
         {"GH1236 spec.rules[0].filters[0].externalAuth.grpc", "GH1236 spec.rules[0].filters[0].externalAuth.http"},
         FILTER(
             "{type: 'ExternalAuth', externalAuth: {protocol: 'HTTP', backendRef: {name: 'a', port: 1}, http: {}}}")},
        {"service-port-needed",
         "a Service without port",
         "TLSRoute",
         "{hostnames: ['a.b'], rules: [{backendRefs: [{name: 'a'}]}]}",
         {"GH1240 spec.rules[0].backendRefs[0].port"},
         "{hostnames: ['a.b'], rules: [{backendRefs: [{name: 'a', kind: 'Pool', group: 'a.b'}]}]}"},
        {"service-port-needed",
         "a mirror without port",
         "HTTPRoute",
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a'}}}"),
         {"GH1240 spec.rules[0].filters[0].requestMirror.backendRef.port"},
         FILTER("{type: 'RequestMirror', requestMirror: {backendRef: {name: 'a', port: 1}}}")},
        {"grpc-method-not-empty",
         "neither service nor method",
         "GRPCRoute",
         ROUTE_RULE("matches: [{method: {}}]"),
         {"GH1250 spec.rules[0].matches[0].method"},
         ROUTE_RULE("matches: [{method: {method: 'Get'}}]")},
        {"grpc-method-characters",
         "characters of no identifier",
         "GRPCRoute",
         ROUTE_RULE("matches: [{method: {service: 'a/b', method: '1'}}]"),
         {"GH1251 spec.rules[0].matches[0].method.service", "GH1251 spec.rules[0].matches[0].method.method"},
         ROUTE_RULE(
             "matches: [{method: {service: 'a.B', method: 'c_1'}}, {method: {type: 'RegularExpression', service: "
             "'a/.*'}}]")},
        {"ca-certificate-source",
         "nobody to trust",
         "BackendTLSPolicy",
         TLS_POLICY("caCertificateRefs: []"),
         {"GH1260 spec.validation"},
         TLS_POLICY("wellKnownCACertificates: 'System'")},
        {"ca-certificate-source",
         "both sources",
         "BackendTLSPolicy",
         TLS_POLICY(
             "wellKnownCACertificates: 'System', caCertificateRefs: [{group: '', kind: 'ConfigMap', name: 'a'}]"),
         {"GH1260 spec.validation.wellKnownCACertificates"},
         TLS_POLICY("caCertificateRefs: [{group: '', kind: 'ConfigMap', name: 'a'}]")},
        {"target-refs-tell-apart",
         "the whole target and a part",
         "BackendTLSPolicy",
         TARGETS("{group: '', kind: 'Service', name: 'a'}, {group: '', kind: 'Service', name: 'a', sectionName: 'p'}"),
         {"GH1261 spec.targetRefs[1]"},
         TARGETS("{group: '', kind: 'Service', name: 'a'}, {group: '', kind: 'Service', name: 'b', sectionName: 'p'}")},
        {"target-refs-unique",
         "the same part twice",
         "BackendTLSPolicy",
         TARGETS("{group: '', kind: 'Service', name: 'a', sectionName: 'p'}, {group: '', kind: 'Service', name: 'a', "
                 "sectionName: 'p'}"),
         {"GH1262 spec.targetRefs[1]"},
         TARGETS("{group: '', kind: 'Service', name: 'a', sectionName: 'q'}, {group: '', kind: 'Service', name: 'a', "
                 "sectionName: 'p'}")},
        {"subject-alt-name-union",
         "a hostname in place of a URI",
         "BackendTLSPolicy",
         TLS_POLICY("wellKnownCACertificates: 'System', subjectAltNames: [{type: 'URI', hostname: 'a.b'}]"),
         {"GH1263 spec.validation.subjectAltNames[0].hostname", "GH1263 spec.validation.subjectAltNames[0].uri"},
         TLS_POLICY("wellKnownCACertificates: 'System', subjectAltNames: [{type: 'URI', uri: 'a://b'}]")},
        {"subject-alt-name-union",
         "a URI in place of a hostname",
         "BackendTLSPolicy",
         TLS_POLICY("wellKnownCACertificates: 'System', subjectAltNames: [{type: 'Hostname', uri: 'a://b'}]"),
         {"GH1263 spec.validation.subjectAltNames[0].hostname", "GH1263 spec.validation.subjectAltNames[0].uri"},
         TLS_POLICY(
             "wellKnownCACertificates: 'System', subjectAltNames: [{type: 'URI', uri: 'a://b'}, {type: 'Hostname', "
             "hostname: '*.b'}]")},
    };
}

/// The filters of a kind of route: type, member, and a member that passes the schema.
struct FilterRow {
    std::string kind, type, member, settings;
};

inline std::vector<FilterRow> filterRows()
{
    return {
        {"HTTPRoute", "RequestHeaderModifier", "requestHeaderModifier", "{remove: ['a']}"},
        {"HTTPRoute", "ResponseHeaderModifier", "responseHeaderModifier", "{remove: ['a']}"},
        {"HTTPRoute", "RequestMirror", "requestMirror", "{backendRef: {name: 'a', port: 1}}"},
        {"HTTPRoute", "RequestRedirect", "requestRedirect", "{hostname: 'a.b'}"},
        {"HTTPRoute", "URLRewrite", "urlRewrite", "{hostname: 'a.b'}"},
        {"HTTPRoute", "CORS", "cors", "{allowOrigins: ['*']}"},
        {"HTTPRoute", "ExternalAuth", "externalAuth", "{protocol: 'HTTP', http: {}, backendRef: {name: 'a', port: 1}}"},
        {"HTTPRoute", "ExtensionRef", "extensionRef", "{group: 'a.b', kind: 'C', name: 'd'}"},
        {"GRPCRoute", "RequestHeaderModifier", "requestHeaderModifier", "{remove: ['a']}"},
        {"GRPCRoute", "ResponseHeaderModifier", "responseHeaderModifier", "{remove: ['a']}"},
        {"GRPCRoute", "RequestMirror", "requestMirror", "{backendRef: {name: 'a', port: 1}}"},
        {"GRPCRoute", "ExtensionRef", "extensionRef", "{group: 'a.b', kind: 'C', name: 'd'}"},
    };
}

/// What holds for each type of filter alike, written out for each.
inline std::vector<RuleRow> rowsOfFilters()
{
    const auto list = [](const std::string& filters) {
        return "{rules: [{matches: [{}], filters: [" + filters + "]}]}";
    };
    std::vector<RuleRow> rows;
    for (const FilterRow& row : filterRows()) {
        const std::string filter = "{type: '" + row.type + "', " + row.member + ": " + row.settings + "}";
        const QString member = QString::fromStdString("GH1230 spec.rules[0].filters[0]." + row.member);
        rows.push_back({"filter-union",
                        row.type + " without its settings",
                        row.kind,
                        list("{type: '" + row.type + "'}"),
                        {member},
                        list(filter)});
        const std::string stranger =
            row.type == "ExtensionRef" ? "{type: 'RequestHeaderModifier', requestHeaderModifier: {remove: ['a']}, "
                                       : "{type: 'ExtensionRef', extensionRef: {group: 'a.b', kind: 'C', name: 'd'}, ";
        rows.push_back({"filter-union",
                        "settings of " + row.type + " in a filter of another type",
                        row.kind,
                        list(stranger + row.member + ": " + row.settings + "}"),
                        {member},
                        list(filter)});
        // A mirror may stand twice, and so may what an implementation adds.
        if (row.type != "RequestMirror" && row.type != "ExtensionRef" && row.type != "ExternalAuth")
            rows.push_back({"filters-not-repeated",
                            row.type + " twice",
                            row.kind,
                            list(filter + ", " + filter),
                            {"GH1231 spec.rules[0].filters[1]"},
                            list(filter)});
    }
    return rows;
}

inline RuleRow totalMatchesRow(const std::string& kind, const std::string& match)
{
    const auto many = [&](int count) {
        std::string matches;
        for (int i = 0; i < count; ++i)
            matches += (i == 0 ? "" : ", ") + match;
        return "{matches: [" + matches + "]}";
    };
    return {"total-matches",
            "129 matches together",
            kind,
            "{rules: [" + many(64) + ", " + many(64) + ", " + many(1) + "]}",
            {"GH1221 spec.rules"},
            "{rules: [" + many(64) + ", " + many(64) + "]}"};
}

/// Every row of a rule between fields.
inline std::vector<RuleRow> ruleRows()
{
    std::vector<RuleRow> rows = writtenRows();
    for (RuleRow& row : rowsOfFilters())
        rows.push_back(std::move(row));
    rows.push_back(totalMatchesRow("HTTPRoute", "{path: {value: '/a'}}"));
    rows.push_back(totalMatchesRow("GRPCRoute", "{method: {service: 'a'}}"));
    return rows;
}

/// Rules of the CRDs that the schema holds: uniqueness by key, formats and enums. `rule` is the schema's word.
inline std::vector<RuleRow> schemaRows()
{
    const auto infrastructure = [](const std::string& fields) {
        return "{gatewayClassName: 'c', listeners: [{name: 'a', port: 80, protocol: 'HTTP'}], infrastructure: {" +
               fields + "}}";
    };
    const auto tlsHost = [](const std::string& host) {
        return "{hostnames: ['" + host + "'], rules: [{" BACKENDS "}]}";
    };
    const auto frontend = [](const std::string& ports) {
        return "{gatewayClassName: 'c', listeners: [{name: 'a', port: 80, protocol: 'HTTP'}], tls: {frontend: "
               "{default: {}, perPort: [" +
               ports + "]}}}";
    };
    const std::string longPrefix(254, 'a');
    return {
        {"unique",
         "two listeners of one name",
         "Gateway",
         LISTENERS("{name: 'a', port: 80, protocol: 'HTTP'}, {name: 'a', port: 81, protocol: 'HTTP'}"),
         {"GH1109 spec.listeners[1]"},
         LISTENERS("{name: 'a', port: 80, protocol: 'HTTP'}, {name: 'b', port: 81, protocol: 'HTTP'}")},
        {"unique",
         "two entries of one port",
         "Gateway",
         frontend("{port: 443, tls: {}}, {port: 443, tls: {}}"),
         {"GH1109 spec.tls.frontend.perPort[1]"},
         frontend("{port: 443, tls: {}}, {port: 444, tls: {}}")},
        {"format",
         "a label key of wrong characters",
         "Gateway",
         infrastructure("labels: {'a b': 'c'}"),
         {"GH1105 spec.infrastructure.labels[a b]"},
         infrastructure("labels: {'a.b/c': 'd'}")},
        {"format",
         "a label key with a prefix that is too long",
         "Gateway",
         infrastructure("labels: {'" + longPrefix + "/c': 'd'}"),
         {QString::fromStdString("GH1105 spec.infrastructure.labels[" + longPrefix + "/c]")},
         infrastructure("labels: {'a.b/c': 'd'}")},
        {"format",
         "an annotation key of wrong characters",
         "Gateway",
         infrastructure("annotations: {'a b': 'c'}"),
         {"GH1105 spec.infrastructure.annotations[a b]"},
         infrastructure("annotations: {'a.b/c': 'd e'}")},
        {"format",
         "an annotation key with a prefix that is too long",
         "Gateway",
         infrastructure("annotations: {'" + longPrefix + "/c': 'd'}"),
         {QString::fromStdString("GH1105 spec.infrastructure.annotations[" + longPrefix + "/c]")},
         infrastructure("annotations: {'a.b/c': 'd'}")},
        {"enum",
         "a path of no type",
         "HTTPRoute",
         ROUTE_RULE("matches: [{path: {type: 'Prefix', value: '/a'}}]"),
         {"GH1104 spec.rules[0].matches[0].path.type"},
         ROUTE_RULE("matches: [{path: {value: '/a'}}]")},
        {"format",
         "an address in place of a hostname",
         "TLSRoute",
         tlsHost("10.0.0.1"),
         {"GH1105 spec.hostnames[0]"},
         tlsHost("a.example.com")},
        {"format",
         "a hostname of wrong characters",
         "TLSRoute",
         tlsHost("a_b.example.com"),
         {"GH1105 spec.hostnames[0]"},
         tlsHost("a-b.example.com")},
        {"format",
         "a wildcard that is not the first label",
         "TLSRoute",
         tlsHost("a.*.example.com"),
         {"GH1105 spec.hostnames[0]"},
         tlsHost("*.example.com")},
    };
}

} // namespace gatehouse::model::test
