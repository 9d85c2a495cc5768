#include "engine/http/h1_framing.h"

#include "engine/http/h1_head_scan.h"

#include <limits>

namespace gatehouse::engine::h1 {

void HeadFacts::take(const routing::HeaderField& field) noexcept
{
    // By length first: most fields of a head are none of these.
    switch (field.name.size()) {
    case 4:
        if (isWord(field.name, "host")) {
            host = field.value;
            ++hosts;
        }
        break;
    case 6:
        if (isWord(field.name, "expect"))
            (isWord(field.value, "100-continue") ? expectContinue : expectUnknown) = true;
        break;
    case 7:
        if (isWord(field.name, "upgrade"))
            hasUpgrade = hasUpgrade || !field.value.empty();
        break;
    case 10:
        if (isWord(field.name, "connection")) {
            forEachElement(field.value, [this](std::string_view option) {
                close = close || isWord(option, "close");
                keepAlive = keepAlive || isWord(option, "keep-alive");
                connectionUpgrade = connectionUpgrade || isWord(option, "upgrade");
            });
        }
        break;
    case 14:
        if (isWord(field.name, "content-length"))
            takeLength(field.value);
        break;
    case 17:
        if (isWord(field.name, "transfer-encoding"))
            takeTransferEncoding(field.value);
        break;
    default:
        break;
    }
}

void HeadFacts::takeLength(std::string_view value) noexcept
{
    ++lengths;
    badLength = badLength || value.empty();
    std::uint64_t sum = 0;
    for (const char c : value) {
        const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
        if (digit > 9 || sum > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) {
            badLength = true;
            return;
        }
        sum = sum * 10 + digit;
    }
    length = sum;
}

void HeadFacts::takeTransferEncoding(std::string_view value) noexcept
{
    hasTransferEncoding = true;
    forEachElement(value, [this](std::string_view element) {
        const std::string_view coding = trim(element.substr(0, element.find(';')));
        const bool hasParameters = coding.size() != element.size();
        chunkedLast = isWord(coding, "chunked");
        if (chunkedLast)
            ++chunked;
        else
            ++codings;
        // Chunked has no parameters (RFC 9112 7.1); an empty element is somebody's disguise.
        if (coding.empty() || !isAll(coding, TokenChar) || (chunkedLast && hasParameters))
            badCoding = true;
    });
}

ParseFailure checkFraming(const HeadFacts& facts, unsigned minorVersion) noexcept
{
    if (facts.badLength)
        return {400, "invalid Content-Length"};
    if (facts.lengths > 1)
        return {400, "more than one Content-Length"};
    if (!facts.hasTransferEncoding)
        return {};
    if (facts.lengths != 0)
        return {400, "both Transfer-Encoding and Content-Length"};
    if (minorVersion == 0)
        return {400, "Transfer-Encoding in HTTP/1.0"};
    if (facts.badCoding)
        return {400, "malformed Transfer-Encoding"};
    if (facts.chunked > 1)
        return {400, "chunked applied twice"};
    if (!facts.chunkedLast)
        return {400, "chunked is not the last transfer coding"};
    if (facts.codings != 0)
        return {501, "transfer coding not implemented"};
    return {};
}

bool persists(const HeadFacts& facts, unsigned minorVersion) noexcept
{
    return !facts.close && (minorVersion >= 1 || facts.keepAlive);
}

int portOf(std::string_view text) noexcept
{
    int port = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return -1;
        port = port * 10 + (c - '0');
        if (port > 65535)
            return -1;
    }
    return port;
}

bool isAuthority(std::string_view text) noexcept
{
    const auto isHexDigit = [](char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
    std::size_t at = 0;
    if (!text.empty() && text[0] == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos || close < 3)
            return false;
        for (const char c : text.substr(1, close - 1)) {
            if (!isHexDigit(c) && c != ':' && c != '.')
                return false;
        }
        at = close + 1;
    } else {
        while (at < text.size() && text[at] != ':') {
            if (is(text[at], HostChar)) {
                ++at;
            } else if (text[at] == '%' && text.size() - at >= 3 && isHexDigit(text[at + 1]) &&
                       isHexDigit(text[at + 2])) {
                at += 3;
            } else {
                return false;
            }
        }
        if (at == 0 && !text.empty())
            return false; // a port without a host
    }
    return at == text.size() || (text[at] == ':' && portOf(text.substr(at + 1)) >= 0);
}

} // namespace gatehouse::engine::h1
