#include "engine/routing/filters/filters.h"

namespace gatehouse::routing {
namespace {

std::uint16_t wellKnownPort(std::string_view scheme) noexcept
{
    return scheme == "https" ? 443 : 80;
}

/// filter.port, else the port that the given scheme implies, else the listener's; never that of the Host header.
std::uint16_t portOf(const CompiledRedirect& redirect, const ListenerTable& listener) noexcept
{
    if (redirect.port)
        return *redirect.port;
    return redirect.scheme ? wellKnownPort(*redirect.scheme) : listener.specPort;
}

} // namespace

std::string_view redirectLocation(const CompiledRedirect& redirect, const RouteDecision& decision,
                                  const RequestHead& head, TextArena& arena)
{
    const std::string_view path =
        redirect.path ? modifiedPath(*redirect.path, head.path, matchedPrefixOf(decision), arena) : head.path;
    const std::string_view mark = head.hasQuery ? "?" : "";
    const std::string_view host = redirect.hostname ? std::string_view(*redirect.hostname) : hostOf(head.authority);
    if (host.empty())
        return arena.store({path, mark, head.query}); // HTTP/1.0 without Host: relative (RFC 9110, 10.2.2)
    const std::string_view scheme = redirect.scheme ? std::string_view(*redirect.scheme) : head.scheme;
    const std::uint16_t port = portOf(redirect, *decision.listener);
    if (port == wellKnownPort(scheme))
        return arena.store({scheme, "://", host, path, mark, head.query});
    return arena.store({scheme, "://", host, ":", std::to_string(port), path, mark, head.query});
}

} // namespace gatehouse::routing
