#pragma once

#include "model/topology/topology.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

namespace gatehouse::ui {

/// Questions about a Topology that views ask often. A copy shares what it knows with the one that it was made of.
/// Lifetime: keeps the topology alive. Thread: immutable.
class TopologyIndex {
public:
    TopologyIndex() : TopologyIndex(std::make_shared<const model::Topology>()) {}
    /// Not explicit: who shows a topology shows it by its index, and whether that was there before is all the same.
    TopologyIndex(std::shared_ptr<const model::Topology> topology) // NOLINT(google-explicit-constructor)
        : facts_(std::make_shared<const Facts>(std::move(topology)))
    {
    }

    [[nodiscard]] const model::Topology& topology() const { return *facts_->topology; }
    [[nodiscard]] const std::shared_ptr<const model::Topology>& shared() const { return facts_->topology; }
    /// So many objects that each part of the work for them has a turn of the event loop of its own: some milliseconds a
    /// thousand, and a key that is typed waits for all that is done in one.
    [[nodiscard]] bool large() const { return topology().nodes.size() > 1'000; }
    [[nodiscard]] std::optional<std::uint32_t> find(const model::ObjectKey& key) const;
    [[nodiscard]] const model::TopologyNode* node(const model::ObjectKey& key) const;

    /// Indexes of the edges that end, or begin, at a node; ascending. Lifetime: of the index.
    [[nodiscard]] std::span<const std::uint32_t> incoming(std::uint32_t node) const
    {
        return facts_->incoming.at(node);
    }
    [[nodiscard]] std::span<const std::uint32_t> outgoing(std::uint32_t node) const
    {
        return facts_->outgoing.at(node);
    }

    /// What reaches `node` and what is reached from it in at most `hops` steps, itself included, with the policies that
    /// apply to any of these: a mark for every node. No `hops`: however far.
    [[nodiscard]] std::vector<bool> connected(std::uint32_t node, std::optional<std::uint32_t> hops = {}) const;

private:
    /// The edges of every node one behind the other: one allocation for all, where thousands of nodes are indexed anew
    /// with every key that is typed into a draft.
    struct EdgesOfNodes {
        std::vector<std::uint32_t> first; ///< of each node in `edges`, and the end of the last
        std::vector<std::uint32_t> edges;

        EdgesOfNodes(const model::Topology& topology, std::uint32_t model::TopologyEdge::*end);
        [[nodiscard]] std::span<const std::uint32_t> at(std::uint32_t node) const
        {
            return std::span(edges).subspan(first[node], first[node + 1] - first[node]);
        }
    };
    /// Finds a node by its key without keeping a copy of it.
    struct KeyOfNode {
        using is_transparent = void;
        const model::Topology* topology;

        const model::ObjectKey& key(std::uint32_t node) const { return topology->nodes[node].key; }
        static const model::ObjectKey& key(const model::ObjectKey& own) { return own; }
        template <class T>
        std::size_t operator()(const T& one) const
        {
            return std::hash<model::ObjectKey>{}(key(one));
        }
        template <class A, class B>
        bool operator()(const A& a, const B& b) const
        {
            return key(a) == key(b);
        }
    };
    struct Facts {
        explicit Facts(std::shared_ptr<const model::Topology> of);

        std::shared_ptr<const model::Topology> topology;
        std::unordered_set<std::uint32_t, KeyOfNode, KeyOfNode> byKey;
        EdgesOfNodes incoming, outgoing;
    };

    void follow(std::uint32_t start, bool forward, std::uint32_t hops, std::vector<bool>& marks) const;

    std::shared_ptr<const Facts> facts_;
};

} // namespace gatehouse::ui
