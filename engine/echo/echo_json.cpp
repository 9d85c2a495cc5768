#include "engine/echo/echo_json.h"

#include <algorithm>

namespace gatehouse::engine {

namespace {

constexpr char hex[] = "0123456789abcdef";

/// Length of the UTF-8 sequence that `text` starts with; 0 if there is none (RFC 3629: no overlong form, no surrogate).
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xc2 ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    if (length < 3)
        return length;
    const unsigned char second = byte(1);
    const bool impossible = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                            (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return impossible ? 0 : length;
}

void appendEscaped(std::string& out, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '"':
    case '\\':
        out.append(1, '\\').push_back(c);
        break;
    case '\n':
        out.append("\\n");
        break;
    case '\r':
        out.append("\\r");
        break;
    case '\t':
        out.append("\\t");
        break;
    default:
        if (byte < 0x20 || c == '<' || c == '>' || c == '&')
            out.append("\\u00").append(1, hex[byte >> 4]).push_back(hex[byte & 15]);
        else
            out.push_back(c);
    }
}

} // namespace

void appendJsonText(std::string& out, std::string_view text)
{
    out.push_back('"');
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        if (length == 1)
            appendEscaped(out, text.front());
        else if (length == 0)
            out.append("\\ufffd");
        else
            out.append(text.substr(0, length));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out.push_back('"');
}

std::string printable(std::string_view text, std::size_t limit)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte < 0x7f && c != '\\';
        if (out.size() + (plain ? 1 : 4) > limit)
            return out + "...";
        if (plain)
            out.push_back(c);
        else
            out.append("\\x").append(1, hex[byte >> 4]).push_back(hex[byte & 15]);
    }
    return out;
}

} // namespace gatehouse::engine
