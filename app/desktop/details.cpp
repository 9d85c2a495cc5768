#include "app/desktop/details.h"

#include "app/desktop/effective_rules.h"
#include "app/desktop/rule_text.h"
#include "importers/writers.h"

#include <fstream>
#include <sstream>

namespace gatehouse::desktop {
namespace {

/// More than this of a file is not read for one object.
constexpr std::size_t mostBytes = 8u << 20;

/// The lines of the document that begins at `first`, up to the next document's mark. Empty when there is none.
std::string documentAt(std::istream& in, std::uint32_t first)
{
    std::string out, line;
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
        if (number < first)
            continue;
        const bool mark = line.starts_with("---") || line.starts_with("...");
        if (mark && number > first)
            break;
        out += line + '\n';
        if (out.size() > mostBytes)
            return {};
    }
    while (out.size() > 1 && out.ends_with("\n\n"))
        out.pop_back();
    return out;
}

const model::Resource* find(const model::ResourceSet& resources, const model::ObjectKey& key)
{
    const model::Resource* found = nullptr;
    resources.forEach([&](const model::Resource& resource) {
        if (resource.key == key)
            found = &resource;
    });
    return found;
}

/// Contract section 7: Secrets never show. Their names and types do.
bool isSecret(const model::ObjectKey& key)
{
    return key.group.empty() && key.kind == "Secret";
}

void addReferences(const std::vector<model::Reference>& all, const model::ObjectKey& key, ui::ObjectDetails& details)
{
    for (const model::Reference& reference : all) {
        if (reference.from == key)
            details.to.push_back(reference);
        if (reference.to == key)
            details.from.push_back(reference);
        if (reference.grant == key)
            details.grantsAllowed.push_back(reference);
    }
}

} // namespace

ui::ObjectDetails describe(const Insight& insight, const model::ObjectKey& key, const importers::TextOverlay& unsaved)
{
    const control::State& state = insight.state();
    ui::ObjectDetails details;
    if (!state.import.resources)
        return details;
    addReferences(insight.references(), key, details);
    const model::Resource* resource = find(*state.import.resources, key);
    if (!resource)
        return details;
    details.known = true;
    details.source = resource->source;
    details.effective = effectiveRules(insight, key);
    if (isSecret(key))
        return details;
    details.rules = rulesOf(*state.import.resources, key);
    const model::SourceLocation& source = resource->source;
    // An object inside of a List or of JSON is no block of lines that stands for itself.
    if (source.known() && source.position.known() && source.position.column <= 1 && !source.file->ends_with(".json")) {
        details.file = QString::fromStdString(*source.file);
        details.firstLine = static_cast<int>(source.position.line);
        const auto text = unsaved.find(*source.file);
        if (text != unsaved.end()) {
            std::istringstream in(text->second);
            details.yaml = QString::fromStdString(documentAt(in, source.position.line));
        } else {
            std::ifstream in(*source.file);
            details.yaml = QString::fromStdString(documentAt(in, source.position.line));
        }
    }
    if (details.yaml.isEmpty() && resource->document) {
        details.firstLine = 1;
        details.yaml = QString::fromStdString(importers::toYaml(*resource->document));
    }
    return details;
}

} // namespace gatehouse::desktop
