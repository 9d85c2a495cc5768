#include "engine/http/h1_codec.h"
#include "engine/http/h1_head_scan.h"

#include <charconv>

/// Writing heads. Whatever filters put into a head, no byte of it may end a line or a part of one: control characters
/// in values become spaces, fields with an impossible name are left out, and a target's odd bytes are percent-encoded.
namespace gatehouse::engine {

namespace {

void appendNumber(std::string& out, std::uint64_t number, int base)
{
    char digits[24];
    const auto result = std::to_chars(digits, digits + sizeof digits, number, base);
    out.append(digits, result.ptr);
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

void appendField(std::string& out, std::string_view name, std::string_view value)
{
    if (name.empty() || !h1::isAll(name, h1::TokenChar))
        return;
    out.append(name).append(": ");
    appendText(out, value);
    out.append("\r\n");
}

/// Path or query: visible ASCII passes, the rest is percent-encoded; so is '?' in a path, which would start the query.
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

/// Drops bytes outside `wanted`: for a method or authority there is no way to encode them.
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

/// Fields that belong to one connection (RFC 9110 7.6.1), and Content-Length, which is written from what is really
/// sent.
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

void appendContentLength(std::string& out, std::uint64_t length)
{
    out.append("Content-Length: ");
    appendNumber(out, length, 10);
    out.append("\r\n");
}

/// All that came so far in one list, and the client behind it.
void appendForwardedFor(std::string& out, const routing::HeaderFields& headers, std::string_view clientAddress)
{
    out.append("X-Forwarded-For: ");
    for (const routing::HeaderField& field : headers) {
        if (h1::isWord(field.name, "x-forwarded-for") && !field.value.empty()) {
            appendText(out, field.value);
            out.append(", ");
        }
    }
    appendText(out, clientAddress);
    out.append("\r\n");
}

} // namespace

void removeConnectionNamed(routing::HeaderFields& headers)
{
    if (!connectionNamesFields(headers))
        return;
    const routing::HeaderFields before = headers;
    headers.removeIf([&](const routing::HeaderField& field) {
        return h1::isWord(field.name, "connection") || isNamedByConnection(before, field.name);
    });
}

void serializeRequest(std::string& out, const routing::RequestHead& head, const RequestForwarding& how)
{
    appendOnly(out, head.method, h1::TokenChar);
    out.push_back(' ');
    if (head.path.empty() || (head.path.front() != '/' && head.path != "*"))
        out.push_back('/'); // a rewrite may leave none; without it the target would not be origin-form
    appendTarget(out, head.path, true);
    if (head.hasQuery) {
        out.push_back('?');
        appendTarget(out, head.query, false);
    }
    out.append(" HTTP/1.1\r\nHost: ");
    appendOnly(out, head.authority, h1::TargetChar);
    out.append("\r\n");

    const bool named = connectionNamesFields(head.headers);
    bool te = false;
    for (const routing::HeaderField& field : head.headers) {
        if (isConnectionSpecific(field.name)) {
            te = te || field.name.size() == 2;
            continue;
        }
        if (h1::isWord(field.name, "host") || (named && isNamedByConnection(head.headers, field.name)))
            continue;
        if (!how.clientAddress.empty() && h1::isWord(field.name, "x-forwarded-for"))
            continue;
        if (!how.forwardedProto.empty() && h1::isWord(field.name, "x-forwarded-proto"))
            continue;
        appendField(out, field.name, field.value);
    }
    te = te && asksForTrailers(head.headers);
    if (te)
        out.append("TE: trailers\r\n");
    if (!how.upgrade.empty())
        appendField(out, "Upgrade", how.upgrade);
    if (te || !how.upgrade.empty()) // RFC 9110 10.1.4, 7.8: both are named in Connection
        out.append(how.upgrade.empty() ? "Connection: TE\r\n"
                   : te                ? "Connection: Upgrade, TE\r\n"
                                       : "Connection: Upgrade\r\n");
    if (!how.clientAddress.empty())
        appendForwardedFor(out, head.headers, how.clientAddress);
    if (!how.forwardedProto.empty())
        appendField(out, "X-Forwarded-Proto", how.forwardedProto);
    if (how.body == BodyKind::Length)
        appendContentLength(out, how.contentLength);
    else if (how.body == BodyKind::Chunked)
        out.append("Transfer-Encoding: chunked\r\n");
    out.append("\r\n");
}

void serializeResponse(std::string& out, std::uint16_t status, std::string_view reason,
                       const routing::HeaderFields& headers, const ResponseForwarding& how)
{
    out.append("HTTP/1.1 "); // our own version, whatever the client's (RFC 9110 2.5)
    appendNumber(out, status, 10);
    out.push_back(' ');
    appendText(out, reason.empty() ? reasonPhrase(status) : reason);
    out.append("\r\n");

    const bool named = connectionNamesFields(headers);
    for (const routing::HeaderField& field : headers) {
        if (!isConnectionSpecific(field.name) && !(named && isNamedByConnection(headers, field.name)))
            appendField(out, field.name, field.value);
    }

    const bool interim = status < 200;
    const bool neverFramed = interim || status == 204; // RFC 9110 8.6, RFC 9112 6.1
    const bool chunked = how.body == BodyKind::Chunked && how.clientMinorVersion >= 1;
    if (!neverFramed && (how.body == BodyKind::Length || (how.body == BodyKind::None && how.hasContentLength)))
        appendContentLength(out, how.contentLength);
    else if (!neverFramed && chunked)
        out.append("Transfer-Encoding: chunked\r\n");

    const bool untilClose = how.body == BodyKind::UntilClose || (how.body == BodyKind::Chunked && !chunked);
    if (!how.upgrade.empty()) {
        out.append("Connection: Upgrade\r\n");
        appendField(out, "Upgrade", how.upgrade);
    } else if (!interim && (!how.keepAlive || untilClose)) {
        out.append("Connection: close\r\n");
    } else if (!interim && how.clientMinorVersion == 0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

void serializeChunk(std::string& out, std::string_view data)
{
    if (data.empty())
        return; // a chunk of size zero would be the last
    appendNumber(out, data.size(), 16);
    out.append("\r\n").append(data).append("\r\n");
}

void serializeLastChunk(std::string& out, const routing::HeaderFields* trailers)
{
    out.append("0\r\n");
    if (trailers) {
        for (const routing::HeaderField& field : *trailers)
            appendField(out, field.name, field.value);
    }
    out.append("\r\n");
}

} // namespace gatehouse::engine
