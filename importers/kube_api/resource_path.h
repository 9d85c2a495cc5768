#pragma once

#include "importers/kube_api/api_kinds.h"
#include "importers/kube_api/api_message.h"

#include <optional>
#include <string>

namespace gatehouse::importers {

/// What a path means: /api/v1/... and /apis/GROUP/VERSION/..., then [namespaces/NS/]RESOURCE[/NAME[/SUBRESOURCE]].
struct ResourcePath {
    const ApiKind* kind = nullptr;
    std::string version;
    std::string namespace_;  ///< "" : all namespaces, or a cluster-scoped kind
    std::string name;        ///< "": the collection
    std::string subresource; ///< "status", "log", ...; "" : the object itself
};

/// nullopt when nothing is served there.
std::optional<ResourcePath> resourcePath(const ApiRequest& request);

} // namespace gatehouse::importers
