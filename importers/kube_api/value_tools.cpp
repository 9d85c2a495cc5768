#include "importers/kube_api/value_tools.h"

#include <algorithm>

namespace gatehouse::importers {

using model::Value;

namespace {

bool sameMembers(const Value::Object& a, const Value& bObject)
{
    const Value::Object& b = *bObject.asObject();
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        // Mostly the order is the same, so look in the same place first.
        const Value* other = b[i].name == a[i].name ? &b[i].value : bObject.find(a[i].name);
        if (!other || !sameContent(a[i].value, *other))
            return false;
    }
    return true;
}

} // namespace

bool sameContent(const Value& a, const Value& b)
{
    if (const auto* items = a.asArray()) {
        const auto* others = b.asArray();
        return others && std::equal(items->begin(), items->end(), others->begin(), others->end(), sameContent);
    }
    if (const auto* members = a.asObject())
        return b.isObject() && sameMembers(*members, b);
    return a == b;
}

bool sameBut(const Value& a, const Value& b, bool (*skip)(std::string_view name))
{
    const auto* members = a.asObject();
    const auto* others = b.asObject();
    if (!members || !others)
        return sameContent(a, b);
    std::size_t seen = 0;
    for (const model::Member& member : *members) {
        if (skip(member.name))
            continue;
        const Value* other = b.find(member.name);
        if (!other || !sameContent(member.value, *other))
            return false;
        ++seen;
    }
    const auto kept =
        std::count_if(others->begin(), others->end(), [&](const model::Member& member) { return !skip(member.name); });
    return static_cast<std::size_t>(kept) == seen;
}

Value& memberObject(Value& object, std::string_view name)
{
    Value* found = object.find(name);
    return found && found->isObject() ? *found : object.set(name, Value::object());
}

const std::string& metadataText(const Value& object, std::string_view name)
{
    static const std::string none;
    const Value* metadata = object.find("metadata");
    const Value* member = metadata ? metadata->find(name) : nullptr;
    const std::string* found = member ? member->asString() : nullptr;
    return found ? *found : none;
}

void clearPositions(Value& value)
{
    value.setPosition({});
    if (auto* items = value.asArray())
        for (Value& item : *items)
            clearPositions(item);
    if (auto* members = value.asObject())
        for (model::Member& member : *members) {
            member.namePosition = {};
            clearPositions(member.value);
        }
}

bool isDeeperThan(const Value& value, std::size_t depth)
{
    const auto* items = value.asArray();
    const auto* members = value.asObject();
    if (!items && !members)
        return false;
    if (depth == 0)
        return true;
    return items ? std::any_of(items->begin(), items->end(),
                               [&](const Value& item) { return isDeeperThan(item, depth - 1); })
                 : std::any_of(members->begin(), members->end(),
                               [&](const model::Member& member) { return isDeeperThan(member.value, depth - 1); });
}

bool hasItems(const Value* list)
{
    const auto* items = list ? list->asArray() : nullptr;
    return items && !items->empty();
}

} // namespace gatehouse::importers
