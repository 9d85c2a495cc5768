#include "importers/kube_api/defined_objects.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/object_pipeline.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/value_tools.h"
#include "importers/kube_api/write_rules.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <unordered_map>
#include <utility>

// The clients' own objects: joined with those of files, saved and restored.

namespace gatehouse::importers {

using model::Value;

namespace {

using Generations = std::unordered_map<const Value*, std::int64_t>;

/// Gives resources of files the generation that clients see of them: a copy, as resources are immutable.
template <class T>
void stamp(model::ResourceMap<T>& map, const Generations& generations)
{
    for (const auto& [name, resource] : model::ResourceMap<T>(map))
        if (const auto found = generations.find(resource->document.get()); found != generations.end()) {
            auto copy = std::make_shared<T>(*resource);
            copy->meta.generation = found->second;
            map.insert_or_assign(name, std::move(copy));
        }
}

void stampAll(model::ResourceSet& set, const Generations& generations)
{
    stamp(set.gatewayClasses, generations), stamp(set.gateways, generations), stamp(set.listenerSets, generations);
    stamp(set.httpRoutes, generations), stamp(set.grpcRoutes, generations), stamp(set.tlsRoutes, generations);
    stamp(set.tcpRoutes, generations), stamp(set.udpRoutes, generations), stamp(set.referenceGrants, generations);
    stamp(set.backendTLSPolicies, generations), stamp(set.deployments, generations);
}

using ResourcePtr = std::shared_ptr<const model::Resource>;

template <auto Map>
void putInto(model::ResourceSet& set, const model::ObjectName& name, const ResourcePtr& resource)
{
    using Stored = typename std::remove_reference_t<decltype(set.*Map)>::mapped_type;
    if (resource)
        (set.*Map).insert_or_assign(name, std::static_pointer_cast<typename Stored::element_type>(resource));
    else
        (set.*Map).erase(name);
}

template <auto Map>
const model::Resource* findIn(const model::ResourceSet& set, const model::ObjectName& name)
{
    const auto found = (set.*Map).find(name);
    return found == (set.*Map).end() ? nullptr : found->second.get();
}

/// A kind of which one object is one resource, with the object's name.
struct PlainKind {
    std::string_view kind;
    void (*put)(model::ResourceSet&, const model::ObjectName&, const ResourcePtr&); ///< null: removes
    const model::Resource* (*find)(const model::ResourceSet&, const model::ObjectName&);
};

template <auto Map>
constexpr PlainKind plainKind(std::string_view kind)
{
    return {kind, putInto<Map>, findIn<Map>};
}

using Set = model::ResourceSet;
constexpr PlainKind plainKinds[] = {
    plainKind<&Set::httpRoutes>("HTTPRoute"),
    plainKind<&Set::grpcRoutes>("GRPCRoute"),
    plainKind<&Set::tlsRoutes>("TLSRoute"),
    plainKind<&Set::tcpRoutes>("TCPRoute"),
    plainKind<&Set::udpRoutes>("UDPRoute"),
    plainKind<&Set::services>("Service"),
    plainKind<&Set::secrets>("Secret"),
    plainKind<&Set::configMaps>("ConfigMap"),
    plainKind<&Set::deployments>("Deployment"),
    plainKind<&Set::pods>("Pod"),
    plainKind<&Set::namespaces>("Namespace"),
    plainKind<&Set::gatewayClasses>("GatewayClass"),
    plainKind<&Set::gateways>("Gateway"),
    plainKind<&Set::listenerSets>("ListenerSet"),
    plainKind<&Set::referenceGrants>("ReferenceGrant"),
    plainKind<&Set::backendTLSPolicies>("BackendTLSPolicy"),
};

/// Null for kinds that share a map with others, and for those that the model does not read.
const PlainKind* findPlainKind(std::string_view kind)
{
    const auto found = std::find_if(std::begin(plainKinds), std::end(plainKinds),
                                    [&](const PlainKind& row) { return row.kind == kind; });
    return found == std::end(plainKinds) ? nullptr : found;
}

/// insert() speaks of an object that is defined twice; here that is no mistake but a rule.
void reportShadowed(std::vector<model::Diagnostic> duplicates, std::vector<model::Diagnostic>& problems)
{
    for (model::Diagnostic& problem : duplicates) {
        problem.severity = model::Severity::Warning;
        problem.code = shadowedCode;
        const std::size_t place = problem.message.rfind(" at ");
        problem.message = "the object was applied, and is also defined" +
                          (place == std::string::npos ? " in a file" : problem.message.substr(place)) +
                          "; the file wins";
        problem.remedy = "delete one of the two";
        problems.push_back(std::move(problem));
    }
}

} // namespace

std::vector<ObjectPtr> DefinedObjects::appliedObjects() const
{
    std::vector<ObjectPtr> all;
    for (const ApiKind* kind : store_.kinds())
        store_.each(*kind, {}, [&](const ObjectStore::Slot& slot) {
            if (slot.object->origin == Origin::Applied)
                all.push_back(slot.object);
        });
    if (shadowed_.empty())
        return all; // by kind and name already
    for (const auto& [id, object] : shadowed_)
        all.push_back(object);
    std::stable_sort(all.begin(), all.end(), [](const ObjectPtr& a, const ObjectPtr& b) {
        return a->kind != b->kind ? a->kind < b->kind : a->name < b->name;
    });
    return all;
}

std::shared_ptr<const model::ResourceSet> DefinedObjects::join(const model::ResourceSet& files,
                                                               std::vector<model::Diagnostic>& problems)
{
    noteChanges();
    const std::set<ObjectStore::Id> changed = std::exchange(unjoined_, {});
    auto next = joinAgain(files, changed);
    if (!next) {
        next = joinAll(files, problems);
        if (joined_)
            next->shareWith(*joined_);
    }
    joinedFiles_ = files;
    if (!joined_ || !next->sharesAllWith(*joined_))
        joined_ = std::move(next);
    return joined_;
}

/// The set before with what changed in the store since; null when it has to be made anew: files changed, or an object
/// is in a file as well, or the model makes more of a kind than one resource an object.
std::shared_ptr<model::ResourceSet> DefinedObjects::joinAgain(const model::ResourceSet& files,
                                                              const std::set<ObjectStore::Id>& changed) const
{
    if (!joined_ || !joinedPlainly_ || !shadowed_.empty() || !files.sharesAllWith(joinedFiles_))
        return nullptr;
    auto next = std::make_shared<model::ResourceSet>(*joined_);
    for (const auto& [kind, name] : changed) {
        const ObjectPtr object = store_.find(*kind, name);
        if (object && object->origin == Origin::File)
            continue; // of the files, which are the same; its status may be another one
        const PlainKind* row = findPlainKind(kind->kind);
        if (!row && kind->kind != "Endpoints" && kind->kind != "EndpointSlice")
            continue; // the model does not read it
        const bool applied = object && object->origin == Origin::Applied;
        if (!row || row->find(files, name) || (applied && object->resources.size() != 1))
            return nullptr;
        const std::shared_ptr<const model::Resource> wanted = applied ? object->resources.front() : nullptr;
        if (row->find(*next, name) != wanted.get())
            row->put(*next, name, wanted);
    }
    return next;
}

std::shared_ptr<model::ResourceSet> DefinedObjects::joinAll(const model::ResourceSet& files,
                                                            std::vector<model::Diagnostic>& problems)
{
    auto joined = std::make_shared<model::ResourceSet>(files);
    Generations generations;
    for (const ApiKind* kind : store_.kinds())
        if (countsGenerations(*kind))
            store_.each(*kind, {}, [&](const ObjectStore::Slot& slot) {
                if (slot.object->origin != Origin::File)
                    return;
                const Value& document = *slot.object->document;
                if (const std::int64_t generation = number(*document.find("metadata"), "generation", 1); generation > 1)
                    generations.emplace(slot.object->source.get(), generation);
            });
    if (!generations.empty())
        stampAll(*joined, generations);
    std::vector<model::Diagnostic> duplicates;
    for (const ObjectPtr& object : appliedObjects())
        for (const auto& resource : object->resources)
            insert(*joined, resource, duplicates);
    joinedPlainly_ = duplicates.empty();
    reportShadowed(std::move(duplicates), problems);
    return joined;
}

std::vector<Value> DefinedObjects::applied() const
{
    std::vector<Value> all;
    for (const ObjectPtr& object : appliedObjects()) {
        all.push_back(*object->document);
        all.back().erase("status");
        dropServerMetadata(memberObject(all.back(), "metadata"));
    }
    return all;
}

void DefinedObjects::restore(std::vector<Value> objects, std::vector<model::Diagnostic>& problems)
{
    const auto report = [&](const Value& object, std::string message) {
        model::Diagnostic problem;
        problem.code = notRestoredCode;
        problem.message = std::move(message);
        problem.location = {appliedFileName(), object.position()};
        problem.object = model::ObjectKey{splitApiVersion(text(object, "apiVersion")).group,
                                          text(object, "kind"),
                                          {metadataText(object, "namespace"), metadataText(object, "name")}};
        problems.push_back(std::move(problem));
    };
    std::stable_partition(objects.begin(), objects.end(),
                          [](const Value& object) { return text(object, "kind") == "Namespace"; });
    for (Value& object : objects) {
        const GroupVersion version = splitApiVersion(text(object, "apiVersion"));
        const ApiKind* kind = findApiKindOf(version.group, text(object, "kind"));
        if (!kind) {
            report(object, "no such kind is served; the object was not loaded");
            continue;
        }
        object.erase("status");
        dropServerMetadata(memberObject(object, "metadata"));
        WriteRequest request;
        request.kind = kind;
        request.version = version.version;
        request.name = {kind->namespaced ? metadataText(object, "namespace") : std::string(),
                        metadataText(object, "name")};
        if (kind->namespaced && request.name.namespace_.empty())
            request.name.namespace_ = "default";
        if (kind->namespaced)
            writer_.assumeNamespace(request.name.namespace_);
        const bool exists = store_.find(*kind, request.name) != nullptr;
        const Value shown = object;
        const Answer<Written> written =
            exists ? writer_.update(request, std::move(object)) : writer_.create(request, std::move(object));
        if (!written)
            report(shown, written.error().message);
    }
}

} // namespace gatehouse::importers
