// Listeners that cannot share a port. Inside one object nobody wins: Gateway API, GatewaySpec.listeners. Between
// objects the earlier in merge order wins: GEP-1713. So each object's listeners first meet what earlier objects hold,
// then each other.

#include "model/graph/conditions.h"
#include "model/graph/listener_kinds.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <map>

namespace gatehouse::model {
namespace {

struct Conflict {
    std::string_view reason;
    ListenerIndex with;
};

/// The listeners of one port, by what can collide.
class PortUse {
public:
    void add(const Listener& listener, ListenerIndex index)
    {
        byProtocol_[listener.protocol].push_back(index);
        byHostname_[{listener.protocol, hostnameOf(listener)}].push_back(index);
    }

    /// The first conflict of a listener with those added, itself not counted.
    [[nodiscard]] std::optional<Conflict> conflictOf(const Listener& listener, ListenerIndex self) const
    {
        const auto protocol = [&](Protocol p) { return other(find(byProtocol_, p), self); };
        const auto hostname = [&](Protocol p) {
            return other(find(byHostname_, std::pair(p, hostnameOf(listener))), self);
        };
        const auto protocolConflict = [](std::initializer_list<std::optional<ListenerIndex>> others) {
            std::optional<Conflict> first;
            for (const auto& o : others)
                if (o && (!first || *o < first->with))
                    first = Conflict{reason::protocolConflict, *o};
            return first;
        };
        std::optional<Conflict> found;
        switch (listener.protocol) {
        case Protocol::UDP: // datagrams and streams are two different ports
            return protocolConflict({protocol(Protocol::UDP)});
        case Protocol::TCP: // nothing tells one connection from another
            return protocolConflict({protocol(Protocol::TCP), protocol(Protocol::HTTP), protocol(Protocol::HTTPS),
                                     protocol(Protocol::TLS)});
        case Protocol::HTTP:
            found = protocolConflict({protocol(Protocol::TCP), protocol(Protocol::HTTPS), protocol(Protocol::TLS)});
            break;
        case Protocol::HTTPS: // HTTPS and TLS are told apart by SNI, so only an equal hostname collides
            found = protocolConflict({protocol(Protocol::TCP), protocol(Protocol::HTTP), hostname(Protocol::TLS)});
            break;
        case Protocol::TLS:
            found = protocolConflict({protocol(Protocol::TCP), protocol(Protocol::HTTP), hostname(Protocol::HTTPS)});
            break;
        case Protocol::Other:
            return std::nullopt;
        }
        if (!found)
            if (const auto same = hostname(listener.protocol))
                found = Conflict{reason::hostnameConflict, *same};
        return found;
    }

private:
    using Holders = std::vector<ListenerIndex>;

    static std::string hostnameOf(const Listener& listener)
    {
        return listener.hostname ? listener.hostname->text() : "";
    }

    template <class Map, class Key>
    static const Holders* find(const Map& map, const Key& key)
    {
        const auto it = map.find(key);
        return it == map.end() ? nullptr : &it->second;
    }

    static std::optional<ListenerIndex> other(const Holders* holders, ListenerIndex self)
    {
        if (!holders)
            return std::nullopt;
        const auto it = std::find_if(holders->begin(), holders->end(), [&](ListenerIndex i) { return i != self; });
        return it == holders->end() ? std::nullopt : std::optional(*it);
    }

    std::map<Protocol, Holders> byProtocol_;
    std::map<std::pair<Protocol, std::string>, Holders> byHostname_;
};

using Ports = std::map<std::uint16_t, PortUse>;

/// Who keeps the port, for people: the rule that decided and what it came to.
std::string outcomeOf(const Graph& graph, const ListenerNode& loser, const ListenerNode& other)
{
    const Resource& own = ownerOf(graph, loser);
    const Resource& others = ownerOf(graph, other);
    if (&own == &others)
        return "both lose: inside one " + own.key.kind + " nobody comes first, so neither opens the port";
    if (!other.listenerSet)
        return "the other keeps the port: a Gateway's own listeners come before those of its ListenerSets";
    const bool byAge = own.meta.creationTimestamp != others.meta.creationTimestamp;
    return "the other keeps the port: its ListenerSet " +
           std::string(byAge ? "is older" : "comes first by namespace and name");
}

void reject(ResolveContext& context, ListenerIndex index, const Conflict& conflict)
{
    Graph& graph = context.graph;
    ListenerNode& node = graph.listeners[index.value];
    const Listener& listener = *node.resource;
    const bool byHostname = conflict.reason == reason::hostnameConflict;
    const std::string message =
        (byHostname
             ? "port " + std::to_string(listener.port) + " with " +
                   (listener.hostname ? "hostname " + listener.hostname->text() : "no hostname") +
                   " is also asked for by "
             : "protocol " + listener.protocolText + " cannot share port " + std::to_string(listener.port) + " with ") +
        describe(graph, graph[conflict.with]) +
        (byHostname ? "" : " (" + graph[conflict.with].resource->protocolText + ")");
    node.accepted = false;
    node.conflicted = true;
    node.conditions.front() = condition::notAccepted(conflict.reason, message);
    node.conditions.push_back(condition::conflicted(conflict.reason, message));
    warn(graph, {ownerOf(graph, node), fieldPathOf(graph, node), listener.position},
         {note::listenerConflict, message + "; " + outcomeOf(graph, node, graph[conflict.with]),
          byHostname ? "give one of them another hostname or port" : "move one to another port"});
}

/// One object's listeners, against those of earlier objects and then against each other.
void judgeObject(ResolveContext& context, const std::vector<ListenerIndex>& listeners, Ports& earlier)
{
    Graph& graph = context.graph;
    std::vector<ListenerIndex> left;
    for (const ListenerIndex index : listeners) {
        const Listener& listener = *graph[index].resource;
        if (!protocolRow(listener))
            continue; // nothing will ever be opened for it
        if (const auto conflict = earlier[listener.port].conflictOf(listener, index))
            reject(context, index, *conflict);
        else
            left.push_back(index);
    }
    Ports own;
    for (const ListenerIndex index : left)
        own[graph[index].resource->port].add(*graph[index].resource, index);
    for (const ListenerIndex index : left) {
        const Listener& listener = *graph[index].resource;
        if (const auto conflict = own[listener.port].conflictOf(listener, index)) {
            reject(context, index, *conflict);
            continue;
        }
        graph.listeners[index.value].conditions.push_back(condition::noConflicts());
        earlier[listener.port].add(listener, index);
    }
}

} // namespace

void findListenerConflicts(ResolveContext& context)
{
    const Graph& graph = context.graph;
    for (const GatewayNode& gateway : graph.gateways) {
        Ports taken;
        std::vector<ListenerIndex> own;
        for (const ListenerIndex index : gateway.listeners)
            if (!graph[index].listenerSet)
                own.push_back(index);
        judgeObject(context, own, taken);
        for (const ListenerSetIndex set : gateway.listenerSets)
            judgeObject(context, graph[set].listeners, taken);
    }
}

} // namespace gatehouse::model
