#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/managed_fields.h"
#include "importers/kube_api/value_tools.h"
#include "importers/kube_api/write_rules.h"
#include "model/schema/timestamp.h"

#include <functional>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

/// Suffix characters of generateName, as API servers choose them: no vowels, nothing that looks alike.
std::string suffixFrom(const std::string& uid)
{
    constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    std::size_t number = std::hash<std::string>{}(uid);
    std::string suffix;
    for (int i = 0; i < 5; ++i, number /= letters.size())
        suffix += letters[number % letters.size()];
    return suffix;
}

} // namespace

std::string ObjectWriter::nowText() const
{
    return model::formatTimestamp(std::chrono::floor<std::chrono::seconds>(sources_.clock()));
}

void ObjectWriter::stampNew(const ApiKind& kind, Value& metadata)
{
    metadata.set("uid", sources_.newUid());
    metadata.set("creationTimestamp", nowText());
    if (countsGenerations(kind))
        metadata.set("generation", 1);
}

/// Who owns what after a write: as server-side apply decided; else the writer owns what it changed. A client may send
/// other entries than it read, as kubectl does when it takes objects over to server-side apply.
void ObjectWriter::recordManager(const WriteRequest& request, const Value* before, Value& document) const
{
    Value& metadata = memberObject(document, "metadata");
    if (request.managedFields) {
        metadata.set("managedFields", *request.managedFields);
        return;
    }
    const MergeShape shape(*request.kind);
    std::vector<ManagedEntry> entries;
    FieldChanges changes;
    if (before) {
        entries = request.sentOwners ? readManagedFields(*request.sentOwners) : readManagedFields(*before);
        changes = compareFields(*before, document, shape);
    } else {
        changes.changed = fieldsOf(document, shape);
        changes.changed.children.erase("f:status"); // the server's first status is nobody's
    }
    metadata.set("managedFields",
                 managedAfterUpdate(std::move(entries), std::move(changes),
                                    {request.manager, joinApiVersion(request.kind->group, request.version), nowText(),
                                     request.subresource}));
}

Written ObjectWriter::keep(StoredObject object, Value document, bool dryRun)
{
    Written written;
    if (dryRun) {
        if (const ObjectPtr live = store_.find(*object.kind, object.name))
            memberObject(document, "metadata").set("resourceVersion", std::to_string(live->version));
        object.document = std::make_shared<const Value>(std::move(document));
        written.object = std::make_shared<const StoredObject>(std::move(object));
        return written;
    }
    written.object = store_.put(std::move(object), std::move(document));
    written.changed = true;
    return written;
}

/// The name and namespace of an object to create, from path and body.
std::optional<ApiError> ObjectWriter::nameNew(const WriteRequest& request, Value& body) const
{
    Value& metadata = memberObject(body, "metadata");
    const std::string written = text(metadata, "namespace");
    if (request.kind->namespaced && !written.empty() && written != request.name.namespace_)
        return badRequest("the namespace of the provided object does not match the namespace sent on the request");
    if (!text(metadata, "resourceVersion").empty())
        return badRequest("resourceVersion should not be set on objects to be created");
    if (const std::string prefix = text(metadata, "generateName"); text(metadata, "name").empty() && !prefix.empty())
        metadata.set("name", prefix.substr(0, 58) + suffixFrom(sources_.newUid()));
    if (text(metadata, "name").empty())
        return invalid(*request.kind, "",
                       {{"FieldValueRequired", "Required value: name or generateName is required", "metadata.name"}});
    if (!request.name.name.empty() && text(metadata, "name") != request.name.name)
        return badRequest("the name of the object (" + text(metadata, "name") +
                          ") does not match the name on the URL (" + request.name.name + ')');
    dropServerMetadata(metadata);
    metadata.erase("namespace");
    if (request.kind->namespaced)
        metadata.set("namespace", request.name.namespace_);
    return std::nullopt;
}

Answer<Written> ObjectWriter::create(const WriteRequest& request, Value body)
{
    const ApiKind& kind = *request.kind;
    if (auto error = checkTypeMeta(body, kind, request.version))
        return Unexpected{std::move(*error)};
    if (auto error = nameNew(request, body))
        return Unexpected{std::move(*error)};
    const model::ObjectName name{request.name.namespace_, metadataText(body, "name")};
    if (auto error = checkNamespace(kind, name))
        return Unexpected{std::move(*error)};
    if (kind.hasStatus)
        body.erase("status");
    stampNew(kind, memberObject(body, "metadata"));
    completeObject(kind, body);
    auto admitted = admit({&kind, request.version, std::move(body), request.fieldValidation});
    if (!admitted)
        return Unexpected{admitted.error()};
    if (store_.find(kind, name))
        return Unexpected{alreadyExists(kind, name.name)};
    if (Value status = initialStatus(kind); !status.isNull())
        admitted->document.set("status", std::move(status));
    StoredObject object;
    object.kind = &kind;
    object.name = name;
    object.resources = std::move(admitted->resources);
    recordManager(request, nullptr, admitted->document);
    Written written = keep(std::move(object), std::move(admitted->document), request.dryRun);
    written.created = true;
    written.warnings = std::move(admitted->warnings);
    return written;
}

} // namespace gatehouse::importers
