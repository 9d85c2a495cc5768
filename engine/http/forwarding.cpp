#include "engine/http/forwarding.h"

#include <algorithm>
#include <array>

namespace gatehouse::engine::forwarding {

namespace {

bool isConnectionSpecific(std::string_view name) noexcept
{
    switch (name.size()) {
    case 2:
        return h1::isWord(name, "te");
    case 7:
        return h1::isWord(name, "upgrade");
    case 10:
        return h1::isWord(name, "connection") || h1::isWord(name, "keep-alive");
    case 14:
        return h1::isWord(name, "content-length");
    case 16:
        return h1::isWord(name, "proxy-connection");
    case 17:
        return h1::isWord(name, "transfer-encoding");
    default:
        return false;
    }
}

/// Whether any Connection field names `name`. X-Forwarded-* cannot be named away: that would let a client hide the path
/// that its request took.
bool isNamedByConnection(const routing::HeaderFields& headers, std::string_view name) noexcept
{
    if (h1::isWord(name.substr(0, 12), "x-forwarded-"))
        return false;
    bool named = false;
    for (const routing::HeaderField& field : headers) {
        if (!h1::isWord(field.name, "connection"))
            continue;
        h1::forEachElement(field.value,
                           [&](std::string_view option) { named = named || routing::equalsIgnoreCase(option, name); });
    }
    return named;
}

/// Whether Connection holds more than close, keep-alive, upgrade and TE, which need no search for every field.
bool connectionNamesFields(const routing::HeaderFields& headers) noexcept
{
    bool names = false;
    for (const routing::HeaderField& field : headers) {
        if (!h1::isWord(field.name, "connection"))
            continue;
        h1::forEachElement(field.value, [&](std::string_view option) {
            names = names || !(option.empty() || h1::isWord(option, "close") || h1::isWord(option, "keep-alive") ||
                               h1::isWord(option, "upgrade") || h1::isWord(option, "te"));
        });
    }
    return names;
}

} // namespace

EndToEnd::EndToEnd(const routing::HeaderFields& headers) noexcept
    : headers_(headers), named_(connectionNamesFields(headers))
{
}

bool EndToEnd::keeps(const routing::HeaderField& field) const noexcept
{
    return !isConnectionSpecific(field.name) && !(named_ && isNamedByConnection(headers_, field.name));
}

void removeConnectionNamed(routing::HeaderFields& headers)
{
    if (!connectionNamesFields(headers))
        return;
    const routing::HeaderFields before = headers;
    headers.removeIf([&](const routing::HeaderField& field) {
        return h1::isWord(field.name, "connection") || isNamedByConnection(before, field.name);
    });
}

bool RequestFields::keeps(const routing::HeaderField& field) const noexcept
{
    return !h1::isWord(field.name, "host") && endToEnd_.keeps(field) &&
           !(dropsFor_ && h1::isWord(field.name, "x-forwarded-for")) &&
           !(dropsProto_ && h1::isWord(field.name, "x-forwarded-proto"));
}

bool asksForTrailers(const routing::HeaderFields& headers) noexcept
{
    bool asked = false;
    for (const routing::HeaderField& field : headers) {
        if (!h1::isWord(field.name, "te"))
            continue;
        h1::forEachElement(field.value,
                           [&](std::string_view element) { asked = asked || h1::isWord(element, "trailers"); });
    }
    return asked;
}

bool allowedInTrailers(std::string_view name) noexcept
{
    constexpr std::array<std::string_view, 31> forbidden = {
        "age",
        "authorization",
        "cache-control",
        "connection",
        "cookie",
        "date",
        "expect",
        "expires",
        "forwarded",
        "host",
        "keep-alive",
        "location",
        "max-forwards",
        "pragma",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "range",
        "retry-after",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
        "warning",
        "www-authenticate",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-forwarded-port",
    };
    if (h1::isWord(name.substr(0, 8), "content-") || h1::isWord(name.substr(0, 3), "if-"))
        return false;
    return std::none_of(forbidden.begin(), forbidden.end(), [&](std::string_view f) { return h1::isWord(name, f); });
}

void appendText(std::string& out, std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        const char* const odd = h1::skipText(at, end);
        out.append(at, odd);
        if (odd == end)
            return;
        out.push_back(' ');
        at = odd + 1;
    }
}

void appendTarget(std::string& out, std::string_view text, bool isPath)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        const char* run = at;
        while (run != end && h1::is(*run, h1::TargetChar) && !(isPath && *run == '?'))
            ++run;
        out.append(at, run);
        if (run == end)
            return;
        const auto byte = static_cast<unsigned char>(*run);
        out.push_back('%');
        out.push_back(hex[byte >> 4]);
        out.push_back(hex[byte & 15]);
        at = run + 1;
    }
}

void appendOriginForm(std::string& out, const routing::RequestHead& head)
{
    if (head.path.empty() || (head.path.front() != '/' && head.path != "*"))
        out.push_back('/');
    appendTarget(out, head.path, true);
    if (head.hasQuery) {
        out.push_back('?');
        appendTarget(out, head.query, false);
    }
}

void appendOnly(std::string& out, std::string_view text, h1::CharClass wanted)
{
    if (h1::isAll(text, wanted)) {
        out.append(text);
        return;
    }
    for (const char c : text) {
        if (h1::is(c, wanted))
            out.push_back(c);
    }
}

void appendForwardedFor(std::string& out, const routing::HeaderFields& headers, std::string_view clientAddress)
{
    for (const routing::HeaderField& field : headers) {
        if (h1::isWord(field.name, "x-forwarded-for") && !field.value.empty()) {
            appendText(out, field.value);
            out.append(", ");
        }
    }
    appendText(out, clientAddress);
}

} // namespace gatehouse::engine::forwarding
