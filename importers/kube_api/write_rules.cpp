#include "importers/kube_api/write_rules.h"

#include "importers/kube_api/value_tools.h"

namespace gatehouse::importers {

using model::Value;

namespace {

/// Set by the server: what clients send of them is left out.
constexpr std::string_view serverMetadata[] = {"uid",        "resourceVersion",   "creationTimestamp",
                                               "generation", "deletionTimestamp", "deletionGracePeriodSeconds",
                                               "selfLink",   "managedFields"};

} // namespace

void dropServerMetadata(Value& metadata)
{
    for (const std::string_view name : serverMetadata)
        metadata.erase(name);
}

std::string definedAt(const StoredObject& object)
{
    const model::SourceLocation& source = object.place;
    if (!source.file)
        return "a file";
    return *source.file + (source.position.known() ? ':' + std::to_string(source.position.line) : std::string());
}

std::optional<ApiError> checkPreconditions(const StoredObject& live, const std::string& uid,
                                           const std::string& resourceVersion)
{
    const std::string& liveUid = metadataText(*live.document, "uid");
    if (!uid.empty() && uid != liveUid)
        return conflict(*live.kind, live.name.name,
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid);
    if (!resourceVersion.empty() && resourceVersion != std::to_string(live.version))
        return modifiedMeanwhile(*live.kind, live.name.name);
    return std::nullopt;
}

} // namespace gatehouse::importers
