// Programmed, which only the data plane can tell, joined to the conditions that resolve() drew from the resources.

#include "model/graph/status_programmed.h"

#include "model/graph/conditions.h"

namespace gatehouse::model {
namespace {

const ListenerProgramming& programmingOf(const Programming& programming, ListenerIndex index)
{
    static const ListenerProgramming pending{false, std::string(reason::pending), "waiting for the engine", 0, false};
    return index.value < programming.listeners.size() ? programming.listeners[index.value] : pending;
}

Condition programmedListener(const Graph& graph, const Programming& programming, ListenerIndex index)
{
    const ListenerNode& node = graph[index];
    const Condition& accepted = node.conditions[0];
    if (node.conflicted)
        return condition::notProgrammed(accepted.reason, accepted.message);
    if (!node.accepted)
        return condition::notProgrammed(reason::invalid, "the listener is not accepted: " + accepted.message);
    if (!graph[node.gateway].accepted)
        return condition::notProgrammed(reason::invalid, "the Gateway is not accepted");
    if (node.listenerSet && !graph[*node.listenerSet].accepted)
        return condition::notProgrammed(reason::invalid, "the ListenerSet is not accepted");
    if (!node.serves)
        return condition::notProgrammed(reason::invalid,
                                        isTrue(node.conditions, type::resolvedRefs)
                                            ? "the listener has no certificate: add tls.certificateRefs"
                                            : "no certificate reference is usable");
    const ListenerProgramming& result = programmingOf(programming, index);
    if (!result.programmed)
        return condition::notProgrammed(result.reason, result.message);
    const bool moved = result.localPort != 0 && result.localPort != node.resource->port;
    std::string text = "the listener serves";
    if (moved)
        text += " on local port " + std::to_string(result.localPort);
    if (result.developmentCertificate)
        text += ", with a development certificate of the local CA in place of its own";
    return condition::programmed(std::move(text));
}

bool hasProgrammed(const Graph& graph, const Programming& programming, const std::vector<ListenerIndex>& listeners,
                   bool own)
{
    for (const ListenerIndex index : listeners)
        if ((!own || !graph[index].listenerSet) &&
            programmedListener(graph, programming, index).status == ConditionStatus::True)
            return true;
    return false;
}

Condition programmedGateway(const Graph& graph, const Programming& programming, GatewayIndex index)
{
    const GatewayNode& node = graph[index];
    if (!node.accepted)
        return condition::notProgrammed(reason::invalid, "the Gateway is not accepted: " + node.conditions[0].message);
    static const GatewayProgramming none;
    const GatewayProgramming& result =
        index.value < programming.gateways.size() ? programming.gateways[index.value] : none;
    if (result.addressNotUsable)
        return condition::notProgrammed(reason::addressNotUsable,
                                        result.message.empty() ? "a requested address cannot be used" : result.message);
    if (result.addresses.empty())
        return condition::notProgrammed(reason::addressNotAssigned,
                                        result.message.empty() ? "no address is assigned yet" : result.message);
    if (!hasProgrammed(graph, programming, node.listeners, true))
        return condition::notProgrammed(reason::invalid, "no listener serves");
    return condition::programmed("the Gateway serves");
}

Condition programmedListenerSet(const Graph& graph, const Programming& programming, ListenerSetIndex index)
{
    const ListenerSetNode& node = graph[index];
    const Condition& accepted = node.conditions[0];
    if (!node.accepted)
        return accepted.reason == reason::parentNotAccepted
                   ? condition::notProgrammed(reason::parentNotProgrammed, accepted.message)
                   : condition::notProgrammed(accepted.reason, accepted.message);
    if (programmedGateway(graph, programming, node.gateway).status != ConditionStatus::True)
        return condition::notProgrammed(reason::parentNotProgrammed,
                                        toString(graph[node.gateway].resource->key) + " is not programmed");
    if (hasProgrammed(graph, programming, node.listeners, false))
        return condition::programmed("the ListenerSet serves");
    for (const ListenerIndex listener : node.listeners) {
        const Condition programmed = programmedListener(graph, programming, listener);
        if (programmed.reason == reason::portUnavailable)
            return condition::notProgrammed(reason::portUnavailable, programmed.message);
    }
    return condition::notProgrammed(reason::invalid, "no listener serves");
}

/// Accepted, Programmed, then the rest: the order in which people read them.
std::vector<Condition> withProgrammed(std::vector<Condition> conditions, Condition programmed)
{
    conditions.insert(conditions.begin() + 1, std::move(programmed));
    return conditions;
}

} // namespace

std::vector<Condition> gatewayConditions(const Graph& graph, const Programming& programming, GatewayIndex gateway)
{
    return withProgrammed(graph[gateway].conditions, programmedGateway(graph, programming, gateway));
}

std::vector<Condition> listenerConditions(const Graph& graph, const Programming& programming, ListenerIndex listener)
{
    return withProgrammed(graph[listener].conditions, programmedListener(graph, programming, listener));
}

std::vector<Condition> listenerSetConditions(const Graph& graph, const Programming& programming, ListenerSetIndex set)
{
    return withProgrammed(graph[set].conditions, programmedListenerSet(graph, programming, set));
}

} // namespace gatehouse::model
