#include "engine/routing/filters/filters.h"

namespace gatehouse::routing {

void rewriteUrl(const CompiledRewrite& rewrite, const RouteDecision& decision, RequestHead& head, TextArena& arena)
{
    if (rewrite.hostname)
        head.authority = *rewrite.hostname;
    if (rewrite.path)
        head.path = modifiedPath(*rewrite.path, head.path, matchedPrefixOf(decision), arena);
}

} // namespace gatehouse::routing
