#include "engine/routing/explain_edits.h"

#include "model/base/ascii.h"

#include <map>

namespace gatehouse::routing {
namespace {

/// Values by name in lower case; repeated fields are joined, as a backend may read them.
std::map<std::string, std::string> valuesOf(const HeaderFields& headers)
{
    std::map<std::string, std::string> values;
    for (const HeaderField& field : headers) {
        const auto [known, fresh] = values.emplace(model::lowered(field.name), field.value);
        if (!fresh)
            known->second.append(", ").append(field.value);
    }
    return values;
}

std::string target(const RequestHead& head)
{
    return std::string(head.path) + (head.hasQuery ? '?' + std::string(head.query) : "");
}

void add(std::vector<RequestEdit>& edits, const std::string& field, const std::string& before, const std::string& after)
{
    if (before != after)
        edits.push_back({field, before, after});
}

std::string seconds(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0)
        return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

} // namespace

std::vector<RequestEdit> requestEdits(const RouteDecision& decision, const WeightedBackend& backend,
                                      const RequestHead& head)
{
    TextArena arena;
    RequestHead edited = head;
    applyRequestFilters(decision.rule->filters, decision, edited, arena);
    applyRequestFilters(backend.filters, decision, edited, arena);
    std::vector<RequestEdit> edits;
    add(edits, "host", std::string(head.authority), std::string(edited.authority));
    add(edits, "path", target(head), target(edited));
    const auto before = valuesOf(head.headers), after = valuesOf(edited.headers);
    for (const auto& [name, value] : before) {
        const auto kept = after.find(name);
        add(edits, "header " + name, value, kept == after.end() ? "" : kept->second);
    }
    for (const auto& [name, value] : after)
        if (!before.contains(name))
            edits.push_back({"header " + name, "", value});
    return edits;
}

std::vector<std::string> timeoutWords(const CompiledRule& rule)
{
    std::vector<std::string> words;
    if (rule.requestTimeout && rule.requestTimeout->count() > 0)
        words.push_back("answer within " + seconds(*rule.requestTimeout) + ", retries included, or else 504");
    if (rule.backendRequestTimeout && rule.backendRequestTimeout->count() > 0)
        words.push_back("give the backend " + seconds(*rule.backendRequestTimeout) + " for each try");
    return words;
}

} // namespace gatehouse::routing
