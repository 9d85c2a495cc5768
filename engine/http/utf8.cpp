#include "engine/http/utf8.h"

#include <cstddef>
#include <cstdint>

namespace gatehouse::engine {

bool isUtf8(std::string_view text) noexcept
{
    std::size_t i = 0;
    while (i < text.size()) {
        const auto first = static_cast<unsigned char>(text[i++]);
        if (first < 0x80)
            continue;
        const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4)
            return false;
        std::uint32_t code = first & (0x3Fu >> more);
        for (int n = 0; n < more; ++n) {
            if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
                return false;
            code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3Fu);
        }
        const bool shorter = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        if (shorter || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
    }
    return true;
}

} // namespace gatehouse::engine
