#include "decode_text.h"

using namespace gatehouse::model;
using namespace std::chrono_literals;

class TstDecodeRoutes : public QObject {
    Q_OBJECT

private slots:
    void httpRoute();
    void httpRouteFilters();
    void httpRouteDefaults();
    void grpcRoute();
    void l4Routes();
};

namespace {

bool at(Position position, std::uint32_t line, std::uint32_t column)
{
    return position == Position{line, column};
}

} // namespace

void TstDecodeRoutes::httpRoute()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs:
  - name: g
    namespace: infra
    sectionName: https
    port: 443
  hostnames: [a.example.com]
  rules:
  - name: one
    matches:
    - path: {type: Exact, value: /a}
      headers: [{name: X, value: "1"}]
      queryParams: [{name: q, type: RegularExpression, value: .*}]
      method: POST
    backendRefs:
    - {name: web, namespace: apps, port: 8080, weight: 0}
    timeouts: {request: 10s, backendRequest: 500ms}
    retry: {codes: [503], attempts: 2, backoff: 100ms}
)")
                          .only<HTTPRoute>();
    QVERIFY(made->kind == RouteKind::HTTPRoute);
    const ParentReference& parent = made->parentRefs.at(0);
    QCOMPARE(parent.group, std::string(gatewayGroup));
    QCOMPARE(parent.namespace_, std::optional<std::string>("infra"));
    QCOMPARE(parent.sectionName, std::optional<std::string>("https"));
    QCOMPARE(parent.port, std::optional<std::uint16_t>(443));
    QVERIFY(at(parent.position, 6, 5));
    QCOMPARE(made->hostnames.at(0).text(), std::string("a.example.com"));
    const HTTPRouteRule& rule = made->rules.at(0);
    QCOMPARE(rule.name, std::string("one"));
    QVERIFY(at(rule.position, 12, 5));
    const HTTPRouteMatch& match = rule.matches.at(0);
    QVERIFY(at(match.position, 14, 7));
    QVERIFY(match.path.type == PathMatchType::Exact);
    QCOMPARE(match.path.value, std::string("/a"));
    QVERIFY(at(match.path.position, 14, 13));
    QVERIFY(match.headers.at(0).type == ValueMatchType::Exact);
    QCOMPARE(match.headers.at(0).value, std::string("1"));
    QVERIFY(at(match.headers.at(0).position, 15, 17));
    QVERIFY(match.queryParams.at(0).type == ValueMatchType::RegularExpression);
    QCOMPARE(match.method, std::string("POST"));
    const BackendRef& backend = rule.backendRefs.at(0);
    QCOMPARE(backend.ref.kind, std::string("Service"));
    QCOMPARE(backend.ref.namespace_, std::optional<std::string>("apps"));
    QCOMPARE(backend.ref.port, std::optional<std::uint16_t>(8080));
    QCOMPARE(backend.weight, 0u);
    QVERIFY(at(backend.ref.position, 19, 7));
    QVERIFY(rule.timeouts.request == 10s);
    QVERIFY(rule.timeouts.backendRequest == 500ms);
    QCOMPARE(rule.retry->codes.at(0), std::uint16_t(503));
    QCOMPARE(rule.retry->attempts, std::optional<std::uint32_t>(2));
    QVERIFY(rule.retry->backoff == 100ms);
}

