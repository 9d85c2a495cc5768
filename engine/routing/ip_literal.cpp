#include "engine/routing/ip_literal.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::routing {

std::optional<std::array<std::uint8_t, 4>> parseIPv4(std::string_view text) noexcept
{
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t end = i == 3 ? text.size() : text.find('.');
        if (end == std::string_view::npos || end == 0 || end > 3 || (end > 1 && text[0] == '0'))
            return std::nullopt;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + end, bytes[i]);
        if (error != std::errc() || stop != text.data() + end)
            return std::nullopt;
        text.remove_prefix(i == 3 ? end : end + 1);
    }
    return bytes;
}

std::optional<std::array<std::uint16_t, 8>> parseIPv6(std::string_view text) noexcept
{
    std::array<std::uint16_t, 8> groups{};
    std::size_t count = 0;
    std::optional<std::size_t> gap; // where "::" stands
    if (text.starts_with("::")) {
        gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        if (count == 8)
            return std::nullopt;
        const std::size_t end = std::min(text.find(':'), text.size());
        const std::string_view group = text.substr(0, end);
        if (group.find('.') != std::string_view::npos) {
            const auto tail = parseIPv4(group);
            if (!tail || count > 6 || end != text.size())
                return std::nullopt;
            groups[count++] = static_cast<std::uint16_t>((*tail)[0] << 8 | (*tail)[1]);
            groups[count++] = static_cast<std::uint16_t>((*tail)[2] << 8 | (*tail)[3]);
            break;
        }
        const auto [stop, error] = std::from_chars(group.data(), group.data() + group.size(), groups[count], 16);
        if (group.empty() || group.size() > 4 || error != std::errc() || stop != group.data() + group.size())
            return std::nullopt;
        ++count;
        text.remove_prefix(end);
        if (text.empty())
            break;
        if (text.starts_with("::")) {
            if (gap)
                return std::nullopt;
            gap = count;
            text.remove_prefix(2);
        } else if (text.size() == 1) {
            return std::nullopt;
        } else {
            text.remove_prefix(1);
        }
    }
    if (gap ? count > 7 : count != 8)
        return std::nullopt;
    if (gap) {
        for (std::size_t i = 0; i < count - *gap; ++i)
            groups[7 - i] = groups[count - 1 - i];
        for (std::size_t i = *gap; i < *gap + (8 - count); ++i)
            groups[i] = 0;
    }
    return groups;
}

bool isIpLiteral(std::string_view text) noexcept
{
    return parseIPv4(text) || parseIPv6(text);
}

bool isLoopback(std::string_view text) noexcept
{
    if (const auto v4 = parseIPv4(text))
        return (*v4)[0] == 127;
    const auto v6 = parseIPv6(text);
    if (!v6)
        return false;
    for (std::size_t i = 0; i < 5; ++i)
        if ((*v6)[i] != 0)
            return false;
    const bool one = (*v6)[5] == 0 && (*v6)[6] == 0 && (*v6)[7] == 1;
    return one || ((*v6)[5] == 0xFFFF && (*v6)[6] >> 8 == 127);
}

} // namespace gatehouse::routing
