#include "app/control/config_text.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace gatehouse::control {

std::optional<std::uint16_t> parsePort(std::string_view text)
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port == 0)
        return std::nullopt;
    return port;
}

bool isIpLiteral(const std::string& text)
{
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    return inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

bool isLoopback(const std::string& text)
{
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    if (inet_pton(AF_INET, text.c_str(), buffer.data()) == 1)
        return buffer[0] == 127;
    if (inet_pton(AF_INET6, text.c_str(), buffer.data()) != 1)
        return false;
    std::array<unsigned char, sizeof(in6_addr)> loopback{};
    loopback.back() = 1;
    return buffer == loopback;
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    using std::chrono::milliseconds;
    milliseconds total{0};
    int components = 0;
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
            ++digits;
        if (digits == 0 || digits > 5 || ++components > 4)
            return std::nullopt;
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + digits, number);
        text.remove_prefix(digits);
        if (text.starts_with("ms")) {
            total += milliseconds(number);
            text.remove_prefix(2);
        } else if (text.starts_with("h")) {
            total += std::chrono::hours(number);
            text.remove_prefix(1);
        } else if (text.starts_with("m")) {
            total += std::chrono::minutes(number);
            text.remove_prefix(1);
        } else if (text.starts_with("s")) {
            total += std::chrono::seconds(number);
            text.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    return components == 0 ? std::nullopt : std::optional(total);
}

std::string formatDuration(std::chrono::milliseconds duration)
{
    std::int64_t rest = duration.count();
    if (rest == 0)
        return "0s";
    std::string text;
    const auto part = [&](std::int64_t unit, const char* name) {
        if (rest >= unit)
            text += std::to_string(rest / unit) + name;
        rest %= unit;
    };
    part(3'600'000, "h");
    part(60'000, "m");
    part(1'000, "s");
    part(1, "ms");
    return text;
}

model::Result<HostPort, std::string> parseHostPort(const std::string& text)
{
    const auto refuse = [&](const std::string& why) {
        return model::Unexpected{"'" + text + "' " + why + "; expected host:port, as 127.0.0.1:9000 or [::1]:9000"};
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return refuse("has no port");
    HostPort result;
    result.host = text.substr(0, colon);
    const auto port = parsePort(std::string_view(text).substr(colon + 1));
    if (!port)
        return refuse("has no valid port");
    result.port = *port;
    if (result.host.size() > 2 && result.host.front() == '[' && result.host.back() == ']') {
        result.host = result.host.substr(1, result.host.size() - 2);
        if (!isIpLiteral(result.host))
            return refuse("has no valid IPv6 address");
    } else if (result.host.find(':') != std::string::npos) {
        return refuse("needs brackets around the IPv6 address");
    }
    if (result.host.empty())
        return refuse("has no host");
    if (result.host.find_first_of(" /@?#[]") != std::string::npos)
        return refuse("has no valid host");
    return result;
}

std::string formatHostPort(const std::string& host, std::uint16_t port)
{
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ':' + std::to_string(port);
}

std::string qualify(const std::string& name)
{
    const std::size_t slash = name.find('/');
    if (name.empty() || slash == 0 || slash + 1 == name.size())
        return {};
    if (slash == std::string::npos)
        return "default/" + name;
    return name.find('/', slash + 1) == std::string::npos ? name : std::string();
}

std::string qualifyListener(const std::string& text)
{
    const std::size_t slash = text.rfind('/');
    const std::string gateway = slash == std::string::npos ? "" : qualify(text.substr(0, slash));
    return gateway.empty() || slash + 1 == text.size() ? std::string() : gateway + text.substr(slash);
}

model::Result<std::string, std::string> parseBackendKey(const std::string& text)
{
    const auto refuse = [&] {
        return model::Unexpected{"'" + text +
                                 "' names no Service port; expected namespace/service:port, as shop/cart:80"};
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return refuse();
    const std::string service = qualify(text.substr(0, colon));
    const auto port = parsePort(std::string_view(text).substr(colon + 1));
    if (service.empty() || !port)
        return refuse();
    return service + ':' + std::to_string(*port);
}

} // namespace gatehouse::control
