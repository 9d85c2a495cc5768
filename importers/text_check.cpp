#include "importers/text_check.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::importers {

namespace {

using Byte = unsigned char;

bool isContinuation(char c)
{
    return (static_cast<Byte>(c) & 0xC0) == 0x80;
}

std::uint32_t codePoints(std::string_view text)
{
    return static_cast<std::uint32_t>(text.size() - std::count_if(text.begin(), text.end(), isContinuation));
}

/// Length of the well-formed UTF-8 sequence at `at` (RFC 3629: shortest form, no surrogates, up to U+10FFFF); 0 if
/// none.
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const Byte lead = static_cast<Byte>(text[at]);
    if (lead < 0x80)
        return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!isContinuation(text[at + i]))
            return 0;
    const Byte second = static_cast<Byte>(text[at + 1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool surrogate = lead == 0xED && second >= 0xA0;
    const bool beyond = lead == 0xF4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

bool isForbidden(char c)
{
    const Byte byte = static_cast<Byte>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Offset of the first byte that may not stand in a manifest.
std::size_t firstBadByte(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        // Eight plain ASCII characters at a time: nearly all of every manifest. A byte below space or with the high bit
        // set shows up in the mask (which may also be set by a harmless neighbour; the slow path then decides).
        while (text.size() - at >= 8) {
            std::uint64_t word;
            std::memcpy(&word, text.data() + at, 8);
            const std::uint64_t below = word - 0x2020202020202020u;
            if ((word | below) & 0x8080808080808080u)
                break;
            at += 8;
        }
        if (at == text.size())
            break;
        const std::size_t end = std::min(text.size(), at + 8);
        while (at < end) {
            const std::size_t length = sequenceLength(text, at);
            if (length == 0 || isForbidden(text[at]))
                return at;
            at += length;
        }
    }
    return std::string_view::npos;
}

std::string hexByte(Byte byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {'0', 'x', digits[byte >> 4], digits[byte & 15]};
}

} // namespace

bool isUtf8(std::string_view text) noexcept
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequenceLength(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string_view withoutBom(std::string_view text) noexcept
{
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

bool checkText(std::string_view text, ProblemList& problems)
{
    const std::size_t bad = firstBadByte(text);
    if (bad == std::string_view::npos)
        return true;
    const model::Position position = PositionTracker(text, 1).at(bad);
    const Byte byte = static_cast<Byte>(text[bad]);
    const bool utf16 =
        text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || (byte == 0 && bad <= 1 && text.size() > 3);
    if (utf16)
        problems.error(code::encoding, position, "the text seems to be UTF-16").remedy = "save it as UTF-8";
    else if (byte < 0x20)
        problems
            .error(code::encoding, position, "the control character " + hexByte(byte) + " may not stand in a manifest")
            .remedy = "remove it; in a quoted string write it as an escape";
    else
        problems.error(code::encoding, position, "the byte " + hexByte(byte) + " is not valid UTF-8").remedy =
            "save the file as UTF-8";
    return false;
}

model::Position PositionTracker::at(std::size_t offset)
{
    offset = std::min(offset, text_.size());
    if (offset < offset_) {
        const std::string_view back = text_.substr(offset, offset_ - offset);
        const auto breaks = static_cast<std::uint32_t>(std::count(back.begin(), back.end(), '\n'));
        line_ -= breaks;
        if (breaks == 0) {
            column_ -= codePoints(back);
        } else {
            const std::size_t lineStart = text_.substr(0, offset).rfind('\n') + 1;
            column_ = 1 + codePoints(text_.substr(lineStart, offset - lineStart));
        }
        offset_ = offset;
    }
    for (; offset_ < offset; ++offset_) {
        if (text_[offset_] == '\n') {
            ++line_;
            column_ = 1;
        } else if (!isContinuation(text_[offset_])) {
            ++column_;
        }
    }
    return {line_, column_};
}

} // namespace gatehouse::importers
