#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"
#include "importers/kube_api/write_rules.h"

#include <algorithm>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

bool besidesSpec(std::string_view name)
{
    return name == "metadata" || name == "status";
}

/// Metadata that a write to the main resource does not decide.
bool isBookkeeping(std::string_view name)
{
    return name == "resourceVersion" || name == "generation" || name == "managedFields" || name == "selfLink";
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

/// Name and life of the object stay what they are, whatever a body says.
void keepIdentity(const StoredObject& live, Value& body)
{
    Value& metadata = memberObject(body, "metadata");
    dropServerMetadata(metadata);
    metadata.set("name", live.name.name);
    if (live.kind->namespaced)
        metadata.set("namespace", live.name.namespace_);
    for (const char* name : {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"})
        copyMember(*live.document->find("metadata"), metadata, name);
}

/// The status is not the main resource's to write. It is admitted only where the model reads it.
void keepStatus(const ApiKind& kind, const Value& before, Value& body)
{
    if (kind.kind == "Pod")
        copyMember(before, body, "status");
    else if (kind.hasStatus)
        body.erase("status");
}

std::string shownName(const StoredObject& object)
{
    return std::string(object.kind->kind) + ' ' + toString(object.name);
}

} // namespace

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
        written.warnings.push_back(shownName(*live) + " is defined by " + definedAt(*live) + "; the file wins");
        return written;
    }
    return updateMain(request, std::move(body), live);
}

Answer<Written> ObjectWriter::updateMain(WriteRequest request, Value body, const ObjectPtr& live)
{
    const ApiKind& kind = *request.kind;
    const Value& before = *live->document;
    if (Value owners = sentOwners(memberObject(body, "metadata"), *before.find("metadata")); !owners.isNull())
        request.sentOwners = std::move(owners);
    keepIdentity(*live, body);
    keepStatus(kind, before, body);
    // Most writes change the spec, so its next generation is what is decoded; the others are decoded once more.
    const std::int64_t generation = number(*before.find("metadata"), "generation", 0);
    if (generation > 0)
        memberObject(body, "metadata").set("generation", generation + 1);
    completeObject(kind, body);
    auto admitted = admit({&kind, request.version, std::move(body), request.fieldValidation});
    if (!admitted)
        return Unexpected{admitted.error()};
    if (auto faults = immutableFaults(kind, before, admitted->document); !faults.empty())
        return Unexpected{invalid(kind, live->name.name, std::move(faults))};
    Written written;
    written.warnings = std::move(admitted->warnings);
    if (live->origin == Origin::Applied && changesNothing(request, before, admitted->document)) {
        written.object = live;
        return written;
    }
    if (generation > 0 && sameBut(before, admitted->document, besidesSpec)) {
        Value again = std::move(admitted->document);
        memberObject(again, "metadata").set("generation", generation);
        keepStatus(kind, before, again);
        admitted = admit({&kind, std::string(kind.versions.front()), std::move(again), FieldValidation::Ignore});
        if (!admitted)
            return Unexpected{admitted.error()};
    }
    Value& document = admitted->document;
    if (kind.hasStatus)
        copyMember(before, document, "status");
    recordManager(request, &before, document);
    const Value* metadata = document.find("metadata");
    const bool released = metadata->find("deletionTimestamp") && !hasItems(metadata->find("finalizers"));
    StoredObject object;
    object.kind = &kind;
    object.name = live->name;
    object.resources = std::move(admitted->resources);
    Written kept = keep(std::move(object), std::move(document), request.dryRun);
    kept.warnings = std::move(written.warnings);
    cascaded_ = false;
    if (released && !request.dryRun)
        kept.gone = erase(kept.object);
    kept.cascaded = cascaded_;
    return kept;
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

} // namespace gatehouse::importers
