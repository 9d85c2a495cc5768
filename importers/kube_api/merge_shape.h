#pragma once

#include "importers/kube_api/api_kinds.h"
#include "model/base/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// How a list merges: as one value, item by item under keys, or as a set of scalars.
struct ListRule {
    enum class Kind : std::uint8_t { Atomic, Map, Set } kind = Kind::Atomic;
    std::vector<std::string_view> keys; ///< Map: of server-side apply; the first is the key of strategic merge patches
};

/// A place in a kind's objects, walked beside an object, that knows how lists and objects there merge. The Gateway
/// API's kinds say it in their schema (x-kubernetes-list-type), core kinds in a table here (Kubernetes' API types carry
/// it as patchMergeKey and listMapKey). Lifetime: of the static tables.
class MergeShape {
public:
    explicit MergeShape(const ApiKind& kind)
        : node_(kind.custom && kind.schema ? kind.schema->root : nullptr), custom_(kind.custom)
    {
    }

    [[nodiscard]] MergeShape member(std::string_view name) const;
    [[nodiscard]] MergeShape item() const;
    [[nodiscard]] ListRule list() const;
    /// True for an object that has one owner as a whole, such as a label selector.
    [[nodiscard]] bool isAtomicObject() const;

private:
    const model::SchemaNode* node_ = nullptr;
    bool custom_ = false;
    std::string_view parent_, name_; ///< the member that leads here, and the one above it
};

/// The value under which an item of a keyed list is known: the item's own, or the API's default for it; null if absent.
const model::Value* keyOf(const model::Value& item, std::string_view key);
} // namespace gatehouse::importers
