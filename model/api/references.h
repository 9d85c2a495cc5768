#pragma once

#include "model/api/meta.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

/// References of the Gateway API with their defaults filled in (semantics 2); `namespace_` stays empty when the text
/// has none, because status must repeat the reference as it was written. `position` is the reference's place in the
/// text.

struct ParentReference {
    std::string group = std::string(gatewayGroup);
    std::string kind = "Gateway";
    std::optional<std::string> namespace_;
    std::string name;
    std::optional<std::string> sectionName;
    std::optional<std::uint16_t> port;
    Position position;
};

struct BackendObjectReference {
    std::string group;
    std::string kind = "Service";
    std::optional<std::string> namespace_;
    std::string name;
    std::optional<std::uint16_t> port; ///< the Service's port, not the container's
    Position position;
};

/// SecretObjectReference, the frontend CA's ObjectReference, LocalObjectReference and ParametersReference alike.
struct ObjectReference {
    std::string group;
    std::string kind;
    std::optional<std::string> namespace_;
    std::string name;
    Position position;
};

enum class LabelOperator : std::uint8_t { In, NotIn, Exists, DoesNotExist };

struct LabelRequirement {
    std::string key;
    LabelOperator op = LabelOperator::In;
    std::vector<std::string> values;
};

/// metav1.LabelSelector; empty matches everything, an absent selector (optional) matches nothing.
struct LabelSelector {
    std::map<std::string, std::string> matchLabels;
    std::vector<LabelRequirement> matchExpressions;

    [[nodiscard]] bool matches(const std::map<std::string, std::string>& labels) const;
};

} // namespace gatehouse::model
