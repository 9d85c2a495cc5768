#include "engine/routing/explain.h"
#include "engine/routing/explain_parts.h"
#include "engine/routing/host_index.h"
#include "engine/routing/route_stream.h"

#include <algorithm>
#include <set>

namespace gatehouse::routing {
namespace {

class StreamExplainer {
public:
    StreamExplainer(const Snapshot& snapshot, const StreamQuestion& question)
        : snapshot_(snapshot), graph_(*snapshot.graph), question_(question), name_(question.serverName)
    {
        result_.carrier = question.carrier;
        result_.refused = true;
    }

    Explanation run()
    {
        choosePort();
        explainRefusedPlans();
        if (!port_) {
            result_.summary = "nothing listens for " + wantedEndpoint();
            explainOtherCarriers();
        } else {
            result_.endpoint = port_->key;
            explainListeners();
            if (decision_.listener) {
                result_.gatewayName = decision_.listener->gatewayName;
                result_.listenerName = decision_.listener->listenerName;
                explainLosers();
            }
            if (decision_.rule)
                explainRule();
            else
                explainNoRule();
        }
        explainOutsiders();
        return std::move(result_);
    }

private:
    [[nodiscard]] bool isTls() const { return question_.carrier == Carrier::Tls; }
    [[nodiscard]] std::string what() const { return question_.carrier == Carrier::Udp ? "session" : "connection"; }
    [[nodiscard]] std::string fate() const
    {
        return question_.carrier == Carrier::Udp ? "its datagrams are dropped" : "the connection is closed";
    }
    [[nodiscard]] std::string asked() const
    {
        return question_.serverName.empty() ? "no server name" : "server name " + question_.serverName;
    }

    [[nodiscard]] std::string wantedEndpoint() const
    {
        std::string text = std::string(toString(question_.carrier)) + ' ' +
                           (question_.address.empty() ? "port " + std::to_string(question_.port)
                                                      : toText({question_.address, question_.port}));
        if (!question_.gateway.empty())
            text += " of Gateway " + question_.gateway;
        return text;
    }

    [[nodiscard]] bool isWanted(const ListenerTable& listener, const PortTable& port, bool bySpec) const
    {
        return (question_.gateway.empty() || listener.gatewayName == question_.gateway) &&
               (question_.address.empty() || port.key.address == question_.address) &&
               (bySpec ? listener.specPort : port.key.port) == question_.port;
    }

    [[nodiscard]] std::vector<const PortTable*> candidatePorts() const
    {
        std::vector<const PortTable*> bySpec, byLocal;
        for (const PortTable& port : snapshot_.ports) {
            if (port.carrier != question_.carrier)
                continue;
            const auto has = [&](bool spec) {
                return std::any_of(port.listeners.begin(), port.listeners.end(),
                                   [&](const ListenerTable& listener) { return isWanted(listener, port, spec); });
            };
            if (has(true))
                bySpec.push_back(&port);
            else if (has(false))
                byLocal.push_back(&port);
        }
        bySpec.insert(bySpec.end(), byLocal.begin(), byLocal.end());
        return bySpec;
    }

    /// Among several sockets the first that serves the client, else the first with a listener for it.
    void choosePort()
    {
        const auto worth = [](const StreamDecision& decision) {
            return decision.rule || decision.isHttp() ? 2 : decision.listener ? 1 : 0;
        };
        const std::vector<const PortTable*> ports = candidatePorts();
        for (const PortTable* port : ports) {
            const StreamDecision decision =
                isTls() ? routeSni(snapshot_, *port, name_.view()) : routeStream(snapshot_, *port);
            if (!port_ || worth(decision) > worth(decision_)) {
                port_ = port;
                decision_ = decision;
            }
        }
        std::set<std::string> own;
        for (std::size_t i = 0; port_ && i < port_->listeners.size(); ++i)
            own.insert(port_->listeners[i].gatewayName);
        for (const PortTable* port : ports)
            for (const ListenerTable& listener : port->listeners)
                if (port != port_ && !own.contains(listener.gatewayName))
                    refuse(listener, "listens on " + toText(port->key) + ", not on " + toText(port_->key));
    }

    void refuse(const ListenerTable& listener, std::string reason)
    {
        result_.listeners.push_back({listener.gatewayName, listener.listenerName, std::move(reason)});
    }