void TstDecodeRoutes::httpRouteFilters()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  rules:
  - filters:
    - type: RequestHeaderModifier
      requestHeaderModifier: {set: [{name: a, value: b}], add: [{name: c, value: d}], remove: [e]}
    - type: ResponseHeaderModifier
      responseHeaderModifier: {remove: [f]}
    - type: URLRewrite
      urlRewrite: {hostname: h.example, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}
    - type: RequestMirror
      requestMirror: {backendRef: {name: m, port: 1}, percent: 20}
    - type: RequestMirror
      requestMirror: {backendRef: {name: m, port: 1}, fraction: {numerator: 1, denominator: 3}}
    - type: RequestMirror
      requestMirror: {backendRef: {name: m, port: 1}}
    - type: CORS
      cors: {allowOrigins: ["*"], allowCredentials: true, allowMethods: [GET], allowHeaders: [x], exposeHeaders: [z]}
    - type: ExternalAuth
      externalAuth: {protocol: HTTP, backendRef: {name: auth, port: 2}, forwardBody: {maxSize: 99}, http: {path: /p, allowedHeaders: [a], allowedResponseHeaders: [b, c]}}
    - type: ExtensionRef
      extensionRef: {group: x.y, kind: K, name: ns}
    backendRefs:
    - name: a
      port: 1
      filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: a, value: b}]}}]
  - filters:
    - type: RequestRedirect
      requestRedirect: {scheme: https, hostname: h.example, port: 8443, statusCode: 301, path: {type: ReplaceFullPath, replaceFullPath: /x}}
)")
                          .only<HTTPRoute>();
    const std::vector<HTTPRouteFilter>& filters = made->rules.at(0).filters;
    QCOMPARE(filters.size(), std::size_t(9));
    const auto& request = std::get<RequestHeaderModifier>(filters[0]);
    QCOMPARE(request.headers.set.at(0).value, std::string("b"));
    QCOMPARE(request.headers.add.at(0).name, std::string("c"));
    QCOMPARE(request.headers.remove.at(0), std::string("e"));
    QVERIFY(at(request.position, 7, 7));
    QCOMPARE(std::get<ResponseHeaderModifier>(filters[1]).headers.remove.at(0), std::string("f"));
    const auto& rewrite = std::get<URLRewrite>(filters[2]);
    QCOMPARE(rewrite.hostname, std::optional<std::string>("h.example"));
    QCOMPARE(std::get<ReplacePrefixMatch>(*rewrite.path).value, std::string("/"));
    QVERIFY(at(rewrite.position, 11, 7));
    const auto share = [&](std::size_t i) {
        const auto& mirror = std::get<RequestMirror>(filters[i]);
        return std::pair(mirror.numerator, mirror.denominator);
    };
    QVERIFY(share(3) == std::pair(20u, 100u));
    QVERIFY(share(4) == std::pair(1u, 3u));
    QVERIFY(share(5) == std::pair(100u, 100u));
    QCOMPARE(std::get<RequestMirror>(filters[3]).backendRef.name, std::string("m"));
    const auto& cors = std::get<CORS>(filters[6]);
    QCOMPARE(cors.allowOrigins, std::vector<std::string>{"*"});
    QVERIFY(cors.allowCredentials);
    QCOMPARE(cors.allowMethods, std::vector<std::string>{"GET"});
    QCOMPARE(cors.allowHeaders, std::vector<std::string>{"x"});
    QCOMPARE(cors.exposeHeaders, std::vector<std::string>{"z"});
    QCOMPARE(cors.maxAgeSeconds, 5);
    QCOMPARE(std::get<ExternalAuth>(filters[7]).protocol, std::string("HTTP"));
    QCOMPARE(std::get<ExternalAuth>(filters[7]).backendRef.port, std::optional<std::uint16_t>(2));
    QCOMPARE(std::get<ExternalAuth>(filters[7]).pathPrefix, std::string("/p"));
    QCOMPARE(std::get<ExternalAuth>(filters[7]).allowedHeaders, std::vector<std::string>{"a"});
    QCOMPARE(std::get<ExternalAuth>(filters[7]).allowedResponseHeaders, (std::vector<std::string>{"b", "c"}));
    QCOMPARE(std::get<ExternalAuth>(filters[7]).maxBodyBytes, std::uint32_t(99));
    QCOMPARE(std::get<ExtensionRef>(filters[8]).ref.kind, std::string("K"));
    QVERIFY(at(std::get<ExtensionRef>(filters[8]).position, 23, 7));
    QCOMPARE(made->rules[0].backendRefs.at(0).filters.size(), std::size_t(1));
    const auto& redirect = std::get<RequestRedirect>(made->rules.at(1).filters.at(0));
    QCOMPARE(redirect.scheme, std::optional<std::string>("https"));
    QCOMPARE(redirect.hostname, std::optional<std::string>("h.example"));
    QCOMPARE(redirect.port, std::optional<std::uint16_t>(8443));
    QCOMPARE(redirect.statusCode, std::uint16_t(301));
    QCOMPARE(std::get<ReplaceFullPath>(*redirect.path).value, std::string("/x"));
}

