#include "engine/http/auth_http.h"

#include "engine/routing/filters/filters.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

namespace {

/// Fields of the authorization server's own message, which would say something else of the request.
bool describesTheAnswer(std::string_view name) noexcept
{
    static constexpr std::array<std::string_view, 13> names{
        "host",    "connection", "keep-alive", "proxy-connection",   "te",   "trailer", "transfer-encoding",
        "upgrade", "date",       "server",     "proxy-authenticate", "vary", "etag"};
    return routing::equalsIgnoreCase(name.substr(0, 8), "content-") ||
           std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return routing::equalsIgnoreCase(each, name); });
}

bool isAmong(const std::vector<std::string>& names, std::string_view name) noexcept
{
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& each) { return routing::equalsIgnoreCase(each, name); });
}

} // namespace

void fillAuthQuestion(const routing::CompiledAuth& auth, const routing::RequestHead& head, routing::TextArena& arena,
                      routing::RequestHead& question)
{
    question.method = head.method;
    question.scheme = head.scheme;
    question.authority = head.authority;
    question.path = arena.store({auth.pathPrefix, head.path});
    question.query = head.query;
    question.hasQuery = head.hasQuery;
    for (const routing::HeaderField& field : head.headers)
        if (routing::equalsIgnoreCase(field.name, "authorization") || isAmong(auth.requestHeaders, field.name))
            question.headers.add(field.name, field.value);
}

void copyAuthAnswer(const routing::CompiledAuth& auth, const routing::HeaderFields& answer,
                    routing::HeaderFields& headers, routing::TextArena& arena)
{
    const std::vector<std::string>& wanted = auth.responseHeaders;
    const auto isCopied = [&](std::string_view name) {
        return (wanted.empty() || isAmong(wanted, name)) && !describesTheAnswer(name);
    };
    for (const routing::HeaderField& field : answer)
        if (isCopied(field.name))
            headers.remove(field.name); // what the client said of it counts for nothing
    for (const routing::HeaderField& field : answer)
        if (isCopied(field.name))
            headers.add(arena.store({field.name}), arena.store({field.value}));
}

} // namespace gatehouse::engine
