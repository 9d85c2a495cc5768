#pragma once

#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::control {

/// The annotation by which an object's author says which problems of it are meant: "GH2103,GH2110".
inline constexpr std::string_view ignoreAnnotation = "gatehouse.dev/lint-ignore";

/// What is wrong with such an annotation.
inline constexpr std::string_view ignoredCodeUnknown = "GH2190";
inline constexpr std::string_view ignoredCodeFixed = "GH2191";

/// The annotations of all objects of a set. Lifetime: a value. Thread: immutable once built.
class Ignores {
public:
    /// Appends a Warning for each code that does not exist (GH2190) or cannot be suppressed (GH2191).
    Ignores(const model::ResourceSet& resources, std::vector<model::Diagnostic>& problems);

    /// Whether the object of a problem asks not to hear of it.
    [[nodiscard]] bool covers(const model::Diagnostic& problem) const;

private:
    void read(const model::Resource& resource, const std::string& text, std::vector<model::Diagnostic>& problems);

    std::unordered_map<model::ObjectKey, std::set<std::string>> codes_;
};

} // namespace gatehouse::control
