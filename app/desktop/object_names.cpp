#include "app/desktop/object_names.h"

#include <QStringList>

namespace gatehouse::desktop {

std::optional<model::ObjectKey> routeKey(const std::string& name)
{
    const QStringList parts = QString::fromStdString(name).split(QLatin1Char('/'));
    if (parts.size() != 3)
        return std::nullopt;
    return model::ObjectKey{
        "gateway.networking.k8s.io", parts[0].toStdString(), {parts[1].toStdString(), parts[2].toStdString()}};
}

std::optional<model::ObjectKey> gatewayKey(const std::string& name)
{
    const auto slash = name.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    return model::ObjectKey{"gateway.networking.k8s.io", "Gateway", {name.substr(0, slash), name.substr(slash + 1)}};
}

std::optional<model::ObjectKey> serviceKey(const std::string& name)
{
    const auto slash = name.find('/'), colon = name.rfind(':');
    if (slash == std::string::npos || colon == std::string::npos || colon < slash)
        return std::nullopt;
    return model::ObjectKey{"", "Service", {name.substr(0, slash), name.substr(slash + 1, colon - slash - 1)}};
}

} // namespace gatehouse::desktop
