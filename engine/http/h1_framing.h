#pragma once

#include "engine/http/h1_codec.h"

#include <cstdint>
#include <string_view>

/// What the fields of a head say about where its message ends and what becomes of the connection.
namespace gatehouse::engine::h1 {

/// Gathered while the fields are scanned; judged at the end of the head.
struct HeadFacts {
    std::string_view host;
    unsigned hosts = 0;
    std::uint64_t length = 0;
    unsigned lengths = 0;
    bool badLength = false;
    unsigned codings = 0; ///< transfer codings but chunked
    unsigned chunked = 0;
    bool chunkedLast = false;
    bool badCoding = false;
    bool hasTransferEncoding = false;
    bool close = false, keepAlive = false, connectionUpgrade = false, hasUpgrade = false;
    bool expectContinue = false, expectUnknown = false;

    void take(const routing::HeaderField& field) noexcept;

private:
    void takeLength(std::string_view value) noexcept;
    void takeTransferEncoding(std::string_view value) noexcept;
};

/// Why the framing fields cannot be trusted; status 0 when they can. The same rules for both directions:
/// - Content-Length once, digits, at most 2^64-1. RFC 9110 8.6 lets a recipient refuse "5, 5" and repeated equal fields
/// or
///   merge them; refused here, since whoever wrote two may have meant two messages.
/// - Transfer-Encoding alone, in HTTP/1.1 alone, and chunked last (RFC 9112 6.1, 6.3): else 400. A coding before
/// chunked
///   is one that we do not have: 501.
ParseFailure checkFraming(const HeadFacts& facts, unsigned minorVersion) noexcept;

/// RFC 9112 9.3.
bool persists(const HeadFacts& facts, unsigned minorVersion) noexcept;

/// host [ ":" port ] without user information (RFC 9110 7.2; RFC 3986 3.2.2). The empty text is valid; so is an empty
/// port.
bool isAuthority(std::string_view text) noexcept;

/// Value of a decimal port in `text` (at most 65535), or -1.
int portOf(std::string_view text) noexcept;

} // namespace gatehouse::engine::h1
