#pragma once

#include "importers/kube_api/status_error.h"
#include "model/base/value.h"

namespace gatehouse::importers {

/// JSON Merge Patch (RFC 7386): null removes, objects merge, everything else replaces.
void mergePatch(model::Value& target, const model::Value& patch);

} // namespace gatehouse::importers
