#include "value_text.h"

#include "model/schema/rules.h"

#include <set>

using namespace gatehouse::model;

class TstSchemaRules : public QObject {
    Q_OBJECT

private slots:
    void rule_data();
    void rule();
    void everyRuleHasRows();
    void rulesHaveDistinctNamesAndCodes();
    void problemsOfSeveralRulesAtOnce();
    void shapelessObjectsBreakNoRule();
};

namespace {

/// `broken` gives exactly the `faults` (code and field path), `good` gives none.
struct Row {
    const char* rule;
    const char* claim;
    const char* kind;
    const char* broken;
    QStringList faults;
    const char* good;
};

#define LISTENERS(text) "{gatewayClassName: 'c', parentRef: {name: 'g'}, listeners: [" text "]}"
#define ROUTE_RULE(text) "{rules: [{" text "}]}"
#define FILTER(text) "{rules: [{matches: [{}], filters: [" text "]}]}"
#define BACKENDS "backendRefs: [{name: 'a', port: 1}]"
#define L4_PARENTS(text) "{parentRefs: [" text "], rules: [{" BACKENDS "}]}"
#define TLS_POLICY(text)                                                                                               \
    "{targetRefs: [{group: '', kind: 'Service', name: 'a'}], validation: {hostname: 'a.b', " text "}}"
#define TARGETS(text) "{targetRefs: [" text "], validation: {hostname: 'a.b', wellKnownCACertificates: 'System'}}"

const std::vector<Row>& rows()
{
    static const std::vector<Row> all = {
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
         "a URI in place of a hostname",
         "BackendTLSPolicy",
         TLS_POLICY("wellKnownCACertificates: 'System', subjectAltNames: [{type: 'Hostname', uri: 'a://b'}]"),
         {"GH1263 spec.validation.subjectAltNames[0].hostname", "GH1263 spec.validation.subjectAltNames[0].uri"},
         TLS_POLICY(
             "wellKnownCACertificates: 'System', subjectAltNames: [{type: 'URI', uri: 'a://b'}, {type: 'Hostname', "
             "hostname: '*.b'}]")},
    };
    return all;
}

/// Problems of rules only; the schema's are not this test's, but an object must pass it.
QStringList faultsOf(const QString& kindName, Value object)
{
    const KindSchema& kind = kindOf(kindName);
    std::vector<Diagnostic> problems;
    if (!validate(kind, object, {}, problems))
        return {QString::fromStdString("schema: " + toString(problems.front()))};
    problems.clear();
    validateRules(kind, object, {}, problems);
    QStringList lines;
    for (const Diagnostic& problem : problems) {
        lines += QString::fromStdString(problem.code + ' ' + problem.fieldPath);
        if (!problem.location.position.known() || problem.message.empty())
            lines.last() += " without place or message";
    }
    return lines;
}

} // namespace

void TstSchemaRules::rule_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("broken");
    QTest::addColumn<QStringList>("faults");
    QTest::addColumn<QString>("good");
    for (const Row& row : rows())
        QTest::addRow("%s: %s", row.rule, row.claim) << row.kind << row.broken << row.faults << row.good;
    const auto many = [](int count) {
        QStringList matches;
        for (int i = 0; i < count; ++i)
            matches += "{path: {value: '/" + QString::number(i) + "'}}";
        return matches.join(", ");
    };
    QTest::newRow("total-matches: 129 together")
        << "HTTPRoute"
        << "{rules: [{matches: [" + many(64) + "]}, {matches: [" + many(64) + "]}, {}]}"
        << QStringList{"GH1221 spec.rules"}
        << "{rules: [{matches: [" + many(64) + "]}, {matches: [" + many(64) + "]}]}";
}

void TstSchemaRules::rule()
{
    QFETCH(QString, kind);
    QFETCH(QString, broken);
    QFETCH(QStringList, faults);
    QFETCH(QString, good);
    QCOMPARE(faultsOf(kind, objectWith(broken)), faults);
    QCOMPARE(faultsOf(kind, objectWith(good)), QStringList{});
}

void TstSchemaRules::everyRuleHasRows()
{
    std::set<std::string_view> tested = {"total-matches"};
    for (const Row& row : rows())
        tested.insert(row.rule);
    for (const rules::Rule& rule : rules::allRules())
        QVERIFY2(tested.contains(rule.name), std::string(rule.name).c_str());
}

void TstSchemaRules::rulesHaveDistinctNamesAndCodes()
{
    std::set<std::string> names, codes;
    for (const rules::Rule& rule : rules::allRules()) {
        QVERIFY2(names.emplace(rule.name).second, std::string(rule.name).c_str());
        QVERIFY2(codes.emplace(rule.code).second, rule.code);
        for (const std::string_view kind : rule.kinds)
            QVERIFY(findKindSchema("gateway.networking.k8s.io", kind));
    }
}

void TstSchemaRules::problemsOfSeveralRulesAtOnce()
{
    QCOMPARE(
        faultsOf("HTTPRoute", objectWith("{parentRefs: [{name: 'g'}, {name: 'g'}], rules: [{matches: [{path: {value: "
                                         "'a#'}}], backendRefs: [{name: 'a'}]}]}")),
        (QStringList{"GH1211 spec.parentRefs[1]", "GH1220 spec.rules[0].matches[0].path.value",
                     "GH1220 spec.rules[0].matches[0].path.value", "GH1240 spec.rules[0].backendRefs[0].port"}));
}

/// The pipeline runs the rules on objects that failed their schema too, so that one run shows everything.
void TstSchemaRules::shapelessObjectsBreakNoRule()
{
    for (const KindSchema& kind : kindSchemas()) {
        for (const char* spec :
             {"[]", "'x'", "{rules: 1, listeners: {}, parentRefs: [1, null], targetRefs: 'a'}",
              "{rules: [1, [], {matches: [1], filters: {}, backendRefs: [null, 'a', {filters: [3]}]}]}",
              "{listeners: [null, 1, {tls: 1, allowedRoutes: []}], addresses: [{}], validation: []}"}) {
            const Value object = objectWith(spec);
            std::vector<Diagnostic> problems;
            validateRules(kind, object, {}, problems);
            QCOMPARE(summary(problems), QStringList{});
        }
    }
}

QTEST_APPLESS_MAIN(TstSchemaRules)
#include "tst_schema_rules.moc"
