#include "model/topology/backend_edges.h"

#include "model/graph/reference_grants.h"
#include "model/topology/health.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace gatehouse::model {
namespace {

ObjectKey keyOf(const Route& route, const BackendObjectReference& ref)
{
    return {ref.group, ref.kind, {ref.namespace_.value_or(route.namespace_()), ref.name}};
}

template <class Visit>
void eachReference(const RouteNode& route, Visit&& visit)
{
    for (std::size_t r = 0; r < route.rules.size(); ++r) {
        for (const ResolvedBackend& backend : route.rules[r].backends)
            visit(r, backend.ref->ref, backend);
        for (const ResolvedMirror& mirror : route.rules[r].mirrors)
            visit(r, mirror.mirror->backendRef, mirror.backend);
    }
}

/// "66.7 %" or "80 %": one decimal where it says something.
std::string percent(double share)
{
    char text[32];
    const double value = share * 100;
    const bool isWhole = std::abs(value - std::round(value)) < 0.05;
    std::snprintf(text, sizeof text, isWhole ? "%.0f %%" : "%.1f %%", value);
    return text;
}

/// What one edge gathers over the rules of its route.
struct Gathered {
    std::map<std::uint32_t, double> shares; ///< by rule; only rules with several backends
    std::vector<std::uint32_t> rules;
    std::string mirror;
    const ResolvedBackend* broken = nullptr;
};

std::string labelOf(const Gathered& gathered)
{
    std::string label;
    const auto& shares = gathered.shares;
    const bool allEqual =
        std::all_of(shares.begin(), shares.end(), [&](const auto& s) { return s.second == shares.begin()->second; });
    if (!shares.empty() && allEqual && shares.size() == gathered.rules.size())
        label = "weight " + percent(shares.begin()->second);
    else
        for (const auto& [rule, share] : shares)
            label += (label.empty() ? "rule " : ", rule ") + std::to_string(rule) + ": weight " + percent(share);
    if (!gathered.mirror.empty())
        label += (label.empty() ? "" : ", ") + gathered.mirror;
    return label;
}

void gather(const RouteNode& route, std::map<ObjectKey, Gathered>& edges)
{
    eachReference(route, [&](std::size_t r, const BackendObjectReference& ref, const ResolvedBackend& backend) {
        Gathered& edge = edges[keyOf(*route.resource, ref)];
        const auto rule = static_cast<std::uint32_t>(r);
        if (edge.rules.empty() || edge.rules.back() != rule)
            edge.rules.push_back(rule);
        if (backend.outcome != BackendOutcome::Ok && !edge.broken)
            edge.broken = &backend;
    });
    for (std::size_t r = 0; r < route.rules.size(); ++r) {
        const RuleNode& rule = route.rules[r];
        double total = 0;
        for (const ResolvedBackend& backend : rule.backends)
            total += backend.ref->weight;
        // A backend that has its rule to itself needs no share, unless it is 0.
        if (rule.backends.size() > 1 || (rule.backends.size() == 1 && total == 0))
            for (const ResolvedBackend& backend : rule.backends)
                edges[keyOf(*route.resource, backend.ref->ref)].shares[static_cast<std::uint32_t>(r)] +=
                    total == 0 ? 0 : backend.ref->weight / total;
        for (const ResolvedMirror& mirror : rule.mirrors) {
            const RequestMirror& filter = *mirror.mirror;
            edges[keyOf(*route.resource, filter.backendRef)].mirror =
                "mirror " + percent(filter.denominator == 0 ? 0 : double(filter.numerator) / filter.denominator);
        }
    }
}

struct Use {
    bool works = false;
    const ResolvedBackend* broken = nullptr;
};

HealthVerdict healthOf(const Service* service, const ObjectKey& key, const Use* use)
{
    if (!service)
        return {Health::Bad, key.group.empty() && key.kind == "Service"
                                 ? "the Service does not exist"
                                 : "backends of kind " + key.kind + " are not supported"};
    if (!use)
        return {Health::Unknown, "no route refers to it"};
    if (use->broken)
        return {use->works ? Health::Warning : Health::Bad, use->broken->message};
    return {};
}

std::string subtitleOf(const Service& service)
{
    std::string text = service.type == "ClusterIP" ? "" : service.type;
    for (const ServicePort& port : service.ports)
        text += (text.empty() ? ":" : ", :") + std::to_string(port.port);
    return text;
}

} // namespace

void addBackends(const Graph& graph, NodeIndex& nodes)
{
    std::map<ObjectKey, const Service*> backends;
    for (const auto& [name, service] : graph.resources->services)
        backends.emplace(service->key, service.get());
    std::map<ObjectKey, Use> uses;
    for (const RouteNode& route : graph.routes)
        eachReference(route, [&](std::size_t, const BackendObjectReference& ref, const ResolvedBackend& backend) {
            const ObjectKey key = keyOf(*route.resource, ref);
            backends.try_emplace(key, nullptr);
            Use& use = uses[key];
            if (backend.outcome == BackendOutcome::Ok)
                use.works = true;
            else if (!use.broken)
                use.broken = &backend;
        });
    for (const BackendTLSPolicyNode& policy : graph.backendTLSPolicies)
        for (const PolicyTargetReference& target : policy.resource->targetRefs)
            if (target.group.empty() && target.kind == "Service")
                backends.try_emplace({{}, "Service", {policy.resource->namespace_(), target.name}}, nullptr);
    for (const auto& [key, service] : backends) {
        if (nodes.find(key))
            continue; // no backend at all, but a Gateway or a route that a reference misuses as one
        const auto use = uses.find(key);
        HealthVerdict verdict = healthOf(service, key, use == uses.end() ? nullptr : &use->second);
        TopologyNode& node = nodes.add(key, NodeKind::Backend);
        if (service) {
            node.source = service->source;
            node.subtitle = subtitleOf(*service);
        } else {
            node.subtitle = key.kind == "Service" ? "missing" : key.kind;
        }
        node.health = verdict.health;
        node.healthText = std::move(verdict.text);
    }
}

void addBackendEdges(const Graph& graph, const NodeIndex& nodes, Topology& topology)
{
    for (const RouteNode& route : graph.routes) {
        std::map<ObjectKey, Gathered> edges;
        gather(route, edges);
        for (auto& [key, gathered] : edges) {
            TopologyEdge& edge = topology.edges.emplace_back();
            edge.kind = EdgeKind::Backend;
            edge.from = nodes.at(route.resource->key);
            edge.to = nodes.at(key);
            edge.crossNamespace = key.name.namespace_ != route.resource->namespace_();
            if (edge.crossNamespace) {
                const ObjectKey& from = route.resource->key;
                const GrantQuery query{from.group, from.kind,           from.name.namespace_, key.group,
                                       key.kind,   key.name.namespace_, key.name.name};
                if (const ReferenceGrant* grant = grantFor(*graph.resources, query))
                    edge.grants.push_back(grant->key);
            }
            edge.label = labelOf(gathered);
            edge.rules = std::move(gathered.rules);
            edge.rejected = gathered.broken != nullptr;
            if (gathered.broken) {
                edge.reason = toString(gathered.broken->outcome);
                edge.label += (edge.label.empty() ? "" : ", ") + edge.reason;
                edge.detail = gathered.broken->message;
            }
        }
    }
}

} // namespace gatehouse::model
