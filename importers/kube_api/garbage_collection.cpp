#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/value_tools.h"

#include <algorithm>

// What ownerReferences say (Kubernetes documentation, "Garbage Collection"): objects go with the last of their owners.
// A cluster's collector comes later; here dependents are dealt with inside the write that takes their owner.

namespace gatehouse::importers {

using model::Value;

namespace {

constexpr const char* foregroundFinalizer = "foregroundDeletion";

const Value& metadataOf(const StoredObject& object)
{
    return *object.document->find("metadata");
}

bool waitsForDependents(const StoredObject& object)
{
    const Value& metadata = metadataOf(object);
    const auto finalizers = items(metadata, "finalizers");
    return metadata.find("deletionTimestamp") &&
           std::any_of(finalizers.begin(), finalizers.end(), [](const Value& one) {
               const std::string* name = one.asString();
               return name && *name == foregroundFinalizer;
           });
}

/// Whether the owner may only go after `dependent`.
bool blocks(const StoredObject& dependent, const std::string& ownerUid)
{
    const auto owners = items(metadataOf(dependent), "ownerReferences");
    return std::any_of(owners.begin(), owners.end(), [&](const Value& owner) {
        const Value* blocking = owner.find("blockOwnerDeletion");
        return text(owner, "uid") == ownerUid && blocking && blocking->asBool() && *blocking->asBool();
    });
}

/// Where an owner of `dependent` would be; no kind: it is not served here.
std::pair<const ApiKind*, model::ObjectName> ownerPlace(const StoredObject& dependent, const Value& owner)
{
    const ApiKind* kind = findApiKindOf(splitApiVersion(text(owner, "apiVersion")).group, text(owner, "kind"));
    const bool inside = kind && kind->namespaced;
    return {kind, {inside ? dependent.name.namespace_ : std::string(), text(owner, "name")}};
}

} // namespace

/// Whether an owner other than the one with uid `besides` keeps the object. One of a kind that is not served here may
/// well exist; one that waits for its dependents keeps none.
bool ObjectWriter::hasLivingOwner(const StoredObject& object, const std::string& besides) const
{
    const auto owners = items(metadataOf(object), "ownerReferences");
    return std::any_of(owners.begin(), owners.end(), [&](const Value& owner) {
        const std::string uid = text(owner, "uid");
        if (uid == besides)
            return false;
        const auto [kind, name] = ownerPlace(object, owner);
        if (!kind)
            return true;
        const ObjectPtr found = store_.find(*kind, name);
        return found && metadataText(*found->document, "uid") == uid && !waitsForDependents(*found);
    });
}

void ObjectWriter::dropOwner(const ObjectPtr& dependent, const std::string& uid)
{
    Value document = *dependent->document;
    Value& metadata = memberObject(document, "metadata");
    Value kept = Value::array();
    for (const Value& owner : items(metadata, "ownerReferences"))
        if (text(owner, "uid") != uid)
            kept.push(owner);
    if (hasItems(&kept))
        metadata.set("ownerReferences", std::move(kept));
    else
        metadata.erase("ownerReferences");
    store_.put(*dependent, std::move(document));
}

void ObjectWriter::orphanDependents(const StoredObject& owner)
{
    const std::string uid = metadataText(*owner.document, "uid");
    for (const ObjectPtr& dependent : store_.dependents(uid))
        dropOwner(dependent, uid);
}

/// The owner is gone. What no other owner keeps goes, and what that owns, and so on.
void ObjectWriter::collectDependents(const StoredObject& owner)
{
    const std::string uid = metadataText(*owner.document, "uid");
    for (const ObjectPtr& listed : store_.dependents(uid)) {
        const ObjectPtr dependent = store_.find(*listed->kind, listed->name);
        if (!dependent)
            continue; // it went with another of them
        if (hasLivingOwner(*dependent, uid)) {
            dropOwner(dependent, uid);
            continue;
        }
        cascaded_ = cascaded_ || dependent->kind->schema;
        if (hasItems(metadataOf(*dependent).find("finalizers")))
            markDeleted(dependent, false);
        else
            erase(dependent);
    }
}

/// The dependents go first. The mark comes before they do, so that a circle of owners ends.
void ObjectWriter::removeForeground(const ObjectPtr& live)
{
    const std::string uid = metadataText(*live->document, "uid");
    const bool waits = hasItems(metadataOf(*live).find("finalizers"));
    const std::vector<ObjectPtr> dependents = store_.dependents(uid);
    if (metadataOf(*live).find("deletionTimestamp"))
        return;
    if (dependents.empty()) {
        if (waits)
            markDeleted(live, false);
        else
            erase(live);
        return;
    }
    markDeleted(live, false, foregroundFinalizer);
    for (const ObjectPtr& listed : dependents) {
        const ObjectPtr dependent = store_.find(*listed->kind, listed->name);
        if (!dependent)
            continue;
        if (hasLivingOwner(*dependent, uid)) {
            dropOwner(dependent, uid);
            continue;
        }
        cascaded_ = cascaded_ || dependent->kind->schema;
        removeForeground(dependent);
    }
    if (const ObjectPtr left = store_.find(*live->kind, live->name))
        finishForeground(left);
}

/// An owner that waited for `gone` may go now.
void ObjectWriter::releaseOwners(const StoredObject& gone)
{
    for (const Value& owner : items(metadataOf(gone), "ownerReferences")) {
        const auto [kind, name] = ownerPlace(gone, owner);
        const ObjectPtr found = kind ? store_.find(*kind, name) : nullptr;
        if (found && metadataText(*found->document, "uid") == text(owner, "uid"))
            finishForeground(found);
    }
}

void ObjectWriter::finishForeground(const ObjectPtr& owner)
{
    if (!waitsForDependents(*owner))
        return;
    const auto waits = [](const ObjectPtr& object) { return waitsForDependents(*object); };
    const std::string uid = metadataText(*owner->document, "uid");
    const auto dependents = store_.dependents(uid);
    const bool held = std::any_of(dependents.begin(), dependents.end(), [&](const ObjectPtr& dependent) {
        // Owners in a circle would wait for each other for ever. As in a cluster, one that waits for one that waits is
        // taken for part of a circle.
        const auto own = store_.dependents(metadataText(*dependent->document, "uid"));
        const bool circle = waits(dependent) && std::any_of(own.begin(), own.end(), waits);
        return blocks(*dependent, uid) && !circle;
    });
    if (held)
        return;
    Value document = *owner->document;
    Value& metadata = memberObject(document, "metadata");
    Value kept = Value::array();
    for (const Value& one : items(metadata, "finalizers"))
        if (const std::string* name = one.asString(); !name || *name != foregroundFinalizer)
            kept.push(one);
    cascaded_ = cascaded_ || owner->kind->schema;
    if (!hasItems(&kept)) {
        erase(owner);
        return;
    }
    metadata.set("finalizers", std::move(kept));
    store_.put(*owner, std::move(document));
}

} // namespace gatehouse::importers
