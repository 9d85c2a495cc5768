#include "engine/routing/bind_plan.h"

#include "engine/routing/ip_literal.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace gatehouse::routing {
namespace {

/// The pool 127.0.0.1, 127.0.0.2, ... without addresses that something else on a usual machine answers.
class AddressPool {
public:
    void take(const std::string& address) { taken_.insert(address); }

    std::string next()
    {
        for (;; ++next_) {
            const std::uint32_t last = next_ & 0xFF;
            if (last == 0 || last == 255)
                continue; // often seen as network and broadcast
            std::string address = "127." + std::to_string(next_ >> 16 & 0xFF) + '.' +
                                  std::to_string(next_ >> 8 & 0xFF) + '.' + std::to_string(last);
            // 127.0.0.53 and .54 are systemd-resolved's, 127.0.1.1 is the host's own name on Debian.
            if (address == "127.0.0.53" || address == "127.0.0.54" || address == "127.0.1.1")
                continue;
            if (taken_.insert(address).second)
                return address;
        }
    }

private:
    std::set<std::string> taken_;
    std::uint32_t next_ = 1; ///< the last three bytes
};

/// Addresses: spec.addresses, then wishes, then the pool.
class AddressPlanner {
public:
    AddressPlanner(const model::Graph& graph, const BindWishes& wishes, const HostFacts& facts)
        : graph_(graph), wishes_(wishes), facts_(facts)
    {
    }

    void plan(BindPlan& plan, const BindPlan* previous)
    {
        plan.gateways.resize(graph_.gateways.size());
        for (std::size_t g = 0; g < graph_.gateways.size(); ++g)
            takeGiven(graph_.gateways[g], plan.gateways[g]);
        // Kept before any new one is given, so that a new Gateway earlier in the order moves nobody.
        for (std::size_t g = 0; previous && g < graph_.gateways.size(); ++g)
            keep(toString(graph_.gateways[g].resource->key.name), plan.gateways[g], *previous, plan);
        for (std::size_t g = 0; g < graph_.gateways.size(); ++g)
            if (wantsPool(g, plan.gateways[g]))
                give(g, plan);
    }

private:
    [[nodiscard]] std::string whyUnusable(const std::string& address) const
    {
        if (!isIpLiteral(address))
            return address + " is no IP address";
        if (!isLoopback(address) && !wishes_.allowNonLoopback)
            return address + " is not a loopback address";
        const auto v4 = parseIPv4(address);
        if (!facts_.manyLoopbackAddresses && v4 && (*v4)[0] == 127 && address != "127.0.0.1")
            return "this host has no loopback address " + address + " but 127.0.0.1";
        return {};
    }

    void takeGiven(const model::GatewayNode& node, PlannedGateway& planned)
    {
        if (node.unsupportedAddress) {
            planned.message = "spec.addresses has a type that is not supported";
            return;
        }
        const auto refuse = [&](std::string why) {
            planned.addressNotUsable = true;
            planned.message += (planned.message.empty() ? "" : "; ") + std::move(why);
        };
        const auto take = [&](const std::string& address) {
            pool_.take(address);
            if (std::find(planned.addresses.begin(), planned.addresses.end(), address) == planned.addresses.end())
                planned.addresses.push_back(address);
        };
        for (const model::GatewayAddress& address : node.resource->addresses) {
            if (address.value.empty())
                continue; // "assign one": the pool does
            if (std::string why = whyUnusable(address.value); !why.empty())
                refuse(std::move(why));
            else
                take(address.value);
        }
        if (!planned.addresses.empty())
            return;
        const auto wish = wishes_.addresses.find(toString(node.resource->key.name));
        if (wish == wishes_.addresses.end())
            return;
        if (std::string why = whyUnusable(wish->second); !why.empty())
            refuse(std::move(why));
        else
            take(wish->second);
    }

    [[nodiscard]] bool wantsPool(std::size_t g, const PlannedGateway& planned) const
    {
        return !graph_.gateways[g].unsupportedAddress && planned.addresses.empty();
    }

    void keep(const std::string& name, PlannedGateway& planned, const BindPlan& previous, BindPlan& plan)
    {
        const auto known = previous.addressOf.find(name);
        if (!planned.addresses.empty() || known == previous.addressOf.end() || !whyUnusable(known->second).empty())
            return;
        // A manifest that names the address since has it now.
        for (const PlannedGateway& other : plan.gateways)
            if (std::find(other.addresses.begin(), other.addresses.end(), known->second) != other.addresses.end() &&
                facts_.manyLoopbackAddresses)
                return;
        pool_.take(known->second);
        planned.addresses.push_back(known->second);
        plan.addressOf[name] = known->second;
    }

