#include "importers/document_cache.h"

#include <functional>
#include <string_view>

namespace gatehouse::importers {

std::size_t DocumentCache::hashOf(const TextDocument& document)
{
    return std::hash<std::string_view>{}(document.text) * 31 + document.line;
}

std::shared_ptr<const std::string> DocumentCache::fileName(const std::string& name)
{
    FileName& known = files_[name];
    if (!known.name)
        known.name = std::make_shared<const std::string>(name);
    known.generation = generation_;
    return known.name;
}

const ImportedDocument* DocumentCache::find(const std::shared_ptr<const std::string>& file,
                                            const TextDocument& document)
{
    auto [it, end] = entries_.equal_range(hashOf(document));
    for (; it != end; ++it) {
        Entry& entry = it->second;
        if (entry.file == file && entry.line == document.line && entry.text == document.text) {
            entry.generation = generation_;
            return &entry.imported;
        }
    }
    return nullptr;
}

const ImportedDocument& DocumentCache::store(const std::shared_ptr<const std::string>& file,
                                             const TextDocument& document, ImportedDocument imported)
{
    Entry entry{file, std::string(document.text), document.line, generation_, std::move(imported)};
    return entries_.emplace(hashOf(document), std::move(entry))->second.imported;
}

void DocumentCache::endImport()
{
    std::erase_if(entries_, [&](const auto& item) { return item.second.generation != generation_; });
    std::erase_if(files_, [&](const auto& item) { return item.second.generation != generation_; });
}

} // namespace gatehouse::importers
