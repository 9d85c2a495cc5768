#include "app/admin/guard.h"

#include "app/control/config_text.h"

namespace gatehouse::admin {

namespace {

std::string hostWithoutPort(const std::string& host)
{
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        return end == std::string::npos ? host : host.substr(1, end - 1);
    }
    return host.substr(0, host.find(':'));
}

} // namespace

std::string refusal(const std::string& host, std::string_view origin)
{
    const std::string name = hostWithoutPort(host);
    if (name != "localhost" && !control::isIpLiteral(name))
        return "Host must be an IP address or localhost";
    if (!origin.empty() && origin != "http://" + host)
        return "requests from other origins are refused";
    return {};
}

} // namespace gatehouse::admin
