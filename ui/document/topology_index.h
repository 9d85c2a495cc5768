#pragma once

#include "model/topology/topology.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace gatehouse::ui {

/// Questions about a Topology that views ask often. Lifetime: keeps the topology alive. Thread: immutable.
class TopologyIndex {
public:
    TopologyIndex() : TopologyIndex(std::make_shared<const model::Topology>()) {}
    explicit TopologyIndex(std::shared_ptr<const model::Topology> topology);

    [[nodiscard]] const model::Topology& topology() const { return *topology_; }
    [[nodiscard]] const std::shared_ptr<const model::Topology>& shared() const { return topology_; }
    [[nodiscard]] std::optional<std::uint32_t> find(const model::ObjectKey& key) const;
    [[nodiscard]] const model::TopologyNode* node(const model::ObjectKey& key) const;

    /// Indexes of the edges that end, or begin, at a node.
    [[nodiscard]] const std::vector<std::uint32_t>& incoming(std::uint32_t node) const { return incoming_[node]; }
    [[nodiscard]] const std::vector<std::uint32_t>& outgoing(std::uint32_t node) const { return outgoing_[node]; }

    /// What reaches `node` and what is reached from it in at most `hops` steps, itself included, with the policies that
    /// apply to any of these: a mark for every node. No `hops`: however far.
    [[nodiscard]] std::vector<bool> connected(std::uint32_t node, std::optional<std::uint32_t> hops = {}) const;

private:
    void follow(std::uint32_t start, bool forward, std::uint32_t hops, std::vector<bool>& marks) const;

    std::shared_ptr<const model::Topology> topology_;
    std::unordered_map<model::ObjectKey, std::uint32_t> byKey_;
    std::vector<std::vector<std::uint32_t>> incoming_, outgoing_;
};

} // namespace gatehouse::ui
