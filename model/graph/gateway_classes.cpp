#include "model/graph/conditions.h"
#include "model/graph/notes.h"
#include "model/graph/parameters.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <map>

namespace gatehouse::model {
namespace {

void judge(ResolveContext& context, GatewayClassNode& node)
{
    const GatewayClass& resource = *node.resource;
    std::string problem;
    if (resource.parametersRef) {
        const NotePlace place{resource, "spec.parametersRef", resource.parametersRef->position};
        problem = checkParameters(context.resources, *resource.parametersRef, {});
        if (problem.empty())
            inform(
                context.graph, place,
                {note::parametersIgnored, "the parameters are meant for another implementation and are not read", {}});
        else
            warn(context.graph, place,
                 {note::parametersUnusable, problem, "its Gateways are served as if it had no parameters"});
    }
    node.conditions = {problem.empty() ? condition::accepted("GatewayClass")
                                       : condition::notAccepted(reason::invalidParameters, problem),
                       condition::supportedVersion()};
}

} // namespace

void resolveGatewayClasses(ResolveContext& context)
{
    const std::string& controller = context.options.controller;
    std::map<std::string, GatewayClassNode> byName;
    for (const auto& [name, resource] : context.resources.gatewayClasses) {
        GatewayClassNode& node = byName[name.name];
        node.resource = resource.get();
        node.name = name.name;
        node.ours = controller.empty() || resource->controllerName == controller;
        if (node.ours)
            judge(context, node);
    }
    for (const auto& [name, gateway] : context.resources.gateways) {
        const auto [it, isAssumed] = byName.try_emplace(gateway->gatewayClassName);
        if (!isAssumed)
            continue;
        GatewayClassNode& node = it->second;
        node.name = gateway->gatewayClassName;
        // Nobody can say that a class which is not there has the controller that was asked for.
        node.ours = controller.empty();
        inform(context.graph, {*gateway, "spec.gatewayClassName", {}},
               {note::classAssumed,
                "GatewayClass \"" + node.name + "\" is not defined; " +
                    (node.ours
                         ? "it is assumed to exist"
                         : "it is not known to have controllerName " + controller + ", so its Gateways are left alone"),
                "add the GatewayClass to the manifests"});
    }
    context.graph.gatewayClasses.reserve(byName.size());
    for (auto& [name, node] : byName)
        context.graph.gatewayClasses.push_back(std::move(node));
    for (const GatewayClassNode& node : context.graph.gatewayClasses)
        context.classes.emplace(node.name, &node);
}

} // namespace gatehouse::model
