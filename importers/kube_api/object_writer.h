#pragma once

#include "importers/kube_api/admission.h"
#include "importers/kube_api/object_store.h"
#include "importers/kube_api/resource_path.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// What all writes have in common, from path and query.
struct WriteRequest {
    const ApiKind* kind = nullptr;
    std::string version;
    model::ObjectName name; ///< the name may be empty for a create
    std::string subresource;
    FieldValidation fieldValidation = FieldValidation::Warn;
    bool dryRun = false;
    std::string manager; ///< fieldManager, or the first word of the user agent
    /// Who owns which fields after a server-side apply; absent for other writes, which own what they change.
    std::optional<model::Value> managedFields;
    /// An object whose managedFields an ordinary write begins with, where the client sent others than there were.
    std::optional<model::Value> sentOwners;
};
Answer<WriteRequest> readWriteRequest(const ApiRequest& request, const ResourcePath& path);

/// What a write came to.
struct Written {
    ObjectPtr object; ///< as it is now, or was last when it is gone
    bool created = false;
    bool changed = false;  ///< something was stored
    bool gone = false;     ///< a delete that had nothing to wait for
    bool cascaded = false; ///< others that the data plane reads were changed with it
    std::vector<std::string> warnings;
};

/// What becomes of the objects that an object owns (Kubernetes documentation, "Garbage Collection"): they go after it,
/// before it, or stay without an owner.
enum class Propagation : std::uint8_t { Background, Foreground, Orphan };

/// What DeleteOptions say: preconditions, and what becomes of dependents.
struct DeleteConditions {
    std::string uid, resourceVersion;
    Propagation propagation = Propagation::Background;
};
/// Errors: 400 for options that are none.
Answer<DeleteConditions> readDeleteOptions(const ApiRequest& request);

/// Creates, replaces and deletes what clients own: names, preconditions, admission, generations, finalizers and the
/// life of Namespaces. Thread: one at a time. Lifetime: refers to the store.
class ObjectWriter {
public:
    struct Sources {
        std::function<std::chrono::system_clock::time_point()> clock;
        std::function<std::string()> newUid;
    };
    ObjectWriter(ObjectStore& store, Sources sources) : store_(store), sources_(std::move(sources)) {}

    Answer<Written> create(const WriteRequest& request, model::Value body);
    /// Replaces an object by `body` (the whole object in the request's version): PUT, and what a patch came to. With
    /// subresource "status" only .status changes, else all but .status.
    Answer<Written> update(const WriteRequest& request, model::Value body);
    Answer<Written> remove(const WriteRequest& request, const DeleteConditions& conditions);

    /// Makes a Namespace that is there without a definition, if there is none yet.
    void assumeNamespace(const std::string& name);
    /// The metadata that servers set on a new object, over what `metadata` has.
    void stampNew(const ApiKind& kind, model::Value& metadata);
    [[nodiscard]] std::string nowText() const;
    [[nodiscard]] ObjectStore& store() noexcept { return store_; }

private:
    std::optional<ApiError> nameNew(const WriteRequest& request, model::Value& body) const;
    [[nodiscard]] std::optional<ApiError> checkNamespace(const ApiKind& kind, const model::ObjectName& name) const;
    Answer<Written> updateMain(WriteRequest request, model::Value body, const ObjectPtr& live);
    Answer<Written> updateStatus(const WriteRequest& request, const model::Value& body, const ObjectPtr& live);
    Answer<Written> removeNamespace(const ObjectPtr& live, bool dryRun);
    void recordManager(const WriteRequest& request, const model::Value* before, model::Value& document) const;
    Written keep(StoredObject object, model::Value document, bool dryRun);
    Written markDeleted(const ObjectPtr& live, bool dryRun, std::string_view finalizer = {});
    bool erase(const ObjectPtr& live);
    // Garbage collection.
    [[nodiscard]] bool hasLivingOwner(const StoredObject& object, const std::string& besides) const;
    void dropOwner(const ObjectPtr& dependent, const std::string& uid);
    void orphanDependents(const StoredObject& owner);
    void collectDependents(const StoredObject& owner);
    void removeForeground(const ObjectPtr& live);
    void releaseOwners(const StoredObject& gone);
    void finishForeground(const ObjectPtr& owner);
    void finishNamespace(const std::string& name);
    bool emptyNamespace(const std::string& name);

    ObjectStore& store_;
    Sources sources_;
    bool cascaded_ = false; ///< by the write under way
};

} // namespace gatehouse::importers
