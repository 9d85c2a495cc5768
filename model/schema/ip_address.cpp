#include "model/schema/ip_address.h"

#include <cstddef>

namespace gatehouse::model {
namespace {

bool isHexGroup(std::string_view text)
{
    if (text.empty() || text.size() > 4)
        return false;
    for (const char c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            return false;
    return true;
}

constexpr int malformed = -1;

/// Number of 16-bit groups in one side of a "::"; `malformed` when there is something else. Only the last may be IPv4.
int countGroups(std::string_view text, bool ipv4MayEnd)
{
    int groups = 0;
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        const bool last = colon == std::string_view::npos;
        if (isHexGroup(group))
            groups += 1;
        else if (last && ipv4MayEnd && isIpv4Address(group))
            groups += 2;
        else
            return malformed;
        if (last)
            break;
        text.remove_prefix(colon + 1);
        if (text.empty())
            return malformed;
    }
    return groups;
}

} // namespace

bool isIpv4Address(std::string_view text) noexcept
{
    for (int part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        int number = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 4)
            number = number * 10 + (text[digits++] - '0');
        if (digits == 0 || digits > 3 || number > 255 || (digits > 1 && text.front() == '0'))
            return false;
        text.remove_prefix(digits);
        if (part == 3)
            return text.empty();
        if (!text.starts_with('.'))
            return false;
        text.remove_prefix(1);
    }
    return false;
}

bool isIpv6Address(std::string_view text) noexcept
{
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos)
        return countGroups(text, true) == 8;
    if (text.find("::", gap + 1) != std::string_view::npos)
        return false;
    const int before = countGroups(text.substr(0, gap), false);
    const int after = countGroups(text.substr(gap + 2), true);
    return before != malformed && after != malformed && before + after <= 7;
}

} // namespace gatehouse::model
