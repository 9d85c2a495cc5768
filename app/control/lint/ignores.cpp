#include "app/control/lint/ignores.h"

#include "app/control/codes/codes.h"
#include "model/lint/check.h"

namespace gatehouse::control {
namespace {

/// The words of a list that commas, spaces or both separate.
std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words;
    constexpr const char* separators = ", \t\n";
    for (std::size_t at = text.find_first_not_of(separators); at != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(separators, end);
    }
    return words;
}

} // namespace

Ignores::Ignores(const model::ResourceSet& resources, std::vector<model::Diagnostic>& problems)
{
    const std::string name(ignoreAnnotation);
    resources.forEach([&](const model::Resource& resource) {
        if (const auto it = resource.meta.annotations.find(name); it != resource.meta.annotations.end())
            read(resource, it->second, problems);
    });
}

void Ignores::read(const model::Resource& resource, const std::string& text, std::vector<model::Diagnostic>& problems)
{
    std::set<std::string>& codes = codes_[resource.key];
    const auto warn = [&](std::string_view code, std::string message, std::string remedy) {
        const model::Position at = model::checks::placeOf(resource, {"metadata", "annotations", ignoreAnnotation});
        model::Diagnostic problem;
        problem.severity = model::Severity::Warning;
        problem.code = code;
        problem.message = std::move(message);
        problem.remedy = std::move(remedy);
        problem.location = at.known() ? resource.at(at) : resource.source;
        problem.fieldPath = "metadata.annotations[" + std::string(ignoreAnnotation) + ']';
        problem.object = resource.key;
        problems.push_back(std::move(problem));
    };
    for (const std::string& word : wordsOf(text)) {
        const CodeInfo* info = findCode(word);
        if (!info)
            warn(ignoredCodeUnknown, unknownCode(word), "`gatehouse check --list` shows all codes");
        else if (isFixed(*info))
            warn(ignoredCodeFixed, word + " is an error of the input itself and cannot be ignored", "remove it");
        else
            codes.insert(word);
    }
}

bool Ignores::covers(const model::Diagnostic& problem) const
{
    if (!problem.object)
        return false;
    const auto it = codes_.find(*problem.object);
    return it != codes_.end() && it->second.contains(problem.code);
}

} // namespace gatehouse::control
