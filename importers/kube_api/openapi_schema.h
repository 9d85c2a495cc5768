#pragma once

#include "importers/kube_api/api_kinds.h"
#include "model/base/value.h"
#include "model/schema/schema.h"

#include <string_view>

namespace gatehouse::importers {

/// One node of our schema as a JSON schema in the form that CustomResourceDefinitions ask for ("structural": Kubernetes
/// documentation, "Specifying a structural schema"), which is OpenAPI 3.0 as well. Thread: any.
model::Value jsonSchema(const model::SchemaNode& node);

/// The schema of whole objects of a kind in one of its versions: apiVersion, kind, metadata (a plain object), and what
/// the kind has besides. Kinds without a schema of ours keep what is written.
model::Value objectSchema(const ApiKind& kind, std::string_view version);

/// The schema of `metadata`, every member described.
model::Value objectMetaSchema();

/// What a kind is for, in one sentence: `kubectl explain KIND`.
std::string_view kindDescription(std::string_view group, std::string_view kind);

/// The regular expression (ECMA 262, as JSON schema wants) of a format; "" for those that none expresses.
std::string_view formatPattern(model::Format format);

} // namespace gatehouse::importers
