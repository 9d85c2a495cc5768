#pragma once

#include "model/api/resource_set.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::model {

/// Guesses what a reference that leads nowhere may have meant. Built on first use. Lifetime: of the resources.
class ServiceSuggestions {
public:
    explicit ServiceSuggestions(const ResourceSet& resources) : resources_(resources) {}

    /// A sentence, such as `did you mean "web-v2"?` or `namespace shop has a Service of that name`; always one that
    /// helps.
    std::string forMissing(const ObjectName& name);

private:
    void build();

    const ResourceSet& resources_;
    bool built_ = false;
    std::unordered_map<std::string, std::vector<std::string_view>> namespacesByName_;
    std::unordered_map<std::string, std::vector<std::string_view>> namesByNamespace_;
    std::unordered_map<ObjectName, std::string> answers_;
};

/// True when one text becomes the other by at most two insertions, deletions or replacements.
bool isNear(std::string_view a, std::string_view b);

} // namespace gatehouse::model
