#include "importers/decode/object_pipeline.h"

#include "model/schema/schema.h"

#include <string_view>

namespace gatehouse::importers {
namespace {

using model::Resource;
using model::ResourceSet;
using ResourcePtr = std::shared_ptr<const Resource>;

void reportDuplicate(const Resource& first, const Resource& second, std::vector<model::Diagnostic>& problems)
{
    model::Diagnostic problem;
    // Sets that are put together often repeat what they share, as a GatewayClass: alike, it does no harm.
    const bool alike = first.document && second.document && *first.document == *second.document;
    problem.severity = alike ? model::Severity::Info : model::Severity::Error;
    problem.code = "GH1309";
    const std::string place = toString(first.source);
    problem.message = std::string("the object is defined twice") + (alike ? " alike" : "") +
                      (place.empty() ? std::string() : "; first at " + place);
    problem.remedy = alike ? "remove one" : "remove or rename one; the first is used";
    problem.location = second.source;
    problem.object = second.key;
    problems.push_back(std::move(problem));
}

template <class T>
void put(model::ResourceMap<T>& map, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems)
{
    const auto [place, fresh] = map.try_emplace(resource->key.name, std::static_pointer_cast<const T>(resource));
    if (!fresh)
        reportDuplicate(*place->second, *resource, problems);
}

using SliceMap = model::ResourceMap<model::EndpointSlice>;

bool fromEndpoints(const Resource& resource)
{
    return resource.key.kind == "Endpoints";
}

/// Endpoints and EndpointSlices share a map, and may share a name: then the slice keeps it, whichever came first, so
/// that the order of files does not show. The subsets of one Endpoints object share its document.
void putSlice(SliceMap& map, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems)
{
    auto slice = std::static_pointer_cast<const model::EndpointSlice>(resource);
    const auto asideName = [](model::ObjectName name) {
        name.name += "-endpoints";
        return name;
    };
    if (!fromEndpoints(*slice)) {
        const auto place = map.find(slice->key.name);
        if (place != map.end() && fromEndpoints(*place->second)) {
            const auto endpoints = place->second;
            map.insert_or_assign(asideName(slice->key.name), endpoints);
            map.insert_or_assign(slice->key.name, slice);
            return;
        }
        return put(map, resource, problems);
    }
    const model::ObjectName main{slice->key.name.namespace_, slice->serviceName};
    for (const model::ObjectName& name : {main, asideName(main)}) {
        const auto first = map.find(name);
        if (first == map.end() || !fromEndpoints(*first->second) || first->second->document == slice->document)
            continue;
        if (slice->key.name == main)
            reportDuplicate(*first->second, *slice, problems);
        return;
    }
    const bool taken = map.contains(slice->key.name);
    map.insert_or_assign(taken ? asideName(slice->key.name) : slice->key.name, slice);
}

void putOther(ResourceSet& set, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems)
{
    auto other = std::static_pointer_cast<const model::OtherResource>(resource);
    const auto [place, fresh] = set.others.try_emplace(resource->key, std::move(other));
    if (!fresh)
        reportDuplicate(*place->second, *resource, problems);
}

template <auto Map>
void putInto(ResourceSet& set, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems)
{
    put(set.*Map, resource, problems);
}

void putIntoSlices(ResourceSet& set, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems)
{
    putSlice(set.endpointSlices, resource, problems);
}

struct KindMap {
    std::string_view kind;
    void (*put)(ResourceSet& set, const ResourcePtr& resource, std::vector<model::Diagnostic>& problems);
};

constexpr KindMap kindMaps[] = {
    {"HTTPRoute", putInto<&ResourceSet::httpRoutes>},
    {"Service", putInto<&ResourceSet::services>},
    {"Gateway", putInto<&ResourceSet::gateways>},
    {"GatewayClass", putInto<&ResourceSet::gatewayClasses>},
    {"ListenerSet", putInto<&ResourceSet::listenerSets>},
    {"GRPCRoute", putInto<&ResourceSet::grpcRoutes>},
    {"TLSRoute", putInto<&ResourceSet::tlsRoutes>},
    {"TCPRoute", putInto<&ResourceSet::tcpRoutes>},
    {"UDPRoute", putInto<&ResourceSet::udpRoutes>},
    {"ReferenceGrant", putInto<&ResourceSet::referenceGrants>},
    {"BackendTLSPolicy", putInto<&ResourceSet::backendTLSPolicies>},
    {"Namespace", putInto<&ResourceSet::namespaces>},
    {"Endpoints", putIntoSlices},
    {"EndpointSlice", putIntoSlices},
    {"Secret", putInto<&ResourceSet::secrets>},
    {"ConfigMap", putInto<&ResourceSet::configMaps>},
    {"Pod", putInto<&ResourceSet::pods>},
    {"Deployment", putInto<&ResourceSet::deployments>},
};

} // namespace

void insert(ResourceSet& set, ResourcePtr resource, std::vector<model::Diagnostic>& problems)
{
    if (!resource)
        return;
    // Another group may have a kind of the same name; it has no schema of ours, and so is no typed resource.
    if (!model::findKindSchema(resource->key.group, resource->key.kind))
        return putOther(set, resource, problems);
    for (const KindMap& row : kindMaps)
        if (row.kind == resource->key.kind)
            return row.put(set, resource, problems);
}

} // namespace gatehouse::importers
