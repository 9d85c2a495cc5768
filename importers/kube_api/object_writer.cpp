#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/managed_fields.h"
#include "importers/kube_api/value_tools.h"
#include "model/schema/timestamp.h"

#include <algorithm>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

/// Set by the server: what clients send of them is left out.
constexpr std::string_view serverMetadata[] = {"uid",        "resourceVersion",   "creationTimestamp",
                                               "generation", "deletionTimestamp", "deletionGracePeriodSeconds",
                                               "selfLink",   "managedFields"};

bool besidesSpec(std::string_view name)
{
    return name == "metadata" || name == "status";
}

/// Metadata that a write to the main resource does not decide.
bool isBookkeeping(std::string_view name)
{
    return name == "resourceVersion" || name == "generation" || name == "managedFields" || name == "selfLink";
}

void dropServerMetadata(Value& metadata)
{
    for (const std::string_view name : serverMetadata)
        metadata.erase(name);
}

void copyMember(const Value& from, Value& to, std::string_view name)
{
    if (const Value* member = from.find(name))
        to.set(name, *member);
    else
        to.erase(name);
}

/// Same content besides status and what the server keeps in metadata: a write that changes nothing.
bool sameForClients(const Value& a, const Value& b)
{
    const Value* metadataA = a.find("metadata");
    const Value* metadataB = b.find("metadata");
    return metadataA && metadataB && sameBut(*metadataA, *metadataB, isBookkeeping) && sameBut(a, b, besidesSpec);
}

bool sameMember(const Value& a, const Value& b, std::string_view name)
{
    const Value* x = a.find(name);
    const Value* y = b.find(name);
    return x && y ? sameContent(*x, *y) : x == y;
}

/// The managedFields of a body where they are others than the object's; null where they are the same or left out.
/// `[{}]` resets them (Kubernetes documentation, "Clearing managedFields").
Value sentOwners(const Value& metadata, const Value& liveMetadata)
{
    const Value* sent = metadata.find("managedFields");
    const Value* live = liveMetadata.find("managedFields");
    if (!hasItems(sent) || (live && sameContent(*sent, *live)))
        return {};
    Value object = Value::object();
    object.set("metadata", Value::object()).set("managedFields", *sent);
    return object;
}

/// A write that leaves everything as it is, the owners of fields included. Of kinds with a status subresource the
/// status plays no part.
bool changesNothing(const WriteRequest& request, const Value& before, const Value& after)
{
    if (!sameForClients(before, after) || (!request.kind->hasStatus && !sameMember(before, after, "status")))
        return false;
    const Value* owners = before.find("metadata")->find("managedFields");
    if (request.sentOwners)
        return false;
    return !request.managedFields || (owners && sameContent(*owners, *request.managedFields));
}

std::string fromWhere(const StoredObject& object)
{
    const model::SourceLocation& source = object.place;
    if (!source.file)
        return "a file";
    return *source.file + (source.position.known() ? ':' + std::to_string(source.position.line) : std::string());
}

std::string shownName(const StoredObject& object)
{
    return std::string(object.kind->kind) + ' ' + toString(object.name);
}

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

Answer<Written> ObjectWriter::update(const WriteRequest& request, Value body)
{
    const ApiKind& kind = *request.kind;
    const ObjectPtr live = store_.find(kind, request.name);
    if (!live)
        return Unexpected{notFound(kind, request.name.name)};
    if (auto error = checkTypeMeta(body, kind, request.version))
        return Unexpected{std::move(*error)};
    const Value& metadata = memberObject(body, "metadata");
    const std::string name = text(metadata, "name"), namespace_ = text(metadata, "namespace");
    if (!name.empty() && name != request.name.name)
        return Unexpected{badRequest("the name of the object (" + name + ") does not match the name on the URL (" +
                                     request.name.name + ')')};
    if (kind.namespaced && !namespace_.empty() && namespace_ != request.name.namespace_)
        return Unexpected{
            badRequest("the namespace of the provided object does not match the namespace sent on the request")};
    if (auto error = checkPreconditions(*live, text(metadata, "uid"), text(metadata, "resourceVersion")))
        return Unexpected{std::move(*error)};
    if (live->origin == Origin::Derived)
        return Unexpected{forbidden(kind, request.name.name,
                                    "Gatehouse makes this object itself; change the object that it is made for")};
    if (request.subresource == "status")
        return updateStatus(request, body, live);
    if (live->origin == Origin::File) {
        Written written;
        written.object = live;
        written.warnings.push_back(shownName(*live) + " is defined by " + fromWhere(*live) + "; the file wins");
        return written;
    }
    return updateMain(request, std::move(body), live);
}

