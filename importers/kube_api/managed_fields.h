#pragma once

#include "importers/kube_api/field_set.h"
#include "importers/kube_api/merge_shape.h"

#include <string>
#include <vector>

namespace gatehouse::importers {

/// Who wrote which fields: one entry of metadata.managedFields.
struct ManagedEntry {
    std::string manager, operation, apiVersion, time, subresource; ///< operation: Apply or Update
    FieldSet fields;
};

std::vector<ManagedEntry> readManagedFields(const model::Value& object);
/// The entries as a list; those without fields are left out.
model::Value managedFieldsValue(const std::vector<ManagedEntry>& entries);

/// Every place of `value` that can have an owner.
FieldSet fieldsOf(const model::Value& value, const MergeShape& shape);

/// What an object gained or changed, and what it lost.
struct FieldChanges {
    FieldSet changed, removed;
};
FieldChanges compareFields(const model::Value& before, const model::Value& after, const MergeShape& shape);

/// Takes out what no client owns: names, versions and what else the server sets.
void dropServerFields(FieldSet& set);

/// Who wrote, for the records.
struct FieldWriter {
    std::string manager, apiVersion, time, subresource;
};
/// metadata.managedFields after an ordinary write: the writer owns what changed, nobody owns what is gone.
model::Value managedAfterUpdate(std::vector<ManagedEntry> entries, FieldChanges changes, const FieldWriter& writer);

/// The step of a FieldSet to an item of a list; "" when the item lacks a key.
std::string itemStep(const model::Value& item, const ListRule& rule);

} // namespace gatehouse::importers
