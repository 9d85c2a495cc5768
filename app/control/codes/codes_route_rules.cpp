#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

namespace {

/// A rule with one filter and a backend.
std::string filtered(std::string_view filter)
{
    return httpRule("filters:\n    - " + std::string(filter) + "\n    backendRefs: [{name: web, port: 80}]");
}

std::vector<CodeInfo> matchCodes()
{
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    const std::string manyMatches = [] {
        std::string matches;
        for (int i = 0; i < 64; ++i)
            matches += (i == 0 ? "" : ", ") + std::string("{path: {value: /") + std::to_string(i) + "}}";
        return "  - {matches: [" + matches + "], backendRefs: [{name: web, port: 80}]}\n";
    }();
    return {
        {"GH1220", Severity::Error, "a path that no request can have",
         "Paths of type Exact and PathPrefix begin with / and have no empty, . or .. element, no escaped slash and no "
         "characters that a URL does not allow.",
         ExampleKind::Manifests, httpRule(R"(matches: [{path: {value: cart}}]
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(matches: [{path: {value: /cart}}]
    backendRefs: [{name: web, port: 80}])")},
        {"GH1221", Severity::Error, "too many matches in one route",
         "A route has 128 matches at most, over all its rules.", ExampleKind::Manifests,
         httpRouteWith("  rules:\n" + manyMatches + manyMatches + "  - backendRefs: [{name: web, port: 80}]"), good},
        {"GH1222", Severity::Error, "two rules with one name", "A rule's name is unique in its route.",
         ExampleKind::Manifests, httpRouteWith(R"(  rules:
  - {name: all, matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]}
  - {name: all, matches: [{path: {value: /b}}], backendRefs: [{name: web, port: 80}]})"),
         httpRouteWith(R"(  rules:
  - {name: a, matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]}
  - {name: b, matches: [{path: {value: /b}}], backendRefs: [{name: web, port: 80}]})")},
        {"GH1223", Severity::Error, "a redirect in a rule with backends",
         "A redirect answers the client, so nothing is ever forwarded.", ExampleKind::Manifests,
         filtered("{type: RequestRedirect, requestRedirect: {hostname: www.example.com}}"),
         httpRule("filters:\n    - {type: RequestRedirect, requestRedirect: {hostname: www.example.com}}")},
        {"GH1224", Severity::Error, "replacePrefixMatch without one prefix",
         "Which prefix is replaced is said by the rule's match, which has to be one, of type PathPrefix.",
         ExampleKind::Manifests, httpRule(R"(matches: [{path: {type: Exact, value: /old}}]
    filters:
    - type: URLRewrite
      urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(matches: [{path: {type: PathPrefix, value: /old}}]
    filters:
    - type: URLRewrite
      urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}
    backendRefs: [{name: web, port: 80}])")},
        {"GH1225", Severity::Error, "a try may take longer than the request",
         "timeouts.backendRequest limits each try and timeouts.request all of them together.", ExampleKind::Manifests,
         httpRule(R"(timeouts: {request: 1s, backendRequest: 5s}
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(timeouts: {request: 5s, backendRequest: 1s}
    backendRefs: [{name: web, port: 80}])")},
        {"GH1226", Severity::Error, "settings of a session that do not fit each other",
         "A Permanent cookie needs an absoluteTimeout, and only sessions of type Cookie have a cookieConfig.",
         ExampleKind::Manifests, httpRule(R"(sessionPersistence: {cookieConfig: {lifetimeType: Permanent}}
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(sessionPersistence: {absoluteTimeout: 1h, cookieConfig: {lifetimeType: Permanent}}
    backendRefs: [{name: web, port: 80}])")},
    };
}

std::vector<CodeInfo> filterCodes()
{
    return {
        {"GH1230", Severity::Error, "a filter without the settings of its type",
         "The member that belongs to type is there, and no other.", ExampleKind::Manifests,
         filtered("{type: RequestHeaderModifier}"),
         filtered("{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x-debug]}}")},
        {"GH1231", Severity::Error, "a filter that may stand once stands twice",
         "Which of the two comes last would be chance; merge them.", ExampleKind::Manifests,
         filtered(R"({type: RequestHeaderModifier, requestHeaderModifier: {remove: [a]}}
    - {type: RequestHeaderModifier, requestHeaderModifier: {remove: [b]}})"),
         filtered("{type: RequestHeaderModifier, requestHeaderModifier: {remove: [a, b]}}")},
        {"GH1232", Severity::Error, "a rewrite and a redirect in one rule",
         "A request is either forwarded under another URL or sent away.", ExampleKind::Manifests, httpRule(R"(filters:
    - {type: URLRewrite, urlRewrite: {hostname: a.example.com}}
    - {type: RequestRedirect, requestRedirect: {hostname: b.example.com}})"),
         filtered("{type: URLRewrite, urlRewrite: {hostname: a.example.com}}")},
        {"GH1233", Severity::Error, "a path modifier without the value of its type",
         "ReplaceFullPath has replaceFullPath and ReplacePrefixMatch has replacePrefixMatch.", ExampleKind::Manifests,
         filtered("{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath}}}"),
         filtered("{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /}}}")},
        {"GH1234", Severity::Error, "a mirror's share that is none",
         "percent or fraction, not both, and no more than every request.", ExampleKind::Manifests,
         filtered("{type: RequestMirror, requestMirror: {backendRef: {name: api, port: 80}, percent: 10, fraction: "
                  "{numerator: 1}}}"),
         filtered("{type: RequestMirror, requestMirror: {backendRef: {name: api, port: 80}, percent: 10}}")},
        {"GH1235", Severity::Error, "* beside others in a CORS list", "* covers everything, so it stands alone.",
         ExampleKind::Manifests, filtered("{type: CORS, cors: {allowOrigins: [\"*\", \"https://www.example.com\"]}}"),
         filtered("{type: CORS, cors: {allowOrigins: [\"https://www.example.com\"]}}")},
        {"GH1236", Severity::Error, "ExternalAuth with the settings of another protocol",
         "protocol HTTP has http, protocol GRPC has grpc.", ExampleKind::Manifests,
         filtered("{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: api, port: 80}, grpc: {}}}"),
         filtered("{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: api, port: 80}, http: {}}}")},
        {"GH1240", Severity::Error, "a reference to a Service without a port",
         "A Service may have several ports; the reference names the Service's port, not the container's.",
         ExampleKind::Manifests, httpRule("backendRefs: [{name: web}]"),
         httpRule("backendRefs: [{name: web, port: 80}]")},
        {"GH1250", Severity::Error, "a gRPC method match that asks for nothing",
         "method names a service, a method or both; without method every call matches.", ExampleKind::Manifests,
         grpcRule("{matches: [{method: {type: Exact}}], backendRefs: [{name: api, port: 80}]}"),
         grpcRule("{matches: [{method: {service: shop.Cart}}], backendRefs: [{name: api, port: 80}]}")},
        {"GH1251", Severity::Error, "a gRPC service or method name that is none",
         "Names of type Exact are identifiers of protobuf; a pattern has type RegularExpression.",
         ExampleKind::Manifests,
         grpcRule("{matches: [{method: {service: shop/Cart}}], backendRefs: [{name: api, port: 80}]}"),
         grpcRule("{matches: [{method: {service: shop.Cart}}], backendRefs: [{name: api, port: 80}]}")},
    };
}

} // namespace

std::vector<CodeInfo> routeRuleCodes()
{
    std::vector<CodeInfo> all = matchCodes();
    for (CodeInfo& row : filterCodes())
        all.push_back(std::move(row));
    return all;
}

} // namespace gatehouse::control
