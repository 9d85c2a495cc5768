#include "importers/kube_api/merge_shape.h"

#include <algorithm>

namespace gatehouse::importers {

using model::Value;

namespace {

struct Row {
    std::string_view parent; ///< "": any
    std::string_view name;
    ListRule::Kind kind;
    std::vector<std::string_view> keys;
};

/// What all kinds share: metadata, and the lists of a status.
const std::vector<Row>& sharedRows()
{
    using enum ListRule::Kind;
    static const std::vector<Row> rows = {
        {"metadata", "finalizers", Set, {}},
        {"metadata", "ownerReferences", Map, {"uid"}},
        {"status", "conditions", Map, {"type"}},
        {"status", "listeners", Map, {"name"}},
        {"status", "supportedFeatures", Map, {"name"}},
        {"listeners", "conditions", Map, {"type"}},
    };
    return rows;
}

const std::vector<Row>& coreRows()
{
    using enum ListRule::Kind;
    static const std::vector<Row> rows = {
        {"", "containers", Map, {"name"}},
        {"", "initContainers", Map, {"name"}},
        {"", "ephemeralContainers", Map, {"name"}},
        {"", "volumes", Map, {"name"}},
        {"", "env", Map, {"name"}},
        {"", "volumeMounts", Map, {"mountPath"}},
        {"", "volumeDevices", Map, {"devicePath"}},
        {"", "imagePullSecrets", Map, {"name"}},
        {"", "secrets", Map, {"name"}},
        {"", "hostAliases", Map, {"ip"}},
        {"", "topologySpreadConstraints", Map, {"topologyKey", "whenUnsatisfiable"}},
        {"", "schedulingGates", Map, {"name"}},
        {"", "resourceClaims", Map, {"name"}},
        {"containers", "ports", Map, {"containerPort", "protocol"}},
        {"initContainers", "ports", Map, {"containerPort", "protocol"}},
        {"ephemeralContainers", "ports", Map, {"containerPort", "protocol"}},
        {"spec", "ports", Map, {"port", "protocol"}},
        {"status", "podIPs", Map, {"ip"}},
        {"status", "hostIPs", Map, {"ip"}},
        {"status", "addresses", Map, {"type"}},
    };
    return rows;
}

const Row* findRow(const std::vector<Row>& rows, std::string_view parent, std::string_view name)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) {
        return each.name == name && (each.parent.empty() || each.parent == parent);
    });
    return row == rows.end() ? nullptr : &*row;
}

} // namespace

MergeShape MergeShape::member(std::string_view name) const
{
    MergeShape below = *this;
    below.parent_ = name_;
    below.name_ = name;
    below.node_ = nullptr;
    if (node_ && node_->type == model::SchemaType::Map)
        below.node_ = node_->items;
    if (node_ && node_->type == model::SchemaType::Object)
        for (const model::SchemaField& field : node_->fields)
            if (field.name == name)
                below.node_ = field.node;
    return below;
}

MergeShape MergeShape::item() const
{
    MergeShape below = *this;
    below.node_ = node_ ? node_->items : nullptr;
    return below;
}

ListRule MergeShape::list() const
{
    if (const Row* row = findRow(sharedRows(), parent_, name_);
        row && !(node_ && node_->type == model::SchemaType::List))
        return {row->kind, row->keys};
    if (custom_) {
        if (node_ && node_->listSet)
            return {ListRule::Kind::Set, {}};
        if (node_ && !node_->listMapKeys.empty())
            return {ListRule::Kind::Map, node_->listMapKeys};
        return {};
    }
    const Row* row = findRow(coreRows(), parent_, name_);
    return row ? ListRule{row->kind, row->keys} : ListRule{};
}

bool MergeShape::isAtomicObject() const
{
    constexpr std::string_view atomic[] = {"selector",         "nodeSelector", "labelSelector",  "fieldRef",
                                           "resourceFieldRef", "secretKeyRef", "configMapKeyRef"};
    return std::find(std::begin(atomic), std::end(atomic), name_) != std::end(atomic);
}

const Value* keyOf(const Value& item, std::string_view key)
{
    static const Value tcp("TCP");
    const Value* found = item.find(key);
    return !found && key == "protocol" ? &tcp : found;
}

} // namespace gatehouse::importers
