#include "engine/http/h1_codec.h"
#include "engine/http/h1_framing.h"
#include "engine/http/h1_head_scan.h"

#include <algorithm>

namespace gatehouse::engine {

using h1::FieldScanner;

namespace {

/// RFC 9112 2.2 asks for tolerance of an empty line before a request line; more than a few is no request at all.
constexpr int maxLeadingEmptyLines = 4;

enum class Scan : std::uint8_t { Ok, More, Bad };

/// The parts of a request line, before the target is looked at closely.
struct RequestLine {
    std::string_view method;
    std::string_view target;
    unsigned minorVersion = 1;
};

Scan fail(ParseFailure& failure, std::uint16_t status, std::string_view message) noexcept
{
    failure = {status, message};
    return Scan::Bad;
}

Scan skipEmptyLines(const char*& at, const char* end, ParseFailure& failure) noexcept
{
    for (int lines = 0; at != end && (*at == '\r' || *at == '\n'); ++lines) {
        if (*at == '\n')
            return fail(failure, 400, "line end without CR");
        if (end - at < 2)
            return Scan::More;
        if (at[1] != '\n')
            return fail(failure, 400, "CR without LF");
        if (lines == maxLeadingEmptyLines)
            return fail(failure, 400, "too many empty lines before a request");
        at += 2;
    }
    return at == end ? Scan::More : Scan::Ok;
}

Scan scanVersion(const char*& at, const char* end, unsigned& minorVersion, ParseFailure& failure) noexcept
{
    constexpr std::string_view form = "HTTP/d.d\r\n";
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t available = std::min<std::size_t>(form.size(), static_cast<std::size_t>(end - at));
    for (std::size_t i = 0; i < available; ++i) {
        if (form[i] == 'd' ? !isDigit(at[i]) : at[i] != form[i])
            return fail(failure, 400, "malformed request line");
    }
    if (available < form.size())
        return Scan::More;
    if (at[5] != '1')
        return fail(failure, 505, "HTTP version not supported");
    // A higher minor version is spoken to as the highest that we know (RFC 9110 2.5).
    minorVersion = at[7] == '0' ? 0 : 1;
    at += form.size();
    return Scan::Ok;
}

Scan scanRequestLine(const char*& at, const char* end, RequestLine& line, ParseFailure& failure) noexcept
{
    const char* const method = at;
    const char* p = h1::skip(method, end, h1::TokenChar);
    // Judged before the line is complete: a TLS ClientHello on a plain port has no line end to wait for.
    if (p != end && (*p != ' ' || p == method))
        return fail(failure, 400,
                    p == method ? "no method at the start of a request" : "invalid character in the method");
    if (p == end)
        return Scan::More;
    line.method = {method, static_cast<std::size_t>(p - method)};
    const char* const target = ++p;
    p = h1::skip(target, end, h1::TargetChar);
    if (p == end)
        return Scan::More;
    if (*p != ' ' || p == target)
        return fail(failure, 400,
                    *p == '#'                               ? "fragment in the request target"
                    : *p == '\r' || *p == '\n' || *p == ' ' ? "malformed request line"
                                                            : "invalid character in the request target");
    line.target = {target, static_cast<std::size_t>(p - target)};
    at = p + 1;
    return scanVersion(at, end, line.minorVersion, failure);
}

void setPathAndQuery(routing::RequestHead& head, std::string_view target) noexcept
{
    const std::size_t mark = target.find('?');
    head.hasQuery = mark != std::string_view::npos;
    head.path = target.substr(0, mark);
    head.query = head.hasQuery ? target.substr(mark + 1) : std::string_view{};
}

/// Takes an http or https URI apart (RFC 9112 3.2.2).
bool takeAbsoluteForm(routing::RequestHead& head, std::string_view target) noexcept
{
    const std::size_t colon = target.find("://");
    if (colon == std::string_view::npos)
        return false;
    const std::string_view scheme = target.substr(0, colon);
    if (!h1::isWord(scheme, "http") && !h1::isWord(scheme, "https"))
        return false;
    target.remove_prefix(colon + 3);
    const std::size_t slash = target.find_first_of("/?");
    head.authority = target.substr(0, slash);
    if (head.authority.empty() || !h1::isAuthority(head.authority))
        return false;
    setPathAndQuery(head, slash == std::string_view::npos ? std::string_view{} : target.substr(slash));
    if (head.path.empty()) // RFC 9112 3.2.1, and 3.2.4 for OPTIONS
        head.path = head.method == "OPTIONS" && !head.hasQuery ? "*" : "/";
    return true;
}

/// Exactly host:port (RFC 9112 3.2.3).
bool takeAuthorityForm(routing::RequestHead& head, std::string_view target) noexcept
{
    const std::size_t colon = target.rfind(':');
    if (colon == std::string_view::npos || colon + 1 == target.size() || !h1::isAuthority(target))
        return false;
    head.authority = target;
    return true;
}

bool takeTarget(routing::RequestHead& head, std::string_view target) noexcept
{
    if (head.method == "CONNECT")
        return takeAuthorityForm(head, target);
    if (target.front() == '/') {
        setPathAndQuery(head, target);
        return true;
    }
    if (target == "*") {
        head.path = target;
        return head.method == "OPTIONS"; // RFC 9112 3.2.4
    }
    return takeAbsoluteForm(head, target);
}

/// Host field and target together name the authority (RFC 9112 3.2, 3.3). Status 0 when they do.
ParseFailure takeHost(routing::RequestHead& head, const h1::HeadFacts& facts, unsigned minorVersion)
{
    if (facts.hosts > 1)
        return {400, "more than one Host"};
    if (facts.hosts == 0 && minorVersion >= 1)
        return {400, "no Host in an HTTP/1.1 request"};
    if (!h1::isAuthority(facts.host))
        return {400, "invalid Host"};
    if (!head.authority.empty()) {
        // The target's authority wins, and nobody behind us shall see another Host (RFC 9112 3.2.2).
        if (facts.host != head.authority)
            head.headers.set("Host", head.authority);
        return {};
    }
    if (facts.host.empty() && minorVersion >= 1)
        return {400, "empty Host"}; // RFC 9110 4.2.1: an http URI without a host is invalid
    head.authority = facts.host;
    return {};
}

} // namespace

void H1RequestParser::reset() noexcept
{
    routing::RequestHead& head = request_.head;
    head.method = head.scheme = head.authority = head.path = head.query = {};
    head.hasQuery = false;
    head.headers.clear(); // keeps its storage
    request_.minorVersion = 1;
    request_.body = BodyKind::None;
    request_.contentLength = 0;
    request_.keepAlive = true;
    request_.expectContinue = request_.expectUnknown = request_.upgrade = false;
    failure_ = {};
    headBytes_ = scanned_ = 0;
    startLineSeen_ = false;
}

ParseState H1RequestParser::parse(std::string_view buffer, const HeadLimits& limits)
{
    if (!h1::mayBeComplete(buffer, {scanned_, startLineSeen_}, limits.bytes)) {
        scanned_ = buffer.size();
        return ParseState::NeedMore;
    }
    reset();
    // What lies beyond the limit is not looked at, so that the answer does not depend on how much arrived at once.
    const char* const begin = buffer.data();
    const char* const end = begin + std::min(buffer.size(), limits.bytes);
    const auto more = [&](ParseFailure tooLong) {
        if (buffer.size() > limits.bytes) {
            failure_ = tooLong;
            return ParseState::Failed;
        }
        scanned_ = buffer.size();
        return ParseState::NeedMore;
    };

    const char* at = begin;
    RequestLine line;
    Scan scan = skipEmptyLines(at, end, failure_);
    if (scan == Scan::Ok)
        scan = scanRequestLine(at, end, line, failure_);
    if (scan == Scan::More)
        return more({414, "request line too long"});
    if (scan == Scan::Bad)
        return ParseState::Failed;
    routing::RequestHead& head = request_.head;
    head.method = line.method;
    request_.minorVersion = line.minorVersion;
    if (!takeTarget(head, line.target)) {
        failure_ = {400, "invalid request target"};
        return ParseState::Failed;
    }
    // RFC 3986 7.3: whoever decodes it and reads it as the end of a string sees another path than the rule did.
    if (head.path.find("%00") != std::string_view::npos) {
        failure_ = {400, "NUL in the request target"};
        return ParseState::Failed;
    }
    startLineSeen_ = true;

    h1::HeadFacts facts;
    FieldScanner fields(at, end);
    routing::HeaderField field;
    FieldScanner::Step step;
    while ((step = fields.next(field)) == FieldScanner::Step::Field) {
        if (head.headers.size() == limits.fields) {
            failure_ = {431, "too many header fields"};
            return ParseState::Failed;
        }
        facts.take(field);
        head.headers.add(field.name, field.value);
    }
    if (step == FieldScanner::Step::More)
        return more({431, "header section too large"});
    if (step == FieldScanner::Step::Bad) {
        failure_ = {400, fields.problem()};
        return ParseState::Failed;
    }
    failure_ = takeHost(head, facts, line.minorVersion);
    if (failure_.status == 0)
        failure_ = h1::checkFraming(facts, line.minorVersion);
    if (failure_.status != 0)
        return ParseState::Failed;

    const bool connect = head.method == "CONNECT";
    if (!connect && facts.hasTransferEncoding) {
        request_.body = BodyKind::Chunked;
    } else if (!connect && facts.lengths != 0) {
        request_.body = BodyKind::Length;
        request_.contentLength = facts.length;
    }
    // After CONNECT comes a tunnel or nothing: bytes behind a refused one are no next request (RFC 9110 9.3.6).
    request_.keepAlive = !connect && h1::persists(facts, line.minorVersion);
    // HTTP/1.0 knows neither (RFC 9110 7.8, 10.1.1).
    request_.expectContinue = facts.expectContinue && !facts.expectUnknown && line.minorVersion >= 1;
    request_.expectUnknown = facts.expectUnknown && line.minorVersion >= 1;
    request_.upgrade = facts.connectionUpgrade && facts.hasUpgrade && line.minorVersion >= 1;
    headBytes_ = static_cast<std::size_t>(fields.at() - begin);
    return ParseState::Done;
}

} // namespace gatehouse::engine
