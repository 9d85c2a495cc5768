#include "app/cli/output/listeners.h"

#include "app/cli/output/words.h"
#include "app/cli/run/urls.h"
#include "model/graph/status.h"

namespace gatehouse::cli {

using model::Condition;
using model::ConditionStatus;

namespace {

std::string hostnamesText(const std::vector<model::Hostname>& hostnames)
{
    std::string text;
    for (std::size_t i = 0; i < hostnames.size(); ++i) {
        if (i == 3)
            return text + " + " + std::to_string(hostnames.size() - i) + " more";
        text += (i ? "," : "") + hostnames[i].text();
    }
    return text.empty() ? "*" : text;
}

std::string attachedTo(const model::Graph& graph, const model::ParentNode& parent)
{
    std::vector<std::string> names;
    for (const model::Attachment& attachment : parent.attachments)
        names.push_back(graph[attachment.listener].resource->name);
    return join(names, ",");
}

std::string parentName(const model::RouteNode& route, const model::ParentReference& ref)
{
    std::string name = ref.namespace_.value_or(route.resource->namespace_()) + '/' + ref.name;
    return ref.kind == "Gateway" ? name : ref.kind + ' ' + name;
}

} // namespace

std::string portText(const control::State& state, std::size_t listener)
{
    const std::uint16_t port = state.graph->listeners[listener].resource->port;
    const std::uint16_t local = state.programming.listeners[listener].localPort;
    std::string text = std::to_string(port);
    if (local != 0 && local != port)
        text += " -> " + std::to_string(local);
    return text;
}

std::string listenerTrouble(const control::State& state, std::size_t listener)
{
    if (state.programming.listeners[listener].programmed)
        return {};
    const auto conditions =
        listenerConditions(*state.graph, state.programming, model::ListenerIndex{static_cast<std::uint32_t>(listener)});
    // The first cause that is not merely a consequence: Programmed=False follows from the others.
    for (const char* type : {"Accepted", "ResolvedRefs", "Programmed"})
        if (const Condition* c = findCondition(conditions, type); c && c->status != ConditionStatus::True)
            return c->message.empty() ? c->reason : c->reason + ": " + c->message;
    return "not programmed";
}

std::string listenerOwner(const model::Graph& graph, const model::ListenerNode& listener)
{
    std::string text = toString(graph[listener.gateway].resource->key.name);
    if (listener.listenerSet)
        text += " (ListenerSet " + toString(graph[*listener.listenerSet].resource->key.name) + ')';
    return text;
}

std::string refusalText(const model::ParentNode& parent)
{
    const Condition* accepted = findCondition(parent.conditions, "Accepted");
    std::string text = accepted ? accepted->reason : "no parent of ours";
    if (!parent.refusals.empty()) {
        // Each listener's line names its own reason; the common one is not said twice.
        std::vector<std::string> lines = parent.refusals;
        for (std::string& line : lines)
            if (const std::size_t again = line.find(text + ": "); again != std::string::npos)
                line.erase(again, text.size() + 2);
        text += ": " + join(lines, "; ");
    } else if (accepted && !accepted->message.empty()) {
        text += ": " + accepted->message;
    }
    return text;
}

Table listenerTable(const control::State& state, const NamespaceFilter& wanted)
{
    Table table({"GATEWAY", "CLASS", "ADDRESS", "LISTENER", "PROTOCOL", "PORT", "HOSTNAME", "URL", "ROUTES"});
    const model::Graph& graph = *state.graph;
    for (std::size_t g = 0; g < graph.gateways.size(); ++g) {
        const model::GatewayNode& gateway = graph.gateways[g];
        if (!wanted(gateway.resource->namespace_()))
            continue;
        const model::GatewayProgramming& programming = state.programming.gateways[g];
        const std::string address = join(programming.addresses, ",");
        for (const model::ListenerIndex index : gateway.listeners) {
            const model::ListenerNode& listener = graph[index];
            const model::Listener& resource = *listener.resource;
            const std::string url = listenerUrl(state, index.value);
            const bool moved =
                url.empty() ? false : state.programming.listeners[index.value].localPort != resource.port;
            const bool developed = state.programming.listeners[index.value].developmentCertificate;
            table.add({listenerOwner(graph, listener),
                       gateway.resource->gatewayClassName,
                       address,
                       resource.name,
                       resource.protocolText.empty() ? std::string(toString(resource.protocol)) : resource.protocolText,
                       {portText(state, index.value), moved ? Tint::Yellow : Tint::None},
                       resource.hostname ? resource.hostname->text() : "*",
                       url.empty() ? Cell{listenerTrouble(state, index.value), Tint::Red}
                       : developed ? Cell{url + " (development certificate)", Tint::Yellow}
                                   : Cell{url, Tint::Green},
                       std::to_string(listener.attachedRoutes)});
        }
        if (gateway.listeners.empty())
            table.add({toString(gateway.resource->key.name), gateway.resource->gatewayClassName, address, "", "", "",
                       "", Cell{"no listeners", Tint::Red}, ""});
    }
    return table;
}

Table routeTable(const control::State& state, const NamespaceFilter& wanted, std::size_t limit, std::size_t& left)
{
    Table table({"ROUTE", "HOSTNAMES", "GATEWAY", "LISTENERS", "RELATION"});
    const model::Graph& graph = *state.graph;
    std::size_t rows = 0;
    left = 0;
    for (const model::RouteNode& route : graph.routes) {
        if (!wanted(route.resource->namespace_()))
            continue;
        // A row for each parent; a route without parents is shown too, since nothing is dropped silently.
        const std::size_t needed = std::max<std::size_t>(1, route.parents.size());
        if (rows + needed > limit) {
            left += 1;
            continue;
        }
        rows += needed;
        const std::string name = toString(route.resource->key);
        const std::string hostnames = hostnamesText(route.resource->hostnames);
        if (route.parents.empty())
            table.add({name, hostnames, "", "", Cell{"names no parent", Tint::Dim}});
        for (const model::ParentNode& parent : route.parents) {
            const std::string gateway = parentName(route, *parent.ref);
            if (parent.accepted)
                table.add(
                    {name, hostnames, gateway, attachedTo(graph, parent), std::string(toString(parent.relation))});
            else
                table.add({name, hostnames, gateway, Cell{parent.ours ? "refused" : "none", Tint::Red},
                           Cell{refusalText(parent), Tint::Red}});
        }
    }
    return table;
}

} // namespace gatehouse::cli
