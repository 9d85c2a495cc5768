#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> reachCodes()
{
    const std::string backends = "\n    backendRefs: [{name: web, port: 80}]";
    const auto twoRules = [&](const std::string& first, const std::string& second) {
        return httpRule("matches: [" + first + ']' + backends + "\n  - matches: [" + second + "]\n" +
                        "    backendRefs: [{name: api, port: 80}]");
    };
    const std::string listeners =
        gatewayOf("{name: http, protocol: HTTP, port: 80}\n{name: shop, protocol: HTTP, port: 80, hostname: "
                  "shop.example.com}");
    const auto onListener = [](const std::string& section) {
        return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n"
               "  parentRefs: [{name: gw, sectionName: " +
               section + "}]\n  hostnames: [shop.example.com]\n  rules: [{backendRefs: [{name: web, port: 80}]}]\n" +
               "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: rest}\nspec:\n"
               "  parentRefs: [{name: gw}]\n  rules: [{backendRefs: [{name: api, port: 80}]}]\n";
    };
    return {
        {"GH2501", Severity::Warning, "a match that no request ever reaches",
         "Another match comes first and takes every request that meets this one. The message names it, and the step of "
         "precedence that decides between the two: hostname, path, method, headers, query parameters, then age and "
         "name of the routes, then the order of rules and matches. Found for all requests that there can be, not by "
         "trying some.",
         ExampleKind::Manifests,
         twoRules("{path: {type: RegularExpression, value: /.*}}",
                  "{path: {value: /cart}}, {path: {type: Exact, value: /x}}"),
         twoRules("{path: {type: RegularExpression, value: '/[0-9]+'}}",
                  "{path: {value: /cart}}, {path: {type: Exact, value: /x}}")},
        {"GH2502", Severity::Warning, "a rule that no request ever reaches",
         "Every match of the rule is taken by others that come first; see GH2501.", ExampleKind::Manifests,
         twoRules("{path: {type: RegularExpression, value: /.*}}", "{path: {value: /cart}}"),
         twoRules("{path: {value: /}}", "{path: {value: /cart}}")},
        {"GH2503", Severity::Warning, "two matches that ask for just the same",
         "Only one of them can serve: that of the older route, else of the route that comes first by namespace and "
         "name, else the first of the rules. The message names the winner. Routes without creationTimestamp, as in "
         "files, count as equally old.",
         ExampleKind::Manifests, twoRules("{path: {value: /cart}}", "{path: {value: /cart}}"),
         twoRules("{path: {value: /cart}}", "{path: {value: /cart}, method: POST}")},
        {"GH2504", Severity::Warning, "a rule whose hosts are another listener's",
         "A request belongs to the listener with the most specific hostname, and only to that one. The route is "
         "attached to a listener of the port that never gets its hosts.",
         ExampleKind::Manifests, documents(listeners, onListener("http")), documents(listeners, onListener("shop"))},
    };
}

} // namespace gatehouse::control
