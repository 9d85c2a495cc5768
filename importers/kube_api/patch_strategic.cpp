#include "importers/kube_api/patches.h"
#include "importers/kube_api/value_tools.h"

#include "importers/decode/decode_context.h"

#include <algorithm>
#include <unordered_set>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

constexpr std::string_view patchDirective = "$patch";
constexpr std::string_view retainDirective = "$retainKeys";
constexpr std::string_view orderPrefix = "$setElementOrder/";
constexpr std::string_view deletePrefix = "$deleteFromPrimitiveList/";

/// Items are compared each with each: no real list is longer, and a made-up one shall not keep the server busy.
constexpr std::size_t mostMerged = 4'096;

using Key = std::string_view;

bool isDirective(std::string_view name)
{
    return name == patchDirective || name == retainDirective || name.starts_with(orderPrefix) ||
           name.starts_with(deletePrefix);
}

bool holds(const Value::Array& list, const Value& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

/// What stands in a patch where the object had nothing: the same without directives and nulls.
Value withoutDirectives(const Value& patch)
{
    if (const auto* items = patch.asArray()) {
        Value list = Value::array();
        for (const Value& item : *items)
            if (text(item, patchDirective).empty())
                list.push(withoutDirectives(item));
        return list;
    }
    const auto* members = patch.asObject();
    if (!members)
        return patch;
    Value object = Value::object();
    for (const model::Member& member : *members)
        if (!isDirective(member.name) && !member.value.isNull())
            object.set(member.name, withoutDirectives(member.value));
    return object;
}

/// The identity of an item for ordering: its key, or itself in a list of scalars.
const Value& identity(const Value& item, Key key)
{
    const Value* found = key.empty() ? nullptr : item.find(key);
    return found ? *found : item;
}

std::optional<std::size_t> indexOf(const Value::Array& list, const Value& wanted, Key key)
{
    for (std::size_t i = 0; i < list.size(); ++i)
        if (identity(list[i], key) == wanted)
            return i;
    return std::nullopt;
}

/// Puts the items that `order` names into that order. Items that only the server knows stay before those that followed
/// them there.
void reorder(Value::Array& list, const Value::Array& before, const Value::Array& order, Key key)
{
    Value::Array ordered, others;
    for (const Value& wanted : order)
        if (const auto at = indexOf(list, identity(wanted, key), key);
            at && !indexOf(ordered, identity(wanted, key), key))
            ordered.push_back(list[*at]);
    for (const Value& item : list)
        if (!indexOf(order, identity(item, key), key))
            others.push_back(item);
    Value::Array merged;
    auto other = others.begin();
    const auto place = [&](const Value& item) {
        return indexOf(before, identity(item, key), key).value_or(before.size());
    };
    for (Value& item : ordered) {
        while (other != others.end() && place(*other) < place(item))
            merged.push_back(std::move(*other++));
        merged.push_back(std::move(item));
    }
    std::move(other, others.end(), std::back_inserter(merged));
    list = std::move(merged);
}

class StrategicMerge {
public:
    std::optional<ApiError> error;

    void mergeObject(Value& target, const Value& patch, const MergeShape& shape)
    {
        const std::string directive = text(patch, patchDirective);
        if (directive == "replace" || directive == "delete") {
            target = directive == "replace" ? withoutDirectives(patch) : Value::object();
            return;
        }
        if (!directive.empty() && directive != "merge")
            return fail("Unrecognized value for the $patch directive: " + directive);
        retain(target, patch);
        {
            MemberEditor editor(target);
            for (const model::Member& member : *patch.asObject())
                if (!isDirective(member.name))
                    mergeMember(editor, member, shape);
        }
        for (const model::Member& member : *patch.asObject())
            if (isDirective(member.name))
                mergeListDirective(target, member, shape);
    }

private:
    void fail(std::string message)
    {
        if (!error)
            error = badRequest(std::move(message));
    }

    /// $retainKeys: whatever it does not name goes.
    static void retain(Value& target, const Value& patch)
    {
        const Value* keys = patch.find(retainDirective);
        const auto* names = keys ? keys->asArray() : nullptr;
        if (!names)
            return;
        std::unordered_set<std::string> kept;
        for (const Value& name : *names)
            if (name.isString())
                kept.insert(*name.asString());
        std::erase_if(*target.asObject(), [&](const model::Member& member) { return !kept.contains(member.name); });
    }

    void mergeMember(MemberEditor& target, const model::Member& member, const MergeShape& shape)
    {
        const MergeShape below = shape.member(member.name);
        const bool goes = member.value.isNull() || text(member.value, patchDirective) == "delete";
        if (goes)
            return target.erase(member.name);
        Value& value = target.make(member.name);
        if (member.value.isObject()) {
            if (!value.isObject())
                value = Value::object();
            mergeObject(value, member.value, below);
        } else if (member.value.isArray()) {
            if (!value.isArray())
                value = Value::array();
            mergeList(value, member.value, below);
        } else {
            value = member.value;
        }
    }

    void mergeList(Value& target, const Value& patch, const MergeShape& shape)
    {
        const ListRule rule = shape.list();
        const Value::Array& items = *patch.asArray();
        const bool replaces = std::any_of(items.begin(), items.end(), [](const Value& item) {
            return item.isObject() && text(item, patchDirective) == "replace" && item.asObject()->size() == 1;
        });
        if (rule.kind == ListRule::Kind::Atomic || replaces) {
            target = withoutDirectives(patch);
            return;
        }
        Value::Array& list = *target.asArray();
        if (items.size() + list.size() > mostMerged)
            return fail("lists of more than " + std::to_string(mostMerged) + " items are not merged");
        for (const Value& item : items) {
            if (rule.kind == ListRule::Kind::Map)
                mergeItem(list, item, rule.keys.front(), shape.item());
            else if (!holds(list, item))
                list.push_back(item);
        }
    }

    void mergeItem(Value::Array& list, const Value& item, Key key, const MergeShape& shape)
    {
        const Value* own = item.find(key);
        if (!own)
            return fail("map does not contain declared merge key: " + std::string(key));
        const std::string directive = text(item, patchDirective);
        if (directive == "delete") {
            const Value wanted = *own;
            std::erase_if(list, [&](const Value& old) { return identity(old, key) == wanted; });
            return;
        }
        if (const auto at = indexOf(list, *own, key); at && list[*at].isObject())
            return mergeObject(list[*at], item, shape);
        list.push_back(Value::object());
        mergeObject(list.back(), item, shape);
    }

    /// $setElementOrder and $deleteFromPrimitiveList stand beside the list that they speak of.
    void mergeListDirective(Value& target, const model::Member& member, const MergeShape& shape)
    {
        const bool orders = member.name.starts_with(orderPrefix);
        if (!orders && !member.name.starts_with(deletePrefix))
            return;
        const std::string name = member.name.substr(orders ? orderPrefix.size() : deletePrefix.size());
        const auto* wanted = member.value.asArray();
        Value* found = target.find(name);
        Value::Array* list = found ? found->asArray() : nullptr;
        if (!wanted)
            return fail(member.name + " must be a list");
        if (!list)
            return;
        if (wanted->size() + list->size() > mostMerged)
            return fail("lists of more than " + std::to_string(mostMerged) + " items are not merged");
        if (!orders) {
            std::erase_if(*list, [&](const Value& item) { return holds(*wanted, item); });
            return;
        }
        const ListRule rule = shape.member(name).list();
        const Key key = rule.kind == ListRule::Kind::Map ? rule.keys.front() : Key();
        reorder(*list, Value::Array(*list), *wanted, key);
    }
};

} // namespace

Answer<Value> strategicMergePatch(Value target, const Value& patch, const MergeShape& shape)
{
    if (!patch.isObject())
        return Unexpected{badRequest("error decoding patch: a strategic merge patch is an object")};
    StrategicMerge run;
    run.mergeObject(target, patch, shape);
    if (run.error)
        return Unexpected{std::move(*run.error)};
    return target;
}

} // namespace gatehouse::importers
