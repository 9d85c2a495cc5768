#pragma once

#include "model/base/object_key.h"

#include <optional>
#include <string>

namespace gatehouse::ui {

/// Names as the engine tells them, as keys of the topology; nothing for what is no such name. Thread: any.

/// "namespace/name" of a Gateway.
std::optional<model::ObjectKey> gatewayKey(const std::string& name);
/// "HTTPRoute/namespace/name".
std::optional<model::ObjectKey> routeKey(const std::string& name);
/// "namespace/service:port" of a backend, as its Service.
std::optional<model::ObjectKey> serviceKey(const std::string& name);

} // namespace gatehouse::ui
