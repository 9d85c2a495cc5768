#include "importers/kube_api/defined_objects.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/object_pipeline.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/value_tools.h"
#include "importers/kube_api/write_rules.h"

#include <algorithm>
#include <type_traits>
#include <unordered_map>

// The clients' own objects: joined with those of files, saved and restored.

namespace gatehouse::importers {

using model::Value;

namespace {

using Generations = std::unordered_map<const Value*, std::int64_t>;

/// Gives resources of files the generation that clients see of them: a copy, as resources are immutable.
template <class T>
void stamp(model::ResourceMap<T>& map, const Generations& generations)
{
    for (auto& [name, resource] : map)
        if (const auto found = generations.find(resource->document.get()); found != generations.end()) {
            auto copy = std::make_shared<T>(*resource);
            copy->meta.generation = found->second;
            resource = std::move(copy);
        }
}

void stampAll(model::ResourceSet& set, const Generations& generations)
{
    stamp(set.gatewayClasses, generations), stamp(set.gateways, generations), stamp(set.listenerSets, generations);
    stamp(set.httpRoutes, generations), stamp(set.grpcRoutes, generations), stamp(set.tlsRoutes, generations);
    stamp(set.tcpRoutes, generations), stamp(set.udpRoutes, generations), stamp(set.referenceGrants, generations);
    stamp(set.backendTLSPolicies, generations), stamp(set.deployments, generations);
}

template <auto Map>
bool putLast(model::ResourceSet& set, const StoredObject& object)
{
    auto& map = set.*Map;
    using Stored = typename std::remove_reference_t<decltype(map)>::mapped_type;
    if (!map.empty() && !(map.rbegin()->first < object.name))
        return false;
    map.emplace_hint(map.end(), object.name,
                     std::static_pointer_cast<typename Stored::element_type>(object.resources.front()));
    return true;
}

/// Puts an object behind the last of its kind, which is where most belong and where nothing has to be looked for.
/// False when it belongs elsewhere, or when insert() knows more about the kind.
bool putBehind(model::ResourceSet& set, const StoredObject& object)
{
    using Set = model::ResourceSet;
    struct Row {
        std::string_view kind;
        bool (*put)(Set&, const StoredObject&);
    };
    static constexpr Row rows[] = {
        {"HTTPRoute", putLast<&Set::httpRoutes>}, {"GRPCRoute", putLast<&Set::grpcRoutes>},
        {"TLSRoute", putLast<&Set::tlsRoutes>},   {"TCPRoute", putLast<&Set::tcpRoutes>},
        {"UDPRoute", putLast<&Set::udpRoutes>},   {"Gateway", putLast<&Set::gateways>},
        {"Service", putLast<&Set::services>},     {"Secret", putLast<&Set::secrets>},
        {"ConfigMap", putLast<&Set::configMaps>}, {"Deployment", putLast<&Set::deployments>},
    };
    if (object.resources.size() != 1)
        return false;
    for (const Row& row : rows)
        if (row.kind == object.kind->kind)
            return row.put(set, object);
    return false;
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
        if (!putBehind(*joined, *object))
            for (const auto& resource : object->resources)
                insert(*joined, resource, duplicates);
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
