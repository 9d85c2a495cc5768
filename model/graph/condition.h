#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::model {

enum class ConditionStatus : std::uint8_t { True, False, Unknown };
std::string_view toString(ConditionStatus status);

/// A spec outcome (metav1.Condition). observedGeneration and lastTransitionTime are not here: the first comes from the
/// object when status is written, the second is stamped by the store when `status` really changes.
struct Condition {
    std::string type;
    ConditionStatus status = ConditionStatus::Unknown;
    std::string reason;
    std::string message;

    bool operator==(const Condition&) const = default;
};

/// Finds a condition by type; null when absent.
const Condition* findCondition(const std::vector<Condition>& conditions, std::string_view type);

} // namespace gatehouse::model
