#include "engine/routing/session.h"

#include "engine/routing/match.h"
#include "engine/routing/route_table.h"
#include "engine/routing/text_hash.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace gatehouse::routing {
namespace {

std::string hex(std::uint64_t number)
{
    char digits[17];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
    return {digits, end};
}

/// RFC 9110 token characters: they are good for a header's name and a cookie's alike.
bool isTokenChar(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

template <class Number>
bool parseHex(std::string_view text, Number& number) noexcept
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// The value of a cookie in a Cookie field (RFC 6265 section 4.2.1); nullopt if it is not there.
std::optional<std::string_view> cookieIn(std::string_view field, std::string_view name)
{
    while (!field.empty()) {
        const std::size_t end = std::min(field.find(';'), field.size());
        std::string_view pair = field.substr(0, end);
        field.remove_prefix(std::min(end + 1, field.size()));
        while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t'))
            pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return std::nullopt;
}

std::optional<std::string_view> tokenText(const CompiledSession& session, const RequestHead& head)
{
    for (const HeaderField& field : head.headers) {
        if (session.byHeader && equalsIgnoreCase(field.name, session.name))
            return field.value;
        if (!session.byHeader && equalsIgnoreCase(field.name, "cookie"))
            if (const auto value = cookieIn(field.value, session.name))
                return value;
    }
    return std::nullopt;
}

} // namespace

CompiledSession compileSession(const model::SessionPersistence& session, const RuleOrigin& origin)
{
    CompiledSession compiled;
    compiled.seed = hashText(origin.routeName, origin.rule);
    compiled.byHeader = session.byHeader;
    compiled.permanent = session.permanent;
    if (session.absoluteTimeout)
        compiled.absoluteTimeout = std::chrono::ceil<std::chrono::seconds>(*session.absoluteTimeout);
    // Without a name each rule has its own, so that one does not take another's for its own.
    compiled.name =
        session.sessionName.empty() ? "gatehouse-session-" + hex(compiled.seed & 0xFFFFFFFFu) : session.sessionName;
    for (char& c : compiled.name) {
        if (!isTokenChar(c))
            c = '_';
        else if (compiled.byHeader && c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    }
    return compiled;
}

std::uint64_t sessionEndpoint(const CompiledSession& session, const Cluster& cluster, const BackendEndpoint& endpoint)
{
    std::string text = cluster.name + '/' + endpoint.pod + '/' + endpoint.address + ':' + std::to_string(endpoint.port);
    if (endpoint.echo)
        text += '/' + std::to_string(endpoint.echo->port);
    const std::uint64_t hash = hashText(text, session.seed);
    return hash == 0 ? 1 : hash;
}

std::optional<SessionToken> readSession(const CompiledSession& session, const RequestHead& head, std::int64_t now)
{
    const auto text = tokenText(session, head);
    const std::size_t dot = text ? text->find('.') : std::string_view::npos;
    SessionToken token;
    if (dot == std::string_view::npos || !parseHex(text->substr(0, dot), token.endpoint) ||
        !parseHex(text->substr(dot + 1), token.start) || token.endpoint == 0)
        return std::nullopt;
    // One from the future would never end.
    if (session.absoluteTimeout && (token.start > now || now - token.start >= session.absoluteTimeout->count()))
        return std::nullopt;
    return token;
}

std::string writeToken(const SessionToken& token)
{
    return hex(token.endpoint) + '.' + hex(static_cast<std::uint64_t>(token.start));
}

std::string sessionCookie(const CompiledSession& session, std::string_view token, std::string_view path, bool secure)
{
    std::string cookie = session.name + '=' + std::string(token) + "; Path=" + std::string(path) + "; HttpOnly";
    if (secure)
        cookie += "; Secure";
    if (session.permanent && session.absoluteTimeout)
        cookie += "; Max-Age=" + std::to_string(session.absoluteTimeout->count());
    return cookie;
}

std::string_view sessionPath(const RouteDecision& decision) noexcept
{
    const PathPattern& path = decision.table->patterns[decision.candidate->pattern];
    // A semicolon would end the attribute.
    if (path.type == model::PathMatchType::RegularExpression || path.value.empty() ||
        path.value.find(';') != std::string_view::npos)
        return "/";
    return path.value;
}

} // namespace gatehouse::routing