    void explainRefusedPlans()
    {
        for (std::size_t l = 0; l < graph_.listeners.size() && l < snapshot_.plan.listeners.size(); ++l) {
            const model::ListenerNode& node = graph_.listeners[l];
            const std::string gateway = toString(graph_[node.gateway].resource->key.name);
            const PlannedListener& planned = snapshot_.plan.listeners[l];
            if (!planned.refusal.empty() && node.resource->port == question_.port &&
                (question_.gateway.empty() || question_.gateway == gateway))
                result_.listeners.push_back({gateway, node.resource->name, planned.refusal});
        }
    }

    void explainOtherCarriers()
    {
        for (const PortTable& port : snapshot_.ports)
            for (const ListenerTable& listener : port.listeners)
                if (isWanted(listener, port, true) || isWanted(listener, port, false))
                    refuse(listener, speaks(listener.protocol));
    }

    void explainListeners()
    {
        for (const ListenerTable& listener : port_->listeners) {
            if (&listener == decision_.listener)
                continue;
            if (!listener.hostname || listener.hostname->matches(name_.view()))
                refuse(listener, "hostname " + hostnameText(listener) + " is less specific than " +
                                     hostnameText(*decision_.listener) + " of listener " +
                                     decision_.listener->listenerName);
            else
                refuse(listener, asked() + " is not covered by hostname " + hostnameText(listener));
        }
    }

    [[nodiscard]] const RuleOrigin& originOf(RuleIndex rule) const { return snapshot_.rules[rule.value].origin; }

    void addLoser(RuleIndex rule, std::string reason)
    {
        const RuleOrigin& origin = originOf(rule);
        const model::Route& route = *graph_[origin.route].resource;
        result_.losers.push_back(
            {origin.routeName, origin.rule, 0, std::move(reason), route.at(route.rulePosition(origin.rule))});
    }

    /// Why a route that could have it as well stands behind the one that has it.
    [[nodiscard]] std::string lostByAge(RuleIndex loser) const
    {
        const RuleOrigin& winner = decision_.rule->origin;
        const bool sameAge = graph_[originOf(loser).route].resource->meta.creationTimestamp ==
                             graph_[winner.route].resource->meta.creationTimestamp;
        return sameAge ? "lost to route " + winner.routeName + ", which is as old and comes first by namespace/name"
                       : "lost to the older route " + winner.routeName;
    }

    void explainLosers()
    {
        const ListenerTable& listener = *decision_.listener;
        if (listener.serverNames)
            explainServerNames(*listener.serverNames);
        if (listener.streamRule.valid() && listener.streamRule != decision_.ruleIndex)
            addLoser(listener.streamRule,
                     asked() + " is taken by " + decision_.rule->origin.routeName + "; a TCPRoute has what is left");
        for (const RuleIndex rule : listener.outrankedRules) {
            if (decision_.ruleIndex == listener.streamRule)
                addLoser(rule, lostByAge(rule));
            else
                addLoser(rule, "an older TCPRoute, " + originOf(listener.streamRule).routeName + ", stands before it");
        }
    }

    /// Each route once, by the hostname of its that came nearest.
    void explainServerNames(const ServerNameTable& table)
    {
        const auto number = [](const ServerNameTable& t, const ServerNameTable::Entry& e) {
            return &e - &t.entries[0];
        };
        std::vector<std::ptrdiff_t> order;
        table.hosts.visit(name_.view(), [&](std::uint32_t covering) {
            order.push_back(covering);
            return false;
        });
        const std::size_t covering = order.size();
        for (const ServerNameTable::Entry& entry : table.entries)
            if (std::find(order.begin(), order.end(), number(table, entry)) == order.end())
                order.push_back(number(table, entry));

        std::set<std::uint32_t> named;
        if (decision_.rule)
            named.insert(decision_.ruleIndex.value);
        for (std::size_t i = 0; i < order.size(); ++i) {
            const ServerNameTable::Entry& entry = table.entries[static_cast<std::size_t>(order[i])];
            const std::string hostname = entry.hostname ? entry.hostname->text() : "*";
            for (const RuleIndex rule : entry.rules) {
                if (!named.insert(rule.value).second)
                    continue;
                if (i >= covering)
                    addLoser(rule, asked() + " is not covered by hostname " + hostname);
                else if (i == 0)
                    addLoser(rule, lostByAge(rule));
                else
                    addLoser(rule, "lost to the more specific hostname " + hostnameOf(table, order[0]) +
                                       " (this one serves " + hostname + ')');
            }
        }
    }

