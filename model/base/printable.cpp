#include "model/base/printable.h"

#include <algorithm>

namespace gatehouse::model {

std::size_t controlLength(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.empty())
        return 0;
    if (byte(0) < 0x20 || byte(0) == 0x7f)
        return 1;
    return byte(0) == 0xc2 && text.size() > 1 && byte(1) >= 0x80 && byte(1) < 0xa0 ? 2 : 0;
}

void appendEscaped(std::string& out, char byte)
{
    constexpr std::string_view hex = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    (out += "\\x").append({hex[value >> 4], hex[value & 15]});
}

std::string printable(std::string text)
{
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f || byte == 0xc2;
    });
    if (plain)
        return text;
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t control = controlLength(rest);
        for (const char c : rest.substr(0, control))
            appendEscaped(out, c);
        if (control == 0)
            out += rest.front();
        rest.remove_prefix(control > 0 ? control : 1);
    }
    return out;
}

} // namespace gatehouse::model
