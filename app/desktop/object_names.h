#pragma once

#include "model/base/object_key.h"

#include <optional>
#include <string>

namespace gatehouse::desktop {

/// Names as the engine's explanations write them, as keys; nothing: it is none. Thread: any.

std::optional<model::ObjectKey> routeKey(const std::string& name);   ///< "HTTPRoute/namespace/name"
std::optional<model::ObjectKey> gatewayKey(const std::string& name); ///< "namespace/name"
std::optional<model::ObjectKey> serviceKey(const std::string& name); ///< "namespace/service:port"

} // namespace gatehouse::desktop
