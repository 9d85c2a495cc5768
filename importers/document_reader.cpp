#include "importers/document_reader.h"

#include "importers/json/json_reader.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::importers {

namespace {

/// Whether a document is JSON, as far as its first characters tell.
enum class JsonLook {
    None,     ///< it does not start with a bracket
    Possible, ///< it does, as YAML in flow style also may
    Certain,
};

JsonLook jsonLook(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t at = text.find_first_not_of(blanks, text.starts_with("---") ? 3 : 0);
    if (at == std::string_view::npos || (text[at] != '{' && text[at] != '['))
        return JsonLook::None;
    const std::size_t next = text.find_first_not_of(blanks, at + 1);
    const bool certain =
        next != std::string_view::npos && (text[next] == '"' || (text[at] == '[' && text[next] == '{'));
    return certain ? JsonLook::Certain : JsonLook::Possible;
}

} // namespace

void readDocument(const TextDocument& document, const ImportLimits& limits, std::vector<model::Value>& values,
                  ProblemList& problems)
{
    if (document.json) {
        readJson(document, limits, values, problems);
        return;
    }
    const JsonLook look = jsonLook(document.text);
    std::vector<model::Diagnostic> jsonProblems;
    if (look != JsonLook::None) {
        std::vector<model::Value> found;
        ProblemList list(problems.file(), jsonProblems);
        if (readJson(document, limits, found, list)) {
            std::move(found.begin(), found.end(), std::back_inserter(values));
            return;
        }
    }
    std::vector<model::Diagnostic> yamlProblems;
    ProblemList list(problems.file(), yamlProblems);
    auto value = readYamlDocument(document, limits, list);
    const bool jsonWasMeant = !value && look == JsonLook::Certain;
    if (value && !value->isNull())
        values.push_back(std::move(*value));
    problems.take(jsonWasMeant ? std::move(jsonProblems) : std::move(yamlProblems));
}

std::vector<TextDocument> documentsOf(std::string_view fileName, std::string_view text)
{
    if (fileName.ends_with(".json"))
        return {TextDocument{text, 1, true}};
    return splitDocuments(text);
}

} // namespace gatehouse::importers
