#include "engine/routing/filters/filters.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::routing {
namespace {

constexpr std::string_view allowOrigin = "access-control-allow-origin";
constexpr std::string_view allowCredentials = "access-control-allow-credentials";
constexpr std::string_view allowMethods = "access-control-allow-methods";
constexpr std::string_view allowHeaders = "access-control-allow-headers";
constexpr std::string_view exposeHeaders = "access-control-expose-headers";
constexpr std::string_view maxAge = "access-control-max-age";
constexpr std::string_view requestMethod = "access-control-request-method";
constexpr std::string_view requestHeaders = "access-control-request-headers";

/// The parts of an Origin (RFC 6454 section 6.2): scheme "://" host [ ":" port ].
struct OriginParts {
    bool https = false;
    std::string_view host;
    std::uint16_t port = 0;
};

/// nullopt: it has another form, as "null" has, or a scheme that no pattern can name.
std::optional<OriginParts> parseOrigin(std::string_view origin)
{
    const std::size_t mark = origin.find("://");
    if (mark == std::string_view::npos)
        return std::nullopt;
    const std::string_view scheme = origin.substr(0, mark);
    OriginParts parts;
    parts.https = equalsIgnoreCase(scheme, "https");
    if (!parts.https && !equalsIgnoreCase(scheme, "http"))
        return std::nullopt;
    parts.port = parts.https ? 443 : 80;
    const std::string_view rest = origin.substr(mark + 3);
    const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
    if (bracket == std::string_view::npos)
        return std::nullopt;
    const std::size_t colon = rest.find(':', bracket);
    parts.host = rest.substr(0, colon);
    if (parts.host.empty() || parts.host.find_first_of("/?#@*") != std::string_view::npos)
        return std::nullopt;
    if (colon != std::string_view::npos) {
        const std::string_view digits = rest.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parts.port);
        if (error != std::errc() || end != digits.data() + digits.size())
            return std::nullopt;
    }
    return parts;
}

bool covers(const OriginPattern& pattern, const OriginParts& origin)
{
    if (pattern.https != origin.https || pattern.port != origin.port)
        return false;
    if (!pattern.wildcard)
        return equalsIgnoreCase(pattern.host, origin.host);
    // The asterisk stands for any number of labels, but for at least one character.
    return origin.host.size() > pattern.host.size() &&
           equalsIgnoreCase(pattern.host, origin.host.substr(origin.host.size() - pattern.host.size()));
}

/// True when a Vary field says already that answers differ by Origin.
bool variesByOrigin(const HeaderFields& headers)
{
    for (const HeaderField& field : headers) {
        if (!equalsIgnoreCase(field.name, "vary"))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            std::string_view name = rest.substr(0, comma);
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
            const std::size_t first = name.find_first_not_of(" \t");
            if (first == std::string_view::npos)
                continue;
            name = name.substr(first, name.find_last_not_of(" \t") - first + 1);
            if (name == "*" || equalsIgnoreCase(name, "origin"))
                return true;
        }
    }
    return false;
}

/// What a preflight and an actual answer have in common.
void addGrant(const CompiledCors& cors, std::string_view origin, HeaderFields& headers)
{
    // Always the origin that asked, and never *, which would not do where credentials come along.
    headers.add(allowOrigin, origin);
    if (cors.credentials)
        headers.add(allowCredentials, "true");
    if (!cors.exposedHeaders.empty())
        headers.add(exposeHeaders, cors.exposedHeaders);
}

} // namespace

std::optional<OriginPattern> originPattern(std::string_view text)
{
    OriginPattern pattern;
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos)
        return std::nullopt;
    // Parsed like an Origin but for the asterisk, which no Origin has.
    std::string concrete(text);
    pattern.wildcard = text.substr(mark + 3).starts_with('*');
    if (pattern.wildcard)
        concrete.replace(mark + 3, 1, "x");
    const auto parts = parseOrigin(concrete);
    if (!parts)
        return std::nullopt;
    pattern.https = parts->https;
    pattern.port = parts->port;
    pattern.host = parts->host.substr(pattern.wildcard ? 1 : 0);
    return pattern;
}

const CompiledCors* corsOf(const std::vector<CompiledFilter>& filters) noexcept
{
    for (const CompiledFilter& filter : filters)
        if (const auto* cors = std::get_if<CompiledCors>(&filter))
            return cors;
    return nullptr;
}

std::string_view originOf(const RequestHead& head) noexcept
{
    const HeaderField* origin = head.headers.find("origin");
    return origin ? origin->value : std::string_view();
}

bool isPreflight(const RequestHead& head) noexcept
{
    return head.method == "OPTIONS" && !originOf(head).empty() && head.headers.find(requestMethod);
}

std::string_view announcedMethod(const RequestHead& preflight) noexcept
{
    const HeaderField* method = preflight.headers.find(requestMethod);
    return method ? method->value : std::string_view();
}

bool allowsOrigin(const CompiledCors& cors, std::string_view origin) noexcept
{
    if (origin.empty())
        return false;
    if (cors.anyOrigin)
        return true;
    const auto parts = parseOrigin(origin);
    return parts && std::any_of(cors.origins.begin(), cors.origins.end(),
                                [&](const OriginPattern& pattern) { return covers(pattern, *parts); });
}

void answerPreflight(const CompiledCors& cors, const RequestHead& head, HeaderFields& headers)
{
    headers.add("vary", "Origin");
    const std::string_view origin = originOf(head);
    if (!allowsOrigin(cors, origin))
        return;
    addGrant(cors, origin, headers);
    if (cors.anyMethod)
        headers.add(allowMethods, head.headers.find(requestMethod)->value);
    else if (!cors.methods.empty())
        headers.add(allowMethods, cors.methods);
    if (!cors.anyHeader) {
        if (!cors.headers.empty())
            headers.add(allowHeaders, cors.headers);
    } else {
        for (const HeaderField& field : head.headers)
            if (equalsIgnoreCase(field.name, requestHeaders))
                headers.add(allowHeaders, field.value);
    }
    headers.add(maxAge, cors.maxAge);
}

void applyCors(const CompiledCors& cors, std::string_view origin, HeaderFields& headers)
{
    // Also for requests without Origin: a cache must not give their answer to a script of another origin.
    if (!variesByOrigin(headers))
        headers.add("vary", "Origin");
    if (origin.empty())
        return;
    // What the backend says of it counts for nothing, also where the filter grants nothing.
    for (const std::string_view name :
         {allowOrigin, allowCredentials, exposeHeaders, allowMethods, allowHeaders, maxAge})
        headers.remove(name);
    if (allowsOrigin(cors, origin))
        addGrant(cors, origin, headers);
}

} // namespace gatehouse::routing
