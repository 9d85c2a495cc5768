#pragma once

#include "model/base/value.h"

#include <optional>
#include <string_view>

namespace gatehouse::importers {

// The documents by which clients learn what is served. All are made from servedResources(). Thread: any.

/// GET /version (version.Info): the release of Kubernetes whose behaviour clients may count on.
model::Value versionInfo();
/// GET /api: APIVersions.
model::Value coreVersions();
/// GET /apis: APIGroupList. GET /apis/G: APIGroup; nullopt when the group is not served.
model::Value groupList();
std::optional<model::Value> groupDocument(std::string_view group);
/// GET /api/v1 and /apis/G/V: APIResourceList; nullopt when it is not served.
std::optional<model::Value> resourceList(std::string_view group, std::string_view version);

/// Both trees have an aggregated form, which answers everything at once.
enum class DiscoveryTree { Core, Groups };
/// APIGroupDiscoveryList of `apidiscovery.k8s.io/VERSION`, for the versions v2 and v2beta1, which have the same shape.
model::Value aggregatedDiscovery(DiscoveryTree tree, std::string_view version);

} // namespace gatehouse::importers
