#include "engine/routing/reach/subsumes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <re2/re2.h>

namespace gatehouse::routing {
namespace {

/// The text that an expression of the form "text.*" begins with, as most expressions for paths are; nullopt for others.
std::optional<std::string> prefixOf(std::string_view expression)
{
    if (expression.starts_with('^'))
        expression.remove_prefix(1);
    if (expression.ends_with('$'))
        expression.remove_suffix(1);
    if (!expression.ends_with(".*"))
        return std::nullopt;
    expression.remove_suffix(2);
    std::string text;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        if (std::string_view("\\.+*?()|[]{}^$").find(expression[i]) == std::string_view::npos) {
            text += expression[i];
            continue;
        }
        const bool literal = expression[i] == '\\' && i + 1 < expression.size() &&
                             std::string_view(".+*?()|[]{}^$/-").find(expression[i + 1]) != std::string_view::npos;
        if (!literal)
            return std::nullopt;
        text += expression[++i];
    }
    return text;
}

/// The text that all paths of a match certainly begin with.
std::string beginningOf(const PathPattern& pattern)
{
    switch (pattern.type) {
    case model::PathMatchType::Exact:
        return std::string(pattern.value);
    case model::PathMatchType::PathPrefix:
        return pattern.value == "/" ? "/" : std::string(prefixElements(pattern.value));
    case model::PathMatchType::RegularExpression:
        break;
    }
    return prefixOf(pattern.value).value_or("/");
}

bool takesAll(std::string_view expression)
{
    static constexpr std::array all = {".*", "^.*$", "^.*", ".*$", "/.*", "^/.*$", "^/.*", "/.*$", "(.*)"};
    return std::find(all.begin(), all.end(), expression) != all.end();
}

bool isWider(const ValueCondition& wide, const ValueCondition& narrow)
{
    if (!wide.isRegex)
        return !narrow.isRegex && wide.value == narrow.value;
    if (narrow.isRegex)
        return wide.value == narrow.value || (takesAll(wide.value) && wide.value.find('/') == std::string::npos);
    return wide.regex && re2::RE2::FullMatch(narrow.value, *wide.regex);
}

bool areWider(const std::vector<ValueCondition>& wide, const std::vector<ValueCondition>& narrow)
{
    return std::all_of(wide.begin(), wide.end(), [&](const ValueCondition& w) {
        return std::any_of(narrow.begin(), narrow.end(),
                           [&](const ValueCondition& n) { return equalsIgnoreCase(w.name, n.name) && isWider(w, n); });
    });
}

bool isBelow(std::string_view path, std::string_view elements)
{
    return path.starts_with(elements) && (path.size() == elements.size() || path[elements.size()] == '/');
}

bool pathIsWider(const MatchPlace& wide, const MatchPlace& narrow)
{
    using model::PathMatchType;
    const PathPattern &w = wide.pattern(), &n = narrow.pattern();
    if (w.type == PathMatchType::RegularExpression) {
        if (takesAll(w.value) || (n.type == w.type && n.value == w.value))
            return true;
        if (const auto text = prefixOf(w.value); text && beginningOf(n).starts_with(*text))
            return true;
        const Conditions* const conditions = wide.conditions();
        return n.type == PathMatchType::Exact && conditions && conditions->pathRegex &&
               re2::RE2::FullMatch(re2::StringPiece(n.value.data(), n.value.size()), *conditions->pathRegex);
    }
    if (n.type == PathMatchType::RegularExpression)
        return w.type == PathMatchType::PathPrefix &&
               (prefixElements(w.value).empty() ||
                beginningOf(n).starts_with(std::string(prefixElements(w.value)) + '/'));
    if (w.type == PathMatchType::Exact)
        return n.type == PathMatchType::Exact && w.value == n.value;
    const std::string_view elements = prefixElements(w.value);
    return isBelow(n.type == PathMatchType::Exact ? n.value : prefixElements(n.value), elements);
}

bool callIsWider(const Conditions& wide, const Conditions* narrow)
{
    if (!narrow || !narrow->grpc)
        return false;
    const auto part = [](const ValueCondition& w, const ValueCondition& n) {
        return (!w.isRegex && w.value.empty()) || isWider(w, n);
    };
    return part(wide.grpc->service, narrow->grpc->service) && part(wide.grpc->method, narrow->grpc->method);
}

} // namespace

bool subsumes(const MatchPlace& wide, const MatchPlace& narrow)
{
    const Conditions *const w = wide.conditions(), *const n = narrow.conditions();
    if (w && w->grpc ? !callIsWider(*w, n) : !pathIsWider(wide, narrow))
        return false;
    if (!w)
        return true;
    static const Conditions none;
    const Conditions& asked = n ? *n : none;
    return (w->method.empty() || w->method == asked.method) && areWider(w->headers, asked.headers) &&
           areWider(w->queryParams, asked.queryParams);
}

bool isSelective(const MatchPlace& match)
{
    const Conditions* const conditions = match.conditions();
    if (!conditions)
        return false;
    return conditions->hasPathRegex ||
           (conditions->grpc && (conditions->grpc->service.isRegex || conditions->grpc->method.isRegex)) ||
           std::any_of(conditions->headers.begin(), conditions->headers.end(),
                       [](const ValueCondition& c) { return equalsIgnoreCase(c.name, "host"); });
}

bool asksTheSame(const MatchPlace& a, const MatchPlace& b)
{
    return a.pattern().type == b.pattern().type && a.pattern().isGrpc == b.pattern().isGrpc && subsumes(a, b) &&
           subsumes(b, a);
}

} // namespace gatehouse::routing
