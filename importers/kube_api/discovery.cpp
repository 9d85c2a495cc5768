#include "importers/kube_api/discovery.h"

#include "importers/decode/versions.h"
#include "importers/kube_api/served_resources.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse::importers {
namespace {

using model::Value;

Value words(const std::vector<std::string_view>& all)
{
    Value list = Value::array();
    for (const std::string_view each : all)
        list.push(each);
    return list;
}

Value versionEntry(std::string_view group, std::string_view version)
{
    Value entry = Value::object();
    entry.set("groupVersion", joinApiVersion(group, version));
    entry.set("version", version);
    return entry;
}

/// The members of an APIGroup, which are the same alone and in the list.
void describeGroup(Value& into, const ServedGroup& group)
{
    into.set("name", group.name);
    Value& versions = into.set("versions", Value::array());
    for (const std::string_view version : group.versions)
        versions.push(versionEntry(group.name, version));
    into.set("preferredVersion", versionEntry(group.name, group.versions.front()));
}

Value plainResource(const ServedResource& resource)
{
    Value entry = Value::object();
    entry.set("name", resource.plural);
    entry.set("singularName", resource.singular);
    entry.set("namespaced", resource.namespaced);
    entry.set("kind", resource.kind.kind);
    entry.set("verbs", words(resource.verbs));
    if (!resource.shortNames.empty())
        entry.set("shortNames", words(resource.shortNames));
    if (!resource.categories.empty())
        entry.set("categories", words(resource.categories));
    return entry;
}

Value plainSubresource(const ServedResource& resource, const ServedSubresource& subresource)
{
    Value entry = Value::object();
    entry.set("name", std::string(resource.plural) + '/' + std::string(subresource.name));
    entry.set("singularName", "");
    entry.set("namespaced", resource.namespaced);
    // A subresource of the parent's own kind leaves these two out.
    if (subresource.kind.kind != resource.kind.kind) {
        entry.set("group", subresource.kind.group);
        entry.set("version", subresource.kind.version);
    }
    entry.set("kind", subresource.kind.kind);
    entry.set("verbs", words(subresource.verbs));
    return entry;
}

Value responseKind(const GroupVersionKind& kind)
{
    Value entry = Value::object();
    entry.set("group", kind.group);
    entry.set("version", kind.version);
    entry.set("kind", kind.kind);
    return entry;
}

Value aggregatedResource(const ServedResource& resource)
{
    Value entry = Value::object();
    entry.set("resource", resource.plural);
    entry.set("responseKind", responseKind(resource.kind));
    entry.set("scope", resource.namespaced ? "Namespaced" : "Cluster");
    entry.set("singularResource", resource.singular);
    entry.set("verbs", words(resource.verbs));
    if (!resource.shortNames.empty())
        entry.set("shortNames", words(resource.shortNames));
    if (!resource.categories.empty())
        entry.set("categories", words(resource.categories));
    for (const ServedSubresource& each : resource.subresources) {
        Value below = Value::object();
        below.set("subresource", each.name);
        below.set("responseKind", responseKind(each.kind));
        below.set("verbs", words(each.verbs));
        Value* list = entry.find("subresources");
        (list ? *list : entry.set("subresources", Value::array())).push(std::move(below));
    }
    return entry;
}

Value aggregatedVersion(std::string_view group, std::string_view version)
{
    Value entry = Value::object();
    entry.set("version", version);
    Value& resources = entry.set("resources", Value::array());
    for (const ServedResource& each : servedResources())
        if (each.kind.group == group && each.kind.version == version)
            resources.push(aggregatedResource(each));
    entry.set("freshness", "Current");
    return entry;
}

const ServedGroup* findGroup(std::string_view name)
{
    const auto& groups = servedGroups();
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const ServedGroup& group) { return group.name == name; });
    return found == groups.end() ? nullptr : &*found;
}

Value document(std::string_view apiVersion, std::string_view kind)
{
    Value made = Value::object();
    made.set("kind", kind);
    made.set("apiVersion", apiVersion);
    return made;
}

} // namespace

Value versionInfo()
{
    // Clients branch on the numbers; people read gitVersion. What tells of a Go build stays empty: there was none.
    Value info = Value::object();
    info.set("major", "1");
    info.set("minor", "34");
    info.set("gitVersion", "v1.34.0+gatehouse");
    info.set("gitCommit", "");
    info.set("gitTreeState", "");
    info.set("buildDate", "1970-01-01T00:00:00Z");
    info.set("goVersion", "");
    info.set("compiler", "");
    info.set("platform", "");
    return info;
}

Value coreVersions()
{
    Value made = Value::object();
    made.set("kind", "APIVersions");
    Value& versions = made.set("versions", Value::array());
    for (const std::string_view version : servedGroups().front().versions)
        versions.push(version);
    // One address serves every client: the one that they asked already.
    made.set("serverAddressByClientCIDRs", Value::array());
    return made;
}

Value groupList()
{
    Value made = document("v1", "APIGroupList");
    Value& groups = made.set("groups", Value::array());
    for (const ServedGroup& group : servedGroups())
        if (!group.name.empty())
            describeGroup(groups.push(Value::object()), group);
    return made;
}

std::optional<Value> groupDocument(std::string_view group)
{
    const ServedGroup* found = group.empty() ? nullptr : findGroup(group);
    if (!found)
        return std::nullopt;
    Value made = document("v1", "APIGroup");
    describeGroup(made, *found);
    return made;
}

std::optional<Value> resourceList(std::string_view group, std::string_view version)
{
    const ServedGroup* found = findGroup(group);
    if (!found || std::find(found->versions.begin(), found->versions.end(), version) == found->versions.end())
        return std::nullopt;
    Value made = document("v1", "APIResourceList");
    made.set("groupVersion", joinApiVersion(group, version));
    Value& resources = made.set("resources", Value::array());
    for (const ServedResource& each : servedResources()) {
        if (each.kind.group != group || each.kind.version != version)
            continue;
        resources.push(plainResource(each));
        for (const ServedSubresource& below : each.subresources)
            resources.push(plainSubresource(each, below));
    }
    return made;
}

Value aggregatedDiscovery(DiscoveryTree tree, std::string_view version)
{
    Value made = document(joinApiVersion("apidiscovery.k8s.io", version), "APIGroupDiscoveryList");
    made.set("metadata", Value::object());
    Value& items = made.set("items", Value::array());
    for (const ServedGroup& group : servedGroups()) {
        if (group.name.empty() != (tree == DiscoveryTree::Core))
            continue;
        Value& item = items.push(Value::object());
        Value& metadata = item.set("metadata", Value::object());
        if (!group.name.empty())
            metadata.set("name", group.name);
        Value& versions = item.set("versions", Value::array());
        for (const std::string_view each : group.versions)
            versions.push(aggregatedVersion(group.name, each));
    }
    return made;
}

} // namespace gatehouse::importers
