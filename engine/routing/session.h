#pragma once

#include "engine/routing/request_head.h"
#include "engine/routing/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::routing {

struct RouteDecision;

/// What a client brings back to stay at an endpoint: "<endpoint>.<start>" in hexadecimal. It is no secret and proves
/// nothing: who makes one up chooses an endpoint that it could reach anyway.
struct SessionToken {
    std::uint64_t endpoint = 0; ///< see sessionEndpoint(); 0: none
    std::int64_t start = 0;     ///< Unix time in seconds
};

CompiledSession compileSession(const model::SessionPersistence& session, const RuleOrigin& origin);

/// A number that names an endpoint for as long as its Pod lives, other ones for other rules; never 0.
std::uint64_t sessionEndpoint(const CompiledSession& session, const Cluster& cluster, const BackendEndpoint& endpoint);

/// The token that a request brings; nullopt when it brings none, or one that is no longer good at `now`.
std::optional<SessionToken> readSession(const CompiledSession& session, const RequestHead& head, std::int64_t now);

/// The text of a token.
std::string writeToken(const SessionToken& token);

/// The value of Set-Cookie. `path`: see sessionPath(); `secure`: the request came over TLS.
std::string sessionCookie(const CompiledSession& session, std::string_view token, std::string_view path, bool secure);

/// What a cookie's Path has to be so that the rule that was chosen gets it back: the matched path, "/" where that is an
/// expression.
std::string_view sessionPath(const RouteDecision& decision) noexcept;

} // namespace gatehouse::routing
