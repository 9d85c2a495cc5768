#include "model/topology/select.h"

#include "model/schema/schema.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

namespace gatehouse::model {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameWord(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool isKind(const ObjectKey& key, std::string_view word)
{
    if (sameWord(word, key.kind) || sameWord(word, key.kind + '.' + key.group))
        return true;
    const KindSchema* schema = findKindByWord(word);
    return schema && schema->kind == key.kind && schema->group == key.group;
}

/// Neighbours in one direction each; policies aside, for they lie on no way of a request.
struct Ways {
    std::vector<std::vector<std::uint32_t>> forward, backward, policiesOf;

    explicit Ways(const Topology& topology)
        : forward(topology.nodes.size()), backward(topology.nodes.size()), policiesOf(topology.nodes.size())
    {
        std::unordered_map<std::string, std::uint32_t> sets; // ListenerSets by "namespace/name"
        for (std::uint32_t i = 0; i < topology.nodes.size(); ++i)
            if (topology.nodes[i].kind == NodeKind::ListenerSet)
                sets.emplace(toString(topology.nodes[i].key.name), i);
        for (const TopologyEdge& edge : topology.edges) {
            if (edge.kind == EdgeKind::Policy) {
                policiesOf[edge.to].push_back(edge.from);
                continue;
            }
            add(edge.from, edge.to);
            if (edge.kind == EdgeKind::Attachment && topology.nodes[edge.to].kind != NodeKind::ListenerSet)
                for (const std::string& listener : edge.listeners) {
                    const std::size_t end = listener.rfind('/'); // "namespace/set/name" of a ListenerSet's listener
                    const auto set = end == std::string::npos ? sets.end() : sets.find(listener.substr(0, end));
                    if (set != sets.end())
                        add(set->second, edge.to);
                }
        }
    }

private:
    void add(std::uint32_t from, std::uint32_t to)
    {
        forward[from].push_back(to);
        backward[to].push_back(from);
    }
};

using Neighbours = std::vector<std::vector<std::uint32_t>>;

/// Lowers the distance of everything that `neighbours` lead to from `centre`.
void walk(const Neighbours& neighbours, std::uint32_t centre, std::uint32_t hops, std::vector<std::uint32_t>& distances)
{
    std::vector<std::uint32_t> here{centre};
    std::vector<bool> seen(neighbours.size());
    seen[centre] = true;
    for (std::uint32_t distance = 0; !here.empty(); ++distance) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t node : here) {
            distances[node] = std::min(distances[node], distance);
            if (distance == hops)
                continue;
            for (const std::uint32_t neighbour : neighbours[node])
                if (!seen[neighbour]) {
                    seen[neighbour] = true;
                    next.push_back(neighbour);
                }
        }
        here = std::move(next);
    }
}

} // namespace

std::string focusText(const TopologyNode& node)
{
    return node.key.kind + '/' + node.key.name.namespace_ + '/' + node.key.name.name;
}

std::optional<std::uint32_t> findNode(const Topology& topology, std::string_view text)
{
    const std::size_t first = text.find('/');
    const std::size_t second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const std::string_view kind = text.substr(0, first), namespace_ = text.substr(first + 1, second - first - 1),
                           name = text.substr(second + 1);
    for (std::uint32_t i = 0; i < topology.nodes.size(); ++i) {
        const ObjectKey& key = topology.nodes[i].key;
        if (key.name.name == name && key.name.namespace_ == namespace_ && isKind(key, kind))
            return i;
    }
    return std::nullopt;
}

Topology focusOn(const Topology& topology, std::uint32_t centre, std::uint32_t hops)
{
    const Ways ways(topology);
    std::vector<std::uint32_t> distances(topology.nodes.size(), anyHops);
    walk(ways.forward, centre, hops, distances);
    walk(ways.backward, centre, hops, distances);
    // A policy in the centre reaches what it targets, and from there what that reaches.
    for (const TopologyEdge& edge : topology.edges)
        if (hops > 0 && edge.kind == EdgeKind::Policy && edge.from == centre) {
            std::vector<std::uint32_t> fromTarget(topology.nodes.size(), anyHops);
            const std::uint32_t left = hops == anyHops ? anyHops : hops - 1;
            walk(ways.forward, edge.to, left, fromTarget);
            walk(ways.backward, edge.to, left, fromTarget);
            for (std::size_t i = 0; i < distances.size(); ++i)
                if (fromTarget[i] != anyHops)
                    distances[i] = std::min(distances[i], fromTarget[i] + 1);
        }
    std::vector<bool> kept(topology.nodes.size());
    for (std::size_t i = 0; i < kept.size(); ++i)
        kept[i] = distances[i] != anyHops;
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (distances[i] < hops)
            for (const std::uint32_t policy : ways.policiesOf[i])
                kept[policy] = true;
    return partOf(topology, kept, std::vector<bool>(topology.edges.size(), true));
}

Topology partOf(const Topology& topology, const std::vector<bool>& kept, const std::vector<bool>& edges)
{
    Topology result;
    std::vector<std::uint32_t> places(topology.nodes.size(), 0);
    std::set<std::string> namespaces;
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        if (!kept[i])
            continue;
        places[i] = static_cast<std::uint32_t>(result.nodes.size());
        result.nodes.push_back(topology.nodes[i]);
        namespaces.insert(topology.nodes[i].key.name.namespace_);
    }
    for (std::size_t e = 0; e < topology.edges.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        if (!edges[e] || !kept[edge.from] || !kept[edge.to])
            continue;
        TopologyEdge& copy = result.edges.emplace_back(edge);
        copy.from = places[edge.from];
        copy.to = places[edge.to];
    }
    result.namespaces.assign(namespaces.begin(), namespaces.end());
    for (const auto& [name, owner] : topology.owners)
        if (namespaces.contains(name))
            result.owners.emplace(name, owner);
    for (const TopologyGrant& grant : topology.grants)
        if (namespaces.contains(grant.key.name.namespace_))
            result.grants.push_back(grant);
    return result;
}

Topology onlyRefused(const Topology& topology, std::optional<std::uint32_t> keep)
{
    std::vector<bool> kept(topology.nodes.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const TopologyNode& node = topology.nodes[i];
        kept[i] = node.health == Health::Bad || i == keep ||
                  std::any_of(node.ports.begin(), node.ports.end(),
                              [](const TopologyPort& port) { return port.health == Health::Bad; });
    }
    std::vector<bool> refused(topology.edges.size());
    for (std::size_t e = 0; e < refused.size(); ++e) {
        const TopologyEdge& edge = topology.edges[e];
        refused[e] = edge.rejected;
        if (edge.rejected)
            kept[edge.from] = kept[edge.to] = true;
    }
    return partOf(topology, kept, refused);
}

} // namespace gatehouse::model
