#pragma once

#include "model/topology/topology.h"

#include <optional>
#include <unordered_map>

namespace gatehouse::model {

/// Adds nodes to a topology and finds them again by key. Lifetime: of the topology.
class NodeIndex {
public:
    explicit NodeIndex(Topology& topology) : topology_(topology) {}

    /// The reference is valid until the next add(). A key has one node: a reference may name as a backend what is a
    /// node of another kind already.
    TopologyNode& add(const ObjectKey& key, NodeKind kind)
    {
        const auto [it, isNew] = byKey_.emplace(key, static_cast<std::uint32_t>(topology_.nodes.size()));
        if (!isNew)
            return topology_.nodes[it->second];
        TopologyNode& node = topology_.nodes.emplace_back();
        node.key = key;
        node.kind = kind;
        node.title = key.name.name;
        return node;
    }

    [[nodiscard]] std::optional<std::uint32_t> find(const ObjectKey& key) const
    {
        const auto it = byKey_.find(key);
        return it == byKey_.end() ? std::nullopt : std::optional(it->second);
    }

    [[nodiscard]] std::uint32_t at(const ObjectKey& key) const { return byKey_.at(key); }

private:
    Topology& topology_;
    std::unordered_map<ObjectKey, std::uint32_t> byKey_;
};

} // namespace gatehouse::model
