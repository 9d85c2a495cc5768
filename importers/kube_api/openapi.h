#pragma once

#include "importers/kube_api/served_resources.h"
#include "model/base/value.h"

#include <string>
#include <string_view>

namespace gatehouse::importers {

/// The OpenAPI document at a path: "openapi/v3" (the index), "openapi/v3/api/v1", "openapi/v3/apis/G/V", "openapi/v2";
/// null when there is none. All are made at the first request. Lifetime: static. Thread: any.
const std::string* openApiDocument(std::string_view path);

/// The protobuf form of "openapi/v2". Lifetime: static. Thread: any.
const std::string& openApiV2Protobuf();

/// The two versions of OpenAPI differ in where schemas live and in how operations name bodies.
enum class OpenApiVersion { V2, V3 };

/// The name of a kind's schema, as clients of Kubernetes know them: "io.k8s.api.core.v1.Pod".
std::string schemaName(const GroupVersionKind& kind);
/// {"$ref": ...} to a schema by its name.
model::Value schemaReference(std::string_view name, OpenApiVersion version);

/// Adds the schemas of all resources of a group and version, and of what they refer to, to `schemas`.
void addSchemas(model::Value& schemas, std::string_view group, std::string_view version, OpenApiVersion openApi);
/// Adds the paths of all resources of a group and version to `paths`.
void addPaths(model::Value& paths, std::string_view group, std::string_view version, OpenApiVersion openApi);

} // namespace gatehouse::importers
