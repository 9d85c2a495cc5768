#pragma once

#include "engine/routing/match.h"

namespace gatehouse::routing {

/// Filters on message heads, one file each. Texts they make live in `arena`, others in the snapshot.

/// set, add, remove, in this order (HTTPHeaderFilter).
void modifyHeaders(const CompiledHeaderModifier& modifier, HeaderFields& headers);

/// The same on a request, where Host is the authority.
void modifyRequestHeaders(const CompiledHeaderModifier& modifier, RequestHead& head);

/// The path after a modifier. `matchedPrefix` is the value of the PathPrefix that matched.
std::string_view modifiedPath(const CompiledPathModifier& modifier, std::string_view path,
                              std::string_view matchedPrefix, TextArena& arena);

/// The value of Location (HTTPRequestRedirectFilter).
std::string_view redirectLocation(const CompiledRedirect& redirect, const RouteDecision& decision,
                                  const RequestHead& head, TextArena& arena);

/// Authority and path as the backend shall see them (HTTPURLRewriteFilter).
void rewriteUrl(const CompiledRewrite& rewrite, const RouteDecision& decision, RequestHead& head, TextArena& arena);

/// A member of allowOrigins; nullopt: no origin has that form.
std::optional<OriginPattern> originPattern(std::string_view text);

/// The CORS filter of a list, null if it has none.
const CompiledCors* corsOf(const std::vector<CompiledFilter>& filters) noexcept;

/// The Origin of a request as received; "" if it has none.
std::string_view originOf(const RequestHead& head) noexcept;

/// True for a request that a browser sends ahead to ask whether it may send another (Fetch standard, CORS preflight).
bool isPreflight(const RequestHead& head) noexcept;
/// The method of that other request; "" if it is no preflight.
std::string_view announcedMethod(const RequestHead& preflight) noexcept;

bool allowsOrigin(const CompiledCors& cors, std::string_view origin) noexcept;

/// The headers that answer a preflight; of a foreign origin they grant nothing.
void answerPreflight(const CompiledCors& cors, const RequestHead& head, HeaderFields& headers);

/// Makes the headers of an answer say what the filter grants to `origin` ("": no cross-origin request), and nothing
/// else.
void applyCors(const CompiledCors& cors, std::string_view origin, HeaderFields& headers);

/// The value of the PathPrefix that a decision matched; "" when it was no prefix.
std::string_view matchedPrefixOf(const RouteDecision& decision) noexcept;

} // namespace gatehouse::routing
