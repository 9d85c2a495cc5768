#include "model/base/printable.h"

#include <algorithm>
#include <string_view>

namespace gatehouse::model {

namespace {

/// Bytes of the control character that `text` begins with; 0 when it is none.
std::size_t controlLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x20 || byte(0) == 0x7f)
        return 1;
    return byte(0) == 0xc2 && text.size() > 1 && byte(1) >= 0x80 && byte(1) < 0xa0 ? 2 : 0;
}

} // namespace

std::string printable(std::string text)
{
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f || byte == 0xc2;
    });
    if (plain)
        return text;
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t control = controlLength(rest);
        for (const char c : rest.substr(0, control)) {
            const auto byte = static_cast<unsigned char>(c);
            (out += "\\x").append({hex[byte >> 4], hex[byte & 15]});
        }
        const std::size_t taken = control > 0 ? control : 1;
        if (control == 0)
            out += rest.front();
        rest.remove_prefix(taken);
    }
    return out;
}

} // namespace gatehouse::model
