#pragma once

#include "model/api/resource_set.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse::model {

/// Answers which namespaces a NamespaceSelection selects, and remembers it: a selector is matched against a namespace's
/// labels once, however many routes live there. Lifetime: of the resources. Thread: one.
class NamespaceSelectionCache {
public:
    explicit NamespaceSelectionCache(const ResourceSet& resources) : resources_(resources) {}

    /// `home` is the namespace of the object that holds the selection: what `from: Same` means.
    bool selects(const NamespaceSelection& selection, const std::string& home, const std::string& namespace_);

private:
    const std::map<std::string, std::string>& labelsOf(const std::string& namespace_);

    const ResourceSet& resources_;
    std::unordered_map<std::string, std::map<std::string, std::string>> labels_;
    std::unordered_map<const NamespaceSelection*, std::unordered_map<std::string, bool>> answers_;
};

/// What to change so that a selection takes a namespace, for people.
std::string selectionAdvice(const NamespaceSelection& selection, std::string_view fieldPath,
                            std::string_view namespace_);

} // namespace gatehouse::model
