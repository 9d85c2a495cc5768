#pragma once

#include "model/base/diagnostic.h"
#include "model/base/value.h"
#include "model/schema/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// apiVersion split at its slash; the core group is "".
struct GroupVersion {
    std::string group;
    std::string version;
};
GroupVersion splitApiVersion(std::string_view apiVersion);
/// "v1" for core, "group/version" otherwise.
std::string joinApiVersion(std::string_view group, std::string_view version);

/// Which of our kinds an object is, after names that kinds had in earlier releases are taken into account.
struct KnownKind {
    const model::KindSchema* schema = nullptr; ///< null: none of ours
    std::string version;                       ///< as written
    bool renamed = false;                      ///< group or kind had another name then
};
KnownKind findKnownKind(const GroupVersion& apiVersion, std::string_view kind);

/// True when the kind ever had the version that is written.
bool versionExists(const KnownKind& known);
/// True when the object deserves a deprecation warning.
bool isDeprecated(const KnownKind& known);

/// Brings an object of an old version into the canonical shape, in place. Appends a Warning (GH1302) for each
/// experimental field that has moved since. `context` names the object.
void convert(const KnownKind& known, model::Value& object, const model::CheckContext& context,
             std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::importers
