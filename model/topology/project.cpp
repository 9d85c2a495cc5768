// The picture of a graph. Nodes come first, kind by kind and sorted, with an index by key; then the edges between them.

#include "model/topology/topology.h"

#include "model/graph/conditions.h"
#include "model/graph/status.h"
#include "model/graph/status_programmed.h"
#include "model/topology/backend_edges.h"
#include "model/topology/example.h"
#include "model/topology/health.h"
#include "model/topology/node_index.h"
#include "model/topology/owners.h"

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::model {
namespace {

std::string urlOf(const Listener& listener, const std::string& address, std::uint16_t port)
{
    const auto scheme = [&]() -> std::string {
        switch (listener.protocol) {
        case Protocol::HTTP:
            return "http";
        case Protocol::HTTPS:
            return "https";
        case Protocol::TLS:
            return "tls";
        case Protocol::TCP:
            return "tcp";
        case Protocol::UDP:
            return "udp";
        case Protocol::Other:
            break;
        }
        return {};
    }();
    const bool isDefault = (scheme == "http" && port == 80) || (scheme == "https" && port == 443);
    const std::string host = address.find(':') == std::string::npos ? address : '[' + address + ']';
    return scheme + "://" + host + (isDefault ? "" : ':' + std::to_string(port));
}

class Projector {
public:
    Projector(const Graph& graph, const Programming* programming)
        : graph_(graph), programming_(programming), nodes_(topology_)
    {
    }

    Topology project() &&
    {
        addGateways();
        addListenerSets();
        addRoutes();
        addBackends(graph_, nodes_);
        addPolicies();
        addOthers();
        addAttachments();
        addBackendEdges(graph_, nodes_, topology_);
        addPolicyEdges();
        std::stable_sort(
            topology_.edges.begin(), topology_.edges.end(), [](const TopologyEdge& a, const TopologyEdge& b) {
                return std::tuple(a.kind, a.from, a.to, a.rejected) < std::tuple(b.kind, b.from, b.to, b.rejected);
            });
        std::set<std::string> namespaces;
        for (const TopologyNode& node : topology_.nodes)
            namespaces.insert(node.key.name.namespace_);
        topology_.namespaces.assign(namespaces.begin(), namespaces.end());
        topology_.owners = namespaceOwners(*graph_.resources, topology_);
        for (const auto& [name, grant] : graph_.resources->referenceGrants)
            topology_.grants.push_back({grant->key, grant->source});
        return std::move(topology_);
    }

private:
    static void judge(TopologyNode& node, HealthVerdict verdict)
    {
        node.health = verdict.health;
        node.healthText = std::move(verdict.text);
    }

    void addGateways()
    {
        std::map<ObjectKey, GatewayIndex> ours;
        for (std::uint32_t g = 0; g < graph_.gateways.size(); ++g)
            ours.emplace(graph_.gateways[g].resource->key, GatewayIndex{g});
        for (const auto& [name, resource] : graph_.resources->gateways) {
            TopologyNode& node = nodes_.add(resource->key, NodeKind::Gateway);
            node.source = resource->source;
            node.subtitle = resource->gatewayClassName;
            if (const auto it = ours.find(resource->key); it != ours.end())
                fillGateway(node, it->second);
            else
                judge(node, {Health::Unknown, "its GatewayClass is played by another controller"});
        }
    }

    void fillGateway(TopologyNode& node, GatewayIndex index)
    {
        const GatewayNode& gateway = graph_[index];
        node.conditions = programming_ ? gatewayConditions(graph_, *programming_, index) : gateway.conditions;
        judge(node, healthOf(node.conditions));
        if (programming_ && index.value < programming_->gateways.size())
            for (const std::string& address : programming_->gateways[index.value].addresses)
                node.subtitle += (node.subtitle.empty() ? "" : ", ") + address;
        for (const ListenerIndex listener : gateway.listeners)
            node.ports.push_back(port(listener));
    }

    [[nodiscard]] TopologyPort port(ListenerIndex index) const
    {
        const ListenerNode& listener = graph_[index];
        TopologyPort port;
        port.name = portName(index);
        port.protocol = listener.resource->protocolText.empty() ? std::string(toString(listener.resource->protocol))
                                                                : listener.resource->protocolText;
        port.hostname = listener.resource->hostname ? listener.resource->hostname->text() : "";
        port.port = listener.resource->port;
        port.attachedRoutes = listener.attachedRoutes;
        port.conditions = programming_ ? listenerConditions(graph_, *programming_, index) : listener.conditions;
        port.health = healthOf(port.conditions).health;
        const Protocol protocol = listener.resource->protocol;
        if (listener.resource->tls || protocol == Protocol::HTTPS || protocol == Protocol::TLS)
            port.tls = listener.resource->tls ? listener.resource->tls->mode : TlsMode::Terminate;
        port.developmentCertificate = listener.developmentCertificate;
        if (listener.listenerSet)
            port.listenerSet = toString(graph_[*listener.listenerSet].resource->key.name);
        if (!programming_ || !isTrue(port.conditions, type::programmed))
            return port;
        port.localPort = programming_->listeners[index.value].localPort;
        const auto& addresses = programming_->gateways[listener.gateway.value].addresses;
        if (!addresses.empty() && port.localPort != 0)
            port.url = urlOf(*listener.resource, addresses.front(), port.localPort);
        return port;
    }

    [[nodiscard]] std::string portName(ListenerIndex index) const
    {
        const ListenerNode& listener = graph_[index];
        return listener.listenerSet
                   ? toString(graph_[*listener.listenerSet].resource->key.name) + '/' + listener.resource->name
                   : listener.resource->name;
    }

    void addListenerSets()
    {
        std::map<ObjectKey, ListenerSetIndex> ours;
        for (std::uint32_t s = 0; s < graph_.listenerSets.size(); ++s)
            ours.emplace(graph_.listenerSets[s].resource->key, ListenerSetIndex{s});
        for (const auto& [name, resource] : graph_.resources->listenerSets) {
            TopologyNode& node = nodes_.add(resource->key, NodeKind::ListenerSet);
            node.source = resource->source;
            node.subtitle = std::to_string(resource->listeners.size()) +
                            (resource->listeners.size() == 1 ? " listener" : " listeners");
            const auto it = ours.find(resource->key);
            if (it == ours.end()) {
                judge(node, {Health::Bad, "its Gateway is not here"});
                continue;
            }
            node.conditions =
                programming_ ? listenerSetConditions(graph_, *programming_, it->second) : graph_[it->second].conditions;
            judge(node, healthOf(node.conditions));
        }
    }

    void addRoutes()
    {
        std::vector<const RouteNode*> sorted;
        for (const RouteNode& route : graph_.routes)
            sorted.push_back(&route);
        std::sort(sorted.begin(), sorted.end(),
                  [](const RouteNode* a, const RouteNode* b) { return a->resource->key < b->resource->key; });
        for (const RouteNode* route : sorted) {
            TopologyNode& node = nodes_.add(route->resource->key, NodeKind::Route);
            node.source = route->resource->source;
            node.example = exampleOf(*route->resource);
            for (const Hostname& hostname : route->resource->hostnames)
                node.subtitle += (node.subtitle.empty() ? "" : ", ") + hostname.text();
            if (node.subtitle.empty() && routeKindInfo(route->resource->kind).hasHostnames)
                node.subtitle = "all hosts";
            for (const ParentNode& parent : route->parents)
                for (const Condition& condition : parent.conditions)
                    if (std::find(node.conditions.begin(), node.conditions.end(), condition) == node.conditions.end())
                        node.conditions.push_back(condition);
            judge(node, healthOf(graph_, *route));
        }
    }

    void addPolicies()
    {
        std::map<ObjectKey, const Resource*> policies;
        std::map<const Resource*, const BackendTLSPolicyNode*> tls;
        for (const BackendTLSPolicyNode& policy : graph_.backendTLSPolicies) {
            policies.emplace(policy.resource->key, policy.resource);
            tls.emplace(policy.resource, &policy);
        }
        for (const auto& [key, other] : graph_.resources->others)
            if (!other->isRoute)
                policies.emplace(key, other.get());
        for (const auto& [key, resource] : policies) {
            TopologyNode& node = nodes_.add(key, NodeKind::Policy);
            node.source = resource->source;
            node.subtitle = key.kind;
            const auto it = tls.find(resource);
            if (it == tls.end()) {
                judge(node, {Health::Unknown, key.kind + " is implementation-specific and not executed"});
                continue;
            }
            HealthVerdict verdict;
            if (it->second->ancestors.empty())
                verdict.worsen(Health::Unknown, "no accepted route leads to its target");
            for (const PolicyAncestor& ancestor : it->second->ancestors) {
                for (const Condition& condition : ancestor.conditions)
                    if (std::find(node.conditions.begin(), node.conditions.end(), condition) == node.conditions.end())
                        node.conditions.push_back(condition);
                const HealthVerdict one = healthOf(ancestor.conditions);
                verdict.worsen(one.health, one.text);
            }
            judge(node, std::move(verdict));
        }
    }

    void addOthers()
    {
        for (const auto& [key, other] : graph_.resources->others) {
            if (!other->isRoute)
                continue;
            TopologyNode& node = nodes_.add(key, NodeKind::Other);
            node.source = other->source;
            node.subtitle = key.kind;
            judge(node, {Health::Unknown, key.kind + " is implementation-specific and not executed"});
        }
    }

    TopologyEdge& edge(EdgeKind kind, std::uint32_t from, std::uint32_t to)
    {
        TopologyEdge& edge = topology_.edges.emplace_back();
        edge.kind = kind;
        edge.from = from;
        edge.to = to;
        edge.crossNamespace = topology_.nodes[from].key.name.namespace_ != topology_.nodes[to].key.name.namespace_;
        return edge;
    }

    void addAttachments()
    {
        for (const RouteNode& route : graph_.routes)
            attachRoute(route);
        for (const ListenerSetNode& set : graph_.listenerSets) {
            TopologyEdge& joined =
                edge(EdgeKind::Attachment, nodes_.at(graph_[set.gateway].resource->key), nodes_.at(set.resource->key));
            joined.rejected = !set.accepted;
            if (joined.rejected)
                joined.reason = set.conditions.front().reason;
            joined.label = joined.rejected ? joined.reason : "listeners";
            joined.detail = set.conditions.front().message;
            for (const ListenerIndex listener : set.listeners)
                joined.listeners.push_back(portName(listener));
        }
        for (const auto& [key, other] : graph_.resources->others)
            for (const ParentReference& ref : other->parentRefs) {
                const ObjectKey parent{ref.group, ref.kind, {ref.namespace_.value_or(key.name.namespace_), ref.name}};
                const auto from = nodes_.find(parent);
                if (!other->isRoute || !from)
                    continue;
                TopologyEdge& drawn = edge(EdgeKind::Attachment, *from, nodes_.at(key));
                drawn.label = "not executed";
                drawn.detail = key.kind + " is implementation-specific";
                if (ref.sectionName)
                    drawn.listeners.push_back(*ref.sectionName);
            }
    }

    /// One edge a Gateway for all parentRefs that it accepts, and one for all that it refuses.
    void attachRoute(const RouteNode& route)
    {
        std::map<std::pair<std::uint32_t, bool>, std::size_t> known;
        for (const ParentNode& parent : route.parents) {
            if (!parent.ours)
                continue;
            const std::uint32_t gateway = nodes_.at(graph_[parent.gateway].resource->key);
            const auto [it, isNew] = known.try_emplace({gateway, parent.accepted}, topology_.edges.size());
            if (isNew)
                edge(EdgeKind::Attachment, gateway, nodes_.at(route.resource->key));
            TopologyEdge& drawn = topology_.edges[it->second];
            drawn.rejected = !parent.accepted;
            for (const Attachment& attachment : parent.attachments)
                if (std::string name = portName(attachment.listener);
                    std::find(drawn.listeners.begin(), drawn.listeners.end(), name) == drawn.listeners.end())
                    drawn.listeners.push_back(std::move(name));
            if (parent.accepted) {
                drawn.relation = parent.relation;
                drawn.label = toString(parent.relation);
                continue;
            }
            if (isNew)
                drawn.reason = drawn.label = parent.conditions.front().reason;
            drawn.detail += (drawn.detail.empty() ? "" : "\n") + parent.conditions.front().message;
            // Drawn from the port that it asked for, where it asked for one that exists.
            if (parent.ref->sectionName && !parent.listenerSet)
                drawn.listeners.push_back(*parent.ref->sectionName);
        }
    }

    void addPolicyEdges()
    {
        const auto connect = [&](const ObjectKey& policy, const PolicyTargetReference& target) -> TopologyEdge* {
            const auto to = nodes_.find({target.group, target.kind, {policy.name.namespace_, target.name}});
            if (!to)
                return nullptr;
            TopologyEdge& drawn = edge(EdgeKind::Policy, nodes_.at(policy), *to);
            drawn.label = target.sectionName.value_or("");
            return &drawn;
        };
        for (const BackendTLSPolicyNode& policy : graph_.backendTLSPolicies)
            for (const PolicyTargetReference& target : policy.resource->targetRefs)
                if (TopologyEdge* drawn = connect(policy.resource->key, target); drawn && !policy.ancestors.empty()) {
                    const Condition& accepted = policy.ancestors.front().conditions.front();
                    drawn->rejected = accepted.status != ConditionStatus::True;
                    if (drawn->rejected) {
                        drawn->reason = drawn->label = accepted.reason;
                        drawn->detail = accepted.message;
                    }
                }
        for (const auto& [key, other] : graph_.resources->others)
            if (!other->isRoute)
                for (const PolicyTargetReference& target : other->targetRefs)
                    if (TopologyEdge* drawn = connect(key, target))
                        drawn->detail = key.kind + " is implementation-specific and not executed";
    }

    const Graph& graph_;
    const Programming* programming_;
    Topology topology_;
    NodeIndex nodes_;
};

} // namespace

Topology project(const Graph& graph, const Programming* programming)
{
    return Projector(graph, programming).project();
}

} // namespace gatehouse::model