    static std::string hostnameOf(const ServerNameTable& table, std::ptrdiff_t number)
    {
        const auto& hostname = table.entries[static_cast<std::size_t>(number)].hostname;
        return hostname ? hostname->text() : "*";
    }

    void explainNoRule()
    {
        if (decision_.isHttp()) {
            result_.refused = false;
            result_.summary = "the connection (" + asked() + ") is HTTPS listener " + result_.listenerName +
                              "'s; its requests have routes of their own: explain -- https://...";
        } else if (!decision_.listener) {
            result_.summary = fate() + " without a TLS alert: no listener takes a connection with " + asked();
        } else if (isTls()) {
            result_.summary = fate() + " without a TLS alert: no route attached to listener " + result_.gatewayName +
                              '/' + result_.listenerName + " takes a connection with " + asked();
        } else {
            result_.summary =
                fate() + ": no route is attached to listener " + result_.gatewayName + '/' + result_.listenerName;
        }
    }

    /// Why a share of the rule reaches nobody; "" when it does.
    [[nodiscard]] std::string refusalOf(const WeightedBackend& backend) const
    {
        if (!backend.cluster.valid())
            return backend.problem;
        const Cluster& cluster = snapshot_.clusters[backend.cluster.value];
        if (!cluster.refusal.empty())
            return cluster.refusal;
        return cluster.endpoints.empty() ? "no ready endpoint" : "";
    }

    void explainRule()
    {
        const CompiledRule& rule = *decision_.rule;
        const model::RouteNode& node = graph_[rule.origin.route];
        result_.served = true;
        result_.routeName = rule.origin.routeName;
        result_.ruleName = node.resource->ruleName(rule.origin.rule);
        result_.rule = rule.origin.rule;
        result_.location = node.resource->at(node.resource->rulePosition(rule.origin.rule));
        std::string list, refusal;
        for (std::size_t b = 0; b < rule.backends.size(); ++b) {
            const WeightedBackend& backend = rule.backends[b];
            BackendShare share;
            share.backend = backendName(node.rules[rule.origin.rule].backends[b], *node.resource);
            share.share =
                rule.totalWeight == 0 ? 0 : static_cast<double>(backend.weight) / static_cast<double>(rule.totalWeight);
            const std::string why = refusalOf(backend);
            share.target = why.empty() ? endpointWords(snapshot_.clusters[backend.cluster.value])
                                       : (question_.carrier == Carrier::Udp ? "dropped: " : "closed: ") + why;
            if (share.share > 0 && why.empty())
                result_.refused = false;
            if (share.share > 0) {
                list += (list.empty() ? "" : ", ") + share.backend + " (" + share.target + ')';
                refusal = refusal.empty() ? why : refusal;
            }
            result_.backends.push_back(std::move(share));
        }
        result_.summary = result_.routeName + " takes it";
        if (rule.totalWeight == 0)
            result_.summary += ", but " + fate() + ": all its backendRefs have weight 0";
        else if (result_.refused)
            result_.summary += ", but " + fate() + ": " + refusal;
        else
            result_.summary += " to " + list + tlsWords();
    }

    [[nodiscard]] std::string tlsWords() const
    {
        if (!isTls())
            return {};
        return decision_.listener->passthrough ? ", TLS untouched" : "; TLS ends at the listener";
    }

    void explainOutsiders()
    {
        OutsiderQuestion question;
        question.host = name_.view();
        question.listener = decision_.listener;
        question.port = port_;
        question.gateway = question_.gateway;
        const std::string words = what();
        question.what = words;
        result_.outsiders = outsidersOf(snapshot_, question);
    }

    const Snapshot& snapshot_;
    const model::Graph& graph_;
    const StreamQuestion& question_;
    LowerHost name_;
    const PortTable* port_ = nullptr;
    StreamDecision decision_;
    Explanation result_;
};

} // namespace

Explanation explain(const Snapshot& snapshot, const StreamQuestion& question)
{
    return StreamExplainer(snapshot, question).run();
}

} // namespace gatehouse::routing
