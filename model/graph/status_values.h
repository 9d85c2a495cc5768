#pragma once

#include "model/base/value.h"
#include "model/graph/status.h"

#include <string>
#include <vector>

namespace gatehouse::model {

/// Conditions as metav1.Condition. `previous` is the list that stood there before, or null: where the status of a type
/// is the same, its lastTransitionTime stays.
struct ConditionStamp {
    Timestamp now;
    std::int64_t generation = 0;
};
Value conditionsValue(const std::vector<Condition>& conditions, const ConditionStamp& stamp, const Value* previous);

/// A reference to a parent as the route's spec has it, with group and kind spelled out.
Value parentReferenceValue(const ParentReference& ref);

/// The element of a list whose members equal all of `identity`'s; null when there is none, or no list.
const Value* findElement(const Value* list, const Value& identity);

} // namespace gatehouse::model
