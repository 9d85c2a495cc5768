#include "importers/kube_api/value_tools.h"

#include <algorithm>
#include <optional>

namespace gatehouse::importers {

using model::Value;

namespace {

constexpr std::size_t worthAnIndex = 48;

bool sameMembers(const Value::Object& a, const Value& bObject)
{
    const Value::Object& b = *bObject.asObject();
    if (a.size() != b.size())
        return false;
    std::optional<MemberIndex> index;
    for (std::size_t i = 0; i < a.size(); ++i) {
        // Mostly the order is the same, so look in the same place first.
        const Value* other = b[i].name == a[i].name ? &b[i].value : nullptr;
        if (!other)
            other = (index ? *index : index.emplace(bObject)).find(a[i].name);
        if (!other || !sameContent(a[i].value, *other))
            return false;
    }
    return true;
}

} // namespace

MemberIndex::MemberIndex(const Value& object) : object_(object)
{
    const Value::Object* members = object.asObject();
    if (members && members->size() > worthAnIndex)
        for (const model::Member& member : *members)
            members_.emplace(member.name, &member.value);
}

const Value* MemberIndex::find(std::string_view name) const
{
    if (members_.empty())
        return object_.find(name);
    const auto found = members_.find(name);
    return found == members_.end() ? nullptr : found->second;
}

MemberEditor::MemberEditor(Value& object) : members_(*object.asObject())
{
    if (members_.size() > worthAnIndex)
        buildIndex();
}

MemberEditor::~MemberEditor()
{
    if (erased_.empty())
        return;
    std::size_t at = 0;
    std::erase_if(members_, [&](const model::Member&) { return erased_.contains(at++); });
}

void MemberEditor::buildIndex()
{
    for (std::size_t i = 0; i < members_.size(); ++i)
        places_.emplace(members_[i].name, i);
}

std::size_t MemberEditor::place(const std::string& name)
{
    std::size_t at = members_.size();
    if (!places_.empty()) {
        const auto found = places_.find(name);
        at = found == places_.end() ? at : found->second;
    } else {
        const auto found = std::find_if(members_.begin(), members_.end(),
                                        [&](const model::Member& member) { return member.name == name; });
        at = static_cast<std::size_t>(found - members_.begin());
    }
    return at;
}

Value* MemberEditor::find(const std::string& name)
{
    const std::size_t at = place(name);
    return at < members_.size() && !erased_.contains(at) ? &members_[at].value : nullptr;
}

Value& MemberEditor::make(const std::string& name)
{
    const std::size_t at = place(name);
    if (at < members_.size()) {
        if (erased_.erase(at) != 0)
            members_[at].value = Value();
        return members_[at].value;
    }
    members_.push_back({name, Value(), {}});
    if (!places_.empty())
        places_.emplace(name, at);
    else if (members_.size() > worthAnIndex)
        buildIndex();
    return members_[at].value;
}

void MemberEditor::erase(const std::string& name)
{
    if (const std::size_t at = place(name); at < members_.size())
        erased_.insert(at);
}

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
