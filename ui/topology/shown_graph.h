#pragma once

#include "ui/document/topology_index.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ui {

/// What a card stands for besides itself.
enum class GroupRole : std::uint8_t {
    Namespace, ///< everything in a namespace
    Gateway,   ///< a Gateway with all that hangs on it alone
    Leaves,    ///< objects of one kind and namespace that are connected alike
};

struct ShownGroup {
    GroupRole role = GroupRole::Leaves;
    std::vector<std::uint32_t> members; ///< nodes of the whole topology, the Gateway itself not among them
};

/// How many of what a namespace has, as its frame says it.
struct NamespaceFacts {
    std::uint32_t gateways = 0, routes = 0, backends = 0, policies = 0, others = 0;
    std::uint32_t grants = 0;   ///< ReferenceGrants, which have no card
    std::uint32_t problems = 0; ///< objects that are not well
    model::NamespaceOwner owner = {};
};

/// What the canvas draws of a topology: a topology again, in which some cards stand for several objects. Immutable.
struct ShownGraph {
    TopologyIndex index;                           ///< of what is drawn; nodes keep their keys
    std::vector<std::optional<ShownGroup>> groups; ///< for each drawn node
    std::vector<std::int32_t> shownOf;             ///< for each node of the whole: the drawn one; -1: hidden
    std::vector<std::int32_t> shownEdges;          ///< the same for its edges
    std::map<std::string, NamespaceFacts> namespaces;
};

struct ShowOptions {
    std::vector<bool> nodes, edges; ///< what may be drawn; empty: everything
    /// What somebody folded (true) or unfolded (false): the keys of a namespaceKey(), a Gateway, a leavesKey().
    std::map<model::ObjectKey, bool> wishes;
    std::optional<model::ObjectKey> open; ///< an object that no default folds away
    bool automatic = true;                ///< false: nothing is folded but by wish
    /// More cards than this are folded unless somebody wished otherwise: first leaves, then namespaces.
    std::size_t comfortable = 150;
};

/// Folds a topology. Deterministic; pure. Thread: any.
ShownGraph fold(const TopologyIndex& whole, const ShowOptions& options);

/// What stands for a folded namespace.
model::ObjectKey namespaceKey(const std::string& name);
/// Whether a key is one of a card that stands for others and not of an object.
bool isGroupKey(const model::ObjectKey& key);
/// The leaves that `node` would be folded with; nothing when it is alone. Its key names what it is connected with, so
/// that it stays the same across reloads.
std::optional<model::ObjectKey> leavesKey(const TopologyIndex& whole, const ShowOptions& options,
                                          const model::ObjectKey& node);

} // namespace gatehouse::ui
