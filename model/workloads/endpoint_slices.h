#pragma once

#include "model/workloads/workloads.h"

#include <unordered_map>

namespace gatehouse::model {

/// Finds the groups that a selector selects, by the rarest of its labels: a namespace of a thousand Services and a
/// thousand Deployments costs a thousand look-ups, no million comparisons. Lifetime: within that of `groups`.
class PodSelection {
public:
    explicit PodSelection(const std::vector<std::shared_ptr<const PodGroup>>& groups);
    /// In the order of `groups`; none for an empty selector.
    [[nodiscard]] std::vector<std::shared_ptr<const PodGroup>>
    select(const std::string& namespace_, const std::map<std::string, std::string>& selector) const;

private:
    const std::vector<std::shared_ptr<const PodGroup>>& groups_;
    std::unordered_map<std::string, std::vector<std::size_t>> byLabel_; ///< "namespace/label=value"
};

/// The labels that a selector sees: of the Pods, also where there are none.
const std::map<std::string, std::string>& podLabels(const PodGroup& group);

/// The slices that the endpoint controller makes of a Service and the Pods that it selects; one for each set of ports
/// that the Service's target ports come to, at least one.
std::vector<std::shared_ptr<const EndpointSlice>>
makeSlices(const Service& service, const std::vector<std::shared_ptr<const PodGroup>>& groups);

} // namespace gatehouse::model
