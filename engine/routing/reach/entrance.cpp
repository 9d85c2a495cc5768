#include "engine/routing/reach/entrance.h"

#include "engine/routing/match.h"

namespace gatehouse::routing {

std::string toText(const Entrance& entrance)
{
    return entrance.gateway + " port " + std::to_string(entrance.port) + " (" +
           std::string(toString(entrance.carrier)) + ')';
}

std::map<Entrance, const PortTable*> entrancesOf(const Snapshot& snapshot)
{
    std::map<Entrance, const PortTable*> entrances;
    for (const PortTable& port : snapshot.ports)
        for (const ListenerTable& listener : port.listeners)
            entrances.emplace(Entrance{listener.gatewayName, listener.specPort, port.carrier}, &port);
    return entrances;
}

Landing land(const Snapshot& snapshot, const PortTable* port, const ExplainRequest& request)
{
    if (!port)
        return {};
    RequestHead head;
    head.method = request.method;
    head.scheme = request.scheme;
    head.authority = request.authority;
    head.path = request.path;
    head.query = request.query;
    head.hasQuery = !request.query.empty();
    for (const auto& [name, value] : request.headers)
        head.headers.add(name, value);
    const RouteDecision decision = match(snapshot, *port, head);
    if (port->carrier == Carrier::Tls) {
        const LowerHost host(hostOf(head.authority));
        if (port->findServerName(host.view()) != decision.listener)
            return {};
    }
    return {decision.listener, decision.table, decision.candidate, decision.ruleIndex};
}

} // namespace gatehouse::routing
