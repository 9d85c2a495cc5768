#pragma once

#include "importers/kube_api/object_writer.h"
#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"
#include "model/graph/status.h"

#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// An applied object is also in a file: the file wins, and this Warning says so. Importers' other codes of whole
/// objects are GH1301 to GH1309 (decode/).
inline constexpr const char* shadowedCode = "GH1310";
/// An object of --save's file could not be loaded.
inline constexpr const char* notRestoredCode = "GH1311";

/// Objects that are not the clients': those of files and those that Gatehouse makes; and how the clients' objects go
/// with them. Lifetime: refers to the writer and its store. Thread: one at a time.
class DefinedObjects {
public:
    explicit DefinedObjects(ObjectWriter& writer) : writer_(writer), store_(writer.store()) {}

    /// The CustomResourceDefinitions of the kinds that are served; they are part of the API and never go.
    void defineKinds();

    // As KubeApi declares them.
    void syncFiles(const model::ResourceSet& files);
    void syncDerived(std::vector<model::Value> objects);
    void writeStatuses(const model::Statuses& statuses);
    std::shared_ptr<const model::ResourceSet> join(const model::ResourceSet& files,
                                                   std::vector<model::Diagnostic>& problems);
    [[nodiscard]] std::vector<model::Value> applied() const;
    void restore(std::vector<model::Value> objects, std::vector<model::Diagnostic>& problems);

private:
    void syncFile(const model::Resource& resource);
    void syncDerivedObject(std::shared_ptr<const model::Value> object);
    void removeUnseen(Origin origin);
    void dropUnusedNamespaces();
    void putDefined(StoredObject object, const ObjectPtr& live);
    [[nodiscard]] std::vector<ObjectPtr> appliedObjects() const;
    void noteChanges();
    [[nodiscard]] std::shared_ptr<model::ResourceSet> joinAgain(const model::ResourceSet& files,
                                                                const std::set<ObjectStore::Id>& changed) const;
    std::shared_ptr<model::ResourceSet> joinAll(const model::ResourceSet& files,
                                                std::vector<model::Diagnostic>& problems);
    void writeStatus(const ApiKind& kind, const model::ObjectName& name, const model::Value& status);

    using Id = ObjectStore::Id;

    ObjectWriter& writer_;
    ObjectStore& store_;
    model::ResourceSet files_;         ///< as of the last syncFiles(): while these are the same, nothing is to be done
    std::map<Id, ObjectPtr> shadowed_; ///< applied objects that a file defines at present
    std::uint64_t sync_ = 0;           ///< the running number of synchronisations: see ObjectStore::Slot
    std::set<const ApiKind*> derivedKinds_; ///< that syncDerived() ever brought

    // The last join() and what it was made of, so that the next one begins with it.
    std::shared_ptr<const model::ResourceSet> joined_;
    model::ResourceSet joinedFiles_;
    bool joinedPlainly_ = false; ///< no object was there twice
    std::set<Id> unjoined_;      ///< what changed in the store since
    model::Statuses written_;    ///< by the last writeStatuses()
    std::set<Id> unwritten_;     ///< what changed in the store since
};

} // namespace gatehouse::importers
