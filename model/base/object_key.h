#pragma once

#include <compare>
#include <functional>
#include <string>

namespace gatehouse::model {

/// Name of an object inside its kind. `namespace_` is empty for cluster-scoped kinds.
/// Ordered by namespace, then name: the tie-break order of the Gateway API.
struct ObjectName {
    std::string namespace_;
    std::string name;

    auto operator<=>(const ObjectName&) const = default;
};

/// "namespace/name", or "name" for cluster-scoped objects.
std::string toString(const ObjectName& name);

/// Identity of an object of any kind, across reloads. `group` is empty for the core group.
struct ObjectKey {
    std::string group;
    std::string kind;
    ObjectName name;

    auto operator<=>(const ObjectKey&) const = default;
};

/// "Kind namespace/name", as problems and tables show it.
std::string toString(const ObjectKey& key);

} // namespace gatehouse::model

template <>
struct std::hash<gatehouse::model::ObjectName> {
    std::size_t operator()(const gatehouse::model::ObjectName& n) const noexcept
    {
        return std::hash<std::string>{}(n.namespace_) * 31 + std::hash<std::string>{}(n.name);
    }
};

template <>
struct std::hash<gatehouse::model::ObjectKey> {
    std::size_t operator()(const gatehouse::model::ObjectKey& k) const noexcept
    {
        return (std::hash<std::string>{}(k.group) * 31 + std::hash<std::string>{}(k.kind)) * 31 +
               std::hash<gatehouse::model::ObjectName>{}(k.name);
    }
};
