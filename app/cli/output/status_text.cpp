#include "app/cli/output/status_text.h"

#include "app/cli/output/words.h"
#include "app/cli/run/urls.h"
#include "model/graph/status.h"

namespace gatehouse::cli {

using model::Condition;
using model::ConditionStatus;

namespace {

/// OverlappingTLSConfig, Conflicted and PartiallyInvalid are bad news when they are True; the others when they are not.
bool isGood(const Condition& condition)
{
    const bool negative = condition.type == "Conflicted" || condition.type == "OverlappingTLSConfig" ||
                          condition.type == "PartiallyInvalid" || condition.type == "InsecureFrontendValidationMode";
    return condition.status == (negative ? ConditionStatus::False : ConditionStatus::True);
}

std::string sentence(const Condition& condition)
{
    std::string text = condition.type + ' ' + std::string(toString(condition.status));
    if (condition.reason != condition.type)
        text += ", " + condition.reason;
    if (!condition.message.empty())
        text += ": " + condition.message;
    return text;
}

} // namespace

void StatusText::printConditions(std::ostream& out, const std::vector<Condition>& conditions, const char* indent) const
{
    for (const Condition& condition : conditions) {
        if (isGood(condition) && !everyCondition)
            continue;
        const std::string text = sentence(condition);
        out << indent << (isGood(condition) ? style.green(text) : style.red(text)) << '\n';
    }
}

void StatusText::printListener(std::ostream& out, model::ListenerIndex index) const
{
    const model::ListenerNode& listener = (*state.graph)[index];
    const model::Listener& resource = *listener.resource;
    const std::string url = listenerUrl(state, index.value);
    out << "  listener " << style.bold(resource.name) << "  "
        << (resource.protocolText.empty() ? std::string(toString(resource.protocol)) : resource.protocolText) << ' '
        << portText(state, index.value);
    if (resource.hostname)
        out << "  " << resource.hostname->text();
    if (listener.listenerSet)
        out << "  from ListenerSet " << toString((*state.graph)[*listener.listenerSet].resource->key.name);
    if (url.empty())
        out << "  " << style.red("does not serve");
    else
        out << "  " << style.green(url);
    if (state.programming.listeners[index.value].developmentCertificate)
        out << "  " << style.yellow("development certificate");
    out << "  " << counted(listener.attachedRoutes, "attached route") << '\n';
    printConditions(out, listenerConditions(*state.graph, state.programming, index), "    ");
}

void StatusText::printGateway(std::ostream& out, model::GatewayIndex index) const
{
    const model::GatewayNode& gateway = (*state.graph)[index];
    const model::GatewayProgramming& programming = state.programming.gateways[index.value];
    const std::vector<Condition> conditions = gatewayConditions(*state.graph, state.programming, index);
    const Condition* programmed = findCondition(conditions, "Programmed");
    const bool good = programmed && programmed->status == ConditionStatus::True;
    out << "Gateway " << style.bold(toString(gateway.resource->key.name)) << "  class "
        << gateway.resource->gatewayClassName << "  "
        << (good ? style.green("programmed") : style.red("not programmed"));
    if (!programming.addresses.empty())
        out << " at " << join(programming.addresses, ", ");
    out << '\n';
    printConditions(out, conditions, "  ");
    for (const model::ListenerIndex listener : gateway.listeners)
        printListener(out, listener);
}

void StatusText::printRoute(std::ostream& out, const model::RouteNode& route) const
{
    out << route.resource->key.kind << ' ' << style.bold(toString(route.resource->key.name));
    if (!route.resource->hostnames.empty()) {
        std::vector<std::string> names;
        for (const model::Hostname& hostname : route.resource->hostnames)
            names.push_back(hostname.text());
        out << "  " << join(names, ", ");
    }
    out << '\n';
    if (route.parents.empty())
        out << "  names no parent\n";
    for (const model::ParentNode& parent : route.parents) {
        const model::ParentReference& ref = *parent.ref;
        std::string name = ref.kind + ' ' + ref.namespace_.value_or(route.resource->namespace_()) + '/' + ref.name;
        if (ref.sectionName)
            name += " listener " + *ref.sectionName;
        if (ref.port)
            name += " port " + std::to_string(*ref.port);
        out << "  " << name << ": ";
        if (parent.accepted) {
            std::vector<std::string> listeners;
            for (const model::Attachment& attachment : parent.attachments)
                listeners.push_back((*state.graph)[attachment.listener].resource->name);
            out << style.green("accepted") << " by " << join(listeners, ", ") << "  (" << toString(parent.relation)
                << ")\n";
        } else {
            out << style.red((parent.ours ? "refused: " : "not ours: ") + refusalText(parent)) << '\n';
        }
        std::vector<Condition> others = parent.conditions;
        // The verdict above has said it already.
        if (!everyCondition)
            std::erase_if(others, [](const Condition& condition) { return condition.type == "Accepted"; });
        printConditions(out, others, "    ");
    }
}

bool StatusText::print(std::ostream& out) const
{
    bool any = false;
    const auto separate = [&] {
        if (any)
            out << '\n';
        any = true;
    };
    for (std::size_t i = 0; i < state.graph->gateways.size(); ++i) {
        if (!wanted(state.graph->gateways[i].resource->namespace_()))
            continue;
        separate();
        printGateway(out, model::GatewayIndex{static_cast<std::uint32_t>(i)});
    }
    for (const model::ListenerSetNode& set : state.graph->listenerSets) {
        if (!wanted(set.resource->namespace_()))
            continue;
        separate();
        out << "ListenerSet " << style.bold(toString(set.resource->key.name)) << "  "
            << (set.accepted ? style.green("accepted") : style.red("not accepted")) << '\n';
        printConditions(out, set.conditions, "  ");
    }
    bool firstRoute = true;
    for (const model::RouteNode& route : state.graph->routes) {
        if (!wanted(route.resource->namespace_()))
            continue;
        if (firstRoute)
            separate();
        firstRoute = false;
        printRoute(out, route);
    }
    for (const model::BackendTLSPolicyNode& policy : state.graph->backendTLSPolicies) {
        if (!wanted(policy.resource->namespace_()))
            continue;
        separate();
        out << toString(policy.resource->key) << '\n';
        for (const model::PolicyAncestor& ancestor : policy.ancestors) {
            out << "  for Gateway " << toString((*state.graph)[ancestor.gateway].resource->key.name) << '\n';
            printConditions(out, ancestor.conditions, "    ");
        }
    }
    return any;
}

} // namespace gatehouse::cli
