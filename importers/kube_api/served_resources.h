#pragma once

#include "importers/kube_api/api_kinds.h"

#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// A kind by group and version, as an object's apiVersion and kind say it.
struct GroupVersionKind {
    std::string_view group, version, kind;
};

/// A path below an object: "status", "log", "scale".
struct ServedSubresource {
    std::string_view name;
    GroupVersionKind kind; ///< what is read and written there
    std::vector<std::string_view> verbs;
};

/// One resource in one version, as discovery and OpenAPI list it. Besides the rows of apiKinds() these are the review
/// resources, which are asked with POST and never stored. Lifetime: static table. Thread: immutable.
struct ServedResource {
    GroupVersionKind kind;
    std::string_view plural, singular;
    std::vector<std::string_view> shortNames, categories, verbs;
    bool namespaced = true;
    std::vector<ServedSubresource> subresources;
    const ApiKind* stored = nullptr; ///< null for a review
};

/// A group with its versions, preferred first.
struct ServedGroup {
    std::string_view name; ///< "" for core
    std::vector<std::string_view> versions;
};

/// Sorted by group, then plural; the versions of one resource follow each other, preferred first.
const std::vector<ServedResource>& servedResources();
/// Core first, then by name.
const std::vector<ServedGroup>& servedGroups();

/// True when `a` comes before `b` in the order of preference of Kubernetes: stable before beta before alpha, and newer
/// before older ("v2", "v1", "v1beta1", "v1alpha3", "v1alpha2"). (Kubernetes documentation, "Version priority".)
bool versionComesFirst(std::string_view a, std::string_view b);

} // namespace gatehouse::importers
