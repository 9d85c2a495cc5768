#pragma once

#include "engine/routing/request_head.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Scanning of HTTP/1 heads, shared by requests, responses and trailers.
///
/// Written by hand and not on Boost.Beast's basic_parser, which costs the same (tests/bench/bench_h1.cpp: 0.4 us for a
/// request and its answer) and does less: it accepts folded lines and copies them, tells 400 from 414, 431, 501 and 505
/// only by way of its own error codes, takes repeated equal Content-Length fields, and leaves Host and the target's
/// forms to a second pass.
namespace gatehouse::engine::h1 {

enum CharClass : std::uint8_t {
    TokenChar = 1,  ///< tchar, RFC 9110 5.6.2
    TargetChar = 2, ///< visible ASCII but '#': nothing that could end a request line or start a fragment
    TextChar = 4,   ///< field content: HTAB, SP, visible ASCII and obs-text, RFC 9110 5.5
    HostChar = 8,   ///< reg-name without '%', RFC 3986 3.2.2
};

consteval std::array<std::uint8_t, 256> makeCharClasses()
{
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const auto isOneOf = [&](std::string_view set) { return c < 128 && set.find(char(c)) != set.npos; };
        if (alnum || isOneOf("!#$%&'*+-.^_`|~"))
            table[c] |= TokenChar;
        if (c > 0x20 && c < 0x7f && c != '#')
            table[c] |= TargetChar;
        if (c == '\t' || (c >= 0x20 && c != 0x7f))
            table[c] |= TextChar;
        if (alnum || isOneOf("-._~!$&'()*+,;="))
            table[c] |= HostChar;
    }
    return table;
}
inline constexpr std::array<std::uint8_t, 256> charClasses = makeCharClasses();

inline bool is(char c, CharClass wanted) noexcept
{
    return (charClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}
inline const char* skip(const char* at, const char* end, CharClass wanted) noexcept
{
    while (at != end && is(*at, wanted))
        ++at;
    return at;
}
inline bool isAll(std::string_view text, CharClass wanted) noexcept
{
    return skip(text.data(), text.data() + text.size(), wanted) == text.data() + text.size();
}

/// First byte at or after `at` that field content may not hold. Eight bytes a step: values are most of a head.
inline const char* skipText(const char* at, const char* end) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101u;
    for (; end - at >= 8; at += 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        const std::uint64_t delZero = word ^ (ones * 0x7f);
        const std::uint64_t below = (word - ones * 0x20) & ~word; // top bit set where a byte is < 0x20
        const std::uint64_t del = (delZero - ones) & ~delZero;    // ... and where it is 0x7f
        if ((below | del) & (ones * 0x80))
            break;
    }
    return skip(at, end, TextChar);
}

/// `name` equals `lower`, which is written in lower case letters, digits and '-'. For checked tokens and field values
/// only: the bit trick takes control characters for others.
inline bool isWord(std::string_view name, std::string_view lower) noexcept
{
    if (name.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        if ((name[i] | 0x20) != lower[i])
            return false;
    }
    return true;
}

/// Without optional whitespace at both ends.
inline std::string_view trim(std::string_view text) noexcept
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Takes the next element off a comma-separated list; false when none is left. Elements may be empty.
inline bool nextElement(std::string_view& list, bool& atEnd, std::string_view& element) noexcept
{
    if (atEnd)
        return false;
    const std::size_t comma = list.find(',');
    element = trim(list.substr(0, comma));
    atEnd = comma == std::string_view::npos;
    if (!atEnd)
        list.remove_prefix(comma + 1);
    return true;
}

/// Calls `visit(element)` for each element of a comma-separated list.
template <typename Visit>
void forEachElement(std::string_view list, Visit&& visit)
{
    bool atEnd = false;
    std::string_view element;
    while (nextElement(list, atEnd, element))
        visit(element);
}

/// Reads field lines, strictly: CRLF only, no whitespace before the colon, no folding (RFC 9112 2.2, 5.1, 5.2). What it
/// says of some bytes it also says of those bytes with more behind them, so that a head gives one result however it
/// arrives.
class FieldScanner {
public:
    enum class Step : std::uint8_t { Field, End, More, Bad };

    FieldScanner(const char* begin, const char* end) noexcept : at_(begin), end_(end) {}
    /// Field: `field` was read. End: the empty line was. More: the bytes end before the line does.
    Step next(routing::HeaderField& field) noexcept;
    [[nodiscard]] const char* at() const noexcept { return at_; }
    [[nodiscard]] std::string_view problem() const noexcept { return problem_; } ///< after Bad; static text

private:
    Step bad(std::string_view problem) noexcept;
    const char* at_;
    const char* end_;
    std::string_view problem_;
};

/// What a parser remembers of a head that it has seen only in part.
struct Progress {
    std::size_t scanned = 0;    ///< bytes; 0: nothing yet
    bool startLineSeen = false; ///< the first line was complete, and fine
};

/// False as long as the bytes behind `seen` cannot have completed the head, or its first line, or spoilt them. So the
/// bytes of a head that trickles in are searched for line ends once, and parsed a few times at most however many calls
/// there are.
bool mayBeComplete(std::string_view buffer, const Progress& seen, std::size_t limit) noexcept;

} // namespace gatehouse::engine::h1
