#pragma once

#include "importers/kube_api/representation.h"
#include "importers/kube_api/resource_path.h"
#include "importers/kube_api/selectors.h"

namespace gatehouse::importers {

/// A list, or a page of it: selectors, limit and continue, resourceVersion and resourceVersionMatch.
/// Paging walks the present objects in the order of namespace and name behind the last one shown; every page names the
/// version of the first, so that a watch from there misses nothing that changed in between.
Answer<ApiResponse> listObjects(ObjectStore& store, const ApiRequest& request, const ResourcePath& path,
                                const Shown& shown);

/// A resourceVersion of a request as a number; nullopt when it is none. "" reads as 0.
std::optional<std::uint64_t> readVersion(const std::string& text);

} // namespace gatehouse::importers
