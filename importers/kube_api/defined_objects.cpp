#include "importers/kube_api/defined_objects.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/api_documents.h"
#include "importers/kube_api/value_tools.h"

#include <algorithm>

namespace gatehouse::importers {

using model::Value;

namespace {

bool besidesSpec(std::string_view name)
{
    return name == "metadata" || name == "status";
}

bool isAssumedByAll(const std::string& name)
{
    return name == "default" || name == "kube-system";
}

} // namespace

/// Stores what a file or Gatehouse defines (`object.source`): what the source does not say of metadata and status is
/// kept from the object before, so that it stays the same object.
void DefinedObjects::putDefined(StoredObject object, const ObjectPtr& live)
{
    const ApiKind& kind = *object.kind;
    Value document = *object.source;
    Value& metadata = memberObject(document, "metadata");
    Value stamped = Value::object();
    const Value* before = live ? live->document->find("metadata") : nullptr;
    if (!before)
        writer_.stampNew(kind, stamped);
    for (const char* name : {"uid", "creationTimestamp"})
        if (!metadata.find(name))
            metadata.set(name, before && before->find(name) ? *before->find(name) : *stamped.find(name));
    if (countsGenerations(kind)) {
        const std::int64_t old = before ? number(*before, "generation", 1) : 0;
        const bool same = live && sameBut(document, *live->document, besidesSpec);
        metadata.set("generation", old + (same ? 0 : 1));
    }
    completeObject(kind, document);
    if (!document.find("status")) {
        const Value* status = live ? live->document->find("status") : nullptr;
        Value kept = status && object.origin == Origin::File ? *status : initialStatus(kind);
        if (!kept.isNull())
            document.set("status", std::move(kept));
    }
    if (kind.namespaced)
        writer_.assumeNamespace(object.name.namespace_);
    const model::ObjectName name = object.name;
    store_.put(std::move(object), std::move(document));
    store_.table(kind)[name].seen = sync_;
}

void DefinedObjects::syncFile(const model::Resource& resource)
{
    const ApiKind* kind = resource.document ? findApiKindOf(resource.key.group, resource.key.kind) : nullptr;
    if (!kind)
        return;
    model::ObjectName name = resource.key.name;
    if (kind->kind == "Endpoints")
        name.name = metadataText(*resource.document, "name"); // its subsets are resources of their own
    ObjectStore::Table& table = store_.table(*kind);
    const auto slot = table.find(name);
    const ObjectPtr live = slot == table.end() ? nullptr : slot->second.object;
    const bool ours = live && live->origin == Origin::File;
    if (ours)
        slot->second.seen = sync_;
    if (ours && live->source == resource.document)
        return;
    StoredObject object;
    object.kind = kind;
    object.name = name;
    object.origin = Origin::File;
    object.source = resource.document;
    object.place = resource.source;
    if (ours && sameContent(*live->source, *resource.document)) {
        object.version = live->version; // it only moved: nothing that anyone sees has changed
        object.document = live->document;
        slot->second.object = std::make_shared<const StoredObject>(std::move(object));
        return;
    }
    if (live && live->origin == Origin::Applied)
        shadowed_[{kind, name}] = live;
    putDefined(std::move(object), live);
}

void DefinedObjects::syncFiles(const model::ResourceSet& files)
{
    if (files.sharesAllWith(files_))
        return dropUnusedNamespaces();
    files_ = files;
    ++sync_;
    // Namespaces first: what is in one needs it.
    for (const auto& [name, resource] : files.namespaces)
        syncFile(*resource);
    files.forEach([&](const model::Resource& resource) {
        if (resource.key.kind != "Namespace")
            syncFile(resource);
    });
    removeUnseen(Origin::File);
    dropUnusedNamespaces();
}

void DefinedObjects::syncDerivedObject(std::shared_ptr<const Value> value)
{
    const GroupVersion version = splitApiVersion(text(*value, "apiVersion"));
    const ApiKind* kind = findApiKindOf(version.group, text(*value, "kind"));
    if (!kind)
        return;
    derivedKinds_.insert(kind);
    const model::ObjectName name{kind->namespaced ? metadataText(*value, "namespace") : std::string(),
                                 metadataText(*value, "name")};
    ObjectStore::Table& table = store_.table(*kind);
    const auto slot = table.find(name);
    const ObjectPtr live = slot == table.end() ? nullptr : slot->second.object;
    if (live && live->origin == Origin::Derived) {
        slot->second.seen = sync_;
        if (sameContent(*live->source, *value))
            return;
    } else if (live && live->origin != Origin::Assumed) {
        return; // what users define goes before what is made for them
    }
    StoredObject object;
    object.kind = kind;
    object.name = name;
    object.origin = Origin::Derived;
    object.source = std::move(value);
    putDefined(std::move(object), live);
}

void DefinedObjects::defineKinds()
{
    // Made once for all endpoints of a program: the definitions are large.
    static const auto definitions = [] {
        std::vector<std::shared_ptr<const Value>> all;
        for (Value& definition : customResourceDefinitions())
            all.push_back(std::make_shared<const Value>(std::move(definition)));
        return all;
    }();
    for (const auto& definition : definitions)
        syncDerivedObject(definition);
}

void DefinedObjects::syncDerived(std::vector<Value> objects)
{
    ++sync_;
    for (Value& object : objects)
        syncDerivedObject(std::make_shared<const Value>(std::move(object)));
    removeUnseen(Origin::Derived);
    dropUnusedNamespaces();
}

/// Removes what the last synchronisation did not bring again; an applied object that a file hid comes back.
void DefinedObjects::removeUnseen(Origin origin)
{
    for (const ApiKind* kind : store_.kinds()) {
        if (kind->kind == "CustomResourceDefinition")
            continue; // see defineKinds()
        if (origin == Origin::Derived && !derivedKinds_.contains(kind))
            continue;
        std::vector<model::ObjectName> gone;
        store_.each(*kind, {}, [&](const ObjectStore::Slot& slot) {
            if (slot.object->origin == origin && slot.seen != sync_)
                gone.push_back(slot.object->name);
        });
        for (const model::ObjectName& name : gone) {
            if (const auto hidden = shadowed_.find({kind, name}); hidden != shadowed_.end()) {
                StoredObject back = *hidden->second;
                Value document = *back.document;
                shadowed_.erase(hidden);
                store_.put(std::move(back), std::move(document));
                continue;
            }
            store_.remove(*kind, name);
            if (kind->kind == "Namespace" && store_.hasContent(name.name))
                writer_.assumeNamespace(name.name);
        }
    }
}

/// Namespaces that only files needed go with the last object in them.
void DefinedObjects::dropUnusedNamespaces()
{
    const ApiKind* kind = findApiKindOf("", "Namespace");
    std::vector<model::ObjectName> unused;
    store_.each(*kind, {}, [&](const ObjectStore::Slot& slot) {
        const StoredObject& object = *slot.object;
        if (object.origin == Origin::Assumed && !isAssumedByAll(object.name.name) &&
            !store_.hasContent(object.name.name))
            unused.push_back(object.name);
    });
    for (const model::ObjectName& name : unused)
        store_.remove(*kind, name);
}

void DefinedObjects::noteChanges()
{
    for (const Id& id : store_.takeChanges()) {
        unjoined_.insert(id);
        unwritten_.insert(id);
    }
}

/// Only what is new since the last time, and what else became of an object since, can differ from what it has.
void DefinedObjects::writeStatuses(const model::Statuses& statuses)
{
    noteChanges();
    forEachDifference(written_, statuses,
                      [&](const model::ObjectKey& key, const auto*, const std::shared_ptr<const Value>* status) {
                          if (const ApiKind* kind = status ? findApiKindOf(key.group, key.kind) : nullptr)
                              writeStatus(*kind, key.name, **status);
                      });
    for (const auto& [kind, name] : unwritten_)
        if (const auto status = statuses.find({std::string(kind->group), std::string(kind->kind), name});
            status != statuses.end())
            writeStatus(*kind, name, *status->second);
    written_ = statuses;
    noteChanges();
    unwritten_.clear();
}

void DefinedObjects::writeStatus(const ApiKind& kind, const model::ObjectName& name, const Value& status)
{
    const ObjectPtr live = store_.find(kind, name);
    if (!live)
        return;
    if (const Value* old = live->document->find("status"); old && sameContent(*old, status))
        return;
    Value document = *live->document;
    document.set("status", status);
    StoredObject object = *live;
    store_.put(std::move(object), std::move(document));
}

} // namespace gatehouse::importers
