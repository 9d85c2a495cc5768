#include "model/graph/reference_grants.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// One text for everything but the name. Neither groups, kinds nor namespaces can hold the separator.
std::string permissionKey(const GrantQuery& query)
{
    std::string key;
    for (const std::string_view part :
         {query.toNamespace, query.fromGroup, query.fromKind, query.fromNamespace, query.toGroup, query.toKind}) {
        key += part;
        key += '\n';
    }
    return key;
}

bool allows(const ReferenceGrant& grant, const GrantQuery& query)
{
    // From and to must both match, and in the same grant: Gateway API, ReferenceGrantSpec.
    const auto from = [&](const ReferenceGrantFrom& f) {
        return f.group == query.fromGroup && f.kind == query.fromKind && f.namespace_ == query.fromNamespace;
    };
    const auto to = [&](const ReferenceGrantTo& t) {
        return t.group == query.toGroup && t.kind == query.toKind &&
               (!t.name || t.name->empty() || *t.name == query.toName);
    };
    return std::any_of(grant.from.begin(), grant.from.end(), from) && std::any_of(grant.to.begin(), grant.to.end(), to);
}

/// A name for a grant that says what it is for: "shop-httproute-to-web".
std::string grantName(const GrantQuery& query)
{
    constexpr std::size_t longestName = 253; // of every object: RFC 1123 subdomain
    std::string name(query.fromNamespace);
    name += '-';
    for (const char c : query.fromKind)
        name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    name += "-to-" + std::string(query.toName);
    return name.size() > longestName ? "allow-" + std::string(query.fromNamespace) : name;
}

/// A group as a value of YAML: the core group is an empty text.
std::string groupValue(std::string_view group)
{
    return group.empty() ? "\"\"" : std::string(group);
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

} // namespace

void GrantIndex::build()
{
    built_ = true;
    for (const auto& [name, grant] : resources_.referenceGrants)
        for (const ReferenceGrantFrom& from : grant->from)
            for (const ReferenceGrantTo& to : grant->to) {
                Names& names = byPermission_[permissionKey(
                    {from.group, from.kind, from.namespace_, to.group, to.kind, name.namespace_, {}})];
                if (!to.name || to.name->empty())
                    names.all = true;
                else
                    names.names.insert(*to.name);
            }
}

bool GrantIndex::allows(const GrantQuery& query)
{
    if (query.fromNamespace == query.toNamespace)
        return true;
    if (!built_)
        build();
    const auto it = byPermission_.find(permissionKey(query));
    return it != byPermission_.end() && (it->second.all || it->second.names.contains(std::string(query.toName)));
}

const ReferenceGrant* grantFor(const ResourceSet& resources, const GrantQuery& query)
{
    // The map is sorted by namespace first: the grants of one namespace lie together.
    auto it = resources.referenceGrants.lower_bound(ObjectName{std::string(query.toNamespace), {}});
    for (; it != resources.referenceGrants.end() && it->first.namespace_ == query.toNamespace; ++it)
        if (allows(*it->second, query))
            return it->second.get();
    return nullptr;
}

bool isGranted(const ResourceSet& resources, const GrantQuery& query)
{
    return query.fromNamespace == query.toNamespace || grantFor(resources, query);
}

std::string grantAdvice(const GrantQuery& query)
{
    return "add a ReferenceGrant in namespace " + quoted(query.toNamespace) +
           " with from {group: " + quoted(query.fromGroup) + ", kind: " + std::string(query.fromKind) +
           ", namespace: " + std::string(query.fromNamespace) + "} and to {group: " + quoted(query.toGroup) +
           ", kind: " + std::string(query.toKind) + ", name: " + std::string(query.toName) + "}";
}

std::string grantManifest(const GrantQuery& query)
{
    return "{apiVersion: gateway.networking.k8s.io/v1, kind: ReferenceGrant, metadata: {name: " + grantName(query) +
           ", namespace: " + std::string(query.toNamespace) +
           "}, spec: {from: [{group: " + groupValue(query.fromGroup) + ", kind: " + std::string(query.fromKind) +
           ", namespace: " + std::string(query.fromNamespace) + "}], to: [{group: " + groupValue(query.toGroup) +
           ", kind: " + std::string(query.toKind) + ", name: " + std::string(query.toName) + "}]}}";
}

} // namespace gatehouse::model