    void give(std::size_t g, BindPlan& plan)
    {
        PlannedGateway& planned = plan.gateways[g];
        const std::string address = facts_.manyLoopbackAddresses ? pool_.next() : "127.0.0.1";
        planned.addresses.push_back(address);
        plan.addressOf[toString(graph_.gateways[g].resource->key.name)] = address;
    }

    const model::Graph& graph_;
    const BindWishes& wishes_;
    const HostFacts& facts_;
    AddressPool pool_;
};

/// Why a listener opens no port, in the words of its conditions; "" when it does.
std::string refusalOf(const model::Graph& graph, const model::ListenerNode& node)
{
    if (graph[node.gateway].unsupportedAddress)
        return "the Gateway's spec.addresses has a type that is not supported";
    if (!node.serves) {
        for (const auto& [type, bad] : {std::pair("Conflicted", model::ConditionStatus::True),
                                        std::pair("Accepted", model::ConditionStatus::False),
                                        std::pair("ResolvedRefs", model::ConditionStatus::False)})
            if (const auto* condition = findCondition(node.conditions, type); condition && condition->status == bad)
                return condition->reason + (condition->message.empty() ? "" : ": " + condition->message);
        return "the Gateway is not accepted";
    }
    return {};
}

/// Listeners of one Gateway that share one local port: they have the same port in the spec (and wish, if any).
struct PortGroup {
    std::uint32_t gateway = 0;
    std::uint16_t specPort = 0;
    bool datagram = false;
    std::uint16_t wish = 0; ///< 0: none
    std::vector<std::uint32_t> listeners;
    std::uint16_t local = 0; ///< 0: not decided
    std::string key;         ///< in BindPlan::portOf
};

/// Ports. Wishes come first, then ports that an earlier plan gave, then listeners that can have their own port, and
/// last those that must move; so nobody is moved by a listener that had to move itself.
class PortPlanner {
public:
    PortPlanner(const model::Graph& graph, const BindWishes& wishes, const HostFacts& facts)
        : graph_(graph), wishes_(wishes), facts_(facts)
    {
    }

    void plan(BindPlan& plan, const BindPlan* previous)
    {
        plan.listeners.resize(graph_.listeners.size());
        collect(plan);
        const auto pass = [&](auto&& wanted) {
            for (PortGroup& group : groups_)
                if (group.local == 0)
                    if (const std::uint16_t port = wanted(group); port != 0 && isOurs(plan, group, port))
                        claim(plan, group, port);
        };
        pass([](const PortGroup& group) { return group.wish; });
        pass([&](const PortGroup& group) -> std::uint16_t {
            if (!previous || group.wish != 0)
                return 0;
            const auto it = previous->portOf.find(group.key);
            return it == previous->portOf.end() ? 0 : it->second;
        });
        pass([&](const PortGroup& group) -> std::uint16_t {
            const bool own = group.wish == 0 && group.specPort >= facts_.firstUnprivilegedPort;
            return own && isFree(plan, group, group.specPort) ? group.specPort : 0;
        });
        for (PortGroup& group : groups_)
            if (group.local == 0)
                move(plan, group);
        publish(plan);
    }

private:
    void collect(BindPlan& plan)
    {
        std::map<std::tuple<std::uint32_t, std::uint16_t, bool, std::uint16_t>, std::size_t> known;
        for (std::uint32_t l = 0; l < graph_.listeners.size(); ++l) {
            const model::ListenerNode& node = graph_.listeners[l];
            plan.listeners[l].refusal = refusalOf(graph_, node);
            if (!plan.listeners[l].refusal.empty())
                continue;
            const bool datagram = node.resource->protocol == model::Protocol::UDP;
            const std::uint16_t wish = wishOf(node);
            const auto [it, isNew] =
                known.try_emplace({node.gateway.value, node.resource->port, datagram, wish}, groups_.size());
            if (isNew)
                groups_.push_back(
                    {node.gateway.value,
                     node.resource->port,
                     datagram,
                     wish,
                     {},
                     0,
                     gatewayName(node) + '/' + std::to_string(node.resource->port) + (datagram ? "/udp" : "/tcp")});
            groups_[it->second].listeners.push_back(l);
        }
    }

    [[nodiscard]] std::string gatewayName(const model::ListenerNode& node) const
    {
        return toString(graph_[node.gateway].resource->key.name);
    }

