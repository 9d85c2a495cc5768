#include "importers/kube_api/managed_fields.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"
#include "importers/writers.h"

#include <algorithm>
#include <unordered_map>

namespace gatehouse::importers {

using model::Value;

namespace {

constexpr std::string_view serverMetadata[] = {"f:name",
                                               "f:namespace",
                                               "f:uid",
                                               "f:resourceVersion",
                                               "f:generation",
                                               "f:creationTimestamp",
                                               "f:deletionTimestamp",
                                               "f:deletionGracePeriodSeconds",
                                               "f:selfLink",
                                               "f:managedFields"};

/// A place that is owned as a whole: scalars, what is empty, and what merges as one value.
bool isLeaf(const Value& value, const MergeShape& shape)
{
    if (const auto* members = value.asObject())
        return members->empty() || shape.isAtomicObject();
    return !value.isArray() || shape.list().kind == ListRule::Kind::Atomic;
}

FieldSet leaf()
{
    FieldSet set;
    set.member = true;
    return set;
}

void put(FieldSet& into, std::string step, FieldSet below)
{
    if (!below.empty())
        into.children[std::move(step)].add(below);
}

using ItemIndex = std::unordered_map<std::string, const Value*>;

ItemIndex indexItems(const Value::Array& items, const ListRule& rule)
{
    ItemIndex index;
    for (const Value& item : items)
        if (std::string step = itemStep(item, rule); !step.empty())
            index.emplace(std::move(step), &item);
    return index;
}

FieldSet itemFields(const Value& item, const MergeShape& shape)
{
    FieldSet set = item.isObject() ? fieldsOf(item, shape) : FieldSet();
    set.member = true;
    return set;
}

void compareLists(const Value::Array& before, const Value::Array& after, const MergeShape& shape, FieldChanges& found)
{
    const ListRule rule = shape.list();
    const ItemIndex old = indexItems(before, rule), now = indexItems(after, rule);
    for (const auto& [step, item] : now) {
        const auto match = old.find(step);
        if (match == old.end()) {
            put(found.changed, step, itemFields(*item, shape.item()));
            continue;
        }
        FieldChanges inside = compareFields(*match->second, *item, shape.item());
        put(found.changed, step, std::move(inside.changed));
        put(found.removed, step, std::move(inside.removed));
    }
    for (const auto& [step, item] : old)
        if (!now.contains(step))
            put(found.removed, step, itemFields(*item, shape.item()));
}

void compareObjects(const Value& before, const Value& after, const MergeShape& shape, FieldChanges& found)
{
    const MemberIndex had(before), has(after);
    for (const model::Member& member : *after.asObject()) {
        const MergeShape below = shape.member(member.name);
        const Value* old = had.find(member.name);
        FieldChanges inside =
            old ? compareFields(*old, member.value, below) : FieldChanges{fieldsOf(member.value, below), {}};
        put(found.changed, "f:" + member.name, std::move(inside.changed));
        put(found.removed, "f:" + member.name, std::move(inside.removed));
    }
    for (const model::Member& member : *before.asObject())
        if (!has.find(member.name))
            put(found.removed, "f:" + member.name, fieldsOf(member.value, shape.member(member.name)));
}

} // namespace

std::string itemStep(const Value& item, const ListRule& rule)
{
    if (rule.kind == ListRule::Kind::Set)
        return "v:" + toJson(item, 0);
    std::vector<std::string_view> keys = rule.keys;
    std::sort(keys.begin(), keys.end()); // as the API server writes them
    Value named = Value::object();
    for (const std::string_view key : keys) {
        const Value* value = keyOf(item, key);
        if (!value)
            return {};
        named.set(key, *value);
    }
    return "k:" + toJson(named, 0);
}

FieldSet fieldsOf(const Value& value, const MergeShape& shape)
{
    if (isLeaf(value, shape))
        return leaf();
    FieldSet set;
    if (const auto* members = value.asObject())
        for (const model::Member& member : *members)
            put(set, "f:" + member.name, fieldsOf(member.value, shape.member(member.name)));
    if (const auto* items = value.asArray()) {
        const ListRule rule = shape.list();
        for (const Value& item : *items)
            if (std::string step = itemStep(item, rule); !step.empty())
                put(set, std::move(step), itemFields(item, shape.item()));
    }
    return set;
}

FieldChanges compareFields(const Value& before, const Value& after, const MergeShape& shape)
{
    FieldChanges found;
    const bool bothObjects = before.isObject() && after.isObject() && !shape.isAtomicObject();
    const bool bothLists = before.isArray() && after.isArray() && shape.list().kind != ListRule::Kind::Atomic;
    if (bothObjects)
        compareObjects(before, after, shape, found);
    else if (bothLists)
        compareLists(*before.asArray(), *after.asArray(), shape, found);
    else if (!sameContent(before, after))
        found.changed = fieldsOf(after, shape);
    return found;
}

void dropServerFields(FieldSet& set)
{
    set.children.erase("f:apiVersion");
    set.children.erase("f:kind");
    const auto metadata = set.children.find("f:metadata");
    if (metadata == set.children.end())
        return;
    metadata->second.member = false;
    for (const std::string_view name : serverMetadata)
        metadata->second.children.erase(std::string(name));
    if (metadata->second.empty())
        set.children.erase(metadata);
}

std::vector<ManagedEntry> readManagedFields(const Value& object)
{
    std::vector<ManagedEntry> entries;
    const Value* metadata = object.find("metadata");
    if (!metadata)
        return entries;
    for (const Value& item : items(*metadata, "managedFields")) {
        ManagedEntry entry{text(item, "manager"), text(item, "operation"),   text(item, "apiVersion"),
                           text(item, "time"),    text(item, "subresource"), {}};
        if (const Value* fields = item.find("fieldsV1"))
            entry.fields = fromFieldsV1(*fields);
        entry.fields.member = false; // the root is no field
        entries.push_back(std::move(entry));
    }
    return entries;
}

Value managedFieldsValue(const std::vector<ManagedEntry>& entries)
{
    Value list = Value::array();
    for (const ManagedEntry& entry : entries) {
        if (entry.fields.empty())
            continue;
        Value value = Value::object();
        value.set("manager", entry.manager);
        value.set("operation", entry.operation);
        value.set("apiVersion", entry.apiVersion);
        value.set("time", entry.time);
        value.set("fieldsType", "FieldsV1");
        value.set("fieldsV1", toFieldsV1(entry.fields));
        if (!entry.subresource.empty())
            value.set("subresource", entry.subresource);
        list.push(std::move(value));
    }
    return list;
}

Value managedAfterUpdate(std::vector<ManagedEntry> entries, FieldChanges changes, const FieldWriter& writer)
{
    dropServerFields(changes.changed);
    dropServerFields(changes.removed);
    for (ManagedEntry& entry : entries) {
        entry.fields.subtractWithContent(changes.changed);
        entry.fields.subtractWithContent(changes.removed);
    }
    if (!changes.changed.empty()) {
        const auto own = std::find_if(entries.begin(), entries.end(), [&](const ManagedEntry& entry) {
            return entry.manager == writer.manager && entry.operation == "Update" &&
                   entry.subresource == writer.subresource && entry.apiVersion == writer.apiVersion;
        });
        ManagedEntry& entry = own == entries.end() ? entries.emplace_back() : *own;
        entry.manager = writer.manager;
        entry.operation = "Update";
        entry.apiVersion = writer.apiVersion;
        entry.subresource = writer.subresource;
        entry.time = writer.time;
        entry.fields.add(changes.changed);
    }
    return managedFieldsValue(entries);
}

} // namespace gatehouse::importers
