#pragma once

#include "app/control/session.h"
#include "model/base/value.h"
#include "model/graph/status.h"

#include <vector>

namespace gatehouse::cli {

/// Statuses of a State for printing. Without an engine there is no moment at which anything happened:
/// lastTransitionTime is the epoch, so that the same input gives the same bytes.
model::Statuses printedStatuses(const control::State& state);

/// A resource as kubectl prints it: the object with its status. A Secret's values are replaced by their sizes, and so
/// is the copy that `kubectl apply` keeps in an annotation.
model::Value printedObject(const model::Resource& resource, const model::Statuses& statuses);

/// The `v1 List` of objects.
model::Value listOf(std::vector<model::Value> items);

} // namespace gatehouse::cli
