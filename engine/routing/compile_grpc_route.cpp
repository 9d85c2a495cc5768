#include "engine/routing/compile_parts.h"
#include "engine/routing/session.h"

namespace gatehouse::routing {
namespace {

/// Where a call stands in the tables: as the Exact path "/service/method", or below "/service", or, when the service is
/// open or an expression, below "/". An empty text asks for nothing, like none.
struct CallPlace {
    model::PathMatchType type = model::PathMatchType::PathPrefix;
    std::string path = "/";
};

CallPlace placeOf(const model::GRPCMethodMatch* call)
{
    const bool hasService = call && call->service && !call->service->empty();
    const bool hasMethod = call && call->method && !call->method->empty();
    if (!hasService || call->type == model::ValueMatchType::RegularExpression)
        return {};
    if (!hasMethod)
        return {model::PathMatchType::PathPrefix, '/' + *call->service};
    return {model::PathMatchType::Exact, '/' + *call->service + '/' + *call->method};
}

ValueCondition textCondition(const ExpressionCompiler& compileExpression, const model::GRPCMethodMatch& call,
                             const std::optional<std::string>& text, const std::string& fieldPath)
{
    ValueCondition condition;
    condition.value = text.value_or("");
    condition.isRegex = call.type == model::ValueMatchType::RegularExpression && !condition.value.empty();
    if (condition.isRegex)
        condition.regex = compileExpression(condition.value, call.position, fieldPath);
    return condition;
}

/// Every match of a GRPCRoute has conditions: that the request is gRPC at all is one.
Conditions compileConditions(const ExpressionCompiler& compileExpression, const model::GRPCRouteMatch& match,
                             const std::string& fieldPath)
{
    auto call = std::make_shared<GrpcConditions>();
    if (match.method) {
        call->service =
            textCondition(compileExpression, *match.method, match.method->service, fieldPath + ".method.service");
        call->method =
            textCondition(compileExpression, *match.method, match.method->method, fieldPath + ".method.method");
    }
    Conditions conditions;
    conditions.grpc = std::move(call);
    addValues(compileExpression, match.headers, fieldPath + ".headers", true, conditions.headers);
    return conditions;
}

CompiledMatch compileMatch(const ExpressionCompiler& compileExpression, const model::GRPCRouteMatch& match,
                           const std::string& fieldPath)
{
    CompiledMatch compiled;
    const model::GRPCMethodMatch* const call = match.method ? &*match.method : nullptr;
    CallPlace place = placeOf(call);
    compiled.path = std::move(place.path);
    compiled.pattern = {place.type, {}, match.position, call, true};
    compiled.conditions = compileConditions(compileExpression, match, fieldPath);
    compiled.precedence.grpcForm = compiled.pattern.grpcForm();
    compiled.precedence.service = compiled.pattern.serviceLength();
    compiled.precedence.serviceMethod = compiled.pattern.methodLength();
    compiled.precedence.headers = static_cast<std::uint32_t>(compiled.conditions->headers.size());
    return compiled;
}

} // namespace

void compileGrpcRoute(Compilation& compilation, Clusters& clusters, model::RouteIndex routeIndex, std::uint32_t age,
                      HostBuilders& builders)
{
    // A rule without matches takes every gRPC request (GRPCRouteRule.matches).
    static const std::vector<model::GRPCRouteMatch> every(1);
    const model::RouteNode& node = compilation.graph[routeIndex];
    const auto& route = static_cast<const model::GRPCRoute&>(*node.resource);
    const std::vector<RouteTarget> targets = targetsOf(compilation, node);
    if (targets.empty())
        return;
    const ExpressionCompiler compileExpression{compilation, route};
    for (std::size_t r = 0; r < route.rules.size(); ++r) {
        if (!node.rules[r].dropped.empty())
            continue; // the rest of the route serves: PartiallyInvalid
        const RuleIndex index = compilation.rule([&] {
            CompiledRule rule = compileRule(compilation, clusters, {routeIndex, r}, false);
            if (const auto& session = route.rules[r].sessionPersistence)
                rule.session = compileSession(*session, rule.origin);
            return rule;
        });
        const auto& matches = route.rules[r].matches.empty() ? every : route.rules[r].matches;
        for (std::size_t m = 0; m < matches.size(); ++m) {
            const std::string path = "spec.rules[" + std::to_string(r) + "].matches[" + std::to_string(m) + ']';
            CompiledMatch compiled = compileMatch(compileExpression, matches[m], path);
            if (route.rules[r].matches.empty())
                compiled.pattern.position = route.rules[r].position;
            compiled.rule = index;
            compiled.precedence.routeAge = age;
            compiled.precedence.rule = static_cast<std::uint32_t>(r);
            compiled.precedence.match = static_cast<std::uint32_t>(m);
            addMatch(compiled, targets, builders);
        }
    }
}

} // namespace gatehouse::routing
