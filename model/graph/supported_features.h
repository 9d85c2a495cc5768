#pragma once

#include <string_view>
#include <vector>

namespace gatehouse::model {

/// Names for GatewayClass.status.supportedFeatures, sorted. A name stands here only when the engine really does it.
const std::vector<std::string_view>& supportedFeatures();

} // namespace gatehouse::model
