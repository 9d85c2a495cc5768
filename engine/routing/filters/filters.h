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

/// The value of the PathPrefix that a decision matched; "" when it was no prefix.
std::string_view matchedPrefixOf(const RouteDecision& decision) noexcept;

} // namespace gatehouse::routing
