#include "model/graph/suggestion.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// Whether `budget` edits suffice. Recurses only at differences, so that unlike texts end at once.
bool within(std::string_view a, std::string_view b, unsigned budget)
{
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() || b.empty())
        return a.size() + b.size() <= budget;
    return budget > 0 && (within(a.substr(1), b, budget - 1) || within(a, b.substr(1), budget - 1) ||
                          within(a.substr(1), b.substr(1), budget - 1));
}

} // namespace

bool isNear(std::string_view a, std::string_view b)
{
    return within(a, b, 2);
}

void ServiceSuggestions::build()
{
    built_ = true;
    for (const auto& [name, service] : resources_.services) {
        namespacesByName_[name.name].push_back(name.namespace_);
        namesByNamespace_[name.namespace_].push_back(name.name);
    }
}

std::string ServiceSuggestions::forMissing(const ObjectName& name)
{
    if (!built_)
        build();
    const auto [answer, isNew] = answers_.try_emplace(name);
    if (!isNew)
        return answer->second;
    std::string& text = answer->second;
    if (const auto near = namesByNamespace_.find(name.namespace_); near != namesByNamespace_.end())
        for (const std::string_view candidate : near->second)
            if (isNear(candidate, name.name)) {
                text = "did you mean \"" + std::string(candidate) + "\"?";
                return text;
            }
    if (const auto elsewhere = namespacesByName_.find(name.name); elsewhere != namespacesByName_.end())
        text = "namespace " + std::string(elsewhere->second.front()) +
               " has a Service of that name: set backendRefs[].namespace, and add a ReferenceGrant there";
    else
        text = "add the Service, or correct the name";
    return text;
}

} // namespace gatehouse::model
