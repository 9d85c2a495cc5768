#include "importers/kube_api/object_store.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"

#include <algorithm>
#include <utility>

namespace gatehouse::importers {

using model::Value;

ObjectStore::ObjectStore(std::uint64_t firstVersion, std::size_t history)
    : first_(firstVersion), version_(firstVersion), history_(std::max<std::size_t>(history, 1))
{
}

ObjectStore::KindState& ObjectStore::state(const ApiKind& kind)
{
    const auto [it, fresh] = kinds_.try_emplace(&kind);
    if (fresh)
        it->second.log.forgotten = it->second.log.newest = first_;
    return it->second;
}

ObjectPtr ObjectStore::find(const ApiKind& kind, const model::ObjectName& name) const
{
    const auto kindState = kinds_.find(&kind);
    if (kindState == kinds_.end())
        return nullptr;
    const auto slot = kindState->second.table.find(name);
    return slot == kindState->second.table.end() ? nullptr : slot->second.object;
}

ObjectStore::Table& ObjectStore::table(const ApiKind& kind)
{
    return state(kind).table;
}

const EventLog& ObjectStore::log(const ApiKind& kind)
{
    return state(kind).log;
}

std::vector<const ApiKind*> ObjectStore::kinds() const
{
    std::vector<const ApiKind*> all;
    for (const ApiKind& kind : apiKinds()) // in the order of that table, so that what is derived is deterministic
        if (kinds_.contains(&kind))
            all.push_back(&kind);
    return all;
}

bool ObjectStore::hasContent(const std::string& namespace_) const
{
    return std::any_of(kinds_.begin(), kinds_.end(), [&](const auto& entry) {
        const Table& all = entry.second.table;
        const auto first = entry.first->namespaced ? all.lower_bound({namespace_, {}}) : all.end();
        return first != all.end() && first->first.namespace_ == namespace_;
    });
}

ObjectPtr ObjectStore::put(StoredObject object, Value document)
{
    object.version = ++version_;
    memberObject(document, "metadata").set("resourceVersion", std::to_string(version_));
    document.shrink();
    object.document = std::make_shared<const Value>(std::move(document));
    auto stored = std::make_shared<const StoredObject>(std::move(object));
    Slot& slot = state(*stored->kind).table[stored->name];
    record(*stored->kind, {version_, slot.object, stored});
    if (slot.object)
        unlink(*slot.object);
    link(*stored);
    slot.object = stored;
    return stored;
}

ObjectPtr ObjectStore::remove(const ApiKind& kind, const model::ObjectName& name)
{
    Table& all = table(kind);
    const auto slot = all.find(name);
    if (slot == all.end())
        return nullptr;
    StoredObject last = *slot->second.object;
    last.version = ++version_;
    // Watches continue behind a removal by its version, so the last state carries it.
    Value document = *last.document;
    memberObject(document, "metadata").set("resourceVersion", std::to_string(version_));
    last.document = std::make_shared<const Value>(std::move(document));
    unlink(*slot->second.object);
    all.erase(slot);
    auto gone = std::make_shared<const StoredObject>(std::move(last));
    record(kind, {version_, gone, nullptr});
    return gone;
}

void ObjectStore::link(const StoredObject& object)
{
    if (object.origin != Origin::Applied)
        return;
    for (const Value& owner : items(*object.document->find("metadata"), "ownerReferences"))
        dependents_[text(owner, "uid")].emplace(object.kind, object.name);
}

void ObjectStore::unlink(const StoredObject& object)
{
    for (const Value& owner : items(*object.document->find("metadata"), "ownerReferences")) {
        const auto found = dependents_.find(text(owner, "uid"));
        if (found == dependents_.end())
            continue;
        found->second.erase({object.kind, object.name});
        if (found->second.empty())
            dependents_.erase(found);
    }
}

std::vector<ObjectPtr> ObjectStore::dependents(const std::string& uid) const
{
    std::vector<ObjectPtr> all;
    // The kinds lie in one table, so that their addresses have its order.
    if (const auto found = dependents_.find(uid); found != dependents_.end())
        for (const auto& [kind, name] : found->second)
            all.push_back(find(*kind, name));
    return all;
}

std::vector<ObjectStore::Id> ObjectStore::takeChanges()
{
    changed_.clear();
    return std::exchange(changes_, {});
}

void ObjectStore::record(const ApiKind& kind, StoreEvent event)
{
    const Id id{&kind, (event.after ? event.after : event.before)->name};
    if (changed_.insert(id).second)
        changes_.push_back(id);
    EventLog& log = state(kind).log;
    log.newest = event.version;
    log.events.push_back(std::move(event));
    if (log.events.size() > history_) {
        log.forgotten = log.events.front().version;
        log.events.pop_front();
    }
}

} // namespace gatehouse::importers