Answer<Written> ObjectWriter::updateMain(WriteRequest request, Value body, const ObjectPtr& live)
{
    const ApiKind& kind = *request.kind;
    const Value& before = *live->document;
    const Value& liveMetadata = *before.find("metadata");
    Value& metadata = memberObject(body, "metadata");
    if (Value owners = sentOwners(metadata, liveMetadata); !owners.isNull())
        request.sentOwners = std::move(owners);
    dropServerMetadata(metadata);
    metadata.set("name", live->name.name);
    if (kind.namespaced)
        metadata.set("namespace", live->name.namespace_);
    for (const char* name : {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"})
        copyMember(liveMetadata, metadata, name);
    // Most writes change the spec, so its next generation is what is decoded; the others are decoded once more.
    const std::int64_t generation = number(liveMetadata, "generation", 0);
    if (generation > 0)
        metadata.set("generation", generation + 1);
    if (kind.hasStatus)
        copyMember(before, body, "status");
    const Value* status = kind.kind == "Pod" ? body.find("status") : nullptr;
    Value keptStatus = status ? *status : Value();
    if (kind.hasStatus && !status)
        body.erase("status");
    completeObject(kind, body);
    auto admitted = admit({&kind, request.version, std::move(body), request.fieldValidation});
    if (!admitted)
        return Unexpected{admitted.error()};
    if (auto faults = immutableFaults(kind, before, admitted->document); !faults.empty())
        return Unexpected{invalid(kind, live->name.name, std::move(faults))};
    Written written;
    if (live->origin == Origin::Applied && changesNothing(request, before, admitted->document)) {
        written.object = live;
        written.warnings = std::move(admitted->warnings);
        return written;
    }
    if (generation > 0 && sameBut(before, admitted->document, besidesSpec)) {
        Value again = std::move(admitted->document);
        memberObject(again, "metadata").set("generation", generation);
        if (!keptStatus.isNull())
            again.set("status", keptStatus);
        std::vector<std::string> warnings = std::move(admitted->warnings);
        admitted = admit({&kind, std::string(kind.versions.front()), std::move(again), FieldValidation::Ignore});
        if (!admitted)
            return Unexpected{admitted.error()};
        admitted->warnings = std::move(warnings);
    }
    Value& document = admitted->document;
    if (kind.hasStatus)
        copyMember(before, document, "status");
    StoredObject object;
    object.kind = &kind;
    object.name = live->name;
    object.resources = std::move(admitted->resources);
    recordManager(request, &before, document);
    const Value* after = document.find("metadata");
    const bool released = after->find("deletionTimestamp") && !hasItems(after->find("finalizers"));
    written = keep(std::move(object), std::move(document), request.dryRun);
    written.warnings = std::move(admitted->warnings);
    if (released && !request.dryRun)
        written.gone = erase(written.object);
    return written;
}

Answer<Written> ObjectWriter::updateStatus(const WriteRequest& request, const Value& body, const ObjectPtr& live)
{
    Value document = *live->document;
    copyMember(body, document, "status");
    if (changesNothing(request, *live->document, document) && sameMember(*live->document, document, "status")) {
        Written written;
        written.object = live;
        return written;
    }
    recordManager(request, live->document.get(), document);
    StoredObject object = *live;
    if (live->kind->kind == "Pod") { // the one kind whose status the model reads
        Value decoded = document;
        memberObject(decoded, "metadata").erase("resourceVersion");
        auto admitted =
            admit({live->kind, std::string(live->kind->versions.front()), std::move(decoded), FieldValidation::Ignore});
        if (!admitted)
            return Unexpected{admitted.error()};
        object.resources = std::move(admitted->resources);
    }
    return keep(std::move(object), std::move(document), request.dryRun);
}

Answer<Written> ObjectWriter::remove(const WriteRequest& request, const DeleteConditions& conditions)
{
    const ApiKind& kind = *request.kind;
    const ObjectPtr live = store_.find(kind, request.name);
    if (!live)
        return Unexpected{notFound(kind, request.name.name)};
    if (auto error = checkPreconditions(*live, conditions.uid, conditions.resourceVersion))
        return Unexpected{std::move(*error)};
    if (live->origin == Origin::Derived)
        return Unexpected{forbidden(kind, request.name.name,
                                    "Gatehouse makes this object itself; delete the object that it is made for")};
    if (live->origin == Origin::File)
        return Unexpected{
            forbidden(kind, request.name.name, "it is defined by " + fromWhere(*live) + "; the file wins")};
    if (kind.kind == "Namespace" && kind.group.empty())
        return removeNamespace(live, request.dryRun);
    if (hasItems(live->document->find("metadata")->find("finalizers")))
        return markDeleted(live, request.dryRun);
    Written written;
    written.object = live;
    written.gone = true;
    if (!request.dryRun)
        written.changed = erase(live);
    return written;
}

/// The object stays until its finalizers are gone (Kubernetes documentation, "Finalizers").
Written ObjectWriter::markDeleted(const ObjectPtr& live, bool dryRun)
{
    Written written;
    written.object = live;
    if (live->document->find("metadata")->find("deletionTimestamp"))
        return written;
    Value document = *live->document;
    Value& metadata = memberObject(document, "metadata");
    metadata.set("deletionTimestamp", nowText());
    metadata.set("deletionGracePeriodSeconds", 0);
    if (const std::int64_t generation = number(metadata, "generation", 0); generation > 0)
        metadata.set("generation", generation + 1);
    StoredObject object = *live;
    if (live->kind->schema) {
        Value decoded = document;
        memberObject(decoded, "metadata").erase("resourceVersion");
        // The object was admitted before, and its resources keep what they have if anything is wrong now.
        if (auto admitted = admit(
                {live->kind, std::string(live->kind->versions.front()), std::move(decoded), FieldValidation::Ignore}))
            object.resources = std::move(admitted->resources);
    }
    return keep(std::move(object), std::move(document), dryRun);
}

bool ObjectWriter::erase(const ObjectPtr& live)
{
    if (!store_.remove(*live->kind, live->name))
        return false;
    if (live->kind->namespaced)
        finishNamespace(live->name.namespace_);
    return true;
}

} // namespace gatehouse::importers