void TstDecodeRoutes::httpRouteDefaults()
{
    for (const char* spec : {"{}", "{rules: [{}]}", "{rules: [{matches: []}]}", "{rules: [{matches: [{}]}]}"}) {
        const std::string yaml =
            "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: " +
            std::string(spec);
        const auto made = decodeText(yaml.c_str()).only<HTTPRoute>();
        QCOMPARE(made->rules.size(), std::size_t(1));
        QCOMPARE(made->rules[0].matches.size(), std::size_t(1));
        const HTTPRouteMatch& match = made->rules[0].matches[0];
        QVERIFY(match.path.type == PathMatchType::PathPrefix);
        QCOMPARE(match.path.value, std::string("/"));
        QCOMPARE(match.position.line, 4u);
        QCOMPARE(match.path.position.line, 4u);
    }
}

void TstDecodeRoutes::grpcRoute()
{
    const auto made = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: r}
spec:
  hostnames: [g.example.com]
  rules:
  - matches:
    - method: {service: a.B, method: C}
      headers: [{name: x, value: v}]
    - method: {type: RegularExpression, method: .*}
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [a]}}]
    backendRefs: [{name: s, port: 1}]
  - name: all
)")
                          .only<GRPCRoute>();
    QVERIFY(made->kind == RouteKind::GRPCRoute);
    const GRPCRouteMatch& first = made->rules.at(0).matches.at(0);
    QCOMPARE(first.method->service, std::optional<std::string>("a.B"));
    QCOMPARE(first.method->method, std::optional<std::string>("C"));
    QVERIFY(at(first.position, 8, 7));
    QVERIFY(at(first.method->position, 8, 15));
    QCOMPARE(first.headers.at(0).name, std::string("x"));
    const GRPCRouteMatch& second = made->rules.at(0).matches.at(1);
    QVERIFY(second.method->type == ValueMatchType::RegularExpression);
    QVERIFY(!second.method->service);
    QCOMPARE(made->rules.at(0).filters.size(), std::size_t(1));
    QVERIFY(made->rules.at(1).matches.empty());
    QCOMPARE(made->ruleName(1), std::string("all"));
}

void TstDecodeRoutes::l4Routes()
{
    const DecodedText text = decodeText(R"(apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: r}
spec: {hostnames: [a.b], rules: [{backendRefs: [{name: s, port: 1}, {name: t, port: 2, weight: 3}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: r}
spec: {rules: [{name: ns, backendRefs: [{name: s, port: 1}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: UDPRoute
metadata: {name: r}
spec: {rules: [{backendRefs: [{name: s, port: 1}]}]}
)");
    QCOMPARE(text.summary(), QStringList{});
    QCOMPARE(text.resources.size(), std::size_t(3));
    const auto route = [&](std::size_t i) { return std::static_pointer_cast<const L4Route>(text.resources[i]); };
    QVERIFY(route(0)->kind == RouteKind::TLSRoute);
    QCOMPARE(route(0)->hostnames.at(0).text(), std::string("a.b"));
    QCOMPARE(route(0)->backendRefs(0).at(1).weight, 3u);
    QVERIFY(route(1)->kind == RouteKind::TCPRoute);
    QCOMPARE(route(1)->ruleName(0), std::string("ns"));
    QVERIFY(at(route(1)->rulePosition(0), 9, 16));
    QVERIFY(route(2)->kind == RouteKind::UDPRoute);
}

QTEST_APPLESS_MAIN(TstDecodeRoutes)
#include "tst_decode_routes.moc"
