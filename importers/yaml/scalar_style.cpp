#include "importers/yaml/scalar_style.h"

#include "importers/yaml/plain_scalar.h"

#include <algorithm>
#include <cstdint>

namespace gatehouse::importers {

namespace {

using Byte = unsigned char;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Decodes the UTF-8 sequence at `at` and moves behind it; a broken byte counts as U+FFFD of length one.
char32_t nextCodePoint(std::string_view text, std::size_t& at)
{
    const Byte lead = static_cast<Byte>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 0 || text.size() - at < length) {
        ++at;
        return 0xFFFD;
    }
    char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        point = (point << 6) | (static_cast<Byte>(text[at + i]) & 0x3Fu);
    at += length;
    return point;
}

/// YAML's c-printable, without the line and paragraph separators and the byte order mark, which readers treat unlike.
bool isPrintable(char32_t point)
{
    return (point >= 0x20 && point <= 0x7E) || point == '\t' ||
           (point >= 0xA0 && point <= 0xD7FF && point != 0x2028 && point != 0x2029) ||
           (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF) || (point >= 0x10000 && point <= 0x10FFFF);
}

bool hasSpecialCharacters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = nextCodePoint(text, at);
        if (point != '\n' && !isPrintable(point))
            return true;
    }
    return false;
}

/// Types of YAML 1.1 that our reader does not have but others do: 2024-01-31 (a date) and 12:30 (base 60).
bool isTypeOfOthers(std::string_view text)
{
    const auto digits = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
    if (digits == 4 && text.size() > 7 && text[4] == '-' && isDigit(text[5]))
        return true;
    const std::size_t start = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    return text.size() > start && isDigit(text[start]) && text.find(':') != std::string_view::npos &&
           text.find_first_not_of("0123456789_:.", start) == std::string_view::npos;
}

/// True when the characters leave no doubt that this is a plain scalar, in any place of a block mapping or list.
bool looksPlain(std::string_view text)
{
    constexpr std::string_view indicators = ",[]{}#&*!|>'\"%@`";
    const char first = text[0];
    if (indicators.find(first) != std::string_view::npos || text.starts_with("---") || text.starts_with("..."))
        return false;
    if ((first == '-' || first == '?' || first == ':') && (text.size() == 1 || text[1] == ' ' || text[1] == '\t'))
        return false;
    if (first == ' ' || text.back() == ' ' || text.back() == ':' || text.find('\t') != std::string_view::npos)
        return false;
    return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

/// A literal block keeps lines as they are, but leading blanks of the text would need an indentation indicator, and
/// blanks before a line end cannot be seen: such texts are quoted.
bool fitsLiteral(std::string_view text)
{
    const bool leading = text[0] == ' ' || text[0] == '\n' || text[0] == '\t';
    const bool hidden = text.find(" \n") != std::string_view::npos || text.find("\t\n") != std::string_view::npos ||
                        text.back() == ' ' || text.back() == '\t';
    return !leading && !hidden && text.find_first_not_of('\n') != std::string_view::npos;
}

std::string singleQuoted(std::string_view text)
{
    std::string result = "'";
    for (const char c : text)
        result.append(c == '\'' ? 2 : 1, c);
    return result + '\'';
}

void appendHex(std::string& out, char32_t point, int digits)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += hex[(point >> shift) & 15];
}

} // namespace

ScalarStyle scalarStyle(std::string_view text)
{
    if (text.empty() || hasSpecialCharacters(text))
        return ScalarStyle::DoubleQuoted;
    if (text.find('\n') != std::string_view::npos)
        return fitsLiteral(text) ? ScalarStyle::Literal : ScalarStyle::DoubleQuoted;
    if (!resolvePlainScalar(text).isString() || isTypeOfOthers(text))
        return ScalarStyle::DoubleQuoted;
    return looksPlain(text) && text != "<<" && text != "=" ? ScalarStyle::Plain : ScalarStyle::SingleQuoted;
}

std::string doubleQuoted(std::string_view text)
{
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t point = nextCodePoint(text, at);
        if (point == '"' || point == '\\')
            result.append(1, '\\').append(1, static_cast<char>(point));
        else if (point == '\n')
            result += "\\n";
        else if (point == '\t')
            result += "\\t";
        else if (point == '\r')
            result += "\\r";
        else if (isPrintable(point))
            result.append(text.substr(start, at - start));
        else if (point < 0x100)
            result += "\\x", appendHex(result, point, 2);
        else if (point < 0x10000)
            result += "\\u", appendHex(result, point, 4);
        else
            result += "\\U", appendHex(result, point, 8);
    }
    return result + '"';
}

std::string scalarText(std::string_view text)
{
    switch (scalarStyle(text)) {
    case ScalarStyle::Plain:
        return std::string(text);
    case ScalarStyle::SingleQuoted:
        return singleQuoted(text);
    case ScalarStyle::DoubleQuoted:
    case ScalarStyle::Literal:
        break;
    }
    return doubleQuoted(text);
}

} // namespace gatehouse::importers
