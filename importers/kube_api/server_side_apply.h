#pragma once

#include "importers/kube_api/managed_fields.h"
#include "importers/kube_api/status_error.h"

#include <string>

namespace gatehouse::importers {

/// A server-side apply: what a manager wants to be true of an object.
struct ApplyInput {
    const ApiKind* kind = nullptr;
    const model::Value* live = nullptr; ///< null: the object is to be created
    model::Value config;                ///< the applied configuration
    FieldWriter writer;
    bool force = false;
};

struct Applied {
    model::Value object; ///< live and config merged; what the manager no longer applies and nobody else owns is gone
    model::Value managedFields; ///< who owns what now
};

/// Merges a configuration into an object (KEP-555). Errors: 409 with a cause for every field that another manager owns
/// and has another value, unless forced; 400 for a configuration with managedFields.
Answer<Applied> applyConfiguration(ApplyInput input);

} // namespace gatehouse::importers
