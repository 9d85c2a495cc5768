#pragma once

#include "importers/kube_api/merge_shape.h"
#include "importers/kube_api/status_error.h"
#include "model/base/value.h"

namespace gatehouse::importers {

/// JSON Merge Patch (RFC 7386): null removes, objects merge, everything else replaces.
void mergePatch(model::Value& target, const model::Value& patch);

/// JSON Patch (RFC 6902), all operations in order. Errors: 400 for what is no patch, 422 for one that does not apply (a
/// path that is not there, a test that fails). What copies add up to is limited as bodies are.
Answer<model::Value> jsonPatch(model::Value target, const model::Value& patch);

/// Kubernetes' strategic merge patch: lists of core kinds merge by key. Directives: $patch (replace, delete, merge),
/// $setElementOrder/LIST, $deleteFromPrimitiveList/LIST, $retainKeys. Errors: 400 for an item without its key and for
/// unknown directives. (Kubernetes documentation, "Update API Objects in Place Using kubectl patch".)
Answer<model::Value> strategicMergePatch(model::Value target, const model::Value& patch, const MergeShape& shape);

} // namespace gatehouse::importers
