#include "importers/kube_api/object_writer.h"

#include "importers/kube_api/value_tools.h"

// The life of Namespaces: what is created in one needs it, and what is in one goes with it.

namespace gatehouse::importers {

using model::Value;

namespace {

const ApiKind& namespaceKind()
{
    static const ApiKind& kind = *findApiKindOf("", "Namespace");
    return kind;
}

bool isTerminating(const StoredObject& namespace_)
{
    return namespace_.document->find("metadata")->find("deletionTimestamp") != nullptr;
}

} // namespace

void ObjectWriter::assumeNamespace(const std::string& name)
{
    const ApiKind& kind = namespaceKind();
    if (store_.find(kind, {{}, name}))
        return;
    Value object = Value::object();
    object.set("apiVersion", "v1");
    object.set("kind", "Namespace");
    Value& metadata = object.set("metadata", Value::object());
    metadata.set("name", name);
    stampNew(kind, metadata);
    completeObject(kind, object);
    object.set("status", initialStatus(kind));
    StoredObject stored;
    stored.kind = &kind;
    stored.name = {{}, name};
    stored.origin = Origin::Assumed;
    store_.put(std::move(stored), std::move(object));
}

std::optional<ApiError> ObjectWriter::checkNamespace(const ApiKind& kind, const model::ObjectName& name) const
{
    if (!kind.namespaced)
        return std::nullopt;
    const ObjectPtr found = store_.find(namespaceKind(), {{}, name.namespace_});
    if (!found)
        return notFound(namespaceKind(), name.namespace_);
    if (isTerminating(*found))
        return forbidden(kind, name.name,
                         "unable to create new content in namespace " + name.namespace_ +
                             " because it is being terminated");
    return std::nullopt;
}

/// Deletes what clients own in a namespace; false while anything has to wait for its finalizers.
bool ObjectWriter::emptyNamespace(const std::string& name)
{
    std::vector<ObjectPtr> content;
    for (const ApiKind* kind : store_.kinds())
        if (kind->namespaced)
            store_.each(*kind, name, [&](const ObjectStore::Slot& slot) { content.push_back(slot.object); });
    bool empty = true;
    for (const ObjectPtr& object : content) {
        if (object->origin == Origin::File)
            continue;
        const bool waits =
            object->origin == Origin::Applied && hasItems(object->document->find("metadata")->find("finalizers"));
        empty = empty && !waits;
        if (waits)
            markDeleted(object, false);
        else
            store_.remove(*object->kind, object->name);
    }
    return empty;
}

Answer<Written> ObjectWriter::removeNamespace(const ObjectPtr& live, bool dryRun)
{
    const std::string& name = live->name.name;
    if (name == "default" || name == "kube-system")
        return model::Unexpected{forbidden(*live->kind, name, "this namespace may not be deleted")};
    Written written;
    written.object = live;
    if (dryRun)
        return written;
    written.changed = true;
    const bool empty = emptyNamespace(name);
    if (empty && !hasItems(live->document->find("metadata")->find("finalizers"))) {
        written.gone = true;
        store_.remove(*live->kind, live->name);
        // What files define stays, and so their namespace is assumed to exist as before.
        if (store_.hasContent(name)) {
            assumeNamespace(name);
            written.warnings.push_back("namespace " + name + " stays: files define objects in it");
        }
        return written;
    }
    if (!isTerminating(*live)) {
        Value document = *live->document;
        Value& metadata = memberObject(document, "metadata");
        metadata.set("deletionTimestamp", nowText());
        memberObject(document, "status").set("phase", "Terminating");
        StoredObject object = *live;
        written.object = store_.put(std::move(object), std::move(document));
    }
    return written;
}

/// A terminating namespace goes with the last of its objects.
void ObjectWriter::finishNamespace(const std::string& name)
{
    const ObjectPtr found = store_.find(namespaceKind(), {{}, name});
    if (!found || !isTerminating(*found))
        return;
    if (!store_.hasContent(name) && !hasItems(found->document->find("metadata")->find("finalizers")))
        store_.remove(*found->kind, found->name);
}

} // namespace gatehouse::importers
