#include "model/graph/status_values.h"

#include "model/schema/timestamp.h"

#include <algorithm>

namespace gatehouse::model {

const Value* findElement(const Value* list, const Value& identity)
{
    if (!list || !list->asArray() || !identity.asObject())
        return nullptr;
    const auto matches = [&](const Value& element) {
        return std::all_of(identity.asObject()->begin(), identity.asObject()->end(), [&](const Member& member) {
            const Value* value = element.find(member.name);
            return value && *value == member.value;
        });
    };
    const auto it = std::find_if(list->asArray()->begin(), list->asArray()->end(), matches);
    return it == list->asArray()->end() ? nullptr : &*it;
}

Value conditionsValue(const std::vector<Condition>& conditions, const ConditionStamp& stamp, const Value* previous)
{
    Value list = Value::array();
    for (const Condition& condition : conditions) {
        Value identity = Value::object();
        identity.set("type", condition.type);
        identity.set("status", toString(condition.status));
        const Value* before = findElement(previous, identity);
        const Value* since = before ? before->find("lastTransitionTime") : nullptr;
        Value value = Value::object();
        value.set("lastTransitionTime", since && since->isString() ? *since : Value(formatTimestamp(stamp.now)));
        value.set("message", condition.message);
        value.set("observedGeneration", stamp.generation);
        value.set("reason", condition.reason);
        value.set("status", toString(condition.status));
        value.set("type", condition.type);
        list.push(std::move(value));
    }
    return list;
}

Value parentReferenceValue(const ParentReference& ref)
{
    Value value = Value::object();
    value.set("group", ref.group);
    value.set("kind", ref.kind);
    value.set("name", ref.name);
    if (ref.namespace_)
        value.set("namespace", *ref.namespace_);
    if (ref.port)
        value.set("port", static_cast<std::int64_t>(*ref.port));
    if (ref.sectionName)
        value.set("sectionName", *ref.sectionName);
    return value;
}

} // namespace gatehouse::model