    /// The listener's own wish, else that of a sibling on the same port: they go together unless both were wished
    /// apart.
    [[nodiscard]] std::uint16_t wishOf(const model::ListenerNode& node) const
    {
        if (wishes_.ports.empty())
            return 0;
        const auto own = [&](const model::ListenerNode& listener) -> std::uint16_t {
            const auto it = wishes_.ports.find(gatewayName(listener) + '/' + listener.resource->name);
            return it == wishes_.ports.end() ? 0 : it->second;
        };
        if (const std::uint16_t wish = own(node))
            return wish;
        const auto datagram = [](const model::ListenerNode& n) { return n.resource->protocol == model::Protocol::UDP; };
        for (const model::ListenerNode& sibling : graph_.listeners)
            if (sibling.gateway == node.gateway && sibling.resource->port == node.resource->port &&
                datagram(sibling) == datagram(node))
                if (const std::uint16_t wish = own(sibling))
                    return wish;
        return 0;
    }

    /// No other Gateway of the plan has it.
    [[nodiscard]] bool isOurs(const BindPlan& plan, const PortGroup& group, std::uint16_t port) const
    {
        const auto& addresses = plan.gateways[group.gateway].addresses;
        return std::none_of(addresses.begin(), addresses.end(), [&](const std::string& address) {
            return claimed_.contains({address, group.datagram, port});
        });
    }

    /// Nobody on this machine has it, as far as the facts tell. Not asked of what an earlier plan gave: that is our
    /// own.
    [[nodiscard]] bool isFree(const BindPlan& plan, const PortGroup& group, std::uint16_t port) const
    {
        const auto& addresses = plan.gateways[group.gateway].addresses;
        return isOurs(plan, group, port) &&
               (!facts_.inUse || std::none_of(addresses.begin(), addresses.end(), [&](const std::string& address) {
                   return facts_.inUse(address, port, group.datagram);
               }));
    }

    void claim(const BindPlan& plan, PortGroup& group, std::uint16_t port)
    {
        group.local = port;
        for (const std::string& address : plan.gateways[group.gateway].addresses)
            claimed_.insert({address, group.datagram, port});
    }

    void move(const BindPlan& plan, PortGroup& group)
    {
        std::uint32_t port = group.wish != 0 ? group.wish : group.specPort;
        if (group.wish == 0 && port < facts_.firstUnprivilegedPort)
            port = port == 80 ? 8080 : port == 443 ? 8443 : port + 8000;
        for (; port <= 65535; ++port)
            if (isFree(plan, group, static_cast<std::uint16_t>(port))) {
                claim(plan, group, static_cast<std::uint16_t>(port));
                return;
            }
    }

    void publish(BindPlan& plan) const
    {
        for (const PortGroup& group : groups_) {
            if (group.wish == 0 && group.local != 0)
                plan.portOf[group.key] = group.local;
            for (const std::uint32_t l : group.listeners) {
                PlannedListener& listener = plan.listeners[l];
                if (group.local == 0) {
                    listener.refusal = "no free port above " + std::to_string(group.specPort);
                    continue;
                }
                listener.addresses = plan.gateways[group.gateway].addresses;
                listener.port = group.local;
                listener.moved = group.local != group.specPort;
            }
        }
    }

    const model::Graph& graph_;
    const BindWishes& wishes_;
    const HostFacts& facts_;
    std::vector<PortGroup> groups_;
    std::set<std::tuple<std::string, bool, std::uint16_t>> claimed_;
};

} // namespace

BindPlan planBinds(const model::Graph& graph, const BindWishes& wishes, const HostFacts& facts,
                   const BindPlan* previous)
{
    BindPlan plan;
    AddressPlanner(graph, wishes, facts).plan(plan, previous);
    PortPlanner(graph, wishes, facts).plan(plan, previous);
    return plan;
}

model::Programming expectedProgramming(const model::Graph& graph, const BindPlan& plan)
{
    model::Programming programming;
    for (const PlannedGateway& gateway : plan.gateways)
        programming.gateways.push_back({gateway.addresses, gateway.addressNotUsable, gateway.message});
    programming.listeners.resize(graph.listeners.size());
    for (std::size_t l = 0; l < plan.listeners.size(); ++l) {
        const PlannedListener& planned = plan.listeners[l];
        model::ListenerProgramming& listener = programming.listeners[l];
        listener.programmed = !planned.addresses.empty();
        listener.message = planned.refusal;
        listener.localPort = planned.port;
        if (listener.programmed)
            listener.reason = "Programmed";
        listener.developmentCertificate = listener.programmed && graph.listeners[l].developmentCertificate;
    }
    return programming;
}

} // namespace gatehouse::routing
