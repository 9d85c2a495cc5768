#pragma once

#include "importers/kube_api/api_kinds.h"
#include "importers/kube_api/api_message.h"

#include <chrono>
#include <optional>
#include <vector>

namespace gatehouse::importers {

/// The documents that describe the API itself: /version, /api, /apis and below (plain and aggregated discovery),
/// /openapi/v2, /openapi/v3 and below, /healthz, /livez, /readyz. nullopt: the path is none of these.
/// Cost: the documents are made once. Thread: any.
std::optional<ApiResponse> serveApiDocument(const ApiRequest& request);

/// The Gateway API's CustomResourceDefinitions (experimental channel, v1.6.1) as objects, with our schema and printer
/// columns; names and versions as upstream. Sorted by name.
std::vector<model::Value> customResourceDefinitions();

/// What kubectl's `get` shows: meta.k8s.io/v1 Table of one list. `objects` are complete objects of that kind.
struct TableInput {
    const ApiKind* kind = nullptr;
    std::vector<const model::Value*> objects;
    model::Value listMetadata;                 ///< resourceVersion, continue
    std::string includeObject = "Metadata";    ///< None, Metadata or Object
    std::chrono::system_clock::time_point now; ///< for ages
};
model::Value toTable(const TableInput& input);

/// An object as PartialObjectMetadata (meta.k8s.io/v1): metadata alone.
model::Value partialMetadata(const model::Value& object);

} // namespace gatehouse::importers
