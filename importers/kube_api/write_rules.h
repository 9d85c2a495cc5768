#pragma once

#include "importers/kube_api/object_store.h"
#include "importers/kube_api/status_error.h"

#include <optional>
#include <string>

namespace gatehouse::importers {

/// Takes out of metadata what the server sets: clients' words on it do not count.
void dropServerMetadata(model::Value& metadata);
/// The place that defines an object of a file: "samples/x.yaml:3".
std::string definedAt(const StoredObject& object);
/// The uid and resourceVersion that a request is based on, "" where it does not say; 409 when the object has others.
std::optional<ApiError> checkPreconditions(const StoredObject& live, const std::string& uid,
                                           const std::string& resourceVersion);

} // namespace gatehouse::importers
