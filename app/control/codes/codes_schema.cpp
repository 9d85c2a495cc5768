#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> schemaCodes()
{
    const std::string good = httpRule("backendRefs: [{name: web, port: 80}]");
    return {
        {"GH1101", Severity::Error, "a value has the wrong type",
         "The schema of the kind wants another type, as a list in place of a single item or a number in place of a "
         "text. "
         "An API server refuses the object.",
         ExampleKind::Manifests, httpRule("backendRefs: {name: web, port: 80}"), good},
        {"GH1102", Severity::Error, "a required field is missing", "Without it the object means nothing.",
         ExampleKind::Manifests, httpRule("backendRefs: [{port: 80}]"), good},
        {"GH1103", Severity::Warning, "a field is unknown and is left out",
         "The kind has no such field, so what it says has no effect; kubectl warns or refuses, by its --validate. "
         "Mostly "
         "it is a slip of the pen, or stands one level too high or too low.",
         ExampleKind::Manifests, httpRule("backendRefs: [{name: web, port: 80, wieght: 2}]"),
         httpRule("backendRefs: [{name: web, port: 80, weight: 2}]")},
        {"GH1104", Severity::Error, "a value is none of those that are possible",
         "The field takes one of a few words, spelled exactly so.", ExampleKind::Manifests,
         httpRule(R"(matches: [{path: {type: Prefix, value: /cart}}]
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(matches: [{path: {type: PathPrefix, value: /cart}}]
    backendRefs: [{name: web, port: 80}])")},
        {"GH1105", Severity::Error, "a value does not have the format of its field",
         "Names, hostnames, durations, header names and the like have a form; what differs cannot be used.",
         ExampleKind::Manifests, httpRouteWith("  hostnames: [Shop_1.example.com]"),
         httpRouteWith("  hostnames: [shop-1.example.com]\n  rules: [{backendRefs: [{name: web, port: 80}]}]")},
        {"GH1106", Severity::Error, "a number is out of range", "Ports, weights and the like have limits.",
         ExampleKind::Manifests, httpRule("backendRefs: [{name: web, port: 80000}]"), good},
        {"GH1107", Severity::Error, "a text is empty or too long", "Texts of objects have limits in characters.",
         ExampleKind::Manifests, httpRule(R"(matches: [{headers: [{name: colour, value: ""}]}])"),
         httpRule(R"(matches: [{headers: [{name: colour, value: red}]}]
    backendRefs: [{name: web, port: 80}])")},
        {"GH1108", Severity::Error, "a list or map has too few or too many items",
         "Most lists of the Gateway API hold 16 items at most; some need one at least.", ExampleKind::Manifests,
         gatewayWith("  listeners: []"), gatewayOf("{name: http, protocol: HTTP, port: 80}")},
        {"GH1109", Severity::Error, "two items of a list have the same key",
         "Such lists are maps by one of their fields, as listeners by name: the second would replace the first.",
         ExampleKind::Manifests,
         gatewayOf("{name: http, protocol: HTTP, port: 80}\n{name: http, protocol: HTTP, port: "
                   "81}"),
         gatewayOf("{name: http, protocol: HTTP, port: 80}")},
        {"GH1110", Severity::Error, "an item stands twice in a list",
         "The list is a set: saying it twice says nothing more.", ExampleKind::Manifests, httpRule(R"(filters:
    - type: CORS
      cors: {allowMethods: [GET, GET]}
    backendRefs: [{name: web, port: 80}])"),
         httpRule(R"(filters:
    - type: CORS
      cors: {allowMethods: [GET, PUT]}
    backendRefs: [{name: web, port: 80}])")},
        {"GH1112", Severity::Info, "a field of the experimental channel",
         "Where the CRDs of the standard channel are installed, an API server drops the field without a word. Install "
         "the "
         "experimental channel there, or do without.",
         ExampleKind::Manifests, httpRule(R"(retry: {attempts: 2}
    backendRefs: [{name: web, port: 80}])"),
         good},
    };
}

} // namespace gatehouse::control
