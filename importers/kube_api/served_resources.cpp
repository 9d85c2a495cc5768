#include "importers/kube_api/served_resources.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace gatehouse::importers {
namespace {

struct Review {
    GroupVersionKind kind;
    std::string_view plural, singular;
    bool namespaced;
};

/// Clients ask these about themselves (`kubectl auth can-i`, `kubectl auth whoami`); POST is their only verb.
constexpr std::array reviews = {
    Review{{"authentication.k8s.io", "v1", "SelfSubjectReview"}, "selfsubjectreviews", "selfsubjectreview", false},
    Review{{"authorization.k8s.io", "v1", "SelfSubjectAccessReview"},
           "selfsubjectaccessreviews",
           "selfsubjectaccessreview",
           false},
    Review{{"authorization.k8s.io", "v1", "SelfSubjectRulesReview"},
           "selfsubjectrulesreviews",
           "selfsubjectrulesreview",
           false},
};

ServedSubresource subresource(const ApiKind& kind, std::string_view version, std::string_view name)
{
    if (name == "log")
        return {name, {kind.group, version, kind.kind}, {"get"}};
    if (name == "scale")
        return {name, {"autoscaling", "v1", "Scale"}, {"get", "patch", "update"}};
    return {name, {kind.group, version, kind.kind}, {"get", "patch", "update"}};
}

ServedResource served(const ApiKind& kind, std::string_view version)
{
    ServedResource made;
    made.kind = {kind.group, version, kind.kind};
    made.plural = kind.plural;
    made.singular = kind.singular;
    made.shortNames = kind.shortNames;
    made.categories = kind.categories;
    made.namespaced = kind.namespaced;
    made.stored = &kind;
    if (kind.kind == "CustomResourceDefinition") {
        // Manifests of a release bring their definitions along: writing one is answered with what is built in.
        made.verbs = {"create", "get", "list", "patch", "update", "watch"};
        return made;
    }
    if (kind.readOnly) {
        made.verbs = {"get", "list", "watch"};
        return made;
    }
    made.verbs = {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
    for (const std::string_view name : kind.subresources)
        made.subresources.push_back(subresource(kind, version, name));
    if (kind.hasStatus)
        made.subresources.push_back(subresource(kind, version, "status"));
    return made;
}

ServedResource served(const Review& review)
{
    ServedResource made;
    made.kind = review.kind;
    made.plural = review.plural;
    made.singular = review.singular;
    made.namespaced = review.namespaced;
    made.verbs = {"create"};
    return made;
}

std::vector<ServedResource> buildResources()
{
    std::vector<ServedResource> all;
    for (const ApiKind& kind : apiKinds())
        for (const std::string_view version : kind.versions)
            all.push_back(served(kind, version));
    for (const Review& review : reviews)
        all.push_back(served(review));
    std::stable_sort(all.begin(), all.end(), [](const ServedResource& a, const ServedResource& b) {
        return std::tie(a.kind.group, a.plural) < std::tie(b.kind.group, b.plural);
    });
    return all;
}

std::vector<ServedGroup> buildGroups()
{
    std::vector<ServedGroup> groups;
    for (const ServedResource& resource : servedResources()) {
        if (groups.empty() || groups.back().name != resource.kind.group)
            groups.push_back({resource.kind.group, {}});
        std::vector<std::string_view>& versions = groups.back().versions;
        if (std::find(versions.begin(), versions.end(), resource.kind.version) == versions.end())
            versions.push_back(resource.kind.version);
    }
    for (ServedGroup& group : groups)
        std::sort(group.versions.begin(), group.versions.end(), versionComesFirst);
    return groups;
}

/// "v1beta2" as {stability, 1, 2}, to compare; stability is higher for what is more stable.
std::array<int, 3> parsedVersion(std::string_view version)
{
    std::array<int, 3> parts{};
    const auto number = [&version](int& into) {
        const auto end = std::from_chars(version.data(), version.data() + version.size(), into).ptr;
        version.remove_prefix(static_cast<std::size_t>(end - version.data()));
    };
    version.remove_prefix(std::min<std::size_t>(1, version.size())); // "v"
    number(parts[1]);
    parts[0] = version.empty() ? 2 : version.starts_with("beta") ? 1 : 0;
    version.remove_prefix(std::min<std::size_t>(version.find_first_of("0123456789"), version.size()));
    number(parts[2]);
    return parts;
}

} // namespace

const std::vector<ServedResource>& servedResources()
{
    static const std::vector<ServedResource> resources = buildResources();
    return resources;
}

const std::vector<ServedGroup>& servedGroups()
{
    static const std::vector<ServedGroup> groups = buildGroups();
    return groups;
}

bool versionComesFirst(std::string_view a, std::string_view b)
{
    return parsedVersion(a) > parsedVersion(b);
}

} // namespace gatehouse::importers
