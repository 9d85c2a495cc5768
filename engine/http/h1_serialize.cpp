#include "engine/http/forwarding.h"
#include "engine/http/h1_codec.h"
#include "engine/http/h1_head_scan.h"

#include <charconv>

/// Writing heads. See forwarding.h for what goes into them; fields with an impossible name are left out.
namespace gatehouse::engine {

namespace {

void appendNumber(std::string& out, std::uint64_t number, int base)
{
    char digits[24];
    const auto result = std::to_chars(digits, digits + sizeof digits, number, base);
    out.append(digits, result.ptr);
}

void appendField(std::string& out, std::string_view name, std::string_view value)
{
    if (name.empty() || !h1::isAll(name, h1::TokenChar))
        return;
    out.append(name).append(": ");
    forwarding::appendText(out, value);
    out.append("\r\n");
}

void appendContentLength(std::string& out, std::uint64_t length)
{
    out.append("Content-Length: ");
    appendNumber(out, length, 10);
    out.append("\r\n");
}

} // namespace

void serializeRequest(std::string& out, const routing::RequestHead& head, const RequestForwarding& how)
{
    forwarding::appendOnly(out, head.method, h1::TokenChar);
    out.push_back(' ');
    forwarding::appendOriginForm(out, head);
    out.append(" HTTP/1.1\r\nHost: ");
    forwarding::appendOnly(out, head.authority, h1::TargetChar);
    out.append("\r\n");

    const forwarding::RequestFields fields(head.headers, how.clientAddress, how.forwardedProto);
    bool te = false;
    for (const routing::HeaderField& field : head.headers) {
        te = te || field.name.size() == 2;
        if (fields.keeps(field))
            appendField(out, field.name, field.value);
    }
    te = te && forwarding::asksForTrailers(head.headers);
    if (te)
        out.append("TE: trailers\r\n");
    if (!how.upgrade.empty())
        appendField(out, "Upgrade", how.upgrade);
    if (te || !how.upgrade.empty()) // RFC 9110 10.1.4, 7.8: both are named in Connection
        out.append(how.upgrade.empty() ? "Connection: TE\r\n"
                   : te                ? "Connection: Upgrade, TE\r\n"
                                       : "Connection: Upgrade\r\n");
    if (!how.clientAddress.empty()) {
        out.append("X-Forwarded-For: ");
        forwarding::appendForwardedFor(out, head.headers, how.clientAddress);
        out.append("\r\n");
    }
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
    forwarding::appendText(out, reason.empty() ? reasonPhrase(status) : reason);
    out.append("\r\n");

    const forwarding::EndToEnd fields(headers);
    for (const routing::HeaderField& field : headers) {
        if (fields.keeps(field))
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
