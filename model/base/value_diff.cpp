#include "model/base/value_diff.h"

#include <algorithm>
#include <set>

namespace gatehouse::model {
namespace {

using Changes = std::vector<ValueChange>;

void compare(const std::string& path, const Value* before, const Value* after, Changes& changes);

/// The order of members plays no part here, so that moving one is no change.
bool isSame(const Value& a, const Value& b)
{
    Changes changes;
    compare("", &a, &b, changes);
    return changes.empty();
}

std::string item(const std::string& path, std::size_t index)
{
    return path + '[' + std::to_string(index) + ']';
}

const std::string* nameOf(const Value& value)
{
    const Value* const name = value.find("name");
    return name ? name->asString() : nullptr;
}

bool haveOwnNames(const Value::Array& items)
{
    std::set<std::string> names;
    return std::all_of(items.begin(), items.end(), [&](const Value& value) {
        const std::string* const name = nameOf(value);
        return name && names.insert(*name).second;
    });
}

/// False for lists that have nothing to do with each other by name: there one took the place of the other.
bool shareAName(const Value::Array& a, const Value::Array& b)
{
    return std::any_of(a.begin(), a.end(), [&](const Value& one) {
        return std::any_of(b.begin(), b.end(), [&](const Value& other) { return *nameOf(one) == *nameOf(other); });
    });
}

void compareByName(const std::string& path, const Value::Array& before, const Value::Array& after, Changes& changes)
{
    const auto find = [](const Value::Array& items, const std::string& name) {
        return std::find_if(items.begin(), items.end(), [&](const Value& value) { return *nameOf(value) == name; });
    };
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto like = find(after, *nameOf(before[i]));
        compare(item(path, i), &before[i], like == after.end() ? nullptr : &*like, changes);
    }
    for (std::size_t i = 0; i < after.size(); ++i)
        if (find(before, *nameOf(after[i])) == before.end())
            compare(item(path, i), nullptr, &after[i], changes);
}

void compareByPlace(const std::string& path, const Value::Array& before, const Value::Array& after, Changes& changes)
{
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t front = 0, back = 0;
    while (front < shorter && isSame(before[front], after[front]))
        ++front;
    while (front + back < shorter && isSame(before[before.size() - 1 - back], after[after.size() - 1 - back]))
        ++back;
    const std::size_t old = before.size() - front - back, now = after.size() - front - back;
    for (std::size_t i = front; i < front + std::max(old, now); ++i)
        compare(item(path, i), i < front + old ? &before[i] : nullptr, i < front + now ? &after[i] : nullptr, changes);
}

void compareObjects(const std::string& path, const Value& before, const Value& after, Changes& changes)
{
    const auto inside = [&](const std::string& name) { return path.empty() ? name : path + '.' + name; };
    for (const Member& member : *before.asObject())
        compare(inside(member.name), &member.value, after.find(member.name), changes);
    for (const Member& member : *after.asObject())
        if (!before.find(member.name))
            compare(inside(member.name), nullptr, &member.value, changes);
}

void compare(const std::string& path, const Value* before, const Value* after, Changes& changes)
{
    if (!before || !after) {
        changes.push_back({path, before, after});
        return;
    }
    if (before->asObject() && after->asObject()) {
        compareObjects(path, *before, *after, changes);
        return;
    }
    const Value::Array *const old = before->asArray(), *const now = after->asArray();
    if (old && now) {
        if (haveOwnNames(*old) && haveOwnNames(*now) && shareAName(*old, *now))
            compareByName(path, *old, *now, changes);
        else
            compareByPlace(path, *old, *now, changes);
        return;
    }
    if (!(*before == *after))
        changes.push_back({path, before, after});
}

} // namespace

std::vector<ValueChange> differences(const Value& before, const Value& after)
{
    Changes changes;
    compare("", &before, &after, changes);
    return changes;
}

} // namespace gatehouse::model
