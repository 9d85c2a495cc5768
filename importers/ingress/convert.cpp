#include "importers/ingress/ingress.h"

#include "importers/decode/object_pipeline.h"
#include "importers/ingress/objects.h"
#include "importers/ingress/read_ingress.h"

#include <algorithm>
#include <tuple>

namespace gatehouse::importers {

namespace {

using model::Value;

/// Gateways first, as a reader wants them; the kinds' own order otherwise means nothing.
int placeOf(const std::string& kind)
{
    const std::string_view order[] = {"Gateway", "ListenerSet", "ReferenceGrant", "HTTPRoute", "GRPCRoute"};
    return static_cast<int>(std::find(std::begin(order), std::end(order), kind) - std::begin(order));
}

auto placeOf(const Value& object)
{
    const Value& metadata = *object.find("metadata");
    return std::tuple(placeOf(*object.find("kind")->asString()),
                      std::string_view(*metadata.find("namespace")->asString()),
                      std::string_view(*metadata.find("name")->asString()));
}

/// Whatever an annotation held, nothing leaves here without being said when a cluster would refuse it.
void checkMade(const std::vector<Value>& objects, std::vector<model::Diagnostic>& diagnostics)
{
    for (const Value& object : objects) {
        std::vector<model::Diagnostic> problems;
        decodeObject(object, nullptr, problems);
        for (model::Diagnostic& problem : problems)
            if (problem.severity == model::Severity::Error) {
                problem.message = "what was made of the Ingresses is not valid: " + problem.message;
                diagnostics.push_back(std::move(problem));
            }
    }
}

} // namespace

IngressConversion convertIngress(const std::vector<SourceObject>& objects, const IngressOptions& options)
{
    IngressConversion result;
    ingress::Reports reports(result.diagnostics);
    const ingress::Input input = ingress::readInput(objects, reports);
    ingress::Names routeNames;
    for (const ingress::ClassPlan& plan : ingress::planServers(input, options, reports)) {
        result.ingresses += plan.ingresses.size();
        ingress::BuiltGateway gateway = ingress::buildGateway(plan, options, reports);
        std::vector<Value> routes = ingress::buildRoutes(plan, gateway, routeNames, reports);
        std::move(gateway.objects.begin(), gateway.objects.end(), std::back_inserter(result.objects));
        std::move(routes.begin(), routes.end(), std::back_inserter(result.objects));
    }
    std::stable_sort(result.objects.begin(), result.objects.end(),
                     [](const Value& a, const Value& b) { return placeOf(a) < placeOf(b); });
    checkMade(result.objects, result.diagnostics);
    std::stable_sort(result.diagnostics.begin(), result.diagnostics.end(), [](const auto& a, const auto& b) {
        const auto place = [](const model::Diagnostic& each) {
            return std::tuple(each.location.file ? std::string_view(*each.location.file) : std::string_view(),
                              each.location.position);
        };
        return place(a) < place(b);
    });
    return result;
}

} // namespace gatehouse::importers
