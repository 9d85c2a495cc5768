#include "model/lint/lint.h"

#include "model/lint/check.h"

#include <algorithm>

namespace gatehouse::model {
namespace checks {

void Findings::add(const Place& place, Finding finding)
{
    Diagnostic diagnostic;
    diagnostic.severity = finding.severity;
    diagnostic.code = finding.code;
    diagnostic.message = std::move(finding.message);
    diagnostic.expected = std::move(finding.expected);
    diagnostic.remedy = std::move(finding.remedy);
    diagnostic.location = place.position.known() ? place.resource.at(place.position) : place.resource.source;
    diagnostic.fieldPath = place.fieldPath;
    diagnostic.object = place.resource.key;
    found_.push_back(std::move(diagnostic));
}

const std::vector<Check>& allChecks()
{
    namespace code = lint_code;
    static const std::vector<Check> all = {
        {"route-parents", {code::routeWithoutParent}, routeParents},
        {"route-hostnames", {code::hostnameNotServed}, routeHostnames},
        {"listener-use", {code::listenerUnused, code::gatewayUnused}, listenerUse},
        {"open-gateways", {code::openToAll}, openGateways},
        {"deprecated-kinds", {code::deprecatedKind}, deprecatedKinds},
        {"service-endpoints", {code::noEndpoint, code::noWorkload}, serviceEndpoints},
        {"rule-backends", {code::weightsAllZero, code::ruleWithoutBackend}, ruleBackends},
        {"mirrors", {code::mirrorToItself}, mirrors},
        {"timeouts", {code::noTimeForRetries, code::noRetryAfterTimeout}, timeouts},
    };
    return all;
}

Position placeOf(const Resource& resource, std::initializer_list<PathStep> path)
{
    Position place;
    const Value* at = resource.document.get();
    for (const PathStep& step : path) {
        if (!at)
            return place;
        if (const auto* name = std::get_if<std::string_view>(&step)) {
            at = at->find(*name);
        } else {
            const Value::Array* items = at->asArray();
            const std::size_t index = std::get<std::size_t>(step);
            at = items && index < items->size() ? &(*items)[index] : nullptr;
        }
        if (at && at->position().known())
            place = at->position();
    }
    return place;
}

std::string rulePath(std::size_t rule)
{
    return "spec.rules[" + std::to_string(rule) + ']';
}

bool isAttached(const RouteNode& node)
{
    return std::any_of(node.parents.begin(), node.parents.end(), [](const ParentNode& p) { return p.accepted; });
}

} // namespace checks

std::vector<Diagnostic> lint(const Graph& graph)
{
    checks::Findings findings;
    for (const checks::Check& check : checks::allChecks())
        check.run(graph, findings);
    return findings.take();
}

} // namespace gatehouse::model
