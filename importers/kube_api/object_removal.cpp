#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"
#include "importers/kube_api/write_rules.h"

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

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
            forbidden(kind, request.name.name, "it is defined by " + definedAt(*live) + "; the file wins")};
    if (kind.kind == "Namespace" && kind.group.empty())
        return removeNamespace(live, request.dryRun);
    const bool waits = hasItems(live->document->find("metadata")->find("finalizers"));
    cascaded_ = false;
    if (conditions.propagation == Propagation::Orphan && !request.dryRun)
        orphanDependents(*live);
    Written written;
    if (waits && (request.dryRun || conditions.propagation != Propagation::Foreground)) {
        written = markDeleted(live, request.dryRun);
    } else if (request.dryRun) {
        written.object = live;
        written.gone = true;
    } else {
        if (conditions.propagation == Propagation::Foreground)
            removeForeground(live);
        else
            erase(live);
        const ObjectPtr left = store_.find(kind, request.name);
        written.object = left ? left : live;
        written.gone = !left;
        written.changed = left != live;
    }
    written.cascaded = cascaded_;
    return written;
}

/// The object stays until its finalizers are gone (Kubernetes documentation, "Finalizers"); `finalizer`, if any, is one
/// more of them.
Written ObjectWriter::markDeleted(const ObjectPtr& live, bool dryRun, std::string_view finalizer)
{
    Written written;
    written.object = live;
    if (live->document->find("metadata")->find("deletionTimestamp"))
        return written;
    Value document = *live->document;
    Value& metadata = memberObject(document, "metadata");
    metadata.set("deletionTimestamp", nowText());
    metadata.set("deletionGracePeriodSeconds", 0);
    if (!finalizer.empty()) {
        Value finalizers = Value::array();
        for (const Value& one : items(metadata, "finalizers"))
            finalizers.push(one);
        finalizers.push(std::string(finalizer));
        metadata.set("finalizers", std::move(finalizers));
    }
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
    collectDependents(*live);
    releaseOwners(*live);
    if (live->kind->namespaced)
        finishNamespace(live->name.namespace_);
    return true;
}

} // namespace gatehouse::importers
