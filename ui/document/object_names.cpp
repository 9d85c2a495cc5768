#include "ui/document/object_names.h"

namespace gatehouse::ui {
namespace {

constexpr const char* apiGroup = "gateway.networking.k8s.io";

} // namespace

std::optional<model::ObjectKey> gatewayKey(const std::string& name)
{
    const auto slash = name.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    return model::ObjectKey{apiGroup, "Gateway", {name.substr(0, slash), name.substr(slash + 1)}};
}

std::optional<model::ObjectKey> routeKey(const std::string& name)
{
    const auto first = name.find('/');
    const auto second = first == std::string::npos ? first : name.find('/', first + 1);
    if (second == std::string::npos || name.find('/', second + 1) != std::string::npos)
        return std::nullopt;
    return model::ObjectKey{
        apiGroup, name.substr(0, first), {name.substr(first + 1, second - first - 1), name.substr(second + 1)}};
}

std::optional<model::ObjectKey> serviceKey(const std::string& name)
{
    const auto slash = name.find('/'), colon = name.rfind(':');
    if (slash == std::string::npos || colon == std::string::npos || colon < slash)
        return std::nullopt;
    return model::ObjectKey{"", "Service", {name.substr(0, slash), name.substr(slash + 1, colon - slash - 1)}};
}

} // namespace gatehouse::ui
