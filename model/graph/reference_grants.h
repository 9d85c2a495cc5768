#pragma once

#include "model/graph/graph.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace gatehouse::model {

/// All ReferenceGrants of a set, so that one permission is looked up in constant time. Built on first use. Lifetime: of
/// the set. Thread: one.
class GrantIndex {
public:
    explicit GrantIndex(const ResourceSet& resources) : resources_(resources) {}

    /// As model::isGranted().
    [[nodiscard]] bool allows(const GrantQuery& query);

private:
    void build();

    const ResourceSet& resources_;
    bool built_ = false;
    struct Names {
        bool all = false;
        std::unordered_set<std::string> names;
    };
    std::unordered_map<std::string, Names> byPermission_;
};

/// The first ReferenceGrant by name that allows a reference into its namespace; null when none does. Lifetime: of the
/// set. Thread: any.
const ReferenceGrant* grantFor(const ResourceSet& resources, const GrantQuery& query);

/// What would allow a reference, for people: which ReferenceGrant, from, to and in which namespace.
std::string grantAdvice(const GrantQuery& query);

/// The smallest ReferenceGrant that would allow a reference, as YAML in one line, ready for `kubectl apply -f -`.
std::string grantManifest(const GrantQuery& query);

} // namespace gatehouse::model
