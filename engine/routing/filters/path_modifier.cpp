#include "engine/routing/filters/filters.h"
#include "engine/routing/route_table.h"

namespace gatehouse::routing {

std::string_view matchedPrefixOf(const RouteDecision& decision) noexcept
{
    const PathPattern& path = decision.table->patterns[decision.candidate->pattern];
    return path.type == model::PathMatchType::PathPrefix ? path.value : std::string_view();
}

std::string_view modifiedPath(const CompiledPathModifier& modifier, std::string_view path,
                              std::string_view matchedPrefix, TextArena& arena)
{
    const std::string_view slash = modifier.replacement.starts_with('/') ? "" : "/";
    if (modifier.fullPath)
        return slash.empty() ? std::string_view(modifier.replacement) : arena.store({slash, modifier.replacement});
    // Elements are replaced, so the slashes that end the prefix and its replacement play no part.
    const std::string_view rest = path.substr(std::min(path.size(), prefixElements(matchedPrefix).size()));
    const std::string_view replacement = prefixElements(modifier.replacement);
    if (replacement.empty())
        return rest.empty() ? std::string_view("/") : rest;
    return arena.store({slash, replacement, rest});
}

} // namespace gatehouse::routing
