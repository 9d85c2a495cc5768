#pragma once

#include "model/topology/topology.h"

#include <memory>
#include <string>

/// A topology made by hand: a shared Gateway in infra with two listeners, a dedicated one in team-b; routes in team-a
/// and team-b; one attachment that is refused.
namespace sample {

using namespace gatehouse::model;

inline ObjectKey key(const std::string& kind, const std::string& ns, const std::string& name)
{
    return {kind == "Service" ? "" : "gateway.networking.k8s.io", kind, {ns, name}};
}

inline TopologyNode node(NodeKind kind, const ObjectKey& key, const std::string& subtitle)
{
    TopologyNode node;
    node.key = key;
    node.kind = kind;
    node.title = key.name.name;
    node.subtitle = subtitle;
    node.health = Health::Good;
    node.conditions = {{"Accepted", ConditionStatus::True, "Accepted", ""}};
    if (kind == NodeKind::Route)
        node.example = ExampleRequest{"GET", "/", {}, {}};
    return node;
}

inline TopologyPort port(const std::string& name, std::uint16_t number, std::uint16_t local)
{
    TopologyPort port;
    port.name = name;
    port.protocol = "HTTP";
    port.port = number;
    port.localPort = local;
    port.health = Health::Good;
    port.attachedRoutes = 2;
    port.url = "http://127.0.0.1:" + std::to_string(local);
    port.conditions = {{"Programmed", ConditionStatus::True, "Programmed", ""}};
    return port;
}

inline const ObjectKey sharedGateway = key("Gateway", "infra", "shared");
inline const ObjectKey dedicatedGateway = key("Gateway", "team-b", "dedicated");
inline const ObjectKey shopRoute = key("HTTPRoute", "team-a", "shop");
inline const ObjectKey blogRoute = key("HTTPRoute", "team-a", "blog");
inline const ObjectKey ownRoute = key("HTTPRoute", "team-b", "own");
inline const ObjectKey shopService = key("Service", "team-a", "shop");
inline const ObjectKey blogService = key("Service", "team-a", "blog");
inline const ObjectKey ownService = key("Service", "team-b", "own");

inline void attach(Topology& topology, std::uint32_t from, std::uint32_t to, Relation relation)
{
    TopologyEdge edge;
    edge.kind = EdgeKind::Attachment;
    edge.from = from;
    edge.to = to;
    edge.listeners = {"http", "https"};
    edge.relation = relation;
    edge.label = toString(relation);
    edge.crossNamespace = topology.nodes[from].key.name.namespace_ != topology.nodes[to].key.name.namespace_;
    topology.edges.push_back(edge);
}

inline void refer(Topology& topology, std::uint32_t from, std::uint32_t to)
{
    TopologyEdge edge;
    edge.kind = EdgeKind::Backend;
    edge.from = from;
    edge.to = to;
    topology.edges.push_back(edge);
}

inline Topology make()
{
    Topology t;
    t.nodes.push_back(node(NodeKind::Gateway, sharedGateway, "gatehouse, 127.0.0.1"));
    t.nodes.back().ports = {port("http", 80, 8080), port("https", 443, 8443)};
    t.nodes.push_back(node(NodeKind::Gateway, dedicatedGateway, "gatehouse, 127.0.0.2"));
    t.nodes.back().ports = {port("http", 8080, 8080)};
    t.nodes.push_back(node(NodeKind::Route, blogRoute, "blog.example.com"));
    t.nodes.back().health = Health::Warning;
    t.nodes.back().healthText = "NotAllowedByListeners: no listener allows namespace team-a";
    t.nodes.back().conditions = {
        {"Accepted", ConditionStatus::False, "NotAllowedByListeners", "no listener allows namespace team-a"}};
    t.nodes.push_back(node(NodeKind::Route, shopRoute, "shop.example.com"));
    t.nodes.push_back(node(NodeKind::Route, ownRoute, "all hosts"));
    t.nodes.push_back(node(NodeKind::Backend, blogService, "Service"));
    t.nodes.push_back(node(NodeKind::Backend, shopService, "Service"));
    t.nodes.push_back(node(NodeKind::Backend, ownService, "Service"));
    attach(t, 0, 2, Relation::OneToMany);
    attach(t, 0, 3, Relation::OneToMany);
    attach(t, 1, 4, Relation::OneToOne);
    TopologyEdge refused;
    refused.from = 1;
    refused.to = 2;
    refused.rejected = true;
    refused.crossNamespace = true;
    refused.reason = refused.label = "NotAllowedByListeners";
    refused.detail = "set allowedRoutes.namespaces.from to All";
    t.edges.push_back(refused);
    refer(t, 2, 5);
    refer(t, 3, 6);
    refer(t, 4, 7);
    t.namespaces = {"infra", "team-a", "team-b"};
    return t;
}

inline std::shared_ptr<const Topology> share(Topology topology)
{
    return std::make_shared<const Topology>(std::move(topology));
}

} // namespace sample
