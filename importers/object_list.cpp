#include "importers/object_list.h"

#include <string>
#include <string_view>

namespace gatehouse::importers {

namespace {

using model::Value;

std::string_view textOf(const Value& object, std::string_view name)
{
    const Value* member = object.find(name);
    const std::string* text = member ? member->asString() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

bool isList(const Value& object, std::string_view kind)
{
    // A resource's own kind may end in "List" too; only with items is it a list of others.
    return kind == "List" || (kind.size() > 4 && kind.ends_with("List") && object.find("items"));
}

/// Puts `name: text` in front, at the place of the item, when the item has none.
void inherit(Value& item, std::string_view name, std::string_view text)
{
    if (item.find(name) || text.empty())
        return;
    Value value{text};
    value.setPosition(item.position());
    Value::Object& members = *item.asObject();
    members.insert(members.begin(), {std::string(name), std::move(value), item.position()});
}

} // namespace

void flattenObjects(Value document, std::vector<Value>& objects, ProblemList& problems)
{
    if (!document.isObject()) {
        auto& problem = problems.error(code::noObject, document.position(),
                                       "this is a " + std::string(toString(document.kind())) + ", not an object");
        problem.expected = "an object with apiVersion, kind and metadata";
        return;
    }
    const std::string kind(textOf(document, "kind"));
    if (!isList(document, kind)) {
        objects.push_back(std::move(document));
        return;
    }
    Value* items = document.find("items");
    if (!items || items->isNull())
        return;
    Value::Array* array = items->asArray();
    if (!array) {
        auto& problem = problems.error(code::badList, items->position(),
                                       "the items of a " + kind + " are a " + std::string(toString(items->kind())));
        problem.expected = "a list of objects";
        problem.fieldPath = "items";
        return;
    }
    const std::string itemKind = kind.substr(0, kind.size() - 4);
    for (Value& item : *array) {
        if (item.isObject() && !itemKind.empty()) {
            inherit(item, "kind", itemKind);
            inherit(item, "apiVersion", textOf(document, "apiVersion"));
        }
        flattenObjects(std::move(item), objects, problems);
    }
}

} // namespace gatehouse::importers
