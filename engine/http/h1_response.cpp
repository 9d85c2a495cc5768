#include "engine/http/h1_codec.h"
#include "engine/http/h1_framing.h"
#include "engine/http/h1_head_scan.h"

#include <algorithm>

namespace gatehouse::engine {

using h1::FieldScanner;

namespace {

enum class Scan : std::uint8_t { Ok, More, Bad };

/// status-line = "HTTP/1." DIGIT SP 3DIGIT [ SP [ reason ] ] CRLF. The space after the code is required by RFC 9112 4,
/// but servers without reason phrases are many, and nothing can be smuggled in its absence.
Scan scanStatusLine(const char*& at, const char* end, H1Response& response, std::string_view& problem) noexcept
{
    constexpr std::string_view form = "HTTP/1.d ddd";
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t available = std::min<std::size_t>(form.size(), static_cast<std::size_t>(end - at));
    for (std::size_t i = 0; i < available; ++i) {
        if (form[i] == 'd' ? !isDigit(at[i]) : at[i] != form[i]) {
            problem = "backend sent no HTTP/1 status line";
            return Scan::Bad;
        }
    }
    if (available < form.size())
        return Scan::More;
    response.minorVersion = at[7] == '0' ? 0 : 1;
    response.status = static_cast<std::uint16_t>((at[9] - '0') * 100 + (at[10] - '0') * 10 + (at[11] - '0'));
    if (response.status < 100) {
        problem = "backend sent an invalid status code";
        return Scan::Bad;
    }
    const char* p = at + form.size();
    if (p == end)
        return Scan::More;
    if (*p == ' ') {
        const char* const reason = ++p;
        p = h1::skipText(reason, end);
        response.reason = {reason, static_cast<std::size_t>(p - reason)};
    }
    if (p != end && *p != '\r') {
        problem = "backend sent a malformed status line";
        return Scan::Bad;
    }
    if (end - p < 2)
        return Scan::More;
    if (p[1] != '\n') {
        problem = "CR without LF";
        return Scan::Bad;
    }
    at = p + 2;
    return Scan::Ok;
}

/// RFC 9112 6.3, in its order.
void frame(H1Response& response, const h1::HeadFacts& facts, bool headRequest) noexcept
{
    response.keepAlive = h1::persists(facts, response.minorVersion);
    const bool neverFramed = response.status < 200 || response.status == 204;
    response.hasContentLength = facts.lengths != 0 && !neverFramed;
    response.contentLength = response.hasContentLength ? facts.length : 0;
    if (neverFramed) {
        // A backend that announces a body here (against RFC 9112 6.1, RFC 9110 8.6) may well send one.
        if (facts.hasTransferEncoding || facts.length != 0)
            response.keepAlive = false;
    } else if (headRequest || response.status == 304) {
        response.body = BodyKind::None;
    } else if (facts.hasTransferEncoding) {
        response.body = BodyKind::Chunked;
    } else if (response.hasContentLength) {
        response.body = BodyKind::Length;
    } else {
        response.body = BodyKind::UntilClose;
        response.keepAlive = false;
    }
}

} // namespace

void H1ResponseParser::reset() noexcept
{
    response_.status = 0;
    response_.reason = {};
    response_.minorVersion = 1;
    response_.headers.clear(); // keeps its storage
    response_.body = BodyKind::None;
    response_.contentLength = 0;
    response_.hasContentLength = false;
    response_.keepAlive = true;
    failure_ = {};
    headBytes_ = scanned_ = 0;
    startLineSeen_ = false;
}

ParseState H1ResponseParser::parse(std::string_view buffer, const HeadLimits& limits, bool headRequest)
{
    if (!h1::mayBeComplete(buffer, {scanned_, startLineSeen_}, limits.bytes)) {
        scanned_ = buffer.size();
        return ParseState::NeedMore;
    }
    reset();
    const auto fail = [this](std::string_view message) {
        failure_ = {502, message};
        return ParseState::Failed;
    };
    const auto more = [&] {
        if (buffer.size() > limits.bytes)
            return fail("response head too large");
        scanned_ = buffer.size();
        return ParseState::NeedMore;
    };
    const char* const begin = buffer.data();
    const char* const end = begin + std::min(buffer.size(), limits.bytes);

    const char* at = begin;
    std::string_view problem;
    const Scan scan = scanStatusLine(at, end, response_, problem);
    if (scan == Scan::More)
        return more();
    if (scan == Scan::Bad)
        return fail(problem);
    startLineSeen_ = true;

    h1::HeadFacts facts;
    FieldScanner fields(at, end);
    routing::HeaderField field;
    FieldScanner::Step step;
    while ((step = fields.next(field)) == FieldScanner::Step::Field) {
        if (response_.headers.size() == limits.fields)
            return fail("too many header fields in a response");
        facts.take(field);
        response_.headers.add(field.name, field.value);
    }
    if (step == FieldScanner::Step::More)
        return more();
    if (step == FieldScanner::Step::Bad)
        return fail(fields.problem());
    // Transfer-Encoding beside Content-Length is refused here too: RFC 9112 6.3 would let the former win, and whoever
    // shares the backend connection with us may think otherwise.
    const ParseFailure framing = h1::checkFraming(facts, response_.minorVersion);
    if (framing.status != 0)
        return fail(framing.message);
    frame(response_, facts, headRequest);
    headBytes_ = static_cast<std::size_t>(fields.at() - begin);
    return ParseState::Done;
}

} // namespace gatehouse::engine
