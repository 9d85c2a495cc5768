#pragma once

#include "importers/kube_api/object_store.h"
#include "importers/kube_api/status_error.h"

#include <string>
#include <vector>

namespace gatehouse::importers {

/// What becomes of fields that the schema does not know (query parameter fieldValidation).
enum class FieldValidation : std::uint8_t { Ignore, Warn, Strict };

/// An object on its way into the store.
struct AdmissionRequest {
    const ApiKind* kind = nullptr;
    std::string version; ///< in which the object is written
    model::Value object; ///< complete: metadata as it will be stored; status only where the model reads it
    FieldValidation fieldValidation = FieldValidation::Warn;
};

struct Admitted {
    model::Value document; ///< in the stored version; pruned, defaulted, without status
    Resources resources;
    std::vector<std::string> warnings;
};

/// The same checks as for manifests: schema, defaults, pruning, rules between fields, decoding. Errors: 422 with every
/// fault as a cause; 400 for unknown fields under Strict.
Answer<Admitted> admit(AdmissionRequest request);

/// Sets kind and apiVersion where a body leaves them out. Errors: 400 when they are not those of the path.
std::optional<ApiError> checkTypeMeta(model::Value& object, const ApiKind& kind, const std::string& version);

/// Fields that may not change between two states of an object, as causes of a 422.
std::vector<ApiError::Cause> immutableFaults(const ApiKind& kind, const model::Value& before,
                                             const model::Value& after);

/// What API servers do to some kinds before they are stored: a Secret's stringData moves into data, a Namespace gets
/// its name as a label.
void completeObject(const ApiKind& kind, model::Value& object);
/// The status that the kind's CustomResourceDefinition gives new objects, or a Namespace's; null for other kinds.
model::Value initialStatus(const ApiKind& kind);
/// Whether objects of the kind count their changes.
bool countsGenerations(const ApiKind& kind);

/// The file name under which applied objects are reported in diagnostics.
const std::shared_ptr<const std::string>& appliedFileName();

} // namespace gatehouse::importers
