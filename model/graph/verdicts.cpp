// The verdicts on Gateways and ListenerSets, drawn from those on their listeners.

#include "model/graph/conditions.h"
#include "model/graph/listener_kinds.h"
#include "model/graph/notes.h"
#include "model/graph/parameters.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// Which of some listeners are valid, and the words for those that are not.
struct Tally {
    std::size_t valid = 0, invalid = 0;
    std::string problems;

    void count(const ListenerNode& node, bool isValid)
    {
        if (isValid) {
            ++valid;
            return;
        }
        ++invalid;
        const Condition& blame = node.accepted ? node.conditions[1] : node.conditions[0];
        problems += (problems.empty() ? "listener " : "; listener ") + node.resource->name + ": " + blame.reason;
    }
};

/// Reasons of the Gateway's own that come before its listeners'; nullopt: none.
std::optional<Condition> ownRefusal(ResolveContext& context, GatewayNode& node)
{
    const Gateway& gateway = *node.resource;
    std::optional<Condition> refusal;
    for (std::size_t i = 0; i < gateway.addresses.size(); ++i) {
        const GatewayAddress& address = gateway.addresses[i];
        if (address.type == "IPAddress")
            continue;
        node.unsupportedAddress = true;
        const std::string message =
            "spec.addresses[" + std::to_string(i) + "] has type " + address.type + ": only IPAddress is supported";
        if (!refusal)
            refusal = condition::notAccepted(reason::unsupportedAddress, message);
        warn(context.graph, {gateway, "spec.addresses[" + std::to_string(i) + "].type", address.position},
             {note::addressUnsupported, "addresses of type " + address.type + " are not supported",
              "use type IPAddress"});
    }
    if (!gateway.parametersRef)
        return refusal;
    const std::string problem = checkParameters(context.resources, *gateway.parametersRef, gateway.namespace_());
    const NotePlace place{gateway, "spec.infrastructure.parametersRef", gateway.parametersRef->position};
    if (problem.empty()) {
        inform(context.graph, place,
               {note::parametersIgnored, "the parameters are meant for another implementation and are not read", {}});
        return refusal;
    }
    warn(context.graph, place,
         {note::parametersUnusable, problem, "remove the reference, or name a ConfigMap that exists"});
    return condition::notAccepted(reason::invalidParameters, problem);
}

/// Accepted from listeners: True as long as one is valid, with a reason that tells whether all are.
Condition acceptedByListeners(std::string_view what, const Tally& tally)
{
    if (tally.valid == 0)
        return condition::notAccepted(reason::listenersNotValid,
                                      "no listener is valid" + (tally.problems.empty() ? "" : ": " + tally.problems));
    return tally.invalid == 0 ? condition::accepted(what) : condition::acceptedInPart(tally.problems);
}

void judge(ResolveContext& context, GatewayNode& node)
{
    const Graph& graph = context.graph;
    Tally tally;
    std::string unresolved;
    for (const ListenerIndex index : node.listeners) {
        const ListenerNode& listener = graph[index];
        if (listener.listenerSet)
            continue; // ListenerSets never change their Gateway's verdict: GEP-1713
        tally.count(listener, listener.accepted);
        if (!isTrue(listener.conditions, type::resolvedRefs))
            unresolved += (unresolved.empty() ? "listener " : ", listener ") + listener.resource->name;
    }
    std::optional<Condition> refusal = ownRefusal(context, node);
    Condition accepted = refusal ? std::move(*refusal) : acceptedByListeners("Gateway", tally);
    node.accepted = accepted.status == ConditionStatus::True;
    node.conditions.insert(node.conditions.begin(), std::move(accepted));
    // The Gateway's own references come first: its reason stays when both fail.
    Condition& resolved = node.conditions.back();
    if (!unresolved.empty() && resolved.status == ConditionStatus::True)
        resolved =
            condition::unresolvedRefs(reason::listenersNotResolved, "references are not resolved: " + unresolved);
    const auto insecure = [](const std::optional<FrontendValidation>& v) {
        return v && v->mode == ClientValidationMode::AllowInsecureFallback;
    };
    const auto& ports = node.resource->frontendPerPort;
    if (insecure(node.resource->frontendDefault) ||
        std::any_of(ports.begin(), ports.end(), [&](const FrontendTlsPort& p) { return insecure(p.validation); }))
        node.conditions.push_back(condition::insecureFrontendValidation());
}

/// True when what the listener refers to is good enough to open its port.
bool canOpen(const ListenerNode& node)
{
    const ProtocolRow* row = protocolRow(*node.resource);
    return row && (!row->terminatesTls || !node.certificates.empty() || node.developmentCertificate);
}

Condition judgeSet(const Graph& graph, const ListenerSetNode& node)
{
    const GatewayNode& gateway = graph[node.gateway];
    if (!node.allowed)
        return condition::notAccepted(reason::notAllowed,
                                      "spec.allowedListeners of " + toString(gateway.resource->key) +
                                          " does not select namespace " + node.resource->namespace_());
    if (!gateway.accepted)
        return condition::notAccepted(reason::parentNotAccepted, toString(gateway.resource->key) + " is not accepted");
    Tally tally;
    for (const ListenerIndex index : node.listeners) {
        const ListenerNode& listener = graph[index];
        tally.count(listener, listener.accepted && canOpen(listener) && !listener.supportedKinds.empty());
    }
    return acceptedByListeners("ListenerSet", tally);
}

} // namespace

void judgeGateways(ResolveContext& context)
{
    for (GatewayNode& node : context.graph.gateways)
        judge(context, node);
}

void judgeListenerSets(ResolveContext& context)
{
    for (ListenerSetNode& node : context.graph.listenerSets) {
        node.conditions.push_back(judgeSet(context.graph, node));
        node.accepted = node.conditions.back().status == ConditionStatus::True;
    }
}

void decideServing(ResolveContext& context)
{
    const Graph& graph = context.graph;
    for (ListenerNode& node : context.graph.listeners)
        node.serves = node.accepted && canOpen(node) && graph[node.gateway].accepted &&
                      (!node.listenerSet || graph[*node.listenerSet].accepted);
}

} // namespace gatehouse::model
