#pragma once

#include "model/schema/schema.h"

#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// A resource that the API endpoint serves: a row of discovery. Lifetime: static table. Thread: immutable.
struct ApiKind {
    std::string_view group; ///< "" for core
    std::string_view kind, plural, singular;
    std::vector<std::string_view> shortNames, categories;
    std::vector<std::string_view> versions; ///< served, preferred first; the first is the one that is stored
    bool namespaced = true;
    bool hasStatus = false;                     ///< serves PLURAL/status
    bool custom = false;                        ///< defined by a CustomResourceDefinition
    bool readOnly = false;                      ///< made by Gatehouse alone: get, list and watch
    const model::KindSchema* schema = nullptr;  ///< null: metadata is checked, the rest is kept as it is
    std::vector<std::string_view> subresources; ///< besides status: "log", "scale"
};

/// Every kind that is served: all of product contract section 2, and Node, Event (core and events.k8s.io),
/// ServiceAccount, CustomResourceDefinition, ReplicaSet, Lease. Sorted by group, then plural.
const std::vector<ApiKind>& apiKinds();
/// By group, version and plural; null when it is not served.
const ApiKind* findApiKind(std::string_view group, std::string_view version, std::string_view plural);
/// By group and kind; null when it is not served.
const ApiKind* findApiKindOf(std::string_view group, std::string_view kind);

} // namespace gatehouse::importers
