#pragma once

#include "model/base/value.h"

#include <string>
#include <vector>

namespace gatehouse::model {

/// One field in which two trees differ; null on the side that does not have it. Lifetime: of the trees.
struct ValueChange {
    std::string path; ///< Kubernetes' own: spec.rules[0].backendRefs[1].weight
    const Value* before = nullptr;
    const Value* after = nullptr;
};

/// What differs between two trees, as deep down as it can be told. Members of objects go by name, whatever their order.
/// Items of lists go by their "name" where each has one of its own; else by place, behind what the lists begin with
/// alike and before what they end with alike. Order: that of the trees. Thread: any.
std::vector<ValueChange> differences(const Value& before, const Value& after);

} // namespace gatehouse::model
