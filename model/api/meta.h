#pragma once

#include "model/base/object_key.h"
#include "model/base/source_location.h"
#include "model/base/value.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse::model {

/// Seconds since the epoch, UTC: the precision of Kubernetes timestamps.
using Timestamp = std::chrono::sys_seconds;

/// metav1.ObjectMeta, as far as the Gateway API and kubectl read it.
struct ObjectMeta {
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> annotations;
    std::int64_t generation = 1;
    std::optional<Timestamp> creationTimestamp; ///< absent (files mostly): counts as the newest when age decides
    std::string uid;
    std::string resourceVersion;
};

/// What every resource has. Typed resources derive from it and add `spec` fields.
/// Lifetime: resources are held as shared_ptr<const T>, never changed once in a ResourceSet, and shared by every later
/// stage. Thread: immutable, so any.
struct Resource {
    ObjectKey key;
    std::string apiVersion; ///< canonical served version, "gateway.networking.k8s.io/v1"
    ObjectMeta meta;
    SourceLocation source;                 ///< first token of the object; unknown file when assumed
    std::shared_ptr<const Value> document; ///< whole object, pruned and defaulted, without status; null when assumed

    [[nodiscard]] const std::string& name() const noexcept { return key.name.name; }
    [[nodiscard]] const std::string& namespace_() const noexcept { return key.name.namespace_; }
    /// A position of this object's text as a location.
    [[nodiscard]] SourceLocation at(Position position) const { return {source.file, position}; }
};

/// True when `a` comes before `b` by age, then namespace/name: the Gateway API's tie-break (GEP-1364 and semantics 8).
inline bool isOlder(const Resource& a, const Resource& b)
{
    const auto never = Timestamp::max();
    const Timestamp ta = a.meta.creationTimestamp.value_or(never);
    const Timestamp tb = b.meta.creationTimestamp.value_or(never);
    return ta != tb ? ta < tb : a.key.name < b.key.name;
}

inline constexpr std::string_view gatewayGroup = "gateway.networking.k8s.io";

} // namespace gatehouse::model
