#pragma once

#include "importers/kube_api/api_kinds.h"
#include "model/api/meta.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// Whose an object is, and so who may change it.
enum class Origin : std::uint8_t {
    File,    ///< a manifest defines it: it is shown, and only the manifest changes it
    Applied, ///< clients own it
    Derived, ///< Gatehouse makes it: clients only read it
    Assumed, ///< a Namespace that is there without a definition; a client's write makes it Applied
};

using Resources = std::vector<std::shared_ptr<const model::Resource>>;

/// One state of one object. Lifetime: shared by the store, its history and answers under way. Thread: immutable.
struct StoredObject {
    const ApiKind* kind = nullptr;
    model::ObjectName name; ///< no namespace for cluster-scoped kinds
    Origin origin = Origin::Applied;
    std::uint64_t version = 0;                    ///< metadata.resourceVersion as a number
    std::shared_ptr<const model::Value> document; ///< the complete object in the stored version
    Resources resources;                          ///< what the model reads of it; empty: not a kind that it reads
    std::shared_ptr<const model::Value> source;   ///< File and Derived: the value that it was made from
    model::SourceLocation place;                  ///< File: where
};
using ObjectPtr = std::shared_ptr<const StoredObject>;

/// One change, as watches see it. `before` is null for a new object, `after` for a removed one's successor: then
/// `before` holds the last state, with the version of the removal.
struct StoreEvent {
    std::uint64_t version = 0;
    ObjectPtr before, after;
};

/// The latest changes of one kind, oldest first.
struct EventLog {
    std::deque<StoreEvent> events;
    std::uint64_t forgotten = 0; ///< version of the newest change that is no longer kept
    std::uint64_t newest = 0;    ///< version of the newest change
};

/// Every object by kind and name, with one counter of versions over all, a bounded history for each kind, and what
/// changed since somebody asked last.
/// Cost: a write is logarithmic in the objects of its kind; nothing is linear. Thread: one at a time.
class ObjectStore {
public:
    /// Marks what a synchronisation has seen, to find what is gone.
    struct Slot {
        ObjectPtr object;
        std::uint64_t seen = 0;
    };
    using Table = std::map<model::ObjectName, Slot>;

    /// Versions begin behind `firstVersion`; `history` events are kept for each kind.
    ObjectStore(std::uint64_t firstVersion, std::size_t history);

    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    /// Null when there is none.
    [[nodiscard]] ObjectPtr find(const ApiKind& kind, const model::ObjectName& name) const;
    [[nodiscard]] Table& table(const ApiKind& kind);
    [[nodiscard]] const EventLog& log(const ApiKind& kind);
    /// Kinds that ever had an object.
    [[nodiscard]] std::vector<const ApiKind*> kinds() const;

    /// Whether any object is in the namespace.
    [[nodiscard]] bool hasContent(const std::string& namespace_) const;

    /// Applied objects that name the object of this uid among their owners, in the order of the table of kinds, then by
    /// name.
    [[nodiscard]] std::vector<ObjectPtr> dependents(const std::string& uid) const;

    /// Stores a new state: `object.version` and metadata.resourceVersion become the next version.
    ObjectPtr put(StoredObject object, model::Value document);
    /// Removes an object; the result is its last state (null: there was none).
    ObjectPtr remove(const ApiKind& kind, const model::ObjectName& name);

    /// The objects that were stored or removed since the last call, in the order of the first time of each.
    using Id = std::pair<const ApiKind*, model::ObjectName>;
    [[nodiscard]] std::vector<Id> takeChanges();

    /// Calls visit(slot) for the objects of a kind in a namespace ("": all), by namespace and name. The visitor must
    /// not change the table.
    template <class Visit>
    void each(const ApiKind& kind, const std::string& namespace_, Visit visit)
    {
        Table& all = table(kind);
        auto it = namespace_.empty() ? all.begin() : all.lower_bound({namespace_, {}});
        for (; it != all.end() && (namespace_.empty() || it->first.namespace_ == namespace_); ++it)
            visit(it->second);
    }

private:
    void record(const ApiKind& kind, StoreEvent event);
    void link(const StoredObject& object);
    void unlink(const StoredObject& object);

    struct KindState {
        Table table;
        EventLog log;
    };
    KindState& state(const ApiKind& kind);

    std::unordered_map<const ApiKind*, KindState> kinds_;
    std::unordered_map<std::string, std::set<std::pair<const ApiKind*, model::ObjectName>>> dependents_; ///< by uid
    std::vector<Id> changes_;
    std::set<Id> changed_; ///< the same, to have each once
    std::uint64_t first_, version_;
    std::size_t history_;
};

} // namespace gatehouse::importers
