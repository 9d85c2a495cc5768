#include "engine/routing/reach/server_names.h"

#include "engine/routing/route_stream.h"

#include <set>

namespace gatehouse::routing {
namespace {

void addName(std::set<std::string>& names, const std::optional<model::Hostname>& hostname, const FreshNames& fresh)
{
    if (hostname)
        names.insert(hostname->isWildcard() ? fresh.label + std::string(hostname->suffix()) : hostname->text());
}

/// One server name of each kind that the tables tell apart; "" is a connection without one.
void addNames(std::set<std::string>& names, const PortTable* port, const FreshNames& fresh)
{
    if (!port)
        return;
    for (const ListenerTable& listener : port->listeners) {
        addName(names, listener.hostname, fresh);
        if (listener.serverNames)
            for (const ServerNameTable::Entry& entry : listener.serverNames->entries)
                addName(names, entry.hostname, fresh);
    }
}

struct Judgement {
    RoutedTo to;
    bool http = false; ///< requests decide
};

Judgement judge(const ConnectionSide& side, const Entrance& entrance, const std::string& name)
{
    Judgement judgement;
    if (!side.port) {
        judgement.to.outcome.destination = "nothing listens";
        return judgement;
    }
    const StreamDecision decision = entrance.carrier == Carrier::Tls ? routeSni(side.snapshot, *side.port, name)
                                                                     : routeStream(side.snapshot, *side.port);
    if (!decision.listener) {
        judgement.to.outcome.destination = "no listener takes it";
        return judgement;
    }
    judgement.http = decision.isHttp();
    if (judgement.http) {
        judgement.to.outcome.destination = "HTTPS, by request";
        return judgement;
    }
    judgement.to.outcome = outcomeOf(side.snapshot, decision.ruleIndex, entrance.carrier);
    if (!decision.rule)
        return judgement;
    if (entrance.carrier == Carrier::Tls)
        judgement.to.outcome.destination += decision.listener->passthrough ? " (passed through)" : " (terminated)";
    const RuleOrigin& origin = decision.rule->origin;
    const model::Route& route = *(*side.snapshot.graph)[origin.route].resource;
    judgement.to.routeName = origin.routeName;
    judgement.to.rule = origin.rule;
    judgement.to.location = route.at(route.rulePosition(origin.rule));
    return judgement;
}

} // namespace

std::vector<ServerNameChange> compareConnections(const ConnectionSide& before, const ConnectionSide& after,
                                                 const Entrance& entrance, const FreshNames& fresh)
{
    std::set<std::string> names;
    if (entrance.carrier == Carrier::Tls) {
        names.insert(fresh.label + '.' + fresh.domain);
        addNames(names, before.port, fresh);
        addNames(names, after.port, fresh);
    }
    names.insert(""); // last, so that a name that can be tried stands for a change where there is one
    std::vector<ServerNameChange> changes;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        Judgement old = judge(before, entrance, *name), now = judge(after, entrance, *name);
        // What only requests tell apart, or what is new as a whole and decides by request, is said request by request.
        if (((old.http || !before.port) && (now.http || !after.port)) || old.to.outcome == now.to.outcome)
            continue;
        ServerNameChange change{std::move(old.to), std::move(now.to), {}};
        change.witness.scheme = entrance.carrier == Carrier::Tls   ? "tls"
                                : entrance.carrier == Carrier::Udp ? "udp"
                                                                   : "tcp";
        change.witness.gateway = entrance.gateway;
        change.witness.authority = *name;
        change.witness.serverName = *name;
        change.witness.method.clear();
        change.witness.path.clear();
        changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace gatehouse::routing
